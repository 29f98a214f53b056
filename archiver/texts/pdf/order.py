"""Lines to reading order.

Most files write a page in the order in which it is read, and know it better than any look at the page could tell. So the file's order stands
where it is one that a reader could follow: it does not go up within a column, and does not jump to and fro between columns. Where it does,
the page is cut into columns at its white space, and read column by column.
"""

from __future__ import annotations

from collections.abc import Sequence

from archiver.texts.pdf.lines import Line, boxes_of, is_rtl

GUTTER = 0.7
"""Font sizes that the white space between two columns is wide at least."""

_DEEPEST = 12  # columns within columns
_WIDE = 8.0  # font sizes from which on a line may be one of running text
_FAULTS = 0.02  # share of the steps that may be odd in an order that a reader could follow


def in_order(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page as they are read: writing in the page's main direction first, then what is turned."""
    out: list[Line] = []
    turns = sorted(
        {line.turn for line in lines}, key=lambda turn: -sum(len(line.text) for line in lines if line.turn == turn)
    )
    for turn in turns:
        some = [line for line in lines if line.turn == turn]
        out += _settled(some) if _can_be_followed(some) else _by_columns(some, 0)
    return out


def _settled(lines: Sequence[Line]) -> list[Line]:
    """The file's order, but for pieces that it writes before what stands above them, such as a note before the text."""
    pieces: list[list[Line]] = []
    for line in lines:
        if pieces and not (_overlap(pieces[-1][-1], line) and line.base < pieces[-1][-1].base - 0.5 * line.size):
            pieces[-1].append(line)
        else:
            pieces.append([line])
    out: list[list[Line]] = []
    for piece in pieces:
        left, _, right, bottom = boxes_of(piece)
        at = len(out)
        while at:
            other_left, top, other_right, _ = boxes_of(out[at - 1])
            if min(right, other_right) <= max(left, other_left) or bottom > top + 0.5 * piece[0].size:
                break
            at -= 1
        out.insert(at, piece)
    return [line for piece in out for line in piece]


def _can_be_followed(lines: Sequence[Line]) -> bool:
    faults = 0
    for k, line in enumerate(lines[1:], 1):
        last = lines[k - 1]
        if any(_overlap(one, line) and line.base < one.base - 0.5 * one.size for one in lines[max(0, k - 2) : k]):
            faults += 1  # upwards in one column, straight or by way of another
        elif k > 1 and _to_and_fro(lines[k - 2], last, line):
            faults += 1
    return faults <= 1 + _FAULTS * len(lines)


def _overlap(one: Line, two: Line) -> bool:
    shared = min(one.right, two.right) - max(one.left, two.left)
    return shared > 0.5 * min(one.width, two.width)


def _to_and_fro(one: Line, two: Line, three: Line) -> bool:
    """From a line to one beside it, and back below the first: two columns drawn row by row."""
    if min(line.width for line in (one, two)) < _WIDE * one.size:
        return False
    beside = abs(one.base - two.base) < 0.5 * one.size and (two.left > one.right or one.left > two.right)
    return beside and _overlap(one, three) and three.base > one.base


def _by_columns(lines: Sequence[Line], depth: int) -> list[Line]:
    """Bands from above to below, each cut into its columns; columns from left to right, from right to left in such scripts."""
    if len(lines) < 2 or depth > _DEEPEST:
        return sorted(lines, key=lambda line: (line.base, line.left))
    rtl = is_rtl("".join(line.text for line in lines))
    out: list[Line] = []
    for band in _bands(lines):
        columns = _columns(band)
        if len(columns) == 1:
            out += _by_columns(band, depth + 1) if len(band) < len(lines) else _rows(band, rtl=rtl)
            continue
        for column in reversed(columns) if rtl else columns:
            out += _by_columns(column, depth + 1)
    return out


def _rows(lines: Sequence[Line], *, rtl: bool) -> list[Line]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.base):
        if rows and line.base - rows[-1][0].base < 0.4 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: -line.right if rtl else line.left)]


def _bands(lines: Sequence[Line]) -> list[list[Line]]:
    """Rows of lines gathered as long as one white gutter goes through all of them, or none through any."""
    rows: list[list[Line]] = []
    bottom = 0.0
    for line in sorted(lines, key=lambda line: line.top):
        if rows and line.top < bottom - 0.25 * line.height:
            rows[-1].append(line)
            bottom = max(bottom, line.bottom)
        else:
            rows.append([line])
            bottom = line.bottom
    bands: list[list[Line]] = []
    for row in rows:
        if bands and _fit(bands[-1], row):
            bands[-1].extend(row)
        else:
            bands.append(list(row))
    return bands


def _fit(band: list[Line], row: list[Line]) -> bool:
    several = len(_columns(band)) > 1
    together = len(_columns([*band, *row])) > 1
    if several:
        return together
    # a band of one column goes on with rows of one column, unless both are parts of two columns that begin one under the other
    return len(_columns(row)) == 1 and (not together or _overlap_of(band, row))


def _overlap_of(band: list[Line], row: list[Line]) -> bool:
    left, _, right, _ = boxes_of(band)
    other_left, _, other_right, _ = boxes_of(row)
    return min(right, other_right) - max(left, other_left) > 0


def _columns(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines on either side of each white gutter that goes through all of them."""
    columns: list[list[Line]] = []
    right = 0.0
    for line in sorted(lines, key=lambda line: line.left):
        if columns and line.left < right + GUTTER * line.size:
            columns[-1].append(line)
            right = max(right, line.right)
        else:
            columns.append([line])
            right = line.right
    return columns
