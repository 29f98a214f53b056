from __future__ import annotations

import os
import signal
from datetime import UTC, datetime

import pytest
from website import STORY

from archiver.capture.reading import ReadingPool, read_here
from archiver.model import Exchange


def exchange(body: bytes) -> Exchange:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    now = datetime.now(UTC)
    return Exchange(
        url="http://example.org/", request=b"", response=head + body, interim=b"", head_length=len(head), http_version="1.1",
        status=200, reason="OK", headers=(("Content-Type", "text/html"),), body=body, truncated=None, address="127.0.0.1", port=80,
        protocols=("http/1.1",), cipher=None, certificates=(), started=now, ended=now,
    )  # fmt: skip


@pytest.mark.slow
def test_a_pool_reads_what_this_process_reads_and_outlives_a_killed_worker() -> None:
    page = exchange(STORY)
    with ReadingPool(1) as pool:
        assert pool(page) == read_here(page)
        for worker in list(pool._pool._processes):
            os.kill(worker, signal.SIGKILL)
        assert pool(page) == read_here(page)
