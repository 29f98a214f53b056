"""What a verification is asked, and what it has checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.log import Checkpoint
from archiver.signing import CosignerKey, VerifyingKey
from archiver.verification.subset import Subset

if TYPE_CHECKING:
    from archiver.timestamps import Roots


@dataclass(frozen=True, slots=True)
class Request:
    """What to verify. ``snapshots`` and ``quotes`` are whole ids, both None for everything; ``key`` is one that the verifier trusts,
    ``against`` a checkpoint of this log that was kept elsewhere. ``roots`` gives the roots that time stamps are held against, asked for
    only where there are any; None for the verifier's own store; ``subset`` a part of the records (the log is always checked whole),
    ``witnesses`` keys of witnesses that the verifier trusts beside those met before.
    """

    snapshots: frozenset[str] | None = None
    quotes: frozenset[str] | None = None
    key: VerifyingKey | None = None
    re_extract: bool = False
    against: bytes | None = None
    roots: Callable[[], Roots] | None = None
    subset: Subset | None = None
    witnesses: tuple[CosignerKey, ...] = ()

    @property
    def everything(self) -> bool:
        return self.snapshots is None and self.quotes is None and self.subset is None


@dataclass(frozen=True, slots=True)
class Checked:
    """The key that heads the log and the signed head (``note`` as it was read), against which everything else was held.

    What lies on the disk once the run has ended may be something else: only this may be relied upon.
    """

    key: VerifyingKey
    head: Checkpoint
    note: bytes
