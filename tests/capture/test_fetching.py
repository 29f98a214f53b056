from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pytest
from website import STORY, Answer, Website

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.cookies import Cookie
from archiver.digests import Digest
from archiver.errors import BlockedAddress, InputError, NameNotFound, ReadOnlyArchive, Unreachable
from archiver.model import Decoding, Layer, PageInfo, Reading, extractors
from archiver.texts import article, document
from archiver.urls import page_key
from archiver.verification import Request, Verification


def whole(archive: Archive) -> bool:
    run = Verification(archive.root, Request(re_extract=True), archive.keys)
    return all(finding.ok for finding in list(run.findings()))


def test_a_page_is_recorded_with_its_exchange_texts_and_capture(
    archive: Archive, site: Website, options: Options
) -> None:
    url = site.put("/story", STORY, ETag='"1"', Date="Sat, 14 Mar 2026 09:00:00 GMT")
    snapshot = capture(archive, url, options)
    assert (snapshot.status, snapshot.media_type, snapshot.complete) == (200, "text/html", True)
    assert snapshot.payload_sha256 == Digest.of(STORY).hex
    assert snapshot.info.title == "Bridge over the Lorn to close for repairs"
    assert {text.layer for text in snapshot.texts} >= {Layer.ARTICLE, Layer.DOCUMENT}
    kinds = [leaf.kind for leaf in archive.catalogue.leaves()]
    assert kinds[:2] == ["warcinfo", "settings"]
    assert kinds[2:4] == ["response", "request"]
    assert kinds[-1] == "capture"
    assert all("13th of May" in text.content for text in archive.texts(snapshot))
    assert whole(archive)


def test_the_response_is_stored_byte_for_byte(archive: Archive, site: Website, options: Options) -> None:
    packed = gzip.compress(STORY)
    snapshot = capture(archive, site.put("/packed", packed, Content_Encoding="gzip"), options)
    record = archive.stored_record(archive.catalogue.leaf(snapshot.response_leaf))
    assert record.block.endswith(b"\r\n\r\n" + packed)
    assert "13th of May" in archive.texts(snapshot)[0].content


def test_the_same_payload_again_is_a_revisit_with_the_first_ones_texts(
    archive: Archive, site: Website, options: Options
) -> None:
    url = site.put("/story", STORY)
    first, again = capture(archive, url, options), capture(archive, url, options)
    other = capture(archive, site.put("/elsewhere", STORY), options)
    assert first.revisit_of is None
    for snapshot in (again, other):
        assert snapshot.revisit_of == first.id
        assert snapshot.id != first.id
        assert archive.texts(snapshot) == archive.texts(first)
        record = archive.stored_record(archive.catalogue.leaf(snapshot.response_leaf))
        assert record.type == "revisit"
        assert record.headers["warc-refers-to"] == first.warc_record_id
        assert record.headers["warc-refers-to-target-uri"] == url
        assert record.block.endswith(b"\r\n\r\n")
    assert whole(archive)


def test_the_same_bytes_under_another_type_are_read_again(archive: Archive, site: Website, options: Options) -> None:
    first = capture(archive, site.put("/a", STORY), options)
    plain = capture(archive, site.put("/b", STORY, Content_Type="text/plain; charset=utf-8"), options)
    assert plain.revisit_of is None
    assert archive.texts(plain) != archive.texts(first)


def test_not_modified_is_asked_for_and_recorded_as_such(archive: Archive, site: Website, options: Options) -> None:
    def answer(headers: Mapping[str, str]) -> Answer:
        if headers.get("if-none-match") == '"7"':
            return Answer(status=304, headers={"ETag": '"7"'})
        return Answer(STORY, headers={"Content-Type": "text/html; charset=utf-8", "ETag": '"7"'})

    site.routes["/story"] = answer
    url = site.url + "/story"
    first, second, third = captured = [capture(archive, url, options) for _ in range(3)]
    assert captured == archive.catalogue.snapshots_of(page_key(url)), "what comes back is what the catalogue holds"
    assert [second.revisit_of, third.revisit_of] == [first.id, first.id]
    assert second.status == 200
    record = archive.stored_record(archive.catalogue.leaf(second.response_leaf))
    assert record.headers["warc-profile"].endswith("server-not-modified")
    fresh = capture(archive, url, replace(options, conditional=False))
    assert fresh.revisit_of == first.id
    assert (
        "server-not-modified"
        not in archive.stored_record(archive.catalogue.leaf(fresh.response_leaf)).headers["warc-profile"]
    )
    assert whole(archive)


def test_every_hop_of_a_redirect_is_recorded(archive: Archive, site: Website, options: Options) -> None:
    site.put("/story", STORY)
    site.put("/b", b"moved", 301, Location="/story")
    url = site.put("/a", b"moved", 302, Location="/b")
    snapshot = capture(archive, url + "#part", options)
    assert snapshot.url == url + "#part"
    assert snapshot.final_url == site.url + "/story"
    hops = json.loads(archive.capture_record(snapshot))["hops"]
    assert [(hop["url"], hop["status"]) for hop in hops] == [
        (url, 302),
        (site.url + "/b", 301),
        (site.url + "/story", 200),
    ]
    assert archive.latest_snapshot(url) == snapshot
    assert whole(archive)


def test_a_loop_of_redirects_is_recorded_hop_by_hop(archive: Archive, site: Website, options: Options) -> None:
    site.put("/b", b"there", 302, Location="/a")
    snapshot = capture(archive, site.put("/a", b"here", 302, Location="/b"), options)
    assert snapshot.warnings[0].code == "redirect-loop"
    assert [hop["status"] for hop in json.loads(archive.capture_record(snapshot))["hops"]] == [302, 302]
    assert whole(archive)


def test_an_error_page_is_recorded_but_never_stands_in_for_a_good_one(
    archive: Archive, site: Website, options: Options
) -> None:
    url = site.put("/story", STORY)
    good = capture(archive, url, options)
    site.put("/story", b"<h1>Gone</h1>", 404)
    gone = capture(archive, url, options)
    assert gone.status == 404
    assert [notice.code for notice in gone.warnings]
    assert archive.latest_snapshot(url) == good


def test_the_persons_secrets_are_not_recorded(
    archive: Archive, site: Website, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://user:hunter2@127.0.0.1:1/")
    url = site.put("/story", STORY).replace("http://", "http://someone:hunter2@")
    snapshot = capture(archive, url, options)
    assert "credentials-dropped" in [notice.code for notice in snapshot.warnings]
    for leaf in archive.catalogue.leaves():
        record = archive.stored_record(leaf)
        assert b"hunter2" not in record.block
        assert b"hunter2" not in repr(record.headers).encode()


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("ftp://127.0.0.1/x", InputError),
        ("file:///etc/passwd", InputError),
        ("not a url", InputError),
        ("http://10.0.0.1/", BlockedAddress),
        ("http://nowhere.invalid/", NameNotFound),
        ("http://127.0.0.1:9/", (Unreachable, BlockedAddress)),
    ],
)
def test_what_cannot_be_fetched_records_nothing(
    archive: Archive, options: Options, url: str, error: type[Exception]
) -> None:
    before = archive.head()
    with pytest.raises(error):
        capture(archive, url, options)
    assert archive.head() == before


def test_a_cut_body_is_kept_and_marked(archive: Archive, site: Website, options: Options) -> None:
    url = site.put("/story", STORY)
    snapshot = capture(archive, url, replace(options, fetch=replace(options.fetch, max_body=400)))
    assert snapshot.truncated == "length"
    assert not snapshot.complete
    assert whole(archive)


def test_a_page_that_could_not_be_read_once_is_read_again(archive: Archive, site: Website, options: Options) -> None:
    url = site.put("/story", STORY)
    failed = capture(archive, url, options, lambda _: Reading((), PageInfo(), Decoding(None, None, None)))
    assert not failed.texts
    again = capture(archive, url, replace(options, conditional=False))
    assert again.texts
    assert again.revisit_of is None


def test_a_damaged_earlier_record_does_not_stand_in_the_way(archive: Archive, site: Website, options: Options) -> None:
    url = site.put("/story", STORY)
    first = capture(archive, url, options)
    leaf = archive.catalogue.leaf(first.capture_leaf)
    file = archive.root / leaf.file
    data = bytearray(file.read_bytes())
    data[leaf.offset + leaf.length // 2] ^= 1
    file.write_bytes(data)
    again = capture(archive, url, options)
    assert "earlier-damaged" in [notice.code for notice in again.warnings]
    assert again.texts


def test_a_read_only_archive_is_not_fetched_for(archive: Archive, site: Website, options: Options) -> None:
    archive.writable = False
    with pytest.raises(ReadOnlyArchive):
        capture(archive, site.put("/story", STORY), options)
    assert site.requests == []


def test_every_host_that_was_tried_is_a_contact(archive: Archive, site: Website, options: Options) -> None:
    url = site.put("/moved", b"", 302, Location="http://127.0.0.1:2/there")
    with pytest.raises(Unreachable):
        capture(archive, url, options)
    assert options.contacts.hosts() == {site.url[7:]: 1, "127.0.0.1:2": 1}
    with pytest.raises(BlockedAddress):
        capture(archive, "http://10.0.0.1/", options)
    assert "10.0.0.1" not in options.contacts.hosts()


@pytest.fixture
def newer_extractor(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    def come() -> None:
        monkeypatch.setitem(extractors.VERSIONS, extractors.DOCUMENT, "next")
        monkeypatch.setattr(document, "VERSION", "next")
        _forget()

    yield come
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    extractors._today.cache_clear()
    article._trafilatura.cache_clear()


@pytest.mark.parametrize("validator", [True, False])
def test_what_another_version_of_the_extractor_read_is_read_again_once(
    archive: Archive, site: Website, options: Options, newer_extractor: Callable[[], None], *, validator: bool
) -> None:
    def answer(headers: Mapping[str, str]) -> Answer:
        if headers.get("if-none-match") == '"7"':
            return Answer(status=304, headers={"ETag": '"7"'})
        return Answer(
            STORY, headers={"Content-Type": "text/html; charset=utf-8"} | ({"ETag": '"7"'} if validator else {})
        )

    site.routes["/story"] = answer
    url = site.url + "/story"
    first, second = capture(archive, url, options), capture(archive, url, options)
    assert second.revisit_of == first.id
    newer_extractor()
    third, fourth = capture(archive, url, options), capture(archive, url, options)
    assert (third.revisit_of, fourth.revisit_of) == (None, third.id)
    assert {text.version for text in third.texts if text.layer is Layer.DOCUMENT} == {"next"}
    assert whole(archive)


MEMBERS, LOGIN = STORY.replace(b"13th", b"14th"), STORY.replace(b"13th", b"15th")


@pytest.mark.parametrize("lent_first", [True, False])
def test_what_a_session_shows_is_not_confirmed_for_whoever_has_none(
    archive: Archive, site: Website, options: Options, *, lent_first: bool
) -> None:
    """Many servers say "not modified" by the date alone, whoever asks: the page behind the login was recorded as the one before it."""

    def answer(headers: Mapping[str, str]) -> Answer:
        if "if-modified-since" in headers:
            return Answer(status=304, headers={})
        kind = {"Content-Type": "text/html; charset=utf-8", "Last-Modified": "Sun, 01 Feb 2026 10:00:00 GMT"}
        return Answer(MEMBERS if "cookie" in headers else LOGIN, headers=kind)

    site.routes["/story"] = answer
    lent = replace(options, fetch=replace(options.fetch, cookies=(Cookie("id", "x", "127.0.0.1"),)))
    for one in (lent, options) if lent_first else (options, lent):
        snapshot = capture(archive, site.url + "/story", one)
        assert snapshot.payload_sha256 == Digest.of(MEMBERS if one is lent else LOGIN).hex
    assert whole(archive)


def test_not_modified_said_of_another_version_is_not_believed(
    archive: Archive, site: Website, options: Options
) -> None:
    """The archive kept the ETag of the other version beside the payload of the first, and asked with it from then on."""
    versions = [(STORY, '"A"'), (MEMBERS, '"B"')]

    def answer(headers: Mapping[str, str]) -> Answer:
        body, tag = versions[min(len(site.requests) - 1, 1)]
        if "if-none-match" in headers:
            return Answer(status=304, headers={"ETag": tag})
        return Answer(body, headers={"Content-Type": "text/html; charset=utf-8", "ETag": tag})

    site.routes["/story"] = answer
    first, second, third = (capture(archive, site.url + "/story", options) for _ in range(3))
    assert (first.etag, first.payload_sha256) == ('"A"', Digest.of(STORY).hex)
    assert (second.etag, second.payload_sha256) == ('"B"', Digest.of(MEMBERS).hex)
    assert [notice.code for notice in second.warnings] == ["not-modified-doubtful"]
    assert (third.etag, third.revisit_of, third.warnings) == ('"B"', second.id, ())
    assert whole(archive)


def test_a_weak_etag_is_the_strong_one_of_the_same_version(archive: Archive, site: Website, options: Options) -> None:
    def answer(headers: Mapping[str, str]) -> Answer:
        if "if-none-match" in headers:
            return Answer(status=304, headers={"ETag": 'W/"A"'})
        return Answer(STORY, headers={"Content-Type": "text/html; charset=utf-8", "ETag": '"A"'})

    site.routes["/story"] = answer
    first, second = (capture(archive, site.url + "/story", options) for _ in range(2))
    assert (second.revisit_of, second.warnings) == (first.id, ())


def test_the_etag_of_one_address_is_not_asked_for_at_another(archive: Archive, site: Website, options: Options) -> None:
    """An ETag says something of its own address only; with the same payload it went over to the other."""
    capture(archive, site.put("/a", STORY, ETag='"1"', Last_Modified="Sun, 01 Feb 2026 10:00:00 GMT"), options)
    url = site.put("/b", STORY)
    same = capture(archive, url, options)
    assert (same.etag, same.last_modified) == (None, None)
    capture(archive, url, options)
    assert not {"if-none-match", "if-modified-since"} & set(site.requests[-1][1])


def test_not_modified_without_an_etag_stands_on_the_one_that_was_asked_about(
    archive: Archive, site: Website, options: Options
) -> None:
    """The payload may be that of an earlier answer, which had another ETag."""
    url = site.put("/story", STORY, ETag='"1"')
    first = capture(archive, url, options)
    site.put("/story", STORY, ETag='"2"')
    second = capture(archive, url, options)
    site.routes["/story"] = Answer(status=304, headers={})
    third = capture(archive, url, options)
    assert (second.etag, third.etag) == ('"2"', '"2"')
    assert third.revisit_of == first.id


def test_of_several_media_types_the_last_is_read_and_recorded(
    archive: Archive, site: Website, options: Options
) -> None:
    """The source of the page was recorded as its text."""
    url = site.put("/story", STORY, Content_Type="text/plain, text/html; charset=utf-8")
    first, second = capture(archive, url, options), capture(archive, url, options)
    assert (first.media_type, second.revisit_of) == ("text/html", first.id)
    assert not any("<p>" in text.content for text in archive.texts(first))
    assert whole(archive)
