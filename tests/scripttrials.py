"""How many of the forged packs `verify.sh` is tried on: each takes it half a second, and there are a hundred."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

from archiver.digests import Digest
from archiver.packs.guide import script

T = TypeVar("T")

TRIED = "ef089756a2c55068d5010efdc6ab0705ca5fa48c013f6e52b4ef31d163f91d76"
"""The digest of the script that was last tried on every one of them, by ``ARCHIVER_PACKS=all pytest tests/packs``."""


def chosen(cases: Sequence[T]) -> list[T]:
    """Every third case, as long as the script is the one that was tried on all of them; of a script that was changed since, all."""
    whole = os.environ.get("ARCHIVER_PACKS") == "all" or Digest.of(script()).hex != TRIED
    return list(cases if whole else cases[::3])
