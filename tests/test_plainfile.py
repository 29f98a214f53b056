"""Reading files that somebody else may have put there."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from archiver.plainfile import open_plain, read_plain


def test_a_file_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    assert read_plain(path, 5) == b"12345"
    with pytest.raises(OSError, match="more than the 4"):
        read_plain(path, 4)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such files")
def test_a_file_that_says_that_it_is_empty_is_read_to_the_limit_all_the_same(tmp_path: Path) -> None:
    """What the system makes as it is read may have no end."""
    path = tmp_path / "link"
    path.symlink_to("/proc/self/smaps")
    assert path.stat().st_size == 0
    with pytest.raises(OSError, match="more than the 1,000") as raised:
        read_plain(path, 1_000)
    assert raised.value.errno == errno.EFBIG


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files")
def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "null").symlink_to("/dev/null")
    for name in ("pipe", "null", "."):
        with pytest.raises(OSError, match=r"directory|no file"):
            open_plain(tmp_path / name)
