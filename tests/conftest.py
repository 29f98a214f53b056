"""What the tests share: keys of their own, an archive, a web site, the command line in process."""

from __future__ import annotations

import ipaddress
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from authority import OPENSSL, Authority, make_authority, running
from website import Website, website

from archiver.archive import Archive, healing
from archiver.capture import Options
from archiver.catalogue import Catalogue
from archiver.cli.root import run
from archiver.settings import FetchSettings
from archiver.signing import KeyRing
from archiver.verification import Finding, Request, Verification

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))  # the samples, which both use

# CI tries the same examples each time, so that a change is what breaks it; ARCHIVER_EXAMPLES=random looks for new ones, and for more
hypothesis.settings.register_profile("same", derandomize=True, deadline=None, database=None, max_examples=50)
hypothesis.settings.register_profile("random", deadline=None, print_blob=True)
hypothesis.settings.load_profile("random" if os.environ.get("ARCHIVER_EXAMPLES") == "random" else "same")

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
LOOPBACK = ipaddress.ip_network("127.0.0.0/8")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the person's keys or archive."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("ARCHIVER_CONFIG", str(home / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("ARCHIVER_ARCHIVE", raising=False)
    monkeypatch.setenv("ARCHIVER_BROWSER", "never")  # tests of the browser take it back


@pytest.fixture
def shared() -> Path:
    """The folder of shared material; the test is skipped where it is missing."""
    if not (SHARED / "corpus").is_dir():
        pytest.skip("the shared corpus is not beside the repository")
    return SHARED


@dataclass(frozen=True)
class Made:
    """An archive with its keys that was made once and is copied for each test: that takes a tenth of making it."""

    folder: Path
    value: Any = None

    def copy_to(self, root: Path) -> None:
        """Puts the archive there and its keys beside those of the test's person."""
        shutil.copytree(self.folder / "archive", root)
        shutil.copytree(self.folder / "config", os.environ["ARCHIVER_CONFIG"], dirs_exist_ok=True)


@pytest.fixture(scope="session")
def made_empty(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("made-empty")
    Archive.create(folder / "archive", KeyRing(folder / "config")).close()
    return Made(folder)


@pytest.fixture(scope="session")
def made_sealed(tmp_path_factory: pytest.TempPathFactory) -> Made:
    from samples import sealed_archive

    folder = tmp_path_factory.mktemp("made-sealed")
    return Made(folder, sealed_archive(folder / "archive", KeyRing(folder / "config")))


@pytest.fixture
def archive(tmp_path: Path, made_empty: Made) -> Iterator[Archive]:
    """A new, empty archive."""
    made_empty.copy_to(tmp_path / "archive")
    with Archive.open(tmp_path / "archive") as made:
        yield made


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as running:
        yield running


@pytest.fixture
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    """A time stamp authority on loopback, whose root nobody trusts yet."""
    if OPENSSL is None:
        pytest.skip("the tests of time stamps need the openssl program")
    with running(make_authority(tmp_path_factory.mktemp("authority") / "first")) as made:
        yield made


@pytest.fixture
def second_authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    """Another one, with a root of its own."""
    with running(make_authority(tmp_path_factory.mktemp("authority") / "second", title="Second")) as made:
        yield made


@pytest.fixture
def options() -> Options:
    """Captures from loopback."""
    return Options(FetchSettings("archiver/test", timeout=20, allow_net=(LOOPBACK,)))


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """stdout as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def archiver(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Runs the command line in process, in a folder of its own, with loopback allowed."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        words = [str(argument) for argument in arguments]
        code = run(["--allow-net", "127.0.0.0/8", *words])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Ran(code, captured.out, captured.err)

    return call


@dataclass(frozen=True, slots=True)
class SealedArchive:
    """A closed archive with two snapshots, a revisit of the first and a quote of each of the two, by their whole ids."""

    root: Path
    snapshots: tuple[str, ...]
    quotes: tuple[str, ...]

    def findings(self, **request: Any) -> list[Finding]:
        """All that a verification says."""
        return list(Verification(self.root, Request(**request)).findings())

    def faults(self, **request: Any) -> list[Finding]:
        """What a verification finds that is not well."""
        return [finding for finding in self.findings(**request) if finding.ok is not True]


@pytest.fixture
def sealed(tmp_path: Path, made_sealed: Made) -> SealedArchive:
    """A few sealed records of every kind, made without a network."""
    root = tmp_path / "sealed"
    made_sealed.copy_to(root)
    return SealedArchive(root, made_sealed.value.snapshots, made_sealed.value.quotes)


@pytest.fixture
def sample(tmp_path: Path) -> SealedArchive:
    """A copy of the committed archive, which has every kind of row but certificates, with a catalogue of its own."""
    root = tmp_path / "copy"
    shutil.copytree(Path(__file__).resolve().parent.parent / "archive", root)
    catalogue = Catalogue(root / "catalogue.db")
    with Archive.open(root, read_only=True) as archive:
        healing.catch_up(root, archive.log, catalogue)
        catalogue.close()
    return SealedArchive(root, (), ())
