"""The catalogue is believed in nothing: every forged value, row too many or row too few has its finding."""

# ruff: noqa: S608

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import SealedArchive

from archiver.archive import Archive
from archiver.catalogue import Catalogue
from archiver.catalogue.schema import columns
from archiver.verification import Finding, catalogue_checks
from archiver.verification.catalogue_checks import lost_runs


def forge(root: Path, sql: str) -> int:
    connection = sqlite3.connect(root / "catalogue.db")
    try:
        with connection:
            return connection.execute(sql).rowcount
    finally:
        connection.close()


COLUMNS = columns()
FORGERIES = [
    *(
        f"UPDATE leaves SET {column} = {value} WHERE idx = 4"
        for column, value in {
            "kind": "'quote'", "sha256": "replace(sha256, substr(sha256, 1, 1), 'x')", "record_id": "'<urn:x>'",
            "warc_type": "'resource'", "uri": "'urn:x'", "time": "'2026-01-01T00:00:00Z'", "length": "length + 1",
        }.items()
    ),
    *(
        f"UPDATE snapshots SET {column} = {value} WHERE rowid = 1"
        for column, value in {
            "capture_leaf": "0", "response_leaf": "0", "url": "'https://example.org/'", "surt": "'org,example)/'",
            "final_url": "'https://example.org/'", "captured_at": "'2020-01-01T00:00:00Z'", "status": "404",
            "media_type": "'text/plain'", "payload_sha256": "upper(payload_sha256)", "title": "'forged'",
            "authors": "'[]'", "published": "'2020'", "modified": "'2020'", "site_name": "'x'", "language": "'xx'",
            "canonical": "'https://example.org/'", "etag": "'x'", "last_modified": "'x'", "revisit_of": "'s-0'",
            "truncated": "'time'", "complete": "0", "wall": "'{\"code\": \"x\", \"detail\": \"\"}'",
            "warnings": "'[{\"code\": \"x\", \"detail\": \"\"}]'", "id": "'s-' || hex(randomblob(32))",
        }.items()
    ),
    *(
        f"UPDATE texts SET {column} = {value} WHERE rowid = 1"
        for column, value in {
            "layer": "'pdf'", "leaf": "0", "sha256": "replace(sha256, 'a', 'b')", "characters": "characters + 1",
            "extractor": "'x'", "version": "'x'", "complete": "1 - complete", "why": "'x'", "unseen": "'[[0, 1]]'",
            "places": "'[[0, 1, null, null]]'",
            "position": "9",
        }.items()
    ),
    *(
        f"UPDATE quotes SET {column} = {value} WHERE rowid = 1"
        for column, value in {
            "leaf": "0", "snapshot": "'s-0'", "url": "'https://example.org/'", "quote": "'forged'", "verdict": "'absent'",
            "layer": "'pdf'", "created_at": "'2020-01-01T00:00:00Z'", "speaker": "'x'", "note": "'x'",
            "judged": "json_set(judged, '$.holds', json('null'))", "id": "'q-' || hex(randomblob(32))",
        }.items()
    ),
    *(f"DELETE FROM {table} WHERE rowid = 2" for table in ("leaves", "snapshots", "texts", "quotes")),
    f"INSERT INTO snapshots SELECT 's-' || hex(randomblob(32)), {', '.join(COLUMNS['snapshots'][1:])} FROM snapshots WHERE rowid = 1",
    f"INSERT INTO texts SELECT snapshot, 8, {', '.join(COLUMNS['texts'][2:])} FROM texts WHERE rowid = 1",
    f"INSERT INTO texts SELECT 's-x', {', '.join(COLUMNS['texts'][1:])} FROM texts WHERE rowid = 1",
    f"INSERT INTO quotes SELECT 'q-' || hex(randomblob(32)), {', '.join(COLUMNS['quotes'][1:])} FROM quotes WHERE rowid = 1",
    f"INSERT INTO quotes SELECT 'q-x', 999999, {', '.join(COLUMNS['quotes'][2:])} FROM quotes WHERE rowid = 1",
    "INSERT INTO certificates VALUES ('ab', 3)",
]  # fmt: skip


@pytest.mark.parametrize("sql", FORGERIES)
def test_a_forgery_is_found(sample: SealedArchive, sql: str) -> None:
    assert [fault for fault in sample.faults() if fault.check == "catalogue"] == []
    assert forge(sample.root, sql) > 0
    found = [fault for fault in sample.faults() if fault.check != "signer"]
    assert found
    assert {(fault.subject, fault.check, fault.ok) for fault in found} == {("catalogue.db", "catalogue", False)}
    assert all("archiver rebuild" in fault.detail for fault in found)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE leaves SET offset = offset + 1 WHERE idx = 3", "1 records lie elsewhere"),
        ("UPDATE leaves SET file = 'warc/elsewhere.warc.gz'", "records lie elsewhere"),
        ("DELETE FROM leaves WHERE idx > 20", "knows 21 of"),
    ],
)
def test_what_is_only_out_of_date_is_no_failure(sample: SealedArchive, sql: str, words: str) -> None:
    forge(sample.root, sql)
    if "DELETE" in sql:
        for table, leaf in (("quotes", "leaf"), ("snapshots", "capture_leaf"), ("texts", "leaf")):
            forge(sample.root, f"DELETE FROM {table} WHERE {leaf} > 20")
    (finding,) = [finding for finding in sample.findings() if finding.check == "catalogue"]
    assert (finding.ok, words in finding.detail) == (True, True), finding


def test_none_is_no_failure_and_junk_is_undecided(sample: SealedArchive) -> None:
    path = sample.root / "catalogue.db"
    path.write_bytes(b"junk" * 5000)
    (finding,) = [finding for finding in sample.findings() if finding.check == "catalogue"]
    assert (finding.ok, "does not depend on it" in finding.detail) == (None, True)
    path.unlink()
    (finding,) = [finding for finding in sample.findings() if finding.check == "catalogue"]
    assert finding.ok is True


def test_a_catalogue_that_knows_more_than_the_log(sealed: SealedArchive) -> None:
    old = (sealed.root / "log/checkpoint").read_bytes()
    with Archive.open(sealed.root) as archive:
        from tampering import note

        archive.record([note()])
    (sealed.root / "log/checkpoint").write_bytes(old)
    assert any("the log was cut back" in fault.detail for fault in sealed.faults() if fault.check == "catalogue")


def test_certificates(sealed: SealedArchive) -> None:
    from archiver.digests import Digest
    from archiver.warc import Record, seal

    der = b"a certificate"
    uri = f"urn:archiver:certificate:{Digest.of(der).hex}"
    with Archive.open(sealed.root) as archive:
        archive.record(
            [
                seal(
                    Record(
                        "certificate",
                        "resource",
                        uri,
                        "2026-11-20T00:00:00Z",
                        "application/pkix-cert",
                        der,
                        Digest.of(der),
                    )
                )
            ]
        )
    assert sealed.faults() == []
    whole = (sealed.root / "catalogue.db").read_bytes()
    for sql in (
        "DELETE FROM certificates",
        "UPDATE certificates SET leaf = 2",
        "UPDATE certificates SET sha256 = 'ab'",
    ):
        assert forge(sealed.root, sql) == 1
        assert {fault.check for fault in sealed.faults()} == {"catalogue"}
        (sealed.root / "catalogue.db").write_bytes(whole)


def test_a_record_that_was_recorded_twice_may_be_known_by_either_leaf(sealed: SealedArchive) -> None:
    from samples import page_members, quote_member

    page = page_members("https://example.org/twice", b"x")
    with Archive.open(sealed.root) as archive:
        archive.record([*page[1], quote_member(*page)])
        archive.record(page[1])
        archive.record([*page[1], *page[1]])
    assert sealed.faults() == []
    with Archive.open(sealed.root) as archive:
        archive.rebuild()
    assert sealed.faults() == []


def test_missing_leaves_that_lie_together_in_one_file_are_one_run(monkeypatch: pytest.MonkeyPatch) -> None:
    places = [(0, "a", 0), (1, "a", 9), (2, "b", 0), (3, "b", 9), (4, "b", 18), (6, "b", 27)]
    monkeypatch.setattr(catalogue_checks, "hints", lambda _root: iter(places))
    missing = [0, 1, 2, 4, 5, 6, 9, 10]
    assert list(lost_runs(Path("archive"), missing)) == [
        ("a", range(2)),
        ("b", range(2, 3)),
        ("b", range(4, 5)),
        ("", range(5, 6)),
        ("b", range(6, 7)),
        ("", range(9, 11)),
    ]


def test_the_catalogue_is_not_asked_where_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue_checks, "hints", lambda _root: pytest.fail("asked"))
    assert list(lost_runs(Path("archive"), [])) == []


def test_what_is_lost_is_told_in_memory_that_does_not_hold_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = 0

    def hints(_root: Path) -> Iterator[tuple[int, str, int]]:
        nonlocal taken
        for index in range(1000):
            taken += 1
            yield index, f"{index // 10}", 0

    monkeypatch.setattr(catalogue_checks, "hints", hints)
    runs = lost_runs(Path("archive"), range(1000))
    assert next(runs) == ("0", range(10))
    assert taken < 20


@pytest.mark.parametrize("records", [1, 40])
@pytest.mark.parametrize("counting", [True, False])
def test_what_others_record_while_it_is_read_is_no_failure(
    sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch, records: int, counting: bool
) -> None:
    from samples import page_members

    named, count, asked = Catalogue.named, Catalogue.count, Counter[str]()

    def record(table: str) -> None:
        asked[table] += 1
        if asked == {
            "snapshots": 1
        }:  # between two questions, and ended before the next: nothing lies beside the catalogue
            with Archive.open(sealed.root) as archive:
                for number in range(records):
                    archive.record(page_members(f"https://example.org/late/{number}", b"%d" % number * 900)[1])

    def named_then_recorded(catalogue: Catalogue, table: str) -> Iterator[tuple[str, int]]:
        yield from named(catalogue, table)
        record(table)

    def counted_then_recorded(catalogue: Catalogue, table: str) -> int:
        number = count(catalogue, table)
        record(table)
        return number

    if counting:
        monkeypatch.setattr(Catalogue, "count", counted_then_recorded)
    else:  # name by name, as where a sum is not what it should be
        hold = catalogue_checks._hold
        monkeypatch.setattr(catalogue_checks, "_hold", lambda *found: hold(*found) and False)
        monkeypatch.setattr(Catalogue, "named", named_then_recorded)
    assert not (sealed.root / "catalogue.db-wal").exists()
    assert [finding for finding in sealed.faults() if finding.check != "signer"] == []
    assert asked["snapshots"] >= (1 if counting else 2)


def test_a_page_that_was_the_same_again_while_the_archive_was_verified_is_no_failure(
    sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    from samples import page_members

    url, real = "https://example.org/again", catalogue_checks.undisturbed
    first = page_members(url, b"the same")
    with Archive.open(sealed.root) as archive:
        archive.record(first[1])

    def recorded_before(path: Path, look: Callable[[Catalogue], list[Finding]]) -> list[Finding]:
        with Archive.open(sealed.root) as archive:
            archive.record(page_members(url, b"the same", revisit_of=first)[1])  # its text is that of the first
        return real(path, look)

    monkeypatch.setattr(catalogue_checks, "undisturbed", recorded_before)
    assert sealed.faults() == []


def test_names_are_not_looked_at_one_by_one_where_sums_and_numbers_of_rows_agree(
    sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, named = list[str](), Catalogue.named

    def noted(catalogue: Catalogue, table: str) -> Iterator[tuple[str, int]]:
        asked.append(table)
        return named(catalogue, table)

    monkeypatch.setattr(Catalogue, "named", noted)
    assert sealed.faults() == []
    assert set(asked) == {"certificates"}
