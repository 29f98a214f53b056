"""What a verification that found nothing wrong leaves behind: the next one is held against it."""

from __future__ import annotations

from archiver.errors import DamagedArchive
from archiver.log import Checkpoint
from archiver.signing import KeyRing, parse_note
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
        ring.remember(named)
    for key in request.witnesses:
        Witnesses(ring).remember(key)
    if checked is None:
        return
    origin = checked.key.name
    if verification.signer_known:
        ring.remember(checked.key)
    if ring.known(origin) == checked.key and checked.head.size >= _kept(ring, origin):
        ring.remember_head(origin, checked.note)


def _kept(ring: KeyRing, origin: str) -> int:
    note = ring.known_head(origin)
    try:
        return 0 if note is None else Checkpoint.of_text(parse_note(note).text).size
    except DamagedArchive:
        return 0
