"""`archiver log key`: backup, restoring, exchange and loss as a person calls them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran

from archiver.signing import KeyRing

Run = Callable[..., Ran]


@pytest.fixture
def made(archiver: Run, tmp_path: Path) -> Run:
    assert archiver("init").code == 0
    (tmp_path / "words").write_text("correct horse battery\n")
    return archiver


def test_backup_and_restore(made: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = made("log", "key", "backup", "key.pem", "--passphrase-file", "words")
    assert ran.code == 0
    assert "Keep it away from this computer" in ran.out
    ran = made("log", "key", "backup", "key.pem", "--passphrase-file", "words")
    assert (ran.code, "left as it is" in ran.err) == (2, True)
    ran = made("log", "key", "backup", "other.pem")
    assert (ran.code, "--passphrase-file" in ran.err) == (2, True)
    Path("short").write_text("abc")
    assert made("log", "key", "backup", "other.pem", "--passphrase-file", "short").code == 2
    assert not Path("other.pem").exists()
    assert "nothing is changed" in made("log", "key", "restore", "key.pem", "--passphrase-file", "words").out
    # another computer
    monkeypatch.setenv("ARCHIVER_CONFIG", str(tmp_path / "new"))
    assert made("log", "key", "backup", "other.pem", "--passphrase-file", "words").code == 2
    (restored,) = made("log", "key", "restore", "key.pem", "--passphrase-file", "words", "--json").lines
    assert (restored["was_there"], Path(restored["signing_key"]).is_file()) == (False, True)
    assert made("log", "key", "rotate").code == 0
    assert made("verify").code == 0


def test_a_backup_is_for_its_own_archive(made: Run, tmp_path: Path) -> None:
    made("log", "key", "backup", "key.pem", "--passphrase-file", "words")
    made("init", "other")
    ran = made("--archive", "other", "log", "key", "restore", "key.pem", "--passphrase-file", "words")
    assert (ran.code, "--archive" in ran.err) == (2, True)
    for name, content in (("junk", b"\xff\x00"), ("empty", b""), ("half", Path("key.pem").read_bytes()[:400])):
        Path(name).write_bytes(content)
        assert made("log", "key", "restore", name, "--passphrase-file", "words").code == 2
    Path("wrong").write_text("wrong passphrase")
    shutil.rmtree(KeyRing().folder / "keys")
    ran = made("log", "key", "restore", "key.pem", "--passphrase-file", "wrong")
    assert (ran.code, "passphrase is wrong" in ran.err) == (2, True)
    # without any archive at hand
    shutil.rmtree("archive")
    shutil.rmtree("other")
    assert made("log", "key", "restore", "key.pem", "--passphrase-file", "words").code == 0


def test_rotation(made: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = made("log", "--json").lines[0]
    made("log", "checkpoint", "--to", "old-head")
    (done,) = made("log", "key", "rotate", "--reason", "sold the laptop", "--json").lines
    assert (done["old"], done["lost"]) == (before["key"], False)
    assert made("log", "--json").lines[0]["key"] == done["new"] != before["key"]
    ran = made("verify", "--against", "old-head")
    assert (ran.code, "handed over" in ran.out, "sold the laptop" in ran.out) == (0, True, True)
    out = made("log", "key", "rotate").out
    assert "fingerprint" in out
    assert "nothing here needs it any more" in out
    assert made("log", "key", "rotate", "--reason", "two\nlines").code == 2
    # a reader who knew the first key learns the others by verifying
    monkeypatch.setenv("ARCHIVER_CONFIG", str(tmp_path / "reader"))
    assert made("verify").code == 3
    assert made("verify", "--key", before["key"]).code == 0
    last = made("log", "--json").lines[0]["key"]
    assert [key.vkey for key in KeyRing().known_keys(before["origin"])] == [before["key"], last]
    assert "signed by the known key" in made("verify").out


def test_a_handover_is_handed_out_and_used(made: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An author gives out a pack, exchanges the key, and puts the new one on a page; a stranger has the pack and that key."""
    Path("words.txt").write_text("It is a wall, not a miracle.")
    snapshot = made("add", "words.txt", "--json").lines[0]["snapshot"]
    quote = made("quote", snapshot, "a wall, not a miracle", "--json").lines[0]["id"]
    assert made("export", quote, "--to", "old.wacz").code == 0
    ran = made("log", "handover")
    assert (ran.code, "never exchanged" in ran.err) == (2, True)
    ran = made("log", "key", "rotate", "--to", "handover.json")
    assert (ran.code, "publish it" in ran.err) == (0, True)
    assert made("log", "key", "rotate", "--to", "handover.json").code == 2, (
        "nothing is written over, and nothing exchanged"
    )
    new = made("log", "--json").lines[0]["key"]
    made("log", "handover", "--to", "again.json")
    assert Path("again.json").read_bytes() == Path("handover.json").read_bytes()
    assert made("log", "handover").out == Path("handover.json").read_text()
    monkeypatch.setenv("ARCHIVER_CONFIG", str(tmp_path / "stranger"))
    ran = made("verify", "old.wacz", "--key", new)
    assert (ran.code, "Not confirmed: whole" in ran.out, "Broken" in ran.out) == (3, True, False)
    ran = made("verify", "old.wacz", "--key", new, "--handover", "handover.json")
    assert (ran.code, "the signer is known" in ran.out) == (0, True), ran.out
    Path("junk").write_text("{}")
    ran = made("verify", "old.wacz", "--key", new, "--handover", "junk")
    assert (ran.code, "no hand-over" in ran.err) == (2, True)
    assert made("verify", "--handover", "handover.json").code == 2


def test_loss(made: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = made("log", "--json").lines[0]
    ran = made("log", "key", "lost")
    assert (ran.code, "is not lost" in ran.err) == (2, True)
    Path(old["signing_key"]).unlink()
    assert "not on this machine" in made("log").out
    ran = made("log", "key", "rotate")
    assert (ran.code, "log key restore" in ran.err, "log key lost" in ran.err) == (2, True, True)
    ran = made("log", "key", "lost", "--reason", "the disk died")
    assert (ran.code, f"first {old['size']} leaves" in ran.out) == (0, True)
    assert made("verify").code == 0, "its owner made the new key"
    monkeypatch.setenv("ARCHIVER_CONFIG", str(tmp_path / "reader"))
    ran = made("verify", "--key", old["key"])
    assert (ran.code, "signer unknown from leaf" in ran.out, "was lost" in ran.out) == (3, True, True)
    assert KeyRing().known_keys(old["origin"])[-1].vkey == old["key"], "the new key is not believed by that"
    new = made("log", "--json").lines[0]["key"]
    assert made("verify", "--key", new).code == 0
    assert made("verify").code == 0


def test_a_replaced_key_fails_where_one_was_known(made: Run, tmp_path: Path) -> None:
    """The whole archive made anew by somebody else, under the same name."""
    from archiver.archive import Archive
    from archiver.signing import SigningKey

    origin = made("log", "--json").lines[0]["origin"]
    assert made("verify").code == 0
    shutil.rmtree("archive")
    other, key = KeyRing(tmp_path / "other"), SigningKey.generate(origin)
    other.store(key)
    Archive.create(Path("archive"), other, signer=key).close()
    ran = made("verify")
    assert (ran.code, "it is known under" in ran.out) == (1, True)


def test_help_says_of_every_command_what_it_does_to_the_end(archiver: Run) -> None:
    for words in (("log", "--help"), ("log", "key", "--help")):
        commands = archiver(*words).out.split("Commands:")[1]
        assert commands.strip()
        assert "..." not in commands
