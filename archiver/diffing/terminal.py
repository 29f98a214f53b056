"""A comparison as lines for a terminal or a pipe: marks say what changed, colour only says it again.

``[-old-]`` was taken out and ``{+new+}`` put in, as word diffs mark them; ``*`` behind a mark stands for what turns the meaning most easily: a
number, date, name, negation and their like, whose kind is named beneath.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import click

from archiver.diffing.values import Block, BlockKind, PageDiff, QuoteDiff, QuoteState, Side, Stretch
from archiver.model import SHORT_ID, ChangeKind
from archiver.printable import count, printable, shorten, unmarked

STANDS_OUT = frozenset(
    {
        ChangeKind.NUMBER,
        ChangeKind.NEGATION,
        ChangeKind.NAME,
        ChangeKind.DATE,
        ChangeKind.UNIT,
        ChangeKind.MODAL,
        ChangeKind.QUANTIFIER,
    }
)
"""Kinds by which few letters change what is said."""

SAYS = {
    QuoteState.HOLDS: "still holds",
    QuoteState.ALTERED: "ALTERED: the page says it otherwise now",
    QuoteState.REMOVED: "REMOVED: the page does not say it any more",
    QuoteState.UNDECIDED: "could not be decided against the newer page",
    QuoteState.NEVER_HELD: "did not hold in the older page either",
    QuoteState.HOLDS_NOW: "holds now; the older page did not say it so",
}

_COLOUR = {
    QuoteState.HOLDS: "green",
    QuoteState.ALTERED: "red",
    QuoteState.REMOVED: "red",
    QuoteState.UNDECIDED: "yellow",
    QuoteState.NEVER_HELD: "yellow",
    QuoteState.HOLDS_NOW: "green",
}
_MOST_CALM = 5  # quotations of which nothing changed, and that are shown; of more the number is said
_MOST_KEPT = 160  # characters that are the same in a row, from which their middle is left out
_ENDS = 60
_MOST_LINES = 30  # paragraphs of such a passage
_LONGEST = 1_200  # characters of a passage that one side alone has


def to_terminal(diff: PageDiff, *, colour: bool) -> list[str]:
    """The lines, fit to be printed: nothing of the pages steers a terminal. Without ``colour`` the marks alone are there."""
    return [line if colour else click.unstyle(line) for line in _lines(diff)]


def _lines(diff: PageDiff) -> Iterator[str]:
    yield f"--- {shorten(diff.old, 200) or 'the older page'}"
    yield f"+++ {shorten(diff.new, 200) or 'the newer page'}"
    yield click.style(f"{diff.sentence[0].upper()}{diff.sentence[1:]}.", bold=True)
    for notice in diff.notices:
        yield click.style(f"  note: {notice.detail}", fg="yellow")
    calm = Counter(quote.state for quote in diff.gravest_first if _is_calm(quote))
    brief = calm.total() > _MOST_CALM
    for quote in diff.gravest_first:
        if not (brief and _is_calm(quote)):
            yield ""
            yield from _quote(quote)
    for state, number in calm.items():
        if brief:
            yield ""
            yield click.style(
                f"{count(number, 'quotation')}: {SAYS[state]} (--json lists all)", fg=_COLOUR[state], bold=True
            )
    for block in diff.blocks:
        yield ""
        yield from _block(block)


def _is_calm(quote: QuoteDiff) -> bool:
    return quote.state in (QuoteState.HOLDS, QuoteState.NEVER_HELD) and not quote.changes


def _quote(quote: QuoteDiff) -> Iterator[str]:
    name = f" {quote.id[:SHORT_ID]}" if quote.id else ""
    says = click.style(SAYS[quote.state], fg=_COLOUR[quote.state], bold=True)
    yield f"quotation{name} {says}"
    yield f"  “{shorten(unmarked(quote.text), 300)}”"
    if quote.state is QuoteState.HOLDS and not quote.changes:
        return
    if quote.changes:
        if quote.state is QuoteState.HOLDS:
            yield "  the sentence round it changed:"
        yield f"  {_marked(quote.stretches)}"
        yield from _kinds(quote.changes)
    elif quote.state is QuoteState.REMOVED and quote.old is not None:
        yield from _whole(quote.old, "[-", "-]", "red")


def _block(block: Block) -> Iterator[str]:
    yield click.style(heading(block), bold=True)
    if block.stretches:
        yield f"  {_marked(block.stretches)}"
        yield from _kinds(block.changes)
    elif block.kind is BlockKind.MOVED and block.new is not None:
        yield f"  {_words(block.new.text, _MOST_KEPT * 2)}"
    elif block.old is not None:
        yield from _whole(block.old, "[-", "-]", "red")
    elif block.new is not None:
        yield from _whole(block.new, "{+", "+}", "green")


def heading(block: Block) -> str:
    """Where it is and what became of it: ``moved from paragraph 7 to paragraph 3, and changed``."""
    sides = [side for side in (block.old, block.new) if side is not None]
    layer = "" if sides[0].layer in ("article", "pdf") else " outside of the article"
    what = count(max(side.sentences for side in sides), "sentence")
    if block.kind is BlockKind.MOVED and block.old is not None and block.new is not None:
        too = ", and changed" if block.changes else ""
        return f"{what} moved from paragraph {block.old.paragraph} to paragraph {block.new.paragraph}{too}"
    if block.old is None:
        return f"{what} added in {_paragraphs(sides[0])}{layer}"
    if block.new is None:
        return f"{what} removed, in {_paragraphs(sides[0])} of the older page{layer}"
    return f"{what} changed in {_paragraphs(block.new)}{layer}"


def _paragraphs(side: Side) -> str:
    last = side.paragraph + side.paragraphs - 1
    return f"paragraph {last}" if side.paragraphs == 1 else f"paragraphs {side.paragraph} to {last}"


def _whole(side: Side, opening: str, closing: str, colour: str) -> Iterator[str]:
    """What one side alone has, a line a paragraph."""
    lines = [line for line in side.text.split("\n") if line.strip()]
    for line in lines[:_MOST_LINES]:
        yield f"  {click.style(f'{opening}{_words(line, _LONGEST)}{closing}', fg=colour)}"
    if len(lines) > _MOST_LINES:
        yield f"  […] and {count(len(lines) - _MOST_LINES, 'more paragraph')}"


def _kinds(changes: Sequence[Stretch]) -> Iterator[str]:
    """What stands out, by name."""
    for change in changes:
        if change.kind is None or change.kind not in STANDS_OUT:
            continue
        old, new = (shorten(side.strip(), 80) or "(nothing)" for side in (change.old, change.new))
        yield f"    {click.style(f'{change.kind.value:<10}', fg='yellow', bold=True)} {old} → {new}"


def _marked(stretches: Sequence[Stretch]) -> str:
    out: list[str] = []
    for number, stretch in enumerate(stretches):
        if stretch.kind is None:
            out.append(_kept(stretch.new, number == 0, number == len(stretches) - 1))
            continue
        star = "*" if stretch.kind in STANDS_OUT else ""
        bold = bool(star)
        lead, old, trail = _parted(stretch.old)
        lead_new, new, trail_new = _parted(stretch.new)
        out.append(lead_new or lead)
        out.append(click.style(f"[-{old}-]{star}", fg="red", bold=bold) if old else "")
        out.append(click.style(f"{{+{new}+}}{star}", fg="green", bold=bold) if new else "")
        out.append(trail_new or trail)
    return "".join(out).strip()


def _parted(text: str) -> tuple[str, str, str]:
    """A blank before it, the words on one line, a blank behind."""
    words = _words(text, _LONGEST)
    if not words:
        return " " * bool(text), "", ""
    return " " * text[:1].isspace(), words, " " * text[-1:].isspace()


def _kept(text: str, first: bool, last: bool) -> str:
    """What is the same, its middle left out where it is long; the ends of the passage are left out first."""
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    words = _words(text, len(text))
    if len(words) > _MOST_KEPT:
        head = "" if first else words[:_ENDS].rsplit(" ", 1)[0] + " "
        tail = "" if last else " " + words[-_ENDS:].split(" ", 1)[-1]
        words = f"{head}[…]{tail}"
    return f"{before}{words}{after}" if words else " " * bool(text)


def _words(text: str, most: int) -> str:
    line = " ".join(printable(text).split())
    return line if len(line) <= most else f"{line[:most]} […]"
