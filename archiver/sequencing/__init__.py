"""An archive in an object store: writers that acknowledge, one sequencer that signs, working copies that read."""

from archiver.sequencing.archive import StoreArchive
from archiver.sequencing.copy import WorkingCopy
from archiver.sequencing.founding import found_in_store
from archiver.sequencing.keeper import KeeperArchive
from archiver.sequencing.sequencer import Sequenced, Sequencer, sequence_all
from archiver.sequencing.tidying import set_aside
from archiver.sequencing.whole import whole_copy

__all__ = [
    "KeeperArchive",
    "Sequenced",
    "Sequencer",
    "StoreArchive",
    "WorkingCopy",
    "found_in_store",
    "sequence_all",
    "set_aside",
    "whole_copy",
]
