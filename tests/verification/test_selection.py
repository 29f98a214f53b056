"""Single ids: all records that they consist of or stand on, wherever those lie, and no others."""

from __future__ import annotations

import sqlite3

import pytest
from conftest import SealedArchive
from tampering import damage, leaves

from archiver.verification import Finding
from archiver.warc import segment_files


def failures(sealed: SealedArchive, **request: frozenset[str]) -> list[Finding]:
    return [fault for fault in sealed.faults(**request) if fault.ok is False]


# which damaged record (kind, number of its kind) is found when which snapshot is asked for
STANDS_ON = [
    (0, "request", 0, True),
    (0, "response", 0, True),
    (0, "text", 0, True),
    (0, "capture", 0, True),
    (0, "response", 1, False),
    (0, "quote", 0, False),
    (1, "response", 0, False),
    (1, "text", 1, True),
    (2, "revisit", 0, True),
    (2, "response", 0, True),
    (2, "capture", 0, True),
    (2, "text", 0, True),
    (2, "text", 1, False),
]


@pytest.mark.parametrize(("snapshot", "kind", "number", "found"), STANDS_ON)
def test_a_snapshot_stands_on_its_own_records(
    sealed: SealedArchive, snapshot: int, kind: str, number: int, *, found: bool
) -> None:
    subject = damage(sealed.root, leaves(sealed.root, kind)[number])
    faults = failures(sealed, snapshots=frozenset([sealed.snapshots[snapshot]]), quotes=frozenset())
    assert bool(faults) is found
    assert all(fault.subject in (subject, subject.partition(" at ")[0]) for fault in faults)


@pytest.mark.parametrize(
    ("kind", "number", "found"), [("quote", 0, True), ("quote", 1, False), ("text", 0, True), ("text", 1, False)]
)
def test_a_quote_stands_on_its_snapshot(sealed: SealedArchive, kind: str, number: int, *, found: bool) -> None:
    damage(sealed.root, leaves(sealed.root, kind)[number])
    faults = failures(sealed, snapshots=frozenset(), quotes=frozenset([sealed.quotes[0]]))
    assert bool(faults) is found


@pytest.mark.parametrize("harm", ["moved", "no catalogue", "a wrong place", "another's place", "a place outside"])
def test_the_catalogue_only_says_where_to_look_first(sealed: SealedArchive, harm: str) -> None:
    (path,) = segment_files(sealed.root)
    if harm == "moved":
        path.rename(sealed.root / "warc/elsewhere.warc.gz")
    elif harm == "no catalogue":
        (sealed.root / "catalogue.db").unlink()
    else:
        connection = sqlite3.connect(sealed.root / "catalogue.db")
        change = {
            "a wrong place": "offset = offset + 7",
            "another's place": "offset = 0",
            "a place outside": "file = '/etc/passwd'",
        }
        with connection:
            connection.execute(f"UPDATE leaves SET {change[harm]}")  # noqa: S608
        connection.close()
    request = {"snapshots": frozenset(sealed.snapshots), "quotes": frozenset(sealed.quotes)}
    assert sealed.faults(**request) == []
    (members,) = [finding for finding in sealed.findings(**request) if finding.check == "members"]
    assert members.detail.startswith("13 records")


def test_ids_that_the_log_does_not_know(sealed: SealedArchive) -> None:
    request = {"snapshots": frozenset(["s-" + "0" * 64]), "quotes": frozenset(["q-" + "1" * 64])}
    assert {(fault.subject, fault.detail) for fault in failures(sealed, **request)} == {
        ("s-000000000000", "the log has no such record"),
        ("q-111111111111", "the log has no such record"),
    }


def test_a_record_that_is_nowhere(sealed: SealedArchive) -> None:
    (path,) = segment_files(sealed.root)
    path.unlink()
    faults = failures(sealed, snapshots=frozenset([sealed.snapshots[1]]), quotes=frozenset())
    assert faults
    assert all("in no WARC file" in fault.detail for fault in faults)
    assert all({page.snapshot for page in fault.pages} <= {sealed.snapshots[1]} for fault in faults)
