"""What a verification that found nothing wrong leaves behind: the next one is held against it."""

from __future__ import annotations

from archiver.errors import DamagedArchive
from archiver.log import Checkpoint
from archiver.signing import KeyRing, VerifyingKey, parse_note
from archiver.signing.witnesses import Witnesses
from archiver.verification.request import Request
from archiver.verification.verification import Verification


def remember(ring: KeyRing, request: Request, verification: Verification) -> None:
    """Keeps the keys that a person named, and the key and the head that were checked, once `findings` has ended without a failure.

    The archive is not looked at again: it may be another by now. The head is kept only under a key that is known, and never in
    the place of one that was verified by another run meanwhile and is larger.
    """
    named, checked = request.key, verification.checked
    if named is not None and named not in ring.known_keys(named.name):
        older = checked is not None and named != checked.key and ring.known(named.name) == checked.key
        ring.remember(named, newest=not older)
    for key in request.witnesses:
        Witnesses(ring).remember(key)
    if checked is None:
        return
    origin = checked.key.name
    if verification.signer_known:
        _meet(ring, checked.key, verification)
    if ring.known(origin) == checked.key and ring.known_head(origin) != checked.note:
        with ring.held():
            if checked.head.size >= _kept(ring, origin):
                ring.remember_head(origin, checked.note)


def _meet(ring: KeyRing, key: VerifyingKey, verification: Verification) -> None:
    """An older copy, checked with the older key that was named for it, does not make that key the newest again."""
    newest = ring.known(key.name)
    if newest is None or key not in ring.known_keys(key.name) or verification.newer_than(newest):
        ring.remember(key)


def _kept(ring: KeyRing, origin: str) -> int:
    note = ring.known_head(origin)
    try:
        return 0 if note is None else Checkpoint.of_text(parse_note(note).text).size
    except DamagedArchive:
        return 0
