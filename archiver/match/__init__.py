"""Does the page say it? Judges quotations against the texts of a page; pure functions that read no file but their own data."""

from archiver.match.compare import Part, Segment, align, explain, holds
from archiver.match.index import Prepared, prepare
from archiver.match.judge import judge
from archiver.match.prospect import Prospect
from archiver.match.render import to_html, to_plain, to_rows

__all__ = [
    "Part",
    "Prepared",
    "Prospect",
    "Segment",
    "align",
    "explain",
    "holds",
    "judge",
    "prepare",
    "to_html",
    "to_plain",
    "to_rows",
]
