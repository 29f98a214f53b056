"""A good pack with stamps, made once, and what somebody without the key could make of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from forgery import Victim
from packs import Stranger, victims
from packsamples import Stamped
from sealing import write

from archiver.packs.evidence import Evidence


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Victim, Stamped, list[Evidence]]:
    """An archive's good pack, its ids, and its evidence for several choices of ids."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not on this machine")
    (found,) = victims(tmp_path_factory.mktemp("packs"), 1)
    return found


@pytest.fixture(scope="session")
def victim(made: tuple[Victim, Stamped, list[Evidence]]) -> Victim:
    return made[0]


@pytest.fixture
def pack(victim: Victim, tmp_path: Path) -> Path:
    """The good pack as a file."""
    return write(tmp_path / "good.wacz", victim.files)


@pytest.fixture(scope="session")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Stranger:
    """Somebody with the tools that `verify.sh` names, and no other."""
    missing = [tool for tool in ("bash", "unzip", "xxd", "openssl", "gzip") if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"{', '.join(missing)} is not on this machine")
    return Stranger(tmp_path_factory.mktemp("stranger"))
