"""The passage of a source that an elided or spliced quotation rests on, with what the marks leave out, so that a reader sees it."""

from __future__ import annotations

from archiver.archive import Archive
from archiver.manuscripts.report import Piece
from archiver.model import Text
from archiver.quoting import Judged

_MOST = 1_500
"""Characters shown of what is left out at one place, half of them from either end."""


class Passages:
    """Takes passages from recorded texts; those of the page that was asked for last are kept."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._last: tuple[str, tuple[Text, ...]] = ("", ())

    def pieces(self, judged: Judged) -> tuple[Piece, ...]:
        """The passage from its first to its last word, in the order of the source; nothing where it stands there in one piece.

        Raises ArchiveError where the texts are not intact."""
        snapshot, matches = judged.snapshot, judged.judgement.matches
        spans = sorted({(span.start, span.end) for span in matches[0].spans}) if matches else []
        if snapshot is None or len(spans) < 2:
            return ()
        if self._last[0] != snapshot.id:
            self._last = (snapshot.id, tuple(self._archive.texts(snapshot)))
        text = next((one.content for one in self._last[1] if one.layer is judged.judgement.layer), None)
        if text is None:
            return ()
        found: list[Piece] = []
        at = spans[0][0]
        for start, end in spans:
            if start > at:
                found.append(Piece(_cut(text[at:start]), quoted=False))
            if end > max(at, start):
                found.append(Piece(text[max(at, start) : end], quoted=True))
            at = max(at, end)
        return tuple(found)


def _cut(words: str) -> str:
    return words if len(words) <= _MOST else f"{words[: _MOST // 2]} […] {words[-_MOST // 2 :]}"
