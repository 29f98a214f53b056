"""Where in the archive a quotation does stand that its own source does not have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from time import process_time

from archiver import match
from archiver.archive import Archive
from archiver.errors import ArchiveError
from archiver.judging import settle
from archiver.manuscripts.report import Elsewhere
from archiver.model import Snapshot
from archiver.quoting import Judged

MAX_SECONDS = 60.0
"""Of processor time; an archive of a hundred thousand pages is searched by `archiver search`, not on the way."""

_LEAST_WORDS = 5  # fewer stand in many pages by chance
_WORD = re.compile(r"[^\W_]{4,}")
_SOME = 4


def find_elsewhere(archive: Archive, absent: Mapping[int, Judged]) -> tuple[dict[int, Elsewhere], bool]:
    """For quotations that their source does not have, by number: another snapshot in which each holds, newest first; and whether all of
    the archive was looked through. Snapshots of the very page count too: an older version may have had the words."""
    wanted = {number: words for number, judged in absent.items() if (words := _telling(judged.quotation))}
    found: dict[int, Elsewhere] = {}
    began = process_time()
    seen: set[tuple[str, ...]] = set()
    for snapshot in archive.catalogue.snapshots() if wanted else ():
        if process_time() - began > MAX_SECONDS:
            return found, False
        key = tuple(text.sha256 for text in snapshot.texts)
        if not key or key in seen:
            continue
        seen.add(key)
        try:
            texts = archive.texts(snapshot)
        except ArchiveError:
            continue  # a page that is not asked for; `verify` tells of it
        hit = [
            number
            for number, words in wanted.items()
            if number not in found and any(all(word in text.content for word in words) for text in texts)
        ]
        if hit:
            page = match.prepare(texts)
            for number in hit:
                judged = _judged(absent[number], page, snapshot)
                if judged is not None:
                    found[number] = Elsewhere(snapshot, judged)
        if len(found) == len(wanted):
            break
    return found, True


def _judged(absent: Judged, page: match.Prepared, snapshot: Snapshot) -> Judged | None:
    if absent.snapshot is not None and absent.snapshot.id == snapshot.id:
        return None
    judgement = settle(match.judge(absent.quotation, page), snapshot)
    return Judged(absent.quotation, snapshot.url, snapshot, judgement) if judgement.holds else None


def _telling(quotation: str) -> list[str]:
    """The longest words, which a page must have to hold the quotation at all; none where there are too few to tell."""
    if len(quotation.split()) < _LEAST_WORDS and len(quotation) < 30:
        return []
    bare = re.sub(r"[\[［〔(][^\])］〕]*[\])］〕]", " ", quotation)
    words = sorted(set(_WORD.findall(bare)), key=lambda word: (-len(word), word))
    return [word for word in words if word.islower() or not word[1:].islower()][:_SOME] or words[:_SOME]
