"""A hand-over as a file of its own: what somebody needs who knows the newer key of a log and is shown what an older one signed.

That the old key handed over does not say enough: who got hold of it could have signed something since. So the file brings the hashes of the
leaves that the log had then. They say nothing of what is in it, and show of any older head whether it is a beginning of this log.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass

from archiver.errors import DamagedArchive
from archiver.log.checkpoint import Checkpoint
from archiver.log.merkle import HASH_SIZE, TreeEdge
from archiver.log.rotation import Rotation
from archiver.signing import VerifyingKey

NAME, SHORT_NAME = "handover.json", "rotations.json"
"""What it is called where a log is published; and without the hashes, for who has seen the log before."""

LARGEST = 256 << 20
"""Bytes of a file; as many as the hashes of six million leaves take."""

_MOST = 1000  # exchanges of keys


@dataclass(frozen=True, slots=True)
class HandoverFile:
    """``rotations`` in the order of the log; ``leaf_hashes`` those of the leaves that it had at the last of them, 32 bytes each."""

    rotations: tuple[Rotation, ...]
    leaf_hashes: bytes

    def to_json(self) -> bytes:
        """The file."""
        value = {
            "v": 1,
            "rotations": [json.loads(rotation.to_json()) for rotation in self.rotations],
            "leaf_hashes": base64.b64encode(self.leaf_hashes).decode(),
        }
        return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"

    @classmethod
    def parse(cls, data: bytes) -> HandoverFile:
        """Reads a file and checks the signatures in it; raises DamagedArchive with what does not hold."""
        try:
            if len(data) > LARGEST:
                raise ValueError
            value = json.loads(data)
            if value["v"] != 1 or not 0 < len(value["rotations"]) <= _MOST:
                raise ValueError
            blocks = [json.dumps(item).encode() for item in value["rotations"]]
            hashes = base64.b64decode(value["leaf_hashes"], validate=True)
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise DamagedArchive("It is no hand-over as `archiver log handover` writes it.") from error
        if len(hashes) % HASH_SIZE:
            raise DamagedArchive("The hand-over ends amid the hash of a leaf.")
        return cls(tuple(Rotation.parse(block) for block in blocks), hashes)

    def short(self) -> HandoverFile:
        """Only the statements: enough for who knows the older key, and can see by himself how the log grew."""
        return HandoverFile(self.rotations, b"")

    def newest_after(self, key: VerifyingKey) -> VerifyingKey:
        """The key to which a key handed the log over itself, over however many exchanges; the key where it did not."""
        for rotation in self.rotations:
            if rotation.old == key and not rotation.lost:
                key = rotation.new
        return key

    def last_of(self, key: VerifyingKey, known: VerifyingKey) -> Rotation | None:
        """The statement by which ``key`` was followed, where such statements lead from it to the known one; None where they do not."""
        following = {rotation.old: rotation for rotation in self.rotations}
        first, at = following.get(key), key
        for _ in self.rotations:
            if at not in following:
                break
            at = following[at].new
            if at == known:
                return first
        return None

    def fault(self, head: Checkpoint, key: VerifyingKey, known: VerifyingKey) -> str | None:
        """Why a head that ``key`` signed is not what the known key vouches for; None where it is.

        The known key signed over how many leaves, with which root, the log was handed to it: the hashes must give that root, and that of
        the head on the way. Call it where `last_of` gives a statement.
        """
        last = self.last_of(key, known)
        vouched = next((rotation for rotation in self.rotations if rotation.new == known), None)
        if last is None or vouched is None or vouched.last.size * HASH_SIZE > len(self.leaf_hashes):
            return "the hand-over lacks hashes of leaves"
        if head.size > last.last.size:
            return f"the head is of {head.size} leaves, but that key was exchanged after {last.last.size}: it must have signed nothing since"
        if head.size * HASH_SIZE > len(self.leaf_hashes):
            return "the hand-over lacks hashes of leaves"
        roots = self._roots((head.size, vouched.last.size))
        if roots[vouched.last.size] != vouched.last.root:
            return "the hashes in the hand-over are not those of the log that was handed over"
        if roots[head.size] != head.root:
            return f"its {head.size} leaves are not the first of the log that was handed over: another history, signed with the old key"
        return None

    def _roots(self, sizes: Iterable[int]) -> dict[int, bytes]:
        edge, roots = TreeEdge(), {}
        for size in sorted(sizes):
            for at in range(edge.size, size):
                edge.append(self.leaf_hashes[at * HASH_SIZE : (at + 1) * HASH_SIZE])
            roots[size] = edge.root()
        return roots
