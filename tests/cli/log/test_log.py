"""`archiver log` as two people call it: proofs, witnesses, forks, published logs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from website import STORY, Website

from archiver.cli.log.command import log

Run = Callable[..., Ran]


@pytest.fixture
def people(archiver: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Ran]:
    """Calls the command line as somebody, who has keys and an archive of their own."""

    def call(who: str, *words: str | Path) -> Ran:
        monkeypatch.setenv("ARCHIVER_CONFIG", str(tmp_path / f"{who}-config"))
        folder = tmp_path / who
        if not folder.exists():
            assert archiver("init", folder).code == 0
        return archiver("--archive", folder, *words)

    return call


def test_every_command_has_an_example() -> None:
    commands = dict(log.commands)
    key = commands.pop("key")
    assert "Example:" in (key.help or "")
    for word, command in {**commands, **key.commands}.items():  # type: ignore[attr-defined]
        assert "Example:" in (command.help or ""), word
        assert len((command.help or "").split("\n")[0]) < 110, word


def test_what_is_shown_of_the_log(people: Callable[..., Ran]) -> None:
    (shown,) = people("ann", "log", "--json").lines
    assert {
        "origin",
        "size",
        "root",
        "key",
        "pem",
        "fingerprint",
        "signing_key",
        "witnesses",
        "checkpoint",
    } <= shown.keys()
    assert Path(shown["signing_key"]).is_file()
    out = people("ann", "log").out
    for name in ("origin", "key", "fingerprint", "signing_key"):
        assert shown[name] in out
    assert "BEGIN PUBLIC KEY" in out
    assert "PRIVATE" not in out
    assert people("ann", "log", "nonsense").code == 2


def test_a_head_is_handed_out_and_kept(people: Callable[..., Ran], tmp_path: Path) -> None:
    file = tmp_path / "head"
    assert people("ann", "log", "checkpoint", "--to", file).code == 0
    assert people("ann", "log", "checkpoint").out == file.read_text()
    ran = people("ann", "log", "checkpoint", "--to", file)
    assert (ran.code, "left as it is" in ran.err) == (2, True)
    assert people("ann", "verify", "--against", file).code == 0
    assert people("ann", "log", "checkpoint", "--to", tmp_path / "no" / "such").code == 2


def test_proofs_are_written(people: Callable[..., Ran], site: Website, tmp_path: Path) -> None:
    url = site.put("/story", STORY)
    quote = people("ann", "quote", url, "some of them cross it twice before noon", "--json").lines[0]
    snapshot = quote["snapshot"]
    for name in (quote["id"], snapshot, "0"):
        ran = people("ann", "log", "proof", name)
        assert (ran.code, ran.out.startswith("c2sp.org/tlog-proof@v1\nindex ")) == (0, True), name
        assert "127.0.0.1" not in ran.out
    with_details = people("ann", "log", "proof", quote["id"], "--with-details", "--json").lines[0]
    assert "\nextra " in with_details["note"]
    (tmp_path / "proof").write_text(with_details["note"])
    key = people("ann", "log", "--json").lines[0]["key"]
    assert people("ben", "log", "check-proof", tmp_path / "proof").code == 2
    ran = people("ben", "log", "check-proof", tmp_path / "proof", "--key", "")  # of a variable that is not set
    assert (ran.code, "verifier key" in ran.err) == (2, True)
    (proved,) = people("ben", "log", "check-proof", tmp_path / "proof", "--key", key, "--json").lines
    assert (proved["ok"], proved["leaf"], "q-" + proved["sha256"][:12]) == (True, with_details["leaf"], quote["id"])
    assert "The proof holds." in people("ben", "log", "check-proof", tmp_path / "proof").out
    (tmp_path / "proof").write_text(with_details["note"].replace("index ", "index 1"))
    assert people("ben", "log", "check-proof", tmp_path / "proof").code == 1
    for name, words in (
        ("s-0123456789ab", "snapshot"),
        ("9999", "no leaf"),
        ("nonsense", "no id"),
        ("-5", "such option"),
    ):
        ran = people("ann", "log", "proof", name)
        assert ran.code == 2
        assert words in ran.err.lower()
    assert people("ann", "log", "consistency", "1").out.startswith("old 1\n")
    ran = people("ann", "log", "consistency", "9999")
    assert (ran.code, "never had" in ran.err) == (2, True)
    (tmp_path / "junk").write_bytes(b"\xff")
    assert people("ann", "log", "consistency", tmp_path / "junk").code == 1
    assert people("ann", "log", "consistency", tmp_path / "nothing").code == 2


def test_ben_witnesses_anns_log(people: Callable[..., Ran], tmp_path: Path) -> None:
    ann = people("ann", "log", "--json").lines[0]
    people("ann", "log", "checkpoint", "--to", tmp_path / "head")
    ran = people("ben", "log", "witness", tmp_path / "head")
    assert (ran.code, "--key" in ran.err) == (2, True)
    (mine,) = people("ben", "log", "witness", "--name", "ben.example/w", "--json").lines
    assert mine["witness"].startswith("ben.example/w+")
    assert mine["witness"] in people("ben", "log", "witness").out
    ran = people("ben", "log", "witness", tmp_path / "head", "--key", ann["key"], "--to", tmp_path / "cosigned")
    assert ran.code == 0
    assert "first head" in ran.err
    ran = people("ann", "log", "cosigned", tmp_path / "cosigned")
    assert (ran.code, "--key" in ran.err) == (2, True)
    ran = people("ann", "log", "cosigned", tmp_path / "cosigned", "--key", mine["witness"])
    assert (ran.code, "ben.example/w saw" in ran.out, "Recorded." in ran.out) == (0, True, True)
    assert people("ann", "log", "cosigned", tmp_path / "cosigned", "--json").lines[0]["leaf"] is None
    listed = people("ann", "timestamp", "--list")
    assert (listed.code, "no outside anchor" in listed.out) == (0, False), "a witness is one, as `verify` says"
    assert "which ben.example/w saw at " in listed.out
    assert people("ann", "log", "--json").lines[0]["witnesses"][0]["witness"] == "ben.example/w"
    assert "ben.example/w saw" in people("ann", "verify").out
    assert any(line.get("check") == "cosignature" for line in people("ann", "verify", "--json").lines)
    # the next time with the proof
    size = ann["size"]
    assert people("ben", "log", "witness", tmp_path / "head", "--json").code == 0
    people("ann", "log", "consistency", str(size), "--to", tmp_path / "proof")
    (again,) = people("ben", "log", "witness", tmp_path / "proof", "--json").lines
    assert (again["witnessed"], again["previous"], again["fork"]) == (True, size, False)
    assert "ben.example/w" in again["note"]
    assert people("ben", "log", "witness", tmp_path / "proof", "--key", "junk").code == 2
    ran = people("ben", "log", "witness", tmp_path / "proof", "--key", "")
    assert (ran.code, "verifier key" in ran.err) == (2, True)


def test_a_fork_is_said_loudly(people: Callable[..., Ran], tmp_path: Path, site: Website) -> None:
    """Ann's archive was copied, keys and all; Ben is shown the one and then the other."""
    url = site.put("/story", STORY)
    key = people("ann", "log", "--json").lines[0]["key"]
    shutil.copytree(tmp_path / "ann", tmp_path / "eve")
    shutil.copytree(tmp_path / "ann-config", tmp_path / "eve-config")
    people("ann", "quote", url, "some of them cross it twice before noon")
    people("eve", "quote", url, "some of them cross it thrice before noon")
    for who in ("ann", "eve"):
        people(who, "log", "checkpoint", "--to", tmp_path / f"{who}-head")
        people(who, "log", "publish", tmp_path / f"{who}-public")
    assert people("ben", "log", "witness", tmp_path / "ann-head", "--key", key).code == 0
    ran = people("ben", "log", "witness", tmp_path / "eve-head")
    assert (ran.code, "NOT COSIGNED" in ran.out, "A FORK" in ran.err) == (1, True, True)
    (said,) = people("ben", "log", "witness", tmp_path / "eve-head", "--json").lines
    assert (said["witnessed"], said["fork"]) == (False, True)
    kept = Path(said["evidence"])
    assert (kept / "seen-before.checkpoint").read_bytes() == (tmp_path / "ann-head").read_bytes()
    assert (kept / "shown-now.checkpoint").read_bytes() == (tmp_path / "eve-head").read_bytes()
    # each of them is found out against the head of the other, and neither publishes over the other
    for who, other in (("ann", "eve"), ("eve", "ann")):
        assert people(who, "verify").code == 0
        assert people(who, "verify", "--against", tmp_path / f"{other}-head").code == 1
        assert people(who, "log", "consistency", tmp_path / f"{other}-head").code == 1
        assert people(who, "log", "publish", tmp_path / f"{other}-public").code == 1


def test_a_published_log_is_witnessed_over_http(people: Callable[..., Ran], tmp_path: Path, site: Website) -> None:
    key = people("ann", "log", "--json").lines[0]["key"]
    (done,) = people("ann", "log", "publish", tmp_path / "public", "--json").lines
    assert done["files_written"] == 3
    for path in (tmp_path / "public").rglob("*"):
        if path.is_file():
            site.put(f"/{path.relative_to(tmp_path / 'public').as_posix()}", path.read_bytes())
    ran = people("ben", "log", "witness", site.url, "--key", key, "--to", tmp_path / "cosigned")
    assert ran.code == 0
    assert "Contacted 127.0.0.1" in ran.err
    assert people("ben", "--offline", "log", "witness", site.url).code == 2
    site.put("/checkpoint", b"gone", 404)
    ran = people("ben", "log", "witness", site.url)
    assert (ran.code, "status 404" in ran.err) == (3, True)


def test_a_part_is_verified_and_called_a_part(people: Callable[..., Ran]) -> None:
    ran = people("ann", "verify", "--subset", "1/7")
    assert (ran.code, "Part 1 of 7 is intact" in ran.out, "other parts were not looked at" in ran.out) == (
        0,
        True,
        True,
    )
    assert "Intact" not in ran.out
    *_, last = people("ann", "verify", "--subset", "1/7", "--json").lines
    assert (last["ok"], last["subset"]) == (True, "1/7")
    for words in (("8/7",), ("1/7", "--re-extract"), ("1/7", "q-0123456789ab")):
        assert people("ann", "verify", "--subset", *words).code == 2


def test_output_for_programs_is_json_only(people: Callable[..., Ran]) -> None:
    for words in (
        ("log",),
        ("log", "checkpoint"),
        ("log", "proof", "0"),
        ("log", "consistency", "0"),
        ("log", "witness"),
    ):
        ran = people("ann", *words, "--json")
        assert [json.loads(line)["schema_version"] for line in ran.out.splitlines()] == [1], words


def test_a_key_that_cannot_be_read_hides_nothing_else(people: Callable[..., Ran]) -> None:
    path = Path(people("ann", "log", "--json").lines[0]["signing_key"])
    path.unlink()
    path.mkdir()  # no mode stops root from reading a file
    ran = people("ann", "log")
    assert (ran.code, f"signing key   The signing key {path} cannot be read" in ran.out) == (0, True)
    assert "BEGIN PUBLIC KEY" in ran.out
    assert people("ann", "log", "--json").lines[0]["signing_key"] is None
