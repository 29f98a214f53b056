"""Lines such as "By A, B and C", "Von …, Berlin" and "Texte : X / Photo : Y" taken apart into people and organisations.

What a name is cannot be known from its letters alone. A person here is two to six words that begin with capitals (particles aside) and that
no organisation goes by, or two to four characters where names are written so; in a place that is for authors only, a
single word may be one as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.credits import organisations
from archiver.credits.namewords import words
from archiver.credits.organisations import Organisation

_MOST = 40  # names of one line
_LONGEST = 600  # characters of one line

_NOISE = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]{1,100}\.[\w.-]{2,100}|@\w+|\([^()]{0,80}\)|\[[^\[\]]{0,80}\]|（[^（）]{0,80}）|【[^】]{0,60}】|<[^<>]{0,100}>",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)  # marks of direction among them: no name is made of them
_REPORTERS = re.compile(
    r"(?<![가-힣])([가-힣]{2,4}(?:[·,][가-힣]{2,4}){0,9})\s?(?:선임|인턴|수습)?\s?(?:기자|특파원)(?![가-힣])"
)
_PREPOSITIONS = frozenset(["en", "in", "à", "a", "i", "na", "aus", "at"])
_DIGITS = re.compile(r"\d{4}")
_COINED = re.compile(r"[^\W\d_]{3,}\Z")  # one word
_DOMAIN = re.compile(
    r"\w\.(?:com|de|net|org|at|ch|ru|fr|it|es|tr|vn|lt|cz|pl|se|no|dk|be|nl|br|pt|uk|cc|tv|fm|info|news)\b|[網网부]\Z",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w.'’`´ʼ-]*\Z")
_HAN = re.compile(
    r"[\u3400-\u9fff々]{2,5}\Z|[\u3400-\u9fff々]{1,3}[\u3040-\u309f]{2,3}(?<![るすくむぶぐうつぬい])\Z"
    r"|[\u30a0-\u30ff]{2,12}[・＝][\u30a0-\u30ff・＝]{2,16}\Z"
)
_STAMP = re.compile(
    r"\d{1,2}[:.h]\d{2}\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"
    r"|(?:[^\W\d_]{3,10}\.? )?\d{1,2}(?:st|nd|rd|th|\.)?,? (?:[^\W\d_]{3,10}\.?,? )?(?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d\b|\d{4}年|\b\d{1,2} (?:hours?|minutes?|days?|comments?)\b|\b0 comments\b",
    re.IGNORECASE,
)
_DATE_FIRST = re.compile(r"\A[\d\s/.:,-]{6,20}(?!\s*[ap]\.?m\b)(?=[^\W\d])", re.IGNORECASE)
_UNFINISHED = re.compile(
    r"(?:[\s,|•·—–-]+(?:on|published|updated|posted|last|am|um|le|el|em|il|\w{2,9}(?:day|tag|dag)|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche))*[\s,|•·—–-]*\Z",
    re.IGNORECASE,
)
_ARTICLES = frozenset(
    ["the", "a", "an", "das", "die", "les", "los", "las", "dass", "wie", "how", "why", "what", "when", "in", "on", "at"]
)
_ACRONYM = re.compile(r"\b[BCDFGHJKLMNPQRSTVWXZ]{3,}\b")  # no vowel: "MDR Thüringen"
_COMPANY = re.compile(
    r"\s(?:AG|KG|KGaA|SA|AB|GmbH|UG|Ltd|Inc|LLC|LLP|PLC|plc|Corp|SpA|S\.A|S\.p\.A|S\.L|N\.V|B\.V|e\.V)\.?\Z"
)
_BUTTON = re.compile(
    r"(?:(?<=[a-zß-ÿ])(?:Twitter|Facebook|Instagram|LinkedIn|Mastodon|Bluesky|Email|E-Mail)(?![a-z]).*|\s(?:Tips|Kontakt|Følg)\s(?:meg|oss|mig|os))\Z"
)  # run together with the name before it
_FOOTNOTE = re.compile(r"(?<=[^\W\d_])\d{1,2}\Z")
_NO_OUTLET = re.compile(
    r"\A(?:Uhr|\d+\s?[Mm]in\.?|[a-z]+-[a-z]+)\Z|\d[:.]\d\d\s?h?\Z"
)  # an hour, a reading time, a login
_TWICE = re.compile(r"\A(\S.{3,40}) \1\Z")  # a name beside its portrait's
_HANGUL = re.compile(r"[\uac00-\ud7af]{2,4}\Z")
_PLACE = re.compile(r"[^\W\d_\u3040-\u9fff\uac00-\ud7af]+\Z")  # one word of an alphabet
_CASELESS = re.compile(r"[\u0590-\u08ff\u0900-\u0e7f\u10a0-\u10ff]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a line. ``organisation`` is set where the data file has it; ``person`` is False for what is none."""

    text: str
    person: bool
    organisation: Organisation | None = None

    @property
    def folded(self) -> str:
        return organisations.fold(self.text)


def split(line: str, *, sure: bool = False, given: bool = False, own: frozenset[str] = frozenset()) -> tuple[Name, ...]:
    """The names of a line that credits somebody, each once. ``sure``: the place is for authors only, so that a single word, or one in small
    letters, may be a name too. ``given``: it is what a page gives as its author, so that one word is whom it calls so. ``own`` are the folded
    names of the publication. Only the first 600 characters count."""
    if korean := _korean(line[:_LONGEST]):
        return korean
    line = clean(line[:_LONGEST])
    found: dict[str, Name] = {}
    people = office = False
    for piece, between in _pieces(line, sure=sure):
        comma = between == ","
        at = office and between in _PREPOSITIONS  # "Corresponsal en Buenos Aires"
        office = _is_office(piece)
        if at or office:
            continue
        for name in _named(piece, sure=sure, given=given, own=own):
            # behind a person and a comma stands what he is: "Jane Doe, AP Auto Writer"
            if not (name.person and people and comma and words().roles.search(piece)):
                found.setdefault(name.folded, name)
                people = people or name.person
        if len(found) >= _MOST:
            break
    names = tuple(found.values())
    if any(name.person and " " in name.text for name in names):  # "Anna Meier und Ben Ito, Berlin"
        names = tuple(name for name in names if not name.person or " " in name.text or not _PLACE.match(name.text))
    return names


def _korean(line: str) -> tuple[Name, ...]:
    """ "순천, 광양 구현모 기자": who stands before the word for a reporter, and the organisations beside; what stands before that is a place."""
    reporters = [name for match in _REPORTERS.finditer(line) for name in re.split(r"[·,]", match[1])]
    if not reporters:
        return ()
    others = (Name(found.organisation.name, False, found.organisation) for found in organisations.find(line))
    people = (Name(name, True) for name in reporters if is_person(name))
    return tuple({name.folded: name for name in (*people, *others)}.values())


def _is_office(piece: str) -> bool:
    """ "Corresponsal", "Staff Writer", "Deputy Content Hub Director": what somebody is, and no name."""
    return words().roles.fullmatch(piece) is not None


def without_label(line: str) -> str | None:
    """What follows "By", "Von", "Autor:" and the like at the head of a line; None where no such word stands there."""
    label = words().label.match(line)
    return line[label.end() :] if label and label.end() else None


def undated(line: str) -> str:
    """A byline without the date that it leads to, or begins with: "By A on Monday, 18 November", "05/10/2018 - By A"."""
    line = _DATE_FIRST.sub("", line)
    digit = _STAMP.search(line)
    return _UNFINISHED.sub("", line[: digit.start()]) if digit else line


def is_labelled(line: str) -> bool:
    """True where a line begins with a label for authors: "Author:", "Autorin/Autor"."""
    label = words().label.match(line)
    return label is not None and (label[0].rstrip()[-1:] in ":：/／" or "/" in label[0])


def is_person(text: str) -> bool:
    """True for words that look like the name of one person."""
    if len(text) > 60 or any(c.isdigit() for c in text) or _BUTTON.search(text) or words().controls.search(text):
        return False
    if _HANGUL.match(text) or _HAN.match(text):
        return not _is_organisation(text)
    parts = text.split()
    if (
        not 2 <= len(parts) <= 6
        or parts[0].lower() in _ARTICLES
        or _ACRONYM.search(text)
        or _is_organisation(text)
        or words().roles.search(text)
        or is_place(text)
    ):
        return False
    return (
        all(_is_part(part) for part in parts)
        and _begins(parts[0])
        and _begins(parts[-1])
        and not _holds_organisation(text)
    )


def is_full(text: str) -> bool:
    """True for a whole name; a single word that a page gives as its author may be a login name."""
    return " " in text or is_person(text)


def _holds_organisation(text: str) -> bool:
    """ "AP White House": an organisation's short form among other words, or a name of several words."""
    called = [text[found.start : found.end] for found in organisations.find(text)]
    return any(" " in name or (name.isupper() and not text.isupper()) for name in called)


def _is_organisation(text: str) -> bool:
    return any(pattern.search(text) for pattern in (words().organisation, _DOMAIN, _COMPANY))


def _is_part(word: str) -> bool:
    return _WORD.match(word) is not None and (word.lower() in words().particles or _begins(word))


def _begins(word: str) -> bool:
    first = word.lstrip("'’`´ʼ")[:1]
    return (
        first.isupper()
        or _CASELESS.match(first) is not None
        or (word[:2].lower() in {"d'", "d’", "o'", "al"} and any(c.isupper() for c in word))
    )


def clean(line: str) -> str:
    """A byline without its label, addresses, handles and what stands in brackets, and without who took the pictures."""
    line = _NOISE.sub(" ", _UNSEEN.sub("", line))
    label = words().label.match(line.strip())
    while label and label.end():
        line = line.strip()[label.end() :]
        label = words().label.match(line.strip())
    line = words().other.sub("", line)
    return words().attached.sub(" ", line).strip(" \t\n,;:/|.·•–—-")


def _pieces(line: str, *, sure: bool) -> Iterator[tuple[str, str]]:
    """What stands between the separators, and the separator before it."""
    pieces: list[tuple[str, str]] = []
    at, before = 0, ""
    for separator in words().between.finditer(line):
        pieces.append((line[at : separator.start()], before))
        at, before = separator.end(), separator[0].strip().lower()
    pieces.append((line[at:], before))
    pieces = [(piece, before) for words_, before in pieces if (piece := words_.strip(' \t\n.,;:*"“”„»«'))]
    if sure and len(pieces) == 2 and pieces[1][1] == ",":
        last, first = pieces[0][0], pieces[1][0]
        if all(_PLACE.match(part) and part[0].isupper() and not organisations.called(part) for part in (last, first)):
            pieces = [(f"{first} {last}", "")]  # Kowalska, Anna
    yield from pieces


def _named(piece: str, *, sure: bool, given: bool, own: frozenset[str]) -> Iterator[Name]:
    piece = _FOOTNOTE.sub("", _BUTTON.sub("", piece))
    piece = _TWICE.sub(r"\1", words().titles.sub("", words().label.sub("", piece)).strip())
    if (
        not piece
        or piece.isdigit()
        or len(piece) > 100
        or words().controls.search(piece)
        or without_label(f"{piece} ") == ""
    ):
        return
    organisation = organisations.called(piece)
    if organisation is not None or _is_own(organisations.fold(piece), own):
        yield Name(organisation.name if organisation else piece, False, organisation)
        return
    if is_person(piece):
        yield Name(piece, True)
        return
    offices = [office[0] for office in words().roles.finditer(piece)]
    topical = all(words().topics.fullmatch(office) for office in offices)  # "News Nation Fact Check" is nobody's name
    cut = words().after.sub("", piece if topical else words().roles.sub("", piece)).strip(" -–—,")
    if cut != piece and is_person(cut):
        yield Name(cut, True)
        for found in organisations.find(piece):
            yield Name(found.organisation.name, False, found.organisation)
        return
    found_ = [f.organisation for f in organisations.find(piece)]
    if found_ and len(piece) < 60:
        for organisation in found_:
            yield Name(organisation.name, False, organisation)
    elif sure and cut and len(piece.split()) <= 6 and not words().roles.fullmatch(piece):
        if _is_organisation(piece):
            if not words().nobody.fullmatch(piece):
                yield Name(piece, False)
        elif not _NO_OUTLET.search(cut) and (person := _may_be_person(cut, given=given)) is not None:
            yield Name(cut, person)


def _is_own(name: str, own: frozenset[str]) -> bool:
    """True for the publication's name, and for what its system calls itself: a word of it, and perhaps a letter ("Bugle D" of The Bugle)."""
    if name in own:
        return True
    first, *rest = name.split() or [""]
    return all(len(word) == 1 for word in rest) and any(first in called.split() for called in own)


def _may_be_person(text: str, *, given: bool) -> bool | None:
    """In a place for authors: several words of letters, in whatever case. One word is as often a place, a login name or a heading as a given name
    or a publication, so what is shown says nothing (None), but where it is written as only publications are: "KWCH", "MSPoweruser"."""
    parts = text.split()
    if _DIGITS.search(text) or is_place(text) or words().nobody.fullmatch(text):
        return None
    if parts[0].lower() in _ARTICLES:  # "Los Gallardos" is a place, "The Water Coolest" a publication
        return False if parts[0] == "The" else None
    if len(parts) == 1:
        coined = _COINED.match(text) is not None and any(c.isupper() for c in text[1:]) and not text[1:].istitle()
        return False if coined else True if given and _COINED.match(text) else None
    return not _ACRONYM.search(text) and all(_WORD.match(part) for part in parts)


def is_place(text: str) -> bool:
    """True for a place of several words that stands at names: "New York"."""
    return words().places.fullmatch(text.replace(".", "").replace("-", " ").strip()) is not None
