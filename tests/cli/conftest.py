from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Ran


@pytest.fixture
def made(archiver: Callable[..., Ran]) -> Callable[..., Ran]:
    """The command line, in a folder that has an archive."""
    assert archiver("init").code == 0
    return archiver
