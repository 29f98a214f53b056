"""SQLite, through sqlite-utils: the catalogue that can be made again, and the state that cannot."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from archiver.catalogue.rows import Rows, storable, sum_of
from archiver.catalogue.spelling import spelled, with_leaves

if TYPE_CHECKING:
    from archiver.catalogue.catalogue import Catalogue
    from archiver.catalogue.connection import UnusableCatalogue, UnwritableCatalogue
    from archiver.catalogue.erasures import forget_runs
    from archiver.catalogue.scratch import Scratch
    from archiver.catalogue.share_state import Peer, Shared, ShareState, Subscriber
    from archiver.catalogue.stamp_queue import StampQueue, Standing
    from archiver.catalogue.state import State
    from archiver.catalogue.watch_erasure import forget_pages, forget_watched
    from archiver.catalogue.watch_state import Alert, Delivery, Watched, WatchState

__all__ = [
    "Alert",
    "Catalogue",
    "Delivery",
    "Peer",
    "Rows",
    "Scratch",
    "ShareState",
    "Shared",
    "StampQueue",
    "Standing",
    "State",
    "Subscriber",
    "UnusableCatalogue",
    "UnwritableCatalogue",
    "WatchState",
    "Watched",
    "forget_pages",
    "forget_runs",
    "forget_watched",
    "spelled",
    "storable",
    "sum_of",
    "with_leaves",
]


_MODULES = (
    "catalogue", "connection", "erasures", "scratch", "share_state", "stamp_queue", "state", "watch_erasure", "watch_state",
)  # fmt: skip


def __getattr__(name: str) -> Any:
    """Loads what opens databases when it is asked for: worker processes want only rows as values, and start sooner without it."""
    if name not in __all__:
        raise AttributeError(f"module 'archiver.catalogue' has no attribute {name!r}")
    modules = map(import_module, (f"{__name__}.{module}" for module in _MODULES))
    return next(getattr(module, name) for module in modules if hasattr(module, name))
