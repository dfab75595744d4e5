"""Where two versions of a file part."""

from __future__ import annotations

import pytest

from eventpack.differences import Difference, first_difference


@pytest.mark.parametrize(
    ("held", "wanted", "expected"),
    [
        ("a\nb\n", "a\nc\n", Difference(2, "b", "c")),
        ("a\nb\n", "a\n", Difference(2, "b", "")),
        ("a\n", "a\nb\n", Difference(1, "", "b")),
        ("a\nb", "a\nb\n", Difference(2, "", "")),
        ("", "a\n", Difference(1, "", "a")),
        ("\ufffd\n", "b\n", Difference(1, "\ufffd", "b")),
    ],
)
def test_the_first_line_that_differs(held: str, wanted: str, expected: Difference) -> None:
    """The line is one that the held file has, so that it can be opened there."""
    assert expected == first_difference(held.encode(), wanted.encode())
