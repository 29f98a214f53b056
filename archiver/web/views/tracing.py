"""``/trace/{id}``: where a text or a quotation comes from, as a picture and in words, with the evidence."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from archiver.tracing.picture import picture as drawn
from archiver.tracing.table import Line, lines
from archiver.web.facts import source
from archiver.web.views.snapshots import pictures
from archiver.web.visit import Visit

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # its own colours; nothing in it runs or is fetched


def show(visit: Visit) -> Response:
    """The picture, and all that it rests on."""
    name = visit.path("id")
    found = visit.desk.trace(name)
    snapshot = found.subject.snapshot
    return visit.render(
        "trace.html",
        title=f"Where it comes from: {snapshot.info.title or snapshot.url}",
        found=found,
        name=name,
        snapshot=snapshot,
        key=source.key_or_none(snapshot.url),
        tab="trace",
        pictures=pictures(snapshot),
        groups=_grouped(list(lines(found))),
    )


def picture(visit: Visit) -> Response:
    """The picture itself (SVG)."""
    svg = drawn(visit.desk.trace(visit.path("id")))
    return Response(svg, media_type="image/svg+xml", headers={"Content-Security-Policy": _POLICY})


def _grouped(found: Sequence[Line]) -> list[tuple[str, list[str]]]:
    """Headings with what stands under each."""
    groups: list[tuple[str, list[str]]] = []
    for heading, words in found:
        if heading or not groups:
            groups.append((heading, []))
        groups[-1][1].append(words)
    return groups
