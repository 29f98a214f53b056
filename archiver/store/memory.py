"""A store in memory, for tests: what a bucket does, at once and without one."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from archiver.store.objects import LARGEST, Absent, Changed, Object, Taken, Unlike


class MemoryStore:
    """Threads may share it. ``objects`` may be looked at and changed by whoever tests."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self._lock = threading.RLock()

    def get(self, name: str, limit: int = LARGEST) -> tuple[bytes, str]:
        data = self._data(name)
        if len(data) > limit:
            raise Unlike(f"{name} has {len(data):,} bytes, more than the {limit:,} that such an object may have.")
        return data, _tag(data)

    def ranges(self, name: str, spans: Sequence[tuple[int, int]]) -> list[bytes]:
        data = self._data(name)
        if any(end > len(data) for _, end in spans):
            raise Unlike(f"{name} ends at byte {len(data)}; it was cut.")
        return [data[start:end] for start, end in spans]

    def fetch(self, name: str, path: Path) -> None:
        path.write_bytes(self._data(name))

    def create(self, name: str, data: bytes) -> str:
        with self._lock:
            if self.objects.setdefault(name, bytes(data)) != data:
                raise Taken(f"There is an object {name} already; it is left as it is.")
        return _tag(data)

    def create_file(self, name: str, path: Path) -> None:
        self.create(name, path.read_bytes())

    def replace(self, name: str, data: bytes, tag: str) -> str:
        with self._lock:
            if name not in self.objects or (_tag(self.objects[name]) != tag and self.objects[name] != data):
                raise Changed(f"Somebody else has changed {name}.")
            self.objects[name] = bytes(data)
        return _tag(data)

    def delete(self, name: str) -> None:
        with self._lock:
            self.objects.pop(name, None)

    def list(self, prefix: str, after: str = "") -> Iterator[Object]:
        with self._lock:
            found = sorted(self.objects.items())
        for name, data in found:
            if name.startswith(prefix) and name > after:
                yield Object(name, len(data))

    def _data(self, name: str) -> bytes:
        try:
            return self.objects[name]
        except KeyError:
            raise Absent(f"There is no object {name}.") from None


def _tag(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
