"""Signs between words."""

from __future__ import annotations

from archiver.match import judge
from archiver.model import ChangeKind


def test_a_question_mark_inside_is_major() -> None:
    found = judge("Was it safe. Yes it was, he said.", "Was it safe? Yes it was, he said.")
    assert [(change.kind, change.severity) for change in found.changes] == [(ChangeKind.PUNCTUATION, "major")]


def test_prime_marks() -> None:
    assert judge("it is 5' long and wide", 'it is 5" long and wide').changes[0].kind is ChangeKind.UNIT
    assert judge("it was “in 1984” that we met", "it was ‘in 1984’ that we met").holds
    assert judge("it was 'in 1984' that we met", 'it was "in 1984" that we met').holds
