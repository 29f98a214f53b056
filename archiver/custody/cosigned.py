"""Taking in what a witness gave back: the cosigned head becomes a record, so that the archive itself says who saw it and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from archiver import clock
from archiver.archive import Archive
from archiver.custody.clocks import noted_leaves
from archiver.custody.reading import frozen, root_at
from archiver.custody.submissions import LARGEST
from archiver.digests import Digest
from archiver.errors import DamagedArchive, ForkedLog, InputError
from archiver.log import Checkpoint
from archiver.log.rotation import only_signed_by
from archiver.model import StoredLeaf
from archiver.model.kinds import CAPTURE, COSIGNATURE, TEXT, Trait, having
from archiver.model.snapshoturi import digest_in
from archiver.signing import Cosignature, CosignerKey, VerifyingKey, open_cosignatures, parse_note
from archiver.signing.witnesses import Witnesses
from archiver.timestamps.window import Anchor, Window, parse_time
from archiver.warc import Record, seal

_CLOCKS_DIFFER = timedelta(hours=1)
_FOREIGN = having(Trait.FOREIGN)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A cosigned head in the archive; ``leaf`` is None where it had been taken in before."""

    head: Checkpoint
    cosignatures: tuple[Cosignature, ...]
    leaf: StoredLeaf | None


def take_in(archive: Archive, data: bytes, named: Sequence[CosignerKey] = ()) -> TakenIn:
    """Records a cosigned head, once everything about it holds. ``named`` are keys of witnesses that the person trusts.

    Raises DamagedArchive where a signature is wrong, or of a time that the log contradicts, ForkedLog where it is not a head of this log,
    InputError where no witness is known that signed it.
    """
    if len(data) > LARGEST:
        raise InputError("The file is too large to be a cosigned checkpoint.")
    keys = [archive.key, *archive.keys.known_keys(archive.key.name)]
    head = Checkpoint.opened_by_any(data, keys)
    now = frozen(archive)
    if head.size > now[1].size or (head.size and root_at(now, head.size) != head.root):
        raise ForkedLog(
            f"A FORK: a witness was shown a head of {head.size} leaves that is not a beginning of this log, signed with its key: the "
            "archive was cut back or copied, or somebody else has the key. Keep that file."
        )
    witnesses = Witnesses(archive.keys)
    note = parse_note(data)
    found: list[Cosignature] = []
    for key in dict.fromkeys((*named, *witnesses.known())):
        found += open_cosignatures(note, key)
    _check(found, note.signatures, keys, named)
    _hold_against_times(archive, head, found)
    signers: list[VerifyingKey | CosignerKey] = [*keys, *(item.key for item in found)]
    block = only_signed_by(data, signers)
    uri = f"urn:archiver:{COSIGNATURE}:{Digest.of(block).hex}"
    for key in named:
        witnesses.remember(key)
    if any(leaf.uri == uri for leaf in archive.catalogue.leaves(COSIGNATURE)):
        return TakenIn(head, tuple(found), None)
    record = Record(COSIGNATURE, "resource", uri, clock.stamp(), "text/plain; charset=utf-8", block, Digest.of(block))
    (leaf,) = archive.record([seal(record)])
    return TakenIn(head, tuple(found), leaf)


def seen(archive: Archive) -> list[Anchor]:
    """What known witnesses say in the cosigned heads that the archive keeps: each an anchor, as `verify` counts it.

    What does not hold is left out; `verify` says why. Raises ArchiverError where the keys of the witnesses cannot be read.
    """
    keys = [archive.key, *archive.keys.known_keys(archive.key.name)]
    known, now = Witnesses(archive.keys).known(), frozen(archive)
    anchors = []
    for leaf in archive.catalogue.leaves(COSIGNATURE):
        try:
            data = archive.stored_record(leaf).block
            head = Checkpoint.opened_by_any(data, keys)
            if head.size > leaf.index or (head.size and root_at(now, head.size) != head.root):
                continue
            said = [item for key in known for item in open_cosignatures(parse_note(data), key)]
        except DamagedArchive:
            continue
        anchors += [Anchor(head.size, item.time, leaf.index, "", item.key.name) for item in said]
    return anchors


def _check(
    found: Sequence[Cosignature], lines: Sequence[object], keys: Sequence[VerifyingKey], named: Sequence[CosignerKey]
) -> None:
    if not found:
        mine = {(key.name, key.key_id) for key in keys}
        others = sorted({line.name for line in lines if (line.name, line.key_id) not in mine})  # type: ignore[attr-defined]
        if named:
            raise InputError(
                f"The witness {named[0].name} has not signed it; signed it have: {', '.join(others) or 'none'}."
            )
        if not others:
            raise InputError("No witness has signed it; it is the checkpoint as this archive gave it out.")
        raise InputError(
            f"It is cosigned by {', '.join(others)[:300]}, whose key is not known here: get it from them (`archiver log witness` prints "
            "it) and name it with --key."
        )
    ahead = [item for item in found if item.time > clock.now() + _CLOCKS_DIFFER]
    if ahead:
        raise DamagedArchive(
            f"The witness {ahead[0].key.name} says that it signed in the future ({ahead[0].time:%Y-%m-%d %H:%M}Z)."
        )


def _hold_against_times(archive: Archive, head: Checkpoint, found: Sequence[Cosignature]) -> None:
    """Refuses a time that is older than what was seen: recorded, it would have `verify` take this archive's own times for wrong, for good."""
    window = Window(tuple(Anchor(head.size, item.time, head.size, "", item.key.name) for item in found), head.size)
    noted = noted_leaves(archive)
    for leaf in archive.catalogue.leaves():
        moment = parse_time(leaf.time) if leaf.index < head.size and leaf.index not in noted else None
        if moment is None or window.contradicts(leaf.index, moment) is None or _dated_by_others(archive, leaf):
            continue
        early = min(found, key=lambda item: item.time)
        raise DamagedArchive(
            f"The witness {early.key.name} says that it signed at {early.time:%Y-%m-%d %H:%M}Z, but leaf {leaf.index}, which it saw, is dated "
            f"{clock.stamp(moment)}: one of the two clocks was wrong. It is not taken in; ask the witness to look at its clock and to sign anew, "
            "or, if it was yours that was wrong, say so with `archiver log clock`."
        )


def _dated_by_others(archive: Archive, leaf: StoredLeaf) -> bool:
    """Whether it is out of somebody else's file, or was drawn from such a record: then it has the date that it had there."""
    if leaf.kind not in (CAPTURE, TEXT):
        return leaf.kind in _FOREIGN
    return any(item.kind in _FOREIGN for item in archive.catalogue.erasures.leaves_of_digest(digest_in(leaf.uri)))
