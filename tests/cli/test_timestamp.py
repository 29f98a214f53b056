"""``archiver timestamp``, and what the other commands do where authorities are configured."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from authority import Authority
from conftest import Ran
from website import STORY, Website

Run = Callable[..., Ran]


@pytest.fixture
def trusted(authority: Authority, second_authority: Authority) -> None:
    """Both roots in the person's own store."""
    folder = Path(os.environ["ARCHIVER_CONFIG"]) / "timestamp-roots"
    folder.mkdir(parents=True)
    for number, item in enumerate((authority, second_authority)):
        (folder / f"{number}.pem").write_bytes(item.root_file.read_bytes())


@pytest.fixture
def made(archiver: Run, authority: Authority, second_authority: Authority, trusted: None) -> Run:
    """The command line, in a folder with an archive that has two authorities."""
    ran = archiver("init", "--timestamp", authority.url, "--timestamp", second_authority.url)
    assert ran.code == 0
    assert "after each run a hash" in ran.out
    assert authority.url in ran.out
    assert authority.requests == [], "init asks nobody"
    return archiver


def test_runs_are_stamped_and_say_what_was_sent(
    made: Run, site: Website, authority: Authority, second_authority: Authority
) -> None:
    url = site.put("/story", STORY)
    ran = made("snapshot", url)
    assert ran.code == 0
    assert "sent a hash to two authorities beside the requests for the pages" in ran.err
    assert (len(authority.requests), len(second_authority.requests)) == (1, 1)
    ran = made("quote", url, "some of them cross it twice before noon", "--json")
    assert (ran.code, len(ran.lines)) == (0, 1), "stdout holds what it always held"
    assert len(authority.requests) == 2
    again = made("quote", url, "some of them cross it twice before noon")
    assert (again.code, len(authority.requests)) == (0, 2), "nothing new, nothing sent"
    for command in (["list"], ["show", url], ["verify"], ["log"]):
        assert made(*command).code == 0
    assert len(authority.requests) == 2, "reading sends nothing"
    ran = made("verify", "--json")
    found = {line["check"]: line for line in ran.lines[:-1]}
    assert (ran.code, found["timestamp"]["ok"], found["times"]["ok"], found["window"]["ok"]) == (0, True, True, True)
    assert found["window"]["since"] is not None


def test_a_list_and_a_table_are_stamped_once(made: Run, site: Website, authority: Authority, tmp_path: Path) -> None:
    urls = [site.put(f"/{number}", STORY) for number in range(3)]
    made("snapshot", *urls)
    assert len(authority.requests) == 1
    table = tmp_path / "t.jsonl"
    table.write_text(
        "".join(f'{{"url": "{url}", "quote": "some of them cross it twice before noon"}}\n' for url in urls)
    )
    assert made("check", table).code == 0


def test_offline_runs_send_nothing_and_the_next_one_makes_up_for_it(
    made: Run, site: Website, authority: Authority
) -> None:
    url = site.put("/story", STORY)
    made("snapshot", url)
    assert made("--offline", "quote", url, "some of them cross it twice before noon").code == 0
    ran = made("timestamp", "--offline", "--json")
    assert (ran.code, [line["queued"] for line in ran.lines]) == (3, [True, True])
    assert len(authority.requests) == 1
    listed = made("timestamp", "--list", "--json").lines
    assert [line["authority"] for line in listed if "tries" in line]
    assert "window" in listed[-1]
    ran = made("timestamp", "--json")
    assert (ran.code, [line["stamped"] for line in ran.lines]) == (0, [True, True])
    ran = made("timestamp", "--json")
    assert (ran.code, [line["stamped"] for line in ran.lines], len(authority.requests)) == (0, [False, False], 2)


def test_an_authority_that_fails_changes_no_exit_code_but_that_of_timestamp(
    made: Run, site: Website, authority: Authority
) -> None:
    authority.answer = lambda *_: (503, "text/plain", b"later")
    ran = made("snapshot", site.put("/story", STORY))
    assert (ran.code, "is queued" in ran.err, "status 503" in ran.err) == (0, True, True)
    assert made("verify").code == 0
    ran = made("timestamp")
    assert (ran.code, "queued" in ran.out, "nothing" in ran.out) == (3, True, True)
    assert "queued since" in made("timestamp", "--list").out
    authority.answer = None
    assert made("timestamp").code == 0
    assert "queued since" not in made("timestamp", "--list").out


def test_an_authority_for_once(archiver: Run, authority: Authority) -> None:
    archiver("init")
    ran = archiver("timestamp")
    assert (ran.code, "--authority" in ran.err) == (2, True)
    ran = archiver("timestamp", "--authority", authority.url)
    assert (ran.code, "undecided here" in ran.out, "not among your roots" in ran.out) == (0, True, True)
    assert archiver("verify").code == 3
    assert archiver("verify", "--tsa-root", authority.root_file).code == 0
    ran = archiver("timestamp", "--list")
    assert (ran.code, "Test Authority" in ran.out) == (3, True)
    assert archiver("timestamp", "--list", "--tsa-root", authority.root_file).code == 0


def test_authorities_are_set_and_taken_away(archiver: Run, site: Website, authority: Authority, trusted: None) -> None:
    archiver("init")
    assert authority.url in archiver("timestamp", "--set-authorities", authority.url).out
    assert authority.requests == []
    assert f'timestamp_authorities = ["{authority.url}"]' in Path("archive/archive.toml").read_text()
    assert archiver("verify").code == 0, "the change is recorded"
    archiver("snapshot", site.put("/story", STORY))
    assert len(authority.requests) == 1
    archiver("timestamp", "--set-authorities", "none")
    archiver("snapshot", site.put("/other", STORY))
    assert len(authority.requests) == 1
    assert archiver("verify").code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--set-authorities", "ftp://example.org/"], "address of a time stamp authority"),
        (["--set-authorities", "https://me:secret@example.org/"], "no password"),
        (["--set-authorities", "no address"], "web address"),
        (["--authority", "no address"], "web address"),
        (["--authority", "x", "--list"], "one of --authority, --list"),
        (["--list", "--tsa-root", "archive/archive.toml"], "no certificate that can be read"),
    ],
)
def test_bad_calls_are_one_sentence(archiver: Run, arguments: list[str], says: str) -> None:
    archiver("init")
    before = Path("archive/log/checkpoint").read_bytes()
    ran = archiver("timestamp", *arguments)
    assert (ran.code, ran.out, says in ran.err) == (2, "", True)
    assert Path("archive/log/checkpoint").read_bytes() == before


def test_an_authority_inside_the_network_is_not_contacted(archiver: Run) -> None:
    archiver("init")
    ran = archiver("timestamp", "--authority", "http://192.168.0.1/tsr", "--json")
    assert (ran.code, "inside address" in ran.lines[0]["detail"], ran.lines[0]["queued"]) == (2, True, False)
    assert "Contacted" not in ran.err, "what was not contacted got no hash"
    assert "tries" not in archiver("timestamp", "--list", "--json").out


def test_what_an_authority_asked_once_owes_is_asked_for_again(archiver: Run, authority: Authority) -> None:
    archiver("init")
    authority.answer = lambda *_: (503, "text/plain", b"later")
    assert archiver("timestamp", "--authority", authority.url).code == 3
    assert archiver("timestamp").code == 3
    authority.answer = None
    ran = archiver("timestamp", "--json")
    assert (ran.code, [line["authority"] for line in ran.lines]) == (0, [authority.url])
    assert archiver("timestamp").code == 2, "nothing is owed, and nobody is configured"


def test_a_token_whose_certificate_ends_soon_is_stamped_again(
    made: Run, authority: Authority, second_authority: Authority
) -> None:
    for item in (authority, second_authority):
        item.sign_with(days=(-10.0, 30.0))
    assert made("timestamp").code == 0
    ran = made("timestamp")
    assert (ran.code, ran.out.count("lasts no longer")) == (0, 2)
    assert made("timestamp", "--renew-before", "10").out.count("all that is recorded is stamped") == 2
    for item in (authority, second_authority):
        item.sign_with(days=(-10.0, 900.0))
    ran = made("timestamp", "--json")
    assert [line["stamped"] for line in ran.lines] == [True, True]
    assert [line["stamped"] for line in made("timestamp", "--json").lines] == [False, False]
    assert made("verify").code == 0


def test_a_file_among_the_roots_that_is_none_is_said(made: Run, site: Website) -> None:
    file = Path(os.environ["ARCHIVER_CONFIG"]) / "timestamp-roots" / "bad.pem"
    made("timestamp")
    file.write_text("junk")
    ran = made("snapshot", site.put("/story", STORY))
    assert (ran.code, "bad.pem" in ran.err) == (0, True)
    ran = made("verify")
    assert (ran.code, "bad.pem" in ran.out) == (3, True)
    assert made("timestamp").code == 2


def test_without_the_key_nobody_is_asked(made: Run, authority: Authority) -> None:
    for file in (Path(os.environ["ARCHIVER_CONFIG"]) / "keys").iterdir():
        file.unlink()
    ran = made("timestamp")
    assert (ran.code, "signing key" in ran.err, authority.requests) == (2, True, [])


def test_what_was_imported_with_an_old_date_contradicts_no_anchor(made: Run, tmp_path: Path) -> None:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 40\r\n\r\n<p>Words that somebody else recorded.</p>"
    page = page.replace(b"Length: 40", b"Length: %d" % len(page.partition(b"\r\n\r\n")[2]))
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:6a1f1a4b-8f0e-4a39-9f0e-0c1f5b1f7a11>\r\n"
        "WARC-Target-URI: http://example.org/old\r\nWARC-Date: 2015-06-01T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(page)}\r\n\r\n"
    )
    file = tmp_path / "old.warc"
    file.write_bytes(head.encode() + page + b"\r\n\r\n")
    assert made("timestamp").code == 0
    ran = made("import", file)
    assert ran.code == 0, ran.err
    found = {line["check"]: line for line in made("verify", "--json").lines[:-1]}
    assert (found["times"]["ok"], "dated by them" in found["times"]["detail"]) == (True, True), found["times"]
