"""Which judgements count where a quotation has several sources: a public archive's copy stands in for a page that cannot be read, and no more."""

from __future__ import annotations

from collections.abc import Sequence

from archiver.manuscripts.planning import Planned
from archiver.model import Verdict
from archiver.quoting import Judged


def counting(one: Planned, tried: Sequence[Judged]) -> list[int]:
    """The numbers of those that count, of ``tried`` in the order of `Planned.judged_against`; never none where something was tried."""
    by_page: dict[int, list[int]] = {}
    for number, cited in enumerate(one.judged_against):
        by_page.setdefault(page_of(one, cited), []).append(number)
    found: list[int] = []
    for numbers in by_page.values():
        pages = [number for number in numbers if not one.cited[one.judged_against[number]].source.copy]
        read = [number for number in numbers if tried[number].judgement.verdict is not Verdict.UNDECIDED]
        found += [number for number in pages if number in read] or read or pages or numbers
    return sorted(found)


def page_of(one: Planned, cited: int) -> int:
    """The number, among what is cited, of the page of which that is a copy; its own where it is none."""
    while cited and one.cited[cited].source.copy:
        cited -= 1
    return cited


def works(one: Planned) -> int:
    """How many sources are cited, copies not counted."""
    return len({page_of(one, number) for number in range(len(one.cited))})
