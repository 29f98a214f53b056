"""Snapshots the web pages that researchers cite, seals them in a signed log, and judges every quotation against them."""

from archiver.version import __version__

__all__ = ["__version__"]
