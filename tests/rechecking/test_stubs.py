"""A page that shows its beginning only, known by what it was before."""

from __future__ import annotations

from archiver.model import Layer, Span, Text
from archiver.rechecking import stubs
from archiver.rechecking.sameness import kept_prose
from archiver.texts.wallwords import PAYWALL

LINES = [f"Paragraph {number} of the article tells at some length of the bridge over the Lorn." for number in range(9)]
OFFER = "Continue reading with a subscription"
MENU = "Already a subscriber? Log in"


def is_stub(before: list[Text], now: list[Text]) -> bool:
    return stubs.is_stub(before, now, PAYWALL)


def look(lines: list[str], *around: str, unseen: int = 0) -> list[Text]:
    article = "\n".join(lines)
    document = "\n".join((article, *around))
    hidden = (Span(len(document) - unseen, len(document)),) if unseen else ()
    return [Text(Layer.ARTICLE, article, "t", "1"), Text(Layer.DOCUMENT, document, "t", "1", unseen=hidden)]


def test_less_of_the_article_and_an_offer_that_was_not_there_is_a_stub() -> None:
    assert is_stub(look(LINES, "Home"), look(LINES[:2], "Home", OFFER))
    assert is_stub(look(LINES, MENU), look(LINES[:2], MENU, OFFER))


def test_one_of_the_two_alone_is_none() -> None:
    assert not is_stub(look(LINES), look(LINES[:2]))
    assert not is_stub(look(LINES), look(LINES, OFFER))
    assert not is_stub(look(LINES, MENU), look(LINES[:2], MENU))
    assert not is_stub([], look(LINES, OFFER))


def test_an_offer_that_nobody_is_shown_and_a_story_about_subscriptions_are_none() -> None:
    assert not is_stub(look(LINES), look(LINES[:2], OFFER, unseen=len(OFFER)))
    story = f"{'The paper said that it would sell more of them. ' * 9}{OFFER}"
    assert not is_stub(look(LINES), look(LINES[:2], story))


def test_what_was_kept_is_measured_by_its_length() -> None:
    whole = [*LINES[:3], "And then it went on. " * 200]
    kept = kept_prose(look(whole), look(LINES[:3]))
    assert kept is not None
    assert kept < 0.1
    assert is_stub(look(whole), look(LINES[:3], OFFER))
    assert kept_prose([], look(LINES)) is None
