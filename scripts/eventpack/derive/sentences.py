"""Constraints, keys and rules as phrases and sentences that a reader understands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from eventpack.derive.markdown import code
from eventpack.descriptor import Package
from eventpack.resource import Resource
from eventpack.schema import Constraints, Field, ForeignKey, Rule
from eventpack.values import text_of


def type_phrase(field: Field) -> str:
    """The type of a field with its constraints, like "integer, at least 0"."""
    limits = field.constraints
    name = field.type if field.format == "default" else f"{field.type} ({field.format})"
    return ", ".join([name, *_limits(limits), *(["unique"] if limits.unique else [])])


def _limits(limits: Constraints) -> list[str]:
    bounds = (
        ("at least {}", limits.minimum), ("at most {}", limits.maximum), ("above {}", limits.exclusive_minimum),
        ("below {}", limits.exclusive_maximum), ("at least {} characters", limits.min_length),
        ("at most {} characters", limits.max_length),
    )  # fmt: skip
    found = [phrase.format(text_of(bound)) for phrase, bound in bounds if bound is not None]
    if limits.pattern is not None:
        found.append(f"of the form {code(limits.pattern)}")
    return [*found, "one of the codes below"] if limits.enum is not None else found


def key_sentence(key: ForeignKey, targets: Mapping[str, str]) -> str:
    """A foreign key as a sentence; `targets` holds a link for each table."""
    own, other = names(key.fields), names(key.reference.fields)
    if not key.reference.resource:
        return f"{own} is a {other} of this table."
    return f"{own} is a {other} of {targets.get(key.reference.resource, code(key.reference.resource))}."


def origin_sentence(resource: Resource, package: Package) -> str:
    """Where the rows of a table come from."""
    if resource.records:
        return f"Built from record files, one for each row, in {code(resource.records)} of the source."
    if outer := package.inside(resource):
        nesting = package.nesting_key(resource)
        return f"Written inside the record files of {code(outer)}, by {code(nesting)}."
    return "Computed at each build, never edited." if resource.derivation else "Kept as this file."


def names(fields: Sequence[str], last: str = "and") -> str:
    """Field names as a list in words."""
    words = [code(name) for name in fields]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def rule_sentence(rule: Rule) -> str:
    """What the rule says, and what is checked for it."""
    return f"{rule.say} Checked ({code(rule.name)}): {rule_phrase(rule)}."


def rule_phrase(rule: Rule) -> str:
    """What is checked for a rule, without a full stop."""
    return _CHECKED[rule.kind](rule)


def _order(rule: Rule) -> str:
    return " ≤ ".join(map(code, rule.fields)) + ", as far as they are filled"


def _requires(rule: Rule) -> str:
    given = f"where {code(rule.if_ or '')} is {code(rule.is_) if rule.is_ is not None else 'filled'}"
    return f"{given}, {names(rule.then)} {'is' if len(rule.then) == 1 else 'are'} filled"


def _excludes(rule: Rule) -> str:
    return f"at most one of {names(rule.fields)} is filled"


def _at_least_one(rule: Rule) -> str:
    if rule.table:
        return f"at least one row of {code(rule.table)} belongs to each row"
    return f"at least one of {names(rule.fields, 'or')} is filled"


def _expect(rule: Rule) -> str:
    state = "filled" if rule.is_ is None else f"being {code(rule.is_)}"
    what = f"the share of rows with {code(rule.field)} {state}" if rule.field else "the number of rows"
    bounds = ("at least", rule.least), ("at most", rule.most)
    limits = " and ".join(f"{word} {bound:g}" for word, bound in bounds if bound is not None)
    return f"{what} is {limits}" + (f", because {rule.because.rstrip('.')}" if rule.because else "")


_CHECKED: Mapping[str, Callable[[Rule], str]] = {
    "order": _order,
    "requires": _requires,
    "excludes": _excludes,
    "at-least-one": _at_least_one,
    "expect": _expect,
}
