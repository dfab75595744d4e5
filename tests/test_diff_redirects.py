"""`eventpack diff` follows ids through redirects: what was merged, split, renamed or withdrawn is one change."""

from __future__ import annotations

from pathlib import Path

import pytest

from eventpack.comparing import Difference, diff
from eventpack.comparing.machine import to_json
from tests.diffpack import eventpack, write_state

EVENTS = {
    "fields": [
        {"name": "event_id", "type": "string"}, {"name": "title", "type": "string", "constraints": {"required": True}},
    ],
    "primaryKey": ["event_id"],
}  # fmt: skip
PARTS = {
    "fields": [{"name": "event_id", "type": "string"}, {"name": "actor", "type": "string"}],
    "primaryKey": ["event_id", "actor"],
    "foreignKeys": [{"fields": ["event_id"], "reference": {"resource": "events", "fields": ["event_id"]}}],
}
REDIRECTS = {
    "fields": [
        {"name": name, "type": "string"} for name in ("old_id", "table", "outcome", "new_id", "version", "reason")
    ],
    "primaryKey": ["old_id"],
}
SCHEMAS = {"events": EVENTS, "parts": PARTS, "redirects": REDIRECTS}
HEAD = "old_id,table,outcome,new_id,version,reason\n"
OLD = "event_id,title\nEV-a,Meeting\nEV-b,A meeting\nEV-c,Strike\n"
OLD_PARTS = "event_id,actor\nEV-a,x\nEV-b,x\nEV-b,y\n"


def compared(folder: Path, events: str, redirects: str, parts: str = OLD_PARTS) -> Difference:
    """What differs from the old state, which has no redirects."""
    old = {"events": OLD, "parts": OLD_PARTS, "redirects": HEAD}
    new = {"events": events, "parts": parts, "redirects": HEAD + redirects}
    return diff(write_state(folder / "old", old, SCHEMAS), write_state(folder / "new", new, SCHEMAS))


def told(found: Difference, table: str = "events") -> list[tuple[str, str, str]]:
    """Key, fate and what became of each record that differs."""
    return [("|".join(change.key), change.fate, change.what) for change in found.tables[table].changes]


def test_a_merged_record_is_one_change(tmp_path: Path) -> None:
    """Its id leads to a record that was there before; others refer to it, so the step is major."""
    events, parts = OLD.replace("EV-b,A meeting\n", ""), "event_id,actor\nEV-a,x\nEV-a,y\n"
    found = compared(tmp_path, events, "EV-b,events,merged-into,EV-a,next,The same meeting.\n", parts)
    assert told(found) == [("EV-b", "changed", "merged into EV-a")]
    assert (dict(found.tables["events"].counts), found.step) == ({"changed": 1}, "major")
    assert found.reasons[0].say == "1 id redirected in events, to which others refer"


def test_rows_of_a_merged_record_go_with_it(tmp_path: Path) -> None:
    """A row that goes on under the new id is changed; one that the other record had as well is merged."""
    events, parts = OLD.replace("EV-b,A meeting\n", ""), "event_id,actor\nEV-a,x\nEV-a,y\n"
    found = compared(tmp_path, events, "EV-b,events,merged-into,EV-a,next,The same meeting.\n", parts)
    assert told(found, "parts") == [
        ("EV-a|y", "changed", "merged into EV-a"),
        ("EV-b|x", "changed", "merged into EV-a"),
    ]
    moved = found.tables["parts"].changes[0]
    assert [(cell.field, cell.old, cell.new) for cell in moved.cells] == [("event_id", "EV-b", "EV-a")]
    assert found.tables["parts"].fields == {"event_id": 1}


def test_a_renamed_record_is_one_change(tmp_path: Path) -> None:
    """Its id leads to one that is new: the cells are compared, the id among them."""
    found = compared(
        tmp_path, OLD.replace("EV-c,Strike", "EV-d,A strike"), "EV-c,events,merged-into,EV-d,next,A slip.\n"
    )
    (change,) = found.tables["events"].changes
    cells = [(cell.field, cell.old, cell.new) for cell in change.cells]
    assert (change.key, cells) == (("EV-d",), [("event_id", "EV-c", "EV-d"), ("title", "Strike", "A strike")])
    assert dict(found.tables["events"].counts) == {"changed": 1}


def test_a_split_record_is_one_change_beside_what_is_new(tmp_path: Path) -> None:
    """The parts that were not there are new records."""
    events = OLD.replace("EV-c,Strike", "EV-d,Strike in Kiel\nEV-e,Strike in Gent")
    found = compared(tmp_path, events, "EV-c,events,split-into,EV-d|EV-e,next,Two strikes.\n")
    assert told(found) == [
        ("EV-c", "changed", "split into EV-d, EV-e"),
        ("EV-d", "added", "added"),
        ("EV-e", "added", "added"),
    ]


def test_a_withdrawn_record_is_removed_and_says_so(tmp_path: Path) -> None:
    """A record that just vanishes has no redirect."""
    events = OLD.replace("EV-c,Strike\n", "")
    found = compared(tmp_path, events, "EV-c,events,withdrawn,,next,No event.\n")
    assert told(found) == [("EV-c", "removed", "withdrawn")]
    assert found.reasons[0].say == "1 record withdrawn from events, to which others refer"
    lost = compared(tmp_path, events, "")
    assert (told(lost), lost.reasons[0].say) == ([("EV-c", "removed", "removed")], "1 record removed from events")


def test_a_chain_is_followed_to_its_end_and_a_loop_does_no_harm(tmp_path: Path) -> None:
    """Both are faults, which `validate` names; the difference is told all the same."""
    events = "event_id,title\nEV-a,Meeting\n"
    chain = "EV-b,events,merged-into,EV-c,0.2.0,One.\nEV-c,events,merged-into,EV-a,next,Two.\n"
    assert told(compared(tmp_path, events, chain)) == [
        ("EV-b", "changed", "merged into EV-a"),
        ("EV-c", "changed", "merged into EV-a"),
    ]
    loop = "EV-b,events,merged-into,EV-c,next,One.\nEV-c,events,merged-into,EV-b,next,Two.\n"
    assert [fate for _, fate, _ in told(compared(tmp_path, events, loop))] == ["changed", "changed"]


def test_redirects_of_another_table_do_not_count(tmp_path: Path) -> None:
    """Ids of two tables may be alike."""
    found = compared(tmp_path, OLD.replace("EV-c,Strike\n", ""), "EV-c,parts,merged-into,EV-a,next,Another.\n")
    assert told(found) == [("EV-c", "removed", "removed")]


def test_entries_of_redirects_do_not_raise_the_step(tmp_path: Path) -> None:
    """They tell of changes that count where they are."""
    found = compared(tmp_path, OLD, "EV-z,events,withdrawn,,0.1.0,Never published.\n")
    assert [(reason.step, reason.say) for reason in found.reasons] == [("patch", "entries in redirects")]


def test_json_says_where_an_id_leads(tmp_path: Path) -> None:
    """Counts and records agree: a redirected id is one change."""
    found = compared(tmp_path, OLD.replace("EV-b,A meeting\n", ""), "EV-b,events,merged-into,EV-a,next,The same.\n")
    told = to_json(found)
    assert told["tables"]["events"] == {"added": 0, "removed": 0, "changed": 1, "fields": {}}
    assert told["records"][0] == {
        "table": "events", "key": ["EV-b"], "change": "changed", "label": "A meeting",
        "redirect": {"outcome": "merged-into", "to": ["EV-a"]}, "row": {"event_id": "EV-b", "title": "A meeting"},
    }  # fmt: skip


def test_text_says_where_an_id_leads(tmp_path: Path) -> None:
    """In words, in the group of the record."""
    compared(tmp_path, OLD.replace("EV-b,A meeting\n", ""), "EV-b,events,merged-into,EV-a,next,The same.\n")
    lines = eventpack(tmp_path, "diff", "old", "new", "--table", "events").stdout.splitlines()
    assert lines[lines.index("events EV-b “A meeting”") + 1] == "  ~ merged into EV-a"


@pytest.mark.parametrize(
    ("format", "says"),
    [("markdown", "| merged into EV-a |"), ("html", "<td>merged into EV-a</td>"), ("csv", ",merged-into,")],
)
def test_every_format_says_where_an_id_leads(tmp_path: Path, format: str, says: str) -> None:
    """Beside what was renamed, whose cells are told, and what was withdrawn."""
    events = "event_id,title\nEV-a,Meeting\nEV-d,A strike\n"
    compared(tmp_path, events, "EV-b,events,merged-into,EV-a,next,One.\nEV-c,events,merged-into,EV-d,next,Two.\n")
    told = eventpack(tmp_path, "diff", "old", "new", "--table", "events", "--format", format).stdout
    assert says in told
    assert "Strike" in told and "A strike" in told
