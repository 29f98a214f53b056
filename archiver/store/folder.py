"""A folder used as a store: for one machine, or several that share a file system which knows locks."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from filelock import FileLock, Timeout

from archiver import durable
from archiver.store.objects import LARGEST, Absent, Changed, Object, StoreFailed, Taken, Unlike

_LOCK = ".store.lock"
_SECONDS = 120.0
_PIECE = 1 << 20


class FolderStore:
    """Objects are files. Every write is made beside its place and renamed into it, under one lock for the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str, limit: int = LARGEST) -> tuple[bytes, str]:
        with self._reading(name) as path, path.open("rb") as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise Unlike(f"{path} has more than the {limit:,} bytes that such an object may have.")
        return data, _tag(data)

    def ranges(self, name: str, spans: Sequence[tuple[int, int]]) -> list[bytes]:
        with self._reading(name) as path, path.open("rb") as file:
            size, parts = os.fstat(file.fileno()).st_size, []
            for start, end in spans:
                if end > size:  # asked before it is read, since it may be more than any memory holds
                    raise Unlike(f"{path} ends at byte {size}; it was cut.")
                file.seek(start)
                parts.append(file.read(end - start))
        return parts

    def fetch(self, name: str, path: Path) -> None:
        with self._reading(name) as source:
            shutil.copyfile(source, path)

    def create(self, name: str, data: bytes) -> str:
        with self._writing(name) as path:
            if not _is_there(path):
                durable.make_folder(path.parent)
                durable.replace_file(path, data)
            elif path.read_bytes() != data:
                raise Taken(f"There is a file {path} already; it is left as it is.")
        return _tag(data)

    def create_file(self, name: str, path: Path) -> None:
        target = self.folder / name
        beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.new")
        try:
            with self._writing(name):  # the folders are made under the lock: `delete` takes empty ones away
                durable.make_folder(target.parent)
                if _is_there(target) and not _same(target, path):
                    raise Taken(f"There is a file {target} already; it is left as it is.")
                shutil.copyfile(path, beside)
                with beside.open("rb+") as file:
                    os.fsync(file.fileno())
                beside.replace(target)
                durable.sync_folder(target.parent)
        finally:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)

    def replace(self, name: str, data: bytes, tag: str) -> str:
        with self._writing(name) as path:
            stored = path.read_bytes() if path.is_file() else None
            if stored is None or (_tag(stored) != tag and stored != data):
                raise Changed(f"Somebody else has changed {path}.")
            durable.replace_file(path, data)
        return _tag(data)

    def delete(self, name: str) -> None:
        with self._writing(name) as path:
            path.unlink(missing_ok=True)
            for folder in path.parents:  # an object store has no empty folders
                if folder == self.folder:
                    break
                try:
                    folder.rmdir()
                except OSError:
                    break

    def list(self, prefix: str, after: str = "") -> Iterator[Object]:
        try:
            found = [
                path.relative_to(self.folder).as_posix() for path in (self.folder / prefix).rglob("*") if _is_own(path)
            ]
        except OSError as error:
            raise self._failed(prefix, error) from error
        for name in sorted(found):
            if name > after:
                with contextlib.suppress(Absent), self._reading(name) as path:
                    yield Object(name, path.stat().st_size)

    @contextlib.contextmanager
    def _reading(self, name: str) -> Iterator[Path]:
        path = self.folder / name
        try:
            yield path
        except (FileNotFoundError, NotADirectoryError):
            raise Absent(f"There is no file {path}.") from None
        except OSError as error:
            raise self._failed(name, error) from error

    @contextlib.contextmanager
    def _writing(self, name: str) -> Iterator[Path]:
        try:
            durable.make_folder(self.folder)
            with FileLock(self.folder / _LOCK).acquire(timeout=_SECONDS):
                yield self.folder / name
        except Timeout:
            raise StoreFailed(
                f"Another process has held {self.folder / _LOCK} for {_SECONDS:.0f} s; try again."
            ) from None
        except OSError as error:
            raise self._failed(name, error) from error

    def _failed(self, name: str, error: OSError) -> StoreFailed:
        return StoreFailed(f"{self.folder / name} cannot be read or written: {error.strerror or error}.")


def _is_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _is_own(path: Path) -> bool:
    """Whether it is an object: no folder, no link, and no file that is just being written."""
    return path.is_file() and not path.is_symlink() and not path.name.startswith(".")


def _same(one: Path, other: Path) -> bool:
    with one.open("rb") as first, other.open("rb") as second:
        while (piece := first.read(_PIECE)) == second.read(_PIECE):
            if not piece:
                return True
    return False


def _tag(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
