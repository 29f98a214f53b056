"""The verdict."""

from __future__ import annotations

import threading

import pytest

from archiver.errors import InputError
from archiver.match import judge, prepare
from archiver.model import Judgement, Verdict


@pytest.mark.parametrize("empty", ["", "  ", "\n\u00a0"])
def test_an_empty_quotation_is_refused(empty: str) -> None:
    with pytest.raises(InputError, match="empty"):
        judge(empty, "text")


def test_an_empty_page_has_nothing() -> None:
    assert judge("some words here", "") == Judgement(Verdict.ABSENT)
    assert judge("some words here", []).verdict is Verdict.ABSENT


def test_never_undecided() -> None:
    assert judge("some words here", "other words there").verdict is not Verdict.UNDECIDED


def test_a_prepared_page_serves_many_threads() -> None:
    prepared = prepare("The harbour was closed on Monday. Boats stayed out in the bay. " * 3)
    quotes = ["The harbour was closed on Sunday.", "Boats … in the bay.", "The harbour was closed on Monday."] * 20
    alone = [judge(quote, prepared) for quote in quotes]
    together: list[list[Judgement]] = []
    threads = [threading.Thread(target=lambda: together.append([judge(q, prepared) for q in quotes])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == [alone] * 4
