"""Where an archive in a store lies: ``s3://bucket/prefix``, ``gs://bucket/prefix``, ``az://container/prefix``, ``file:///folder``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from archiver.errors import InputError

SCHEMES = ("s3", "gs", "az", "file")
_ADDRESS = re.compile(r"(s3|gs|az|file):/+(.*)", re.DOTALL)
_PLACE = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._-]{1,254}"
)  # what the three take as the name of a bucket or container, at the widest
_STEP = re.compile(r"[A-Za-z0-9!_.*'()=-]+")  # what needs no escaping in any of them


@dataclass(frozen=True, slots=True)
class Address:
    """``place`` is the bucket or container (empty for a folder), ``prefix`` what stands before the names of the objects, or the folder."""

    scheme: str
    place: str
    prefix: str

    @classmethod
    def parse(cls, text: str | Path) -> Address | None:
        """None for what names no store. A path of one slash is taken too, since `Path` makes one of two. Raises InputError."""
        found = _ADDRESS.fullmatch(str(text))
        if found is None:
            return None
        scheme, rest = found.groups()
        if scheme == "file":
            folder = "/" + rest.strip("/")
            if "\0" in folder or ".." in folder.split("/") or folder == "/":
                raise InputError(f"{text} names no folder for an archive; write it like file:///data/archive.")
            return cls(scheme, "", folder)
        place, _, prefix = rest.partition("/")
        steps = prefix.strip("/").split("/") if prefix.strip("/") else []
        if not _PLACE.fullmatch(place):
            raise InputError(f"{text} names no bucket; write it like {scheme}://bucket/prefix.")
        if any(not _STEP.fullmatch(step) or step in (".", "..") for step in steps):
            raise InputError(f"The prefix of {text} may have letters, digits and !_.*'()=- between its slashes only.")
        return cls(scheme, place, "/".join(steps))

    def __str__(self) -> str:
        if self.scheme == "file":
            return f"file://{self.prefix}"
        return f"{self.scheme}://{self.place}" + (f"/{self.prefix}" if self.prefix else "")
