"""Captions (WebVTT, SubRip): the words that are spoken, in the order in which they are shown, each with the time of its cue.

https://www.w3.org/TR/webvtt1/; SubRip has no standard beyond a counter, a line of times and the words. Cues follow one another as the words of one
text, since sentences run across them; a line ends where another person speaks. What is shown again is said once.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archiver.model import extractors
from archiver.model.text import Layer, Place, Reading, Text
from archiver.texts import plain
from archiver.texts.payload import Payload

EXTRACTOR = extractors.CAPTIONS
VERSION = extractors.VERSIONS[EXTRACTOR]
"""Counted up whenever another text would be drawn from the same bytes."""

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d\d)[.,](\d{1,3})"
_TIMES = re.compile(rf"\s*+{_TIME}\s*+-->\s*+{_TIME}(?:\s.*)?")
_RUBY = re.compile(r"<rt\b[^<>]*>[^<]*+(?:</rt>)?", re.IGNORECASE)
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^<>]*)>", re.IGNORECASE)
_NAMES = r"(?:c|i|b|u|v|s|lang|ruby|rt|rp|font|em|strong|span|br|p)(?=[\s.>/])"
_TAG = re.compile(rf"</?(?:{_NAMES}[^<>\n]*|\d[\d:.]*)>|\{{\\[^{{}}\n]*\}}|\\[Nh]", re.IGNORECASE)
_CHANGE = re.compile(r"\s*+>{2,3}\s*+")
_DASH = re.compile(r"[-–‐]\s?(?=[^\W_]|[\"“„«¿¡'])")
_MUSIC = re.compile(r"[♩♪♫♬]")
_SOUND = re.compile(r"\[[^\[\]]*\]")
_ASIDE = re.compile(
    r"\((?:[^\s()]+\s){0,2}[^\s().!?]+\)|（[^（）]{1,12}）"
)  # tells of a sound where it is all of a cue
_ENDS = frozenset(".!?…。！？\"”»’')]:؟।")

_MOST_LINES = 8  # of a cue that are held against another's
_TOUCHING = 100  # milliseconds between a cue and the next one that shows its lines again
_LINE_OF = 4  # words of a line that nobody says twice in a row
_ROLLING = 0.2  # share of cues that repeat the one before, from which on captions roll


@dataclass(frozen=True, slots=True)
class _Line:
    words: str
    new_speaker: bool


@dataclass(frozen=True, slots=True)
class _Cue:
    begin: int
    end: int
    lines: tuple[_Line, ...]


def read(text: str) -> Text | None:
    """The spoken words as the `document` layer with the times of their cues as places; None where there is none.

    What stands outside of cues (header, comments, styles, counters, names of cues) is left out, and so are marks of style and voice,
    speaker marks (``>>``, dashes) and lines that only tell of a sound (``[Music]``).
    """
    cues = sorted(_cues(text), key=lambda cue: cue.begin)
    rolling = _is_rolling(cues)
    pieces: list[str] = []
    places: list[Place] = []
    length, before = 0, None
    for cue in cues:
        lines = _new_lines(before, cue, rolling=rolling)
        before = cue if cue.lines else before
        for number, line in enumerate(lines):
            joint = "" if not pieces else "\n" if line.new_speaker else " "
            if not number:
                places.append(Place(length + len(joint), begin=cue.begin, end=max(cue.begin, cue.end)))
            pieces.append(joint + line.words)
            length += len(pieces[-1])
    if not pieces:
        return None
    return Text(Layer.DOCUMENT, "".join(pieces), EXTRACTOR, VERSION, places=tuple(places))


def read_payload(payload: Payload) -> Reading:
    """The layer of a file of captions. Never raises."""
    return plain.read_text(payload, read)


def _cues(text: str) -> Iterator[_Cue]:
    rows = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").split("\n")
    is_vtt = rows[0].startswith("WEBVTT")
    voices = _Voices()
    times: tuple[int, int] | None = None
    words: list[str] = []
    open_ = False  # the rows belong to the cue
    for at, row in enumerate([*rows, "0:00.0 --> 0:00.0"]):
        found = _TIMES.fullmatch(row)
        if found:
            if times:
                yield _Cue(*times, voices.lines(words))
            times = _milliseconds(found.groups()[:4]), _milliseconds(found.groups()[4:])
            words, open_ = [], True
        elif not row.strip():
            # a row of blanks is none that ends a cue, and SubRip has cues with empty rows in them
            open_ = open_ and not (is_vtt and row == "")
        elif open_ and not (row.strip().isdigit() and at + 1 < len(rows) and _TIMES.fullmatch(rows[at + 1])):
            words.append(row)


def _milliseconds(groups: Sequence[str | None]) -> int:
    hours, minutes, seconds, fraction = (group or "0" for group in groups)
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(fraction.ljust(3, "0"))


@dataclass(slots=True)
class _Voices:
    """Who speaks: the name that was given last, and whether a sentence has just ended, so that somebody else may begin."""

    name: str = ""
    sentence_ended: bool = True

    def lines(self, rows: list[str]) -> tuple[_Line, ...]:
        """The lines of a cue without their marks."""
        lines: list[_Line] = []
        new, may_dash = False, self.sentence_ended
        for row in rows:
            named = _VOICE.search(row)
            if named and named[1].strip() != self.name:
                self.name, new = named[1].strip(), True
            words = html.unescape(_TAG.sub(lambda tag: " " if tag[0][0] == "\\" else "", _RUBY.sub("", row))).strip()
            dash = _DASH.match(words) if may_dash else None
            if dash and words[dash.end()].islower():
                dash = None  # it parts a sentence
            may_dash = dash is not None  # in a cue of two speakers, each line has one
            for number, part in enumerate(_CHANGE.split(words[dash.end() if dash else 0 :])):
                new = new or number > 0 or dash is not None
                kept = " ".join(_MUSIC.sub(" ", part).split())
                if kept and not _SOUND.fullmatch(kept):
                    lines.append(_Line(kept, new))
                    new = False
        if all(_ASIDE.fullmatch(line.words) for line in lines):
            return ()
        self.sentence_ended = lines[-1].words[-1] in _ENDS
        return tuple(lines)


def _overlap(before: _Cue | None, cue: _Cue) -> tuple[int, str]:
    """How many lines at the head of a cue are those that the cue before it ended with, right before it; and what the last of them has
    grown by, ``""`` where it has not."""
    if before is None or cue.begin > before.end + _TOUCHING:
        return 0, ""
    old, new = ([line.words for line in one.lines[:_MOST_LINES]] for one in (before, cue))
    for count in range(min(len(old), len(new)), 0, -1):
        if old[-count:] == new[:count]:
            return count, ""
    for count in range(min(len(old), len(new)), 0, -1):
        if old[-count:-1] == new[: count - 1] and new[count - 1].startswith(old[-1] + " "):
            return count, new[count - 1][len(old[-1]) + 1 :]
    return 0, ""


def _is_rolling(cues: list[_Cue]) -> bool:
    """Whether a file shows lines again as a rule, as captions that were written by a machine do."""
    spoken = [cue for cue in cues if cue.lines]
    repeats = sum(_overlap(before, cue)[0] > 0 for before, cue in pairwise(spoken))
    return repeats >= max(3, _ROLLING * len(spoken))


def _new_lines(before: _Cue | None, cue: _Cue, *, rolling: bool) -> tuple[_Line, ...]:
    """The lines of a cue that were not shown by the one before. Somebody may say a short line twice, and then it is there twice."""
    count, grown = _overlap(before, cue)
    if rolling:
        rest = (_Line(grown, new_speaker=False),) if grown else ()
        return rest + cue.lines[count:]
    words = " ".join(line.words for line in cue.lines[:count])
    is_long = len(words.split()) >= _LINE_OF or len(words) >= 4 * _LINE_OF
    return cue.lines[count:] if is_long and not grown else cue.lines
