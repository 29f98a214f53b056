"""The act: a tombstone is recorded, and what it names is gone."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from archiver import clock
from archiver.archive import Archive
from archiver.erasure.leftovers import Leftovers
from archiver.erasure.plan import Plan, make_plan
from archiver.errors import ArchiveError, DamagedArchive, InputError
from archiver.model import ERASURE, LASTING, StoredLeaf, Tombstone
from archiver.version import TOOL
from archiver.warc import Member, Record, seal

_LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Erased:
    """``leaf`` is that of the tombstone; ``notices`` are sentences about what is left to do."""

    leaf: StoredLeaf
    tombstone: Tombstone
    notices: tuple[str, ...]


def erase(archive: Archive, plan: Plan, reason: str) -> Erased:
    """Takes out for good what a plan names; on return nothing of it is in the archive, and its tombstone is in the log.

    Raises InputError for a reason that is none or repeats what it is to hide, ArchiveError where something was recorded since the plan
    was made that would have to go too (nothing is changed then), and whatever `Archive.take_out` raises.
    """
    check_reason(plan, reason)

    def prepare() -> tuple[Member, Tombstone]:
        current = plan
        if archive.catalogue.size() != plan.size:
            current = make_plan(archive, plan.asked, whole_pages=plan.whole_pages)
            if current.ids != plan.ids:
                raise ArchiveError(
                    "Something was recorded meanwhile that would have to be erased too; nothing was changed. Look at it once more."
                )
        stone = _tombstone(archive, current, reason)
        return _member(stone), stone

    leftovers = Leftovers(plan.needles, plan.snapshots, plan.quotes)
    leaf, notices = archive.take_out(prepare, leftovers.spare)
    return Erased(leaf, _tombstone_again(archive, leaf), tuple(notices))


def check_reason(plan: Plan, reason: str) -> None:
    """The reason stays for good and is shown to everybody who verifies: it must not say what was there. Raises InputError."""
    if not reason.strip():
        raise InputError("An erasure needs a reason that everybody may read: --reason TEXT.")
    if len(reason) > _LONGEST_REASON or not reason.isprintable():
        raise InputError(
            f"The reason must be one line of at most {_LONGEST_REASON} printable characters; it stays for good."
        )
    named = plan.needles.named_in(reason)
    if named is not None:
        raise InputError(
            f"The reason repeats {named} of what is erased, and it stays for good; say why without saying what."
        )


def _tombstone(archive: Archive, plan: Plan, reason: str) -> Tombstone:
    _hold_against_log(archive, plan)
    return Tombstone(
        erased_at=clock.stamp(),
        reason=reason.strip(),
        tool=TOOL,
        requested=plan.requested,
        snapshots=tuple(snapshot.id for snapshot in plan.snapshots),
        quotes=tuple(quote.id for quote in plan.quotes),
        dependents=plan.dependents,
        leaves=tuple((leaf.index, leaf.sha256) for leaf in plan.leaves),
    )


def _hold_against_log(archive: Archive, plan: Plan) -> None:
    """What is erased is found by the catalogue, which is only an index: it must not name other records than the log does."""
    for leaf in plan.leaves:
        try:
            logged = next(archive.log.leaves(leaf.index))
        except DamagedArchive:
            continue  # its details are damaged, and go
        if logged.details is None or logged.details.sha256 != leaf.sha256 or logged.details.kind in LASTING:
            raise DamagedArchive(
                f"The catalogue says of leaf {leaf.index} something else than the log; nothing was erased. Run `archiver rebuild`, then "
                "try again."
            )


def _member(stone: Tombstone) -> Member:
    uri = f"urn:archiver:erasure:{uuid.uuid4()}"
    return seal(Record(ERASURE, "metadata", uri, stone.erased_at, "application/json", stone.block()))


def _tombstone_again(archive: Archive, leaf: StoredLeaf) -> Tombstone:
    """As it was recorded, read back from where it lies now."""
    return Tombstone.parse(archive.stored_record(archive.catalogue.leaf(leaf.index)).block)
