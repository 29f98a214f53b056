"""The append-only Merkle log over everything recorded: RFC 6962 hashing, C2SP tlog-tiles on disk, a signed checkpoint."""

from archiver.log.blanking import blank_details
from archiver.log.checkpoint import Checkpoint
from archiver.log.journal import Log, LoggedLeaf
from archiver.log.leaves import Details, Leaf, make_leaf

__all__ = ["Checkpoint", "Details", "Leaf", "Log", "LoggedLeaf", "blank_details", "make_leaf"]
