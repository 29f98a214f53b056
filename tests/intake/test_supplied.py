"""Files that a person has, as sources: judged like any other, and never without saying what they are."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest
from website import STORY

from archiver.archive import Archive
from archiver.errors import InputError, ReadOnlyArchive
from archiver.intake import Given, add_file, supplied
from archiver.model import Verdict
from archiver.quoting import Quotation, quote
from archiver.verification import Request, Verification

URL = "https://example.org/story"


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "saved story.html"
    path.write_bytes(STORY)
    return path


def test_a_saved_page_is_judged_and_every_verdict_says_what_it_is(archive: Archive, story: Path) -> None:
    snapshot, new = add_file(archive, story, Given(url=URL, note="saved by me"))
    assert new
    assert (snapshot.url, snapshot.status, snapshot.media_type) == (URL, 200, "text/html")
    assert snapshot.info.title == "Bridge over the Lorn to close for repairs"
    assert snapshot.origin is not None
    assert (snapshot.origin.kind, snapshot.origin.file, snapshot.origin.note) == (
        "supplied",
        "saved story.html",
        "saved by me",
    )
    for words, verdict in (
        ("will close on the 13th of May", Verdict.VERBATIM), ("will close on the 31st of May", Verdict.ALTERED), ("nothing of this", Verdict.ABSENT),
    ):  # fmt: skip
        judged = quote(archive, URL, Quotation(words), None)
        assert judged.judgement.verdict is verdict
        assert judged.to_json()["warnings"][0]["code"] == "supplied-by-user"
        assert archive.find_quote(judged.id or "").judged["warnings"][0]["code"] == "supplied-by-user"
    assert [
        item for item in Verification(archive.root, Request(re_extract=True)).findings() if item.ok is not True
    ] == []


def test_without_an_address_the_file_names_itself(archive: Archive, story: Path) -> None:
    snapshot, _ = add_file(archive, story, Given())
    assert snapshot.url == f"urn:archiver:supplied:{snapshot.payload_sha256}"
    assert archive.find_snapshot(snapshot.url).id == snapshot.id


def test_the_same_file_is_recorded_once(archive: Archive, story: Path) -> None:
    first, _ = add_file(archive, story, Given(url=URL, note="a"))
    size = archive.head().size
    assert add_file(archive, story, Given(url=URL)) == (first, False)
    assert archive.head().size == size
    for given in (Given(url=URL, note="b"), Given(url=URL + "?x"), Given(url=URL, media_type="text/plain")):
        assert add_file(archive, story, given)[1]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.zip", b"PK\x03\x04...", "application/zip"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "image/png"),
    ],
)
def test_what_cannot_be_read_is_recorded_and_undecided(
    archive: Archive, tmp_path: Path, name: str, data: bytes, kind: str
) -> None:
    (tmp_path / name).write_bytes(data)
    snapshot, _ = add_file(archive, tmp_path / name, Given())
    assert (snapshot.media_type, snapshot.texts) == (kind, ())
    judged = quote(archive, snapshot.id, Quotation("the words of a sentence that is long enough"), None)
    assert judged.judgement.verdict is Verdict.UNDECIDED
    assert [notice.code for notice in judged.judgement.warnings] == ["unreadable-media", "supplied-by-user"]
    leaf = archive.catalogue.leaf(snapshot.response_leaf)
    assert archive.stored_record(leaf).block == data


def test_a_transcript_is_read_without_its_times(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "talk.srt").write_text(
        "1\n00:00:01,000 --> 00:00:02,000\nThe bridge\n\n2\n00:00:02,000 --> 00:00:03,000\nwill close.\n"
    )
    snapshot, _ = add_file(archive, tmp_path / "talk.srt", Given())
    assert quote(archive, snapshot.id, Quotation("The bridge will close."), None).holds


def test_standard_input_and_what_a_person_says_of_it(archive: Archive) -> None:
    given = Given(media_type="text/plain; charset=latin-1", url="https://user:secret@example.org/a#part")
    snapshot, _ = add_file(archive, Path("-"), given, stdin=io.BytesIO("Größe".encode("latin-1")))
    assert snapshot.url == "https://example.org/a#part"
    assert archive.texts(snapshot)[0].content == "Größe"
    assert snapshot.origin is not None
    assert snapshot.origin.file == "stdin"


def test_what_a_person_says_must_be_something(archive: Archive, story: Path) -> None:
    with pytest.raises(InputError, match="no web page"):
        add_file(archive, story, Given(url="ftp://example.org/"))
    with pytest.raises(InputError, match="no web address"):
        add_file(archive, story, Given(url="not an address"))
    for words in ({"media_type": "html"}, {"note": "x" * 20_000}, {"note": "\ud800"}):
        with pytest.raises(InputError):
            Given(**words)


def test_what_is_no_file_to_record_is_one_sentence(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").touch()
    (tmp_path / "large").write_bytes(b"x" * 2000)
    monkeypatch.setattr(supplied, "MAX_BLOCK", 1000)
    head = archive.head()
    for path in (
        tmp_path,
        tmp_path / "pipe",
        tmp_path / "empty",
        tmp_path / "large",
        tmp_path / "none",
        Path("/dev/zero"),
    ):
        with pytest.raises(InputError) as refusal:
            add_file(archive, path, Given())
        assert str(refusal.value).endswith(".")
    for data in (b"", b"x" * 2000):
        with pytest.raises(InputError):
            add_file(archive, Path("-"), Given(), stdin=io.BytesIO(data))
    assert archive.head() == head
    archive.make_read_only()
    with pytest.raises(ReadOnlyArchive):
        add_file(archive, tmp_path / "large", Given())


def test_names_that_are_no_unicode_are_kept_as_far_as_they_go(archive: Archive, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/na\xffme.txt"))
    path.write_bytes(b"words")
    snapshot, _ = add_file(archive, path, Given())
    assert snapshot.origin is not None
    assert snapshot.origin.file == "na\ufffdme.txt"
    assert str(tmp_path) not in json.dumps(snapshot.to_json())


def test_the_catalogue_is_made_again_as_it_was(archive: Archive, story: Path) -> None:
    add_file(archive, story, Given(url=URL, note="n"))
    before = list(archive.catalogue.dump())
    archive.rebuild()
    assert list(archive.catalogue.dump()) == before


@pytest.mark.parametrize(
    ("stated", "data"), [("image/png", STORY), ("video/mp4", STORY), ("text/html", b"%PDF-1.7\n1 0 obj\n")]
)
def test_what_the_content_contradicts_is_refused(archive: Archive, tmp_path: Path, stated: str, data: bytes) -> None:
    path = tmp_path / "saved.html"
    path.write_bytes(data)
    size = archive.head().size
    with pytest.raises(InputError, match=f"is said to be {stated}, but its content is "):
        add_file(archive, path, Given(url=URL, media_type=stated))
    assert archive.head().size == size


@pytest.mark.parametrize(
    ("stated", "data"),
    [
        ("image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>"),
        ("image/png", b"\x89PNG\r\n\x1a\n"),
        ("text/plain", STORY),
    ],
)
def test_what_the_content_may_be_is_taken(archive: Archive, tmp_path: Path, stated: str, data: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    assert add_file(archive, path, Given(url=URL, media_type=stated))[0].media_type == stated
