"""Edits of the article: in what is quoted, elsewhere, and of nothing but how it is written down."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from driftcase import ALTERED, REMOVED, Asked, Case, Edit, Maker, Unfit, asked_of, pair
from driftpages import Page, escape
from driftwalls import Answer, page

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


# quotations that are altered


def altered(maker: Maker, wanted: int) -> list[Case]:
    rows: dict[str, list[dict[str, object]]] = {kind: [] for kind in KINDS}
    known = set(maker.ids)
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
                *asked_of(*(o for o in others if o.text not in gold and gold not in o.text)),
            )
            changed = str(row["quote"])
            second = found.edited((one.start, one.end, escape(changed)))
            try:
                case = pair(kind, "altered", found, asked, second, ALTERED)
            except Unfit:
                continue
            if kind == "typo" and number // len(kinds) % 2:  # mostly a page has the slip first, and is corrected
                asked = (Asked(changed, ALTERED, KINDS[kind]), *asked[1:])
                case = pair("typo corrected", "altered", replace(found, html=second), asked, found.html, ALTERED)
            out.append(case)
            break
    return out


def _changed(maker: Maker, found: Page, kind: str, edit: Callable[[str], str | None], kinds: frozenset[str]) -> Case:
    sentences = maker.some(found, 6, 2)
    for one in sentences:
        new = edit(one.text)
        if new is not None and new != one.text:
            others = [item for item in sentences if item is not one][:2]
            asked = (Asked(one.text, ALTERED, kinds), *asked_of(*others))
            return pair(kind, "altered", found, asked, found.edited((one.start, one.end, escape(new))), ALTERED)
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
            asked = (Asked(one.text, ALTERED, frozenset({"order"})), *asked_of(*others))
            second = found.edited((one.start, one.end, escape(f"{two[2]} {two[1]}")))
            return pair("order", "altered", found, asked, second, ALTERED)
    raise Unfit


# quotations that are removed, and edits elsewhere


def sentence_removed(maker: Maker, found: Page) -> Case:
    one, *others = maker.some(found, 3)
    asked = (Asked(one.text, REMOVED), *asked_of(*others))
    return pair("quoted sentence", "removed", found, asked, found.edited((one.start, one.end, "")), REMOVED)


def paragraph_removed(maker: Maker, found: Page) -> Case:
    one, *others = maker.some(found, 3)
    asked = (Asked(one.text, REMOVED), *asked_of(*others))
    return pair("quoted paragraph", "removed", found, asked, found.edited((*one.paragraph, "")), REMOVED)


def back_again(maker: Maker, found: Page) -> Case:
    """Half a page at the first look, whole again at the second."""
    one, *others = maker.some(found, 3)
    case = pair("back at the second look", "twice", found, asked_of(one, *others), found.html, "unchanged")
    return replace(case, answers=(page(found.edited((*one.paragraph, ""))), case.first))


def other_sentence(maker: Maker, found: Page) -> Case:
    one, *others = maker.some(found, 3)
    words = one.text.split(" ") if " " in one.text else list(one.text)
    at = len(words) // 2
    joint = " " if " " in one.text else ""
    new = joint.join([*words[:at], *words[at + 2 :]])
    second = found.edited((one.start, one.end, escape(new)))
    return pair("another sentence reworded", "elsewhere", found, asked_of(*others), second, "edited-elsewhere")


def other_removed(maker: Maker, found: Page) -> Case:
    one, *others = maker.some(found, 3)
    second = found.edited((*one.paragraph, ""))
    return pair("another paragraph removed", "elsewhere", found, asked_of(*others), second, "edited-elsewhere")


def correction(maker: Maker, found: Page) -> Case:
    one, *others = maker.some(found, 3)
    note = "<p>Correction: an earlier version of this article misstated the date of the meeting. It was held on the second day, not on the first.</p>"
    second = found.edited((one.paragraph[1], one.paragraph[1], note))
    return pair("a correction added", "elsewhere", found, asked_of(one, *others), second, "edited-elsewhere")


def reordered(maker: Maker, found: Page) -> Case:
    one, two, *others = maker.some(found, 3)
    block = found.html[slice(*one.paragraph)]
    second = found.edited((*one.paragraph, ""), (two.paragraph[1], two.paragraph[1], block))
    if one.paragraph[1] > two.paragraph[0] or second == found.html:
        raise Unfit
    return pair(
        "paragraphs in another order", "reordered", found, asked_of(one, two, *others), second, "edited-elsewhere"
    )


# the same words in other clothes


def references(maker: Maker, found: Page) -> Case:
    """Every character beyond ASCII as a reference."""
    case = pair("character references", "print", found, asked_of(*maker.some(found, 3)), found.html, "unchanged")
    return replace(case, answers=(Answer(200, found.html.encode("ascii", "xmlcharrefreplace")),))


def encoded(maker: Maker, found: Page) -> Case:
    """Another charset, which the server names."""
    name = "gb18030" if found.lang == "zh" else "windows-1252"
    case = pair("another charset", "print", found, asked_of(*maker.some(found, 3)), found.html, "unchanged")
    body = found.html.encode(name, "xmlcharrefreplace")
    return replace(case, answers=(Answer(200, body, {"Content-Type": f"text/html; charset={name}"}),))


def spaced(maker: Maker, found: Page) -> Case:
    """Hard spaces, soft hyphens and other quotation marks within a quoted sentence."""
    sentences = maker.some(found, 3)
    one = sentences[0]
    words = re.sub(r"(\w{5})(\w{4})", "\\1\u00ad\\2", one.text).replace(" ", "\u00a0", 2).replace("’", "'")
    second = found.edited((one.start, one.end, escape(words)))
    case = pair("spaces and hyphens", "print", found, asked_of(*sentences), second, "unchanged")
    return replace(case, or_drift="edited-elsewhere")


def emphasised(maker: Maker, found: Page) -> Case:
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
    return pair("links and bold letters", "print", found, asked_of(*sentences), found.edited(*edits), "unchanged")


def redesigned(maker: Maker, found: Page) -> Case:
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
    case = pair("the article in a new site", "redesign", found, asked_of(*kept), second, "edited-elsewhere")
    return replace(case, or_drift="unchanged")
