"""Downloading from depots: what is published there comes back, verified, by record, DOI or repository."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import eventpack
from eventpack.depots.addresses import in_depot, is_in_depot
from eventpack.downloading import download
from eventpack.errors import DamagedError, EventpackError, NotAPackage
from eventpack.proving import prove
from eventpack.publishing import publish
from tests.depotpack import NAME, TOKEN, github, release, zenodo
from tests.doubles.server import Reply, Request, serving
from tests.places import tree
from tests.test_signing import keys, signed

TALKS = "github:curators/talks"


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A cache of one's own."""
    monkeypatch.setenv("EVENTPACK_CACHE", str(tmp_path / "cache"))


def second() -> Path:
    """The version after the first."""
    return release("0.2.0", extra="s3,Cy\n")


def test_a_record_comes_back_as_it_was_packaged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """By its number, its DOI in any form, or its page; once it is there, nothing is fetched again."""
    with zenodo(monkeypatch) as (_, running):
        publish(release(), "zenodo:", public=True, yes=True)
        monkeypatch.delenv("ZENODO_TOKEN")
        got = download("zenodo:101", to=tmp_path / "got")
        assert tree(got.folder) == tree(release())
        assert (got.name, got.version, got.fetched) == (NAME, "0.1.0", True)
        for ref in ("10.5281/zenodo.101", "doi:10.5281/zenodo.101", "https://doi.org/10.5281/zenodo.101",
                    "https://zenodo.org/records/101"):  # fmt: skip
            assert download(ref).fetched is False
        assert set(running.tokens[-20:]) == {""}
        assert download("zenodo:101", offline=True).folder.is_dir()


def test_the_number_of_all_versions_means_the_latest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the one that is asked for; the number of one version is that version for ever."""
    with zenodo(monkeypatch) as (service, _):
        for made in (release(), second()):
            publish(made, "zenodo:", public=True, yes=True)
        assert download("zenodo:100").version == "0.2.0"
        assert download("10.5281/zenodo.100", version="~0.1").version == "0.1.0"
        assert download("zenodo:101").version == "0.1.0"
        with pytest.raises(EventpackError, match=r"zenodo:101 is version 0\.1\.0, not 0\.2\.0"):
            download("zenodo:101", version="0.2.0")
        service.concepts_answer = False  # as Zenodo did for some time: only a search knows the number
        assert download("zenodo:100", version="0.1.0").version == "0.1.0"


def test_a_repository_gives_its_releases(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The highest, or one of a range; drafts and releases of other things are passed over."""
    with github(monkeypatch) as (service, running):
        publish(release(), TALKS, public=True, yes=True)
        publish(second(), TALKS, yes=True)
        monkeypatch.delenv("GITHUB_TOKEN")
        assert download(TALKS).version == "0.1.0"
        monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
        publish(second(), TALKS, public=True, yes=True)
        monkeypatch.delenv("GITHUB_TOKEN")
        got = download(TALKS, to=tmp_path / "got")
        assert tree(got.folder) == tree(second())
        assert download("https://github.com/curators/talks", version="~0.1.0").version == "0.1.0"
        assert [each.draft for each in service.releases] == [False, False]
        assert not any(running.tokens[-3:])


def test_a_private_repository_needs_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes to the API, and not to the storage that the API leads to, which would refuse it."""
    with github(monkeypatch) as (service, _):
        publish(release(), TALKS, public=True, yes=True)
        service.private = True
        assert download(TALKS).version == "0.1.0"
        monkeypatch.delenv("GITHUB_TOKEN")
        with pytest.raises(NotAPackage, match="there is no repository github:curators/talks"):
            download(TALKS)


def test_load_takes_what_download_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A record, a DOI or a repository."""
    with zenodo(monkeypatch), github(monkeypatch):
        publish(release(), "zenodo:", public=True, yes=True)
        publish(release(), TALKS, public=True, yes=True)
        for ref in ("zenodo:101", "10.5281/zenodo.100", TALKS):
            assert eventpack.load(ref)["ships"].height == 2


def test_a_doi_of_somebody_else_is_resolved(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the registry of handles, to a record, a repository or a published place."""
    record = "https://zenodo.org/records/101"
    names = {"ships": record, "(a)1:2<b>3#4?c=%d": record, "none": "", "here": "."}
    leads = {f"/api/handles/10.1234/{name}": target for name, target in names.items()}

    class Registry:
        url = ""

        def begun(self, request: Request) -> None:
            """Nothing is sent here."""

        def answer(self, request: Request) -> Reply:
            """What https://doi.org/api/handles/… answers."""
            if request.path not in leads:
                return Reply(404, {"responseCode": 100, "handle": "x"})
            data = {"format": "string", "value": leads[request.path]}
            values = [{"index": 1, "type": "URL", "data": data}] if leads[request.path] else []
            return Reply(200, {"responseCode": 1, "values": values})

    with zenodo(monkeypatch), serving(Registry()) as running:
        monkeypatch.setenv("EVENTPACK_DOI_URL", running.url)
        publish(release(), "zenodo:", public=True, yes=True)
        assert download("doi:10.1234/ships").version == "0.1.0"
        assert download("10.1234/(a)1:2<b>3#4?c=%d").version == "0.1.0"
        assert download("https://doi.org/10.1234/(a)1:2%3Cb%3E3%234%3Fc=%25d").version == "0.1.0"
        with pytest.raises(EventpackError, match=r"there is no DOI 10\.1234/other"):
            download("10.1234/other")
        for doi in ("10.1234/none", "10.1234/here"):
            with pytest.raises(EventpackError, match=f"the DOI {doi} leads to no page"):
                download(doi)
        with pytest.raises(EventpackError, match="not known offline"):
            download("10.1234/ships", offline=True)


def test_other_bytes_in_a_depot_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whether the depot's own checksum says so, or only the list that the package carries of itself."""
    with zenodo(monkeypatch) as (service, _):
        publish(release(), "zenodo:", public=True, yes=True)
        file = service.versions["101"].files[f"{NAME}-0.1.0.zip"]
        good = file.data
        assert good is not None
        file.data = good.replace(b"Ada", b"Bad")  # the double's checksum follows, as after a change by its operators
        with pytest.raises(DamagedError, match=r"cannot be unpacked|is not what was published"):
            download("zenodo:101", to=tmp_path / "got")
        assert not (tmp_path / "got").exists()
        file.data = good
        assert download("zenodo:101", to=tmp_path / "got").version == "0.1.0"
        service.versions["101"].files["SHA256SUMS"].data = b"0" * 64 + b"  ships.csv\n"
        with pytest.raises(DamagedError):
            download("zenodo:101")


def test_a_version_that_changed_since_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache remembers what it was."""
    with github(monkeypatch) as (service, _):
        publish(release(), TALKS, public=True, yes=True)
        download(TALKS)
        service.releases.clear()
        service.tags.clear()
        monkeypatch.setenv("EVENTPACK_CACHE", str(Path(str(tmp_cache())) / "publisher"))
        publish(release(extra="s9,Zoe\n"), TALKS, public=True, yes=True)
        monkeypatch.setenv("EVENTPACK_CACHE", tmp_cache())
        with pytest.raises(DamagedError, match=r"of version 0\.1\.0 is not what it was"):
            download(TALKS)


def tmp_cache() -> str:
    """The cache of this test."""
    import os

    return os.environ["EVENTPACK_CACHE"].removesuffix("/publisher")


def test_what_was_not_published_by_us_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A record or release without manifest, one that is a draft, and none at all."""
    with zenodo(monkeypatch) as (service, _):
        publish(release(), "zenodo:", yes=True)
        for ref in ("zenodo:101", "zenodo:7"):
            with pytest.raises(NotAPackage, match=f"there is no public record {ref}"):
                download(ref)
        publish(release(), "zenodo:", public=True, yes=True)
        del service.versions["101"].files["manifest.json"]
        with pytest.raises(NotAPackage, match=r"zenodo:101 holds no manifest\.json"):
            download("zenodo:101")
    with github(monkeypatch), pytest.raises(NotAPackage, match="holds no version of a dataset"):
        download(TALKS)


def test_references_are_told_apart() -> None:
    """A path stays a path, a place a place; what cannot be a record or repository is refused."""
    for text in (
        "dist/ships",
        "https://example.org/ships",
        "C:/ships",
        "10.5281",
        "zenodo",
        "github/owner/repo",
        "s3://a/b",
    ):
        assert not is_in_depot(text), text
    labels = {
        "zenodo:12": "zenodo:12", "zenodo:10.5281/zenodo.12": "zenodo:12", "10.5072/zenodo.3": "zenodo-sandbox:3",
        "https://zenodo.org/doi/10.5281/zenodo.12": "zenodo:12", "https://github.com/a/b.git": "github:a/b",
        "zenodo:ha4g3-7x208": "zenodo:ha4g3-7x208",
    }  # fmt: skip
    for text, label in labels.items():
        found = in_depot(text)
        assert found is not None
        assert found.label == label
    assert in_depot("10.1234/other") is None
    for text in (
        "zenodo:../x",
        "zenodo:1/2",
        "zenodo:10.5072/zenodo.3",
        "github:owner",
        "github:a/..",
        "github:a/b/c",
        "github:.a/b",
    ):
        with pytest.raises(EventpackError, match=r"names no (record|repository)"):
            in_depot(text)


def test_a_broken_transfer_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """The archive that came in part is not asked for again from its start."""
    from eventpack.fetching import web
    from tests.depotpack import SURE

    monkeypatch.setattr(web, "PATIENCE", SURE)
    with zenodo(monkeypatch) as (_, running):
        publish(release(), "zenodo:", public=True, yes=True)
        before = len(running.log)
        running.faults = {before + 1: "500-before", before + 7: "half", before + 8: "drop-before"}
        assert download("zenodo:101").version == "0.1.0"
        assert [(path.rpartition("/files/")[2], status) for _, path, status in running.log[before + 6 :]] == [
            ("ships-0.1.0.zip/content", 200), ("ships-0.1.0.zip/content", 0), ("ships-0.1.0.zip/content", 206),
        ]  # fmt: skip


def test_a_signature_travels_with_its_release(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What was signed is proved by the key after it went through a depot."""
    private, public = keys(tmp_path)
    with github(monkeypatch):
        publish(signed(tmp_path / "data", private), TALKS, public=True, yes=True)
        assert prove(download(TALKS, to=tmp_path / "got").folder, key=public).trusted


def test_what_is_in_a_depot_can_be_proved_and_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """As any release, by record, DOI or repository, with a version after `@`."""
    with zenodo(monkeypatch), github(monkeypatch):
        for made in (release(), second()):
            publish(made, "zenodo:", public=True, yes=True)
            publish(made, TALKS, public=True, yes=True)
        for ref in ("zenodo:101", "10.5281/zenodo.100@0.2.0", TALKS):
            proof = prove(ref)
            assert (proof.report.ok, proof.files > 5) == (True, True)
        found = eventpack.diff("zenodo:101", f"{TALKS}@0.2.0")
        assert (found.step, found.tables["ships"].differs) == ("minor", True)


@pytest.mark.parametrize("target", ["zenodo:", TALKS])
def test_exports_come_along_when_they_are_asked_for(
    target: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """They lie beside the archive, without folders; what is public stays, whatever libraries of another day write."""
    made = Path(shutil.copytree(release(), tmp_path / "dist" / release().name))
    eventpack.export(made, ["parquet", "sqlite"])
    beside = made.with_name(f"{made.name}.exports")
    with zenodo(monkeypatch), github(monkeypatch) as (hub, _):
        done = publish(made, target, public=True, yes=True)
        assert done.files == 7 + len(tree(beside))
        ref = "zenodo:101" if target == "zenodo:" else target
        got = download(ref, to=tmp_path / "got", exports=["parquet"])
        assert got.exports == tmp_path / "got" / beside.name
        assert tree(got.exports / "parquet") == tree(beside / "parquet")
        assert not (got.exports / "sqlite").exists()
        assert tree(download(ref, exports=["sqlite"]).exports / "sqlite") == tree(beside / "sqlite")  # type: ignore[operator]
        shutil.rmtree(beside)
        eventpack.export(made, ["parquet"])
        assert publish(made, target, public=True, yes=True).already
        with pytest.raises(EventpackError, match="has no export in xlsx"):
            download(ref, exports=["xlsx"])
    assert hub.releases == [] or len(hub.releases[0].assets) == done.files
