"""What a cite-checker writes beside a quotation that does not hold: what the page says in its place, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.archive import Archive
from archiver.cli.saying.judged import source_passage
from archiver.cli.saying.output import shorten
from archiver.cli.snapshot.secondhand import suggestion
from archiver.manuscripts.reports.remarks import RULES
from archiver.model import Verdict
from archiver.quoting import Judge, Judged
from archiver.quoting.editions import HELD
from archiver.quoting.judge import LED_ON

_LACKING = 8
_ELSEWHERE = "Cite the page that has it, if that is the source that is meant."
_OTHER_TIME = "Cite the snapshot that has it, with its date; or quote what the page says in this one."


class Advice:
    """Of quotations that do not hold in an archive's snapshots; a page is made ready once."""

    def __init__(self, archive: Archive) -> None:
        self._judge = Judge(archive)

    def rows(self, judged: Judged, *, elsewhere: bool = False) -> Iterator[tuple[str, str]]:
        """(name, words) lines; none of what holds or could not be decided. ``elsewhere``: another page of the archive has the words.

        Raises DamagedArchive where the recorded texts are not intact.
        """
        if judged.holds is not False:
            return
        passage = source_passage(judged)
        if passage is not None:
            yield "page says", passage
        elif judged.judgement.verdict is Verdict.ABSENT:
            yield from self._nearest(judged)
        yield "next", _OTHER_TIME if _said(judged, *HELD) else _ELSEWHERE if elsewhere else _help(judged)

    def _nearest(self, judged: Judged) -> Iterator[tuple[str, str]]:
        found = self._judge.nearest(judged)
        if found is None:
            return
        yield "nearest", f"“{shorten(found.sentence, 300)}”"
        if found.lacking:
            more = f" and {len(found.lacking) - _LACKING} more" if len(found.lacking) > _LACKING else ""
            yield "not in that", ", ".join(shorten(word, 40) for word in found.lacking[:_LACKING]) + more


def _said(judged: Judged, *codes: str) -> bool:
    return any(notice.code in codes for notice in judged.judgement.warnings)


def _help(judged: Judged) -> str:
    """Of words that are absent from where redirects led, the page that was cited may have them still."""
    if judged.judgement.verdict is Verdict.ABSENT and _said(judged, LED_ON):
        return f"Look whether that is the page that is cited; {suggestion(judged.url)}."
    return RULES[judged.judgement.verdict.value].help
