"""Checks of what the records say of one another: captures and their texts, quotes and their snapshots; in an archive, and in a pack."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from archiver.catalogue import with_leaves
from archiver.model import IMPORTED
from archiver.model.snapshoturi import capture_uri
from archiver.timestamps.window import parse_time
from archiver.verification.assets import asset_fault
from archiver.verification.cohort_checks import CohortChecks, CohortLedger
from archiver.verification.columns import ByLeaf
from archiver.verification.corroborationfacts import CorroborationFacts
from archiver.verification.recheckfacts import RecheckFacts
from archiver.verification.record_rules import Checked, Problem
from archiver.verification.records import MARK, CaptureFacts, QuoteFacts


class Ledger(CohortLedger, Protocol):
    """What is known of leaves that were verified: by the record ids, the snapshots of captures, the digests of texts; ``has_rechecks`` says
    whether any later look at a page is among them."""

    @property
    def texts(self) -> Mapping[bytes, int]: ...
    @property
    def has_rechecks(self) -> bool: ...
    def leaf_of(self, record_id: str, /) -> int | None: ...
    def leaf_with(self, digest: str, before: int | None = None, /) -> int | None: ...
    def payload(self, index: int, /) -> bytes | None: ...


@dataclass(frozen=True, slots=True)
class _Claim:
    """That the capture of the leaf ``capture`` says something, of which ``mark`` is the sum: the record of the leaf ``index`` stands on it. Where no
    capture says it, that is the ``fault`` of a ``check``."""

    index: int
    capture: int
    mark: bytes
    check: str
    fault: str


class Contents:
    """Takes what the checks of records gave, in any order; a few bytes are kept of each capture and quote."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._cohorts = CohortChecks(ledger)
        self._made = ByLeaf(MARK)  # the marks that each capture makes
        self._claims: list[_Claim] = []  # which the captures had not borne out when they were met
        self._rechecks: list[tuple[int, str, bytes]] = []
        self._quoted: set[bytes] = set()
        self._quotes = array("Q")
        self._taken_in = (array("Q"), array("q"))
        self._from_others = array("Q")
        self._borne: list[tuple[int, int]] = []
        self._faulty: set[tuple[int, str]] = set()
        self.problems: list[Problem] = []
        self.sound = 0
        self.postponed: dict[int, list[int]] = {}
        """Quotes that were not held against their text yet, by its leaf."""
        self.apart: dict[int, list[int]] = {}
        """Captures that were not held against their exchanges yet, with the leaves of these in the order in which they are named."""
        self.rows = ByLeaf(MARK)
        """What the catalogue should have of each capture and quote, as a sum."""

    def take(self, checked: Checked) -> None:
        self.sound += checked.sound
        apart = set(checked.apart)
        for index, capture in checked.captures:
            self._made.put(index, capture.made)
            self._cohorts.take_capture(index, capture.listed)
            if capture.origin:
                self._from_others.append(index)
            fault = self._capture_fault(index, capture)
            self._note(index, "capture", fault)
            if fault is None and index in apart:
                leaves = (self._ledger.leaf_of(record) for record in capture.records)
                self.apart[index] = [leaf for leaf in leaves if leaf is not None]
            self.rows.put(index, with_leaves(capture.rows, self._leaves_of(index, capture)))
        postponed = set(checked.postponed)
        for index, quote in checked.quotes:
            self._note(index, "anchor", self._quote_fault(index, quote, postponed=index in postponed))
            self.rows.put(index, with_leaves(quote.rows, (index,)))
            if self._ledger.has_rechecks:
                self._quotes.append(index)
                self._quoted.add(quote.mark(f"q-{self._ledger.digest(index).hex()}"))
        for index, recheck in checked.rechecks:
            self._note(index, "recheck", self._recheck_fault(index, recheck))
            self.rows.put(index, with_leaves(recheck.rows, (index,)))
        for index, borne in checked.corroborations:
            self._note(index, "corroboration", self._corroboration_fault(index, borne))
            self.rows.put(index, with_leaves(borne.rows, (index,)))
        for index, report in checked.reports:
            self._note(index, "cohort", self._cohorts.take_report(index, report))
            self.rows.put(index, with_leaves(report.rows, (index,)))
        for index, rows in checked.listed:
            self._note(index, "cohort", self._cohorts.take_rows(index, rows))
        for problem in checked.problems:
            self._note(problem.index, problem.check, problem.detail)

    def _leaves_of(self, index: int, capture: CaptureFacts) -> tuple[int | None, ...]:
        leaf_of = self._ledger.leaf_of
        texts = (leaf_of(record_id) for record_id, _, _ in capture.texts)
        assets = (leaf_of(name) if name else None for asset in capture.assets for name in (asset.record, asset.of))
        return index, leaf_of(capture.records[-1]) if capture.records else None, *texts, *assets

    def finish(self) -> None:
        """Once all records were taken: what they say of one another, in whatever order they came."""
        self._hold_claims()
        self._hold_corroborations()
        for index, fault in self._cohorts.finish():
            self._note(index, "cohort", fault)
        self._hold_rechecks()

    def _claim(self, claim: _Claim) -> None:
        """Nothing is kept where the capture was met already and bears it out, as nearly all do."""
        made = self._made.get(claim.capture)
        if made is None or claim.mark not in _marks(made):
            self._claims.append(claim)

    def _hold_claims(self) -> None:
        """Against all captures that could be read: the mark is made by the capture that is meant, or by none."""
        wanted = {claim.mark for claim in self._claims}
        made = (
            wanted.intersection(mark for rows in self._made.all_rows() for mark in _marks(rows)) if wanted else wanted
        )
        for claim in self._claims:
            if claim.mark not in made and self._made.get(claim.capture) is not None:
                self._note(claim.index, claim.check, claim.fault)

    def _hold_corroborations(self) -> None:
        from_others = frozenset(self._from_others) if self._borne else frozenset[int]()
        for index, capture in self._borne:
            if capture in from_others:
                self._note(index, "corroboration", "the snapshot that it compares was not fetched by this archive")

    def _hold_rechecks(self) -> None:
        quotes = frozenset(self._quotes)
        for index, quote, mark in self._rechecks:
            if mark in self._quoted:
                continue
            leaf = self._ledger.leaf_with(quote[2:])
            if leaf is None:
                self._note(index, "recheck", f"the log does not know the quote {quote[:14]}")
            elif leaf in quotes:  # where all are looked at, it is
                self._note(
                    index,
                    "recheck",
                    f"it speaks of {quote[:14]} with another verdict or page than that was recorded with",
                )

    def taken_in(self) -> Iterator[tuple[int, datetime]]:
        """Leaves of captures that were imported, with the time at which this machine says that it did so: their dates are not its own."""
        for index, seconds in zip(*self._taken_in, strict=True):
            yield index, datetime.fromtimestamp(seconds, UTC)

    def _note(self, index: int, check: str, fault: str | None) -> None:
        """A record has one problem of a kind: the one that lies deepest, which is found first."""
        if fault and (index, check) not in self._faulty:
            self._faulty.add((index, check))
            self.problems.append(Problem(index, check, fault))

    def _capture_fault(self, index: int, capture: CaptureFacts) -> str | None:
        """A capture's hops and texts must be records that the log knows, with the digests that the capture lists."""
        ledger = self._ledger
        if capture.uri != capture_uri(capture.snapshot):
            return "it describes another snapshot than its address says"
        leaves = [ledger.leaf_of(record_id) for record_id in capture.records]
        response = leaves[-1] if leaves else None
        if response is None or None in leaves:
            return "the log does not know a request or response of it"
        if capture.snapshot != "s-" + ledger.digest(response).hex():
            return "its id is not the digest of its response"
        payload = ledger.payload(response)
        if payload is not None and payload.hex() != capture.payload:
            return "its payload digest is not that of its response"
        for record_id, digest, layer in capture.texts:
            leaf = ledger.leaf_of(record_id)
            if leaf is None or ledger.payload(leaf) != digest:
                return f"its {layer} text is not the one that it lists"
        for asset in capture.assets:
            if (fault := asset_fault(asset, ledger)) is not None:
                return fault
        if capture.revisit_of is not None:
            if capture.revisit_of not in ledger.captures:
                return "the log does not know the snapshot whose payload stands for it"
            fault = "it says something else of the page than the snapshot whose payload stands for it"
            self._claim(_Claim(index, ledger.captures[capture.revisit_of], capture.relies, "capture", fault))
        return self._take_time(index, capture)

    def _take_time(self, index: int, capture: CaptureFacts) -> str | None:
        if capture.origin != IMPORTED:
            return None
        moment = parse_time(capture.taken_in)
        if moment is None:
            return "the time at which it was imported cannot be read"
        self._taken_in[0].append(index)
        self._taken_in[1].append(int(moment.timestamp()))
        return None

    def _recheck_fault(self, index: int, recheck: RecheckFacts) -> str | None:
        """The snapshots and quotes that it names must be in the log; what it says of quotes is held against them in the end."""
        ledger = self._ledger
        for name in recheck.snapshots:
            if name not in ledger.captures:
                return f"the log does not know the snapshot {name[:14]}"
        self._rechecks += [(index, name, mark) for name, mark in recheck.quotes]
        return None

    def _corroboration_fault(self, index: int, borne: CorroborationFacts) -> str | None:
        """What it names of this archive must be in the log before it, with the payload that it says."""
        ledger = self._ledger
        for name in (borne.snapshot, borne.as_of):
            if name is not None and name not in ledger.captures:
                return f"the log does not know the snapshot {name[:14]}"
            if name is not None:
                self._borne.append((index, ledger.captures[name]))
        if borne.look is not None and ledger.leaf_with(borne.look[2:], index) is None:
            return f"the log does not know the recheck {borne.look[:14]}"
        if borne.snapshot is None or not borne.payload:
            return None
        response = ledger.leaf_with(borne.snapshot[2:], ledger.captures[borne.snapshot])
        payload = None if response is None else ledger.payload(response)
        if payload is not None and payload.hex() != borne.payload:
            return f"it says that {borne.snapshot[:14]} has another payload than it has"
        return None

    def _quote_fault(self, index: int, quote: QuoteFacts, *, postponed: bool) -> str | None:
        ledger = self._ledger
        capture = ledger.captures.get(quote.snapshot)
        if capture is None:
            return "its snapshot is not there"
        *of_text, cited = quote.relies
        fault = (
            "it cites another address, date or status than its snapshot has, or gives a verdict that this does not bear"
        )
        self._claim(_Claim(index, capture, cited, "anchor", fault))
        if quote.text:
            text = ledger.texts.get(quote.text)
            if text is None:
                return "the log does not know the text that it is anchored in"
            fault = "the text that it is anchored in is not among those of its snapshot"
            for mark in of_text:
                self._claim(_Claim(index, capture, mark, "anchor", fault))
            if postponed:
                self.postponed.setdefault(text, []).append(index)
        return None


def _marks(joined: bytes) -> list[bytes]:
    return [joined[at : at + MARK] for at in range(0, len(joined), MARK)]
