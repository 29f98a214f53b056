"""Does the page say it? Judges quotations against the texts of a page; pure functions, no network, no files but its own data."""

from archiver.match.index import Prepared, prepare
from archiver.match.judge import judge

__all__ = ["Prepared", "judge", "prepare"]
