"""What to verify where snapshots and quotes are named, and what is to be said of the names beside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from archiver.errors import ErasedId, InputError
from archiver.signing import VerifyingKey
from archiver.urls import for_display
from archiver.verification.findings import Finding
from archiver.verification.request import Request

if TYPE_CHECKING:
    from archiver.archive import Archive


ERASED_NAME = "erased"
"""The check of a finding that what was named has been erased."""


def request_for(
    root: Path, ids: Sequence[str], key: VerifyingKey | None = None, *, re_extract: bool = False
) -> tuple[Request, list[Finding]]:
    """The request for these snapshots and quotes and all that they stand on (everything where none is named), and whether each quote
    that is named holds. Raises InputError, UnknownId, AmbiguousId.

    The archive is opened for reading only: to open it for more would mend what a crash left, and so change what is to be examined.
    """
    if not ids:
        return Request(key=key, re_extract=re_extract), []
    from archiver.archive import Archive  # slow to load, and for the whole archive not needed

    with Archive.open(root, read_only=True) as archive:
        return _request(archive, ids, key, re_extract=re_extract)


def _request(
    archive: Archive, ids: Sequence[str], key: VerifyingKey | None, *, re_extract: bool
) -> tuple[Request, list[Finding]]:
    from archiver.archive import is_id

    snapshots, quotes, held = set(), set(), []
    for name in ids:
        if gone := _erased(archive, name):
            held.append(gone)
        elif is_id(name, "q-"):
            quote = archive.find_quote(name)
            quotes.add(quote.id)
            snapshots.add(quote.snapshot)
            holds = quote.judged["holds"]
            held.append(Finding(quote.short_id, "quotation", holds, f"recorded as {quote.verdict}"))
        elif is_id(name, "s-"):
            found = archive.find_snapshot(name)
            snapshots.add(found.id)
            quotes.update(item.id for item in archive.catalogue.quotes(found.id))
        else:
            raise InputError(
                f"'{for_display(name, 80)}' is no id: give s-... or q-... with at least four hex digits, or nothing for the whole archive."
            )
    for snapshot_id in list(snapshots):
        earlier = archive.catalogue.snapshot(snapshot_id).revisit_of
        if earlier:
            snapshots.add(earlier)
    return Request(frozenset(snapshots), frozenset(quotes), key, re_extract), held


def _erased(archive: Archive, name: str) -> Finding | None:
    from archiver.archive import is_id

    try:
        if is_id(name, "s-"):
            archive.find_snapshot(name)
        elif is_id(name, "q-"):
            archive.find_quote(name)
    except ErasedId as error:
        return Finding(name[:14], ERASED_NAME, True, str(error))
    return None
