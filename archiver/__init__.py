"""Snapshots the web pages that researchers cite, seals them in a signed log, and judges every quotation against them."""

from typing import TYPE_CHECKING, Any

from archiver.version import __version__

if TYPE_CHECKING:
    from archiver.api import Archive, judge

__all__ = ["Archive", "__version__", "judge"]


def __getattr__(name: str) -> Any:
    """Loads the interface when it is asked for: the command line needs the package's name at once, not all of its rooms."""
    if name in ("Archive", "judge"):
        from archiver import api

        return getattr(api, name)
    raise AttributeError(f"module 'archiver' has no attribute {name!r}")
