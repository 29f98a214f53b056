"""One pass over the tokens of a page, which finds the text and everything else that is read from it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archiver.model.text import NOT_SHOWN
from archiver.texts.elements import (
    BLOCKS,
    DROPPED,
    FRAMES,
    HOLDS_COMMENTS,
    NEVER_HIDDEN,
    NOTED,
    OPEN_ENDED,
    PREFORMATTED,
    READING_AIDS,
    REFERRING,
    SKIPPED,
    SPECIAL,
    SPECIAL_END,
    UNSEEN,
    VOID,
)
from archiver.texts.marked import ASIDE, BACK, BLOCK, HIDE, SHOW
from archiver.texts.markup import TOKEN, XML_TOKEN, attributes, lowered, unescape

_TAG = tuple(TOKEN.groupindex[name] for name in ("slash", "name", "attributes", "text"))  # by number: faster
_LONG = 400  # characters of attributes from which one of them may hold text
_REACH = 256  # how many open elements an end tag is looked for among, inside a hidden one: keeps the pass linear

_NOT_DISPLAYED = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# Read aloud, and shown nowhere: such words stand in the middle of sentences ("opens in a new window").
_FOR_SCREEN_READERS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?|show-for-sr|a11y-hidden)(?=\s|$)",
    re.IGNORECASE,
)
_WORD_BREAKS = re.compile(r"[-_]+|(?<=[a-z])(?=[A-Z])")
_READERS_COMMENTS = re.compile(
    r"""
    (?:(?:article|blog|c|content|entry|item|js|news|o|page|post|reader|readers|story|the|user|visitor)-)*
    (?:comments?|commentlist|disqus(?:-thread)?|commentaires?|comentarios?|commenti|kommentare?|kommentarer|komentarze|reacties)
    (?:-(?:app|area|block|body|box|container|content|feed|holder|item|items|list|panel|respond|root|section|template|thread
       |threads|wrap|wrapper))*
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Script:
    """An inline script or data block: its ``type`` and ``id``, and its source; or the name and value of a long data
    attribute."""

    kind: str
    name: str
    source: str


@dataclass(slots=True)
class Walk:
    """The pass and what it finds: ``run`` once, then read the fields.

    ``out`` is the marked text, ``shown`` the source for the article extractor, both in pieces. ``strict``: what
    styles and ``hidden`` hide is unseen too. ``xml``: CDATA sections are text. ``rendered``: the source is a page that a
    browser wrote out, with a mark on what it did not show, and with its shadow trees. The source must hold none of the
    three marks."""

    source: str
    xml: bool
    strict: bool
    rendered: bool = False
    out: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    kept_from: int = 0
    hidden: list[str] = field(default_factory=list)  # open elements from the hidden one on; empty: all is shown
    cut: bool = False  # the hidden element is left out of the shown source as well
    skipped: str = ""  # the element that the shown source is without
    skipped_depth: int = 0  # how many of its name are open
    aside: bool = False  # a reading aid is left out of the shown source
    preformatted: int = 0
    svg: int = 0
    title: str | None = None
    language: str = ""
    scripts: list[Script] = field(default_factory=list)
    metas: list[dict[str, str]] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    password: bool = False
    referring: list[tuple[str, str]] = field(default_factory=list)  # start tags that may name images, styles or fonts
    styles: list[str] = field(default_factory=list)

    def run(self) -> None:
        source, out = self.source, self.out
        first = source.find("<")
        out.append(unescape(source if first < 0 else source[:first]))
        if first < 0:
            return
        for token in (XML_TOKEN if self.xml else TOKEN).finditer(source, first):
            slash, name, attrs, text = token.group(*_TAG)
            if name is None:
                self.other(token)
            else:
                name = lowered(name)
                if name in BLOCKS:
                    out.append(BLOCK)
                elif name == "q":  # browsers draw its marks, in the shapes of the page's language
                    out.append("”" if slash else "“")
                if slash:
                    if self.hidden or name in SPECIAL_END:
                        self.end(name, token)
                else:
                    # This is asked of every tag of every page: parts of words that may tell of something hidden, of
                    # readers' comments or of words for screen readers.
                    telling = attrs and (
                        "dden" in attrs
                        or "none" in attrs
                        or "omme" in attrs
                        or "omen" in attrs
                        or "isqus" in attrs
                        or "eactie" in attrs
                        or "reader" in attrs
                        or "sr-only" in attrs
                        or (len(attrs) > _LONG and ("{" in attrs or "srcdoc" in attrs))
                    )
                    if attrs and (name in REFERRING or "url(" in attrs or "data-b" in attrs):
                        self.referring.append((name, attrs))
                    if telling or self.hidden or name in SPECIAL:
                        self.start(name, attrs, token, telling=bool(telling))
            if text:
                if self.preformatted:
                    text = text.replace("\r\n", "\n").replace("\n", BLOCK)
                out.append(unescape(text) if "&" in text else text)
        self.finish()

    def text(self) -> str:
        """The marked text in one, once: the pieces are let go, since of two million tags they take twenty times its size."""
        text = "".join(self.out)
        self.out.clear()
        return text

    def start(self, name: str, attrs: str, token: re.Match[str], *, telling: bool) -> None:
        if name in DROPPED:
            self.drop(token)
        elif name in READING_AIDS:
            self.step_aside(token)
        elif name in SKIPPED:
            self.skip(name, attrs, token)
        elif name == "body" and self.skipped == "head":  # </head> may be left out
            self.skipped = ""
            self.kept_from = token.start()
        if self.hidden:
            self.nest(name, attrs, token)
        elif telling or name in UNSEEN:
            self.maybe_hide(name, attrs, token)
        if telling or name in NOTED:
            self.look(name, attrs)

    def end(self, name: str, token: re.Match[str]) -> None:
        if self.hidden:
            self.leave(name, token)
        if name in READING_AIDS or name == "ruby":
            self.step_back(token)
        if name in PREFORMATTED:
            self.preformatted = max(0, self.preformatted - 1)
        elif name == "svg":
            self.svg = max(0, self.svg - 1)
        if name == self.skipped:
            self.skipped_depth -= 1
            if not self.skipped_depth:
                self.skipped = ""
                self.kept_from = token.start("text")

    def finish(self) -> None:
        if self.hidden:
            self.show(len(self.source))
        self.keep_until(len(self.source))  # what an element that never ended would have left out, is kept

    # -- what the article extractor is not given --

    def keep_until(self, position: int) -> None:
        """The shown source goes on to here, and is then left out until ``kept_from`` is set."""
        self.shown.append(self.source[self.kept_from : position])

    def skip(self, name: str, attrs: str, token: re.Match[str]) -> None:
        if self.skipped == name:
            self.skipped_depth += 1
        elif not self.skipped and not (self.hidden and self.cut) and not attrs.endswith("/"):
            self.keep_until(token.start())
            self.kept_from = token.start()
            self.skipped, self.skipped_depth = name, 1

    def drop(self, token: re.Match[str]) -> None:
        """Leave one token out of the shown source."""
        if not self.skipped and not (self.hidden and self.cut):
            self.keep_until(token.start())
            self.kept_from = token.start("text")

    def step_aside(self, token: re.Match[str]) -> None:
        """A reading aid begins; its end tag may be left out."""
        self.out.append(ASIDE)
        if not self.aside and not self.skipped and not (self.hidden and self.cut):
            self.keep_until(token.start())
            self.kept_from = token.start()
            self.aside = True

    def step_back(self, token: re.Match[str]) -> None:
        self.out.append(BACK)
        if self.aside:
            self.kept_from = token.start("text")
            self.aside = False

    # -- hidden elements --

    def maybe_hide(self, name: str, attrs: str, token: re.Match[str]) -> None:
        """Begin an unseen span where this start tag is of an element that is not shown."""
        if name in NEVER_HIDDEN or self.is_empty(name, attrs):
            return
        found = attributes(attrs)
        not_shown = (name in UNSEEN and not _is_shown_after_all(name, found)) or self.hides(found)
        # `<div id="comments"/>` is meant as a place to jump to, and what follows is shown
        if not_shown or (name in HOLDS_COMMENTS and not attrs.endswith("/") and _is_comments(found)):
            self.hidden.append(name)
            self.out.append(HIDE)
            self.cut = not self.skipped
            if self.cut:
                self.keep_until(token.start())

    def is_empty(self, name: str, attrs: str) -> bool:
        """Whether the element ends with its start tag: ``<p/>`` does in XML and in SVG, in HTML the slash says nothing."""
        return name in VOID or (attrs.endswith("/") and (self.xml or self.svg > 0))

    def hides(self, found: dict[str, str]) -> bool:
        """Whether an element with these attributes is not shown, whatever it is."""
        return self.strict and (_is_marked if self.rendered else _is_hidden)(found)

    def nest(self, name: str, attrs: str, token: re.Match[str]) -> None:
        """A start tag inside a hidden element."""
        if self.is_empty(name, attrs):
            return
        if name in OPEN_ENDED and self.hidden[-1] == name:
            self.hidden.pop()
            if not self.hidden:  # <li hidden> ... <li>
                self.show(token.start())
                self.maybe_hide(name, attrs, token)
                return
        self.hidden.append(name)

    def leave(self, name: str, token: re.Match[str]) -> None:
        """An end tag inside a hidden element."""
        hidden = self.hidden
        if hidden[-1] == name:
            hidden.pop()
        elif name in NEVER_HIDDEN or (hidden[0] in OPEN_ENDED and name in BLOCKS and name not in hidden[-_REACH:]):
            self.show(token.start())
            return
        else:  # inline elements are closed out of order at times; a stray end tag closes nothing
            for depth in range(len(hidden) - 1, max(-1, len(hidden) - _REACH), -1):
                if hidden[depth] == name:
                    del hidden[depth:]
                    break
        if not hidden:
            self.show(token.start("text"))

    def show(self, position: int) -> None:
        self.hidden.clear()
        self.out.append(SHOW)
        if self.cut:
            self.kept_from = position

    # -- everything that is not a plain tag --

    def other(self, token: re.Match[str]) -> None:
        """A raw element, a comment, CDATA, or a ``<`` that begins nothing."""
        raw = token["raw"]
        if raw is not None:
            self.raw(raw.lower(), token)
        elif token["stray"] is not None:
            self.out.append("<")
        elif token["cdata"] is not None:
            self.cdata(token)
        elif token["comment"] is not None:
            self.drop(token)

    def cdata(self, token: re.Match[str]) -> None:
        if self.xml or self.svg:
            self.out.append(token["cdata"] if self.xml else token["cdata"].removesuffix("]]"))
        else:
            self.drop(token)

    def raw(self, name: str, token: re.Match[str]) -> None:
        content = token["content"]
        if name in {"script", "style"}:
            self.drop(token)
            if name == "style":
                self.styles.append(content)
            elif content:
                found = attributes(token["rawattributes"])
                self.scripts.append(Script(found.get("type", "").lower(), found.get("id", ""), content))
        elif name == "title":
            if not self.svg:  # an icon's title is no text of the sentence that it stands in
                self.out.append(f"{BLOCK}{unescape(content)}{BLOCK}")
                self.title = unescape(content) if self.title is None else self.title
        else:
            words = unescape(content) if name == "textarea" else content
            words = BLOCK + words.replace("\n", BLOCK) + BLOCK
            if not self.hidden and (name == "noembed" or self.hides(attributes(token["rawattributes"]))):
                words = HIDE + words + SHOW
                self.drop(token)
            self.out.append(words)

    def look(self, name: str, attrs: str) -> None:
        """Note what the page says of itself, and long attributes, which may hold text."""
        if name in PREFORMATTED:
            self.preformatted += 1
        elif name == "svg":
            self.svg += not attrs.endswith("/")
        elif name == "meta":
            self.metas.append(attributes(attrs))
        elif name == "link":
            if "canonical" in attrs:
                self.links.append(attributes(attrs))
        elif name == "time":
            self.times.append(attributes(attrs).get("datetime", ""))
        elif name == "html":
            self.language = self.language or attributes(attrs).get("lang", "")
        elif name == "input":
            self.password = self.password or "password" in attrs
        elif name in FRAMES:
            self.frames.append(attributes(attrs).get("src", "")[:_LONG])
        if len(attrs) > _LONG and name != "meta":
            self.long_values(attrs)

    def long_values(self, attrs: str) -> None:
        for key, value in attributes(attrs).items():
            if len(value) > _LONG // 2 and (key == "srcdoc" or (key.startswith("data-") and "{" in value)):
                self.scripts.append(Script("text/html" if key == "srcdoc" else "application/json", key, value))


def _is_shown_after_all(name: str, found: dict[str, str]) -> bool:
    """An open dialog; a template that becomes a shadow tree when the page is read, as saved pages have them."""
    return (name == "dialog" and "open" in found) or (name == "template" and "shadowrootmode" in found)


def _is_hidden(found: dict[str, str]) -> bool:
    return (
        "hidden" in found
        or _NOT_DISPLAYED.search(found.get("style", "")) is not None
        or _FOR_SCREEN_READERS.search(found.get("class", "")) is not None
    )


def _is_marked(found: dict[str, str]) -> bool:
    return NOT_SHOWN in found or _FOR_SCREEN_READERS.search(found.get("class", "")) is not None


def _is_comments(found: dict[str, str]) -> bool:
    tokens = f"{found.get('class', '')} {found.get('id', '')}".split()
    return any(_READERS_COMMENTS.fullmatch(_WORD_BREAKS.sub("-", token).strip("-")) for token in tokens)
