"""Erasures: what is gone must have been taken out by a recorded erasure, and what such a record names must be gone."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from archiver.archive.unfinished import CATALOGUE
from archiver.catalogue import Catalogue
from archiver.catalogue.aside import undisturbed
from archiver.errors import ArchiveError
from archiver.model import Tombstone
from archiver.printable import count
from archiver.verification.committed import Committed
from archiver.verification.findings import Finding
from archiver.verification.placing import Span
from archiver.verification.returned import returned
from archiver.warc import is_unfinished, search

ERASURE_MARK = "erasure"
_SHOWN = 8
_ADVICE = "`archiver erase --again` takes it out"


class ErasureCheck:
    """Made once the members are placed. ``block`` reads the record of a leaf, as far as its bytes are those that were recorded.

    ``broken_off`` says whether an erasure is under way or broke off: then what it names may still be there, and nothing else.
    """

    def __init__(self, committed: Committed, block: Callable[[int], bytes | None], *, broken_off: bool) -> None:
        self._committed = committed
        self._broken_off = broken_off
        self._stones: dict[int, Tombstone] = {}
        self._faults: list[Finding] = []
        for index in committed.erasures:
            data = block(index)
            if data is None:
                continue  # the check of the members says so
            try:
                self._stones[index] = Tombstone.parse(data)
            except ValueError as error:
                self._faults.append(Finding(f"leaf {index}", "erased", False, f"the erasure cannot be read: {error}"))
        self._digests = {digest for stone in self._stones.values() for _, digest in stone.leaves}
        self.named = {
            leaf for index, stone in self._stones.items() if not self._fault(index, stone) for leaf, _ in stone.leaves
        }

    def findings(self, root: Path | None) -> Iterator[Finding]:
        """One finding for each erasure, one for each leaf that is gone without one; with ``root`` the catalogue is looked at too."""
        yield from self._faults
        for index, stone in self._stones.items():
            fault = self._fault(index, stone)
            if fault:
                yield Finding(f"leaf {index}", "erased", False, fault)
                continue
            yield self._finding(stone)
        yield from returned(self._committed, self._stones)
        for index, place in self._committed.erased.items():
            if index not in self.named:
                yield Finding(place, "details", False, f"leaf {index} was taken out, and no recorded erasure says so")
        if root is not None:
            yield from self._catalogue(root)

    def sift(
        self, spans: Iterable[Span], files: Iterable[Path], root: Path
    ) -> tuple[list[Span], list[Path], list[Finding]]:
        """The bytes and files that no leaf knows without those that an erasure explains, and a finding for each of these.

        They are erased members and nothing else, and files that a rewriting left which broke off.
        """
        others, strangers, findings = [], [], []
        for span in spans:
            finding = self._remains(span)
            if finding is None:
                others.append(span)
            else:
                findings.append(finding)
        for path in files:
            if self._broken_off and is_unfinished(path.name) and not path.is_symlink():
                name = path.relative_to(root).as_posix()
                findings.append(Finding(name, "erased", None, f"an erasure that broke off left it; {_ADVICE}"))
            else:
                strangers.append(path)
        return others, strangers, findings

    def _catalogue(self, root: Path) -> Iterator[Finding]:
        """The catalogue must say nothing of leaves that are gone, and of erasures what the log says."""
        path = root / CATALOGUE
        if not path.is_file():
            return
        with contextlib.suppress(ArchiveError):
            yield from undisturbed(path, lambda catalogue: list(self._told_by(catalogue)))

    def _told_by(self, catalogue: Catalogue) -> Iterator[Finding]:
        known = catalogue.erasures.still_known(self._committed.erased)
        if known:
            detail = f"still says what {len(known)} erased records were (the first: leaf {known[0]}); {_ADVICE}"
            yield Finding(CATALOGUE, "erased", None if self._broken_off else False, detail)
        size = catalogue.size()
        if size <= len(self._committed) and catalogue.erasures.differs(
            [(index, stone) for index, stone in self._stones.items() if index < size]
        ):
            detail = "says of erasures something else than the log; `archiver rebuild` makes it again"
            yield Finding(CATALOGUE, "catalogue", False, detail)

    def _remains(self, span: Span) -> Finding | None:
        at, count = span.start, 0
        for member in search(span.file.path, span.start) if self._digests else ():
            if member.offset != at or at >= span.end or member.sha256.hex not in self._digests:
                break
            at, count = member.offset + member.length, count + 1
        if not count or at != span.end:
            return None
        subject = f"{span.file.name} at byte {span.start}"
        if self._broken_off:
            detail = f"{count} erased records still lie here: the erasure broke off; {_ADVICE}"
            return Finding(subject, "erased", None, detail)
        return Finding(subject, "erased", False, f"{count} erased records lie here (put back from a copy?); {_ADVICE}")

    def _fault(self, index: int, stone: Tombstone) -> str | None:
        if any(leaf >= index for leaf, _ in stone.leaves):
            return "the erasure names leaves that came after it"
        known = [(leaf, digest) for leaf, digest in stone.leaves if self._committed.known(leaf)]
        if any(self._committed.digest(leaf).hex() != digest for leaf, digest in known):
            return "the erasure names other records than its leaves are"
        return None

    def _finding(self, stone: Tombstone) -> Finding:
        left = [leaf for leaf, _ in stone.leaves if self._committed.known(leaf)]
        subject = _listed(stone.requested)
        if left:
            detail = f"{stone.sentence}; but {len(left)} of {len(stone.leaves)} records are still there: {_ADVICE}"
            return Finding(subject, "erased", None, detail, stone.quotes)
        detail = f"{stone.sentence}; {count(len(stone.leaves), 'record', 'is gone', 'are gone')}"
        for what, names in (
            ("revisits that stood on it", [name for name in stone.dependents if name.startswith("s-")]),
            ("quotes of it", [name for name in stone.dependents if name.startswith("q-")]),
        ):
            if names:
                detail += f", and with them the {what}: {_listed(names)}"
        return Finding(subject, "erased", True, detail, stone.quotes)


def _listed(names: Collection[str]) -> str:
    shown = ", ".join(name[:14] for name in list(names)[:_SHOWN])
    return shown + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
