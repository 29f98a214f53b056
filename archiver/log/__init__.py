"""The append-only Merkle log over everything recorded: RFC 6962 hashing, C2SP tlog-tiles on disk, a signed checkpoint."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archiver.log.blanking import blank_details
    from archiver.log.checkpoint import Checkpoint
    from archiver.log.journal import Log, LoggedLeaf
    from archiver.log.leaves import Details, Leaf, make_leaf

__all__ = ["Checkpoint", "Details", "Leaf", "Log", "LoggedLeaf", "blank_details", "make_leaf"]


def __getattr__(name: str) -> Any:
    """Loads each when it is asked for: worker processes want leaves only, and start sooner without what signs."""
    if name in ("Details", "Leaf", "make_leaf"):
        from archiver.log import leaves

        return getattr(leaves, name)
    if name in __all__:
        from archiver.log import blanking, checkpoint, journal

        return next(getattr(module, name) for module in (journal, checkpoint, blanking) if hasattr(module, name))
    raise AttributeError(f"module 'archiver.log' has no attribute {name!r}")
