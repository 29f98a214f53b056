"""The made set of page pairs: a page, what is quoted of it, what becomes of it, and the drift that docs/recheck.md wants told of that.

What is expected is written from what the maker did. The kinds are seen from the quotation, as a judgement sees them: a word that the page has
more now is one that the quotation leaves out, ``word-dropped``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from random import Random

from driftpages import Corpus, Page, Sentence, before_end, behind_body, escape, squash
from driftwalls import HOME, LANGUAGES, Answer, errors, no_such_page, page, walls

ALTERED, REMOVED, ANY = "quote-altered", "quote-removed", "any"
Edit = tuple[int, int, str]

# what the corpus did to a quotation -> the kinds that this may be called; here the page is changed so, and the quotation stays
KINDS: dict[str, frozenset[str]] = {
    "number": frozenset({"number", "date"}),  # of a year or a day
    "negation_added": frozenset({"negation"}),
    "negation_removed": frozenset({"negation"}),
    "name": frozenset({"name"}),
    "word_dropped": frozenset({"word-added", "negation"}),  # where the word was a negation
    "word_added": frozenset({"word-dropped"}),
    "synonym": frozenset({"word-replaced", "modal", "quantifier"}),  # could for might, often for always
    "modal": frozenset({"modal"}),
    "quantifier": frozenset({"quantifier", "negation"}),  # always, never
    "unit": frozenset({"unit"}),
    "typo": frozenset({"spelling"}),
}

_CALENDAR = {
    "en": (
        "January February March April May June July August September October November December",
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    ),
    "de": (
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    ),
    "fr": (
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
    ),
    "es": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "lunes martes miércoles jueves viernes sábado domingo",
    ),
    "it": (
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    ),
}
_AMBIGUOUS = {"May", "March", "mars", "mai"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A quotation of the first version, and what the second one does to it: None where it stands, or `ALTERED` of one of ``kinds``, `REMOVED`."""

    text: str
    drift: str | None = None
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Case:
    """A pair. ``answers`` are those to the first look, the second and so on (the last stays); ``others`` are other addresses that answer then,
    ``{}`` in the bodies and in them is the address of the case. ``or_drift`` is as right as ``drift``."""

    name: str
    group: str
    page: str
    first: Answer
    asked: tuple[Asked, ...]
    answers: tuple[Answer, ...]
    drift: str
    others: dict[str, Answer] = field(default_factory=dict)
    moved_to: str | None = None
    or_drift: str = ""


class Unfit(Exception):
    """A page on which this edit cannot be made."""


Recipe = Callable[["Maker", Page], Case]


@dataclass
class Maker:
    """Makes cases out of the corpus; the same seed makes the same cases."""

    corpus: Corpus
    seed: int
    most_bytes: int = 400_000
    random: Random = field(init=False)
    _ids: list[str] = field(init=False)
    _at: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self._ids = self.corpus.pages(self.most_bytes)
        self.random.shuffle(self._ids)

    def cases(self, pairs: int) -> list[Case]:
        """So many pairs, in the proportions of `PARTS`."""
        whole = sum(share for share, _ in PARTS)
        out: list[Case] = []
        for share, part in PARTS:
            wanted = max(1, round(pairs * share / whole))
            out += part(self, wanted)
        return out

    def pages(self) -> Iterator[Page]:
        """Pages without end, each again only after all the others."""
        while True:
            yield self.corpus.page(self._ids[next(self._at) % len(self._ids)])

    def each(self, recipes: list[Recipe], wanted: int) -> list[Case]:
        """One case of each recipe in turn, on the next page that takes it."""
        out = []
        for number in range(wanted):
            recipe = recipes[number % len(recipes)]
            for tries, found in enumerate(self.pages()):
                try:
                    out.append(recipe(self, found))
                    break
                except Unfit:
                    if tries > len(self._ids):
                        break
        return out

    def some(self, found: Page, most: int, least: int | None = None) -> list[Sentence]:
        """Sentences to quote. Raises Unfit where the page has too few."""
        sentences = found.sentences(self.random, most)
        if len(sentences) < (most if least is None else least):
            raise Unfit
        return sentences


def _asked(*sentences: Sentence, drift: str | None = None) -> tuple[Asked, ...]:
    return tuple(Asked(sentence.text, drift) for sentence in sentences)


def _pair(name: str, group: str, found: Page, asked: tuple[Asked, ...], second: str, drift: str) -> Case:
    """Raises Unfit where the edit did more or less than it should: a page's own markup may be torn."""
    if second != found.html:
        there = squash(re.sub(r"</?[ab]\b[^<>]*>", "", second))
        for one in asked:
            if one.drift in (None, REMOVED) and (squash(one.text) in there) is (one.drift == REMOVED):
                raise Unfit
    return Case(name, group, found.id, page(found.html), asked, (page(second),), drift)


# quotations that are altered


def _altered(maker: Maker, wanted: int) -> list[Case]:
    rows: dict[str, list[dict[str, object]]] = {kind: [] for kind in KINDS}
    known = set(maker._ids)
    for row in maker.corpus.altered():
        if row["kind"] in rows and row["page"] in known:
            rows[str(row["kind"])].append(row)
    own: list[Callable[[Maker, Page], Case]] = [_date, _punctuation, _order]
    kinds = [*KINDS, *own]
    out: list[Case] = []
    for number in range(wanted):
        kind = kinds[number % len(kinds)]
        if callable(kind):
            out += maker.each([kind], 1)
            continue
        while rows[kind]:
            row = rows[kind].pop(maker.random.randrange(len(rows[kind])))
            found = maker.corpus.page(str(row["page"]))
            gold = str(row["gold_spans"][0])  # type: ignore[index]
            one = found.find(gold)
            if one is None or set("[]…") & set(gold):
                continue
            others = [item for item in found.sentences(maker.random, 3) if item.text != gold][:2]
            asked = (
                Asked(gold, ALTERED, KINDS[kind]),
                *_asked(*(o for o in others if o.text not in gold and gold not in o.text)),
            )
            changed = str(row["quote"])
            second = found.edited((one.start, one.end, escape(changed)))
            try:
                case = _pair(kind, "altered", found, asked, second, ALTERED)
            except Unfit:
                continue
            if kind == "typo" and number // len(kinds) % 2:  # mostly a page has the slip first, and is corrected
                asked = (Asked(changed, ALTERED, KINDS[kind]), *asked[1:])
                case = _pair("typo corrected", "altered", replace(found, html=second), asked, found.html, ALTERED)
            out.append(case)
            break
    return out


def _changed(maker: Maker, found: Page, kind: str, edit: Callable[[str], str | None], kinds: frozenset[str]) -> Case:
    sentences = maker.some(found, 6, 2)
    for one in sentences:
        new = edit(one.text)
        if new is not None and new != one.text:
            others = [item for item in sentences if item is not one][:2]
            asked = (Asked(one.text, ALTERED, kinds), *_asked(*others))
            return _pair(kind, "altered", found, asked, found.edited((one.start, one.end, escape(new))), ALTERED)
    raise Unfit


def _date(maker: Maker, found: Page) -> Case:
    lists = [names.split() for names in _CALENDAR.get(found.lang, ())]

    def edit(text: str) -> str | None:
        for names in lists:
            for number, name in enumerate(names):
                hit = re.search(rf"\b{name}\b", text)
                if hit and name not in _AMBIGUOUS and not re.search(r"[A-Z]\w+ $", text[: hit.start()]):  # Black Friday
                    return text[: hit.start()] + names[number - 2] + text[hit.end() :]
        return None

    return _changed(maker, found, "date", edit, frozenset({"date"}))


def _punctuation(maker: Maker, found: Page) -> Case:
    def edit(text: str) -> str | None:
        for sign, other in ((", ", "; "), (" – ", ", "), ("，", "；")):
            if text.count(sign) == 1 and not re.search(r"\d\W", text):
                return text.replace(sign, other)
        return None

    return _changed(maker, found, "punctuation", edit, frozenset({"punctuation"}))


def _order(maker: Maker, found: Page) -> Case:
    """Two sentences that stand one behind the other change places, and are quoted together."""
    for line in found.gold:
        two = re.fullmatch(r"(?:.*?[.!?] )?([A-ZÄÖÜ][^.!?]{25,150}\.) ([A-ZÄÖÜ][^.!?]{25,150}\.)(?: .*)?", line.strip())
        if two is None or set("\"'“”„«»‘’()[]") & set(two[0]):
            continue
        one = found.find(f"{two[1]} {two[2]}")
        if one is not None:
            others = [o for o in found.sentences(maker.random, 3) if o.paragraph != one.paragraph][:2]
            asked = (Asked(one.text, ALTERED, frozenset({"order"})), *_asked(*others))
            second = found.edited((one.start, one.end, escape(f"{two[2]} {two[1]}")))
            return _pair("order", "altered", found, asked, second, ALTERED)
    raise Unfit


# quotations that are removed, and edits elsewhere


def _sentence_removed(maker: Maker, found: Page) -> Case:
    one, *others = maker.some(found, 3)
    asked = (Asked(one.text, REMOVED), *_asked(*others))
    return _pair("quoted sentence", "removed", found, asked, found.edited((one.start, one.end, "")), REMOVED)


def _paragraph_removed(maker: Maker, found: Page) -> Case:
    one, *others = maker.some(found, 3)
    asked = (Asked(one.text, REMOVED), *_asked(*others))
    return _pair("quoted paragraph", "removed", found, asked, found.edited((*one.paragraph, "")), REMOVED)


def _back_again(maker: Maker, found: Page) -> Case:
    """Half a page at the first look, whole again at the second."""
    one, *others = maker.some(found, 3)
    case = _pair("back at the second look", "twice", found, _asked(one, *others), found.html, "unchanged")
    return replace(case, answers=(page(found.edited((*one.paragraph, ""))), case.first))


def _other_sentence(maker: Maker, found: Page) -> Case:
    one, *others = maker.some(found, 3)
    words = one.text.split(" ") if " " in one.text else list(one.text)
    at = len(words) // 2
    joint = " " if " " in one.text else ""
    new = joint.join([*words[:at], *words[at + 2 :]])
    second = found.edited((one.start, one.end, escape(new)))
    return _pair("another sentence reworded", "elsewhere", found, _asked(*others), second, "edited-elsewhere")


def _other_removed(maker: Maker, found: Page) -> Case:
    one, *others = maker.some(found, 3)
    second = found.edited((*one.paragraph, ""))
    return _pair("another paragraph removed", "elsewhere", found, _asked(*others), second, "edited-elsewhere")


def _correction(maker: Maker, found: Page) -> Case:
    one, *others = maker.some(found, 3)
    note = "<p>Correction: an earlier version of this article misstated the date of the meeting. It was held on the second day, not on the first.</p>"
    second = found.edited((one.paragraph[1], one.paragraph[1], note))
    return _pair("a correction added", "elsewhere", found, _asked(one, *others), second, "edited-elsewhere")


def _reordered(maker: Maker, found: Page) -> Case:
    one, two, *others = maker.some(found, 3)
    block = found.html[slice(*one.paragraph)]
    second = found.edited((*one.paragraph, ""), (two.paragraph[1], two.paragraph[1], block))
    if one.paragraph[1] > two.paragraph[0] or second == found.html:
        raise Unfit
    return _pair(
        "paragraphs in another order", "reordered", found, _asked(one, two, *others), second, "edited-elsewhere"
    )


# furniture


def _furniture(name: str, old: str, new: str, where: str) -> Recipe:
    """``where``: at the ``head`` of the body, at its ``end``, or ``between`` paragraphs of the article."""

    def recipe(maker: Maker, found: Page) -> Case:
        sentences = maker.some(found, 3)
        place = {"head": behind_body(found.html), "end": before_end(found.html), "between": sentences[0].paragraph[1]}[
            where
        ]
        first, second = (found.edited((place, place, words)) for words in (old, new))
        return Case(name, "furniture", found.id, page(first), _asked(*sentences), (page(second),), "unchanged")

    return recipe


def _dates(maker: Maker, found: Page) -> Case:
    """The page's own ``<time>`` elements say another time."""
    sentences = maker.some(found, 3)
    second = re.sub(r"(<time\b[^<>]*>)[^<>]+(</time>)", r"\g<1>Updated 3 hours ago\2", found.html)
    if second == found.html:
        raise Unfit
    return _pair("changed dates", "furniture", found, _asked(*sentences), second, "unchanged")


_NAV = "<nav class='main-nav'><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li>{}</ul></nav>"
_AD = (
    "<div class='ad-slot advertisement' aria-label='Advertisement'><span>Advertisement</span>"
    "<a href='https://ads.example/{0}'>Save {0} % on garden chairs</a></div>"
)
_RELATED = (
    "<aside class='related-articles'><h3>Related stories</h3><ul><li><a href='/r1'>Ferry prices to rise in autumn</a></li>"
    "<li><a href='/r2'>What the new {} rules mean for you</a></li></ul></aside>"
)
_META = (
    "<div class='article-tools'>"
    "<span class='updated'>Updated {} ago</span> <a href='#comments' class='comment-count'>{} comments</a> <span>{} shares</span></div>"
)
_COOKIES = "<div id='cookie-banner' role='dialog' aria-label='Cookies'><p>We use cookies to improve your visit.</p><button>Accept</button></div>"
_COMMENTS = "<section id='comments' class='comments'><h2>{} comments</h2>{}</section>"
_COMMENT = (
    "<div class='comment'><b>reader{0}</b><p>I have seen {0} of these and cannot agree with a word of it.</p></div>"
)

_FURNITURE: list[Recipe] = [
    _furniture("new entries in the menu", _NAV.format(""), _NAV.format("<li><a href='/sport'>Sport</a></li>"), "head"),
    _furniture("counters", _META.format("3 minutes", 12, 40), _META.format("2 hours", 158, 611), "head"),
    _furniture("a new advertisement", "", _AD.format(30), "between"),
    _furniture("another advertisement", _AD.format(30), _AD.format(45), "between"),
    _furniture("a related box", "", _RELATED.format("parking"), "end"),
    _furniture("another related box", _RELATED.format("parking"), _RELATED.format("voting"), "between"),
    _furniture("a cookie line", "", _COOKIES, "end"),
    _furniture(
        "new comments",
        _COMMENTS.format(1, _COMMENT.format(4)),
        _COMMENTS.format(2, _COMMENT.format(4) + _COMMENT.format(9)),
        "end",
    ),
    _dates,
]


def _teaser(name: str, where: str, box: str) -> Recipe:
    """The words of a quotation, changed, in somebody else's mouth: the article says what it said."""

    def recipe(maker: Maker, found: Page) -> Case:
        sentences = maker.some(found, 3)
        one = sentences[0]
        words = one.text.split(" ") if " " in one.text else list(one.text)
        at = len(words) // 3
        said = (" " if " " in one.text else "").join([*words[:at], *words[at + 2 :]])
        place = before_end(found.html) if where == "end" else sentences[-1].paragraph[1]
        second = found.edited((place, place, box.format(escape(said))))
        return _pair(name, "furniture", found, _asked(*sentences), second, "unchanged")

    return recipe


_FURNITURE += [
    _teaser(
        "a comment with the words changed",
        "end",
        "<section id='comments' class='comments'><h2>1 comment</h2><div class='comment'><p>{}</p></div></section>",
    ),
    _teaser(
        "a teaser with the words changed",
        "end",
        "<aside class='related-articles'><h3>Read more</h3><ul><li><a href='/x'>{}</a></li></ul></aside>",
    ),
]


# the same words in other clothes


def _references(maker: Maker, found: Page) -> Case:
    """Every character beyond ASCII as a reference."""
    case = _pair("character references", "print", found, _asked(*maker.some(found, 3)), found.html, "unchanged")
    return replace(case, answers=(Answer(200, found.html.encode("ascii", "xmlcharrefreplace")),))


def _encoded(maker: Maker, found: Page) -> Case:
    """Another charset, which the server names."""
    name = "gb18030" if found.lang == "zh" else "windows-1252"
    case = _pair("another charset", "print", found, _asked(*maker.some(found, 3)), found.html, "unchanged")
    body = found.html.encode(name, "xmlcharrefreplace")
    return replace(case, answers=(Answer(200, body, {"Content-Type": f"text/html; charset={name}"}),))


def _spaced(maker: Maker, found: Page) -> Case:
    """Hard spaces, soft hyphens and other quotation marks within a quoted sentence."""
    sentences = maker.some(found, 3)
    one = sentences[0]
    words = re.sub(r"(\w{5})(\w{4})", "\\1\u00ad\\2", one.text).replace(" ", "\u00a0", 2).replace("’", "'")
    second = found.edited((one.start, one.end, escape(words)))
    case = _pair("spaces and hyphens", "print", found, _asked(*sentences), second, "unchanged")
    return replace(case, or_drift="edited-elsewhere")


def _emphasised(maker: Maker, found: Page) -> Case:
    """A link and bold letters within quoted sentences."""
    sentences = maker.some(found, 3)
    edits: list[Edit] = []
    for one in sentences[:2]:
        words = one.text.split(" ")
        if len(words) < 6:
            raise Unfit
        marked = [
            *map(escape, words[:2]),
            f"<a href='/topic'>{escape(words[2])} {escape(words[3])}</a>",
            f"<b>{escape(words[4])}</b>",
        ]
        edits.append((one.start, one.end, " ".join([*marked, *map(escape, words[5:])])))
    return _pair("links and bold letters", "print", found, _asked(*sentences), found.edited(*edits), "unchanged")


def _redesigned(maker: Maker, found: Page) -> Case:
    """The article's paragraphs in a new site."""
    sentences = maker.some(found, 3)
    lines = "".join(f"<p class='body-text'>{escape(line.strip())}</p>" for line in found.gold[1:])
    second = (
        f"<!DOCTYPE html><html lang='{found.lang}'><head><meta charset='utf-8'><title>{escape(found.gold[0])}</title></head><body><div id='app'>"
        f"<header><ul><li><a href='/'>Start</a></li><li><a href='/themes'>Themes</a>"
        f"</li></ul></header><main><article><h1>{escape(found.gold[0])}</h1>{lines}"
        "</article></main><footer><p>Imprint | Terms | Privacy</p></footer></div></body></html>"
    )
    kept = [one for one in sentences if one.text in second or escape(one.text) in second]
    if len(kept) < 2:
        raise Unfit
    case = _pair("the article in a new site", "redesign", found, _asked(*kept), second, "edited-elsewhere")
    return replace(case, or_drift="unchanged")


# walls, errors, moves


def _instead(group: str, drift: str, answers: list[tuple[str, Answer]]) -> list[Recipe]:
    """Something else answers in the page's place."""

    def recipe(name: str, answer: Answer) -> Recipe:
        def made(maker: Maker, found: Page) -> Case:
            asked = _asked(*maker.some(found, 2))
            if drift == "gone":
                asked = tuple(replace(one, drift=ANY) for one in asked)
            return Case(name, group, found.id, page(found.html), asked, (answer,), drift)

        return made

    return [recipe(name, answer) for name, answer in answers]


_OFFERS = {
    "en": (
        "Continue reading with a subscription",
        "This article is for subscribers only. Subscribe now to read on.",
        "Subscribe",
    ),
    "de": (
        "Weiterlesen mit einem Abo",
        "Dieser Artikel ist nur für Abonnenten. Jetzt abonnieren und weiterlesen.",
        "Jetzt abonnieren",
    ),
    "fr": (
        "La suite est réservée aux abonnés",
        "Cet article est réservé à nos abonnés. Abonnez-vous pour lire la suite.",
        "S’abonner",
    ),
    "es": (
        "Contenido exclusivo para suscriptores",
        "Este artículo es solo para suscriptores. Suscríbase para seguir leyendo.",
        "Suscribirse",
    ),
}


def _stub(maker: Maker, found: Page) -> Case:
    """The page itself, behind its first paragraph nothing but an offer."""
    if found.lang not in _OFFERS:
        raise Unfit
    kept, *rest = maker.some(found, 6, 4)
    head, words, button = _OFFERS[found.lang]
    offer = f"<div class='paywall-barrier'><h2>{head}</h2><p>{words}</p><button>{button}</button> <a href='/login'>Log in</a></div>"
    end = found.html.rfind("</p>") + 4
    paragraphs = [hit.span() for hit in re.finditer(r"<p[\s>](?:(?!</?p[\s>]).)*</p>", found.html[:end], re.DOTALL)]
    gone: list[Edit] = [(start, stop, "") for start, stop in paragraphs if start > kept.paragraph[0]]
    if not {one.paragraph for one in rest} <= {edit[:2] for edit in gone}:
        raise Unfit
    second = found.edited((kept.paragraph[1], kept.paragraph[1], offer), *gone)
    return Case("paywall stub", "walls", found.id, page(found.html), _asked(*rest[:2]), (page(second),), "restricted")


def _gone_once(maker: Maker, found: Page) -> Case:
    answers = (no_such_page(404), page(found.html))
    return Case(
        "404, then back", "twice", found.id, page(found.html), _asked(*maker.some(found, 2)), answers, "unchanged"
    )


def _moved(status: int, *, altered: bool = False) -> Recipe:
    def recipe(maker: Maker, found: Page) -> Case:
        sentences = maker.some(found, 3)
        asked, second = _asked(*sentences), found.html
        if altered:
            number = next((one for one in sentences if re.search(r"\b[2-8]\d?\b(?![.,:]\d)", one.text)), None)
            if number is None:
                raise Unfit
            new = re.sub(r"\b[2-8]\d?\b(?![.,:]\d)", lambda hit: str(int(hit[0]) + 11), number.text, count=1)
            second = found.edited((number.start, number.end, escape(new)))
            asked = tuple(
                Asked(one.text, ALTERED, KINDS["number"]) if one is number else Asked(one.text) for one in sentences
            )
        there = {"archive/new-address": page(second)}
        answer = Answer(status, b"", {"Location": "{}archive/new-address"})
        name = f"{status}{' to a changed text' if altered else ''}"
        return Case(name, "moved", found.id, page(found.html), asked, (answer,), "moved", there, "archive/new-address")

    return recipe


def _canonical(maker: Maker, found: Page) -> Case:
    """The page comes to name another address as its own."""
    bare = re.sub(r"<link\b[^<>]*\bcanonical\b[^<>]*>", "", found.html)
    bare = re.sub(r"<meta\b[^<>]*\bog:url\b[^<>]*>", "", bare)
    found = replace(found, html=bare)
    sentences = maker.some(found, 2)
    head = re.search(r"<head[^<>]*>", bare)
    if head is None:
        raise Unfit
    link = "<link rel='canonical' href='{}'>"
    first, second = (
        found.edited((head.end(), head.end(), link.replace("{}", to))) for to in ("{}story", "{}other-address")
    )
    there = {"other-address": page(second)}
    return Case(
        "canonical",
        "moved",
        found.id,
        page(first),
        _asked(*sentences),
        (page(second),),
        "moved",
        there,
        "other-address",
    )


def _home(status: int) -> Recipe:
    def recipe(maker: Maker, found: Page) -> Case:
        asked = _asked(*maker.some(found, 2), drift=ANY)
        answer = Answer(status, b"", {"Location": "/"})
        return Case(
            f"{status} to the front page", "moved", found.id, page(found.html), asked, (answer,), "moved", {"/": HOME}
        )

    return recipe


def _part(recipes: list[Recipe]) -> Callable[[Maker, int], list[Case]]:
    return lambda maker, wanted: maker.each(recipes, wanted)


# the proportions of the set
PARTS: list[tuple[int, Callable[[Maker, int], list[Case]]]] = [
    (84, _altered),
    (20, _part([_sentence_removed, _paragraph_removed])),
    (18, _part([_other_sentence, _other_removed, _correction])),
    (8, _part([_reordered])),
    (27, _part(_FURNITURE)),
    (12, _part([_references, _encoded, _spaced, _emphasised])),
    (5, _part([_redesigned])),
    (13, _part(_instead("walls", "restricted", walls()))),
    (4, _part([_stub])),
    (8, _part([_moved(301), _moved(308), _moved(302), _moved(301, altered=True), _canonical])),
    (3, _part([_home(301), _home(302)])),
    (6, _part(_instead("gone", "gone", [("404", no_such_page(404)), ("410", no_such_page(410))]))),
    (6, _part(_instead("gone", "gone", [(f"soft 404, {lang}", no_such_page(200, lang)) for lang in LANGUAGES]))),
    (6, _part(_instead("errors", "unreachable", errors()))),
    (4, _part([_gone_once, _back_again])),
]
