"""What the records of a pack say of themselves and of one another, by the same rules as those of an archive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from archiver.errors import DamagedArchive
from archiver.log import rotation
from archiver.log.rotation import Rotation
from archiver.model.kinds import CAPTURE, QUOTE, TEXT
from archiver.packs.evidence import Evidence
from archiver.printable import count
from archiver.signing import VerifyingKey
from archiver.verification import Finding
from archiver.verification.content_checks import Contents
from archiver.verification.exchanges import answer_of
from archiver.verification.record_rules import Checked, Problem, RecordRules
from archiver.verification.records import capture_facts


class PackLedger:
    """The leaves of a pack, as the checks of contents ask for them."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self.captures = {leaf.details.uri.rpartition(":")[2]: leaf.index for leaf in evidence.of_kind(CAPTURE)}
        self.texts = {bytes.fromhex(leaf.details.payload_sha256): leaf.index for leaf in evidence.of_kind(TEXT)}

    has_cohorts = False  # no pack holds any
    has_rechecks = True  # it may

    def known(self, index: int) -> bool:
        return index in self._evidence.by_index

    def leaf_of(self, record_id: str) -> int | None:
        leaf = self._evidence.by_record.get(record_id)
        return None if leaf is None else leaf.index

    def digest(self, index: int) -> bytes:
        return bytes.fromhex(self._evidence.by_index[index].details.sha256)

    def leaf_with(self, digest: str, before: int | None = None) -> int | None:
        found = [leaf.index for leaf in self._evidence.by_index.values() if leaf.details.sha256 == digest]
        return max((index for index in found if before is None or index < before), default=None)

    def payload(self, index: int) -> bytes | None:
        digest = self._evidence.by_index[index].details.payload_sha256
        return bytes.fromhex(digest) if digest else None


class RecordCheck:
    """Checks all records of a pack. ``taken_in`` is complete afterwards: leaves of imported captures, with the time of the import."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._rules = RecordRules()
        self.taken_in: list[tuple[int, datetime]] = []

    def findings(self) -> Iterator[Finding]:
        """Every fault, or how much is sound."""
        evidence = self._evidence
        faults = [self._finding(problem) for problem in self._problems()]
        here = {f"q-{leaf.details.sha256}" for leaf in evidence.of_kind(QUOTE)} | PackLedger(evidence).captures.keys()
        faults += [
            Finding(name[:14], "named", False, "the pack says that it is for this id, and does not hold it")
            for name in sorted(set(evidence.named) - here)
        ]
        faults += [Finding(f"leaf {leaf}", "key-rotation", False, fault) for leaf, fault in _key_faults(evidence)]
        yield from faults
        if not faults:
            detail = (
                f"{count(len(evidence.leaves), 'record', 'agrees', 'agree')} with their leaves and with one another"
            )
            yield Finding("archive", "records", True, detail)
            yield Finding(
                "quotes",
                "anchors",
                True,
                f"{count(len(evidence.of_kind(QUOTE)), 'quote', 'stands where it was', 'stand where they were')} anchored",
            )

    def _finding(self, problem: Problem) -> Finding:
        details = self._evidence.by_index[problem.index].details
        subject = f"q-{details.sha256}"[:14] if details.kind == QUOTE else f"leaf {problem.index}"
        return Finding(subject, details.kind if problem.check == "record" else problem.check, False, problem.detail)

    def _problems(self) -> list[Problem]:
        contents, checked = Contents(PackLedger(self._evidence)), Checked()
        for leaf in self._evidence.leaves:
            record = leaf.record
            problem = self._rules.check(
                leaf.index, record.headers, memoryview(record.block), leaf.details, checked, thorough=True
            )
            checked.problems += [problem] if problem else []
        contents.take(checked)
        rest = Checked()
        for text, quotes in contents.postponed.items():
            words = self._block(text).decode("utf-8", "replace")
            self._rules.check_anchors(words, ((quote, self._block(quote)) for quote in quotes), rest)
        for capture, leaves in contents.apart.items():
            rest.problems += self._check_exchanges(capture, leaves)
        contents.take(rest)
        contents.finish()
        self.taken_in += contents.taken_in()
        return sorted(contents.problems, key=lambda problem: problem.index)

    def _check_exchanges(self, index: int, leaves: list[int]) -> list[Problem]:
        details = self._evidence.by_index[index].details
        facts = capture_facts(self._block(index), details.uri)
        if isinstance(facts, str):
            return []  # said already
        named = [self._evidence.by_index[leaf] for leaf in leaves]
        answers = {leaf.details.record_id: answer_of(leaf.details, leaf.record.block) for leaf in named}
        problem = self._rules.check_exchanges(index, facts, details, answers)
        return [problem] if problem else []

    def _block(self, index: int) -> bytes:
        return self._evidence.by_index[index].record.block


def _key_faults(evidence: Evidence) -> Iterator[tuple[int, str]]:
    """The exchanges of keys must lead from one to the next, and to the key that signs the pack."""
    former: VerifyingKey | None = None
    leaves = evidence.of_kind(rotation.KIND)
    for leaf in leaves:
        try:
            exchange = Rotation.parse(leaf.record.block)
        except DamagedArchive as error:
            yield leaf.index, str(error)
            continue
        if former is not None and exchange.old != former:
            yield leaf.index, f"it exchanges the key {exchange.old.vkey}, but the log's key was {former.vkey} then"
        former = exchange.new
    if former is not None and former != evidence.key:
        yield (
            leaves[-1].index,
            f"the pack is signed by {evidence.key.vkey}, but the log says that its key is {former.vkey} by now",
        )
