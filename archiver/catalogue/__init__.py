"""SQLite, through sqlite-utils: the catalogue that can be made again, and the state that cannot."""

from archiver.catalogue.catalogue import Catalogue, UnusableCatalogue
from archiver.catalogue.erasures import forget_runs
from archiver.catalogue.rows import Rows, storable, sum_of, with_leaves
from archiver.catalogue.stamp_queue import StampQueue, Standing
from archiver.catalogue.state import State

__all__ = [
    "Catalogue",
    "Rows",
    "StampQueue",
    "Standing",
    "State",
    "UnusableCatalogue",
    "forget_runs",
    "storable",
    "sum_of",
    "with_leaves",
]
