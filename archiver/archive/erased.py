"""What was erased, known again where it is handed in: by the digests of members that tombstones keep, and by ids in addresses of ours.

A tombstone keeps nothing of the content itself, so that nobody can try guesses on it. The same page from another crawl, saved by a
person or captured again is therefore not known again; the very records are, as they were stored or compressed anew.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from archiver.catalogue import Catalogue
from archiver.digests import Digest
from archiver.warc import compress

_ADDRESS = re.compile(r"urn:archiver:(?:capture|text):(s-[0-9a-f]{64})(?::|$)")


@dataclass(frozen=True, slots=True)
class Gone:
    """Something that was erased: the digest of its member or of the snapshot that it was part of (hex), and the tombstone's words."""

    sha256: str
    sentence: str


class ErasedRecords:
    """All that recorded erasures name. False where there is none."""

    def __init__(self, gone: Iterable[tuple[str, str]]) -> None:
        self._gone = {digest: Gone(digest, sentence) for digest, sentence in gone}

    @classmethod
    def of(cls, catalogue: Catalogue) -> ErasedRecords:
        """As the catalogue has them."""
        return cls(catalogue.erasures.digests())

    def __bool__(self) -> bool:
        return bool(self._gone)

    def by_digest(self, sha256: str) -> Gone | None:
        """What a member with this digest (hex) was."""
        return self._gone.get(sha256)

    def by_content(self, record: bytes) -> Gone | None:
        """What a record was, however it is compressed: it is compressed again as this archiver does."""
        return self._gone.get(Digest.of(compress(record)).hex)

    def by_address(self, uri: str) -> Gone | None:
        """What a capture or a text was, by the snapshot that its address names."""
        found = _ADDRESS.match(uri)
        return self._gone.get(found[1][2:]) if found else None


def again_id(sha256: str) -> str:
    """The WARC-Record-ID under which an erased member is recorded when a person wants it back: `archiver verify` looks for it."""
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'urn:archiver:again:{sha256}')}>"
