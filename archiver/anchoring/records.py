"""The records that an anchor is kept in: the head that was stamped, and the token as it came."""

from __future__ import annotations

from archiver import clock
from archiver.digests import Digest
from archiver.model.kinds import CHECKPOINT, TIMESTAMP
from archiver.timestamps import Token
from archiver.timestamps.token import RESPONSE_TYPE
from archiver.warc import Member, Record, seal

AUTHORITY_HEADER = "Archiver-Authority"


def checkpoint_uri(note: bytes) -> str:
    return f"urn:archiver:checkpoint:{Digest.of(note).hex}"


def checkpoint_member(note: bytes) -> Member:
    """A signed head, the very bytes that are stamped."""
    return seal(
        Record(
            CHECKPOINT,
            "resource",
            checkpoint_uri(note),
            clock.stamp(),
            "text/plain; charset=utf-8",
            note,
            Digest.of(note),
        )
    )


def timestamp_member(token: Token, checkpoint_record: str, authority: str) -> Member:
    """A token over the checkpoint of that record id, dated with the token's own time. ``authority`` is the address that was asked."""
    extra = (("WARC-Refers-To", checkpoint_record), (AUTHORITY_HEADER, authority))
    uri = f"urn:archiver:timestamp:{token.digest.hex}"
    return seal(Record(TIMESTAMP, "resource", uri, token.stamp, RESPONSE_TYPE, token.raw, token.digest, extra=extra))


def certificate_member(der: bytes) -> Member:
    """A certificate of the chain that the token does not bring, such as the root."""
    digest = Digest.of(der)
    uri = f"urn:archiver:certificate:{digest.hex}"
    return seal(Record("certificate", "resource", uri, clock.stamp(), "application/pkix-cert", der, digest))
