"""What ``archiver init`` does for an archive in an object store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from archiver.cli.stored import working_copy
from archiver.signing import KeyRing, VerifyingKey

if TYPE_CHECKING:
    from archiver.cli.session import Session
    from archiver.store import Address

IN_A_STORE = (
    "Whoever may write to that place records into it, with or without the key; what was recorded without it waits for",
    "`archiver log sequence`, where the key is. The details of what is recorded lie there as readable as in a folder:",
    "keep the place closed to others. Time stamps are asked for by `archiver timestamp`, where the key is.",
)
"""What a person must know of it."""


def init_store(session: Session, address: Address, authorities: tuple[str, ...]) -> tuple[VerifyingKey, Path]:
    """Makes it; gives its key, and where the signing key lies."""
    from archiver.sequencing import found_in_store

    keys = KeyRing()
    made = found_in_store(working_copy(session.shared, address).store, address, keys, authorities)
    return made.key, keys.signing_path(made.key.name)
