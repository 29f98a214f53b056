from __future__ import annotations

from archiver.model.clock_note import ClockNote
from archiver.verification.clock_checks import without_noted

NOTE = ClockNote("2026-11-21T10:00:00Z", "empty battery", (3, 4, 9)).block()


def test_only_what_a_later_note_names_is_taken_out() -> None:
    wrong = [(2, "a"), (3, "b"), (9, "c")]
    left, found = without_noted(wrong, [7], {7: NOTE}.get)
    assert left == [(2, "a"), (9, "c")], "nothing is said beforehand of what is recorded later"
    assert [(item.check, item.ok, "leaves 3 claim" in item.detail) for item in found] == [("times", None, True)]


def test_without_a_note_nothing_changes() -> None:
    wrong = [(3, "b")]
    assert without_noted(wrong, [], {}.get) == (wrong, [])
    for block in (
        None,
        b"",
        b"junk",
        b"{}",
        b"[]",
        b'{"v": 1, "time": "t", "reason": "r", "leaves": [true]}',
        NOTE.replace(b"[3", b"[-3"),
    ):
        assert without_noted(wrong, [7], {7: block}.get) == (wrong, []), block


def test_a_note_is_read_as_it_was_written() -> None:
    assert ClockNote.parse(NOTE).block() == NOTE
