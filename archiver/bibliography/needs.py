"""The libraries that the extra ``cite`` brings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from archiver.errors import MissingExtra


@contextmanager
def needing(library: str) -> Iterator[None]:
    """Around an import: raises MissingExtra, which says how to install what is missing."""
    try:
        yield
    except ImportError as error:
        raise MissingExtra(
            f"Bibliographies and citations need the library {library}; install it with: pip install 'archiver[cite]'."
        ) from error
