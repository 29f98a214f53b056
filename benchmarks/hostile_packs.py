"""Zip files that no pack is: names that lead elsewhere, links, bombs."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable

from archiver.packs import layout


def bad_zip(files: dict[str, bytes], change: Callable[[zipfile.ZipFile], None]) -> bytes:
    """The pack with one thing more in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, data in files.items():
            entry(name, data)(file)
        change(file)
    return buffer.getvalue()


def entry(
    name: str, data: bytes = b"x", mode: int = 0o100644, method: int = zipfile.ZIP_STORED
) -> Callable[[zipfile.ZipFile], None]:
    def add(file: zipfile.ZipFile) -> None:
        info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        info.external_attr, info.compress_type = mode << 16, method
        file.writestr(info, data)

    return add


HOSTILE = {
    "up": entry("../escaped"),
    "inner-up": entry("texts/../../escaped"),
    "absolute": entry("/etc/escaped"),
    "drive": entry("C:/escaped"),
    "backslash": entry("texts\\escaped"),
    "command": entry("texts/$(touch escaped)"),
    "backtick": entry("texts/`touch escaped`"),
    "semicolon": entry("texts/a;touch escaped"),
    "newline": entry("texts/a\ntouch escaped"),
    "blank": entry("texts/a b"),
    "option": entry("texts/-rf"),
    "wildcard": entry("texts/*"),
    "bracket": entry("texts/[a-z]"),
    "hidden": entry("texts/.bashrc"),
    "unknown-folder": entry("other/file"),
    "top": entry("escaped"),
    "folder": entry("texts/sub/"),
    "twice": entry(layout.CHECKPOINT),
    "case": entry("LOG/checkpoint"),
    "link": entry("texts/link", b"/etc/passwd", stat.S_IFLNK | 0o777),
    "device": entry("texts/device", b"", stat.S_IFCHR | 0o666),
    "bomb": entry("texts/bomb", bytes(1 << 22), method=zipfile.ZIP_DEFLATED),
}
