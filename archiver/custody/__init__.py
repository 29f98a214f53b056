"""The signing key of an archive kept, exchanged and lost, and witnesses who see its heads: what makes a signature worth something."""

from archiver.custody.clocks import note_wrong_clock
from archiver.custody.cosigned import TakenIn, take_in
from archiver.custody.handing import handover_of
from archiver.custody.keys import Restored, back_up_key, lose_key, restore_key, rotate_key
from archiver.custody.proving import check_proof
from archiver.custody.publishing import publish
from archiver.custody.witnessing import Fork, Witness, Witnessed
from archiver.log.proved import Proved

__all__ = [
    "Fork",
    "Proved",
    "Restored",
    "TakenIn",
    "Witness",
    "Witnessed",
    "back_up_key",
    "check_proof",
    "handover_of",
    "lose_key",
    "note_wrong_clock",
    "publish",
    "restore_key",
    "rotate_key",
    "take_in",
]
