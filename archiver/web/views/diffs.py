"""``/diff/{a}/{b}``: what changed in a page between two snapshots, word by word, and what became of the quotations."""

from __future__ import annotations

from starlette.responses import Response

from archiver.diffing.terminal import SAYS, STANDS_OUT, heading
from archiver.diffing.values import Block, PageDiff
from archiver.web.facts import source
from archiver.web.facts.paging import Paging
from archiver.web.visit import Visit

PER_PAGE = 50


def show(visit: Visit) -> Response:
    """The comparison; of very many changes a page at a time."""
    found = visit.desk.versions(visit.path("a"), visit.path("b"))
    paging = Paging(visit.number("page"), PER_PAGE, len(found.diff.blocks))
    return visit.render(
        "diff.html",
        title=f"What changed: {found.newer.info.title or found.newer.url}",
        found=found,
        diff=found.diff,
        sentence=_capital(found.diff),
        blocks=[(block, _heading(block)) for block in found.diff.blocks[paging.offset : paging.offset + paging.size]],
        paging=paging,
        key=source.key_or_none(found.newer.url),
        says=SAYS,
        stands_out=STANDS_OUT,
    )


def _capital(diff: PageDiff) -> str:
    return f"{diff.sentence[:1].upper()}{diff.sentence[1:]}."


def _heading(block: Block) -> str:
    words = heading(block)
    return f"{words[:1].upper()}{words[1:]}"
