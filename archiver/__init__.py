"""Snapshots the web pages that researchers cite, seals them in a signed log, and judges every quotation against them."""

__version__ = "0.1.0"
