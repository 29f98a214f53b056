"""Signs that lead to a note of the page, drawn in brackets: without the element, ``the dam<sup><a href="#n1">1</a></sup>`` would read as *dam1*.

Nothing in HTML says what a note is. So a sign is a link to a place of the same page, further down if that place is there, whose words are a
number, a letter or a mark, and which stands above the line or is called a note's by its page. Behind a figure, a formula or a unit, where it might
be an exponent, and for letters, which might be an ordinal's, it must be called so and lead to what has its number: else it stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import unquote, urldefrag, urljoin

from archiver.texts.elements import BLOCKS
from archiver.texts.markup import attributes, unescape

MOST_LINKS = 20_000
"""Links whose words may be a sign that are looked at in one page: each costs some 50 microseconds. Those behind them stay as they are."""

# every repetition has an end, so that no source makes this look at a character more than a few times
_INLINE = r"(?i:sup|span|small|b|i|em|strong|font)"
_LINK = re.compile(
    rf"""<[aA]\s(?P<said>[^<>]{{0,1000}}+)>(?P<opened>\s{{0,8}}+(?:<{_INLINE}(?:\s[^<>]{{0,500}}+)?>\s{{0,8}}+|(?!)){{0,4}}+)
    (?P<sign>(?P<open>[(\[]?)(?P<words>[0-9]{{1,3}}|[a-z]|(?:[*†‡§¶]|&(?:dagger|Dagger|sect|para|ast|\#x?[0-9a-fA-F]{{2,5}});){{1,4}})[)\]]?)
    (?P<closed>\s{{0,8}}(?:</{_INLINE}\s{{0,8}}>\s{{0,8}}){{0,4}})</[aA]\s{{0,8}}>""",
    re.VERBOSE,
)
_MARKS = re.compile(r"[*†‡§¶]{1,4}")
_ABOVE = re.compile(r"<sup[\s>]", re.IGNORECASE)
TAG_NAME = re.compile(r"</?\s{0,8}([a-zA-Z][a-zA-Z0-9]{0,20})")
CALLED = re.compile(
    r"footnote|endnote|sidenote|(?<![a-z])notes?(?:[-_]?(?:ref|anchor|link|call))?(?![a-z])"
    r"|(?<![a-z])(?:fn|ftn|edn|cite|refs?|reference|bib)(?![a-z])|(?<![a-z])(?:fn|ftn|edn|n)ref(?![a-z])"
)
_SHORT = re.compile(r"(?<![a-z0-9])(?P<stem>f|fn|ft|ftn|en|edn|n|nt|r|b|cr)[-_:.]?[0-9]{1,3}(?![0-9])", re.IGNORECASE)
_PLAIN_STEMS = frozenset({"fn", "ft", "ftn", "en", "edn", "cr"})
_ROLE = re.compile(r"noteref|footnote|endnote")
_PLACE = re.compile(r"""\s(?:id|name)\s{0,4}=\s{0,4}["']?([^"'\s<>]{1,200})""", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*(?:>|\Z)")
_OPENED = re.compile(r"[(\[][\s\d,;–-]{0,24}\Z")
_NUMBER = re.compile(r"\d+")
_SPOKEN_OF = re.compile(
    r"\b(?:(?:foot|end)?notes?|nn?|fnn?|refs?|Fußnoten?|Anm|see|siehe|vgl|cf)\.?\s*\Z", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![0-9.,])(?:1[0-9]|20)[0-9]{2}\Z")
_FORMULA = re.compile(r"(?:sin|cos|tan|cot|sec|csc|log|exp|lim|max|min|mod|det)\Z", re.IGNORECASE)
_UNITS = re.compile(
    r"(?:[a-zµμ]?m|[a-z]{1,2}|sec|min|inch(?:es)?|feet|foot|yards?|miles?|met(?:er|re)s?)\Z", re.IGNORECASE
)
_AMONG = re.compile(r"[\s,;–-]*")
_LETTERS = re.compile(r"[^\W\d_]+\Z")
_AROUND = 400  # characters of source before and behind a link that are looked at
_REACH = 1_500  # characters of source before a link among which the element is looked for that raises it
_ENDS = ".,;:!?…\"'”’»›“„»。、，」』"
_UNSPACED = "\u2e80"  # from here on scripts write no spaces, so that a letter stands next to the sign


def with_note_signs(source: str, address: str = "") -> str:
    """The source with each such sign in brackets (``dam<sup><a href="#n1">[1]</a></sup>``); those that have brackets stay. ``address`` is the page's
    own, for links that give it whole.
    """
    return _Drawing(source, address).drawn() if "#" in source and ("<a" in source or "<A" in source) else source


@dataclass(slots=True)
class _Drawing:
    source: str
    address: str
    until: int = 0  # the end of the last link that was taken for a sign
    places: dict[str, int] | None = field(default=None)

    def drawn(self) -> str:
        out: list[str] = []
        at = 0
        for found in islice(_LINK.finditer(self.source), MOST_LINKS):
            if not self.is_sign(found):
                continue
            self.until = found.end()
            if found["open"] != "[":
                out += [self.source[at : found.start("sign")], f"[{found['words']}]"]
                at = found.end("sign")
        return "".join((*out, self.source[at:])) if out else self.source

    def is_sign(self, found: re.Match[str]) -> bool:
        words, link = unescape(found["words"]), attributes(found["said"])
        if found["words"][:1] == "&" and not _MARKS.fullmatch(words):
            return False
        place = self.place_in_page(link.get("href", "").strip())
        before = self.before(found.start()) if place else ""
        if not before.strip() or before.rstrip()[-1:] in "([" or self.is_inside_brackets(found):
            return False
        if (
            self.leads_up(place, found.start())
            or runs_on(self.source, found.end())
            or self.holder("sub", found.start()) is not None
        ):
            return False
        near = self.until and found.start() - self.until < _AROUND
        if near and _AMONG.fullmatch(text_of(self.source[self.until : found.start()])):
            return True  # one sign after another: 1,2
        raising = self.raising(found)
        naming = _Naming.of(place, link, raising or "")
        if raising is None and not naming.called:  # on the line, as far as is known without styles
            return False
        if raising is None and before[-1:].isspace() and (not naming.role or _SPOKEN_OF.search(before)):
            return False
        before = before.rstrip()
        if not words.isalpha() and not _may_be_formula(before):
            return True
        sure = naming.plain or (naming.called and (_YEAR.search(before) is not None or before[-1:] in _ENDS))
        return sure and (naming.role or _has(place, words) or not words.isalnum())

    def place_in_page(self, href: str) -> str:
        """The name of the place in this page that a link leads to; empty where it leads elsewhere, or to the top."""
        if not href.startswith("#"):
            whole, _, _ = href.partition("#")
            if not whole or not self.address or not _is_same(whole, self.address):
                return ""
        name = href.partition("#")[2]
        return "" if name.lower() in ("", "top") or name.startswith(("!", ":~:")) else unquote(name)

    def leads_up(self, place: str, start: int) -> bool:
        """True where the place stands before the link: from a note back to its sign."""
        if self.places is None:
            self.places = {}
            for found in _PLACE.finditer(self.source):
                # the last of a name: pages hold themselves twice at times, for small screens
                self.places[unescape(found[1])] = found.start()
        return self.places.get(place, start) < start

    def before(self, start: int) -> str:
        """The text before a link, as far as its block goes."""
        return text_of(to_block(self.source[max(0, start - _AROUND) : start]))

    def is_inside_brackets(self, found: re.Match[str]) -> bool:
        """True where brackets are printed about the link already, or about a row of them: ``[1, 2]``."""
        if found["open"]:
            return False
        behind = text_of(self.source[found.end() : found.end() + 60]).lstrip()[:1]
        return behind in ("]", ")") or _OPENED.search(self.before(found.start())) is not None

    def raising(self, found: re.Match[str]) -> str | None:
        """What the start tag says of the element that sets the link above the line, empty where it says nothing; None where there is none."""
        return found["opened"] if _ABOVE.search(found["opened"]) else self.holder("sup", found.start())

    def holder(self, name: str, start: int) -> str | None:
        """The start tag of the element of this name that is open at a place; None where none is, or it began far before."""
        lower = max(0, start - _REACH)
        opened, closed = (
            max(self.source.rfind(sign + form, lower, start) for form in (name, name.upper())) for sign in ("<", "</")
        )
        if opened < 0 or closed > opened or self.source[opened + 4 : opened + 5].isalnum():
            return None
        return self.source[opened : self.source.find(">", opened, start) + 1]


@dataclass(frozen=True, slots=True)
class _Naming:
    """What a link is called: a note's by its role (``role``), in plain words (``plain``), or in any way (``called``: ``#n1`` too)."""

    role: bool
    plain: bool
    called: bool

    @classmethod
    def of(cls, place: str, link: dict[str, str], raising: str) -> _Naming:
        said = " ".join((place, *(link.get(name, "") for name in ("id", "name", "class")), raising))
        role = any(_ROLE.search(link.get(name, "").lower()) for name in ("role", "epub:type", "class", "rel"))
        short = _SHORT.search(said)
        plain = (
            role
            or CALLED.search(said.lower()) is not None
            or (short is not None and short["stem"].lower() in _PLAIN_STEMS)
        )
        return cls(role, plain, plain or short is not None)


def runs_on(source: str, end: int) -> bool:
    """True where a letter or digit follows at once: no sign stands before a word that it is glued to (an isotope's number does)."""
    behind = source[end : end + _AROUND]
    at = 0
    while behind[at : at + 1] == "<":
        name, close = TAG_NAME.match(behind, at), behind.find(">", at)
        if name is None or close < 0 or name[1].lower() in BLOCKS or name[1].lower() == "br":
            return False
        if behind[at + 1] != "/" and name[1].lower() in ("a", "sup"):
            return False  # another sign
        at = close + 1
    following = unescape(behind[at : at + 10])[:1]
    return following.isalnum() and following < _UNSPACED


def _is_same(link: str, address: str) -> bool:
    try:
        return urldefrag(urljoin(address, link)).url == urldefrag(address).url
    except ValueError:
        return False


def to_block(source: str) -> str:
    """The end of a source, from the last tag on that begins or ends a block."""
    last = 0
    for found in TAG_NAME.finditer(source):
        if found[1].lower() in BLOCKS or found[1].lower() == "br":
            last = found.start()
    return source[last:]


def text_of(source: str) -> str:
    """A piece of source without its tags; the first may have begun before it, the last may end behind it."""
    head, closing, rest = source.partition(">")
    source = rest if closing and "<" not in head else source
    return unescape(_TAG.sub("", source))


def _may_be_formula(before: str) -> bool:
    """True where what stands before a raised figure may have an exponent or an ordinal's ending: a figure, a unit, a variable, a bracket."""
    last = before[-1:]
    if last in _ENDS:
        return before.rstrip(_ENDS)[-1:].isdigit() and last not in "”’»"
    if not last.isalpha():
        return True
    word = _LETTERS.search(before)
    letters = word[0] if word is not None else last
    if last >= _UNSPACED:
        return False
    return len(letters) < 3 or is_unit_or_formula(letters)


def is_unit_or_formula(word: str) -> bool:
    """True for a word behind which a raised figure may be an exponent: a unit, a function."""
    return _FORMULA.match(word) is not None or _UNITS.fullmatch(word) is not None


def _has(place: str, words: str) -> bool:
    """Whether the name of a place has the sign: ``n3`` the 3, ``note-a`` the a."""
    if words.isdigit():
        return any(number.lstrip("0") == words.lstrip("0") for number in _NUMBER.findall(place))
    return re.search(rf"(?<![a-z]){re.escape(words)}\Z", place, re.IGNORECASE) is not None
