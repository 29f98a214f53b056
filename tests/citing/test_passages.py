from __future__ import annotations

from archiver import texts
from archiver.citing.passages import directives_for
from archiver.model import Layer, Span, Text

PAGE = (
    b"<html><body><nav>We rebuilt it</nav><article><h1>Harbour</h1><p>We rebuilt it, the master said, and the boats came back one by one.</p>"
    b"<p>Nobody had thought so.</p><div hidden>Secret words stand here for nobody.</div></article></body></html>"
)


def layers() -> tuple[Text, ...]:
    return texts.read(PAGE, content_type="text/html").texts


def link(words: str, layer: Layer = Layer.DOCUMENT) -> tuple[str, ...]:
    content = next(text.content for text in layers() if text.layer is layer)
    at = content.rindex(words)
    return directives_for(layers(), layer, [Span(at, at + len(words))])


def test_a_passage_of_the_document() -> None:
    assert link("the boats came back") == ("text=the%20boats%20came%20back",)


def test_a_passage_of_another_layer_is_looked_up_where_it_stands() -> None:
    article = Text(
        Layer.ARTICLE,
        "Harbour\nWe rebuilt it, the master said, and the boats came back one by one. Nobody had thought so.",
        "x",
        "1",
    )
    document = next(text for text in layers() if text.layer is Layer.DOCUMENT)
    at = article.content.index("We rebuilt it")
    (found,) = directives_for((article, document), Layer.ARTICLE, [Span(at, at + 13)])
    assert found.startswith("text=Harbour-,We%20rebuilt%20it")  # and not the menu
    both = Span(article.content.index("one by one"), len(article.content))
    assert directives_for((article, document), Layer.ARTICLE, [both]) == (
        "text=one%20by%20one,Nobody%20had%20thought%20so",
    )


def test_what_is_not_shown_has_no_link() -> None:
    assert link("Secret words stand here") == ()
    embedded = Text(Layer.EMBEDDED, "Words of a script alone.", "x", "1")
    assert directives_for((*layers(), embedded), Layer.EMBEDDED, [Span(0, 10)]) == ()
    pdf = Text(Layer.PDF, "Harbour", "x", "1")
    assert directives_for((pdf,), Layer.PDF, [Span(0, 7)]) == ()


def test_what_a_browser_showed_goes_before_what_was_sent() -> None:
    rendered = Text(Layer.RENDERED, "Harbour\nDrawn by a script: the boats came back at noon.", "x", "1")
    assert directives_for((*layers(), rendered), Layer.RENDERED, [Span(8, 25)]) == ("text=Drawn%20by%20a%20script",)
    document = next(text for text in layers() if text.layer is Layer.DOCUMENT)
    at = document.content.index("Nobody had thought so")
    assert directives_for((document, rendered), Layer.DOCUMENT, [Span(at, at + 21)]) == (
        "text=Nobody%20had%20thought%20so",
    )
