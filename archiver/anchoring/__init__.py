"""Outside anchors: which head is stamped by whom, what is owed, what is stamped again, and the records that tokens are kept in."""

from archiver.anchoring.anchors import KeptToken, kept_tokens, window_of
from archiver.anchoring.asking import Asking
from archiver.anchoring.stamping import AUTOMATIC, RENEW, Stamped, after_run, due, ending, later, owing, queue, stamp

__all__ = [
    "AUTOMATIC",
    "RENEW",
    "Asking",
    "KeptToken",
    "Stamped",
    "after_run",
    "due",
    "ending",
    "kept_tokens",
    "later",
    "owing",
    "queue",
    "stamp",
    "window_of",
]
