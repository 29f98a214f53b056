"""Writing what a signed head stands on. Done twice, by two at once or long after, it comes to the same: nothing ever becomes shorter."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from archiver.errors import DamagedArchive
from archiver.log import Checkpoint, layout
from archiver.sequencing import names
from archiver.sequencing.bundle import Bundle
from archiver.signing import VerifyingKey
from archiver.store import Absent, Changed, ObjectStore, StoreFailed, Taken

_AT_ONCE = 8
_TRIES = 50
_DETAILS = "details/"
_WIDTH = re.compile(r"[0-9]{1,3}")
T = TypeVar("T")
R = TypeVar("R")


def at_once(work: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """Does the same for all, several at a time; raises what the first of them raised, once all have ended."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        futures = [pool.submit(work, item) for item in items]
    return [future.result() for future in futures]


def publish(store: ObjectStore, bundle: Bundle, note: bytes, key: VerifyingKey) -> None:
    """Puts the files of a head in their places, then the head, then takes away what it makes superfluous, its bundle last.

    The head stands already where it decides. Raises StoreFailed; DamagedArchive where the store holds other bytes than this log's.
    """
    at_once(lambda file: _put(store, *file), bundle.files.items())
    store.create(names.index_of(bundle.first), bundle.index())
    published = _put_checkpoint(store, bundle, note, key)
    at_once(
        lambda old: _drop_partials(store, old, published),
        layout.partials_of(bundle.first) | layout.partials_of(bundle.size),
    )
    at_once(store.delete, bundle.pending)
    store.delete(bundle.name)


def _put(store: ObjectStore, name: str, data: bytes) -> None:
    if name.startswith(_DETAILS):
        _lengthen(store, f"log/{name}", data)
        return
    try:
        store.create(f"log/{name}", data)
    except Taken as error:
        raise DamagedArchive(
            f"The store holds other bytes as log/{name} than its signed head says; run `archiver verify`."
        ) from error


def _lengthen(store: ObjectStore, name: str, data: bytes) -> None:
    """Details grow line by line; whoever is late must not make them shorter again."""

    def once() -> bool:
        try:
            stored, tag = store.get(name)
        except Absent:
            store.create(name, data)
            return True
        if not (stored.startswith(data) or data.startswith(stored)):
            raise DamagedArchive(f"The store holds other lines in {name} than the log has; run `archiver verify`.")
        if len(stored) < len(data):
            store.replace(name, data, tag)
        return True

    _until_quiet(once, name)


def _put_checkpoint(store: ObjectStore, bundle: Bundle, note: bytes, key: VerifyingKey) -> int:
    """The size of the head that is published then: this one, or a later one."""

    def once() -> int:
        stored, tag = store.get(names.CHECKPOINT)
        size = Checkpoint.opened(stored, key).size
        if size >= bundle.size:
            return size
        store.replace(names.CHECKPOINT, note, tag)
        return bundle.size

    return _until_quiet(once, names.CHECKPOINT)


def _drop_partials(store: ObjectStore, old: str, published: int) -> None:
    """Takes away partial tiles of the place of ``old`` that the published head does not stand on, also those of one who came late."""
    folder = f"log/{old.rpartition('/')[0]}/"
    standing = layout.partials_of(published)
    for found in list(store.list(folder)):
        if found.name.removeprefix("log/") not in standing and not _is_newer(found.name, standing):
            store.delete(found.name)


def _is_newer(name: str, standing: set[str]) -> bool:
    """Whether a partial tile is wider than the one of its place that the head stands on: then another head was published since."""
    folder, _, width = name.removeprefix("log/").rpartition("/")
    return any(
        at == folder and _WIDTH.fullmatch(width) and int(width) > int(own)
        for at, _, own in (path.rpartition("/") for path in standing)
    )


def _until_quiet(once: Callable[[], R], name: str) -> R:
    for number in range(_TRIES):
        try:
            return once()
        except (Changed, Taken):
            time.sleep(0.01 * number)
    raise StoreFailed(f"{name} is changed by others again and again; try again.")
