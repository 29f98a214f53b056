"""Everything that a sequencer is going to write once its head stands, in one object: whoever comes next can do it in its place."""

from __future__ import annotations

import json
from dataclasses import dataclass

from archiver.errors import MISSHAPEN, DamagedArchive
from archiver.log.growth import Growth
from archiver.sequencing import names


@dataclass(frozen=True, slots=True)
class Bundle:
    """``files`` are those of ``log/`` that are new or longer, ``segments`` the name of each segment with how many leaves it has from leaf
    ``first`` on, ``pending`` what waits no longer. There is no signature in it: a head that loses must not lie about anywhere.
    """

    first: int
    size: int
    root: bytes
    files: dict[str, bytes]
    segments: tuple[tuple[str, int], ...]
    pending: tuple[str, ...]

    @classmethod
    def of(cls, growth: Growth, segments: tuple[tuple[str, int], ...]) -> Bundle:
        waiting = tuple(names.pending_of(name) for name, _ in segments)
        return cls(growth.old.size, growth.size, growth.root, growth.files, segments, waiting)

    @property
    def name(self) -> str:
        return names.staging_of(self.size, self.root)

    def index(self) -> bytes:
        """What tells readers where the leaves lie, as it is stored."""
        return json.dumps({"v": 1, "first": self.first, "segments": self.segments}).encode()

    def to_bytes(self) -> bytes:
        """A line of JSON, and the files behind it in its order."""
        head = {
            "v": 1, "first": self.first, "size": self.size, "root": self.root.hex(), "segments": self.segments,
            "pending": self.pending, "files": [[name, len(data)] for name, data in self.files.items()],
        }  # fmt: skip
        return b"".join([json.dumps(head).encode(), b"\n", *self.files.values()])

    @classmethod
    def parse(cls, name: str, data: bytes) -> Bundle:
        """Raises DamagedArchive where it is none, or not that of its name."""
        line, _, rest = data.partition(b"\n")
        try:
            told = json.loads(line)
            files, at = {}, 0
            for file, size in told["files"]:
                files[names.log_file(file)] = rest[at : at + size]
                at += size
            found = cls(
                told["first"], told["size"], bytes.fromhex(told["root"]), files, segments_of(told),
                tuple(names.pending(item) for item in told["pending"]),
            )  # fmt: skip
            whole = found.name == name and at == len(rest) and type(found.first) is int
        except MISSHAPEN as error:
            raise DamagedArchive(f"{name} is not readable.") from error
        if not whole:
            raise DamagedArchive(f"{name} is not what a sequencer would write.")
        return found


def segments_of(told: dict[str, object]) -> tuple[tuple[str, int], ...]:
    """The segments that a bundle or an index names, each with its number of leaves. Raises what a wrong shape raises."""
    listed = told["segments"]
    if not isinstance(listed, list) or told["v"] != 1:
        raise TypeError
    found = tuple((names.segment(name), count) for name, count in listed)
    if any(type(count) is not int or count < 1 for _, count in found):
        raise ValueError
    return found
