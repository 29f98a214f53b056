"""Whether an archive had a ``state.db`` that is not there any more: nothing can make again what stood in it, so its loss is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.model.kinds import COHORT, CORROBORATION, RECHECK, TIMESTAMP

if TYPE_CHECKING:
    from archiver.archive.archive import Archive

STATE = "state.db"

_SURE = {COHORT: "a list with a tag", TIMESTAMP: "a time stamp", CORROBORATION: "what an archive that is followed told"}
"""Records that no archive writes without one."""


def lost_state(archive: Archive, *, below: int | None = None, watched: bool = False) -> str | None:
    """A sentence on the lost file, as far as records before leaf ``below`` show that there was one; None where none does.

    A recheck shows it only to who has ``watched`` (or shares, or follows): a person may also have asked for it by hand.
    """
    size = archive.catalogue.size() if below is None else below
    for kind, named in _SURE.items():
        leaf = next(archive.catalogue.leaves(kind), None)
        if leaf is not None and leaf.index < size:
            lost = f"{archive.root / STATE} is lost: the log holds {named} of {leaf.time}, so there was one."
            return f"{lost} What only it held is gone with it: {_HELD}"
    last = archive.catalogue.newest_of(RECHECK) if watched else None
    if last is None or last.index >= size:
        return None
    return (
        f"There is no {archive.root / STATE}, but rechecks are in the log (the last of {last.time}): if sources were watched here before, it is "
        f"lost, and with it {_HELD}"
    )


def lost_watch(archive: Archive, address: object) -> str | None:
    """A sentence where there were rechecks of an archive in an object store, and this machine remembers no watch; None where there were none.

    What a watch remembers lies in the cache folder of one machine, and a person may well ask from another.
    """
    last = archive.catalogue.newest_of(RECHECK)
    if last is None:
        return None
    return (
        f"This machine remembers no watch on {address}, but rechecks are in its log (the last of {last.time}). Where it was watched from another "
        f"machine, watch from there; where it was from here, the cache folder was emptied, and with it are gone {_HELD}"
    )


_HELD = (
    "the schedule of the watch and its alerts (quoted sources are watched anew; others by `archiver watch add`), what is shared and followed (`watch "
    "share`, `watch follow`), unfinished lists, accepted findings. The evidence is not touched."
)
