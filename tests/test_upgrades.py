"""Archives of format 1 as several versions since the freeze wrote them: today's opens, verifies, quotes and rebuilds each.

`tools/make_old_archives.py` made them; what is named after a commit was written by the code of that commit.
"""

from __future__ import annotations

import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Ran
from trees import state_of

from archiver.signing import KeyRing, SigningKey

DATA = Path(__file__).resolve().parent / "data"
WRITTEN_BY = ("353a782", "d6b1975", "09e02a5", "70888c7", "6257330")
KNOWS_RECHECKS = frozenset({"70888c7", "6257330"})
KNOWS_TAGS = frozenset({"6257330"})
SAID = "The first boat leaves Port Anna at 6.40 on the 13th of April."
VERDICTS = {
    "It is a wall, not a miracle": "verbatim",
    "We have rebuilt 410 metres of wall": "altered",
    SAID: "verbatim",
}


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for each version, with ``archive`` and ``pack.wacz``; nobody changes it."""
    folder = tmp_path_factory.mktemp("format-1")
    with tarfile.open(DATA / "format-1.tar.xz") as tar:
        if hasattr(tarfile, "data_filter"):  # from Python 3.11.4 on; the file is our own
            tar.extractall(folder, filter="data")
        else:
            tar.extractall(folder)  # noqa: S202
    return folder


@pytest.fixture
def key() -> SigningKey:
    """The archives' key, which this machine has."""
    made = SigningKey.from_pem("archiver.invalid/sample", (DATA / "throw-away-key.pem").read_bytes())
    KeyRing().store(made)
    return made


@pytest.fixture
def old(tmp_path: Path, unpacked: Path, key: SigningKey) -> Callable[[str], Path]:
    """Copies an archive that can be written to."""

    def copy(version: str) -> Path:
        return Path(shutil.copytree(unpacked / version / "archive", tmp_path / version))

    return copy


def test_the_fixture_is_what_the_tests_say(unpacked: Path) -> None:
    assert {path.name for path in unpacked.iterdir()} == set(WRITTEN_BY)
    assert all((unpacked / version / "archive" / "catalogue.db").is_file() for version in WRITTEN_BY)
    assert all((unpacked / version / "archive" / "state.db").is_file() for version in WRITTEN_BY)
    assert (DATA / "format-1.tar.xz").stat().st_size < 300_000


@pytest.mark.parametrize("version", WRITTEN_BY)
def test_an_old_archive_verifies_quotes_and_is_rebuilt(
    version: str, old: Callable[[str], Path], archiver: Callable[..., Ran]
) -> None:
    root = old(version)
    recorded = {
        path: path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and "log" not in path.parts and path.suffix != ".db"
    }

    ran = archiver("--archive", root, "verify")
    assert (ran.code, "erased" in ran.out) == (0, True), ran.out + ran.err

    quotes = {line["quote"]: line for line in archiver("--archive", root, "--json", "list", "--quotes").lines}
    assert {words: line["verdict"] for words, line in quotes.items()} == VERDICTS
    snapshots = archiver("--archive", root, "--json", "list").lines
    again = archiver("--archive", root, "--json", "--offline", "quote", quotes[SAID]["snapshot"], SAID)
    assert (again.code, again.lines[0]["verdict"]) == (0, "verbatim"), again.err
    changed = archiver("--archive", root, "--json", "--offline", "quote", quotes[SAID]["url"], SAID)
    assert (changed.code, changed.lines[0]["verdict"]) == (1, "altered"), "the newest snapshot has another day"
    wire = quotes["It is a wall, not a miracle"]["snapshot"]
    assert archiver("--archive", root, "--json", "cite", wire).code == 0

    if version in KNOWS_RECHECKS:
        assert "quote-altered" in archiver("--archive", root, "show", quotes[SAID]["url"]).out
    if version in KNOWS_TAGS:
        assert archiver("--archive", root, "--json", "cohort", "show", "study").code in (0, 3)

    assert archiver("--archive", root, "rebuild").code == 0
    assert archiver("--archive", root, "verify").code == 0
    assert archiver("--archive", root, "--json", "list").lines == snapshots, (
        "the catalogue of then said what one of today says"
    )
    assert {path: path.read_bytes()[: len(data)] for path, data in recorded.items()} == recorded, (
        "evidence is only added to"
    )


def test_packs_of_then_are_confirmed_by_their_key(
    unpacked: Path, archiver: Callable[..., Ran], key: SigningKey
) -> None:
    for version in WRITTEN_BY:
        ran = archiver("verify", unpacked / version / "pack.wacz", "--key", key.public.vkey)
        assert ran.code == 0, ran.out + ran.err


def test_a_guide_and_a_script_of_before_are_told_and_no_doubt(
    unpacked: Path, archiver: Callable[..., Ran], key: SigningKey
) -> None:
    """This pack was written before the first release, with another guide and another script under the same version number."""
    lines = archiver("--json", "verify", unpacked / WRITTEN_BY[0] / "pack.wacz", "--key", key.public.vkey).lines
    noted = {line["subject"]: line["detail"] for line in lines if line.get("check") == "wording"}
    assert set(noted) == {"verify/VERIFY.md", "verify/verify.sh"}
    assert all("he evidence is not touched by that" in detail for detail in noted.values())


REFUSED = [
    ("format = 2", "says format 2; this archiver reads format 1 only, and leaves the archive as it is"),
    ("format = 0", "says format 0; this archiver reads format 1 only"),
    ('format = "1"', "says format '1'; this archiver reads format 1 only"),
    ("# none", "says format None; this archiver reads format 1 only"),
    ("format = 1\ncompression = 'zstd'", "has the unknown key 'compression'"),
]


def test_another_format_is_refused_with_one_sentence_and_left_alone(
    old: Callable[[str], Path], archiver: Callable[..., Ran]
) -> None:
    root = old("353a782")
    settings = root / "archive.toml"
    of_then = settings.read_text()
    for line, said in REFUSED:
        settings.write_text(of_then.replace("format = 1", line, 1))
        before = state_of(root)
        for command in (("list",), ("rebuild",), ("--offline", "quote", "https://example.org/", "some words of it")):
            ran = archiver("--archive", root, *command)
            assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1), (line, command, ran.err)
            assert said in ran.err
        ran = archiver("--archive", root, "verify")
        assert ran.code == 1, "whoever can change archive.toml does not get around a check"
        assert said in ran.out
        assert state_of(root) == before


def test_a_newer_catalogue_is_made_again_from_the_evidence(
    old: Callable[[str], Path], archiver: Callable[..., Ran]
) -> None:
    root = old("6257330")
    listed = archiver("--archive", root, "--json", "list").lines
    with closing(sqlite3.connect(root / "catalogue.db")) as db, db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('archiver.catalogue', 'zukunft', '2030')"
        )
        db.execute("ALTER TABLE snapshots ADD COLUMN zukunft TEXT")
    evidence = {path: data for path, data in state_of(root).items() if path.startswith(("warc", "log", "archive.toml"))}
    ran = archiver("--archive", root, "--json", "list")
    assert (ran.code, ran.lines) == (0, listed)
    assert "a newer archiver made it (it has zukunft). It was made again from the evidence." in " ".join(
        ran.err.split()
    )
    assert {path: data for path, data in state_of(root).items() if path in evidence} == evidence
