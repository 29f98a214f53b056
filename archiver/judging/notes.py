"""Notes of a page about itself: that it was corrected, or withdrawn. A correction repeats what was wrong, so words that stand in it only are
not what the page says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from archiver.model import Span, Text

IN_CORRECTION = "in-correction"
"""The code of the notice that a quotation was judged by what stands outside of such notes."""

_LONGEST = 700
"""Characters of a line that is a note as a whole; of a longer one, the sentences that say so are."""

_HEADS = (
    "correction",
    "corrections",
    "clarification",
    "editor['’]?s['’]? note",
    "erratum",
    "corrigendum",
    "retraction",
    "retracted",
    "withdrawn",
    "korrektur",
    "berichtigung",
    "richtigstellung",
    "anmerkung der redaktion",
    "rectificatif",
    "rectification",
    "précision",
    "note de la rédaction",
    "corrección",
    "rectificación",
    "fe de erratas",
    "fe de errores",
    "nota de la redacción",
    "correção",
    "errata",
    "correzione",
    "rettifica",
    "errata corrige",
    "correctie",
    "rectificatie",
    "исправление",
    "поправка",
    "تصحيح",
)
_TEXT = r"(?:article|story|report|page|post|piece|column|paper|study|text|headline|caption)"
_TELLS = (
    rf"(?:an |the )?(?:earlier|previous|original) versions? of (?:this|the|our) (?:\w+ )?{_TEXT}",
    rf"(?:this|the) {_TEXT} (?:has been|have been|was|is) (?:since |now )?(?:corrected|retracted|withdrawn|removed|amended)",
    rf"(?:we|the authors?|the editors?) (?:have |has )?(?:retracted|withdrawn) (?:this|the) {_TEXT}",
    r"in einer (?:früheren|vorherigen|ersten) (?:version|fassung)",
    r"(?:dieser|der) (?:artikel|beitrag|text|bericht) (?:wurde|ist) (?:korrigiert|zurückgezogen|berichtigt)",
    r"(?:une|dans une) (?:version précédente|précédente version|version antérieure|première version)",
    r"(?:cet|l['’]) ?article a été (?:corrigé|retiré|rétracté|modifié)",
    r"(?:una|en una) (?:versión anterior|primera versión)",
    r"este (?:artículo|texto) ha sido (?:corregido|retirado)",
    r"(?:uma|numa|em uma) versão anterior",
    r"(?:una|in una) (?:versione precedente|precedente versione)",
    r"in een (?:eerdere|vorige) versie",
    r"в (?:предыдущей|прежней|первоначальной) версии",
)
_UNSPACED = r"訂正|お詫びと訂正|おことわり|更正|勘误|勘誤|撤回|바로잡습니다|정정합니다|정정 보도|철회"
_NOTE = re.compile(
    rf"(?:^|(?<=[.!?。！？]\s))\W{{0,3}}(?:{'|'.join(_HEADS)})\b[^.!?\n]{{0,60}}?[:：—–(\[]"
    rf"|^\W{{0,3}}(?:{_UNSPACED})"
    rf"|\b(?:{'|'.join(_TELLS)})\b",
    re.IGNORECASE | re.MULTILINE,
)
_LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r"[^.!?。！？\n]*(?:[.!?。！？]+(?!\s|$)[^.!?。！？\n]*)*[.!?。！？]*[\"'”’»」』)]*\s*")
_QUIET = re.compile(r"[^\W\d_]")


def notes_of(content: str) -> Iterator[Span]:
    """The spans of a text that are such notes, in order."""
    for line in _LINE.finditer(content):
        words = line.group()
        if _NOTE.search(words) is None:
            continue
        if len(words) <= _LONGEST:
            yield Span(line.start(), line.end())
            continue
        for sentence in _SENTENCE.finditer(words):
            if sentence.group() and _NOTE.search(sentence.group()):
                yield Span(line.start() + sentence.start(), line.start() + sentence.end())


def outside_notes(texts: Sequence[Text]) -> tuple[Text, ...] | None:
    """The texts with blanks in place of such notes, so that positions stay what they are; None where they have none."""
    found = [tuple(notes_of(text.content)) for text in texts]
    if not any(found):
        return None
    return tuple(replace(text, content=_blanked(text.content, spans)) for text, spans in zip(texts, found, strict=True))


def new_notes(before: Sequence[Text], now: Sequence[Text]) -> list[str]:
    """The notes that a page bears and did not before, each once, as they stand."""
    known = "\n".join(text.content for text in before)
    found: dict[str, None] = {}
    for text in now:
        for span in notes_of(text.content):
            words = text.content[span.start : span.end].strip()
            if _QUIET.search(words) and words not in known:
                found.setdefault(words)
    return list(found)


def _blanked(content: str, spans: Sequence[Span]) -> str:
    pieces, at = [], 0
    for span in spans:
        pieces += [content[at : span.start], "\n" * (span.end - span.start)]
        at = span.end
    return "".join([*pieces, content[at:]])
