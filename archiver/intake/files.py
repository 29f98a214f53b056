"""A file that is handed in: opened once, looked at, held against what it says of itself, taken into the archive."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from archiver import clock
from archiver.archive import Archive
from archiver.capture import Reader, read_here
from archiver.errors import DamagedArchive, InputError
from archiver.intake import wacz
from archiver.intake.importing import How, Progress, StreamImport
from archiver.intake.report import Imported, Problem
from archiver.intake.returned import Erased, look_through
from archiver.intake.sealing import FileName
from archiver.intake.source import Source
from archiver.model import StoredLeaf
from archiver.version import TOOL
from archiver.warc import Record, seal

IMPORT = "import"
_PIECE = 1 << 20
_HEAD = 4096  # bytes: enough of a gzip member that its first words are in it, whatever name its header holds
_GZIP, _ZIP = b"\x1f\x8b", b"PK"


def _no_progress(done: int) -> None:
    del done


def import_file(
    archive: Archive,
    path: Path,
    read: Reader = read_here,
    readers: int = 1,
    progress: Progress = _no_progress,
    *,
    erased: Erased = Erased.REFUSE,
) -> Imported:
    """Imports a WARC, ARC or WACZ file; ``progress`` is told how many bytes of it were read.

    Records that the archive has are not recorded again, so that an import that was interrupted is taken up by the same call. Raises
    InputError where the file cannot be read, is none of these or is refused as a whole (nothing is recorded then), ArchiveError
    where it cannot be recorded. ``erased`` says what becomes of records that were erased here.
    """
    archive.ready("imported")
    with opened(path) as file:
        name = shown_name(path)
        head = file.read(_HEAD)
        form = form_of(head)
        if form is None:
            raise InputError(
                f"{path} is no WARC, ARC or WACZ file; a page, a PDF or a text is taken by `archiver add`."
            )
        digest, size = _digest(file)
        leaf = _import_leaf(archive, digest)
        if leaf is not None and leaf.index > archive.catalogue.erasures.newest():
            return _told(archive, leaf)  # what has been erased since may have been of it
        result = Imported(name, digest, size, form)
        returned = look_through(archive, file, FileName(name, digest), form, erased)
        returned.refuse(path, "imported", "To take the rest: --erased leave-out.")
        how = How(read, readers, returned)
        if form == "WACZ":
            wacz.import_wacz(archive, file, result, how, progress)
        else:
            file.seek(0)
            StreamImport(archive, FileName(name, digest), result, how).run(Source(file), progress)
        if result.empty:
            raise InputError(f"{path} is not imported: {_why_empty(result)}.")
        result.pages = archive.catalogue.imported_from(digest)
        _record_import(archive, result)
    return result


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A regular file, open for reading; raises InputError for anything else. A link is followed: it was named by a person."""
    try:
        # a pipe would wait for a writer, and a device for ever
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        kind = "a folder" if stat.S_ISDIR(mode) else "a device, pipe or socket"
        raise InputError(f"{path} is {kind}, not a file; name a file.")
    with os.fdopen(descriptor, "rb") as file:
        yield file


def shown_name(path: Path) -> str:
    """The name of a file without its folder, in Unicode whatever its bytes are."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def form_of(head: bytes) -> str | None:
    """``WARC``, ``ARC`` or ``WACZ`` by the first bytes of a file, None for any other."""
    if head.startswith(_ZIP):
        return "WACZ"
    if (_unpacked(head) if head.startswith(_GZIP) else head).startswith(b"filedesc:"):
        return "ARC"
    # of what else is in a gzip file the records will tell
    return "WARC" if head.lstrip(b"\r\n").startswith(b"WARC/") or head.startswith(_GZIP) else None


def _unpacked(head: bytes) -> bytes:
    """The first bytes in a gzip file; none where they are no gzip after all."""
    try:
        return zlib.decompressobj(31).decompress(head, 16)
    except zlib.error:
        return b""


def _why_empty(result: Imported) -> str:
    """What is wrong with a file of which nothing could be taken."""
    if not result.problems:
        return "it holds no record"
    first = result.problems[0]
    return f"{first.member + ' ' if first.member else ''}at {first.place}: {first.detail}"


def _digest(file: BinaryIO) -> tuple[str, int]:
    file.seek(0)
    state, size = hashlib.sha256(), 0
    try:
        while piece := file.read(_PIECE):
            state.update(piece)
            size += len(piece)
    except OSError as error:
        raise InputError(f"The file cannot be read to its end: {error.strerror or error}.") from error
    return state.hexdigest(), size


def _import_leaf(archive: Archive, digest: str) -> StoredLeaf | None:
    """The newest record of an import of this very file that came to its end, None where there is none."""
    uri = f"urn:archiver:import:{digest}"
    return max(
        (leaf for leaf in archive.catalogue.leaves(IMPORT) if leaf.uri == uri),
        key=lambda leaf: leaf.index,
        default=None,
    )


def _told(archive: Archive, leaf: StoredLeaf) -> Imported:
    """What an earlier import of the same file came to."""
    try:
        value = json.loads(archive.stored_record(leaf).block)
        result = Imported(value["file"], value["sha256"], value["size"], value["form"])
        result.records["known"] = value["records"]["recorded"] + value["records"]["known"]
        result.records["left-out"] = value["records"]["left-out"]
        result.pages, result.before = value["pages"], value["imported_at"]
        for item in value["problems"]:
            result.note(Problem.from_json(item))
        result.more_problems, result.wrong = value["more_problems"], value["wrong"]
    except (ValueError, LookupError, TypeError) as error:
        raise DamagedArchive(
            f"The record of an earlier import, leaf {leaf.index}, is not what it should be."
        ) from error
    return result


def _record_import(archive: Archive, result: Imported) -> None:
    now = clock.stamp()
    value = {**result.to_json(), "imported_at": now, "tool": TOOL}
    block = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    uri = f"urn:archiver:import:{result.sha256}"
    archive.record([seal(Record(IMPORT, "metadata", uri, now, "application/json", block))])
