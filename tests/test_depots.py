"""What depots take, refuse and keep; whose token goes where; and what stays in a draft that somebody has edited."""

from __future__ import annotations

import json
import logging
import time
from pathlib import Path
from typing import Any

import keyring
import keyring.backend
import pytest
from typer import Typer
from typer.testing import CliRunner

from eventpack.cli.publish import publish as command
from eventpack.depots import calls
from eventpack.depots.addresses import DEPOTS
from eventpack.depots.tokens import Token, require_token
from eventpack.describing.described import Agent, Described, Terms
from eventpack.errors import EventpackError, NetworkError
from eventpack.fetching.patience import Patience
from eventpack.packaging import package
from eventpack.publishing import publish
from eventpack.publishing.depositing import record_metadata
from tests.depotpack import NAME, TITLE, TOKEN, github, release, zenodo
from tests.doubles.github import Asset
from tests.doubles.invenio import File
from tests.doubles.server import Reply, Request
from tests.places import source_tree

TALKS = "github:curators/talks"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A cache of one's own."""
    monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / "cache"))


def run(*words: str) -> tuple[int, str]:
    """Exit code and output of `eventpack publish`, in which errors are told as on the command line."""
    app = Typer()
    app.command()(command)
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.output + (str(result.exception) if result.exception else "")


def test_zenodo_is_told_what_the_descriptor_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Title, people, licence, keywords, what is new; the archive is what was packaged, under the concept's DOI."""
    with zenodo(monkeypatch) as (service, _):
        done = publish(release(), "zenodo:", public=True, yes=True)
        (record,) = service.state()
        told = record["metadata"]
        assert told["title"] == TITLE
        assert told["description"] == (
            "<p>Which ships lay there.</p><p>Counted &lt;daily&gt; by hand &amp; eye.</p>"
        )  # fmt: skip
        assert told["additional_descriptions"][0]["description"] == "New ships."
        assert (told["version"], told["rights"], told["publisher"]) == ("0.1.0", [{"id": "cc-by-4.0"}], "Zenodo")
        (creator,), (helper,) = told["creators"], told["contributors"]
        assert creator == {
            "person_or_org": {
                "type": "personal", "family_name": "Body", "given_name": "Some",
                "identifiers": [{"scheme": "orcid", "identifier": "0000-0002-1825-0097"}],
            },
            "affiliations": [{"name": "Somewhere"}],
        }  # fmt: skip
        assert helper["role"] == {"id": "datacurator"}
        archive = release().with_name(f"{NAME}-0.1.0.zip").read_bytes()
        assert record["files"][f"{NAME}-0.1.0.zip"] == (True, archive)
        assert (done.doi, done.state, done.url) == ("10.5281/zenodo.101", "public", f"{service.url}/records/101")


def test_people_and_licences_are_told_as_zenodo_knows_them() -> None:
    """Persons by the parts of the name, organisations by the whole one, each with the identifier of its kind."""
    agents = (
        Agent("Mona", link="https://orcid.org/0000-0002-1825-0097", roles=("creator",)),
        Agent("An office", link="https://ror.org/05a28rw58", roles=("maintainer",)),
        Agent("Prince", given="Prince", roles=("translator",)),
    )
    described = Described(
        "ships", "", "", "1.0.0", "2026-03-05T00:00:00Z", (), (Terms("", "Our terms", "https://example.org/terms"),),
        agents[:1], agents, "", "", "", (), "", (), (),
    )  # fmt: skip
    told = record_metadata(described, "", "Zenodo")
    assert (told["title"], told["publication_date"]) == ("ships", "2026-03-05")
    assert told["creators"] == [
        {"person_or_org": {"type": "personal", "family_name": "Mona",
                           "identifiers": [{"scheme": "orcid", "identifier": "0000-0002-1825-0097"}]}},
    ]  # fmt: skip
    assert told["contributors"] == [
        {"person_or_org": {"type": "organizational", "name": "An office",
                           "identifiers": [{"scheme": "ror", "identifier": "05a28rw58"}]},
         "role": {"id": "datamanager"}},
        {"person_or_org": {"type": "personal", "family_name": "Prince"}, "role": {"id": "other"}},
    ]  # fmt: skip
    assert told["rights"] == [{"title": {"en": "Our terms"}, "link": "https://example.org/terms"}]


def test_a_version_follows_under_the_same_concept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found by its title, or by the number that is named; another title is another record."""
    with zenodo(monkeypatch) as (service, _):
        publish(release(), "zenodo:", public=True, yes=True)
        publish(release("0.2.0", extra="s3,Cy\n"), "zenodo:", public=True, yes=True)
        publish(release("0.3.0", extra="s4,Di\n"), "zenodo:101", public=True, yes=True)
        assert [(each["concept"], each["metadata"]["version"]) for each in service.state()] == [
            ("100", "0.1.0"), ("100", "0.2.0"), ("100", "0.3.0"),
        ]  # fmt: skip


def test_what_is_public_never_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other bytes under a published version are refused at both depots, and nothing is asked to change."""
    other = release(extra="s9,Zoe\n")
    with zenodo(monkeypatch) as (service, running):
        publish(release(), "zenodo:", public=True, yes=True)
        state, before = service.state(), len(running.log)
        with pytest.raises(EventpackError, match=r"holds version 0\.1\.0 as record 101 with other bytes: README\.md"):
            publish(other, "zenodo:", public=True, yes=True)
        assert service.state() == state
        assert {method for method, _, _ in running.log[before:]} == {"GET"}
    with github(monkeypatch) as (hub, running):
        publish(release(), TALKS, public=True, yes=True)
        held, before = hub.state(), len(running.log)
        with pytest.raises(EventpackError, match=r"holds v0\.1\.0 with other bytes: README\.md differs"):
            publish(other, TALKS, public=True, yes=True)
        assert hub.state() == held
        assert {method for method, _, _ in running.log[before:]} == {"GET"}


def test_a_draft_takes_the_bytes_of_the_release(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of an earlier try are replaced in the draft, and the plan says so; what else is there stays."""
    with zenodo(monkeypatch) as (service, _), github(monkeypatch) as (hub, _):
        for target in ("zenodo:", TALKS):
            publish(release(extra="s9,Zoe\n"), target, yes=True)
        service.versions["101"].files["notes.pdf"] = File(b"%PDF", ready=True)
        hub.releases[0].assets.append(Asset(99, "notes.pdf", b"%PDF"))
        for target in ("zenodo:", TALKS):
            plan = publish(release(), target, public=True)
            assert any(step.what.startswith(f"{target}  {NAME}-0.1.0.zip (instead of ") for step in plan.steps)
            publish(release(), target, public=True, yes=True)
        archive = release().with_name(f"{NAME}-0.1.0.zip").read_bytes()
        files = service.state()[0]["files"]
        assert (files[f"{NAME}-0.1.0.zip"][1], "notes.pdf" in files) == (archive, True)
        assert {each.name: each.data for each in hub.releases[0].assets}[f"{NAME}-0.1.0.zip"] == archive


def test_what_somebody_added_to_a_draft_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Funding, say; what comes from the descriptor is brought up to date."""
    with zenodo(monkeypatch) as (service, _):
        publish(release(), "zenodo:", yes=True)
        told = service.versions["101"].metadata
        told["funding"] = [{"funder": {"id": "00k4n6c32", "title": {"en": "A funder"}}}]
        told["keywords"], told["subjects"] = [], []
        publish(release(), "zenodo:", public=True, yes=True)
        told = service.versions["101"].metadata
        assert told["funding"] == [{"funder": {"id": "00k4n6c32"}}]
        assert told["subjects"] == [{"subject": "ships"}, {"subject": "harbours"}]
        assert service.versions["101"].pids["doi"]["identifier"] == "10.5281/zenodo.101"


def test_a_draft_of_another_version_is_in_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Zenodo keeps one draft of a next version at a time; it is not taken for another one."""
    with zenodo(monkeypatch):
        publish(release(), "zenodo:", public=True, yes=True)
        publish(release("0.3.0", extra="s4,Di\n"), "zenodo:", yes=True)
        with pytest.raises(EventpackError, match=r"draft 102 is of version 0\.3\.0"):
            publish(release("0.2.0", extra="s3,Cy\n"), "zenodo:", yes=True)


def test_several_records_of_one_title_are_not_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are named, and one of them has to be."""
    with zenodo(monkeypatch) as (service, _):
        for _ in range(2):
            publish(release(), "zenodo:", yes=True)
            service.versions[max(service.versions)].metadata["title"] = "Aside"
            for file in Path(str(cache())).glob("depots/*"):
                file.unlink()
        for version in service.versions.values():
            version.metadata["title"] = TITLE
        with pytest.raises(EventpackError, match="several drafts have this title: 101, 103"):
            publish(release(), "zenodo:", yes=True)
        assert publish(release(), "zenodo:103", yes=True).doi == "10.5281/zenodo.103"


def cache() -> str:
    """The folder of the cache."""
    import os

    return os.environ["EVENTPACK_CACHE"]


def test_metadata_that_lack_something_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A record without creators cannot become public, and the draft stays."""
    made = package(source_tree(tmp_path / "data"), tmp_path / "dist").folder
    with zenodo(monkeypatch) as (service, _):
        with pytest.raises(EventpackError, match=r"400 .*metadata\.creators: Missing data for required field"):
            publish(made, "zenodo:", public=True, yes=True)
        assert [each["public"] for each in service.state()] == [False]


def test_a_package_that_is_no_release_is_kept_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What was packaged outside git has a build mark, and a depot keeps what it gets for ever."""
    import shutil

    folder = source_tree(tmp_path / "data")
    shutil.rmtree(folder / ".git")
    made = package(folder, tmp_path / "dist").folder
    with zenodo(monkeypatch), pytest.raises(EventpackError, match="a depot keeps releases only"):
        publish(made, "zenodo:", yes=True)


def test_the_tag_is_put_on_the_commit_that_was_packaged(monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit that was not pushed, or a tag on another one, stops it before a release is made."""
    with github(monkeypatch) as (service, _):
        service.commits = {"f" * 40}
        with pytest.raises(EventpackError, match="does not hold the commit that was packaged"):
            publish(release(), TALKS, yes=True)
        service.commits = set()
        service.tags["v0.1.0"] = "f" * 40
        with pytest.raises(
            EventpackError, match=r"the tag v0\.1\.0 of github:curators/talks is on commit ffffffffffff"
        ):
            publish(release(), TALKS, yes=True)
        assert service.releases == []
        service.tags.clear()
        publish(release(), TALKS, public=True, yes=True)
        commit = json.loads((release() / "manifest.json").read_text("utf-8"))["commit"]
        assert service.tags == {"v0.1.0": commit}


def test_only_the_highest_version_becomes_the_latest(monkeypatch: pytest.MonkeyPatch) -> None:
    """A correction of an older line does not; pre-releases are marked."""
    with github(monkeypatch) as (service, _):
        for version, latest in (("0.2.0", "true"), ("0.1.1", "false"), ("0.3.0-rc.1", "false"), ("0.3.0", "true")):
            publish(release(version, extra=f"x{version},New\n"), TALKS, public=True, yes=True)
            given = service.releases[-1].given
            assert (version, given["make_latest"], given["prerelease"]) == (version, latest, "rc" in version)


def test_files_without_digest_are_fetched_and_hashed(monkeypatch: pytest.MonkeyPatch) -> None:
    """GitHub keeps digests since 2025; for older files the bytes themselves are looked at, with no token elsewhere."""
    with github(monkeypatch) as (service, _):
        service.digests = False
        publish(release(), TALKS, public=True, yes=True)
        assert publish(release(), TALKS, public=True, yes=True).already
        asset = next(each for each in service.releases[0].assets if each.name.endswith(".zip"))
        asset.data = asset.data.replace(b"Ada", b"Bad")
        with pytest.raises(EventpackError, match=r"with other bytes: ships-0\.1\.0\.zip differs"):
            publish(release(), TALKS, public=True, yes=True)


def test_a_file_that_never_ends_is_not_hashed_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is fetched to be compared is fetched up to the size that GitHub tells, and no further."""
    with github(monkeypatch) as (service, _):
        service.digests = False
        publish(release(), TALKS, public=True, yes=True)

        def longer(request: Request) -> Reply:
            return Reply(200, service.storage.held[request.path] + b"x")

        monkeypatch.setattr(service.storage, "answer", longer)
        with pytest.raises(NetworkError, match=r"more comes than \d+ bytes"):
            publish(release(), TALKS, public=True, yes=True)


def test_a_release_is_published_from_where_it_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    """A depot is no folder, so it does not lie in the folder where one is."""
    monkeypatch.chdir(release())
    with zenodo(monkeypatch):
        assert publish(".", "zenodo:").steps


def test_a_file_can_still_be_added_to_a_public_release(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is replaced by that; in an immutable one GitHub keeps what there is."""
    with github(monkeypatch) as (service, _):
        publish(release(), TALKS, public=True, yes=True)
        service.releases[0].assets.pop(0)
        publish(release(), TALKS, public=True, yes=True)
        assert len(service.releases[0].assets) == 7
        service.releases[0].assets.pop(0)
        service.immutable = True
        with pytest.raises(EventpackError, match="that release is immutable"):
            publish(release(), TALKS, public=True, yes=True)


def test_a_token_that_may_not_write_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is tried, where the service says so; a wrong one never appears in what is said."""
    with github(monkeypatch) as (service, _):
        service.writable = False
        with pytest.raises(EventpackError, match="the token may not write to github:curators/talks"):
            publish(release(), TALKS, yes=True)
        with pytest.raises(EventpackError, match="there is no repository github:curators/other"):
            publish(release(), "github:curators/other", yes=True)
    with zenodo(monkeypatch):
        monkeypatch.setenv("ZENODO_TOKEN", "wrong-token-1234")
        code, says = run(str(release()), "zenodo:", "--yes")
        assert code != 0
        assert "403" in says
        assert "wrong-token-1234" not in says


def test_the_token_is_never_shown_or_kept(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """Not in output, log, error or file, even when the service repeats it."""
    caplog.set_level(logging.DEBUG)
    with zenodo(monkeypatch) as (service, running):
        outputs = [run(str(release()), "zenodo:", *more) for more in ((), ("--yes",), ("--yes", "--public"))]
        monkeypatch.setattr(service, "answer", lambda request: Reply(400, {"message": f"no {request.token}!"}))
        with pytest.raises(EventpackError) as caught:
            publish(release("0.2.0", extra="s3,Cy\n"), "zenodo:", yes=True)
        assert TOKEN in running.tokens
    assert [code for code, _ in outputs] == [0, 0, 0]
    assert (caught.value.what.endswith("(no …!)"), TOKEN in repr(caught.value)) == (True, False)
    assert not any(TOKEN in text for _, text in outputs)
    assert TOKEN not in caplog.text
    assert not any(TOKEN.encode() in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert (str(Token(TOKEN)), repr(Token(TOKEN))) == ("…", "Token()")


def test_the_token_is_sent_to_its_service_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that leads elsewhere is not followed with it; without https, none is sent beyond this machine."""
    with github(monkeypatch) as (service, _):
        publish(release(), TALKS, yes=True)
        service.releases[0].assets.clear()
        shown = service._shown
        monkeypatch.setattr(service, "_shown", lambda each: shown(each) | {"upload_url": "https://evil.example.org/up"})
        with pytest.raises(NetworkError, match=r"leads to https://evil\.example\.org/up, another server"):
            publish(release(), TALKS, yes=True)
    monkeypatch.setenv("ZENODO_TOKEN", TOKEN)
    monkeypatch.setenv("EVENTPACK_ZENODO_URL", "http://zenodo.example.org")
    with pytest.raises(EventpackError, match="EVENTPACK_ZENODO_URL is not https"):
        publish(release(), "zenodo:", yes=True)


def test_tokens_come_from_the_environment_then_from_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without either, it is said how to give one; what is no token is refused without being shown."""

    class Ring(keyring.backend.KeyringBackend):
        priority = 1

        def get_password(self, service: str, username: str) -> str | None:
            return {("eventpack", "zenodo"): "from-the-ring"}.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            raise AssertionError("nothing is stored")

    before = keyring.get_keyring()
    keyring.set_keyring(Ring())  # type: ignore[no-untyped-call]
    try:
        for name in ("ZENODO_TOKEN", "GITHUB_TOKEN", "GH_TOKEN"):
            monkeypatch.delenv(name, raising=False)
        assert require_token(DEPOTS["zenodo"]).value == "from-the-ring"
        monkeypatch.setenv("ZENODO_TOKEN", "from-here\n")
        assert require_token(DEPOTS["zenodo"]).value == "from-here"
        with pytest.raises(EventpackError, match="there is no token for GitHub") as caught:
            require_token(DEPOTS["github"])
        assert "keyring set eventpack github" in caught.value.fix
        monkeypatch.setenv("GITHUB_TOKEN", "two words")
        with pytest.raises(EventpackError, match="the variable GITHUB_TOKEN holds no token"):
            require_token(DEPOTS["github"])
    finally:
        keyring.set_keyring(before)


def test_the_service_is_asked_again_when_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retry-After counts, up to a bound; a service that stays busy ends the run, which says so."""
    with zenodo(monkeypatch) as (service, running):
        monkeypatch.setattr(calls, "PATIENCE", Patience(tries=3, pause=0.01, longest=5))
        answer, waits = (
            service.answer,
            iter([Reply(429, {}, {"Retry-After": "1"}), Reply(503, b"", {"Retry-After": "0"})]),
        )
        monkeypatch.setattr(service, "answer", lambda request: next(waits, None) or answer(request))
        begun = time.monotonic()
        assert publish(release(), "zenodo:").steps
        assert time.monotonic() - begun >= 1
        monkeypatch.setattr(service, "answer", lambda request: Reply(429, {"message": "slow down"}))
        with pytest.raises(NetworkError, match=r"429 Too Many Requests \(slow down\) \(3 times in a row\)"):
            publish(release(), "zenodo:")
        assert running.log


def test_a_secondary_limit_of_github_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said by 403 with Retry-After; a plain 403 is final."""
    with github(monkeypatch) as (service, _):
        answer, waits = service.answer, iter([Reply(403, {"message": "secondary rate limit"}, {"Retry-After": "0"})])

        def slow(request: Request) -> Reply:
            return next(waits, None) or answer(request)

        monkeypatch.setattr(service, "answer", slow)
        assert publish(release(), TALKS).steps


def test_progress_ends_with_all_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """It never runs backwards in an undisturbed run, and counts what is there already."""
    seen: list[tuple[int, int]] = []
    with zenodo(monkeypatch):
        done = publish(release(), "zenodo:", yes=True, progress=lambda sent, whole: seen.append((sent, whole)))
        assert seen[-1] == (done.size, done.size)
        assert sorted(seen) == seen
        seen.clear()
        publish(release(), "zenodo:", yes=True, progress=lambda sent, whole: seen.append((sent, whole)))
        assert seen[-1] == (done.size, done.size)


def test_the_command_tells_plan_draft_and_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with what comes next."""
    with zenodo(monkeypatch) as (service, _):
        code, says = run(str(release()), "zenodo:")
        assert (code, says.splitlines()[0], says.splitlines()[-2:]) == (
            0, "zenodo:  new record (draft)",
            ["would keep a draft of ships 0.1.0", "nothing was written; add --yes to publish"],
        )  # fmt: skip
        _, says = run(str(release()), "zenodo:", "--yes")
        assert says.splitlines()[-2] == (
            f"kept a draft of ships 0.1.0; DOI 10.5281/zenodo.101, {service.url}/uploads/101"
        )
        _, says = run(str(release()), "zenodo:", "--yes")
        assert says.startswith("already there as a draft: ships 0.1.0; DOI 10.5281/zenodo.101, ")
        _, says = run(str(release()), "zenodo:", "--public", "--yes")
        assert says.splitlines()[0] == "zenodo:  public, for good"
        assert says.splitlines()[-1].startswith("published ships 0.1.0; DOI 10.5281/zenodo.101, ")
        _, says = run(str(release()), "zenodo:", "--public", "--yes")
        assert says.startswith("already published: ships 0.1.0; DOI ")


def test_an_answer_that_is_no_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """HTML instead of JSON, an older form of answers, an answer without end: each is refused in words."""
    bodies: list[tuple[Any, str]] = [
        (b"<html>maintenance</html>", "the answer is no JSON"),
        ({"hits": {"hits": [{"id": 12}] * 3, "total": 3}}, ""),
    ]
    with zenodo(monkeypatch) as (service, _):
        for body, says in bodies:
            monkeypatch.setattr(service, "answer", lambda request, body=body: Reply(200, body))
            if says:
                with pytest.raises(NetworkError, match=says):
                    publish(release(), "zenodo:")
            else:
                assert publish(release(), "zenodo:").steps
