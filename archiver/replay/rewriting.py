"""A page built anew out of the tokens of its source: every tag in it is written here, from lists of what may stand there.

Why not a tree: the browser builds its own from what it is given, and what one parser makes of a source another does not (that is how
markup that looked harmless comes alive). Here nothing of the source is handed on but text, escaped, and values of attributes, quoted and
escaped; each tag is harmless wherever in a tree it ends up (`archiver.replay.allowed`). The only elements whose content a browser does not read
as markup are ``style`` and ``textarea``, and in neither can what is written be taken for a tag.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from html import escape

from archiver.model.text import NOT_SHOWN
from archiver.replay import allowed, special, styles
from archiver.replay.addresses import Addresses
from archiver.texts.elements import BLOCKS, READING_AIDS, WITH_BACKGROUND
from archiver.texts.markup import TOKEN, XML_TOKEN, attributes, lowered, unescape, unmarked_source

MAX_CHARACTERS = 16_000_000
"""Of one page; what comes behind is not shown."""

MAX_TOKENS = 1_500_000
"""Tags, comments and the like of one page, likewise; each costs microseconds, and the longest standards of the web have half as many."""

_TAG = tuple(TOKEN.groupindex[name] for name in ("slash", "name", "attributes", "text"))
_QUIRKS = re.compile(
    r'<!doctype\s+html\s+public\s+["\'](?!-//w3c//dtd (?:xhtml 1\.[01]|html 4\.01(?: transitional| frameset)?//))',
    re.IGNORECASE,
)
_OLD_FRAMES = re.compile(r"-//w3c//dtd html 4\.01 (?:transitional|frameset)//[a-z]+[\"']\s*>", re.IGNORECASE)
_NOTE = "display:block;box-sizing:border-box;padding:.6em;border:1px dashed #767676;background:#fff;color:#333;font:14px/1.4 sans-serif"
_VOID = allowed.VOID


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of the page that is written: ``at`` which place of ``out``, from which code point of the page's text, inside a drawing or not."""

    at: int
    start: int
    text: str
    drawn: bool


@dataclass(slots=True)
class Page:
    """The page as it is written. ``out`` is its source in pieces, ``text`` all its text, with a line end about blocks; ``dropped`` is text
    of what is left out.
    """

    names: Addresses
    own: str
    xml: bool = False
    rendered: bool = False
    out: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    length: int = 0
    dropped: list[str] = field(default_factory=list)
    title: str = ""
    viewport: bool = False
    standard: bool = False
    declared: bool = False
    based: bool = False
    skipping: str = ""
    skipped: int = 0
    svg: int = 0
    aside: bool = False
    lazy: bool = False
    templates: list[bool] = field(default_factory=list)
    lower: str = ""
    at: int = 0
    endless: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def run(self, source: str) -> None:
        source = unmarked_source(source[:MAX_CHARACTERS])
        self.standard = self.xml
        self.lower = source.lower()
        self.lazy = not self.rendered and "<noscript" not in self.lower
        first = source.find("<")
        self.words(unescape(source if first < 0 else source[:first]))
        if first < 0:
            return
        for token in itertools.islice((XML_TOKEN if self.xml else TOKEN).finditer(source, first), MAX_TOKENS):
            slash, name, attrs, text = token.group(*_TAG)
            self.at = token.start()
            if name is None:
                self.other(token)
            elif slash:
                self.end(lowered(name))
            else:
                self.start(lowered(name), attrs)
            if text:
                self.words(unescape(text))

    # -- text --

    def words(self, text: str) -> None:
        if self.skipping:
            self.dropped.append(text)
            return
        if not self.aside:
            if text.strip():
                self.pieces.append(Piece(len(self.out), self.length, text, self.svg > 0))
            self.add_text(text)
        self.out.append(escape(text, quote=False))

    def add_text(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    # -- tags --

    def start(self, name: str, source: str) -> None:
        closed = source.endswith("/")
        if self.skipping:
            self.skipped += name == self.skipping and not (closed and self.xml)
            return
        if name in BLOCKS:
            self.add_text("\n")
            self.aside = False
        handler = special.HANDLERS.get(name)
        found = attributes(source)
        if handler is not None:
            handler(self, name, found)
        elif name in allowed.LEFT_OUT:
            self.skip(name, closed=closed)
        elif name in allowed.HTML or _is_custom(name):
            self.aside = self.aside or name in READING_AIDS
            self.tag(name, found)
            if self.xml and closed and name not in _VOID:
                self.out.append(f"</{name}>")
        elif name in allowed.FOREIGN:
            self.svg += name == "svg" and not closed
            self.tag(name, found, "/" if closed else "")

    def end(self, name: str) -> None:
        if self.skipping:
            if name == self.skipping:
                self.skipped -= 1
                if not self.skipped:
                    self.skipping = ""
                    self.dropped.append("\n")
            return
        if name in BLOCKS:
            self.add_text("\n")
        if name in READING_AIDS or name == "ruby" or name in BLOCKS:
            self.aside = False
        if name == "template":
            if self.templates and self.templates.pop():
                self.out.append("</template>")
        elif name == "svg":
            self.svg = max(0, self.svg - 1)
            self.out.append("</svg>")
        elif name == "br" or (name not in _VOID and _is_allowed(name)):  # </br> stands for <br>
            self.out.append(f"</{name}>")

    def skip(self, name: str, *, closed: bool = False) -> None:
        """Leaves out an element with all that is in it; one that never ends would take the rest of the page along."""
        if closed and (self.xml or self.svg):
            return
        if name not in self.endless and self.lower.find(f"</{name}", self.at) >= 0:
            self.skipping, self.skipped = name, 1
        else:
            self.endless.add(name)

    def tag(self, name: str, found: dict[str, str], end: str = "", **more: str | None) -> None:
        """Writes a start tag: attributes of the page that may stand there, and ``more`` of ours."""
        self.out.append(f"<{name}")
        for key, value in found.items():
            if key not in more:
                self.attribute(name, key, value)
        for key, given in more.items():
            if given is not None:
                self.put(key.replace("_", "-"), given)
        self.out.append(f"{end}>")

    def attribute(self, name: str, key: str, value: str) -> None:
        if key in allowed.EVERYWHERE:
            self.put(key, value)
        elif key == "style" or key in allowed.STYLING:
            self.put(key, styles.rewrite(value, self.names.of))
        elif key == NOT_SHOWN:
            if self.rendered:
                self.put(key, "")
        elif allowed.NAMED.fullmatch(key):
            if len(value) <= allowed.LONGEST_NAMED:
                self.put(key, value)
        elif key in ("href", "xlink:href"):
            if name in allowed.FOREIGN and value.strip().startswith("#"):
                self.put("href", self.names.of(value) or "#")
        elif key == "type" and name in ("ol", "ul", "li"):
            self.put(key, value)
        elif key == "background" and name in WITH_BACKGROUND:
            address = self.names.of(value)
            if address is not None and not address.startswith("#"):
                self.put("background", address)

    def put(self, key: str, value: str) -> None:
        self.out.append(f' {key}="{escape(value)}"')

    def note(self, words: str) -> None:
        """Says in the page what stood there."""
        self.out.append(f'<span style="{_NOTE}">{escape(words)}</span>')

    # -- what is no plain tag --

    def other(self, token: re.Match[str]) -> None:
        raw = token["raw"]
        if raw is not None:
            self.raw(raw.lower(), token)
        elif token["stray"] is not None:
            self.words("<")
        elif token["cdata"] is not None:
            if self.xml or self.svg:  # elsewhere it is a comment
                self.words(token["cdata"] if self.xml else token["cdata"].removesuffix("]]"))
        elif token["bogus"] is not None and not self.declared and token["bogus"][:8].lower() == "!doctype":
            self.declared = True  # only the first one counts, and what stands before it is looked at once
            if not any(part.strip() for part in self.out):
                self.doctype(f"<{token['bogus']}")

    def doctype(self, source: str) -> None:
        """Whether browsers lay the page out as the standard says, or as they did before there was one."""
        if source[:14].lower() == "<!doctype html" and not (_QUIRKS.match(source) or _OLD_FRAMES.search(source)):
            self.standard = True

    def raw(self, name: str, token: re.Match[str]) -> None:
        """An element whose content is no markup."""
        content = token["content"]
        if self.skipping or name in ("script", "noembed"):
            self.dropped.append(content)
        elif name == "style":
            self.style(content, attributes(token["rawattributes"]))
        elif name == "title":
            self.dropped.append(f"\n{unescape(content)}\n")
            if not self.svg:
                self.title = self.title or " ".join(unescape(content).split())
        elif name == "textarea":
            self.dropped.append(unescape(content))
            self.tag("textarea", attributes(token["rawattributes"]), readonly="")
            self.out.append(f"\n{escape(unescape(content), quote=False)}</textarea>")
        else:  # xmp, plaintext
            self.add_text("\n")
            self.out.append("<pre>")
            self.words(content)
            self.out.append("</pre>")

    def style(self, css: str, found: dict[str, str]) -> None:
        if found.get("type", "").strip().lower() not in ("", "text/css"):
            return
        css = styles.rewrite(unescape(css) if self.xml else css, self.names.of)
        if "<" in css and re.search(r"<[a-zA-Z/!?]", css):  # never, as `styles` writes it
            return
        self.out.append("<style")
        if found.get("media"):
            self.put("media", found["media"])
        self.out.append(f">{css}</style>")


def _is_allowed(name: str) -> bool:
    return name in allowed.HTML or name in allowed.FOREIGN or _is_custom(name)


def _is_custom(name: str) -> bool:
    return allowed.CUSTOM.fullmatch(name) is not None and name not in allowed.NOT_CUSTOM
