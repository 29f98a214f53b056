"""A plot over logarithmic axes as SVG: lines with a mark and a name each, in the reader's colours of light and dark."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape

WIDTH, HEIGHT = 760, 380
LEFT, RIGHT, TOP, BOTTOM = 70, 250, 40, 50
_DASHES = ("", "7 4", "2 3", "10 3 2 3", "14 4", "4 6")
_STYLE = (
    ":root{color:#1f2328}@media(prefers-color-scheme:dark){:root{color:#e6edf3}}"
    "text{fill:currentColor;font:12px system-ui,sans-serif}.t{font-size:14px;font-weight:600}"
    ".g{stroke:currentColor;stroke-opacity:.18}.l{stroke:currentColor;fill:none;stroke-width:1.8}"
    ".n{stroke:currentColor;stroke-opacity:.45}circle{fill:currentColor}"
)


def plot(title: str, unit: str, series: Mapping[str, Mapping[int, float]]) -> str:
    """The SVG of several series by size; lines are told apart by their dashes and by names at their ends, not by colour."""
    sizes = sorted({size for values in series.values() for size in values})
    values = [value for each in series.values() for value in each.values() if value > 0]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    high = max(high, low + 1)
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])

    def across(size: float) -> float:
        return LEFT + (math.log10(size) - first) / ((last - first) or 1) * (WIDTH - LEFT - RIGHT)

    def down(value: float) -> float:
        return TOP + (high - math.log10(value)) / (high - low) * (HEIGHT - TOP - BOTTOM)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style>",
        f'<text class="t" x="{LEFT}" y="22">{escape(title)}</text>',
    ]
    for power in range(low, high + 1):
        y = down(10.0**power)
        out.append(f'<line class="g" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        out.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{escape(_tick(power, unit))}</text>')
    for size in sizes:
        x = across(size)
        out.append(f'<line class="g" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>')
        out.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{size:,}</text>')
    out.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">snapshots</text>')
    ends = _apart({name: down(each[max(each)]) for name, each in series.items() if each[max(each)] > 0})
    for number, (name, each) in enumerate(series.items()):
        points = [(across(size), down(value)) for size, value in sorted(each.items()) if value > 0]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        out.append(f'<polyline class="l" stroke-dasharray="{_DASHES[number % len(_DASHES)]}" points="{line}"/>')
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6"/>' for x, y in points]
        if name in ends:
            x, y = points[-1]
            out.append(
                f'<line class="n" x1="{x + 4:.1f}" y1="{y:.1f}" x2="{WIDTH - RIGHT + 18}" y2="{ends[name]:.1f}"/>'
            )
            out.append(f'<text x="{WIDTH - RIGHT + 22}" y="{ends[name] + 4:.1f}">{escape(name)}</text>')
    return "\n".join([*out, "</svg>\n"])


def _tick(power: int, unit: str) -> str:
    if unit == "s" and power < 0:
        return f"{10.0 ** (power + 3):g} ms"
    if unit == "B":
        name, below = next((pair for pair in (("GB", 9), ("MB", 6), ("kB", 3)) if power >= pair[1]), ("B", 0))
        return f"{10 ** (power - below):,} {name}"
    return f"{10.0**power:,g} {unit}"


def _apart(wanted: Mapping[str, float]) -> dict[str, float]:
    """Heights of names near those wanted, none over another."""
    placed: dict[str, float] = {}
    before = 0.0
    for name, y in sorted(wanted.items(), key=lambda item: item[1]):
        before = placed[name] = max(y, before + 16)
    over = max(0.0, before - (HEIGHT - BOTTOM))
    return {name: y - over for name, y in placed.items()}
