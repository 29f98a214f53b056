"""What is told of a row of looks, and when the next one is due."""

from __future__ import annotations

import random
from datetime import datetime

import pytest
from watchlooks import QUOTE, look, quote

from archiver.catalogue import Watched
from archiver.model import StoredRecheck
from archiver.watching.schedule import DAY, HOUR, Policy
from archiver.watching.standing import Circumstances, after_look

NOW = datetime.fromisoformat("2026-11-21T12:00:00Z").timestamp()
SOURCE = Watched("org,example)/page", "https://example.org/page", False, DAY, NOW)
HELD, OTHER = quote(), quote("altered", ("13th", "31st"))
GONE = ("gone", [])


def told(
    *looks: StoredRecheck, heard: float = NOW + HOUR, alone: bool = False, edits: bool = False
) -> list[str | None]:
    """What is told of each look of a row."""
    around = Circumstances(Policy(), NOW, heard, alone, random.Random(1), edits)
    item, kinds = SOURCE, []
    for one in looks:
        item, kind = after_look(item, one, around)
        kinds.append(kind)
    return kinds


def test_a_page_that_stays_as_it_is_tells_nothing() -> None:
    assert told(look("unchanged", HELD, changed=False), look("edited-elsewhere", HELD)) == [None, None]


def test_the_same_change_is_told_once_and_another_one_again() -> None:
    again = look("quote-altered", OTHER, changed=False)
    other = look("quote-altered", quote("altered", ("13th", "14th")))
    assert told(look("quote-altered", OTHER), again, other, again) == [
        "quote-altered",
        None,
        "quote-altered",
        "quote-altered",
    ]


def test_a_second_quotation_that_breaks_is_told_too() -> None:
    second = quote("absent", name="q-" + "c" * 64)
    assert told(look("quote-altered", OTHER), look("quote-removed", OTHER, second)) == [
        "quote-altered",
        "quote-removed",
    ]


def test_an_alert_is_of_the_kind_of_its_drift() -> None:
    """What is near to a quotation and stood beside it before: judged altered, and the quotation is removed."""
    twin = quote("altered", ("4,200", "4,700"), drift="quote-removed")
    assert told(look("quote-removed", twin)) == ["quote-removed"]


def test_what_is_as_before_is_told_once() -> None:
    looks = look("quote-removed", quote("absent")), look("unchanged", HELD), look("unchanged", HELD, changed=False)
    assert told(*looks) == ["quote-removed", "back", None]


def test_a_page_that_was_away_and_is_back_with_what_was_told_before() -> None:
    altered, gone = look("quote-altered", OTHER), look("gone", quote("undecided"))
    assert told(altered, gone, gone, altered, altered) == ["quote-altered", "gone", None, "back", None]
    assert told(gone, altered) == ["gone", "quote-altered"]


def test_a_quotation_that_cannot_be_decided_stays_as_it_was_told() -> None:
    assert told(look("quote-altered", OTHER), look("edited-elsewhere", quote("undecided"))) == ["quote-altered", None]


def test_a_move_is_told_once_for_each_place() -> None:
    here, there = (look("moved", HELD, moved_to=f"https://{host}.example/") for host in ("a", "b"))
    assert told(here, here, there, look("unchanged", HELD)) == ["moved", None, "moved", "back"]


def test_a_note_of_correction_or_withdrawal_is_told_once_by_itself() -> None:
    noted = look("edited-elsewhere", HELD, note="This article has been retracted.")
    gone, fine = look("gone", quote("undecided")), look("unchanged", HELD, changed=False)
    assert told(noted, fine, noted, gone, noted) == ["note", None, None, "gone", "back"]
    assert told(noted, look("unchanged", HELD, note="Correction: the date was wrong.")) == ["note", "note"]
    assert told(look("quote-altered", OTHER, note="Correction: the date."), noted) == ["quote-altered", "note"]


@pytest.mark.parametrize("drift", ["restricted", "unreachable"])
def test_walls_and_failures_are_told_after_some_in_a_row(drift: str) -> None:
    blind = look(drift, quote("undecided"), seen=drift == "restricted")
    fine = look("unchanged", HELD, changed=False)
    assert told(blind, blind, fine, blind, blind, blind, blind, fine) == [
        None,
        None,
        None,
        None,
        None,
        drift,
        None,
        "back",
    ]


def test_silence_is_not_told_while_nobody_else_answers_either() -> None:
    silent = look("unreachable", quote("undecided"), seen=False)
    assert told(*[silent] * 5, heard=NOW - HOUR) == [None] * 5
    assert told(*[silent] * 3, heard=NOW - HOUR, alone=True) == [None, None, "unreachable"]


def test_edits_beside_the_quotations_are_told_where_that_is_wished() -> None:
    edited = look("edited-elsewhere", HELD)
    assert told(edited, look("edited-elsewhere", HELD, changed=False), edits=True) == ["edited-elsewhere", None]


def test_when_the_next_look_is_due() -> None:
    around = Circumstances(Policy(), NOW, NOW, False, random.Random(1))
    calm, _ = after_look(SOURCE, look("unchanged", HELD, changed=False), around)
    assert calm.interval == 1.5 * DAY
    assert abs(calm.due - NOW - 1.5 * DAY) <= 1.5 * DAY * 0.15
    lively, _ = after_look(SOURCE, look("edited-elsewhere", HELD), around)
    assert lively.interval == DAY / 2
    blind, _ = after_look(SOURCE, look("unreachable", quote("undecided"), seen=False), around)
    assert (blind.interval, blind.failures, blind.failing_since) == (DAY, 1, NOW)
    assert abs(blind.due - NOW - HOUR) <= HOUR * 0.15


def test_a_look_of_the_future_does_not_put_a_source_off_for_years() -> None:
    around = Circumstances(Policy(), NOW, NOW, False, random.Random(1))
    item, _ = after_look(SOURCE, look("unchanged", HELD, time="2036-11-21T12:00:00Z"), around)
    assert item.due < NOW + 3 * DAY


def test_the_quotes_of_what_was_told_are_kept_by_their_ids() -> None:
    around = Circumstances(Policy(), NOW, NOW, False, random.Random(1))
    item, _ = after_look(SOURCE, look("quote-altered", OTHER), around)
    assert list(item.told["quotes"]) == [QUOTE]
