"""Reading a file that somebody else may have put there: a stranger's archive can hold a link to a device, a pipe, or a file without end."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

LARGEST = 256 << 20
"""Bytes of a file that is read as a whole; none that an archive keeps beside its WARC files comes near that."""


def open_plain(path: Path, buffering: int = -1) -> BinaryIO:
    """A regular file, open for reading; a link is followed. Raises OSError, also for a device, a pipe, a socket or a folder."""
    # without O_NONBLOCK the opening of a pipe would wait for a writer
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "It is a device, pipe or socket, no file", str(path))
        return os.fdopen(descriptor, "rb", buffering)
    except BaseException:
        os.close(descriptor)
        raise


def read_plain(path: Path, limit: int = LARGEST) -> bytes:
    """A regular file as a whole. Raises OSError, also for what `open_plain` refuses and for more than ``limit`` bytes."""
    with open_plain(path) as file:
        # asked before it is read: a sparse file is as long as somebody says
        size = os.fstat(file.fileno()).st_size
        if size > limit:
            raise OSError(errno.EFBIG, f"It has {size:,} bytes, more than the {limit:,} that it may have", str(path))
        data = file.read(limit + 1)  # what the system makes as it is read, such as /proc/kmsg, says that it is empty
        if len(data) > limit:
            raise OSError(errno.EFBIG, f"It has more than the {limit:,} bytes that it may have", str(path))
        return data
