"""--memento and --save-to from the command line."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from mementos import Copied, PublicArchive, SavePageNow, just_now
from website import STORY

from archiver.cli.snapshot.secondhand import read_at, suggesting_copies, suggestion
from archiver.errors import InputError, NameNotFound, NameUnanswered
from archiver.personal import FILE

OLD = Copied("20140126200624", STORY)
WORDS = "4,200 drivers use the bridge each day"


def test_the_command_that_looks_for_a_copy_can_be_pasted() -> None:
    assert "`archiver snapshot --memento 'https://example.org/?a=1&b=2'`" in suggestion("https://example.org/?a=1&b=2")
    assert "`archiver snapshot --memento https://xn--mnchen-3ya.de/`" in suggestion("https://xn--mnchen-3ya.de/")


@pytest.fixture
def copies(site, archiver) -> PublicArchive:
    archiver("init")
    (Path(os.environ["ARCHIVER_CONFIG"]) / FILE).write_text(f'memento_archive = "{site.url}/web/"\n')
    return PublicArchive(site)


def test_a_page_that_is_gone_is_taken_from_the_archive(archiver, site, copies) -> None:
    page = site.put("/story", b"<h1>Gone</h1>", 404)
    copies.put(page, [OLD])
    ran = archiver("snapshot", page)
    assert ran.code == 0
    assert f"The page is not there; `archiver snapshot --memento {page}` looks for a copy" in ran.err
    ran = archiver("quote", page, WORDS)
    assert (ran.code, "archiver snapshot --memento" in ran.out) == (3, True)
    ran = archiver("snapshot", "--memento", page)
    assert ran.code == 0, ran.err
    assert "404" in ran.out
    assert "second hand  copy of 2014-01-26T20:06:24Z" in ran.out
    host = site.url[7:]
    assert (
        f"Contacted {host} (1 request), {host} (public archive, 2 requests); "
        "sent nothing but the requests for the pages and the addresses of the pages to the public archive."
    ) in ran.err
    ran = archiver("quote", page, WORDS)
    assert ran.code == 0
    assert "second-hand" in ran.out
    assert "copied 2014-01-26T20:06:24Z, fetched 2" in ran.out
    line = archiver("--json", "quote", page, WORDS).lines[0]
    assert line["origin"]["kind"] == "memento"
    shown = archiver("show", line["snapshot"])
    assert "second hand  copy of 2014-01-26T20:06:24Z" in shown.out
    assert "id_/" in shown.out
    assert archiver("--json", "show", line["snapshot"]).lines[0]["origin"]["memento"]["raw"] is True
    assert "memento" in archiver("list").out
    assert archiver("verify", "--re-extract").code == 0


def test_a_server_that_is_not_there_is_suggested_and_taken(archiver, copies) -> None:
    page = "http://127.0.0.1:2/story"
    copies.put(page, [OLD])
    for command in (["snapshot", page], ["quote", page, WORDS]):
        ran = archiver(*command)
        assert ran.code == 3
        assert f"`archiver snapshot --memento {page}` looks for a copy in a public archive." in ran.err
    assert archiver("snapshot", "--memento", page).code == 0


def test_no_copy_is_suggested_where_no_name_is_known_just_now() -> None:
    for error, suggested in ((NameUnanswered("Not now."), False), (NameNotFound("No such name."), True)):
        with pytest.raises(NameNotFound) as raised, suggesting_copies("https://example.org/", asked=False):
            raise error
        assert ("--memento" in str(raised.value)) is suggested


def test_a_date_asks_the_archive_alone(archiver, site, copies) -> None:
    page = site.put("/story", STORY)
    copies.put(page, [OLD, Copied("20190531120000", STORY)])
    (line,) = archiver("--json", "snapshot", "--memento", "--at", "2014-02-01", page).lines
    assert line["origin"]["memento"]["datetime"] == "2014-01-26T20:06:24Z"
    (line,) = archiver("--json", "snapshot", "--memento-only", page).lines
    assert line["origin"]["memento"]["datetime"] == "2019-05-31T12:00:00Z"
    assert ("/story", {}) not in [(path, {}) for path, _ in site.requests]


def test_no_copy_is_said_and_nothing_is_lost(archiver, site, copies) -> None:
    page = site.put("/story", b"<h1>Gone</h1>", 404)
    ran = archiver("--json", "snapshot", "--memento", page)
    assert ran.code == 3
    assert [line.get("status") for line in ran.lines] == [404, None]
    assert "has no copy" in ran.lines[1]["error"]
    assert len(archiver("--json", "list").lines) == 1


def test_a_list_is_taken_too_and_taken_up_again(archiver, site, copies, tmp_path) -> None:
    pages = [site.put(f"/{number}", b"gone", 410) for number in range(3)] + [site.put("/there", STORY)]
    for page in pages[:2]:
        copies.put(page, [OLD])
    (tmp_path / "urls.txt").write_text("\n".join(pages))
    ran = archiver("--json", "snapshot", "--memento", "--input", "urls.txt")
    assert ran.code == 3
    assert sorted("origin" in line and line["origin"] is not None for line in ran.lines) == [False, False, True, True]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--at", "2014-01-01"], "go with --memento"), (["--memento-archive", "http://x/"], "go with --memento"),
        (["--memento", "--at", "last May"], "no date"), (["--memento", "--memento-archive", "ftp://x/"], "TimeGate"),
        (["--save-to", "nowhere"], "keeps no copies"),
    ],
)  # fmt: skip
def test_a_wrong_call(archiver, copies, arguments: list[str], said: str) -> None:
    ran = archiver("snapshot", "http://x.example/", *arguments)
    assert (ran.code, said in ran.err, "Contacted" in ran.err) == (2, True, False)


@pytest.mark.parametrize("words", ["2014-05-31", "2014-05-31T12:00:00Z", "2014-05-31T14:00:00+02:00", "20140531120000"])
def test_dates(words: str) -> None:
    assert read_at(words) == datetime(2014, 5, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "2014",
        "2014-05",
        "2014-13-01",
        "2014-05-31T12:00:00",
        "31.5.2014",
        "20149999999999",
        "0001-01-01T00:00:00+14:00",
    ],
)
def test_what_is_no_date(words: str) -> None:
    with pytest.raises(InputError, match="write it like"):
        read_at(words)


def test_offline_asks_no_archive(archiver, site, copies) -> None:
    ran = archiver("--offline", "snapshot", "--memento-only", "http://x.example/")
    assert (ran.code, site.requests) == (3, [])


def test_a_public_copy_is_asked_for_and_shown(archiver, site, copies, monkeypatch) -> None:
    page = site.put("/story", STORY)
    stamp = just_now()
    SavePageNow(site, {"status": "success", "timestamp": stamp, "original_url": page}, keys="access:secret")
    monkeypatch.setattr("archiver.capture.keeping._not_for_the_public", lambda _: None)  # the site is on loopback
    monkeypatch.setattr("archiver.memento.keeping.WAYBACK_SAVE", f"{site.url}/save")
    monkeypatch.setattr("archiver.memento.keeping.Keeper.__init__.__defaults__", ("", 5.0, 0.01))
    ran = archiver("snapshot", page, "--save-to", "wayback")
    assert ran.code == 0
    assert "no-public-copy" in ran.out
    assert "wayback_keys" in ran.out
    (Path(os.environ["ARCHIVER_CONFIG"]) / FILE).write_text('wayback_keys = "access:secret"\n')
    ran = archiver("snapshot", page, "--save-to", "wayback")
    host = site.url[7:]
    assert f"public copy  {site.url}/web/{stamp}/{page}" in ran.out
    assert (
        f"{host} (asked to keep a copy, 2 requests); sent nothing but the requests for the pages and the addresses of the pages to the "
        "public archive."
    ) in ran.err
    assert "secret" not in ran.out + ran.err
    assert "public copy" in archiver("show", page).out
    lines = archiver("--json", "show", page).lines
    assert lines[1]["kept"]["memento"].endswith(page)
    assert "secret" not in json.dumps(lines)
