"""What must hold of `eventpack:rules`: each has what its kind needs, nothing beside it, and can be broken at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eventpack.descriptor import Package
from eventpack.document import Document
from eventpack.finding import Finding, near_miss
from eventpack.frozen import Frozen
from eventpack.jsontext import Pointer
from eventpack.judge import ConstraintError, compile_judge
from eventpack.schema import Rule, Schema


class _Members(Frozen):
    """The members of one kind of rule beside name, kind and say: one of the `needs`, and what else it `allows`."""

    needs: tuple[tuple[str, ...], ...]
    allows: tuple[str, ...] = ()


_KINDS: Mapping[str, _Members] = {
    "order": _Members((("fields",),)),
    "requires": _Members((("if", "then"),), ("is",)),
    "excludes": _Members((("fields",),)),
    "at-least-one": _Members((("fields",), ("table",))),
    "expect": _Members((("least", "because"), ("most", "because")), ("least", "most", "field", "is")),
}
_PAIRS = ("order", "excludes")


def rules_findings(package: Package, table: str, here: Document) -> Iterator[Finding]:
    """Rules of a table that cannot be applied, or could never be broken."""
    schema = package.schemas[table]
    seen: set[str] = set()
    for index, rule in enumerate(schema.rules):
        document = here.inside(index)
        problems = [*_member_problems(rule), *_field_problems(schema, rule), *_table_problems(package, table, rule)]
        if rule.name in seen:
            problems.append((("name",), "stands twice"))
        seen.add(rule.name)
        for pointer, problem in problems:
            yield Finding("schema/rule", document.at(*pointer), f"the rule `{rule.name}` {problem}", rule.kind)


_Problems = Iterator[tuple[Pointer, str]]


def _member_problems(rule: Rule) -> _Problems:
    members = _KINDS[rule.kind]
    given = {name for name, value in rule.given.items() if value not in (None, [], "")} - {"name", "kind", "say"}
    if not any(given.issuperset(needs) for needs in members.needs):
        wanted = " or ".join("`" + "`, `".join(needs) + "`" for needs in members.needs)
        yield (), f"of kind `{rule.kind}` needs {wanted}"
    known = {*members.allows, *(name for needs in members.needs for name in needs)}
    for name in sorted((given & rule_members()) - known):
        yield (name,), f"of kind `{rule.kind}` does not know `{name}`"
    if rule.kind in _PAIRS and rule.fields and len(set(rule.fields)) < 2:
        yield ("fields",), f"of kind `{rule.kind}` needs at least two fields"


def rule_members() -> set[str]:
    """All members that some kind of rule knows."""
    return {name for kind in _KINDS.values() for names in (*kind.needs, kind.allows) for name in names}


def _field_problems(schema: Schema, rule: Rule) -> _Problems:
    for pointer, name in _named_fields(rule):
        if name not in schema.names:
            yield pointer, f"names `{name}`, which is not a field{near_miss(name, schema.names)}"
    scales = {_scale(schema, name) for name in rule.fields if name in schema.names}
    if rule.kind == "order" and len(scales) > 1:
        yield ("fields",), "orders fields that cannot be compared"
    elif rule.kind == "order" and scales == {"text"}:
        yield ("fields",), "orders fields that have no order"
    told = rule.field if rule.kind == "expect" else rule.if_  # the field of which `is` is a value
    if rule.kind == "expect" and rule.is_ is not None and rule.field is None:
        yield ("is",), "says what is expected of no field; name it as `field`"
    if rule.is_ is not None and told in schema.names:
        try:
            problem = compile_judge(schema.field(told))(rule.is_)
        except ConstraintError:
            return  # told at the field
        if problem:
            yield ("is",), f"never applies: {problem.what}"


def _named_fields(rule: Rule) -> Iterator[tuple[Pointer, str]]:
    for member, names in (("fields", rule.fields), ("then", rule.then)):
        yield from (((member, index), name) for index, name in enumerate(names))
    for member, one in (("if", rule.if_), ("field", rule.field)):
        if one is not None:
            yield (member,), one


def _scale(schema: Schema, name: str) -> str:
    """Fields of one scale can be compared; "text" has no order."""
    kind = schema.field(name).value_type
    if kind is None or kind.name in ("integer", "number", "year"):
        return "number"
    return kind.name if kind.ordered else "text"


def _table_problems(package: Package, table: str, rule: Rule) -> _Problems:
    if rule.table:
        child = package.schemas.get(rule.table)
        if rule.table not in package.unsound and (child is None or not child.foreign_keys_to(table)):
            yield ("table",), f"names `{rule.table}`, which has no foreign key to `{table}`"
