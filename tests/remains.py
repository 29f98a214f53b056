"""What is left of something in an archive: looked for in every byte of every file, and in what every gzip member inflates to."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

from archiver.archive import Archive
from archiver.verification import Finding, Request, Verification


def every_byte(root: Path) -> dict[str, bytes]:
    """Each file of an archive as it is, and what every gzip member in it inflates to."""
    found = {}
    for path in root.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            found[path.relative_to(root).as_posix()] = data + inflated(data)
    return found


def inflated(data: bytes) -> bytes:
    parts = []
    for start in (match.start() for match in re.finditer(rb"\x1f\x8b\x08", data)):
        try:
            parts.append(zlib.decompressobj(31).decompress(data[start:]))
        except zlib.error:
            continue
    return b"".join(parts)


def left_of(root: Path, *words: str | bytes) -> list[tuple[str, str]]:
    """(file, word) for every word that some file of the archive still holds."""
    wanted = [word.encode() if isinstance(word, str) else word for word in words]
    return [
        (name, word.decode("latin-1")) for name, data in every_byte(root).items() for word in wanted if word in data
    ]


def faults(root: Path) -> list[Finding]:
    return [finding for finding in Verification(root, Request()).findings() if finding.ok is not True]


def erased(root: Path) -> list[Finding]:
    return [finding for finding in Verification(root, Request()).findings() if finding.check == "erased"]


def rebuilt(archive: Archive) -> list[str]:
    before = list(archive.catalogue.dump())
    archive.rebuild()
    assert list(archive.catalogue.dump()) == before
    return before
