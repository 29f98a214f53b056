from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Made, Ran


@pytest.fixture
def made(archiver: Callable[..., Ran], made_empty: Made, tmp_path: Path) -> Callable[..., Ran]:
    """The command line, in a folder that has an archive."""
    made_empty.copy_to(tmp_path / "archive")
    return archiver
