"""The ``document`` layer: all the text of a page, in the order of its source.

Captions, asides, tables, menus, hidden elements and readers' comments are in it; attributes (``alt``, ``title``) are
not. The words and characters are the page's own, but for digits set above or below the line (see `archiver.texts.raised`),
the brackets about signs that lead to a note (`archiver.texts.noterefs`), and the marks that browsers draw about ``<q>``.
White space inside a block is one space, a block begins a new line, and so does ``<br>``; an inline element neither glues
nor splits words. Reading aids over words (``<rt>``, ``<rp>``) are left out: they stand in the middle of sentences, and no one quotes them.

What a reader of the page is not shown is in the text too, and marked as *unseen*: ``hidden`` and ``display:none``,
templates, ``<noscript>``, the fallback of media and frames, closed dialogs, and readers' comments. ``<html>`` and
``<body>`` are never taken for hidden, and a page that hides most of itself is taken for one that its scripts will
show."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.model import extractors
from archiver.model.text import Span
from archiver.texts.marked import settle
from archiver.texts.markup import unmarked_source, without_empty_raw
from archiver.texts.noterefs import with_note_signs
from archiver.texts.raised import with_raised_digits
from archiver.texts.raisedmarks import with_raised_marks
from archiver.texts.walk import Script, Walk

VERSION = extractors.VERSIONS[extractors.DOCUMENT]
"""Counted up whenever another text would be drawn from the same page."""

_MOST = 0.6  # share of the text


@dataclass(frozen=True, slots=True)
class Document:
    """What one pass over a page's source found.

    ``text`` is the layer, ``unseen`` its spans in code points. ``shown`` is the source without scripts, styles,
    comments, menus and hidden elements, for the article extractor. ``metas`` are the attributes of ``<meta>``,
    ``links`` of canonical ``<link>``; ``times`` the ``datetime`` attributes; ``language`` that of ``<html>``.
    ``referring`` are start tags that may name images, styles or fonts, as (name, source of the attributes), ``styles``
    the content of ``<style>``. ``tags`` counts ``<``; ``frames`` are the addresses of frames (``""`` where there is none), ``password`` says
    that there is a password field."""

    text: str
    unseen: tuple[Span, ...]
    shown: str
    title: str
    language: str
    scripts: tuple[Script, ...]
    metas: tuple[dict[str, str], ...]
    links: tuple[dict[str, str], ...]
    times: tuple[str, ...]
    tags: int
    frames: tuple[str, ...]
    password: bool
    referring: tuple[tuple[str, str], ...] = ()
    styles: tuple[str, ...] = ()


def read(source: str, *, xml: bool = False, rendered: bool = False, address: str = "") -> Document:
    """Draw the text and the parts of a page from its source; linear in its length, whatever it holds.

    ``xml``: the page is XHTML, where CDATA sections are text. ``rendered``: a browser wrote it out, and marked what it did not show.
    ``address`` is the page's own, where it is known: links that give it whole lead to the page itself.
    """
    source = unmarked_source(source)
    if xml:
        source = without_empty_raw(source)
    source = with_raised_digits(with_raised_marks(with_note_signs(source, address)))
    walk = _walk(source, xml, strict=True, rendered=rendered)
    text, unseen = settle(walk.text())
    if sum(span.end - span.start for span in unseen) > _MOST * len(text) and not rendered:
        # A page that hides most of itself is one whose scripts will show it.
        walk = _walk(source, xml, strict=False)
        text, unseen = settle(walk.text())
    return Document(
        text=text,
        unseen=unseen,
        shown="".join(walk.shown),
        title=" ".join((walk.title or "").split()),
        language=walk.language,
        scripts=tuple(walk.scripts),
        metas=tuple(walk.metas),
        links=tuple(walk.links),
        times=tuple(walk.times),
        tags=source.count("<"),
        frames=tuple(walk.frames),
        password=walk.password,
        referring=tuple(walk.referring),
        styles=tuple(walk.styles),
    )


def _walk(source: str, xml: bool, *, strict: bool, rendered: bool = False) -> Walk:
    walk = Walk(source, xml, strict, rendered)
    walk.run()
    return walk
