"""Writing so that it stays written: fsync of files and folders, and replacement by rename."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from pathlib import Path

_WINDOWS = os.name == "nt"
_PATIENCE = 5.0


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable.

    Windows has no such call: there the file system's journal keeps names in the order in which they were made, and a power cut may
    take the last of them away.
    """
    if _WINDOWS:
        return
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Makes a folder and its parents, each name durable in its parent; with the mode those that were not there."""
    if folder.is_dir():
        return
    make_folder(folder.parent, mode)
    folder.mkdir(mode, exist_ok=True)
    try:
        sync_folder(folder.parent)
    except OSError:
        # the next call must not find a folder whose name may yet be lost
        with contextlib.suppress(OSError):
            folder.rmdir()
        raise


def sync_file(path: Path) -> None:
    """Makes the bytes of a file durable that somebody else wrote."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def put_bytes(path: Path, data: bytes, mode: str = "wb") -> None:
    """Writes a whole file and makes its bytes durable; its name is durable once `sync_folder` has seen to it."""
    with path.open(mode) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def write_file(path: Path, data: bytes) -> None:
    """Writes a whole file and makes it durable, its name too. Raises OSError; what is there then is not to be relied on."""
    make_folder(path.parent)
    put_bytes(path, data)
    sync_folder(path.parent)


def _rename(source: Path, target: Path) -> None:
    """Windows refuses to replace a file while somebody has it open, if only to read it: that is over in a moment."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            source.replace(target)
        except PermissionError:
            if not _WINDOWS or time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return


def replace_file(path: Path, data: bytes) -> None:
    """Puts new content in a file's place: readers see the old whole or the new whole, after a crash too.

    An OSError names the file, also where the system names none (a full disk) or the one that was written first.
    """
    # a name that nobody else writes under, be it another thread or a process of the same number in another container
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        put_bytes(
            temporary, data, "xb"
        )  # never through a link, which somebody may have put into a folder for everybody
        _rename(temporary, path)
    except OSError as error:
        if not isinstance(error, FileExistsError):
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        error.filename = str(path)
        raise
    sync_folder(path.parent)


def put_in_place(written: Path, path: Path) -> None:
    """Puts a file that is written already, on the same disk, in another's place, and makes bytes and name durable. Raises OSError."""
    sync_file(written)
    _rename(written, path)
    sync_folder(path.parent)
