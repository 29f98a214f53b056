"""``archiver init`` for an archive in an object store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.cli.stored import working_copy
from archiver.errors import InputError
from archiver.signing import KeyRing

if TYPE_CHECKING:
    from archiver.cli.session import Session
    from archiver.store import Address


def init_store(session: Session, address: Address, authorities: tuple[str, ...]) -> None:
    """Makes it, and says what a person must know of it."""
    from archiver.sequencing import found_in_store

    if authorities:
        raise InputError(
            f"{address} lies in an object store, where time stamps are not asked for yet: make the archive without --timestamp."
        )
    keys = KeyRing()
    made = found_in_store(working_copy(session.shared, address).store, address, keys)
    key_path = keys.signing_path(made.key.name)
    if session.shared.json:
        session.out.line(
            {
                "schema_version": 1, "archive": str(address), "origin": made.key.name, "key": made.key.vkey,
                "signing_key": str(key_path), "timestamp_authorities": [],
            }
        )  # fmt: skip
        return
    say = session.out.text
    say(f"Made an archive at {address}")
    say(f"  public key   {made.key.vkey}")
    say(f"  signing key  {key_path} (mode 0600; `archiver log key backup FILE` puts a copy away)")
    say(
        "Whoever may write to that place records into it, with or without the key; what was recorded without it waits for"
    )
    say(
        "`archiver log sequence`, where the key is. The details of what is recorded lie there as readable as in a folder:"
    )
    say("keep the place closed to others.")
