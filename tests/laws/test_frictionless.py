"""Law: what the kernel accepts, frictionless accepts. It may accept more than we do, never less."""

from __future__ import annotations

import string
from typing import Any

from frictionless import Resource
from hypothesis import given, settings
from hypothesis import strategies as st

from eventpack.judge import ConstraintError, compile_judge
from tests.models import field_of

NASTY = ["", " ", "0", "-0", "007", "+5", "1e5", "1.", ".5", "1.50", "-0.5", "12", "nan", "inf", "true", "True", "yes"]
NASTY += [
    "2024-02-29",
    "2023-02-29",
    "2024-1-2",
    "0001-01-01",
    "9999-12-31",
    "2024",
    "é",
    "e\u0301",
    "a b",
    "https://a.org/x",
]
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.text(alphabet=string.ascii_letters + string.digits + "-./: ", max_size=12),
    st.integers(-(10**20), 10**20).map(str),
    st.decimals(-1000, 1000, places=3).map(str),
    st.dates().map(str),
)


@st.composite
def fields(draw: st.DrawFn) -> dict[str, Any]:
    """A field with constraints that suit its type."""
    kind = draw(st.sampled_from(["string", "integer", "number", "boolean", "date", "year"]))
    constraints: dict[str, Any] = {}
    if draw(st.booleans()):
        constraints["required"] = True
    if kind == "string":
        constraints |= draw(
            st.sampled_from([{}, {"minLength": 2}, {"maxLength": 5}, {"pattern": "[a-z]+"}, {"enum": ["a", "b c"]}])
        )
    elif kind in ("integer", "number"):
        constraints |= draw(st.sampled_from([{}, {"minimum": "-3"}, {"maximum": "100"}, {"enum": ["0", "12"]}]))
    elif kind == "date":
        constraints |= draw(st.sampled_from([{}, {"minimum": "2000-01-01"}, {"maximum": "2024-02-29"}]))
    form = draw(st.sampled_from(["default", "uri", "email"])) if kind == "string" and not constraints else "default"
    return {"name": "cell", "type": kind, "format": form, "constraints": constraints}


@settings(max_examples=150, deadline=None)
@given(fields(), st.lists(TEXTS, min_size=1, max_size=6))
def test_what_the_kernel_accepts_frictionless_accepts(field: dict[str, Any], texts: list[str]) -> None:
    """Every text that a judge lets pass is valid for the real frictionless, too."""
    try:
        judge = compile_judge(field_of(field))
    except ConstraintError:
        return
    accepted = [text for text in texts if judge(text) is None]
    rows = [["id", "cell"], *([str(index), text] for index, text in enumerate(accepted))]
    schema = {"fields": [{"name": "id", "type": "string"}, field], "missingValues": [""]}
    report = Resource.from_descriptor({"name": "t", "data": rows, "schema": schema}).validate()
    assert report.valid, (field, accepted, report.flatten(["type", "note"]))
