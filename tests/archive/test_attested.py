"""Snapshots are taken from their signed records: whoever can write to the catalogue cannot have anything signed that was not recorded."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import SealedArchive
from website import STORY, Website

from archiver.archive import Archive
from archiver.archive.attested import proved_details
from archiver.capture import Options, capture
from archiver.digests import Digest
from archiver.errors import ArchiverError, DamagedArchive
from archiver.log.leaves import make_leaf
from archiver.quoting import Quotation, quote
from archiver.verification import Request, Verification

FORGERIES = [
    "UPDATE snapshots SET url = 'https://www.parliament.example/minutes', final_url = url",
    "UPDATE snapshots SET captured_at = '2020-01-01T12:00:00Z'",
    "UPDATE snapshots SET status = 203",
    "UPDATE snapshots SET complete = 0",
    "UPDATE snapshots SET title = 'Official minutes'",
    'UPDATE snapshots SET wall = \'{"code": "log-in", "detail": ""}\'',
    "UPDATE snapshots SET truncated = 'length'",
    "UPDATE snapshots SET payload_sha256 = '" + "ab" * 32 + "'",
    'UPDATE snapshots SET origin = \'{"kind": "supplied", "file": "x", "sha256": "0", "added_at": "x"}\'',
    "UPDATE texts SET sha256 = '" + "ab" * 32 + "'",
    "UPDATE texts SET unseen = '[[0, 9]]'",
    "UPDATE texts SET complete = 0",
    "DELETE FROM texts",
]


def forge(root: Path, *statements: str) -> None:
    database = sqlite3.connect(root / "catalogue.db")
    with database:
        for statement in statements:
            database.execute(statement)
    database.close()


def test_a_snapshot_comes_out_as_the_catalogue_has_it(sealed: SealedArchive) -> None:
    with Archive.open(sealed.root) as archive:
        for name in sealed.snapshots:
            snapshot = archive.catalogue.snapshot(name)
            signed, said = archive.attested(snapshot)
            assert signed == snapshot
            assert said["snapshot"] == name


@pytest.mark.parametrize("sql", FORGERIES)
def test_a_catalogue_that_says_otherwise_is_refused(sealed: SealedArchive, sql: str) -> None:
    forge(sealed.root, sql)
    with Archive.open(sealed.root) as archive:
        snapshot = archive.catalogue.snapshot(sealed.snapshots[0])
        with pytest.raises(DamagedArchive, match="archiver rebuild"):
            archive.attested(snapshot)
        archive.rebuild()
        assert archive.attested(archive.catalogue.snapshot(sealed.snapshots[0]))[0].id == sealed.snapshots[0]


def test_a_snapshot_under_the_name_of_another(sealed: SealedArchive) -> None:
    with Archive.open(sealed.root) as archive:
        first, second = (archive.catalogue.snapshot(name) for name in sealed.snapshots[:2])
        for wrong in (
            replace(second, capture_leaf=first.capture_leaf),
            replace(first, id=second.id),
            replace(first, capture_leaf=first.response_leaf),
        ):
            with pytest.raises(DamagedArchive):
                archive.attested(wrong)
        with pytest.raises(ArchiverError):
            archive.attested(replace(first, capture_leaf=10_000))


def test_a_capture_record_of_somebodys_own_beside_the_log(sealed: SealedArchive) -> None:
    """They put it into a WARC file and into the catalogue; and even into the details and the entries: the signed head has another."""
    with Archive.open(sealed.root) as archive:
        snapshot = archive.catalogue.snapshot(sealed.snapshots[0])
        leaf = archive.catalogue.leaf(snapshot.capture_leaf)
        details = proved_details(archive.log, leaf.index)
        assert details.sha256 == leaf.sha256
        forge(sealed.root, f"UPDATE leaves SET sha256 = '{Digest.of(b'x').hex}' WHERE idx = {leaf.index}")  # noqa: S608
    with Archive.open(sealed.root) as archive, pytest.raises(DamagedArchive):
        archive.attested(archive.catalogue.snapshot(sealed.snapshots[0]))
    forged = make_leaf(replace(details, sha256=Digest.of(b"x").hex))
    lines = sealed.root / "log/details/000"
    kept = lines.read_bytes().split(b"\n")
    kept[leaf.index] = forged.line
    lines.write_bytes(b"\n".join(kept))
    entries = next((sealed.root / "log/tile/entries/000.p").iterdir())
    old = make_old(entries.read_bytes(), leaf.index)
    entries.write_bytes(entries.read_bytes().replace(old, forged.entry))
    with Archive.open(sealed.root, read_only=True) as archive, pytest.raises(DamagedArchive, match="signed head"):
        proved_details(archive.log, leaf.index)


def make_old(bundle: bytes, index: int) -> bytes:
    from archiver.log.leaves import unpack_entries

    return list(unpack_entries(bundle))[index]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE snapshots SET url = 'https://www.parliament.example/minutes', surt = 'example,parliament,www)/minutes'",
        "UPDATE snapshots SET captured_at = '2020-01-01T12:00:00Z'",
        "UPDATE texts SET unseen = '[]', complete = 1, why = 'x'",
    ],
)
def test_no_quotation_is_signed_by_what_only_the_catalogue_says(
    archive: Archive, site: Website, options: Options, sql: str
) -> None:
    snapshot = capture(archive, site.put("/story", STORY), options)
    forge(archive.root, sql)
    with pytest.raises(DamagedArchive, match="archiver rebuild"):
        quote(archive, snapshot.id, Quotation("some of them cross it twice before noon"), None)
    archive.rebuild()
    assert quote(archive, snapshot.id, Quotation("some of them cross it twice before noon"), None).id


def test_no_revisit_is_signed_of_a_page_that_had_another_payload(
    archive: Archive, site: Website, options: Options
) -> None:
    """The digest of the page that is fetched next is written to another page's row: its texts would have stood for the new one's."""
    capture(archive, site.put("/other", STORY.replace(b"4,200", b"9,999")), options)
    page = site.put("/story", STORY)
    body = capture(archive, page, options).payload_sha256
    forge(archive.root, f"UPDATE snapshots SET payload_sha256 = '{body}' WHERE url LIKE '%other'")  # noqa: S608
    forge(archive.root, "UPDATE snapshots SET payload_sha256 = 'x' WHERE url LIKE '%story'")
    again = capture(archive, page, replace(options, conditional=False))
    assert again.revisit_of is None
    assert [notice.code for notice in again.warnings] == ["earlier-damaged"]
    archive.rebuild()
    assert not [f for f in Verification(archive.root, Request(), archive.keys).findings() if f.ok is False]


def test_no_not_modified_is_signed_of_another_page(archive: Archive, site: Website, options: Options) -> None:
    other = capture(archive, site.put("/other", STORY.replace(b"4,200", b"9,999"), ETag='"other"'), options)
    page = site.put("/story", STORY, ETag='"story"')
    capture(archive, page, options)
    forge(
        archive.root,
        "DELETE FROM snapshots WHERE url LIKE '%story'",
        f"UPDATE snapshots SET url = '{page}', final_url = '{page}', etag = '\"story\"', "  # noqa: S608
        "surt = (SELECT surt FROM snapshots LIMIT 1)",
    )
    again = capture(archive, page, options)
    assert again.revisit_of != other.id
    assert again.status == 200
