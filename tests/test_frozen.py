"""Values whose methods are written once behave as frozen dataclasses do."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventpack.frozen import Frozen


class Shared(Frozen):
    """A value."""

    name: str
    size: int = 0
    parts: list[str] = field(default_factory=list, compare=False)


@dataclass(frozen=True)
class Compiled:
    """The same value, as `dataclass` makes it."""

    name: str
    size: int = 0
    parts: list[str] = field(default_factory=list, compare=False)


VALUES = st.lists(st.sampled_from(["a", "b", 1]), max_size=4)
NAMED = st.dictionaries(st.sampled_from(["name", "size", "parts", "other"]), st.sampled_from(["a", "b", 1]))


def made(kind: type[Any], values: list[Any], named: dict[str, Any]) -> Any:
    """What it holds, or that it is refused."""
    try:
        one = kind(*values, **named)
    except TypeError:
        return None
    return one.name, one.size, one.parts


@given(VALUES, NAMED)
def test_it_takes_what_a_dataclass_takes(values: list[Any], named: dict[str, Any]) -> None:
    """By place or by name, with the same defaults; too many, unknown and missing ones are refused."""
    assert made(Shared, values, named) == made(Compiled, values, named)


def test_it_is_compared_by_what_it_holds() -> None:
    """But for what is not compared, and never with another kind."""
    assert Shared("a", 1, ["x"]) == Shared("a", 1)
    assert hash(Shared("a", 1, ["x"])) == hash(Shared("a", 1))
    assert Shared("a", 1) != Shared("a", 2)
    assert Shared("a", 1) != Compiled("a", 1)
    assert repr(Shared("a")) == "Shared(name='a', size=0, parts=[])"


def test_it_never_changes() -> None:
    """A copy with another value is another one; defaults are not shared."""
    one = Shared("a")
    with pytest.raises(FrozenInstanceError):
        one.size = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del one.size
    assert replace(one, size=2) == Shared("a", 2)
    assert pickle.loads(pickle.dumps(one)) == one
    assert one.parts is not Shared("a").parts
