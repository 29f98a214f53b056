"""The commands as a person calls them: output, exit codes, one sentence for bad input."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from conftest import Ran
from website import STORY, Website, article

from archiver.archive import Archive
from archiver.cli.root import COMMANDS, root

Run = Callable[..., Ran]


def test_the_help_of_every_command_has_an_example_and_the_summary_that_the_group_shows() -> None:
    import click

    for name, (_, summary) in COMMANDS.items():
        command = root.get_command(click.Context(root), name)
        assert command is not None
        help_text = command.help or ""
        assert "Example:" in help_text, name
        assert help_text.split("\n")[0] == summary, name


def test_snapshot_quote_verify(made: Run, site: Website) -> None:
    url = site.put("/story", STORY)
    ran = made("snapshot", url)
    assert ran.code == 0
    assert "Bridge over the Lorn" in ran.out
    assert "Contacted 127.0.0.1" in ran.err
    assert "sent nothing but the requests for the pages" in ran.err
    ran = made("quote", url, "will close on the 31st of May")
    assert ran.code == 1
    assert "altered: 13th → 31st" in ran.out
    assert made("quote", url, "will close on the 13th of May").code == 0
    ran = made("verify")
    assert (ran.code, "Intact" in ran.out) == (0, True)


def test_json_is_one_object_a_line_with_the_fields_that_others_read(made: Run, site: Website) -> None:
    url = site.put("/story", STORY)
    (snapshot,) = made("snapshot", url, "--json").lines
    wanted = {
        "snapshot",
        "url",
        "captured_at",
        "status",
        "media_type",
        "payload_sha256",
        "warc_file",
        "warc_offset",
        "warc_record_id",
        "title",
        "published",
        "warnings",
    }
    assert wanted <= snapshot.keys()
    (judged,) = made("--json", "quote", url, "will close on the 31st of May", "--speaker", "Ada").lines
    assert {
        "schema_version", "quote", "url", "snapshot", "captured_at", "id", "verdict", "holds", "layer", "ambiguous", "source_status",
        "matches", "changes", "text_complete", "location", "warnings",
    } <= judged.keys()  # fmt: skip
    assert (
        judged["changes"][0] | {"kind": "number", "severity": "major", "in_quote": "31st", "in_source": "13th"}
        == judged["changes"][0]
    )
    assert (judged["schema_version"], judged["holds"], judged["source_status"]) == (1, False, 200)
    *findings, last = made("verify", "--json").lines
    assert all({"subject", "check", "ok", "detail"} <= finding.keys() for finding in findings)
    assert (last["ok"], last["checked"], last["failed"], last["undecided"]) == (True, len(findings), 0, 0)
    assert made("verify", judged["id"], "--json").code == 1
    assert made("verify", snapshot["snapshot"], "--json").code == 0


def test_a_list_is_taken_up_where_it_stopped(made: Run, site: Website, tmp_path: Path) -> None:
    urls = [site.put(f"/{n}", article(f"Page {n}", f"Paragraph of page {n}.")) for n in range(3)]
    missing = site.url + "/later"
    site.routes["/later"] = None
    file = tmp_path / "list.txt"
    file.write_text("\n".join([*urls, missing, "junk line"]))
    ran = made("snapshot", "--input", file)
    assert ran.code == 3
    assert "3 of 4 pages recorded" in ran.err
    assert "run the same command again" in ran.err
    site.put("/later", article("Later", "It came in the end."))
    before = len(site.requests)
    ran = made("snapshot", "--input", file)
    assert [path for path, _ in site.requests[before:]] == ["/later"]
    assert "3 of 4 are recorded" in ran.err
    before = len(site.requests)
    made("snapshot", "--input", file)  # it was finished, so it begins anew
    assert len(site.requests) - before == 4


def test_check_of_a_table(made: Run, site: Website, tmp_path: Path) -> None:
    url = site.put("/story", STORY)
    file = tmp_path / "t.jsonl"
    rows = [
        {"url": url, "quote": "some of them cross it twice before noon", "id": 7},
        {"url": url, "quote": "some of them cross it thrice before noon"},
        {"url": url},
    ]
    file.write_text("\n".join(json.dumps(item) for item in rows))
    ran = made("check", file, "--json")
    assert ran.code == 1
    assert [line.get("verdict", "error") for line in ran.lines] == ["verbatim", "altered", "error"]
    assert ran.lines[0]["input"] == {"id": 7}
    assert ran.lines[2] == {
        "schema_version": 1, "error": "The row has no quote.", "url": url, "quote": None, "location": {"line": 3},
    }  # fmt: skip
    assert "will be fetched" in ran.err
    assert "will be fetched" not in made("check", file, "--offline").err


def test_what_a_page_holds_cannot_steer_the_terminal(made: Run, site: Website) -> None:
    evil = "A title \x1b[31mred\x1b[0m with \u202ereversed words and \x07 bells"
    url = site.put(
        "/evil",
        article(evil.replace("\x1b", "&#x1b;").replace("\x07", "\x07"), "It says \u202e that \x9b31m here and there."),
    )
    out = (
        made("snapshot", url).out
        + made("quote", url, "It says \u202e this \x1b[1m here").out
        + made("list").out
        + made("show", url).out
    )
    out += made("show", url, "--text", "document").out
    assert not [character for character in out if character != "\n" and not character.isprintable()]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["snapshot", "gopher://example.org/"], 2, "only http and https"),
        (["snapshot", "http://nowhere.invalid/"], 3, "nowhere.invalid"),
        (["snapshot", "http://127.0.0.1:1/"], 2, "127.0.0.1:1"),
        (["snapshot", "http://127.0.0.1:4567/"], 3, "127.0.0.1 port 4567"),
        (["snapshot", "http://192.168.0.1/"], 2, "192.168.0.1"),
        (["snapshot", "http://exa mple/"], 2, "web address"),
        (["snapshot"], 2, "--input"),
        (["snapshot", "--offline", "https://example.org/"], 3, "--offline"),
        (["quote", "http://127.0.0.1:4567/", " "], 2, "empty"),
        (["quote", "s-0000", "some words"], 2, "s-0000"),
        (["quote", "--offline", "http://127.0.0.1/none", "some words"], 3, "--offline"),
        (["show", "q-00000000"], 2, "q-00000000"),
        (["show", "http://127.0.0.1/none"], 2, "no snapshot"),
        (["verify", "zzz"], 2, "zzz"),
        (["verify", "--key", "nonsense"], 2, "verifier key"), (["verify", "--key", ""], 2, "verifier key"),
        (["check", "no-such-file.jsonl"], 2, "no-such-file"),
        (["--archive", "nowhere", "list"], 2, "nowhere"),
        (["frobnicate"], 2, "frobnicate"),
        (["--allow-net", "300.0.0.0/8", "list"], 2, "300.0.0.0/8"),
    ],
)  # fmt: skip
def test_bad_input_is_one_sentence(made: Run, arguments: list[str], code: int, says: str) -> None:
    before = (Path("archive") / "log" / "checkpoint").read_bytes()
    ran = made(*arguments)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err
    assert (Path("archive") / "log" / "checkpoint").read_bytes() == before


def test_short_ids_that_several_records_share_are_refused(made: Run, site: Website) -> None:
    for number in range(9):
        site.put(f"/{number}", article(f"Page {number}", "Words."))
    urls = [f"{site.url}/{number}" for number in range(9)]
    ids = [line["snapshot"] for line in made("snapshot", "--json", *urls).lines]
    assert made("show", ids[0][:10]).code == 0
    ran = made("show", "s-")
    assert ran.code == 2


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text.replace("format = 1", "format = 9"), "format 9"),
        (lambda text: text + "colour = 1\n", "'colour'"),
        (lambda text: text.replace("jobs = 16", 'jobs = "many"'), "jobs"),
        (lambda text: text.replace("timeout = 60.0", "timeout = -1"), "timeout"),
        (lambda text: "\x00" + text, "TOML"),
    ],
)
def test_an_archive_that_cannot_be_opened_is_left_as_it_is(made: Run, change: Callable[[str], str], says: str) -> None:
    file = Path("archive/archive.toml")
    changed = change(file.read_text())
    file.write_text(changed)
    for command in (["list"], ["snapshot", "http://127.0.0.1:4567/"]):
        ran = made(*command)
        assert ran.code == 2
        assert says in ran.err
    assert file.read_text() == changed


def test_404_empty_and_binary_bodies(made: Run, site: Website) -> None:
    ran = made("snapshot", site.url + "/none", "--json")
    assert (ran.code, ran.lines[0]["status"]) == (0, 404)
    assert ran.lines[0]["warnings"]
    assert made("quote", site.url + "/none", "Not found here").code == 3
    assert made("quote", site.put("/empty", b""), "some words here").code == 3
    ran = made(
        "quote",
        site.put("/binary", bytes(range(256)) * 40, Content_Type="application/octet-stream"),
        "some words here",
        "--json",
    )
    assert (ran.code, ran.lines[0]["verdict"]) == (3, "undecided")


def test_a_read_only_archive_is_judged_against_but_not_written_to(made: Run, site: Website) -> None:
    url = site.put("/story", STORY)
    made("snapshot", url)
    file = Path("archive/archive.toml")
    file.write_text(file.read_text().replace("read_only = false", "read_only = true"))
    ran = made("quote", url, "some of them cross it twice before noon", "--json")
    assert (ran.code, ran.lines[0]["id"]) == (0, None)
    ran = made("snapshot", site.put("/b", STORY))
    assert (ran.code, "read-only" in ran.err) == (2, True)


def test_the_archive_is_found_from_folders_below_and_made_for_the_user_elsewhere(
    archiver: Run, site: Website, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url = site.put("/story", STORY)
    ran = archiver("snapshot", url)
    assert (ran.code, "made one for you" in ran.err) == (0, True)
    archiver("init")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert "no snapshot" in archiver("list").err  # the new archive is empty
    monkeypatch.setenv("ARCHIVER_ARCHIVE", "")
    assert "empty" in archiver("list").err


def test_rebuild_and_show_text(made: Run, site: Website) -> None:
    url = site.put("/story", STORY)
    made("snapshot", url)
    assert made("rebuild").code == 0
    assert "13th of May" in made("show", url, "--text", "article").out
    assert made("show", url, "--text", "pdf").code == 2
    assert made("log", "--json").lines[0]["size"] >= 6


def test_a_fault_of_our_own_is_one_sentence_and_a_file(made: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.cli.rebuild.Session", lambda _: 1 / 0)
    ran = made("rebuild")
    assert ran.code == 2
    assert "ZeroDivisionError" in ran.err
    file = Path(ran.err.rsplit(" ", 1)[1].strip().rstrip("."))
    assert "Traceback" in file.read_text()
    file.unlink()


def test_a_fault_of_our_own_on_a_full_disk_or_with_half_a_character_is_one_sentence_too(
    made: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("half a character: \ud800")

    monkeypatch.setattr("archiver.cli.rebuild.Session", fail)
    file = Path(made("rebuild").err.rsplit(" ", 1)[1].strip().rstrip("."))
    assert "half a character: \\ud800" in file.read_text()
    file.unlink()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("tempfile.NamedTemporaryFile", full)
    ran = made("rebuild")
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert "(RuntimeError)" in ran.err
    assert "Its traceback could not be kept (No space left on device); make room, and try again." in ran.err


def test_a_log_that_was_cut_back_is_found_out(
    made: Run, site: Website, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = site.put("/story", STORY)
    made("snapshot", url)
    shutil.copytree("archive", "older")
    assert made("verify").code == 0
    made("quote", url, "some of them cross it twice before noon")
    ran = made("verify")
    assert (ran.code, "grew from" in ran.out) == (0, True)
    kept = tmp_path / "kept.checkpoint"
    shutil.copy("archive/log/checkpoint", kept)
    shutil.rmtree("archive")
    shutil.copytree("older", "archive")
    ran = made("verify")
    assert (ran.code, "cut back" in ran.out) == (1, True)
    # somebody else, who has never verified it, but was given a checkpoint
    key = made("log", "--json").lines[0]["key"]
    monkeypatch.setenv("ARCHIVER_CONFIG", str(tmp_path / "stranger"))
    assert made("verify", "--key", key).code == 0
    assert made("verify", "--against", kept).code == 1
    kept.write_bytes(kept.read_bytes().replace(b"\n\n", b"\nx\n\n"))
    assert "no head of this log" in made("verify", "--against", kept).out


def test_passwords_in_a_table_are_recorded_nowhere(made: Run, site: Website, tmp_path: Path) -> None:
    url = site.put("/story", STORY).replace("http://", "http://alice:s3cretpw@")
    file = tmp_path / "t.jsonl"
    file.write_text(json.dumps({"url": url, "quote": "some of them cross it twice before noon"}))
    ran = made("check", file, "--json")
    assert ran.lines[0]["verdict"] == "verbatim"
    assert "s3cretpw" not in ran.out + ran.err
    assert "s3cretpw" not in made("list", "--quotes", "--json").out
    found = [path for path in Path("archive").rglob("*") if path.is_file() and b"s3cretpw" in path.read_bytes()]
    assert found == []


def test_a_reader_that_has_enough_does_not_change_the_answer(made: Run) -> None:
    command = [sys.executable, "-m", "archiver.cli", "verify", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait(timeout=60) == 0
        assert process.stderr is not None
        assert process.stderr.read() == b""


def test_settings_that_cannot_be_read_are_a_finding_of_verify(made: Run) -> None:
    Path("archive/archive.toml").write_bytes(b"\x00junk")
    ran = made("verify", "--json")
    assert (ran.code, ran.lines[-1]["ok"], ran.lines[0]["check"]) == (1, False, "settings")


def test_verify_says_what_is_touched_and_what_a_failure_means(made: Run, site: Website) -> None:
    url = site.put("/story", STORY)
    made("snapshot", url)
    snapshot = made("list", "--json").lines[0]["snapshot"]
    (path,) = Path("archive/warc").rglob("*.warc.gz")
    whole = path.read_bytes()
    data = bytearray(whole)
    with Archive.open(Path("archive"), read_only=True) as archive:
        leaf = next(archive.catalogue.leaves("response"))
    data[leaf.offset + leaf.length // 2] ^= 1
    path.write_bytes(data)
    ran = made("verify")
    assert ran.code == 1
    assert "the archive is not what was recorded (member)" in ran.out
    assert f"{snapshot}  {url}" in ran.out
    *findings, last = made("verify", "--json").lines
    assert {item["schema_version"] for item in (*findings, last)} == {1}
    (failed,) = [item for item in findings if item["ok"] is False]
    assert [page["url"] for page in failed["pages"]] == [url]
    path.write_bytes(whole)
    connection = sqlite3.connect("archive/catalogue.db")
    with connection:
        connection.execute("UPDATE snapshots SET title = 'forged'")
    connection.close()
    assert "the catalogue, which is only an index, is wrong (catalogue)" in made("verify").out
    made("rebuild")
    Path("archive/log/checkpoint").write_bytes(b"junk")
    assert "Not checked, since the log has no sound head" in made("verify").out


def test_what_verify_says_fits_the_terminal(made: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    lines = [click.unstyle(line) for line in made("verify").out.splitlines()]
    assert len([line for line in lines if line.startswith(" " * 22)]) > 2, "folded"
    assert [line for line in lines if len(line) > 60 and len(line.split()) > 1 and line.startswith(" ")] == []
    assert max(len(line) for line in lines if "+" not in line) <= 60, "a key stays whole"


def test_what_is_no_checkpoint_is_a_wrong_call(made: Run, tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text("-----BEGIN PUBLIC KEY-----\nabc\n-----END PUBLIC KEY-----\n")
    ran = made("verify", "--against", tmp_path / "key.pem")
    assert (ran.code, "is no checkpoint" in ran.err, "FAILED" in ran.out) == (2, True, False)
