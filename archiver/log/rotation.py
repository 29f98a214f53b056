"""The exchange of a log's key: a statement that the old key and the new one sign, or the new one alone where the old one is lost.

It lies in the log as a leaf, so the key that heads the log can be followed back to the first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from archiver.errors import DamagedArchive, InputError
from archiver.log.checkpoint import Checkpoint
from archiver.model.kinds import KEY_ROTATION
from archiver.signing import CosignerKey, SigningKey, VerifyingKey, open_note, parse_note, sign_note

KIND = KEY_ROTATION
_TITLE = "archiver key rotation v1"  # no origin of a log, and behind it no size: never to be taken for a checkpoint
_LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Rotation:
    """``new`` heads the log of ``old`` from here on. ``head`` is the last head that ``old`` signed, as it was signed.

    ``lost`` says that the old key was not there to agree. ``signed`` is the statement with its signatures; ``time`` is RFC 3339.
    """

    old: VerifyingKey
    new: VerifyingKey
    lost: bool
    reason: str
    time: str
    head: bytes
    signed: bytes

    @property
    def last(self) -> Checkpoint:
        """The last head of the old key; raises DamagedArchive where that key did not sign it."""
        return Checkpoint.opened(self.head, self.old)

    def text(self) -> str:
        """What is signed, made from the fields, so that they cannot say something else than the signatures."""
        last = self.last
        words = json.dumps(self.reason)
        return (
            f"{_TITLE}\n{self.old.name}\nold {self.old.vkey}\nnew {self.new.vkey}\nlost {'yes' if self.lost else 'no'}\n"
            f"after {last.size} {last.root.hex()}\ntime {self.time}\nreason {words}\n"
        )

    def to_json(self) -> bytes:
        """The block of the record."""
        value = {
            "v": 1,
            "old": self.old.vkey,
            "new": self.new.vkey,
            "lost": self.lost,
            "reason": self.reason,
            "time": self.time,
            "head": self.head.decode(),
            "statement": self.signed.decode(),
        }
        return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"

    @classmethod
    def parse(cls, block: bytes) -> Rotation:
        """Reads the block of a record and checks every signature in it; raises DamagedArchive with what does not hold.

        What holds is that both keys (for a lost one: the new key) signed these words, and that the old one signed ``head``. Whether
        the old key was the log's, and the head a head of this log, is for the caller to see.
        """
        try:
            value: dict[str, Any] = json.loads(block)
            rotation = cls(
                VerifyingKey.from_vkey(value["old"]),
                VerifyingKey.from_vkey(value["new"]),
                value["lost"],
                value["reason"],
                value["time"],
                value["head"].encode(),
                value["statement"].encode(),
            )
            sound = (
                value["v"] == 1 and type(value["lost"]) is bool and type(value["reason"]) is type(value["time"]) is str
            )
        except (LookupError, TypeError, ValueError, AttributeError, RecursionError, InputError) as error:
            raise DamagedArchive("The record of an exchange of keys has not the shape of its kind.") from error
        if not sound or rotation.old == rotation.new or rotation.old.name != rotation.new.name:
            raise DamagedArchive("The record of an exchange of keys has not the shape of its kind.")
        rotation._check()
        return rotation

    def _check(self) -> None:
        try:
            text = self.text()
        except DamagedArchive as error:
            raise DamagedArchive(f"The last head of the old key is not signed by it: {error}") from error
        try:
            for key in (self.new,) if self.lost else (self.old, self.new):
                note = open_note(self.signed, key)
        except DamagedArchive as error:
            who = "the old key" if not self.lost and key == self.old else "the new key"
            raise DamagedArchive(
                f"The exchange of keys is not signed by {who}: it is forged or was changed."
            ) from error
        if note.text != text:
            raise DamagedArchive("The exchange of keys says something else than what was signed.")


def state_rotation(old: SigningKey | VerifyingKey, new: SigningKey, head: bytes, reason: str, time: str) -> Rotation:
    """The statement, signed. ``old`` is only the public half where the key is lost; ``head`` is the checkpoint as it lies on disk.

    Raises InputError for a reason that is no single line of at most 1,000 characters, DamagedArchive for a head of another log.
    """
    check_reason(reason)
    public, signers = (old.public, (old, new)) if isinstance(old, SigningKey) else (old, (new,))
    head = only_signed_by(head, [public])
    draft = Rotation(public, new.public, isinstance(old, VerifyingKey), reason, time, head, b"")
    return Rotation(
        draft.old, draft.new, draft.lost, draft.reason, draft.time, draft.head, sign_note(draft.text(), *signers)
    )


def check_reason(reason: str) -> None:
    """Raises InputError for a reason that is no single line of at most 1,000 characters."""
    if len(reason) > _LONGEST_REASON or not reason.isprintable():
        raise InputError(f"The reason must be one line of at most {_LONGEST_REASON} characters.")


def only_signed_by(checkpoint: bytes, keys: Iterable[VerifyingKey | CosignerKey]) -> bytes:
    """The checkpoint with no other signature lines than those of the keys; raises DamagedArchive where none is left."""
    wanted = {(key.name, key.key_id) for key in keys}
    note = parse_note(checkpoint)
    lines = checkpoint.decode()[len(note.text) + 1 :].splitlines(keepends=True)
    kept = [line for line, item in zip(lines, note.signatures, strict=True) if (item.name, item.key_id) in wanted]
    if not kept:
        raise DamagedArchive("The checkpoint is not signed by a key that is known for its log.")
    return (note.text + "\n" + "".join(kept)).encode()
