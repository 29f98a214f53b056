"""Credits in the words of a text: bylines, datelines, sign-offs, source lines, thanks, photo credits, copyright.

Each rule looks at one line, and only at its head and its tail, so that a text of any kind is read in linear time. Which words make
a rule is a table of several languages in `phrases`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from archiver.credits import crediting, names, namewords, organisations, phrases
from archiver.credits.body import Body, Line
from archiver.credits.credit import Credit, Role
from archiver.credits.organisations import find
from archiver.credits.signatures import organisations_of, signature

_HEAD, _TAIL = 200, 300  # characters of a line
_HELPERS = 120  # characters before "contributed to this report"
_MOST = 300  # credits of one text
_AT = re.compile(r",\s*[A-ZÀ-ÞĀ-Ž][^\W\d_ .'-]{2,30}\s?,?\Z|\s(?:in|aus|à|a)\s[A-ZÀ-Þ]\w{2,30}\Z|\A[Hh]aberler\s-\s")
_WORD = re.compile(r"[^\W\d_]+")
_MARK = re.compile(r"(?!AP)[A-Z]{2}\Z")
_NEAR = 200  # lines in which an agency is told that two letters are taken for
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DATED = re.compile(r"([^|•·–\d]{4,50}?)\s*[|•·–]\s*\d{1,4}[./-]\d{1,2}[./-]\d{2,4}")
_THANKED = "text, with information from"
_WITH = re.compile(r"[(（]?\s?(?:with|mit|avec|con|com|med|met)\b", re.IGNORECASE)
_MORE = re.compile(r"[(（]?(?:additional|other|weitere|otras|outras|altre|autres)\b", re.IGNORECASE)
_EXPLICIT = ("explicit", "es", "pt", "it", "nl", "inputs")
_AND = re.compile(r"\s(?:and|und|et|y|e|en|och|og)\s(?:l['’]\s?)?|,\s(?!(?:Inc|Ltd|LLC)\b)")
_INNER = re.compile(r"\Ainformation\s(?:from|by)\s")  # in brackets
_SHOWS = re.compile(r"©|\b(?:photo|foto|bild|image|picture|pic|photograph|imagen|imagem|crédit)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sight:
    """What a rule may look at beside its line: the body, and the folded names of the publication."""

    body: Body
    own: frozenset[str]


def read(body: Body, own: frozenset[str]) -> Iterator[Credit]:
    """The credits that the text shows, each with its place in the text."""
    sight = Sight(body, own)
    count = 0
    rules = (
        (_byline, body.before),
        (_alone, body.before),
        (_late_byline, body.end),
        (_dateline, body.openings),
        (_signed_off, body.end),
        (_staff, body.end + body.before),
        (_source_line, body.inside),
        (_thanks, body.inside),
        (_photo, body.inside),
        (_copyright, body.inside),
        (_author_box, body.end),
    )
    for rule, lines in rules:
        for line in lines:
            for credit in rule(line, sight):
                at = line.words.find(credit.evidence)
                yield replace(credit, start=line.start + max(0, at))
                count += 1
                if count > _MOST:
                    return


def _byline(line: Line, sight: Sight) -> Iterator[Credit]:
    """A whole line "By A, B and C", "Von …", "Texte : …"."""
    if len(line.words) > 160 or line.words in sight.body.captions:
        return
    rest = names.without_label(names.undated(line.words))
    dated = _DATED.match(line.words)
    if rest is None and dated and names.is_person(dated[1]):
        yield Credit(Role.AUTHOR, dated[1], None, line.words, "text, name alone")
    if rest is not None and rest.strip():
        found = list(crediting.signed(rest, line.words, "text, byline", sure=True, own=sight.own))
        found = [c for c in found if c.agency or (names.is_person if c.role is Role.AUTHOR else _is_named)(c.name)]
        if _mostly_names(rest, found):
            yield from found


def _is_named(name: str) -> bool:
    """Words with capitals, as names have them: no "By the numbers"."""
    return organisations.called(name) is not None or (" " in name and all(word[0].isupper() for word in name.split()))


def _late_byline(line: Line, sight: Sight) -> Iterator[Credit]:
    """ "Autor: …" behind the text; a preposition alone is not enough there, where teasers of other articles begin."""
    if names.is_labelled(line.words):
        yield from _byline(line, sight)


def _alone(line: Line, sight: Sight) -> Iterator[Credit]:
    """A name alone on the line before the first paragraph; agencies alone on any line between, with their place: "AFP, MANILA"."""
    if len(line.words) > 80 or line.words in sight.body.captions or line is sight.body.lines[sight.body.head]:
        return
    found = names.split(line.words, own=sight.own)
    adjacent = line is sight.body.lines[max(0, sight.body.first - 1)]
    if namewords.words().buttons.search(line.words):
        return  # "Close Alert", "Most Popular Today"
    people = adjacent and found and all(name.person for name in found)
    if people and _covers(line.words, [name.text for name in found]) and not _is_wording(line.words, sight):
        yield from (crediting.of_name(name, line.words, "text, name alone") for name in found)
    elif signature(_AT.sub("", line.words)) and not (_MARK.match(line.words) and not _is_told_elsewhere(line, sight)):
        yield from (crediting.of_name(name, line.words, "text, byline") for name in found if name.organisation)


def _is_wording(words: str, sight: Sight) -> bool:
    """True where the text has a word of the line in small letters too: "Social Sharing" is no name."""
    text = {word for line in sight.body.inside for word in _WORD.findall(line.words)}
    particles = namewords.words().particles
    return any(
        word.lower() in text and not word.islower() for word in _WORD.findall(words) if word.lower() not in particles
    )


def _is_told_elsewhere(line: Line, sight: Sight) -> bool:
    """Two letters alone are also initials ("PA"), or a button for the size of letters ("AA"): true where the text has the agency elsewhere too."""
    (named,) = {found.organisation for found in find(line.words)}
    lines = sight.body.inside[:_NEAR]
    return any(named in organisations_of(other.words) for other in lines if other.words != line.words)


def _covers(line: str, found: list[str]) -> bool:
    return sum(map(len, found)) >= len(line.strip()) * 0.9 - len(found)


def _mostly_names(rest: str, found: list[Credit]) -> bool:
    """A sentence that begins with "By" or "Von" has more in it than names."""
    said = len(re.sub(r"[\W\d_]+", "", rest))
    named = sum(len(re.sub(r"\W+", "", credit.name)) for credit in found)
    sentence = len(rest) >= 60 and re.search(r"[.!?。]\s*\Z", rest) is not None
    return (
        bool(found)
        and not sentence
        and (named * 2 >= said or (any(c.role is Role.AUTHOR for c in found) and named * 4 >= said))
    )


def _dateline(line: Line, sight: Sight) -> Iterator[Credit]:
    """ "SEOUL (Reuters) –", "【北京共同】", "(서울=연합뉴스) 홍길동 기자 =", "新华社北京3月3日电", "МОСКВА, 3 марта. /ТАСС/."."""
    head = line.words[:_HEAD]
    if len(line.words) < 40 or line.words in sight.body.captions:
        return
    for pattern in phrases.DATELINES:
        if match := pattern.match(head):
            found = organisations_of(match["agency"])
            if not found:
                continue
            for organisation in found:
                role = Role.AGENCY if organisation.kind == "agency" else Role.SOURCE
                yield crediting.of_organisation(role, organisation, match[0].strip(), "text, dateline")
            for group in ("reporter", "reporters"):
                if match.groupdict().get(group):
                    yield from crediting.signed(
                        match[group], match[0].strip(), "text, dateline", sure=False, own=sight.own
                    )
            return


def _signed_off(line: Line, sight: Sight) -> Iterator[Credit]:
    """ "(APA, 3.3.2022)", "/dpa", "— AFP", "(연합뉴스)": a line of its own, or the end of a paragraph."""
    if line.words in sight.body.captions or organisations.fold(line.words) in sight.own:
        return
    whole = len(line.words) <= 80
    found = signature(line.words) if whole else ()
    if found:
        thanks = _WITH.match(line.words)  # "mit dpa": who signs above it had help
        role, where = (Role.SOURCE, _THANKED) if thanks else (Role.AGENCY, "text, sign-off")
        yield from (crediting.of_organisation(role, f, line.words, where) for f in found)
        return
    tail = line.words[-_TAIL:]
    match = phrases.TAIL.search(tail)
    if match and not _of_picture(tail[: match.start()]) and (found := signature(phrases.words(match))):
        evidence = match[0].strip(' "”’».!?') if match["words_c"] else match[0].strip()
        yield from (crediting.of_organisation(Role.AGENCY, f, evidence, "text, sign-off") for f in found)
    elif whole and (slash := phrases.SLASH.match(line.words)):
        yield Credit(Role.SOURCE, phrases.words(slash), None, line.words, "text, sign-off")


def _of_picture(before: str) -> bool:
    """What stands before an agency is a photographer, or says that it is about a picture."""
    return names.is_person(before.strip(" -–—/|,")) or _SHOWS.search(before[-100:]) is not None


def _staff(line: Line, sight: Sight) -> Iterator[Credit]:
    """ "(Reporting by Josh Smith. Editing by Jerry Doyle)" and what other languages put there."""
    tail = line.words[-800:]
    marks = list(phrases.STAFF.finditer(tail))
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        words = tail[mark.end() : following.start() if following else len(tail)]
        words = re.split(r"[)）\]】]|\.\s(?=[A-Z][a-z]+ [a-z])", words)[0]
        if words.lstrip(" :")[:1].islower():
            continue  # "el reporte de prensa aseguró …": a sentence
        role = next(role for group, role in phrases.STAFF_ROLES.items() if mark[group])
        for name in names.split(words, own=sight.own):
            if name.person:
                yield Credit(role, name.text, None, (mark[0] + words).strip(" ;.,()"), "text, sign-off")


def _source_line(line: Line, sight: Sight) -> Iterator[Credit]:
    """ "Source: Donga"; amid the body it is the source of a table, a picture or a quotation, and only cited."""
    match = phrases.SOURCE_LINE.match(line.words[:_HEAD])
    if match and line.words not in sight.body.captions:
        lines = sight.body.lines
        amid = lines[sight.body.first].start < line.start < lines[max(sight.body.first, sight.body.last - 1)].start
        where = (
            "text, source of a part, cited" if amid else _THANKED if _MORE.match(line.words) else "text, source line"
        )
        yield from crediting.named(Role.SOURCE, phrases.words(match), match[0], where)


def _thanks(line: Line, _: Sight) -> Iterator[Credit]:
    """ "With information from …", "mit Material von …", "X contributed to this report", "first published by …"."""
    for text in dict.fromkeys((line.words[:_TAIL], line.words[-_TAIL:])):
        for match in phrases.THANKS.finditer(text):
            words, inner = _INNER.subn("", phrases.words(match))
            evidence = match[0].strip(" ()")
            explicit = any(match[group] for group in _EXPLICIT) or inner > 0
            found = organisations_of(words)
            for organisation in found:
                yield crediting.of_organisation(Role.SOURCE, organisation, evidence, _THANKED)
            if (
                not found
                and explicit
                and names.without_label(words) is None
                and _of_its_own(text, match)
                and not phrases.STAFF.search(match[0])  # people who are told elsewhere
                and len(words) < 60
                and (match["explicit"] or inner or all(name[:1].isupper() for name in _AND.split(words)))
            ):
                for name in _AND.split(words):
                    yield Credit(Role.SOURCE, name.strip(" .),"), None, evidence, _THANKED)
        for match in phrases.CONTRIBUTED.finditer(text):
            before = re.split(r"[.!?]\s", text[max(0, match.start() - _HELPERS) : match.start()])[-1]
            for organisation in organisations_of(before):
                yield crediting.of_organisation(Role.SOURCE, organisation, before + match[0], _THANKED)
        for match in phrases.ORIGIN.finditer(text):
            for organisation in organisations_of(phrases.words(match)):
                yield crediting.of_organisation(Role.SYNDICATION, organisation, match[0], "text, first published")


def _of_its_own(text: str, match: re.Match[str]) -> bool:
    """True for thanks that are a line, a sentence or a bracket of their own: amid a sentence they are what it tells."""
    before, after = text[: match.start()].rstrip(), text[match.end() :].strip(" .)）]*")
    return not after and (not before or match[0][0] in "(（" or before[-1] in '.!?"”»(（[*')


def _photo(line: Line, sight: Sight) -> Iterator[Credit]:
    """ "(KCNA via REUTERS)", "Photo: A / AFP", "AP Photo/B"."""
    tail = line.words[-_TAIL:]
    match = phrases.PHOTO.search(tail)
    if match is None and line.words in sight.body.captions:
        match = phrases.TAIL.search(tail)
    if match:
        for organisation in organisations_of(phrases.words(match)):
            yield crediting.of_organisation(Role.PHOTO, organisation, match[0].strip(), "text, photo credit")


def _copyright(line: Line, sight: Sight) -> Iterator[Credit]:
    """ "© 2023 The Associated Press. All rights reserved"; without a year it is a picture's where an agency is named."""
    if len(line.words) > 600:
        return
    match = phrases.COPYRIGHT.search(line.words[:_TAIL])
    if match is None:
        return
    words = phrases.words(match)
    picture = (
        line.words in sight.body.captions
        or not (_YEAR.search(line.words) or "right" in line.words.lower())
        or "/" in words
    )
    if not (words := crediting.holder(words)):
        return
    for credit in crediting.named(Role.COPYRIGHT, words, match[0].strip(), "text, copyright"):
        if not picture:
            yield credit
        elif any(f.organisation.kind != "outlet" for f in find(words)):
            yield replace(credit, role=Role.PHOTO, where="text, photo credit")


def _author_box(line: Line, _: Sight) -> Iterator[Credit]:
    """ "Mark Jones is a world traveler and journalist for News Rebeat."""
    match = phrases.AUTHOR_BOX.match(line.words[:_TAIL])
    if match and names.is_person(match["name"]):
        yield Credit(Role.AUTHOR, match["name"], None, match[0], "text, author box")
        rest = line.words[match.end() : match.end() + 60]
        if employer := phrases.EMPLOYER.match(rest):
            yield from crediting.named(Role.OUTLET, phrases.words(employer), match[0] + employer[0], "text, author box")
