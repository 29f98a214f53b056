"""What lies where in a pack, and the few line formats that `verify.sh` reads beside the JSON.

Every path is a folder and a name, in letters that no shell, file system or zip tool takes for anything else.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from archiver.digests import Digest
from archiver.errors import DamagedArchive

DATAPACKAGE, DIGEST = "datapackage.json", "datapackage-digest.json"
FILES, COPIES, QUOTES, STAMPS = "verify/files.sha256", "verify/copies.txt", "verify/quotes.txt", "verify/stamps.txt"
SCRIPT, GUIDE = "verify/verify.sh", "verify/VERIFY.md"
CHECKPOINT, LEAVES, VKEY, PEM = "log/checkpoint", "log/leaves.txt", "log/key.vkey", "log/key.pem"
INDEX, PAGES, PROVENANCE = "indexes/index.cdx.gz", "pages/pages.jsonl", "provenance/prov.jsonld"
REQUIRED = (DATAPACKAGE, DIGEST, FILES, COPIES, QUOTES, STAMPS, CHECKPOINT, LEAVES, VKEY, PEM)

FOLDERS = ("archive", "indexes", "pages", "texts", "payloads", "quotes", "provenance", "log", "timestamps", "verify")
NAME = re.compile(
    rf"datapackage\.json|datapackage-digest\.json|(?:{'|'.join(FOLDERS)})/[A-Za-z0-9][A-Za-z0-9._-]{{0,150}}"
)

_NUMBER = r"0|[1-9][0-9]{0,14}"
_LEAF = re.compile(
    rb"(0|[1-9][0-9]{0,14})\t([A-Za-z0-9][A-Za-z0-9._-]*)\t(0|[1-9][0-9]{0,14})\t(0|[1-9][0-9]{0,14})\t([^\n]+)"
)
_COPY = re.compile(rf"([a-z]+/[A-Za-z0-9][A-Za-z0-9._-]*)\t({_NUMBER})\t(block|payload|gzip)")
_QUOTE = re.compile(rf"({_NUMBER})\t(texts/[A-Za-z0-9][A-Za-z0-9._-]*)\t([0-9,-]+)\t([0-9,-]+)")
_STAMP = re.compile(rf"({_NUMBER})\t({_NUMBER})")
_SPAN = re.compile(r"(0|[1-9][0-9]{0,11})-(0|[1-9][0-9]{0,11})")


def proof_path(index: int) -> str:
    return f"log/{index}.tlog-proof"


@dataclass(frozen=True, slots=True)
class LeafLine:
    """Where the member of a leaf lies in the pack, and its line of details as the log keeps it."""

    index: int
    file: str
    offset: int
    size: int
    line: bytes

    def text(self) -> bytes:
        return b"%d\t%b\t%d\t%d\t%b\n" % (self.index, self.file.encode(), self.offset, self.size, self.line)


@dataclass(frozen=True, slots=True)
class CopyLine:
    """A file of the pack and the leaf whose record has it: as its ``block``, as its ``payload``, or as that payload un``gzip``ped."""

    path: str
    index: int
    how: str

    def text(self) -> bytes:
        return f"{self.path}\t{self.index}\t{self.how}\n".encode()


Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One passage of a quote: the text file it stands in, and its spans in UTF-8 bytes and in code points."""

    index: int
    path: str
    in_bytes: Spans
    points: Spans

    def text(self) -> bytes:
        return f"{self.index}\t{self.path}\t{_spans_text(self.in_bytes)}\t{_spans_text(self.points)}\n".encode()


@dataclass(frozen=True, slots=True)
class StampLine:
    """A token and the checkpoint that it was given for, by their leaves."""

    token: int
    head: int

    def text(self) -> bytes:
        return f"{self.token}\t{self.head}\n".encode()


def parse_leaves(data: bytes) -> list[LeafLine]:
    """Raises DamagedArchive for a line of another form, or out of order."""
    found = []
    for line in _lines(data, LEAVES):
        match = _LEAF.fullmatch(line)
        if match is None:
            raise _unreadable(LEAVES)
        found.append(LeafLine(int(match[1]), match[2].decode(), int(match[3]), int(match[4]), match[5]))
    if [leaf.index for leaf in found] != sorted({leaf.index for leaf in found}):
        raise DamagedArchive(f"{LEAVES} is not in the order of the log.")
    return found


def parse_copies(data: bytes) -> list[CopyLine]:
    """Raises DamagedArchive for a line of another form."""
    return [CopyLine(m[1], int(m[2]), m[3]) for m in _matches(data, COPIES, _COPY)]


def parse_quotes(data: bytes) -> list[QuoteLine]:
    """Raises DamagedArchive for a line of another form."""
    return [QuoteLine(int(m[1]), m[2], _spans(m[3]), _spans(m[4])) for m in _matches(data, QUOTES, _QUOTE)]


def parse_stamps(data: bytes) -> list[StampLine]:
    """Raises DamagedArchive for a line of another form."""
    return [StampLine(int(m[1]), int(m[2])) for m in _matches(data, STAMPS, _STAMP)]


def _lines(data: bytes, path: str) -> list[bytes]:
    if data and not data.endswith(b"\n"):
        raise _unreadable(path)
    return data.split(b"\n")[:-1]


def _matches(data: bytes, path: str, form: re.Pattern[str]) -> list[re.Match[str]]:
    matches = [form.fullmatch(line.decode("ascii", "replace")) for line in _lines(data, path)]
    if None in matches:
        raise _unreadable(path)
    return [match for match in matches if match is not None]


def _spans(text: str) -> Spans:
    matches = [_SPAN.fullmatch(part) for part in text.split(",")]
    if None in matches:
        raise _unreadable(QUOTES)
    return tuple((int(match[1]), int(match[2])) for match in matches if match is not None)


def _spans_text(spans: Spans) -> str:
    return ",".join(f"{start}-{end}" for start, end in spans)


def _unreadable(path: str) -> DamagedArchive:
    return DamagedArchive(f"A line of {path} is not readable.")


def signed_message(origin: str, datapackage: bytes, files: bytes) -> bytes:
    """What the archive's key signs for a pack. No head of a log reads so: its first line would be the name of a key, without blanks."""
    return f"archiver pack v1\n{origin}\n{Digest.of(datapackage).hex}\n{Digest.of(files).hex}\n".encode()


def digest_file(datapackage: bytes, files: bytes, vkey: str, signature: str) -> bytes:
    """``datapackage-digest.json``, in the one spelling that it may have."""
    return (
        f'{{\n  "path": "{DATAPACKAGE}",\n  "hash": "sha256:{Digest.of(datapackage).hex}",\n  "archiver": {{\n'
        f'    "files": "sha256:{Digest.of(files).hex}",\n    "key": "{vkey}",\n    "signature": "{signature}"\n  }}\n}}\n'
    ).encode()


def files_list(files: dict[str, bytes]) -> bytes:
    """`verify/files.sha256`: every file but the manifest's own, as ``sha256sum`` writes it."""
    kept = sorted(path for path in files if path not in (DATAPACKAGE, DIGEST, FILES))
    return "".join(f"{Digest.of(files[path]).hex}  {path}\n" for path in kept).encode()


def datapackage(about: dict[str, object], files: dict[str, bytes]) -> bytes:
    """``datapackage.json``: one line a property, one line a resource, so that a script can hold it against the list of files."""
    lines = [f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}," for name, value in about.items()]
    resources = [
        f'{{"name":"{path.lower()}","path":"{path}","hash":"sha256:{Digest.of(files[path]).hex}","bytes":{len(files[path])}}}'
        for path in sorted(files)
    ]
    return ("{\n" + "\n".join(lines) + '\n"resources": [\n' + ",\n".join(resources) + "\n]\n}\n").encode()
