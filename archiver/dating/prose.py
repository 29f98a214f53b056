"""Dates in the words of a text: about its head when it was published or changed, in its sentences what it tells of.

A page's whole text has the titles and dates of other articles in it, today's date, readers' comments and what a menu offers "today". So a date
is the text's own only between its headline and its first paragraph, and what it tells of stands in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from archiver.dating import parsing
from archiver.dating.claim import DateClaim, What, claim

CHANGED = re.compile(
    r"updated?\b|modified|aktualisiert|geändert|stand:|mis à jour|modifié|actualizad|atualizad|aggiornat|bijgewerkt"
    r"|uppdaterad|oppdatert|opdateret|aktualizo|güncelle|обновлен|оновлено|更新|수정|تحديث|diperbarui"
    r"|cập nhật|revised|last\s?changed",
    re.IGNORECASE,
)
PUBLISHED = re.compile(
    r"publish|posted|first\s+aired|issued|original\b|veröffentlicht|erstellt|publié|paru\b|publicad|pubblicat|gepubliceerd|publicerad|publisert|udgivet"
    r"|julkaistu|opublikowan|publikacj|zveřejněn|publikov|yayın|опубликован|опубліковано|発行|公開|掲載|配信|发布|發布|发表|입력|등록|نشر|diterbitkan|đăng",
    re.IGNORECASE,
)
_HEAD = 40  # lines behind the headline in which a text is dated
_CLOSE = 12  # lines behind it in which a date needs no word of publishing
_ROOM = 45  # characters beside a date on its line: names, places, a weekday; more is a sentence
_LONG = 110  # characters of a line that is a paragraph
_KEY = 40  # characters by which the headline and a paragraph are found again
_WORDS = 4  # words in small letters beside a date; so many are what is below a picture
_GAP = 30  # lines between two paragraphs of one article
_MOST = 200
_SENTENCE = 40  # characters of a line that ends as a sentence does; in scripts without spaces fewer
_WINDOW = 200  # characters about a date that are looked at
_END = re.compile(r"[.!?…。！？؟।][\"'”’»«」』)）\]\s]{0,4}\Z")
_SHORT = re.compile(
    r"\s?(?:[ap]\.m|\bmin)\.\Z|(?:…|\.\.\.)\W{0,4}\Z", re.IGNORECASE
)  # short forms; a teaser that breaks off
_SMALL = re.compile(r"(?<![^\W\d_])[a-zà-ÿ]{2,}")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines of a text with where they begin; the numbers of the line of the ``headline`` (-1: it stands nowhere) and of the ``last`` of the body."""

    lines: tuple[tuple[int, str], ...]
    headline: int
    last: int


def read(text: str, headline: str = "", paragraphs: Collection[str] = ()) -> Iterator[DateClaim]:
    """The dates of a text. ``headline`` and ``paragraphs`` (their beginnings) are those of its page. A Unix time on a line of its own is when a
    program wrote it."""
    found = _lines(text, headline, paragraphs)
    count = 0
    before = True
    for number, (at, line) in enumerate(found.lines):
        seen = number - max(0, found.headline) + 1
        if number > found.headline:
            before = before and len(line) < _LONG
        if moment := parsing.unix(line):
            count += 1
            if count > _MOST:
                return
            yield claim(What.PUBLISHED, moment, line, "text, Unix time", at)
            continue
        inside = found.headline <= number <= found.last  # what stands above the headline is the site's
        after = 0
        for moment, begin, end in parsing.in_words(line):
            count += 1
            if count > _MOST:
                return
            what = (
                _of_line(line, after, begin, end, alone=before and seen <= _CLOSE) if inside and seen <= _HEAD else None
            )
            if what is What.PUBLISHED and not before:
                what = None  # the date of a picture, or of another article
            after = end
            if what is not None:
                yield claim(what, moment, line[begin:end], "text, head", at + begin)
            elif inside and is_told(line, begin, end):
                yield claim(What.EVENT, moment, line[begin:end], "text, body", at + begin)


def is_told(line: str, begin: int = 0, end: int = 0) -> bool:
    """True where the words about a date are a sentence, or long enough for one: no entry of a list, no menu, no line about a comment."""
    after = line[end : end + _WINDOW].strip()
    line = _SHORT.sub("", line[max(0, begin - _WINDOW) : end + _WINDOW].strip())
    if _END.search(line) is not None:
        return len(line) >= (_SENTENCE // 2 if _UNSPACED.search(line) else _SENTENCE)
    return len(line) >= _LONG and bool(after or not end) and not _SHORT.search(after)  # a long byline ends with a date


def extent(text: str, headline: str = "", paragraphs: Collection[str] = ()) -> tuple[int, int]:
    """Where the article begins and ends in a text, in code points, as far as its page tells."""
    found = _lines(text, headline, paragraphs)
    inside = found.lines[max(0, found.headline) : found.last + 1]
    return (inside[0][0], inside[-1][0] + len(inside[-1][1])) if inside else (0, len(text))


def is_dated(line: str, begin: int) -> What | None:
    """What the words before a date on its line say that it is; None where they say nothing."""
    before = line[max(0, begin - 60) : begin]
    changed = max((match.start() for match in CHANGED.finditer(before)), default=-1)
    published = max((match.start() for match in PUBLISHED.finditer(before)), default=-1)
    if changed == published:
        return None
    return What.MODIFIED if changed > published else What.PUBLISHED


def _of_line(line: str, after: int, begin: int, end: int, *, alone: bool) -> What | None:
    """A line of little more than a date dates the text, where it may do so ``alone`` or says so; ``after`` is where the date before it ends."""
    if len(line) > 100 or is_told(line, begin, end):
        return None
    said = is_dated(line[after:], begin - after)
    rest = line[:begin] + line[end:]
    if said is None and alone and len(rest) <= _ROOM and len(_SMALL.findall(rest)) < _WORDS:
        return What.PUBLISHED
    return said


def _lines(text: str, headline: str, paragraphs: Collection[str]) -> _Lines:
    lines: list[tuple[int, str]] = []
    start = 0
    for line in text.split("\n"):
        if stripped := line.strip():
            lines.append((start + line.find(stripped[0]), stripped))
        start += len(line) + 1
    keys = {paragraph[:_KEY] for paragraph in paragraphs}
    body = [
        number for number, (_, line) in enumerate(lines) if line[:_KEY] in keys or (not keys and len(line) >= _LONG)
    ]
    first = _headline(lines, body, headline[:_KEY])
    return _Lines(tuple(lines), first, _last(body, first, len(lines)) if keys else len(lines))


def _headline(lines: Sequence[tuple[int, str]], body: Sequence[int], headline: str) -> int:
    """The line of the headline that most paragraphs follow: it stands in the page's title and among other articles' too."""
    heads = [number for number, (_, line) in enumerate(lines) if line.startswith(headline)] if headline else []
    best, most = -1, -1
    at = 0
    for head, following in zip(heads, [*heads[1:], len(lines)], strict=False):
        while at < len(body) and body[at] < head:
            at += 1
        first = at
        while at < len(body) and body[at] < following:
            at += 1
        if at - first > most:
            best, most = head, at - first
    return best


def _last(body: Sequence[int], first: int, count: int) -> int:
    """The last line of the body: behind a wide gap another article begins, or the page's foot."""
    last: int | None = None
    for number in body:
        if number > first:
            if last is not None and number - last > _GAP:
                break
            last = number
    return count if last is None else last
