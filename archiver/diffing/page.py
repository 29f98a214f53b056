"""A comparison as one HTML file: nothing is loaded, nothing runs, and every character of the pages is escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from archiver.diffing.terminal import SAYS, STANDS_OUT, heading
from archiver.diffing.values import Block, BlockKind, PageDiff, QuoteDiff, QuoteState, Stretch
from archiver.model import SHORT_ID
from archiver.printable import printable

_STYLE = """
:root { color-scheme: light dark; --ground: #fff; --ink: #1b1b1b; --quiet: #5c5c5c; --line: #d8d8d8;
  --old: #8f1414; --old-ground: #fde7e7; --new: #0b5a24; --new-ground: #e2f6e6; }
@media (prefers-color-scheme: dark) { :root { --ground: #15171a; --ink: #e8e8e8; --quiet: #a5a8ad; --line: #3a3d42;
  --old: #ffb3b3; --old-ground: #4a1b1d; --new: #a8e6b5; --new-ground: #143d20; } }
body { background: var(--ground); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.3rem; } h2 { font-size: 1rem; margin: 0 0 .3rem; }
p { white-space: pre-line; }
section { border-top: 1px solid var(--line); padding: .8rem 0; overflow-wrap: anywhere; }
section.quote { border-left: .3rem solid var(--line); padding-left: .8rem; margin-bottom: .5rem; }
section.altered, section.removed-quote { border-left-color: var(--old); }
del { background: var(--old-ground); color: var(--old); text-decoration: line-through; }
ins { background: var(--new-ground); color: var(--new); text-decoration: underline; }
.out { font-weight: 700; outline: 2px solid currentColor; outline-offset: 1px; border-radius: 2px; }
del + ins { margin-left: .3em; }
dl { margin: .4rem 0 0; }
blockquote { margin: .2rem 0 .5rem; font-style: italic; } p { margin: .2rem 0; }
.quiet, dl { color: var(--quiet); font-size: .9rem; } dt { font-weight: 700; float: left; clear: left; margin-right: .6em; } dd { margin: 0; }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def to_html(diff: PageDiff) -> str:
    """The file, whole. Deletions and insertions are ``del`` and ``ins`` with a name that a screen reader says."""
    return "\n".join(_lines(diff)) + "\n"


def _lines(diff: PageDiff) -> Iterator[str]:
    sentence = _text(f"{diff.sentence[0].upper()}{diff.sentence[1:]}.")
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
    yield f"<title>What changed: {_text(diff.old[:80])} to {_text(diff.new[:80])}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{sentence}</h1>"
    yield f'<p class="quiet">Older: {_text(diff.old) or "the older page"}</p>'
    yield f'<p class="quiet">Newer: {_text(diff.new) or "the newer page"}</p>'
    for notice in diff.notices:
        yield f'<p class="quiet">Note: {_text(notice.detail)}.</p>'
    for quote in diff.gravest_first:
        yield from _quote(quote)
    for block in diff.blocks:
        yield from _block(block)
    yield "</main>\n</body>\n</html>"


def _quote(quote: QuoteDiff) -> Iterator[str]:
    state = "removed-quote" if quote.state is QuoteState.REMOVED else quote.state.value
    name = f" {_text(quote.id[:SHORT_ID])}" if quote.id else ""
    yield f'<section class="quote {state}"><h2>Quotation{name} {_text(SAYS[quote.state])}</h2>'
    yield f'<blockquote dir="auto">{_text(quote.text)}</blockquote>'
    if quote.changes:
        if quote.state is QuoteState.HOLDS:
            yield "<p>The sentence round it changed:</p>"
        yield from _laid(quote.stretches)
    elif quote.state is QuoteState.REMOVED and quote.old is not None:
        yield f'<p dir="auto">{_tag("del", quote.old.text, "removed", out=False)}</p>'
    yield "</section>"


def _block(block: Block) -> Iterator[str]:
    head = heading(block)
    yield f'<section class="{block.kind.value}"><h2>{_text(f"{head[0].upper()}{head[1:]}")}</h2>'
    if block.stretches:
        yield from _laid(block.stretches)
    elif block.kind is BlockKind.MOVED and block.new is not None:
        yield f'<p dir="auto">{_text(block.new.text)}</p>'
    elif block.old is not None:
        yield f'<p dir="auto">{_tag("del", block.old.text, "removed", out=False)}</p>'
    elif block.new is not None:
        yield f'<p dir="auto">{_tag("ins", block.new.text, "added", out=False)}</p>'
    yield "</section>"


def _laid(stretches: Sequence[Stretch]) -> Iterator[str]:
    pieces = []
    named = []
    for stretch in stretches:
        if stretch.kind is None:
            pieces.append(_text(stretch.new))
            continue
        out = stretch.kind in STANDS_OUT
        pieces.append(_tag("del", stretch.old, f"removed, {stretch.kind.value}", out=out))
        pieces.append(_tag("ins", stretch.new, f"added, {stretch.kind.value}", out=out))
        if out:
            old, new = (_text(side.strip()) or "(nothing)" for side in (stretch.old, stretch.new))
            named.append(f"<dt>{stretch.kind.value}</dt><dd><bdi>{old}</bdi> → <bdi>{new}</bdi></dd>")
    yield f'<p dir="auto">{"".join(pieces)}</p>'
    if named:
        yield f"<dl>{''.join(named)}</dl>"


def _tag(name: str, text: str, label: str, *, out: bool) -> str:
    if not text:
        return ""
    mark = ' class="out"' if out else ""
    return f'<{name}{mark} role="{_ROLES[name]}" aria-label="{label}: {_text(text.strip())}">{_text(text)}</{name}>'


_ROLES = {"del": "deletion", "ins": "insertion"}


def _text(text: str) -> str:
    """Fit for HTML: nothing steers, whoever reads the file or its source."""
    return escape("\n".join(printable(line) for line in text.split("\n")))
