from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from clusters import local


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    pytest.importorskip("distributed", reason="the extra [scale] is not installed")
    with local() as made:
        yield made
