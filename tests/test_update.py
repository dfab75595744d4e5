"""`.update(old)`: what somebody kept of an older version, as it is in a later one, and what became of each record."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

import eventpack
from eventpack.loading.update import Update
from eventpack.querying import query
from eventpack.querying.forms import write_parquet
from tests.test_load import refusal
from tests.typedpack import Typed, fields, leading, write_typed

ROOT = Path(__file__).parents[1]
REALIS = {"type": "string", "constraints": {"enum": ["occurred", "ongoing", "denied"]}}
TITLE = {"type": "string", "constraints": {"required": True}}
EVENTS = leading(
    fields(
        event_id="string", title=TITLE, realis=REALIS, place_id="string", dead="integer", day="date", sure="boolean"
    ),
    place_id="places.place_id",
)
PLACES = fields(place_id="string", name=TITLE, country="string")
CLAIMS = leading(fields(claim_id="string", event_id="string", statement=TITLE), event_id="events.event_id")
CLAIMS = {**CLAIMS, "eventpack:inside": "events"}
PARTS = {**leading(fields(event_id="string", actor="string", role="string"), event_id="events.event_id"),
         "primaryKey": ["event_id", "actor"]}  # fmt: skip
REDIRECTS = fields(
    old_id="string", table="string", outcome="string", new_id="string", version="string", reason="string"
)
PLACE_ROWS = "place_id,name,country\nP1,Kiel,DEU\nP2,Gent,BEL\n"
HEAD = "event_id,title,realis,place_id,dead,day,sure\n"
OLD = f"""{HEAD}\
EV-a,Meeting,occurred,P1,,2024-05-01,true
EV-b,A meeting,occurred,P1,,2024-05-01,
EV-c,Strike,occurred,P2,5,2024-05-02,false
EV-d,Flood,occurred,P2,12,2024-05-03,true
EV-e,Rumour,occurred,P2,,,
EV-f,March,ongoing,P1,,2024-05-04,
EV-g,Vote,occurred,P1,0,2024-05-05,true
"""
# EV-b went into EV-a, EV-c was split, EV-e withdrawn, EV-g is denied now; EV-d has other dead; EV-n is new, EV-f fits.
NEW = f"""{HEAD}\
EV-a,Meeting,occurred,P1,,2024-05-01,true
EV-c1,Strike in Kiel,occurred,P1,2,2024-05-02,false
EV-c2,Strike in Gent,occurred,P2,3,2024-05-02,false
EV-d,Flood,occurred,P1,14,2024-05-03,true
EV-f,March,occurred,P1,,2024-05-04,
EV-g,Vote,denied,P1,0,2024-05-05,true
EV-n,Fire,occurred,P2,1,2024-05-06,true
"""
LED = """old_id,table,outcome,new_id,version,reason
EV-b,events,merged-into,EV-a,0.2.0,The same meeting.
EV-c,events,split-into,EV-c1|EV-c2,0.2.0,Two strikes.
EV-e,events,withdrawn,,0.2.0,Nobody says so any more.
"""
OLD_CLAIMS = "claim_id,event_id,statement\nCL-1,EV-a,They met.\nCL-2,EV-b,They had met.\nCL-3,EV-e,It is said.\n"
NEW_CLAIMS = "claim_id,event_id,statement\nCL-1,EV-a,They met.\nCL-2,EV-a,They had met.\n"
OLD_PARTS = "event_id,actor,role\nEV-a,x,host\nEV-b,y,guest\nEV-e,z,host\n"
NEW_PARTS = "event_id,actor,role\nEV-a,x,guest\nEV-a,y,guest\n"


def version(folder: Path, number: str, events: str, redirects: str, claims: str, parts: str) -> eventpack.Dataset:
    """A version of the dataset."""
    tables: Typed = {
        "places": (PLACES, PLACE_ROWS), "events": (EVENTS, events), "claims": (CLAIMS, claims), "parts": (PARTS, parts),
        "redirects": (REDIRECTS, redirects),
    }  # fmt: skip
    return eventpack.load(write_typed(folder / number, tables, version=number))


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> tuple[eventpack.Dataset, eventpack.Dataset]:
    """The older and the later version."""
    folder = tmp_path_factory.mktemp("states")
    head = LED.partition("\n")[0] + "\n"
    old = version(folder, "0.1.0", OLD, head, OLD_CLAIMS, OLD_PARTS)
    return old, version(folder, "0.2.0", NEW, LED, NEW_CLAIMS, NEW_PARTS)


States = tuple[eventpack.Dataset, eventpack.Dataset]


def became(update: Update) -> dict[str, list[str]]:
    """The keys of the records by what became of them."""
    (table,) = update.tables.values()
    return {name: ["|".join(change.key) for change in changes] for name, changes in table.parts()}


BECAME = {
    "changed": ["EV-d"], "withdrawn": ["EV-e"], "merged": ["EV-b"], "split": ["EV-c"], "left": ["EV-g"],
    "added": ["EV-f", "EV-n"],
}  # fmt: skip
NOW = ["EV-a", "EV-c1", "EV-c2", "EV-d", "EV-f", "EV-n"]


def test_a_filtered_frame_is_filtered_anew(states: States) -> None:
    """It knows its words; each record is told by what became of it, and the rows are those of now."""
    old, new = states
    update = new.update(old.events(realis="occurred"))
    assert became(update) == BECAME
    assert update.frame["event_id"].to_list() == NOW
    assert update.frame.equals(new.events(realis="occurred"))
    (flood,) = update.changed
    assert [(cell.field, cell.old, cell.new, cell.new_label) for cell in flood.cells] == [
        ("place_id", "P2", "P1", "Kiel"), ("dead", "12", "14", ""),
    ]  # fmt: skip
    assert [str(change.redirect) for change in (*update.merged, *update.split, *update.withdrawn)] == [
        "merged into EV-a", "split into EV-c1, EV-c2", "withdrawn",
    ]  # fmt: skip
    assert update.withdrawn[0].redirect is not None
    assert update.withdrawn[0].redirect.reason == "Nobody says so any more."


def test_the_report_tells_it_in_words(states: States) -> None:
    """With titles, old and new values, where ids lead, and why."""
    old, new = states
    assert (
        str(new.update(old.events(realis="occurred")))
        == """\
the frame (typed 0.1.0) → typed 0.2.0

events: 6 rows before, 6 now
  1 changed
    EV-d “Flood”
      place_id: P2 “Gent” → P1 “Kiel”
      dead: 12 → 14
  1 withdrawn
    EV-e “Rumour”: withdrawn (Nobody says so any more.)
  1 merged
    EV-b “A meeting”: merged into EV-a (The same meeting.)
  1 split
    EV-c “Strike”: split into EV-c1, EV-c2 (Two strikes.)
  1 no longer fitting the filter
    EV-g “Vote”
      realis: occurred → denied
  2 new
    EV-f “March”
    EV-n “Fire”"""
    )


def kept(folder: Path, old: eventpack.Dataset, form: str) -> Any:
    """The same extract in every form in which somebody may have it."""
    frame = old.events(realis="occurred").select("event_id", "title", "realis", "place_id", "dead", "day", "sure")
    path = folder / f"mine.{form}"
    if form == "polars":
        return frame
    if form == "pandas":
        return old.to_pandas("events").query("realis == 'occurred'")
    if form == "lazy":
        return frame.lazy()
    if form == "parquet":
        frame.write_parquet(path)
    elif form == "csv":
        frame.write_csv(path)
    elif form == "tsv":
        frame.write_csv(path, separator="\t")
    return path


@pytest.mark.parametrize("form", ["polars", "pandas", "lazy", "parquet", "csv", "tsv"])
def test_an_extract_of_any_form_is_brought_up_to_date(states: States, tmp_path: Path, form: str) -> None:
    """Frames of both libraries and files of both kinds, with the filter given as words or as conditions."""
    old, new = states
    extract = kept(tmp_path, old, form)
    for where in ({"realis": "occurred"}, ["realis=occurred"]):
        update = new.update(extract, where=where)
        assert became(update) == BECAME
        assert update.frame.equals(new.events(realis="occurred"))
    assert isinstance(new.update(str(extract) if isinstance(extract, Path) else extract).frame, pl.DataFrame)


def test_without_a_filter_nothing_is_added(states: States, tmp_path: Path) -> None:
    """And the report says why; `{}` asks for everything."""
    old, new = states
    path = kept(tmp_path, old, "csv")
    update = new.update(path)
    assert became(update) == {
        **{name: BECAME[name] for name in ("withdrawn", "merged", "split")},
        "changed": ["EV-d", "EV-g"],
    }
    assert update.frame["event_id"].to_list() == ["EV-a", "EV-c1", "EV-c2", "EV-d", "EV-g"]
    assert "by what it was filtered is not known, so new records are not named" in str(update)
    assert became(new.update(path, where={}))["added"] == ["EV-f", "EV-n"]


def test_a_file_of_query_knows_its_filter(states: States, tmp_path: Path) -> None:
    """A Parquet file says from which table, version and filter it comes, and so does the one that takes its place."""
    old, new = states
    path = tmp_path / "mine.parquet"
    write_parquet(query(old.package.tree.label, where=["realis=occurred"], columns=["event_id", "place_id.name"]), path)
    update = new.update(path)
    assert became(update) == BECAME
    assert update.frame.rows()[3] == ("EV-d", "Kiel")
    assert str(update).startswith(f"{path} (typed 0.1.0) → typed 0.2.0\n")
    assert update.write(path) == path
    again = new.update(path)
    assert (again.equal, again.frame.equals(update.frame)) == (True, True)
    assert str(again).splitlines()[0] == f"{path} (typed 0.2.0) → typed 0.2.0"


def test_an_updated_frame_is_written_with_its_filter(states: States, tmp_path: Path) -> None:
    """Words are kept as conditions, so that the file can be brought up to date again; a frame among them is none."""
    old, new = states
    path = tmp_path / "mine.parquet"
    update = new.update(old.events(realis=["occurred", "denied"], place_id=None, title=['a, "b"']))
    assert update.about["where"] == ["realis=occurred,denied", "place_id=", 'title="a, ""b"""']
    new.update(old.events(realis="occurred")).write(path)
    assert became(new.update(path)) == {}
    assert "where" not in new.update(old.claims(event=old.events(realis="occurred"))).about


def test_a_file_with_the_first_rows_only_has_no_filter(states: States, tmp_path: Path) -> None:
    """What lies beyond its limit is not new."""
    old, new = states
    path = tmp_path / "mine.parquet"
    write_parquet(query(old.package.tree.label, where=["realis=occurred"], limit=2), path)
    update = new.update(path)
    assert (became(update), "it holds only the first rows" in str(update)) == ({"merged": ["EV-b"]}, True)


def test_own_columns_stay_with_their_records(states: States, tmp_path: Path) -> None:
    """Also when records were merged or split; what cannot be kept is told, and nothing is in new rows."""
    path = tmp_path / "mine.csv"
    rows = ("EV-a,Meeting,", "EV-b,A meeting,talks", "EV-c,Strike,labour", "EV-d,Flood,water", "EV-e,Rumour,x")
    path.write_text("\n".join(["event_id,title,my_code", *rows, ""]), "utf-8")
    update = new_of(states).update(path, where={"realis": "occurred"})
    assert update.frame.select("event_id", "my_code").rows() == [
        ("EV-a", None), ("EV-c1", "labour"), ("EV-c2", "labour"), ("EV-d", "water"), ("EV-f", None), ("EV-n", None),
    ]  # fmt: skip
    assert update.tables["events"].notes == [
        "kept as they are, since `events` does not know them: my_code",
        "my_code of EV-b went with its row",
        "my_code of EV-c stands at EV-c1, EV-c2 now",
        "my_code of EV-e went with its row",
    ]
    assert update.write(tmp_path / "now.csv").read_text("utf-8").splitlines()[:2] == [
        "event_id,title,my_code", "EV-a,Meeting,",
    ]  # fmt: skip
    assert update.frame.columns == ["event_id", "title", "my_code"]


FORMS = {
    "R": '"","event_id","dead","day","sure"\n"1","EV-d",12,2024-05-03,TRUE\n"2","EV-c",5,2024-05-02,FALSE\n'
    '"3","EV-b",NA,2024-05-01,NA\n',
    "pandas": "event_id,dead,day,sure\nEV-d,12.0,2024-05-03 00:00:00,True\nEV-c,5.0,2024-05-02,False\n"
    "EV-b,,2024-05-01,\n",
    "other": "event_id,dead,day,sure\nEV-d,12,2024-05-03T00:00:00.000Z,1\nEV-c,5,2024-05-02,0\nEV-b,.,2024-05-01,NULL\n"
    "",
}


@pytest.mark.parametrize("rows", FORMS.values(), ids=FORMS)
def test_the_forms_of_other_programs_are_no_changes(states: States, tmp_path: Path, rows: str) -> None:
    """What R, pandas and others write for numbers, days, truth and missing values means the same."""
    path = tmp_path / "mine.csv"
    path.write_text(rows, "utf-8")
    assert new_of(states).update(path).equal is False
    assert became(states[0].update(path, where={"event_id": ["EV-b", "EV-c", "EV-d"]})) == {}


def new_of(states: States) -> eventpack.Dataset:
    """The later version."""
    return states[1]


@pytest.mark.parametrize("head", ['"",event_id,dead', ",event_id,dead", '\ufeff"",event_id,dead'])
def test_names_of_rows_are_no_column(states: States, tmp_path: Path, head: str) -> None:
    """R and pandas write them first, under no name; they would be wrong afterwards, so they are left out, and told."""
    path = tmp_path / "mine.csv"
    path.write_text(f'{head}\n"1",EV-d,12\n"2",EV-c,5\n', "utf-8")
    update = new_of(states).update(path)
    assert update.frame.rows() == [("EV-d", 14), ("EV-c1", 2), ("EV-c2", 3)]
    assert update.tables["events"].notes[0] == (
        "its first column, which has no name, is taken for row names and left out"
    )
    path.write_text(f'{head}\n"1",EV-d\n', "utf-8")
    assert refusal(lambda: new_of(states).update(path))[0].startswith(f"{path}:2:1: ")


def test_a_text_that_means_missing_elsewhere_is_kept_where_it_is_a_value(tmp_path: Path) -> None:
    """A ship may be called NA."""
    tables: Typed = {"ships": (fields(id="string", name="string", port="string"), "id,name,port\na,NA,Kiel\nb,Bea,\n")}
    data = eventpack.load(write_typed(tmp_path / "p", tables))
    path = tmp_path / "mine.csv"
    path.write_text("id,name,port\na,NA,Kiel\nb,Bea,NA\n", "utf-8")
    assert data.update(path).equal


def test_frames_in_words_and_ids_are_led_on(states: States) -> None:
    """A filter by frames is asked anew of the later version; ids in a filter follow their redirects."""
    old, new = states
    by_frame = new.update(old.claims(event=old.events(realis="occurred")))
    assert became(by_frame) == {"changed": ["CL-2"], "withdrawn": ["CL-3"]}
    assert by_frame.frame.equals(new.claims(event=new.events(realis="occurred")))
    for ids in (["EV-b", "EV-e"], pl.DataFrame({"event_id": ["EV-b", "EV-e"]})):
        by_id = new.update(old.claims(event=ids))
        assert became(by_id) == {"changed": ["CL-2"], "withdrawn": ["CL-3"], "added": ["CL-1"]}


def test_rows_of_records_follow_them(states: States) -> None:
    """A key of several columns, one of which leads to what was merged or withdrawn."""
    old, new = states
    update = new.update(old.parts())
    assert became(update) == {"changed": ["EV-a|x"], "withdrawn": ["EV-e|z"], "merged": ["EV-b|y"]}
    assert update.frame.rows() == [("EV-a", "x", "guest"), ("EV-a", "y", "guest")]


def test_a_whole_dataset_is_compared_table_by_table(states: States) -> None:
    """Everything fits; rows are those of the later version."""
    old, new = states
    update = new.update(old)
    assert [change.key for change in update.added] == [("EV-c1",), ("EV-c2",), ("EV-n",)]
    assert {name: {fate: len(held) for fate, held in table.parts()} for name, table in update.tables.items()} == {
        "places": {}, "events": {"changed": 3, "withdrawn": 1, "merged": 1, "split": 1, "added": 3},
        "claims": {"changed": 1, "withdrawn": 1}, "parts": {"changed": 1, "withdrawn": 1, "merged": 1},
    }  # fmt: skip
    assert update.tables["events"].frame.equals(new.events)
    assert refusal(lambda: update.frame)[0] == "the update is of several tables"
    assert (new.update(new).equal, str(new.update(new))) == (
        True, "typed 0.2.0 → typed 0.2.0\n\nup to date: nothing differs",
    )  # fmt: skip


def test_chains_and_loops_of_redirects_are_followed(tmp_path: Path) -> None:
    """To the ends of a chain, over a split; a loop, which is a fault, leads nowhere."""
    head = LED.partition("\n")[0] + "\n"
    led = head + (
        "EV-b,events,merged-into,EV-c,0.2.0,One.\nEV-c,events,split-into,EV-c1|EV-x,0.2.0,Two.\n"
        "EV-x,events,merged-into,EV-c2,0.2.0,Three.\nEV-e,events,merged-into,EV-g,0.2.0,Round.\n"
        "EV-g,events,merged-into,EV-e,0.2.0,And round.\n"
    )
    now = "\n".join(line for line in NEW.splitlines() if not line.startswith("EV-g")) + "\n"
    old = version(tmp_path, "0.1.0", OLD, head, OLD_CLAIMS, OLD_PARTS)
    new = version(tmp_path, "0.2.0", now, led, NEW_CLAIMS, NEW_PARTS)
    update = new.update(old.events.filter(pl.col("event_id").is_in(["EV-b", "EV-e"])))
    assert update.frame["event_id"].to_list() == ["EV-c1", "EV-c2"]
    assert became(update) == {"merged": ["EV-e"], "split": ["EV-b"]}


MEANT = {
    "event_id,title\nEV-a,Meeting\n": "events",
    "claim_id,event_id,statement,title\nCL-1,EV-a,They met.,Meeting\nCL-2,EV-a,They had met.,Meeting\n": "claims",
    "actor,event_id,role\nx,EV-a,host\n": "parts",
    "place_id,name\nP1,Kiel\n": "places",
}


@pytest.mark.parametrize(("rows", "table"), MEANT.items())
def test_the_table_is_told_by_key_and_columns(states: States, tmp_path: Path, rows: str, table: str) -> None:
    """A join is an extract of the table whose key tells its rows apart."""
    path = tmp_path / "mine.csv"
    path.write_text(rows, "utf-8")
    assert list(new_of(states).update(path).tables) == [table]


REFUSED = {
    "title\nMeeting\n": "of which table {} is an extract cannot be told: it holds the key of none",
    "event_id\nEV-z\n": "none of the keys in {} is in `events`, such as EV-z",
    "event_id\nEV-a\nEV-a\n": "in {} the key EV-a of `events` stands in several rows",
    "event_id,\nEV-a,1\n": "{}:1: column 2 has no name",
    'event_id\n"EV-a\n': "{}:2:1: ",
}


@pytest.mark.parametrize(("rows", "says"), REFUSED.items())
def test_what_is_no_extract_is_refused(states: States, tmp_path: Path, rows: str, says: str) -> None:
    """With the next thing to do."""
    path = tmp_path / "mine.csv"
    path.write_text(rows, "utf-8")
    what, fix = refusal(lambda: new_of(states).update(path))
    assert says.format(path) in what
    assert fix


def test_misuse_is_refused(states: States, tmp_path: Path) -> None:
    """Another dataset, an earlier version, a table without its key, no file, a filter that is not there any more."""
    old, new = states
    other = eventpack.load(
        write_typed(tmp_path / "other", {"places": (PLACES, PLACE_ROWS), "events": (EVENTS, OLD)}, name="others")
    )
    assert refusal(lambda: new.update(other))[0] == "the older one is `others`, not `typed`"
    assert refusal(lambda: new.update(old, where={}))[0] == "a whole dataset has no filter"
    assert refusal(lambda: new.update(other.events()))[0] == "the frame is an extract of `others`, not of `typed`"
    assert refusal(lambda: old.update(new.events()))[0] == "the frame is of version 0.2.0, which is later than 0.1.0"
    assert refusal(lambda: new.update(tmp_path / "none.csv"))[0] == f"there is no file {tmp_path / 'none.csv'}"
    assert refusal(lambda: new.update(tmp_path / "none.parquet"))[0] == f"there is no {tmp_path / 'none.parquet'}"
    assert refusal(lambda: new.update(7))[0] == "an extract is a dataset, a frame or the path of a file, not int"
    frame = pd.DataFrame({"event_id": ["EV-a"]})
    assert refusal(lambda: new.update(frame, table="claims"))[0] == "the frame has no column `claim_id`"
    assert refusal(lambda: new.update(frame, table="clams"))[0] == "typed has no table `clams`; did you mean `claims`?"
    assert refusal(lambda: new.update(frame, where={"realis": "x"})) == (
        "what the frame was filtered by cannot be asked now: `x` is not a code of `realis`",
        "give where=… (one of: occurred, ongoing, denied)",
    )  # fmt: skip
    assert refusal(lambda: new.update(frame).write(tmp_path / "x.xls"))[0].endswith("x.xls is neither CSV nor Parquet")


def test_a_damaged_parquet_file_is_refused(states: States, tmp_path: Path) -> None:
    """Without a traceback of the engine."""
    path = tmp_path / "mine.parquet"
    path.write_bytes(b"PAR1 nothing PAR1")
    assert refusal(lambda: new_of(states).update(path))[0].startswith(f"{path} cannot be read: ")


def test_the_first_release_is_brought_up_to_date() -> None:
    """Two released versions of the dataset of this repository, which never change."""
    old, new = (eventpack.load(ROOT / f"releases/us-kurdish-talks-2026-0.{step}.0.zip") for step in (1, 2))
    update = new.update(old.events(realis="occurred"))
    assert became(update) == {"changed": ["EV-d5zjpz"], "left": ["EV-7zsv7t", "EV-sxaa3d"]}
    assert update.frame.equals(new.events(realis="occurred"))
    claims = new.update(old.claims(event=old.events(realis="occurred")))
    assert claims.frame.equals(new.claims(event=new.events(realis="occurred")))
    whole = new.update(old)
    assert {name: len(held) for name, held in whole.tables["events"].parts()} == {"changed": 4, "added": 1}
    assert "{+Ongoing+}" in str(whole)


def test_an_update_imports_no_heavy_library_but_polars(states: States) -> None:
    """As loading does."""
    program = f"""
import json, sys, eventpack
old, new = eventpack.load({states[0].package.tree.label!r}), eventpack.load({states[1].package.tree.label!r})
print(new.update(old.events(realis="occurred")).frame.height)
print([name for name in ("pandas", "duckdb", "frictionless", "requests", "pyarrow") if name in sys.modules])
"""
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout == "6\n[]\n"
    assert json.dumps(new_of(states).update(states[0].events()).about)  # what a Parquet file says can be written
