"""The segments of a comparison as text: two lines for a terminal, or HTML. Pure: nothing is printed here."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from archiver.match.compare import Part, Segment

_TAGS = {
    Part.CHANGED: ("del", "ins"),
    Part.ONLY_QUOTE: ("del", ""),
    Part.ONLY_SOURCE: ("", "ins"),
    Part.OMITTED: ("i", "i"),
}


def to_rows(segments: Sequence[Segment]) -> tuple[tuple[tuple[Part, str], ...], tuple[tuple[Part, str], ...]]:
    """Two rows of styled pieces, the quotation's and the source's; a face gives each part its colour."""
    quote = tuple((segment.part, segment.quote) for segment in segments if segment.quote)
    source = tuple((segment.part, segment.source) for segment in segments if segment.source)
    return quote, source


def to_plain(segments: Sequence[Segment]) -> tuple[str, str]:
    """Two lines without colour: changes in ``[-…-]`` in the quotation and ``{+…+}`` in the source, as word diffs mark them."""
    rows = to_rows(segments)
    return "".join(_plain(part, text, "[-", "-]") for part, text in rows[0]), "".join(
        _plain(part, text, "{+", "+}") for part, text in rows[1]
    )


def _plain(part: Part, text: str, opening: str, closing: str) -> str:
    if part in (Part.SAME, Part.OMITTED):
        return text
    core = text.rstrip()
    return f"{opening}{core}{closing}{text[len(core) :]}"


def to_html(segments: Sequence[Segment]) -> str:
    """A block of two lines; every character of the texts is escaped. ``del`` marks what only the quotation says, ``ins`` what
    only the source says; the part is given as a class too.
    """
    rows = (("quotation", 0), ("source", 1))
    lines = []
    for name, side in rows:
        pieces = []
        for segment in segments:
            text = segment.source if side else segment.quote
            tag = _TAGS.get(segment.part, ("", ""))[side]
            if text:
                pieces.append(f'<{tag} class="{segment.part}">{escape(text)}</{tag}>' if tag else escape(text))
        lines.append(f'<p class="{name}">{"".join(pieces)}</p>')
    return f'<div class="comparison">{"".join(lines)}</div>'
