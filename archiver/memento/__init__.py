"""Public web archives: a copy of a page is found and fetched (Memento, RFC 7089), and one is asked to keep a copy.

``find`` and ``ask_to_keep`` are the ways in. ``links`` reads Link headers and TimeMaps, ``rawform`` knows how the common archives name the copy as
it was captured, ``choosing`` picks among copies.
"""

from archiver.memento.finding import WAYBACK, Found, Wish, find
from archiver.memento.keeping import WAYBACK_SAVE, Keeper, Kept, ask_to_keep, keeper_of

__all__ = ["WAYBACK", "WAYBACK_SAVE", "Found", "Keeper", "Kept", "Wish", "ask_to_keep", "find", "keeper_of"]
