"""Which records a citation stands on, and that no others go into its pack."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import SealedArchive
from packsamples import Authority, sample, stamp

from archiver.archive import Archive
from archiver.errors import DamagedArchive, InputError, UnknownId
from archiver.log.proofs import included
from archiver.packs import collecting
from archiver.packs.collecting import collect, read_head
from archiver.packs.packing import pack_files, signing_key


def kinds(archive: Archive, *ids: str) -> list[str]:
    return [leaf.details.kind for leaf in collect(archive, ids).leaves]


def test_a_quote_brings_its_snapshot(sealed: SealedArchive) -> None:
    with Archive.open(sealed.root) as archive:
        assert kinds(archive, sealed.quotes[0]) == ["warcinfo", "request", "response", "text", "capture", "quote"]


def test_a_snapshot_brings_no_quotes(sealed: SealedArchive) -> None:
    with Archive.open(sealed.root) as archive:
        assert kinds(archive, sealed.snapshots[1]) == ["warcinfo", "request", "response", "text", "capture"]


def test_a_revisit_brings_what_it_stands_on(sealed: SealedArchive) -> None:
    with Archive.open(sealed.root) as archive:
        found = collect(archive, [sealed.snapshots[2]])
        assert [leaf.details.kind for leaf in found.leaves] == [
            "warcinfo", "request", "response", "text", "capture", "request", "revisit", "capture",
        ]  # fmt: skip
        assert found.named == (sealed.snapshots[2],)


def test_every_leaf_is_proved(sealed: SealedArchive) -> None:
    from archiver.log.leaves import entry_of
    from archiver.log.merkle import leaf_hash

    with Archive.open(sealed.root) as archive:
        head = archive.head()
        for leaf in collect(archive, [*sealed.quotes, *sealed.snapshots]).leaves:
            assert included(leaf_hash(entry_of(leaf.line)), leaf.index, head.size, leaf.path, head.root)


def test_nothing_of_other_records_goes_into_a_pack(sealed: SealedArchive) -> None:
    """Neither their details nor their salts nor their addresses: only hashes, as proofs have them."""
    with Archive.open(sealed.root) as archive:
        evidence = collect(archive, [sealed.quotes[0]])
        files = pack_files(evidence, signing_key(archive))
        whole = b"".join(files.values())
        inside = {leaf.index for leaf in evidence.leaves}
        lines = archive.log.details_lines(0)
        outside = [lines[leaf.index] for leaf in archive.catalogue.leaves() if leaf.index not in inside]
    assert len(outside) >= 5
    for line in outside:
        assert line[:64] not in whole
        assert line[65:] not in whole
    assert b"example.org/b" not in whole


def test_certificates_interim_answers_and_every_hop(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "archive") as archive:
        made = sample(archive, 3)
        assert kinds(archive, made.snapshots[1]).count("certificate") == 2
        assert kinds(archive, made.snapshots[1]).count("response") == 2  # the redirect's too
        assert kinds(archive, made.snapshots[2]).count("interim") == 1


@pytest.mark.parametrize("name", ["q-0000", "s-0000", "https://example.org/a", "q-", "", "q-" + "0" * 64])
def test_ids_that_are_none(sealed: SealedArchive, name: str) -> None:
    with Archive.open(sealed.root) as archive, pytest.raises((InputError, UnknownId)):
        collect(archive, [name])


def test_a_changed_record_is_not_exported(sealed: SealedArchive) -> None:
    with Archive.open(sealed.root) as archive:
        leaf = archive.catalogue.leaf(archive.find_quote(sealed.quotes[0]).leaf)
        path = sealed.root / leaf.file
        data = bytearray(path.read_bytes())
        data[leaf.offset + 20] ^= 1
        path.write_bytes(bytes(data))
        with pytest.raises(DamagedArchive, match="archiver verify"):
            collect(archive, [sealed.quotes[0]])


def test_too_much_for_one_pack(sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "MAX_BYTES", 1000)
    with Archive.open(sealed.root) as archive, pytest.raises(InputError, match="fewer at once"):
        collect(archive, sealed.quotes)


def test_the_first_stamp_that_covers_and_the_newest_go_along(tmp_path: Path) -> None:
    authority = Authority(tmp_path / "tsa")
    with Archive.create(tmp_path / "archive") as archive:
        first = sample(archive, 1, pages=1)
        for _ in range(3):
            stamp(archive, authority)
        second = sample(archive, 2, pages=1)
        assert len(archive.catalogue.quotes()) == 10
        stamps = collect(archive, [first.quotes[0]]).stamps
        sizes = sorted(
            read_head(archive.stored_record(leaf).block).size for leaf in archive.catalogue.leaves("checkpoint")
        )
        assert [item.size for item in stamps] == [sizes[0], sizes[-1]]
        # of what no stamp covers, the newest one still shows since when the log was there
        assert [item.size for item in collect(archive, [second.quotes[0]]).stamps] == [sizes[-1]]
        stamp(archive, authority)
        sizes.append(archive.head().size - 2)
        # the last one before it: it was not there yet; and the first that covers it
        assert [item.size for item in collect(archive, [second.quotes[0]]).stamps] == sizes[-2:]


def test_what_is_recorded_as_a_stamp_and_is_none_is_left_out(tmp_path: Path) -> None:
    from archiver.warc import Record, seal

    with Archive.create(tmp_path / "archive") as archive:
        made = sample(archive, 1, pages=1)
        for head in (b"no note", b"other\n5\n" + b"A" * 43 + b"=\n\n\xe2\x80\x94 other AAAAAAAA\n"):
            checkpoint = seal(
                Record(
                    "checkpoint", "resource", "urn:archiver:checkpoint:x", "2026-11-20T10:00:00Z", "text/plain", head
                )
            )
            refers = (("WARC-Refers-To", checkpoint.record.record_id),)
            token = seal(
                Record(
                    "timestamp",
                    "resource",
                    "urn:archiver:timestamp:x",
                    "2026-11-20T10:00:00Z",
                    "text/plain",
                    b"x",
                    None,
                    refers,
                )
            )
            archive.record([checkpoint, token])
        assert collect(archive, [made.quotes[0]]).stamps == ()
