"""The parts of a page that may say who made it and when: elements by name, class, ``rel`` and ``itemprop``, in one pass.

What an element is called is a hint, never a proof: the rooms that ask (credits, dates) judge the words. Each part tells how
far from the page's first headline it stands, and whether it stands in furniture: menus, related articles, readers' comments,
teasers; and whether it stands with a picture. What holds the headline is neither, whatever it is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from archiver.texts import decode
from archiver.texts.elements import VOID
from archiver.texts.markup import TOKEN, attributes, lowered, unescape
from archiver.texts.walk import Script


def _listed(words: str) -> list[str]:
    return words.split()


MAX_CHARACTERS = 8_000_000
"""Of a page's source, what is looked at."""

MOST_PARTS = 2_000
MOST_ELEMENTS = 20_000
"""Elements whose attributes are looked at; pages of a megabyte have some thousands."""

_MOST_OPEN = 16  # parts that hold one another
_LONGEST = 1_000  # characters of one part's text
_LONG = 80  # characters of a paragraph from which it is body text

_TAG = tuple(TOKEN.groupindex[name] for name in ("slash", "name", "attributes", "text"))
_ALWAYS = frozenset(["time", "figcaption", "address", "h1"])
_BLOCKS = frozenset(
    _listed(
        """
        address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header li main nav ol p
        section table td tr ul
        """
    )
)
_FURNITURE = frozenset(["nav", "footer", "aside", "form", "select", "menu"])
_NEVER = frozenset(["html", "body", "main", "h1"])
_SEPARATE = frozenset(["a", "span", "strong", "b", "em", "i"])
_SEAM = "\x1f"  # an inline element begins or ends: two of them with no space between are often shown apart
_GLUED = re.compile(rf"(?<=[a-zß-ÿ]){_SEAM}+(?=[A-ZÀ-Þ])")
_HOLDERS = ("a", "article", "figure")
_SAYING = frozenset(["meta", "link", "html"])
_ABOUT_THIS = re.compile(r"auth?or|byline|credit|article|meta")
_TELLING = re.compile(
    r"auth?or|auteur|byline|by-line|writer|reporter|journalist|redakt|credit|copyright|caption|source|quelle|fuente|agenc|agentur"
    r"|date|time|publi|creator|signature|signoff|provider|rel\s*=\s*[\"']?author|photo|contribut",
    re.IGNORECASE,
)
_HINTS = (
    "class",
    "id",
    "rel",
    "itemprop",
    "data-testid",
    "data-test",
    "data-qa",
    "data-component",
    "data-type",
    "property",
)
_AROUND = re.compile(
    r"(?:\A|[\s_-])(?:related|recommend\w*|recirc\w*|teasers?|promos?|comments?|commentlist|sidebar|most-?(?:read|popular|viewed)|trending|popular"
    r"|outbrain|taboola|newsletter|carousel|read-?(?:more|next|also)|more-?(?:from|stories|news|on)|latest|ranking|breadcrumbs?|cookie|consent"
    r"|subscribe|widget|rail|footer|navi?|navigation|nav-?bar|menu|megamenu|also-like|see-also|next-article|prev-article|pagination"
    r"|weitere|verwandt\w*|empfehl\w*|relacionad\w*|kommentare?)(?=\Z|[\s_-])",
    re.IGNORECASE,
)
_PICTURES = frozenset(["figure", "figcaption", "picture", "video"])
_PICTURED = re.compile(
    r"(?:\A|[\s_-])(?:caption|figure|gallery|slideshow|photo-?credit|image-?credit|lightbox|image-?caption)(?=\Z|[\s_-])"
)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Part:
    """One element. ``hints`` are its class, id, ``rel``, ``itemprop`` and test names in lower case; ``text`` its words, ends of
    blocks as line ends, at most 1,000 characters. ``distance`` is how many characters of text stand between the first headline and
    it (negative: before it; None: the page has no headline), ``furniture`` whether it stands in what is about the article,
    ``picture`` whether it stands in a figure, a gallery or a caption, ``aside`` whether a link, an article or a figure holds it
    that does not hold the headline."""

    name: str
    hints: str
    attributes: dict[str, str]
    text: str
    distance: int | None
    furniture: bool
    picture: bool
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """What `read` found. ``paragraphs`` are the first 80 characters of each paragraph of 80 and
    more outside of furniture; ``headline`` is the text of the first ``<h1>``."""

    metas: tuple[dict[str, str], ...]
    links: tuple[dict[str, str], ...]
    scripts: tuple[Script, ...]
    parts: tuple[Part, ...]
    title: str
    headline: str
    language: str
    paragraphs: tuple[str, ...] = ()


@dataclass(slots=True)
class _Capture:
    name: str
    hints: str
    found: dict[str, str]
    depth: int
    at: int
    furniture: bool
    picture: bool
    holders: dict[str, int]
    pieces: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Pass:
    """The pass: open elements by name, how many of each, and the captures that are open."""

    stack: list[tuple[str, bool, bool]] = field(
        default_factory=list
    )  # name, whether it began furniture, or a picture with its words
    count: dict[str, int] = field(default_factory=dict)
    around: int = 0
    pictures: int = 0
    captures: list[_Capture] = field(default_factory=list)
    closed: list[_Capture] = field(default_factory=list)
    metas: list[dict[str, str]] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)
    scripts: list[Script] = field(default_factory=list)
    title: str = ""
    language: str = ""
    at: int = 0
    read: int = 0  # elements whose attributes were looked at
    headline_at: int | None = None
    around_headline: dict[str, int] = field(default_factory=dict)
    paragraph: list[str] | None = None
    paragraphs: list[str] = field(default_factory=list)

    def start(self, name: str, attrs: str) -> None:
        if name in _SAYING:
            self.note(name, attrs)
        if name == "h1" and self.headline_at is None:
            self.begin_headline()
        always = name in _ALWAYS
        found: dict[str, str] = {}
        hints = ""
        tells = always
        if attrs and self.read < MOST_ELEMENTS:
            self.read += 1
            tells = always or _TELLING.search(attrs) is not None
            if tells or "class" in attrs or "id" in attrs:
                found = attributes(attrs)
                hints = " ".join([found[key] for key in _HINTS if key in found]).lower()[:400]
        furniture = _is_furniture(name, hints)
        void = name in VOID or attrs.endswith("/")
        room = len(self.captures) < _MOST_OPEN and len(self.closed) < MOST_PARTS
        if room and tells and (always or name == "a" or _TELLING.search(hints)):
            around = bool(self.around) or furniture
            capture = _Capture(
                name, hints, found, len(self.stack), self.at, around, bool(self.pictures), self.holders()
            )
            (self.closed if void else self.captures).append(capture)
        if not void:
            picture = name in _PICTURES or (bool(hints) and name not in _NEVER and _PICTURED.search(hints) is not None)
            self.stack.append((name, furniture, picture))
            self.count[name] = self.count.get(name, 0) + 1
            self.around += furniture
            self.pictures += picture
        if name in _BLOCKS:
            self.break_line(name)
        elif name in _SEPARATE and self.captures:
            self.say(_SEAM)
        if name == "p" and not self.around and len(self.paragraphs) < MOST_PARTS:
            self.paragraph = []

    def holders(self) -> dict[str, int]:
        """How many of each that may hold another article's date are open."""
        return {name: self.count[name] for name in _HOLDERS if self.count.get(name)}

    def note(self, name: str, attrs: str) -> None:
        """What the page says of itself."""
        found = attributes(attrs)
        if name == "meta":
            self.metas.append(found)
        elif name == "html":
            self.language = self.language or found.get("lang", "")
        elif any(word in attrs for word in ("canonical", "syndication", "original", "author", "alternate")):
            self.links.append(found)

    def begin_headline(self) -> None:
        """What holds the headline is no furniture."""
        self.headline_at = self.at
        self.around_headline = self.holders()
        self.stack = [(open_, False, False) for open_, _, _ in self.stack]
        self.pictures = 0
        self.around = 0
        for capture in self.captures:
            capture.furniture = False

    def break_line(self, name: str) -> None:
        self.say("\n")
        if self.paragraph is not None and name != "br":
            text = _line("".join(self.paragraph))
            if len(text) >= _LONG:
                self.paragraphs.append(text[:_LONG])
            self.paragraph = None

    def end(self, name: str) -> None:
        if name in _BLOCKS:
            self.break_line(name)
        elif name in _SEPARATE and self.captures:
            self.say(_SEAM)
        if not self.count.get(name):
            return
        while self.stack:
            open_, furniture, picture = self.stack.pop()
            self.count[open_] -= 1
            self.around -= furniture
            self.pictures -= picture
            if open_ == name:
                break
        while self.captures and self.captures[-1].depth >= len(self.stack):
            self.closed.append(self.captures.pop())

    def say(self, text: str) -> None:
        for capture in self.captures:
            if len(capture.pieces) < _LONGEST:
                capture.pieces.append(text)

    def text(self, text: str) -> None:
        if text.isspace():
            self.say(" ")
            return
        self.at += len(text)
        if self.captures or self.paragraph is not None:
            words = unescape(text[:_LONGEST])
            self.say(words)
            if self.paragraph is not None and len(self.paragraph) < _LONG:
                self.paragraph.append(words)

    def raw(self, name: str, attrs: str, content: str) -> None:
        if name == "script" and content:
            found = attributes(attrs)
            self.scripts.append(Script(found.get("type", "").lower(), found.get("id", ""), content))
        elif name == "title" and not self.title:
            self.title = _line(unescape(content[:_LONGEST]))

    def parts(self) -> Iterator[Part]:
        everything = sorted(self.closed + self.captures, key=lambda capture: capture.at)  # stable
        for capture in everything:
            distance = None if self.headline_at is None else capture.at - self.headline_at
            words = _GLUED.sub("\n", "".join(capture.pieces)[: 4 * _LONGEST]).replace(_SEAM, "")
            lines = (_line(line) for line in words.split("\n"))
            text = "\n".join(filter(None, lines))[:_LONGEST]
            aside = any(number > self.around_headline.get(name, 0) for name, number in capture.holders.items())
            aside = aside and self.headline_at is not None
            yield Part(
                capture.name, capture.hints, capture.found, text, distance, capture.furniture, capture.picture, aside
            )


def read(page: bytes | str, content_type: str | None = None) -> Outline:
    """Draw the outline of a page from its bytes (charset as `decode` finds it) or its source; linear in its length. Never raises."""
    source = decode.decode(page, content_type).text if isinstance(page, bytes) else page
    source = source[:MAX_CHARACTERS]
    run = _Pass()
    first = source.find("<")
    if first >= 0:
        for token in TOKEN.finditer(source, first):
            slash, name, attrs, text = token.group(*_TAG)
            if name is not None:
                name = lowered(name)
                if not slash:
                    run.start(name, attrs)
                elif name in _BLOCKS or run.count.get(name):
                    run.end(name)
            elif token["raw"] is not None:
                run.raw(token["raw"].lower(), token["rawattributes"], token["content"])
            if text:
                run.text(text)
    parts = tuple(run.parts())
    headline = next((part.text.replace("\n", " ") for part in parts if part.name == "h1" and part.text), "")
    return Outline(
        tuple(run.metas),
        tuple(run.links),
        tuple(run.scripts),
        parts,
        run.title,
        headline,
        run.language,
        tuple(run.paragraphs),
    )


def _is_furniture(name: str, hints: str) -> bool:
    if name in _NEVER or not (name in _FURNITURE or (hints and _AROUND.search(hints))):
        return False
    return not (name in {"aside", "footer"} and _ABOUT_THIS.search(hints))


def _line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
