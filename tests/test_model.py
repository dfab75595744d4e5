"""Models of JSON objects: frozen dataclasses, whose methods are written once for all of them."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Callable
from typing import Any, ClassVar

import pytest

from eventpack.model import Model, prop
from eventpack.reading import read_object


class Port(Model):
    """A port of call."""

    closed: ClassVar[bool] = True
    name: str
    depth: float | None = None
    piers: list[str] = prop(default=[])


class Harbour(Port):
    """A port with a master."""

    master: str = prop(default="", name="harbourMaster")


def test_what_is_not_given_has_its_default() -> None:
    """Lists are of each object alone."""
    one, other = Port(name="Kiel"), Port(name="Kiel")
    one.piers.append("A")
    assert (one.depth, one.piers, other.piers, one.given, other.misfit()) == (None, ["A"], [], {}, "")
    assert [field.name for field in dataclasses.fields(Harbour)] == [
        "given", "other", "name", "depth", "piers", "master",
    ]  # fmt: skip


@pytest.mark.parametrize("odd", [{}, {"name": "Kiel", "dpeth": 3}, {"name": "Kiel", "closed": False}])
def test_which_properties_there_are(odd: dict[str, Any]) -> None:
    """One that is lacking, unknown, or a setting of the class is refused by name."""
    wrong = next((name for name in odd if name != "name"), "name")
    with pytest.raises(TypeError, match=f"Port lacks or does not know: {wrong}$"):
        Port(**odd)


@pytest.mark.parametrize("change", [lambda port: setattr(port, "name", "Bremen"), lambda port: delattr(port, "name")])
def test_nothing_is_changed(change: Callable[[Port], None]) -> None:
    """Neither set nor deleted."""
    port = Port(name="Kiel")
    with pytest.raises(dataclasses.FrozenInstanceError, match="'name'"):
        change(port)
    assert port.name == "Kiel"


def test_equal_are_those_of_one_class_with_the_same_properties() -> None:
    """What stood in the file beside does not count."""
    port = Port(name="Kiel", given={"name": "Kiel", "x": 1})
    assert port == Port(name="Kiel")
    assert (port != Port(name="Kiel", depth=3), port != Harbour(name="Kiel"), port != "Kiel") == (True, True, True)
    code = Code(text="a")
    assert (hash(code) == hash(Code(text="a")), {code: 1}[Code(text="a")]) == (True, 1)
    assert repr(port) == "Port(name='Kiel', depth=None, piers=[])"


class Code(Model):
    """A code, which can be the key of a mapping."""

    text: str


def test_they_are_replaced_and_sent_to_other_processes() -> None:
    """As other dataclasses are."""
    harbour = Harbour(name="Kiel", piers=["A"], given={"x": 1})
    changed = dataclasses.replace(harbour, master="M.")
    assert (changed.master, changed.piers, changed.given) == ("M.", ["A"], {"x": 1})
    assert pickle.loads(pickle.dumps(changed)) == changed
    assert pickle.loads(pickle.dumps(changed)).given == {"x": 1}


def test_the_class_says_what_is_closed() -> None:
    """Settings of the class are not properties of the object."""
    read, misfits = read_object(Harbour, {"name": "Kiel", "harbourMaster": "M.", "closed": False})
    assert read is not None
    assert (read.closed, read.master, read.other, misfits) == (True, "M.", {"closed": False}, [])
