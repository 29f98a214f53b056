"""What happens round an article and in its place: page furniture, walls, errors, moves."""

from __future__ import annotations

import re
from dataclasses import replace

from driftcase import ALTERED, ANY, Asked, Case, Edit, Maker, Recipe, Unfit, asked_of, pair
from driftedits import KINDS
from driftpages import Page, before_end, behind_body, escape
from driftwalls import HOME, Answer, no_such_page, page

# furniture


def _furniture(name: str, old: str, new: str, where: str) -> Recipe:
    """``where``: at the ``head`` of the body, at its ``end``, or ``between`` paragraphs of the article."""

    def recipe(maker: Maker, found: Page) -> Case:
        sentences = maker.some(found, 3)
        place = {"head": behind_body(found.html), "end": before_end(found.html), "between": sentences[0].paragraph[1]}[
            where
        ]
        first, second = (found.edited((place, place, words)) for words in (old, new))
        return Case(name, "furniture", found.id, page(first), asked_of(*sentences), (page(second),), "unchanged")

    return recipe


def _dates(maker: Maker, found: Page) -> Case:
    """The page's own ``<time>`` elements say another time."""
    sentences = maker.some(found, 3)
    second = re.sub(r"(<time\b[^<>]*>)[^<>]+(</time>)", r"\g<1>Updated 3 hours ago\2", found.html)
    if second == found.html:
        raise Unfit
    return pair("changed dates", "furniture", found, asked_of(*sentences), second, "unchanged")


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

FURNITURE: list[Recipe] = [
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
        return pair(name, "furniture", found, asked_of(*sentences), second, "unchanged")

    return recipe


FURNITURE += [
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


# walls, errors, moves


def instead(group: str, drift: str, answers: list[tuple[str, Answer]]) -> list[Recipe]:
    """Something else answers in the page's place."""

    def recipe(name: str, answer: Answer) -> Recipe:
        def made(maker: Maker, found: Page) -> Case:
            asked = asked_of(*maker.some(found, 2))
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


def stub(maker: Maker, found: Page) -> Case:
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
    return Case("paywall stub", "walls", found.id, page(found.html), asked_of(*rest[:2]), (page(second),), "restricted")


def gone_once(maker: Maker, found: Page) -> Case:
    answers = (no_such_page(404), page(found.html))
    return Case(
        "404, then back", "twice", found.id, page(found.html), asked_of(*maker.some(found, 2)), answers, "unchanged"
    )


def moved(status: int, *, altered: bool = False) -> Recipe:
    def recipe(maker: Maker, found: Page) -> Case:
        sentences = maker.some(found, 3)
        asked, second = asked_of(*sentences), found.html
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


def canonical(maker: Maker, found: Page) -> Case:
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
        asked_of(*sentences),
        (page(second),),
        "moved",
        there,
        "other-address",
    )


def home(status: int) -> Recipe:
    def recipe(maker: Maker, found: Page) -> Case:
        asked = asked_of(*maker.some(found, 2), drift=ANY)
        answer = Answer(status, b"", {"Location": "/"})
        return Case(
            f"{status} to the front page", "moved", found.id, page(found.html), asked, (answer,), "moved", {"/": HOME}
        )

    return recipe
