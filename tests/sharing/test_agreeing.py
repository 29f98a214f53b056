"""Comparing captures, and when a page is looked at because a peer told of it."""

from __future__ import annotations

import pytest

from archiver.model import Agreement
from archiver.sharing.agreeing import View, apart, best, compare, is_comparable, needs_look
from archiver.sharing.sighting import Sighting, Told

A, B, C = "a" * 64, "b" * 64, "c" * 64


def at(seconds: int) -> str:
    return f"2026-11-20T21:{seconds // 60:02}:{seconds % 60:02}Z"


def told(payload: str = A, text: str = B, what: Told = Told.EDITED, answers: str = "") -> Sighting:
    return Sighting("urn:x", "https://example.org/", at(600), what, 1, payload, text, 2, answers)


def own(seconds: int, payload: str = C, text: str = C, *, gone: bool = False) -> View:
    return View(f"s-{seconds}", None, at(seconds), payload, text, gone)


@pytest.mark.parametrize(
    ("sighting", "view", "proven", "agreement"),
    [
        (told(), own(600, A), True, Agreement.SAME_PAYLOAD),
        (told(), own(600, C, B), True, Agreement.SAME_TEXT),
        (
            told(),
            own(600, C, B),
            False,
            Agreement.DIFFERS,
        ),  # a text that the peer's log does not hold is anybody's word
        (told(), own(600), True, Agreement.DIFFERS),
        (told("", ""), own(600, "", ""), True, Agreement.DIFFERS),
        (told(what=Told.GONE), own(600, gone=True), True, Agreement.BOTH_GONE),
        (told(what=Told.GONE), own(600, A), True, Agreement.DIFFERS),
        (told(), own(600, A, gone=True), True, Agreement.DIFFERS),
    ],
)
def test_comparing(sighting: Sighting, view: View, proven: bool, agreement: Agreement) -> None:
    assert compare(sighting, view, text_proven=proven) is agreement


def test_the_view_of_that_moment_that_agrees_is_compared_else_the_nearest() -> None:
    agreeing, nearer = own(590, A), own(601)
    assert best(told(), [agreeing, nearer], text_proven=True) is agreeing
    assert best(told(), [own(100, A), nearer], text_proven=True) is nearer
    assert best(told(), [own(590), own(610)], text_proven=True) == own(610)
    assert best(told(), [], text_proven=True) is None
    assert (apart(told(), own(590)), apart(told(), own(610))) == (-10, 10)


@pytest.mark.parametrize(
    ("sighting", "views", "looks"),
    [
        (told(), [], True),
        (told(), [own(100)], True),
        (told(), [own(100, A)], True),  # the same, long before: is it so now?
        (told(), [own(590, A)], False),
        (told(), [own(590)], True),  # it was another page ten seconds before
        (told(), [own(600)], True),
        (told(), [own(601)], False),
        (told(), [own(3000)], False),
        (told(answers="urn:y"), [own(590)], False),  # an answer asks for nothing where there is anything of that moment
        (told(answers="urn:y"), [own(100)], True),  # but the entry that it answers may have been lost
        (told(answers="urn:y"), [own(100, A)], False),  # else two with slow hosts would look in turn for ever
        (told(answers="urn:y"), [own(50, A), own(100)], True),  # it came back to what it was: is it so?
    ],
)
def test_when_a_page_is_looked_at(sighting: Sighting, views: list[View], looks: bool) -> None:
    assert needs_look(sighting, views, text_proven=True) is looks


def test_what_another_address_answered_is_not_compared() -> None:
    assert not is_comparable(told("", "", Told.MOVED), own(600), text_proven=True)
    assert is_comparable(told("", "", Told.GONE), own(600, gone=True), text_proven=False)


def test_the_same_text_without_its_proof_is_neither_the_same_nor_different() -> None:
    assert not is_comparable(told(), own(600, C, B), text_proven=False)
    assert is_comparable(told(), own(600, C, B), text_proven=True)
    assert is_comparable(told(), own(600, A, B), text_proven=False)
    assert is_comparable(told(), own(600, C, C), text_proven=False)
