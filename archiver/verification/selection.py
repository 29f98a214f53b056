"""The records that single ids stand for, and finding just those."""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Iterator, Sequence
from io import FileIO
from pathlib import Path

from archiver.verification.assets import asset_facts
from archiver.verification.catalogue_checks import hints
from archiver.verification.committed import Committed
from archiver.verification.placing import Chunk, Walk, WarcFile, Window
from archiver.verification.records import quote_facts
from archiver.verification.subset import RUN, Subset

_CHUNK_BYTES = 4 << 20
_NO_HINT = 0xFFFF_FFFF


class Selection:
    """Asks the catalogue where members lie and believes it in nothing: where one is not there, all files are walked."""

    def __init__(self, root: Path, committed: Committed, files: Sequence[WarcFile]) -> None:
        self._committed = committed
        self._files = {file.name: number for number, file in enumerate(files)}
        self._all = files
        self._walked = False
        self._open: tuple[int, FileIO, Window] | None = None
        committed.paths = [file.path for file in files]
        self._hints = array("Q", [_NO_HINT]) * len(committed), array("Q", bytes(8 * len(committed)))
        for index, file, offset in hints(root):
            if index < len(committed) and file in self._files and offset >= 0:
                self._hints[0][index], self._hints[1][index] = self._files[file], offset

    def leaves(self, snapshots: Collection[str], quotes: Collection[str]) -> tuple[set[int], list[str]]:
        """The leaves of snapshots and quotes with all records they consist of or stand on, and the ids that the log does not know."""
        committed = self._committed
        by_id = {f"q-{committed.digest(index).hex()}": index for index in committed.quotes} if quotes else {}
        wanted = {by_id[name] for name in quotes if name in by_id}
        unknown = [name for name in quotes if name not in by_id]
        seen = set(snapshots) | {name for index in wanted if (name := self._snapshot_of(index))}
        waiting = sorted(seen)
        while waiting:
            name = waiting.pop()
            index = committed.captures.get(name)
            if index is None:
                unknown.append(name)
                continue
            wanted.add(index)
            records, earlier = self._records_of(index)
            wanted.update(leaf for record_id in records for leaf in committed.leaves_of(record_id))
            if earlier is not None and earlier not in seen:
                seen.add(earlier)
                waiting.append(earlier)
        return wanted, unknown

    def part(self, subset: Subset) -> set[int]:
        """The leaves of a part, and beside them the captures and texts that quotes in it are anchored in."""
        committed = self._committed
        wanted = {index for index in range(len(committed)) if subset.holds(index) and committed.known(index)}
        for index in committed.quotes:
            if index in wanted:
                quote = quote_facts(self.block(index) or b"")
                if not isinstance(quote, str):
                    beside = (committed.captures.get(quote.snapshot), committed.texts.get(quote.text))
                    wanted.update(leaf for leaf in beside if leaf is not None)
        return wanted

    def block(self, index: int) -> bytes | None:
        """The block of the record of a leaf, None where it cannot be read."""
        return self._committed.block(index) if self.locate(index) else None

    def _snapshot_of(self, quote: int) -> str | None:
        block = self._committed.block(quote) if self.locate(quote) else None
        try:
            return str(json.loads(block or b"")["archiver:snapshot"])
        except (ValueError, LookupError, TypeError):
            return None  # the check of the quote itself says so

    def _records_of(self, index: int) -> tuple[list[str], str | None]:
        """The record ids that a capture names, and the snapshot that it revisits; nothing where it cannot be read."""
        block = self._committed.block(index) if self.locate(index) else None
        try:
            capture = json.loads(block or b"")
            records = [
                hop[name] for hop in capture["hops"] for name in ("request", "interim", "response") if name in hop
            ]
            assets = (record for asset in asset_facts(capture) for record in asset.records)
            return [*records, *(text["record_id"] for text in capture["texts"]), *assets], capture.get("revisit_of")
        except (ValueError, LookupError, TypeError, AttributeError):
            return [], None  # the check of the capture itself says so

    def locate(self, index: int) -> bool:
        """Whether the member of a leaf is found; its place is then known."""
        committed = self._committed
        if committed.placed(index):
            return True
        number, offset = (hints[index] for hints in self._hints)
        if number != _NO_HINT and self._is_there(index, number, offset):
            committed.place(index, number, offset)
            return True
        if not self._walked:
            self._walked = True
            committed.paths = []
            for _ in Walk(committed).chunks(self._all):
                pass
        return committed.placed(index)

    def _is_there(self, index: int, number: int, offset: int) -> bool:
        committed = self._committed
        if not 0 <= offset < self._all[number].size or not committed.known(index):
            return False
        try:
            return self._window(number).digest(offset, committed.length(index)) == committed.digest(index)
        except OSError:
            return False

    def _window(self, number: int) -> Window:
        """The file as it was looked into last: neighbours are asked for one after another."""
        if self._open is None or self._open[0] != number:
            self.close()
            file = self._all[number].path.open("rb", buffering=0)
            self._open = (number, file, Window(file, self._all[number].size))
        return self._open[2]

    def close(self) -> None:
        """Closes the file that was looked into last."""
        if self._open is not None:
            self._open[1].close()
            self._open = None

    def chunks(self, wanted: Collection[int]) -> Iterator[Chunk]:
        """The members of the leaves that were located, in the order of the log; those that lie side by side come together."""
        chunk: Chunk | None = None
        for index in sorted(wanted):
            place, length = self._committed.place_of(index), self._committed.length(index)
            if place is None:
                continue
            path, offset = place
            beside = chunk is not None and chunk.path == path and chunk.members[0][1] + chunk.size == offset
            if chunk is not None and (not beside or chunk.size >= _CHUNK_BYTES or len(chunk.members) >= RUN):
                yield chunk
                chunk = None
            if chunk is None:
                chunk = Chunk(path)
            chunk.members.append((index, offset))
            chunk.size += length
        if chunk is not None:
            yield chunk
