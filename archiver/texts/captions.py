"""Captions (WebVTT, SubRip): the words that are spoken, without their times, in the order in which they are shown.

https://www.w3.org/TR/webvtt1/; SubRip has no standard beyond a counter, a line of times and the words.
"""

from __future__ import annotations

import html
import re

from archiver.model.text import Layer, Reading, Text
from archiver.texts import plain
from archiver.texts.payload import Payload

VERSION = "1"

_TIMES = re.compile(r"\s*(?:\d{1,4}:)?\d{1,2}:\d\d[.,]\d{1,3}\s*-->\s*(?:\d{1,4}:)?\d{1,2}:\d\d[.,]\d{1,3}.*")
_TAG = re.compile(r"</?(?:[a-zA-Z][^<>\n]*|\d[\d:.]*)>|\{\\[^{}\n]*\}")


def read(text: str) -> Text | None:
    """The spoken words as the `document` layer, None where there is none. Lines that are shown again right away come once.

    What stands outside of cues (header, comments, styles, counters, names of cues) is left out, and so are marks of style and voice.
    """
    spoken: list[str] = []
    in_cue = False
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if _TIMES.fullmatch(line):
            in_cue = True
        elif not line.strip():
            in_cue = False
        elif in_cue:
            words = html.unescape(_TAG.sub("", line)).strip()
            if words and (not spoken or spoken[-1] != words):
                spoken.append(words)
    content = "\n".join(spoken)
    return Text(Layer.DOCUMENT, content, "archiver-captions", VERSION) if content else None


def read_payload(payload: Payload) -> Reading:
    """The layer of a file of captions. Never raises."""
    return plain.read_text(payload, read)
