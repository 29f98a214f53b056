"""The picture of a trace as one SVG file that needs nothing else: sources, whom they name, what ties them, and time.

Every word of a page is escaped and fitted to its box. Colours follow the reader's light or dark scheme; nothing is said by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from archiver.clock import stamp
from archiver.printable import count, printable
from archiver.tracing.fitting import fitted, folded
from archiver.tracing.layout import Chart, Edge, Row, chart
from archiver.tracing.values import Trace
from archiver.tracing.wording import as_written

_WIDTH = 1120
_TOP, _GAP, _LINE = 86, 26, 18
_NAMES = (20, 190)  # left edge and width of the column of names
_BOXES = (260, 480)
_TIME = (820, 270)

_STYLE = """
svg { --paper: #ffffff; --ink: #1a1d21; --soft: #4d5661; --box: #f3f5f8; --edge: #6b7785; --mark: #0b5cad; }
@media (prefers-color-scheme: dark) {
  svg { --paper: #14181d; --ink: #eceff2; --soft: #aeb8c2; --box: #20272f; --edge: #8f9ba8; --mark: #7db8f5; }
}
text { font: 13px system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; fill: var(--ink); }
.title { font-size: 19px; font-weight: 600; }
.head { font-weight: 600; }
.soft { fill: var(--soft); font-size: 12px; }
.paper { fill: var(--paper); }
.box { fill: var(--box); stroke: var(--edge); stroke-width: 1; }
.traced { stroke: var(--mark); stroke-width: 3; }
.name { fill: none; stroke: var(--edge); stroke-dasharray: 5 3; }
.named { fill: none; stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 2 3; }
.cited { fill: none; stroke: var(--edge); stroke-dasharray: 1 7; stroke-width: 1.5; }
.tie { fill: none; stroke: var(--ink); stroke-width: 1.5; }
.perhaps { stroke-dasharray: 6 4; }
.arrow { fill: var(--ink); }
.bar { fill: var(--mark); }
.axis { stroke: var(--edge); stroke-width: 1; }
"""

_TIP = (
    '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">'
    '<path class="arrow" d="M0 0L10 5L0 10z"/></marker></defs>'
)

_ARROWS = "curve with an arrow: from whom to who took it, where more than likeness shows it"
_CURVES = "broken curve: tied, but only perhaps, or who has it from whom is not known"
_DOTS = "dots: what the pages say themselves, close ones that their text is from there, wide ones that they cite it for something"


def picture(trace: Trace) -> str:
    """The SVG of a trace."""
    return draw(chart(trace))


def draw(of: Chart) -> str:
    """The SVG of a chart."""
    tops, bottom = _tops(of.rows)
    middles = [top + _height(row) / 2 for top, row in zip(tops, of.rows, strict=True)]
    names, legend = _placed(of, middles), _legend(of)
    height = max([bottom, *(y + 30 for _, y in names)]) + 50 + 20 * len(legend)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:.0f}" role="img" aria-labelledby="title about">',
        f'<title id="title">{_text(of.heading)}</title>',
        f'<desc id="about">{_text(_described(of))}</desc>',
        f"<style>{_STYLE}</style>",
        _TIP,
        f'<rect class="paper" width="{_WIDTH}" height="{height:.0f}"/>',
        f'<text class="title" x="20" y="36">{_text(of.heading)}</text>',
        f'<text class="soft" x="{_NAMES[0]}" y="68">whom the pages name</text>',
        f'<text class="soft" x="{_BOXES[0]}" y="68">recorded pages, the earliest dates first</text>',
        f'<text class="soft" x="{_TIME[0]}" y="68">appeared, by their own dates and captures</text>',
        *_names(of, names, middles),
        *(part for edge in of.edges for part in _edge(edge, middles, of.edges)),
        *(part for row, top in zip(of.rows, tops, strict=True) for part in _box(row, top)),
        *_times(of.rows, middles, bottom),
        *_drawn_legend(legend, height),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _described(of: Chart) -> str:
    """The picture in words, for those who do not see it."""
    rows = [f"{row.heading}: {'; '.join(row.lines)}; appeared {row.when}." for row in of.rows]
    ties = [f"{of.rows[edge.one].id} and {of.rows[edge.other].id}: {edge.words}." for edge in of.edges]
    return " ".join([*rows, *ties])


def _tops(rows: tuple[Row, ...]) -> tuple[list[float], float]:
    tops, y = [], float(_TOP)
    for row in rows:
        tops.append(y)
        y += _height(row) + _GAP
    return tops, y


def _height(row: Row) -> float:
    return 30 + _LINE * len(row.lines) + 10


def _box(row: Row, top: float) -> Iterator[str]:
    left, width = _BOXES
    kind = "box traced" if row.traced else "box"
    yield f'<rect class="{kind}" x="{left}" y="{top:.0f}" width="{width}" height="{_height(row):.0f}" rx="6"/>'
    heading = f"{row.heading}{'  (traced)' if row.traced else ''}"
    yield f'<text class="head" x="{left + 12}" y="{top + 23:.0f}">{fitted(heading, width - 24, bold=True)}</text>'
    for number, line in enumerate(row.lines):
        y = top + 23 + _LINE * (number + 1)
        yield f'<text class="{"soft" if number else "line"}" x="{left + 12}" y="{y:.0f}">{fitted(line, width - 24, small=number > 0)}</text>'


def _placed(of: Chart, middles: list[float]) -> list[tuple[str, float]]:
    """Each name with the middle of its line: beside the first page that gives it, and below the name before it."""
    rows = list(zip(of.rows, middles, strict=True))
    wanted = sorted((min(m for row, m in rows if name in (*row.names, *row.cites)), name) for name in of.names)
    out: list[tuple[str, float]] = []
    for middle, name in wanted:
        out.append((name, max(middle, out[-1][1] + 44) if out else middle))
    return out


def _names(of: Chart, names: list[tuple[str, float]], middles: list[float]) -> Iterator[str]:
    """The names at the left, each with a dotted line to each of the pages that give it."""
    left, width = _NAMES
    for name, y in names:
        for row, other in zip(of.rows, middles, strict=True):
            kind = "named" if name in row.names else "cited"
            if name in (*row.names, *row.cites):
                yield f'<path class="{kind}" d="M{left + width} {y:.0f}L{_BOXES[0]} {other:.0f}"/>'
        yield f'<rect class="name" x="{left}" y="{y - 17:.0f}" width="{width}" height="34" rx="17"/>'
        yield f'<text x="{left + width / 2}" y="{y + 5:.0f}" text-anchor="middle">{fitted(name, width - 24)}</text>'


def _edge(edge: Edge, middles: list[float], edges: tuple[Edge, ...]) -> Iterator[str]:
    """A curve at the right of the boxes; each further one bulges more."""
    right = _BOXES[0] + _BOXES[1]
    number = edges.index(edge)
    bulge = right + 22 + 6 * (number % 5)
    one, other = middles[edge.one] + 4 * (number % 3), middles[edge.other] + 4 * (number % 3)
    kind = "tie" if edge.sure else "tie perhaps"
    tip = ' marker-end="url(#tip)"' if edge.arrow else ""
    yield (
        f'<path class="{kind}" d="M{right} {one:.0f}C{bulge} {one:.0f} {bulge} {other:.0f} {right} {other:.0f}"{tip}>'
        f"<title>{_text(edge.words)}</title></path>"
    )


def _times(rows: tuple[Row, ...], middles: list[float], bottom: float) -> Iterator[str]:
    left, width = _TIME
    moments = [moment for row in rows for moment in (row.earliest, row.latest) if moment is not None]
    if not moments:
        yield f'<text class="soft" x="{left}" y="{bottom:.0f}">no date is known of any of them</text>'
        return
    first, last = min(moments), max(moments)
    seconds = max((last - first).total_seconds(), 1.0)

    def x(moment: datetime) -> float:
        return left + width * (moment - first).total_seconds() / seconds if first != last else left + width / 2

    for row, middle in zip(rows, middles, strict=True):
        yield f'<path class="axis" d="M{left} {middle:.0f}H{left + width}" stroke-opacity="0.35"/>'
        if row.latest is None and row.earliest is None:
            yield f'<text class="soft" x="{left}" y="{middle - 8:.0f}">when: not known</text>'
            continue
        start = min(x(row.earliest) if row.earliest is not None else left, left + width - 5)
        end = max(x(row.latest) if row.latest is not None else left + width, start + 5)
        yield f'<rect class="bar" x="{start:.1f}" y="{middle - 5:.0f}" width="{end - start:.1f}" height="10" rx="4"/>'
        for number, words in enumerate(_when(row)):
            yield f'<text class="soft" x="{left}" y="{middle + 22 + 15 * number:.0f}">{fitted(words, width, small=True)}</text>'
    yield f'<path class="axis" d="M{left} {bottom:.0f}H{left + width}"/>'
    yield from _ends(first, last, bottom + 18)


def _ends(first: datetime, last: datetime, y: float) -> Iterator[str]:
    """What stands under the axis: days at its ends, or times where both are on one day; one label where all is one moment, or where two
    have no room side by side."""
    left, width = _TIME
    one, other = stamp(first), stamp(last)
    if one == other:
        yield f'<text class="soft" x="{left + width / 2:.0f}" y="{y:.0f}" text-anchor="middle">{one}</text>'
        return
    if one[:10] == other[:10]:
        both = f"{one[:10]}, {one[11:].rstrip('Z')} to {other[11:]}"
        yield f'<text class="soft" x="{left + width / 2:.0f}" y="{y:.0f}" text-anchor="middle">{both}</text>'
        return
    yield f'<text class="soft" x="{left}" y="{y:.0f}">{one[:10]}</text>'
    yield f'<text class="soft" x="{left + width}" y="{y:.0f}" text-anchor="end">{other[:10]}</text>'


def _when(row: Row) -> list[str]:
    if row.earliest == row.latest and row.earliest is not None:
        return [stamp(row.earliest)]
    written = as_written(row.earliest, row.latest) if row.earliest and row.latest else None
    bounds = [
        f"not before {stamp(row.earliest)}" if row.earliest else "",
        f"not after {stamp(row.latest)}" if row.latest else "",
    ]
    bounds = [written] if written is not None else bounds
    doubt = "its own dates contradict one another" if "contradict" in row.when else ""
    return [words for words in (*bounds, doubt) if words]


def _legend(of: Chart) -> list[str]:
    """What the signs mean that are in the picture, and no others, in lines that its width takes; and what is not drawn."""
    said = [
        *([_ARROWS] if any(edge.arrow for edge in of.edges) else []),
        *([_CURVES] if any(not (edge.arrow and edge.sure) for edge in of.edges) else []),
    ]
    dots = [_DOTS] if of.names else []
    left_out = [
        *([f"{count(of.left_out, 'more page', 'is', 'are')} not drawn"] if of.left_out else []),
        *([f"{count(of.names_left_out, 'more name', 'is', 'are')} not drawn"] if of.names_left_out else []),
        *(
            [f"{count(of.edges_left_out, 'more tie', 'is', 'are')} not drawn, between other pages"]
            if of.edges_left_out
            else []
        ),
    ]
    return [line for words in (*said, *dots, "; ".join(left_out)) for line in folded(words, _WIDTH - 40)]


def _drawn_legend(lines: list[str], height: float) -> Iterator[str]:
    for number, words in enumerate(reversed(lines)):
        yield f'<text class="soft" x="20" y="{height - 24 - 20 * number:.0f}">{_text(words)}</text>'


def _text(words: str) -> str:
    return escape(" ".join(printable(words).split()))
