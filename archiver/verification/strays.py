"""Bytes and files that no leaf of the log knows."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from archiver.verification.findings import Finding
from archiver.verification.placing import Span, WarcFile

_NEXT = "they were never acknowledged, and the next command that records sets them aside"
_LINK = "is a symbolic link, and what it points to is not in the archive: put the file itself in its place"


def check_bytes(spans: Sequence[Span], torn: frozenset[str], *, all_known: bool) -> Iterator[Finding]:
    """``torn`` are the names of files whose writer broke off: only what lies at their end is his.

    ``all_known`` says whether the details of all leaves are sound: else the bytes may be a record that they would tell.
    """
    for span in spans:
        subject, size = f"{span.file.name} at byte {span.start}", span.end - span.start
        at_end = span.end == span.file.size
        if not all_known:
            detail = f"{size} bytes that may be a record of a leaf whose details are damaged"
            yield Finding(subject, "bytes", None, detail)
        elif at_end and span.file.path.name in torn:
            yield Finding(
                subject, "bytes", None, f"a run that broke off left {size} bytes behind the last record; {_NEXT}"
            )
        elif at_end and span.start:
            yield Finding(
                subject, "bytes", False,
                f"{size} bytes behind the last record that no leaf of the log knows: they were never recorded, and no run that broke off "
                "left them. Find out what wrote them; then keep a copy, and cut the file back: "
                f"truncate -s {span.start} {shlex.quote(span.file.name)}",
            )  # fmt: skip
        else:
            yield Finding(
                subject, "bytes", False,
                f"{size} bytes that no leaf of the log knows: they were never recorded here. Put the file back from a copy of the archive",
            )  # fmt: skip


def check_files(
    files: Sequence[WarcFile], strangers: Sequence[Path], root: Path, torn: frozenset[str]
) -> Iterator[Finding]:
    """Files in which no record lies."""
    for file in files:
        if file.size == 0 and file.path.exists():
            if file.path.name in torn:
                detail = "a run that broke off left it empty; the next command that records takes it away"
                yield Finding(file.name, "bytes", None, detail)
            else:
                yield Finding(file.name, "bytes", False, "is empty: no record lies in it, and it can be deleted")
    for path in strangers:
        detail = (
            _LINK
            if path.is_symlink()
            else "is no WARC file of this archive: no leaf of the log knows it; move it elsewhere"
        )
        yield Finding(path.relative_to(root).as_posix(), "bytes", False, detail)


def check_links(links: Sequence[str]) -> Iterator[Finding]:
    """Links in the folder of the log."""
    for name in links:
        yield Finding(f"log/{name}", "files", False, _LINK)


def below(folder: Path) -> Iterator[Path]:
    """Every file below a folder, and every link, which is not followed."""
    for parent, folders, files in os.walk(folder):
        links = [name for name in folders if Path(parent, name).is_symlink()]
        folders[:] = [name for name in folders if name not in links]
        yield from (Path(parent, name) for name in (*files, *links))
