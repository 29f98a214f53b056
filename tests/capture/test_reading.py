from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from website import STORY

from archiver.capture.reading import ReadingPool, read_here
from archiver.errors import Stopped
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
        for worker in pool._workers:
            worker.kill()
        assert pool(page) == read_here(page)


@pytest.mark.slow
def test_a_page_that_stalls_its_reader_costs_its_own_texts_only(monkeypatch: pytest.MonkeyPatch) -> None:
    page = exchange(STORY)
    with ReadingPool(1) as pool:
        assert pool(page) == read_here(page)
        (worker,) = pool._workers
        assert worker._process is not None
        worker._process.send_signal(signal.SIGSTOP)
        monkeypatch.setattr("archiver.texts.worker.LONGEST", 0.2)
        assert [notice.code for notice in pool(page).notices] == ["reading-failed"]
        monkeypatch.undo()
        assert pool(page) == read_here(page)


@pytest.mark.slow
def test_halting_ends_what_is_under_way_and_lets_nothing_be_recorded_unread() -> None:
    with ReadingPool(1) as pool:
        (worker,) = pool._workers
        assert worker._process is not None
        worker._process.send_signal(signal.SIGSTOP)
        threading.Timer(0.1, pool.halt).start()
        with pytest.raises(Stopped, match="not recorded"):
            pool(exchange(STORY))


def test_where_no_child_can_be_started_this_process_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    page = exchange(STORY)
    with ReadingPool(2) as pool:
        assert pool(page) == read_here(page)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "kill") or sys.platform == "win32", reason="needs kill -9")
def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    program = textwrap.dedent("""
        import sys, time
        from archiver.capture.reading import ReadingPool
        pool = ReadingPool(2)
        print(*[worker._process.pid for worker in pool._workers], flush=True)
        time.sleep(60)
    """)
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        workers = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(workers) == 2
        parent.kill()
    for pid in workers:
        assert _ends(pid, within=20), f"worker {pid} outlives its parent"


def _ends(pid: int, within: float) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        state = Path(f"/proc/{pid}/stat")
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True  # ended; whoever adopted it has not looked yet
        time.sleep(0.05)
    return False


@pytest.mark.slow
def test_a_file_in_the_persons_folder_does_not_stand_in_for_a_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit(1)")
    monkeypatch.chdir(tmp_path)
    page = exchange(STORY)
    with ReadingPool(1) as pool:
        (worker,) = pool._workers
        process = worker._process
        assert pool(page) == read_here(page)
        assert worker._process is process


@pytest.mark.slow
def test_what_needs_no_new_reading_imports_no_reader() -> None:
    loaded = "[n for n in ('archiver.texts', 'trafilatura', 'rich') if n in sys.modules]"
    program = f"import sys, archiver.cli.quote, archiver.cli.check.command; print({loaded})"
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "[]"
