"""The keys that have headed the log, one after another, and which of them the verifier may believe."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from archiver.errors import ArchiverError, DamagedArchive
from archiver.log import Checkpoint, Log
from archiver.log.proofs import Prover
from archiver.log.rotation import Rotation
from archiver.signing import KeyRing, VerifyingKey
from archiver.verification.consistency import check_growth
from archiver.verification.findings import Finding
from archiver.verification.log_checks import check_signer

_SUBJECT = "archive.toml"
_MOST = 1000  # exchanges of keys in one log; more are no honest archive's, and would cost hours


@dataclass(frozen=True, slots=True)
class Handover:
    """An exchange of keys that lies in the log as ``leaf``; what it says is signed as it must be."""

    leaf: int
    rotation: Rotation


class KeyHistory:
    """The exchanges of keys in a log, in its order. ``block`` gives the block of a leaf's record, None where it cannot be read."""

    def __init__(self, leaves: Sequence[int], block: Callable[[int], bytes | None]) -> None:
        self._leaves = leaves
        self._block = block
        self.handovers: list[Handover] = []
        self._faults: list[Finding] = []

    def findings(self, log: Log, head: Checkpoint) -> Iterator[Finding]:
        """Reads the exchanges and checks each by itself: its signatures, its chain, and that the old head is a beginning of the log."""
        prover = Prover(log.tile, head.size)
        chain: VerifyingKey | None = None
        if len(self._leaves) > _MOST:
            detail = f"the log has {len(self._leaves)} exchanges of keys; no more than {_MOST} are looked at"
            yield Finding("log", "key-rotation", False, detail)
            return
        for leaf in self._leaves:
            fault, rotation = self._read(leaf, prover)
            if rotation is not None and chain is not None and rotation.old != chain:
                fault = f"it exchanges the key {rotation.old.vkey}, but the log's key was {chain.vkey} then"
            if rotation is None or fault:
                yield Finding(f"leaf {leaf}", "key-rotation", False, fault)
                continue
            chain = rotation.new
            self.handovers.append(Handover(leaf, rotation))
            yield Finding(f"leaf {leaf}", "key-rotation", True, _describe(rotation))
        if chain is not None and chain != log.key:
            yield Finding(
                _SUBJECT, "key-rotation", False,
                f"names the key {log.key.vkey}, but the log says that its key is {chain.vkey} by now",
            )  # fmt: skip

    def _read(self, leaf: int, prover: Prover) -> tuple[str, Rotation | None]:
        block = self._block(leaf)
        if block is None:
            return "the record of an exchange of keys cannot be read", None
        try:
            rotation = Rotation.parse(block)
            last = rotation.last
            if last.size > leaf or (last.size and prover.root(last.size) != last.root):
                return "the last head of the old key is not a beginning of this log", None
        except DamagedArchive as error:
            return str(error), None
        return "", rotation

    def believed(self, known: Iterable[VerifyingKey]) -> list[VerifyingKey]:
        """The known keys, and those to which a believed key handed the log over itself."""
        believed = list(known)
        for handover in self.handovers:
            rotation = handover.rotation
            if rotation.old in believed and not rotation.lost and rotation.new not in believed:
                believed.append(rotation.new)
        return believed

    def before(self, key: VerifyingKey) -> list[VerifyingKey]:
        """The keys that came before this one, as the log says, whether they handed over or were lost."""
        earlier: list[VerifyingKey] = []
        for handover in reversed(self.handovers):
            if handover.rotation.new == key or handover.rotation.new in earlier:
                earlier.append(handover.rotation.old)
        return earlier

    def keys(self) -> list[VerifyingKey]:
        """Every key that the log says it had, whether it can be believed or not."""
        return [key for item in self.handovers for key in (item.rotation.old, item.rotation.new)]

    def signer(self, key: VerifyingKey, expected: VerifyingKey) -> Finding:
        """What is to be said of the log's key to one who knows it under another."""
        believed = self.believed([expected])
        if key in believed:
            leaf = max(item.leaf for item in self.handovers if item.rotation.new == key)
            return Finding(
                _SUBJECT, "signer", True,
                f"signed by {key.vkey}, to which the known key {expected.vkey} handed over (leaf {leaf})",
            )  # fmt: skip
        for item in self.handovers:
            if item.rotation.lost and item.rotation.old in believed:
                size = item.rotation.last.size
                return Finding(
                    _SUBJECT, "signer", None,
                    f"signer unknown from leaf {size} on: the archive says that the key {item.rotation.old.vkey} was lost after it "
                    f"had signed {size} leaves, which hold; nobody whom you know vouches for {key.vkey}, so get it from the "
                    f"archive's owner by another way and name it with --key (its fingerprint: {key.fingerprint})",
                )  # fmt: skip
        return Finding(
            _SUBJECT, "signer", False, f"the archive names the key {key.vkey}, but it is known under {expected.vkey}"
        )


def _describe(rotation: Rotation) -> str:
    size = rotation.last.size
    old, new = rotation.old.key_id.hex(), rotation.new.key_id.hex()
    why = f" ({rotation.reason})" if rotation.reason else ""
    if rotation.lost:
        return f"the key {old} was lost{why}: its last head, of {size} leaves, holds; {new} goes on from there on its own word"
    return f"the key {old} handed over to {new} after {size} leaves, and both signed that{why}"


class KeyCheck:
    """What the verification of one archive says of its keys: first what the key ring alone can say, then what the log says of itself."""

    def __init__(self, ring: KeyRing, trusted: VerifyingKey | None, key: VerifyingKey) -> None:
        self._ring = ring
        self._trusted = trusted
        self._key = key
        self._expected: VerifyingKey | None = None
        self._older: list[tuple[bytes, str]] = []
        self._history = KeyHistory((), lambda _: None)
        self.keys = [key]
        self.signer_known = False

    def newer_than(self, other: VerifyingKey) -> bool:
        """Whether this log says that its key came after the other one, and not the other way round too."""
        return other in self._history.before(self._key) and self._key not in self._history.before(other)

    def signer(self) -> Iterator[Finding]:
        """Who signs, where that can be said without the log: nothing where the key is not the one that is expected."""
        finding = check_signer(self._key, self._ring, self._trusted)
        self.keys += () if self._trusted is None else (self._trusted,)
        with contextlib.suppress(ArchiverError):  # then the finding says so
            self.keys += self._ring.known_keys(self._key.name)
            self._expected = self._trusted or self._ring.known(self._key.name)
        if finding.ok is not False:
            self._expected = None
            self.signer_known = finding.ok is True
            yield finding

    def without_log(self) -> Iterator[Finding]:
        """What is left to be said where the log cannot be read."""
        if self._expected is not None:
            yield KeyHistory((), lambda _: None).signer(self._key, self._expected)

    def _of_an_older_copy(self, finding: Finding) -> Finding:
        """Who names no key and has met the log under this one, and later under another, is told what that may mean."""
        if self._trusted is not None or self._key not in self.keys[1:]:
            return finding
        path = self._ring.known_path(self._key.name)
        return replace(
            finding,
            detail=f"{finding.detail}, the newer of the keys met here: this is an older copy (--key checks it as what it was then), or somebody "
            f"goes on with the older key; if the newer one was met by mistake, take its line out of {path}",
        )

    def growth(self, log: Log, head: Checkpoint, older: Iterable[tuple[bytes, str]]) -> Iterator[Finding]:
        """Holds the head against older ones, each with where it is from; those that no known key signed have to wait for `history`."""
        for note, source in older:
            try:
                Checkpoint.opened_by_any(note, self.keys)
            except DamagedArchive:
                self._older.append((note, source))
            else:
                yield check_growth(log, head, note, self.keys, source)

    def history(
        self, log: Log, head: Checkpoint, leaves: Sequence[int], block: Callable[[int], bytes | None]
    ) -> Iterator[Finding]:
        """Reads the exchanges of keys in the log, and says what had to wait for them."""
        history = self._history = KeyHistory(leaves, block)
        yield from history.findings(log, head)
        if self._expected is not None:
            finding = history.signer(self._key, self._expected)
            self.signer_known = finding.ok is True
            yield self._of_an_older_copy(finding) if finding.ok is False else finding
        self.keys += history.keys()
        for note, source in self._older:
            yield check_growth(log, head, note, self.keys, source)
