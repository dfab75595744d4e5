"""YAML as nodes with positions; scalars are text, whatever they look like.

It imports PyYAML, which takes 7 ms, so it is imported late.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from eventpack.errors import TextError
from eventpack.files import position

try:
    from yaml.cyaml import CParser as _Parser  # type: ignore[attr-defined]
except ImportError:  # PyYAML without libyaml: 15 times slower

    class _Parser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser, yaml.composer.Composer):  # type: ignore[no-redef]
        def __init__(self, text: str) -> None:
            yaml.reader.Reader.__init__(self, text)
            yaml.scanner.Scanner.__init__(self)
            yaml.parser.Parser.__init__(self)
            yaml.composer.Composer.__init__(self)


# A cheap look before the slow one: anchors, aliases and tags all begin a token with one of these.
_MAYBE_MARKED = re.compile(r"(?:^|[\s\[{,:?\ufeff-])[&*!]", re.MULTILINE)
# libyaml's composer recurses without a limit: some ten thousand levels end the process, so they never reach it.
_MAYBE_DEEP = re.compile(r"[-?: \t]{200}")
_DEEPEST = 20


class _Loader(_Parser):
    """Composes nodes without asking which type a scalar might have, which is half of the time."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return ""

    def descend_resolver(self, parent: Any, index: Any) -> None:
        """Types by path are not used."""

    def ascend_resolver(self) -> None:
        """Types by path are not used."""


def compose(text: str) -> Any:
    """The root node of a YAML text, none when it is empty; its nodes have no tags.

    Raises:
        TextError: `record/yaml`, or `record/shape` when it is nested too deeply.
    """
    try:
        if text.count("[") + text.count("{") > 200 or _MAYBE_DEEP.search(text):
            _refuse_depth(text)
        return _Loader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        raise _yaml_error(error, text) from error
    except yaml.reader.ReaderError as error:
        raise control_character(text, error.character) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise TextError("record/yaml", f"not readable YAML: {' '.join(str(error).split())}") from error


def place_of(node: Any) -> tuple[int, int]:
    """Where a node begins: line and column, from 1."""
    return node.start_mark.line + 1, node.start_mark.column + 1


def control_character(text: str, character: int) -> TextError:
    """The error about the first occurrence of a character that YAML, or a record, may not hold."""
    line, column = position(text, max(0, text.find(chr(character))))
    what = f"not readable YAML: the character U+{character:04X} is not allowed"
    return TextError("record/yaml", what, line, column, "remove it, or write it as an escape in double quotes")


def find_mark(text: str) -> tuple[str, tuple[int, int]] | None:
    """The first anchor, alias or tag of a YAML text, as words, and its line and column; none when it has none."""
    for event in events_of(text) if _MAYBE_MARKED.search(text) else ():
        if isinstance(event, yaml.AliasEvent):
            return f"the alias *{event.anchor}", place_of(event)
        if getattr(event, "anchor", None):
            return f"the anchor &{event.anchor}", place_of(event)
        if getattr(event, "tag", None):
            return f"the tag {event.tag}", place_of(event)
    return None


def _yaml_error(error: yaml.MarkedYAMLError, text: str) -> TextError:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = error.problem or error.context or "malformed"
    fix = "indent with spaces" if "\t" in text else "quote the value if it holds `: `, ` #` or begins with a sign"
    return TextError("record/yaml", f"not readable YAML: {problem}", line, column, fix)


def events_of(text: str) -> Iterator[Any]:
    """What a parser of YAML meets, one after another; raises errors of PyYAML."""
    parser = _Loader(text)
    while parser.check_event():
        yield parser.get_event()


def _refuse_depth(text: str) -> None:
    depth = 0
    for event in events_of(text):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            what = "the nesting is too deep; a record is a mapping with lists of rows"
            raise TextError("record/shape", what, *place_of(event))
