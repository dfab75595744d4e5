"""Ids of the last release: each is still there, or leads somewhere, or is found missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from eventpack.curate.explaining import explain_edits
from eventpack.curate.merging import merge
from eventpack.curate.revising import revise
from eventpack.curate.settling import Why
from eventpack.curate.withdrawing import withdraw
from eventpack.errors import EventpackError
from eventpack.releasing.explained import unexplained_findings
from eventpack.revisions.released import last_release
from eventpack.revisions.rows import recorded_changes
from eventpack.revisions.unexplained import unexplained
from eventpack.validation import validate
from tests.gitpack import commit_all
from tests.releasepack import append, edit, release_on, released, settled
from tests.revisedpack import subject_of

EVENT = "data/records/events/EV-aaaaaa.yaml"
WHY = Why("withdrawal", "It did not happen.", "coder-1")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A dataset of which 0.1.0 is released."""
    return released(tmp_path / "package")


def told(folder: Path) -> list[tuple[str, str, str]]:
    """Code, place and what was found."""
    return [(f.code, str(f.where), f.found) for f in validate(folder).findings]


def test_a_released_id_that_is_gone_is_found(package: Path) -> None:
    """The record and the claim in it; withdrawn by the verb, both lead somewhere."""
    text = (package / EVENT).read_text()
    (package / EVENT).unlink()
    settled(package)
    assert told(package) == [
        ("revision/vanished-id", "data/claims.csv", "CL-aaaaaa"),
        ("revision/vanished-id", EVENT, "EV-aaaaaa"),
    ]
    assert {finding.severity for finding in validate(package).findings} == {"error"}
    (package / EVENT).write_text(text)
    withdraw("EV-aaaaaa", WHY, package)
    assert told(package) == []


def test_a_claim_that_is_gone_is_found_in_its_record(package: Path) -> None:
    """There it stood."""
    edit(package, EVENT, "claim_id: CL-aaaaaa\n    source", "claim_id: CL-dddddd\n    source")
    edit(package, EVENT, "    claim_id: CL-aaaaaa\n", "")
    settled(package)
    assert told(package) == [("revision/vanished-id", EVENT, "CL-aaaaaa")]


def test_a_released_revision_stays(package: Path) -> None:
    """It says why an older version differs; one that is not released may be taken back."""
    table = package / "data/revisions.csv"
    revise("EV-aaaaaa", {"title": "March"}, WHY, package)
    commit_all(package)
    release_on(package, "2024-07-01", summary="A title.")
    commit_all(package)
    before = table.read_text("utf-8")
    lost = [line.partition(",")[0] for line in before.splitlines()[1:]]
    revise("EV-aaaaaa", {"title": "A march"}, WHY, package)
    revise("EV-aaaaaa", {"title": "March"}, WHY, package)
    table.write_text(before, "utf-8", newline="\n")
    settled(package)
    assert told(package) == []
    table.write_text(before.partition("\n")[0] + "\n", "utf-8", newline="\n")
    settled(package)
    assert told(package) == [("revision/vanished-id", "data/revisions.csv", lost[0])]


def test_an_id_out_of_use_is_not_used_again(package: Path) -> None:
    """Also when its redirect was taken away; and a redirect does not vanish."""
    row = "EV-cccccc,events,withdrawn,,next,It did not happen."
    append(package, "data/redirects.csv", row)
    revise("EV-aaaaaa", {"title": "March"}, Why("editorial", "", "coder-1"), package)
    settled(package)
    release_on(package, "2024-07-01", summary="A title.")
    settled(package)
    text = (package / "data/redirects.csv").read_text()
    (package / "data/redirects.csv").write_text(text.partition("\n")[0] + "\n")
    settled(package)
    assert told(package) == [("revision/vanished-id", "data/redirects.csv", "EV-cccccc")]
    record = (package / EVENT).read_text().replace("EV-aaaaaa", "EV-cccccc").replace("CL-aaaaaa", "CL-dddddd")
    (package / "data/records/events/EV-cccccc.yaml").write_text(record)
    settled(package)
    assert told(package) == [("revision/reused-id", "data/records/events/EV-cccccc.yaml:1:11", "EV-cccccc")]
    (package / "data/redirects.csv").write_text(text)
    settled(package)
    assert [code for code, _, _ in told(package)] == ["event/withdrawn-id"]


def test_hand_edits_are_explained_against_the_release(package: Path) -> None:
    """Whatever was committed since; a commit to compare with is not taken then."""
    edit(package, EVENT, "title: March of", "title: March by")
    settled(package)
    done = explain_edits(lambda _: None, package)
    assert (done.since, [change.field for change in done.left]) == ("0.1.0", ["title"])
    with pytest.raises(EventpackError, match=r"0\.1\.0 is released"):
        explain_edits(lambda _: None, package, since="HEAD")
    explain_edits(lambda _: Why("editorial", "", "coder-1"), package)
    assert explain_edits(lambda _: None, package).left == ()


def test_what_the_verbs_do_is_explained_to_the_release(package: Path) -> None:
    """Nothing that they change stays without reason, whoever asks."""
    revise("EV-aaaaaa", {"title": "March"}, Why("editorial", "", "coder-1"), package)
    revise("EV-aaaaaa", {"title": "A march"}, Why("editorial", "", "coder-1"), package)
    revise("EV-aaaaaa|ACT-cccccc|initiator", {"role": "partner"}, Why("coding-error", "", "coder-1"), package)
    merge("ACT-aaaaaa", "ACT-bbbbbb", Why("merge", "", "coder-1"), package)
    merge("SRC-aaaaaa", "SRC-bbbbbb", Why("merge", "", "coder-1"), package)
    withdraw("EV-aaaaaa", WHY, package)
    settled(package)
    release = last_release(subject_of(package).package.tree)
    assert release is not None
    new = subject_of(package)
    assert unexplained(release[1], new, recorded_changes(new)) == []
    assert list(unexplained_findings(release[1], new, "0.1.0")) == []
