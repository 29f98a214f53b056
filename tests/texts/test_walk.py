"""The pass over a page: what it hides, what it keeps for the article, what it notes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from growth import assert_linear

from archiver.texts.marked import HIDE, SHOW
from archiver.texts.walk import Walk


def walk(source: str, *, xml: bool = False, strict: bool = True) -> Walk:
    found = Walk(source, xml, strict)
    found.run()
    return found


def unseen(source: str) -> str:
    """The text between the marks."""
    marked = "".join(walk(source).out)
    assert marked.count(HIDE) == marked.count(SHOW)
    return "|".join(part.partition(SHOW)[0].replace("\x00", "") for part in marked.split(HIDE)[1:])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a<p hidden>b</p>c", "b"),
        ('a<div style="color:red; display : none">b<div>c</div></div>d', "bc"),
        ("a<span style='visibility:hidden'>b</span>c", "b"),
        ('a<span class="visually-hidden">b</span>c', "b"),
        ('a<a>x<span class="link__sr-only">(opens)</span></a>c', "(opens)"),
        ("a<template>b<p>c</p></template>d", "bc"),
        ("a<noscript>b</noscript>d", "b"),
        ("a<dialog>b</dialog><dialog open>c</dialog>d", "b"),
        ("a<video>b<p>c</video>d", "bc"),
        ("<ul><li hidden>b<li>c</ul>", "b"),
        ("<ul><li hidden>b<li hidden>c</ul>d", "b|c"),
        ("<div><p hidden>b</div>c", "b"),
        ("<div hidden>b<b><i>c</b></i>d</div>e", "bcd"),
        ("<div hidden>b</span>c</div>d", "bc"),
        ("<div hidden>b</body></html>", "b"),
        ("<div hidden>never ends", "never ends"),
        ("a<textarea hidden>b&amp;c</textarea>d", "b&c"),
        ("a<xmp style='display:none'><b></xmp>d", "<b>"),
        ("a<noembed>b</noembed><textarea>c</textarea>d", "b"),
        ("a<div hidden><textarea hidden>b</textarea>c</div>d", "bc"),
        ("<p hidden/>b", "b"),
        ("<div hidden><div/>b</div>c</div>d", "bc"),
        ("<svg><g hidden/></svg>b", ""),
        ('<div id="comments"/>b', ""),
        ('<p aria-hidden="true">b</p>', ""),
        ('<p class="hidden md:block">b</p>', ""),
        ('<body style="display:none">b</body>', ""),
        ("<img hidden>b", ""),
        ('<p data-x="hidden">b</p>', ""),
        ('<section id="comments">b</section>', "b"),
        ('<div class="article-comments__list">b</div>', "b"),
        ('<ol class="commentlist"><li>b</ol>c', "b"),
        ('<div id="disqus_thread">b</div>', "b"),
        ('<div class="commentaires">b</div>', "b"),
        ('<div class="readerComments">b</div>', "b"),
        ('<a class="comments">12 comments</a>', ""),
        ('<div class="commentary">b</div>', ""),
        ('<div class="comment-count">b</div>', ""),
    ],
)
def test_unseen(source: str, expected: str) -> None:
    assert unseen(source) == expected


def test_where_a_page_is_not_read_strictly_only_elements_hide() -> None:
    marked = "".join(walk("<p hidden>a</p><noscript>b</noscript>", strict=False).out)
    assert marked.replace("\x00", "") == f"a{HIDE}b{SHOW}"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>a</p><script>b</script><style>c</style><!-- d --><p>e</p>", "<p>a</p><p>e</p>"),
        ("<nav>a<nav>b</nav>c</nav><p>e", "<p>e"),
        ("<head><title>a</title><meta name=b></head><body><p>e", "<body><p>e"),
        ("<head><title>a</title><body><p>e", "<body><p>e"),
        ("<p>a<img src=b>c<svg><path d=x /></svg>d", "<p>acd"),
        ("<p hidden>a</p><p>b</p>", "<p>b</p>"),
        ("<div id=comments><nav>a</nav></div><p>b</p>", "<p>b</p>"),
        ("<nav><p hidden>a</nav><p>b</p>", "<p>b</p>"),
    ],
)
def test_shown_source(source: str, expected: str) -> None:
    assert "".join(walk(source).shown) == expected


def test_what_a_menu_that_never_ends_holds_is_kept() -> None:
    assert "<p>e" in "".join(walk("<nav>a<p>e").shown)


def test_what_the_page_says_of_itself_is_noted() -> None:
    found = walk(
        "<html lang=de><title>A &amp; B</title><title>C</title><meta name=author content='D &quot;E&quot;'>"
        "<link rel=stylesheet href=x><link rel=canonical href=/f><time datetime=2024-05-01>1. Mai</time>"
        "<script type=Application/LD+JSON id=g>{}</script><script src=h></script><iframe src=i></iframe><input type=password>"
    )
    assert (found.language, found.title) == ("de", "A & B")
    assert found.metas == [{"name": "author", "content": 'D "E"'}]
    assert found.links == [{"rel": "canonical", "href": "/f"}]
    assert found.times == ["2024-05-01"]
    assert [(script.kind, script.name, script.source) for script in found.scripts] == [
        ("application/ld+json", "g", "{}")
    ]
    assert (found.frames, found.password) == (["i"], True)


def test_long_data_attributes_are_scripts() -> None:
    value = "{&quot;text&quot;: &quot;" + "word " * 100 + "&quot;}"
    found = walk(f'<div id=x data-page="{value}" data-other="{"x" * 500}">a</div>')
    assert [(script.kind, script.name) for script in found.scripts] == [("application/json", "data-page")]
    assert found.scripts[0].source.startswith('{"text": "word')


@pytest.mark.parametrize(
    "grown",
    [
        lambda n: "<div hidden>" + "<div>" * 3 * n + "</div>" * 3 * n,
        lambda n: "<p hidden>" + "<b>" * 2 * n + "<i></p2>" * n,
        lambda n: "<li hidden>" + "<b>" * 2 * n + "<div><i></div>" * n,
        lambda n: "<nav>" * 4 * n,
        lambda n: "<pre>" * 4 * n + "\n",
    ],
)
def test_nesting_costs_linear_time(grown: Callable[[int], str]) -> None:
    assert_linear(walk, grown, 50_000, seconds=8)
