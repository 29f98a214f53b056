"""A page that shows its beginning only, known by what it was before."""

from __future__ import annotations

from archiver.model import Layer, Span, Text
from archiver.rechecking.stubs import is_stub

ARTICLE = "\n".join(f"Paragraph {number} of the article tells of the bridge over the Lorn." for number in range(9))
OFFER = "Continue reading with a subscription"


def look(article: str, *around: str, unseen: int = 0) -> list[Text]:
    document = "\n".join((article, *around))
    hidden = (Span(len(document) - unseen, len(document)),) if unseen else ()
    return [Text(Layer.ARTICLE, article, "t", "1"), Text(Layer.DOCUMENT, document, "t", "1", unseen=hidden)]


def test_less_of_the_article_and_an_offer_that_was_not_there_is_a_stub() -> None:
    assert is_stub(look(ARTICLE, "Home"), look(ARTICLE[:90], "Home", OFFER))


def test_one_of_the_two_alone_is_none() -> None:
    assert not is_stub(look(ARTICLE), look(ARTICLE[:90]))
    assert not is_stub(look(ARTICLE), look(ARTICLE, OFFER))
    assert not is_stub(look(ARTICLE, OFFER), look(ARTICLE[:90], OFFER))
    assert not is_stub([], look(ARTICLE, OFFER))


def test_an_offer_that_nobody_is_shown_and_a_story_about_subscriptions_are_none() -> None:
    assert not is_stub(look(ARTICLE), look(ARTICLE[:90], OFFER, unseen=len(OFFER)))
    story = f"{'The paper said that it would sell more of them. ' * 9}{OFFER}"
    assert not is_stub(look(ARTICLE), look(ARTICLE[:90], story))
