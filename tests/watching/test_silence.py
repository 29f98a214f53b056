from __future__ import annotations

from archiver.watching.silence import Silence


def test_many_hosts_that_are_silent_one_after_another_are_our_own_network() -> None:
    silence = Silence()
    for number in range(5):
        silence.tell(f"host{number}", answered=False)
        silence.tell(f"host{number}", answered=False)
    assert (silence.is_total, silence.answered) == (False, False)
    silence.tell("host5", answered=False)
    assert silence.is_total


def test_one_that_answers_shows_that_it_is_them() -> None:
    silence = Silence()
    for number in range(20):
        silence.tell(f"host{number}", answered=number % 5 == 4)
    assert (silence.is_total, silence.answered) == (False, True)
