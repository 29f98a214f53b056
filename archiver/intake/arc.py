"""ARC files, the form that came before WARC: a line with URL, address, date, type and length before each record.

https://archive.org/web/researcher/ArcFileFormat.php; version 1 has five columns, version 2 ten.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Version = Literal[1, 2]

_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")
_LENGTH = re.compile(r"[0-9]{1,18}")
_COLUMNS = {1: 5, 2: 10}


@dataclass(frozen=True, slots=True)
class ArcLine:
    """The header line of a record; ``date`` as WARC writes it, empty where it is none."""

    url: str
    address: str
    date: str
    media_type: str
    length: int

    @property
    def is_description(self) -> bool:
        """True for the first record, which describes the file."""
        return self.url.startswith("filedesc:")

    def fields(self, block: bytes) -> tuple[tuple[str, str], ...]:
        """What the header would say in WARC."""
        is_http = block[:5].upper() == b"HTTP/"
        kind = "metadata" if self.is_description else "response" if is_http else "resource"
        fields = [
            ("WARC-Type", kind),
            ("WARC-Target-URI", self.url),
            ("WARC-Date", self.date),
            ("Content-Type", "application/http; msgtype=response" if is_http else self.media_type),
        ]
        if not self.is_description and self.address:
            fields.append(("WARC-IP-Address", self.address))
        return tuple(fields)


def parse(line: bytes, version: Version | None) -> ArcLine | None:
    """Reads a header line; ``version`` is None for the first one of a file. None where it is no such line."""
    text = line.decode("utf-8", "replace").strip("\r\n ")
    if version is None:
        version = 2 if text.count(" ") == _COLUMNS[2] - 1 else 1
    # an address may hold blanks, nothing behind it does
    parts = text.rsplit(" ", _COLUMNS[version] - 1)
    if len(parts) != _COLUMNS[version] or not _LENGTH.fullmatch(parts[-1]):
        return None
    found = _DATE.fullmatch(parts[2])
    date = "{}-{}-{}T{}:{}:{}Z".format(*found.groups()) if found else ""
    return ArcLine(parts[0], parts[1], date, parts[3], int(parts[-1]))


def version(description: bytes) -> Version:
    """The version that the first record's block states."""
    return 2 if description.lstrip().startswith(b"2 ") else 1
