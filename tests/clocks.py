"""A clock that is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from archiver import clock


@contextmanager
def clock_off_by(**span: float) -> Iterator[None]:
    """This machine's clock ahead of the true time, or behind it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: datetime.now(UTC) + timedelta(**span))
        yield
