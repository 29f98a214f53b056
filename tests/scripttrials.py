"""How many of the forged packs `verify.sh` is tried on: each takes it half a second, and there are a hundred."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

from archiver.digests import Digest
from archiver.packs.guide import script

T = TypeVar("T")

TRIED = "bf5ae34eabe327227bf69102c7ad7045b246246a18850e4605f2ed182d97700b"
"""The digest of the script that was last tried on every one of them, by ``ARCHIVER_PACKS=all pytest tests/packs``."""


def chosen(cases: Sequence[T]) -> list[T]:
    """Every third case, as long as the script is the one that was tried on all of them; of a script that was changed since, all."""
    whole = os.environ.get("ARCHIVER_PACKS") == "all" or Digest.of(script()).hex != TRIED
    return list(cases if whole else cases[::3])
