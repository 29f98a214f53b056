"""`archiver export`, `archiver declaration`, and `archiver verify` of packs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from website import STORY, Website

Run = Callable[..., Ran]


@pytest.fixture
def quoted(archiver: Run, site: Website) -> str:
    """The id of a quote in a fresh archive."""
    assert archiver("init").code == 0
    ran = archiver("--json", "quote", site.put("/story", STORY), "will close on the 13th of May")
    return str(ran.lines[0]["id"])


def test_export_and_verify(archiver: Run, quoted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = archiver("export", quoted, "--to", "a.wacz")
    assert ran.code == 0
    assert "1 quote, 1 snapshot" in ran.out
    (line,) = archiver("--json", "export", quoted, "--to", "b.wacz").lines
    key = line["key"]
    assert (line["quotes"], line["snapshots"], line["bytes"]) == (1, 1, (tmp_path / "b.wacz").stat().st_size)
    ran = archiver("verify", "a.wacz", "b.wacz", "--re-extract")  # one's own key is known
    assert (ran.code, "Intact" in ran.out) == (0, True)
    monkeypatch.setenv("ARCHIVER_CONFIG", str(tmp_path / "stranger"))
    ran = archiver("verify", "a.wacz")
    assert (ran.code, "signer unknown" in ran.out, "by another way" in ran.out) == (3, True, True)
    assert archiver("verify", "a.wacz", "--key", key).code == 0
    ran = archiver("--json", "verify", "a.wacz")  # now it was met
    assert (ran.code, ran.lines[-1]["ok"], ran.lines[-1]["undecided"]) == (0, True, 0)


def test_the_check_of_a_pack_says_what_its_records_say_of_the_quotations(
    archiver: Run, quoted: str, site: Website
) -> None:
    """An intact pack of a quotation that its source does not bear out is not to be taken for a proof of it."""
    (false,) = archiver("--json", "quote", site.url + "/story", "will close on the 31st of May").lines
    ran = archiver("export", quoted, false["id"], "--to", "a.wacz")
    assert f"{false['id'][:14]} does not hold (altered); the pack says so." in ran.err
    said = archiver("verify", "a.wacz").out
    assert f"{false['id'][:14]}  altered: NOT as quoted" in said
    assert "“will close on the 31st of May”" in said
    assert f"{quoted[:14]}  verbatim: found, word for word" in said
    last = archiver("--json", "verify", "a.wacz").lines[-1]
    assert [(one["id"][:14], one["verdict"], one["holds"]) for one in last["quotes"]] == [
        (quoted[:14], "verbatim", True),
        (false["id"][:14], "altered", False),
    ]


def test_a_broken_pack(archiver: Run, quoted: str, tmp_path: Path) -> None:
    assert archiver("export", quoted, "--to", "a.wacz").code == 0
    data = bytearray((tmp_path / "a.wacz").read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "b.wacz").write_bytes(bytes(data))
    assert "13th of May" not in archiver("verify", "b.wacz").out
    ran = archiver("verify", "b.wacz")
    assert (ran.code, "FAILED" in ran.out, "Broken" in ran.out) == (1, True, True)
    assert archiver("--json", "verify", "b.wacz").lines[-1]["ok"] is False


@pytest.mark.parametrize("name", ["a.zip", "akte", "A.WACZ"])
def test_a_pack_is_known_under_another_name(
    archiver: Run, quoted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    assert archiver("export", quoted, "--to", "a.wacz").code == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "a.wacz").rename(elsewhere / name)
    (elsewhere / "paper.md").write_text("Words.")
    monkeypatch.chdir(elsewhere)
    assert (archiver("verify", name).code, archiver("verify", name, "a-b").code) == (0, 2)
    ran = archiver("verify", "paper.md")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("archiver: paper.md is a file, but no evidence pack")
    ran = archiver("verify", str(elsewhere))
    assert (ran.code, "`archiver --archive FOLDER verify`" in ran.err) == (2, True)


def test_bad_calls(archiver: Run, quoted: str) -> None:
    for words in (
        ("export", quoted, "--to", "x.zip"),
        ("export", "q-000000", "--to", "x.wacz"),
        ("export", "story", "--to", "x.wacz"),
        ("export", "--to", "x.wacz"),
        ("verify", "none.wacz"),
        ("verify", "none.wacz", quoted),
        ("verify", "none.wacz", "--key", "nonsense"),
        ("declaration", "q-000000"),
    ):
        ran = archiver(*words)
        assert ran.code == 2, words
        assert ran.err.strip(), words


def test_declaration(archiver: Run, quoted: str, tmp_path: Path) -> None:
    ran = archiver("declaration", quoted)
    assert (ran.code, ran.out.startswith("# DRAFT")) == (0, True)
    assert archiver("declaration", quoted, "--format", "text", "--to", "d.txt").code == 0
    assert (tmp_path / "d.txt").read_text(encoding="utf-8").startswith("DRAFT")
    assert archiver("declaration", quoted, "--to", "d.txt").code == 2
    (line,) = archiver("--json", "declaration", quoted).lines
    assert "902(13)" in line["declaration"]


def test_what_a_person_handed_in_says_so_in_its_pack(archiver: Run, tmp_path: Path) -> None:
    import zipfile

    (tmp_path / "saved.html").write_bytes(STORY)
    assert archiver("init").code == 0
    assert archiver("add", "saved.html", "--url", "https://example.org/story").code == 0
    (quote,) = archiver("--json", "quote", "https://example.org/story", "will close on the 13th of May").lines
    assert archiver("export", quote["id"], "--to", "a.wacz").code == 0
    assert archiver("verify", "a.wacz", "--re-extract").code == 0
    with zipfile.ZipFile(tmp_path / "a.wacz") as file:
        assert "NOT fetched" in file.read("verify/VERIFY.md").decode()
        assert len(file.read("pages/pages.jsonl").splitlines()) == 1  # replay tools have no answer of a server to show
    assert "NOT fetched" in archiver("declaration", quote["id"]).out


def test_roots_and_kept_heads(archiver: Run, quoted: str, tmp_path: Path) -> None:
    assert archiver("export", quoted, "--to", "a.wacz").code == 0
    assert archiver("log", "checkpoint", "--to", "head").code == 0
    assert archiver("verify", "a.wacz", "--against", "head").code == 0
    assert archiver("quote", quoted.replace("q-", "s-"), "x").code == 2
    assert archiver("verify", "a.wacz", "--subset", "1/2").code == 2
    (tmp_path / "root.pem").write_text("nothing")
    assert archiver("verify", "a.wacz", "--tsa-root", "root.pem").code == 0  # there are no stamps to ask it for


def test_a_crate_around_the_pack(archiver: Run, quoted: str, tmp_path: Path) -> None:
    (tmp_path / "deposit").mkdir()
    ran = archiver("--json", "export", quoted, "--to", "deposit/a.wacz", "--ro-crate")
    assert (ran.code, ran.lines[0]["ro_crate"]) == (0, "deposit/ro-crate-metadata.json")
    graph = json.loads((tmp_path / "deposit" / "ro-crate-metadata.json").read_text("utf-8"))["@graph"]
    assert {"a.wacz", "./"} <= {entity["@id"] for entity in graph}
    assert archiver("export", quoted, "--to", "b.wacz").code == 0  # the same bytes with and without
    assert (tmp_path / "b.wacz").read_bytes() == (tmp_path / "deposit" / "a.wacz").read_bytes()
    assert not (tmp_path / "ro-crate-metadata.json").exists()
    (tmp_path / "deposit" / "ro-crate-metadata.json").write_text("[]", encoding="utf-8")
    assert archiver("export", quoted, "--to", "deposit/c.wacz", "--ro-crate").code == 2
    assert not (tmp_path / "deposit" / "c.wacz").exists()
