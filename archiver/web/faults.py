"""What is said of an error: its page's number and heading."""

from __future__ import annotations

from archiver.errors import (
    ArchiveError,
    ArchiverError,
    BlockedAddress,
    DamagedArchive,
    ErasedId,
    InputError,
    MissingExtra,
    NetworkError,
    NothingToTrace,
    ReadOnlyArchive,
    UnknownId,
)
from archiver.web.indices import IndexBeingMade

_STATUSES: tuple[tuple[type[ArchiverError], int, str], ...] = (
    (ErasedId, 410, "Erased"),
    (UnknownId, 404, "Not found"),
    (NothingToTrace, 404, "Nothing to trace"),
    (InputError, 400, "This cannot be taken"),
    (BlockedAddress, 400, "This address is blocked"),
    (MissingExtra, 501, "Something is not installed"),
    (ReadOnlyArchive, 409, "Nothing can be recorded here"),
    (DamagedArchive, 500, "The evidence is damaged"),
    (IndexBeingMade, 503, "Not yet"),
    (ArchiveError, 500, "The archive cannot be read"),
    (NetworkError, 502, "The network did not answer"),
)


def status_of(error: ArchiverError) -> tuple[int, str]:
    """(status, heading) of the page that tells of an error."""
    return next(
        ((status, heading) for kind, status, heading in _STATUSES if isinstance(error, kind)), (400, "It did not work")
    )
