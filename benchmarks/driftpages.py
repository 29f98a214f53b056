"""Pages of the corpus whose sentences can be edited inside their HTML, and the edits: nothing here asks the program what it thinks of them."""

from __future__ import annotations

import gzip
import html as markup
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from archiver.texts.decode import decode

_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_OPEN = re.compile(r"<p[\s>]")
_SENTENCE = re.compile(r"(?<=[.!?。！？])[”»」\"']?\s+|(?<=[。！？])")
_BODY = re.compile(r"<body[^<>]*>", re.IGNORECASE)
_ENDED = (".", "!", "?", "。", "！", "？")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that stands once in a page: its words, and the characters of the HTML that hold it and its paragraph."""

    text: str
    start: int
    end: int
    paragraph: tuple[int, int]


@dataclass(frozen=True)
class Page:
    """A page as it was crawled, in characters; ``gold`` are the lines of its article."""

    id: str
    lang: str
    html: str
    gold: tuple[str, ...]
    squashed: str

    def find(self, text: str) -> Sentence | None:
        """A sentence in one piece of text in a paragraph, of which no half stands anywhere else in the page in whatever spelling."""
        letters = squash(text)
        half = len(letters) // 2
        if half < 10 or any(self.squashed.count(part) != 1 for part in (letters[:half], letters[half:])):
            return None
        for spelt in (text, escape(text), markup.escape(text), escape(text).replace("’", "&#8217;")):
            start = self.html.find(spelt)
            if start < 0:
                continue
            opened = [found.start() for found in _OPEN.finditer(self.html, max(0, start - 20_000), start)]
            closed = self.html.find("</p>", start)
            if not opened or closed < 0 or "</p>" in self.html[opened[-1] : start]:
                return None
            return Sentence(text, start, start + len(spelt), (opened[-1], closed + 4))
        return None

    def sentences(self, random: Random, most: int) -> list[Sentence]:
        """Some of its sentences, each of another paragraph, in the order of the page."""
        lines = [line for line in self.gold if line.strip().endswith(_ENDED)]
        random.shuffle(lines)
        found: dict[tuple[int, int], Sentence] = {}
        for line in lines:
            pieces = [piece.strip() for piece in _SENTENCE.split(line) if piece]
            whole = [
                piece for piece in pieces if 40 <= len(piece) <= 300 and piece.endswith(_ENDED) and _is_plain(piece)
            ]
            one = self.find(random.choice(whole)) if whole else None
            if one is not None:
                found.setdefault(one.paragraph, one)
            if len(found) >= most:
                break
        return sorted(found.values(), key=lambda sentence: sentence.start)

    def edited(self, *edits: tuple[int, int, str]) -> str:
        """The HTML with stretches of it replaced by other HTML."""
        out = self.html
        for start, end, new in sorted(edits, reverse=True):
            out = out[:start] + new + out[end:]
        return out


def _is_plain(text: str) -> bool:
    """No brackets and no dots for what is left out: as part of a quotation they would stand for something."""
    return not set("[](){}…") & set(text) and "..." not in text and text[0].isalnum()


def squash(text: str) -> str:
    """Letters and digits alone, entities (of attributes twice) and escapes of scripts undone."""
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), markup.unescape(markup.unescape(text)))
    return "".join(filter(str.isalnum, plain)).lower()


def escape(text: str) -> str:
    return markup.escape(text, quote=False)


@dataclass(frozen=True)
class Corpus:
    """The pages and the labelled quotations of the shared corpus."""

    root: Path

    def pages(self, most_bytes: int = 400_000) -> list[str]:
        """The ids of pages that are not too large, in the order of the corpus."""
        return [id_ for id_, row in _rows(self.root).items() if row["bytes"] <= most_bytes]

    def page(self, id_: str) -> Page:
        return _page(self.root, id_)

    def altered(self) -> Iterator[dict[str, Any]]:
        """Quotations that were altered in one way, with the sentence of the page that they were made of."""
        with (self.root / "quotes/quotes.jsonl").open(encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                if row["label"] == "altered" and len(row["gold_spans"]) == 1:
                    yield row


@lru_cache(maxsize=2)
def _rows(root: Path) -> dict[str, dict[str, Any]]:
    with (root / "pages/pages.jsonl").open(encoding="utf-8") as file:
        return {row["id"]: row for row in map(json.loads, file)}


@lru_cache(maxsize=16)
def _page(root: Path, id_: str) -> Page:
    row = _rows(root)[id_]
    text = decode(gzip.decompress((root / row["html"]).read_bytes()), None).text
    gold = (root / row["gold"]).read_text("utf-8").splitlines()
    return Page(id_, row["lang"], text, tuple(line for line in gold if line.strip()), squash(text))


def behind_body(html: str) -> int:
    """Where the body begins."""
    found = _BODY.search(html)
    return found.end() if found else 0


def before_end(html: str) -> int:
    """Where the body ends."""
    at = html.lower().rfind("</body>")
    return at if at >= 0 else len(html)
