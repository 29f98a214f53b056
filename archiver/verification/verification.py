"""The offline check of an archive: fixity, and whether the quotations stand where they were anchored.

The steps, in order; each later one relies on what the earlier ones have shown:

(1) ``archive.toml`` can be read, and is of this format;
(2) the signer: the key that it names is the one the verifier knows (else: undecided);
(3) the checkpoint is signed with that key, for this log;
(4) the tree: entries hash to the signed root, tiles are what they hash to, details are what the entries commit to, and no file
    stands in the log that the head does not account for;
(5) the members: every leaf's member lies in a WARC file with the bytes that were recorded, and no byte belongs to no leaf;
(6) the records: headers, block and payload digests agree with the bytes and with the log;
(7) the settings are those that were last recorded;
(8) the captures agree with their responses and texts;
(9) the quotes' anchors cut the recorded words out of the recorded texts;
(10) the catalogue, which is only an index, knows as much as the log;
(11) with ``re_extract``: the texts come out of the payloads again.

It proves neither that the server truly sent this nor that what it sent is true; docs/threat-model.md says what else it does not.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archiver.archive import config
from archiver.catalogue import Catalogue
from archiver.digests import Digest
from archiver.errors import ArchiveError, ArchiverError, DamagedArchive
from archiver.log import Details, Log
from archiver.model import StoredLeaf
from archiver.signing import KeyRing, VerifyingKey
from archiver.verification.content_checks import Contents, KnownRecords, check_captures, check_quotes
from archiver.verification.findings import Finding, Summary
from archiver.verification.log_checks import LogView, check_files, check_signer, check_tree
from archiver.verification.member_checks import Checked, check_members
from archiver.verification.placing import FilePlan, Place, Searcher, plan_from_hints
from archiver.verification.reextraction import check_extraction
from archiver.warc import Locks, file_name, inflate, open_record, segment_files

_TASK_BYTES = 8 << 20

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What to verify. ``snapshots`` and ``quotes`` are whole ids, both None for everything; ``key`` is one that the verifier trusts."""

    snapshots: frozenset[str] | None = None
    quotes: frozenset[str] | None = None
    key: VerifyingKey | None = None
    re_extract: bool = False

    @property
    def everything(self) -> bool:
        return self.snapshots is None and self.quotes is None


class Verification:
    """One run over one archive. Iterate over `findings`; `summary` is complete once that has ended."""

    def __init__(
        self, root: Path, request: Request, ring: KeyRing | None = None, progress: Progress | None = None
    ) -> None:
        self._root = root
        self._request = request
        self._ring = ring or KeyRing()
        self._progress = progress or _no_progress
        self._places: dict[int, tuple[Path, Place]] = {}
        self._counts = [0, 0, 0]

    @property
    def summary(self) -> Summary:
        return Summary(*self._counts)

    def findings(self) -> Iterator[Finding]:
        """Runs the steps; yields what they find, good and bad. Nothing is written."""
        for finding in self._steps():
            self._counts[0] += 1
            self._counts[1] += finding.ok is False
            self._counts[2] += finding.ok is None
            yield finding

    def _steps(self) -> Iterator[Finding]:
        try:
            settings, settings_bytes = config.read(self._root)  # (1)
            key = VerifyingKey.from_vkey(settings.key)
            if key.name != settings.origin:
                raise DamagedArchive("archive.toml: key and origin do not belong together.")
        except ArchiverError as error:
            yield Finding(config.FILE, "settings", False, str(error))
            return
        yield check_signer(key, self._ring, self._request.key)  # (2)
        log = Log(self._root / "log", key)
        try:
            head = log.head()  # (3)
        except DamagedArchive as error:
            yield Finding("log/checkpoint", "checkpoint", False, str(error))
            return
        yield Finding("log/checkpoint", "checkpoint", True, f"signed head of {head.size} leaves")
        view = LogView(head)
        writing = bool(Locks(self._root).marked())
        yield from check_tree(log, view)  # (4)
        yield from check_files(log, writing=writing)
        yield Finding(
            "log/details",
            "details",
            True,
            f"{len(view.details)} leaves say what they commit to, {len(view.erased)} are erased",
        )
        checked = Checked()
        member_findings = list(self._check_files(view, checked, writing=writing))  # (5) (6)
        contents = Contents.read(view.details, checked.blocks)
        for finding, index in member_findings:
            touched = contents.quotes_on(view.details[index]) if index is not None else ()
            yield Finding(finding.subject, finding.check, finding.ok, finding.detail, touched)
        yield Finding("warc", "members", True, f"{checked.sound} records are sound, byte for byte")
        if self._request.everything:
            yield self._check_settings(view, checked, settings_bytes)  # (7)
        yield from self._check_contents(view, contents)  # (8) (9)
        if self._request.everything:
            yield from self._check_catalogue(head.size)  # (10)
        if self._request.re_extract:
            yield from check_extraction(contents, self._wanted_snapshots(contents), self._block_of_record(view))  # (11)

    def _check_files(self, view: LogView, checked: Checked, *, writing: bool) -> Iterator[tuple[Finding, int | None]]:
        """Steps 5 and 6; the second value is the leaf that a finding is about."""
        plans = list(self._plans(view.details))
        wanted = self._wanted_leaves(view.details)
        total = sum(place.length for plan in plans for place in plan.places)
        done = 0
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            tasks = [task for plan in plans for task in _tasks(plan, view.details, wanted)]
            # in the order of the files, so that two runs say the same
            for (plan, chunk), result in zip(
                tasks, pool.map(lambda task: check_members(task[0].path, task[1]), tasks), strict=True
            ):
                checked.sound += result.sound
                checked.blocks.update(result.blocks)
                for problem in result.problems:
                    subject = f"{plan.name} at byte {problem.offset}"
                    item = view.details[problem.index]
                    yield (
                        Finding(
                            subject,
                            problem.check,
                            False,
                            f"{item.kind} record {item.record_id} of {item.time}: {problem.detail}",
                        ),
                        problem.index,
                    )
                done += sum(place.length for place, _ in chunk)
                self._progress(done, total)
        for plan in plans:
            self._places.update({place.index: (plan.path, place) for place in plan.places})
        if self._request.everything:
            for plan in plans:
                for start, end in plan.unknown:
                    yield _unknown(plan, start, end, writing=writing), None
        for index in sorted((set(view.details) if wanted is None else wanted) - self._places.keys()):
            item = view.details[index]
            yield (
                Finding(
                    "warc",
                    "member",
                    False,
                    f"leaf {index}, the {item.kind} record {item.record_id} of {item.time}, is in no WARC file",
                ),
                index,
            )

    def _plans(self, details: dict[int, Details]) -> Iterator[FilePlan]:
        files = segment_files(self._root)
        hints = self._hints()
        searched: list[Path] = []
        placed: set[int] = set()
        for path in files:
            plan = plan_from_hints(
                path, file_name(self._root, path), hints.get(file_name(self._root, path), []), details
            )
            if plan is None or not placed.isdisjoint(place.index for place in plan.places):
                searched.append(path)
            else:
                placed.update(place.index for place in plan.places)
                yield plan
        searcher = Searcher(details, placed)
        for path in searched:
            yield searcher.plan(path, file_name(self._root, path))
        folder = self._root / "warc"
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path not in files:
                yield FilePlan(path, file_name(self._root, path), (), ((0, path.stat().st_size),))

    def _hints(self) -> dict[str, list[StoredLeaf]]:
        """Where the catalogue says that members lie; nothing where there is none that can be read."""
        path = self._root / "catalogue.db"
        hints: dict[str, list[StoredLeaf]] = {}
        if not path.is_file():
            return hints
        try:
            catalogue = _open_catalogue(path)
            for leaf in catalogue.leaves():
                hints.setdefault(leaf.file, []).append(leaf)
            catalogue.close()
        except ArchiveError:
            return {}  # step 10 reports it
        return {name: sorted(leaves, key=lambda leaf: leaf.offset) for name, leaves in hints.items()}

    def _wanted_leaves(self, details: dict[int, Details]) -> set[int] | None:
        """The leaves that the request is about, None for all: the captures and quotes it names, with all their records."""
        if self._request.everything:
            return None
        # what a capture consists of stands in its record, so all captures and quotes are read and the rest of those named
        light = {index for index, item in details.items() if item.kind in ("capture", "quote")}
        snapshots = self._request.snapshots or frozenset()
        named = {item.sha256 for item in details.values() if "s-" + item.sha256 in snapshots}
        by_digest = {item.sha256: index for index, item in details.items()}
        return (
            light
            | {by_digest[digest] for digest in named}
            | {index for index, item in details.items() if item.kind == "text" and item.uri.split(":")[3] in snapshots}
        )

    def _wanted_snapshots(self, contents: Contents) -> set[str]:
        return set(contents.captures) if self._request.snapshots is None else set(self._request.snapshots)

    def _check_settings(self, view: LogView, checked: Checked, current: bytes) -> Finding:
        recorded = [index for index in sorted(checked.blocks) if view.details[index].kind == "settings"]
        if recorded and checked.blocks[recorded[-1]] == current:
            return Finding(config.FILE, "settings", True, "as last recorded")
        return Finding(
            config.FILE, "settings", False,
            "is not as it was last recorded; if you changed it yourself, the next snapshot or quote records the change",
        )  # fmt: skip

    def _check_contents(self, view: LogView, contents: Contents) -> Iterator[Finding]:
        for index in contents.unreadable:
            item = view.details[index]
            yield Finding(item.record_id, item.kind, False, "its JSON cannot be read")
        everything = self._request.everything
        yield from check_captures(
            contents, KnownRecords.of(view.details), None if everything else set(self._request.snapshots or ())
        )
        block_of = self._block_of_record(view)

        def text_of(entry: dict[str, Any]) -> str | None:
            block = block_of(entry["record_id"])
            return (
                block.decode("utf-8", "replace")
                if block is not None and Digest.of(block).hex == entry["sha256"]
                else None
            )

        yield from check_quotes(contents, text_of, None if everything else set(self._request.quotes or ()))

    def _block_of_record(self, view: LogView) -> Callable[[str], bytes | None]:
        by_id = {item.record_id: index for index, item in view.details.items()}

        def block_of(record_id: str) -> bytes | None:
            place = self._places.get(by_id.get(record_id, -1))
            if place is None:
                return None
            path, span = place
            with path.open("rb") as file:
                file.seek(span.offset)
                member = file.read(span.length)
            try:
                return open_record(inflate(member)).block
            except DamagedArchive:
                return None

        return block_of

    def _check_catalogue(self, size: int) -> Iterator[Finding]:
        path = self._root / "catalogue.db"
        if not path.is_file():
            yield Finding(
                "catalogue.db", "catalogue", True, "there is none; it is made in memory or by `archiver rebuild`"
            )
            return
        try:
            catalogue = _open_catalogue(path)
            known = catalogue.size()
            catalogue.close()
        except ArchiveError as error:
            yield Finding("catalogue.db", "catalogue", False, str(error))
            return
        if known == size:
            yield Finding("catalogue.db", "catalogue", True, f"knows all {size} leaves")
        elif known < size:
            yield Finding(
                "catalogue.db",
                "catalogue",
                True,
                f"knows {known} of {size} leaves; the next command brings it up to date",
            )
        else:
            yield Finding(
                "catalogue.db", "catalogue", False,
                f"knows {known} leaves where the signed head has {size}: the log was cut back, or the catalogue is not this archive's",
            )  # fmt: skip


def _no_progress(done: int, total: int) -> None:
    del done, total


def _open_catalogue(path: Path) -> Catalogue:
    """For reading, beside a writer if there is one."""
    beside = path.with_name(path.name + "-wal").exists()
    return Catalogue(path) if beside and os.access(path.parent, os.W_OK) else Catalogue(path, read_only=True)


def _tasks(
    plan: FilePlan, details: dict[int, Details], wanted: set[int] | None
) -> Iterator[tuple[FilePlan, list[tuple[Place, Details]]]]:
    """The plan in pieces of some megabytes, so that all cores have work."""
    chunk: list[tuple[Place, Details]] = []
    size = 0
    for place in plan.places:
        if wanted is not None and place.index not in wanted:
            continue
        chunk.append((place, details[place.index]))
        size += place.length
        if size >= _TASK_BYTES:
            yield plan, chunk
            chunk, size = [], 0
    if chunk:
        yield plan, chunk


def _unknown(plan: FilePlan, start: int, end: int, *, writing: bool) -> Finding:
    subject = f"{plan.name} at byte {start}"
    if writing and end == plan.path.stat().st_size:
        return Finding(
            subject,
            "bytes",
            True,
            f"{end - start} bytes behind the last record are being written, or were when a run broke off",
        )
    return Finding(subject, "bytes", False, f"{end - start} bytes that no leaf of the log knows")
