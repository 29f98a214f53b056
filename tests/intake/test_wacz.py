"""WACZ files: what they say of themselves is checked, and what is in them taken in."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from malformed import answer, members, plain_zip, record, sound

from archiver.archive import Archive
from archiver.errors import InputError
from archiver.intake import Imported, import_file
from archiver.verification import Request, Verification

WARC = "archive/data.warc.gz"
Take = Callable[[dict[str, bytes]], Imported]


@pytest.fixture
def take(archive: Archive, tmp_path: Path) -> Take:
    def call(files: dict[str, bytes]) -> Imported:
        path = tmp_path / "other.wacz"
        path.write_bytes(plain_zip(**files))
        return import_file(archive, path)

    return call


def package(files: dict[str, bytes], **more: Any) -> dict[str, bytes]:
    """The files with a datapackage.json that lists them, and its digest beside it."""
    resources = [
        {"name": name, "path": name, "hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "bytes": len(data)}
        for name, data in files.items()
    ]
    made = json.dumps({"profile": "data-package", "resources": resources, "wacz_version": "1.1.1", **more}).encode()
    digest = json.dumps({"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(made).hexdigest()}"}).encode()
    return {**files, "datapackage.json": made, "datapackage-digest.json": digest}


def test_a_sound_one_is_taken_whole_with_what_it_says_of_itself(take: Take, archive: Archive) -> None:
    result = take(
        package({WARC: members(sound(1)), "proofs/p.json": b"{}", "pages/pages.jsonl": b"{}", "indexes/i.cdx": b""})
    )
    assert (result.form, result.records["recorded"], result.pages, result.problems) == ("WACZ", 6, 4, [])
    found = archive.latest_snapshot("https://example.org/1/a")
    assert found is not None
    assert found.origin is not None
    assert (found.origin.file, found.origin.member) == ("other.wacz", WARC)
    beside = {leaf.uri.rpartition(":")[2] for leaf in archive.catalogue.leaves("import-file")}
    assert beside == {"datapackage.json", "datapackage-digest.json", "proofs/p.json"}
    assert [item for item in Verification(archive.root, Request()).findings() if item.ok is not True] == []


@pytest.mark.parametrize(
    ("edit", "code", "member"),
    [
        (lambda files: {**files, WARC: members(sound(2))}, "digest-wrong", WARC),
        (
            lambda files: {**files, "datapackage.json": files["datapackage.json"] + b" "},
            "digest-wrong",
            "datapackage.json",
        ),
        (lambda files: {name: data for name, data in files.items() if name != "a.txt"}, "missing", "a.txt"),
        (
            lambda files: {name: data for name, data in files.items() if name != "datapackage.json"},
            "no-datapackage",
            None,
        ),
    ],
)
def test_what_does_not_hold_is_named(
    take: Take, edit: Callable[[dict[str, bytes]], dict[str, bytes]], code: str, member: str
) -> None:
    result = take(edit(package({WARC: members(sound(1)), "a.txt": b"a"})))
    assert [(item.code, item.member) for item in result.problems if item.wrong] == [(code, member)]
    assert result.records["recorded"] == 6
    assert result.wrong


@pytest.mark.parametrize("field", ["path", "hash", "hashing"])
def test_half_a_character_in_what_it_says_of_itself_is_no_fault(take: Take, archive: Archive, field: str) -> None:
    listed = {"name": "x", "path": "x.txt", "hash": "00", field: "x\ud800y"}
    made = json.dumps({"profile": "data-package", "resources": [listed]}).encode()
    result = take({WARC: members(sound(1)), "x.txt": b"x", "datapackage.json": made})
    assert result.records["recorded"] == 6
    assert ("missing", "x\ufffdy") in {(item.code, item.member) for item in result.problems} or field != "path"
    assert [item for item in Verification(archive.root, Request()).findings() if item.ok is not True] == []


def test_what_is_not_listed_is_a_remark(take: Take) -> None:
    result = take({**package({WARC: members(sound(1))}), "more.txt": b""})
    assert [(item.code, item.member, item.wrong) for item in result.problems] == [("unlisted", "more.txt", False)]


def test_a_signature_of_others_is_kept_and_said_not_to_be_checked(take: Take) -> None:
    files = package({WARC: members(sound(1))})
    signed = {**json.loads(files["datapackage-digest.json"]), "signedData": {"signature": "x"}}
    result = take({**files, "datapackage-digest.json": json.dumps(signed).encode()})
    assert [(item.code, item.wrong) for item in result.problems] == [("signed", False)]


def test_digests_of_version_1_0_are_read(take: Take) -> None:
    data = members(sound(1))
    stats = {"path": WARC, "stats": {"hash": hashlib.sha256(data).hexdigest()}, "hashing": "sha256"}
    for hashing, problems in (("sha256", []), ("md5", ["digest-wrong"])):
        listed = json.dumps({"resources": [{**stats, "hashing": hashing}]}).encode()
        result = take({WARC: data, "datapackage.json": listed})
        assert [item.code for item in result.problems] == problems


def test_a_page_that_is_listed_is_a_snapshot_whatever_its_type(take: Take, archive: Archive) -> None:
    style = answer(b"p {}").replace(b"text/html", b"text/css")
    warc = members([record("response", f"https://example.org/{name}.css", style) for name in "ab"])
    pages = b'{"format": "json-pages-1.0"}\n{"url": "https://example.org/a.css#x"}\nnothing\n{"url": 7}\n'
    result = take(package({WARC: warc, "pages/pages.jsonl": pages}))
    assert result.pages == 1
    assert archive.latest_snapshot("https://example.org/a.css") is not None


def test_the_offset_is_one_of_the_file_inside(take: Take) -> None:
    records = sound(1)
    bad = record("response", "https://example.org/x", answer(), "WARC-Block-Digest: sha1:" + "A" * 32)
    result = take(package({WARC: members([*records, bad])}))
    assert [(item.member, item.place.offset) for item in result.problems] == [(WARC, len(members(records)))]


def test_several_files_inside_are_all_taken(take: Take) -> None:
    files = {f"archive/{number}.warc.gz": members(sound(number)) for number in range(3)}
    assert take(package({**files, "archive/plain.warc": b"".join(sound(3))})).records["recorded"] == 24


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"a.wacz": b"x", "datapackage.json": b"{}"}, "several WACZ files"),
        ({WARC: b"x", "datapackage.json": b'{"profile": "multi-wacz-package"}'}, "several WACZ files"),
        ({"word/document.xml": b"x"}, "no WARC file in its folder"),
        ({WARC: b"x", "datapackage.json": b"["}, "is no JSON"),
        ({WARC: b"x", "datapackage.json": b"[]"}, "is no JSON object"),
        ({WARC: b"x", "datapackage.json": b"[" * 60_000}, "is no JSON"),
        ({WARC: b"nothing", "datapackage.json": b"{}"}, "archive/data.warc.gz at byte 0"),
    ],
)
def test_what_is_refused_as_a_whole(take: Take, archive: Archive, files: dict[str, bytes], words: str) -> None:
    head = archive.head()
    with pytest.raises(InputError, match=words):
        take(files)
    assert archive.head() == head


def test_a_damaged_warc_file_inside_gives_its_good_prefix(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "other.wacz"
    data = plain_zip(**{WARC: b"".join(sound(1)) * 20})
    at = data.index(WARC.encode()) + 1200
    path.write_bytes(data[:at] + b"\xff\xff\xff" + data[at + 3 :])
    try:
        result = import_file(archive, path)
    except InputError as error:
        assert WARC in str(error)  # noqa: PT017  # where the damage lies in it decides which of the two it is
    else:
        assert result.wrong
    assert [item for item in Verification(archive.root, Request()).findings() if item.ok is not True] == []


@pytest.mark.slow
def test_edited_bytes_are_refused_or_taken_and_never_a_fault(archive: Archive, tmp_path: Path) -> None:
    chance = random.Random(5)
    warcs = {f"archive/{name}.warc.gz": members(sound(name)) for name in range(3)}
    base = plain_zip(**package({**warcs, "pages/pages.jsonl": b'{"url": "https://example.org/1/a"}'}))
    outcomes = {"taken": 0, "refused": 0}
    for number in range(150):
        data = bytearray(base)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(*((60, 1500) if number % 2 else (0, len(data))))  # half of them in the WARC file only
            if chance.random() < 0.7:
                data[at] = chance.randrange(256)
            else:
                data[at : at + chance.randint(0, 9)] = chance.randbytes(chance.randint(0, 9))
        path = tmp_path / f"{number}.wacz"
        path.write_bytes(bytes(data))
        try:
            import_file(archive, path)
            outcomes["taken"] += 1
        except InputError:
            outcomes["refused"] += 1
    assert min(outcomes.values()) > 5
    assert [item for item in Verification(archive.root, Request()).findings() if item.ok is not True] == []
