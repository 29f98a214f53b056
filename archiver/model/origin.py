"""Where a snapshot came from when this archiver did not fetch it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archiver.model.memento import Memento
from archiver.model.notice import Notice

IMPORTED, SUPPLIED, MEMENTO = "imported", "supplied", "memento"

_CODES = {IMPORTED: "imported", SUPPLIED: "supplied-by-user", MEMENTO: "second-hand"}
NOTICES_OF_ORIGIN = frozenset(_CODES.values())
"""The codes of what is said with every verdict on a page that was not fetched from its own server."""

_MOMENTS = {IMPORTED: "imported_at", SUPPLIED: "added_at", MEMENTO: "fetched_at"}


@dataclass(frozen=True, slots=True)
class Origin:
    """A snapshot that was ``imported`` from a WARC or WACZ file, ``supplied`` by the person who keeps the archive, or fetched not from
    the page's address but from a public archive that has a copy of it (``memento``).

    ``file`` is the name of the file without its folder, ``sha256`` its digest in hex, ``at`` when it was taken in (this archiver's
    clock). For an import, ``offset`` is the byte of the file (of ``member``, where that is a file inside a WACZ) at which the record
    began, ``record_id`` its own WARC-Record-ID, ``payload_digest`` the labelled digest that it carried, and ``claims`` is ``supplied`` where
    the file says that the page had been supplied to the archive that it is from. ``note`` is the person's. A ``memento`` has what the public
    archive says of its copy, and neither file nor digest.
    """

    kind: str
    file: str
    sha256: str
    at: str
    member: str | None = None
    offset: int | None = None
    record_id: str | None = None
    payload_digest: str | None = None
    note: str | None = None
    claims: str | None = None
    memento: Memento | None = None

    @classmethod
    def of_memento(cls, memento: Memento, at: str) -> Origin:
        """A copy from a public archive, fetched at ``at``."""
        return cls(MEMENTO, "", "", at, memento=memento)

    def to_json(self) -> dict[str, Any]:
        """As a capture record holds it; what is not known is left out."""
        if self.memento is not None:
            return {"kind": self.kind, _MOMENTS[self.kind]: self.at, "memento": self.memento.to_json()}
        value = {
            "kind": self.kind,
            "file": self.file,
            "sha256": self.sha256,
            _MOMENTS[self.kind]: self.at,
            "member": self.member,
            "offset": self.offset,
            "record_id": self.record_id,
            "payload_digest": self.payload_digest,
            "note": self.note,
            "claims": self.claims,
        }
        return {name: item for name, item in value.items() if item is not None}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Origin:
        """Raises LookupError or TypeError where it is none."""
        rest = dict(value)
        moment = rest.pop(_MOMENTS[rest["kind"]])
        if rest["kind"] == MEMENTO:
            return cls._memento_from(rest, moment)
        if "memento" in rest:
            raise TypeError("a memento in an origin of another kind")
        origin = cls(**rest, at=moment)
        words = (origin.file, origin.sha256, origin.at)
        maybe = (origin.member, origin.record_id, origin.payload_digest, origin.note, origin.claims)
        if not all(isinstance(word, str) for word in words) or not all(isinstance(word, str | None) for word in maybe):
            raise TypeError("an origin that says something else than words")
        if origin.offset is not None and type(origin.offset) is not int:
            raise TypeError("an origin whose offset is no number")
        return origin

    @classmethod
    def _memento_from(cls, rest: dict[str, Any], moment: Any) -> Origin:
        if set(rest) != {"kind", "memento"} or not isinstance(moment, str):
            raise TypeError("an origin that says more than a memento's does")
        return cls.of_memento(Memento.from_json(rest["memento"]), moment)

    @property
    def what(self) -> str:
        """The file, or the copy in a public archive, in a few words."""
        if self.memento is None:
            return f"{self.member} in {self.file}" if self.member else self.file
        return f"copy of {self.memento.datetime} in {self.memento.archive}"

    def notice(self, url: str, captured_at: str) -> Notice:
        """What goes with every verdict on such a snapshot."""
        code = _CODES[self.kind]
        if self.memento is not None:
            distance = self.memento.distance
            wished = f" ({distance} the date wished for)" if distance else ""
            return Notice(
                code,
                f"the page was not fetched from its address: it is a copy at second hand, which {self.memento.archive} says it made "
                f"{self.memento.datetime}{wished}, fetched from there {captured_at}",
            )
        if self.kind == SUPPLIED:
            fetched = "fetched from anywhere" if url.startswith("urn:") else "fetched from its address"
            return Notice(
                code, f"the page was supplied by the person who keeps this archive ({self.file}), not {fetched}"
            )
        file = f"{self.member} in {self.file}" if self.member else self.file
        if self.claims == SUPPLIED:
            detail = (
                f"the page was imported with {file}, and had been supplied to that archive by a person, not fetched"
            )
            return Notice(_CODES[SUPPLIED], detail)
        return Notice(
            code,
            f"the page was not fetched by this archive: {file} was imported, and says it was captured {captured_at}",
        )
