"""What a declaration states of a page is true of the way in which that page came: nothing is stated of a server that nobody asked."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from malformed import PAGE, answer, record
from packsamples import Authority, stamp
from website import STORY, Answer, Website

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.custody import lose_key, rotate_key
from archiver.intake import Given, add_file, import_file
from archiver.model import Snapshot
from archiver.packs.collecting import collect
from archiver.packs.declaration import Form, draft
from archiver.packs.guide import guide
from archiver.packs.stated import way_of
from archiver.quoting import Quotation, quote

OF_A_SERVER = ("asked", "GET request", "answered until", "server's own time", "network address", "certificate")


def words(archive: Archive, *ids: str) -> str:
    return draft(collect(archive, ids), Form.TEXT)


def rows(text: str) -> dict[str, str]:
    """The rows of sections 3 to 5, by their names; the first of each."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        name, gap, value = line.strip().partition("  ")
        if line.startswith("  ") and gap:
            found.setdefault(name, value.strip())
    return found


def part(text: str, number: int) -> str:
    return " ".join(text.split(f"\n{number}. ")[1].split(f"\n{number + 1}. ")[0].split())


def import_(archive: Archive, folder: Path, *records: bytes) -> list[Snapshot]:
    path = folder / "crawl.warc.gz"
    path.write_bytes(b"".join(gzip.compress(item, mtime=0) for item in records))
    return [archive.catalogue.snapshot(name) for name in import_file(archive, path).snapshots]


def test_a_fetched_page(archive: Archive, site: Website, options: Options) -> None:
    snapshot = capture(archive, site.put("/story", STORY) + "#end", options)
    text = words(archive, snapshot.id)
    stated = rows(text)
    assert stated["fetched"] == "by this software"
    assert stated["answer"] == "status 200"
    assert stated["server"] == "127.0.0.1, http/1.1"
    assert stated["asked"].endswith("(clock of the computer used)")
    assert "what stands behind # is not sent" in stated["address asked for"]
    assert "address that answered" not in stated
    assert "GET request" in part(text, 2)
    assert "imported" not in part(text, 2)
    assert "supplied" not in part(text, 2)


def test_redirects_are_named(archive: Archive, site: Website, options: Options) -> None:
    target = site.put("/story", STORY)
    start = site.put("/old", b"", 301, Location="/story")
    stated = rows(words(archive, capture(archive, start, options).id))
    assert stated["redirect"] == f"status 301 at {start}"
    assert stated["address that answered"] == target


def test_an_imported_page_states_what_the_file_does(archive: Archive, tmp_path: Path) -> None:
    (snapshot,) = import_(
        archive,
        tmp_path,
        record("response", "https://example.org/pier", answer(PAGE, b"Date: Fri, 03 May 2024 10:00:00 GMT")),
    )
    text = words(archive, snapshot.id)
    stated = rows(text)
    assert stated["imported"].startswith("NOT fetched by this software")
    assert (stated["file"], stated["record"]) == ("crawl.warc.gz", "begins at byte 0")
    assert stated["file: date"] == "2024-05-03T10:00:00Z"
    assert stated["file: server's time"] == "Fri, 03 May 2024 10:00:00 GMT"
    assert stated["file: answer"] == "status 200"
    assert "file: server" not in stated  # it names none
    assert not [name for name in stated if name in OF_A_SERVER or name == "server"]
    assert not [phrase for phrase in OF_A_SERVER if phrase in part(text, 2)]
    assert "were received [FROM WHOM, WHEN, HOW]" in part(text, 2)
    assert "an imported file is right" in part(text, 7)
    assert "what the server sent" not in part(text, 7)
    assert "marked “file” on the file alone" in stated["timestamps"]


def test_an_imported_resource_is_no_answer(archive: Archive, tmp_path: Path) -> None:
    fields = "WARC-IP-Address: 192.0.2.7"
    (snapshot,) = import_(
        archive, tmp_path, record("resource", "https://example.org/pier", PAGE, fields, content_type="text/html")
    )
    stated = rows(words(archive, snapshot.id))
    assert stated["file: type"] == "text/html"
    assert stated["file: server"] == "192.0.2.7"
    assert "file: answer" not in stated


@pytest.mark.parametrize("url", [None, "https://example.org/pier"])
def test_a_supplied_page_has_no_server(archive: Archive, tmp_path: Path, url: str | None) -> None:
    path = tmp_path / "pier.html"
    path.write_bytes(PAGE)
    snapshot, _ = add_file(archive, path, Given(url=url, note="from the reading room"))
    text = words(archive, snapshot.id)
    stated = rows(text)
    assert stated["supplied"].startswith("by a person")
    assert stated["added at"].startswith(snapshot.captured_at)
    assert stated["note"] == "from the reading room (by that person)"
    assert (stated["address stated"].split(" ")[0] if url else stated["address"]) == (url or "none was stated")
    assert not [name for name in stated if name in OF_A_SERVER or name in ("server", "answer", "file: date")]
    assert "status 200" not in text
    assert not [phrase for phrase in OF_A_SERVER if phrase in part(text, 2)]
    assert "were received [FROM WHOM, WHEN, HOW" in part(text, 2)
    told = guide(collect(archive, [snapshot.id]), ()).decode()
    assert "NOT fetched by the signer's software: a person supplied the file pier.html" in told
    assert "answer 200" not in told


def test_a_supplied_page_of_another_archive(archive: Archive, tmp_path: Path) -> None:
    handed = record(
        "resource", "https://example.org/pier", PAGE, "Archiver-Supplied-To: other.example", content_type="text/html"
    )
    (snapshot,) = import_(archive, tmp_path, handed)
    assert "supplied by a person to the archive" in rows(words(archive, snapshot.id))["file: supplied"]
    assert "supplied by a person to the archive" in guide(collect(archive, [snapshot.id]), ()).decode()


def test_not_modified_is_no_page_that_came(archive: Archive, site: Website, options: Options) -> None:
    url = site.put("/story", STORY, ETag='"1"')
    first = capture(archive, url, options)
    site.routes["/story"] = Answer(b"", 304)
    again = capture(archive, url, options)
    text = words(archive, again.id)
    own = text.split(again.id)[1].split("snapshot  ")[0]
    assert "status 304" in own
    assert "status 200" not in own
    assert first.id in rows(text)["stands on"] or f"{first.id}, which is listed too: the server stated" in text
    assert "had not changed since that one, and sent no content" in text
    assert "its content is not stored a second time" in part(text, 2)
    assert "answer 304" in guide(collect(archive, [again.id]), ()).decode()


def test_the_same_again_is_said_to_have_come(archive: Archive, site: Website, options: Options) -> None:
    url = site.put("/story", STORY)
    first = capture(archive, url, options)
    text = words(archive, capture(archive, url, options).id)
    assert f"{first.id}, which is listed too: the content that came has the same SHA-256 digest" in text


def test_an_imported_revisit(archive: Archive, tmp_path: Path) -> None:
    page = record("response", "https://example.org/pier", answer(), record_id="<urn:x:page>")
    revisit = record(
        "revisit", "https://example.org/pier", answer(b""), "WARC-Refers-To: <urn:x:page>", date="2024-06-01T00:00:00Z"
    )
    first, again = import_(archive, tmp_path, page, revisit)
    text = words(archive, again.id)
    assert (
        f"{first.id}, which is listed too: the file does not hold its content, and states that it was that one's"
        in text
    )


def test_only_the_ways_that_occur_are_described(
    archive: Archive, tmp_path: Path, site: Website, options: Options
) -> None:
    path = tmp_path / "pier.html"
    path.write_bytes(PAGE)
    supplied, _ = add_file(archive, path, Given())
    fetched = capture(archive, site.put("/story", STORY), options)
    told = part(words(archive, supplied.id, fetched.id), 2)
    assert "names as fetched" in told
    assert "names as supplied" in told
    assert "names as imported" not in told


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Nobody has been hurt on this bridge", "character for character"),
        ("“We will not ask the ferrymen ... at night,” said county engineer", "in parts"),
        ("Everybody has been hurt on this bridge", "NOT as quoted"),
        ("The moon is made of green cheese and always was", "NOT found"),
    ],
)
def test_a_verdict_is_told_as_what_it_is(
    archive: Archive, site: Website, options: Options, text: str, meaning: str
) -> None:
    url = site.put("/story", STORY)
    judged = quote(archive, url, Quotation(text), options)
    stated = words(archive, judged.id or "")
    assert meaning in rows(stated)["verdict"]
    assert "character by character" not in part(stated, 2)


def test_long_words_are_not_cut_without_saying_so(archive: Archive, site: Website, options: Options) -> None:
    sentence = " ".join(f"word{number}" for number in range(600))
    url = site.put("/long", f"<html><body><p>{sentence}</p></body></html>".encode())
    judged = quote(archive, url, Quotation(sentence), options)
    assert "[SHORTENED HERE; " in rows(words(archive, judged.id or ""))["words quoted"]


@pytest.mark.parametrize(("exchange", "said"), [(rotate_key, "signed that too"), (lose_key, "did not vouch")])
def test_an_exchange_of_the_key_is_stated(
    archive: Archive, site: Website, options: Options, exchange: Callable[..., object], said: str
) -> None:
    snapshot = capture(archive, site.put("/story", STORY), options)
    old = archive.key.vkey
    key = archive.keys.path_of(archive.key)
    assert key is not None
    if exchange is lose_key:
        key.unlink()
    exchange(archive, "new computer")
    stated = rows(words(archive, snapshot.id))
    assert stated["earlier key"] == old
    assert said in stated["exchanged"]
    assert stated["public key"] == archive.key.vkey != old
    assert "Each signing key was, for its time," in words(archive, snapshot.id)


def test_a_stamp_says_of_what_it_bounds_the_time(
    archive: Archive, tmp_path: Path, site: Website, options: Options
) -> None:
    first = capture(archive, site.put("/a", STORY), options)
    stamp(archive, Authority(tmp_path / "authority"))
    second = capture(archive, site.put("/b", PAGE), options)
    assert "was entered in the register no later than that" in words(archive, first.id)
    assert "was entered in the register after that" in words(archive, second.id)
    assert "but for the entries" in words(archive, first.id, second.id)


def test_an_origin_that_is_none() -> None:
    with pytest.raises(ValueError, match="found"):
        way_of({"origin": {"kind": "found"}})
