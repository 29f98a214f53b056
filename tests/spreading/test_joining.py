"""Who joins a scheduler hears in one sentence, and soon, why it cannot be."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest
from clusters import local
from conftest import Ran

from archiver.errors import InputError, NetworkError
from archiver.spreading import joined, joining, work


def silent(said: str) -> None:
    raise AssertionError(said)


def test_workers_of_a_cluster_are_counted(cluster: Any) -> None:
    with joined(cluster.scheduler_address, silent) as hands:
        assert hands.width() == 2


@pytest.mark.parametrize("answering", [False, True])
def test_an_address_that_does_not_answer(answering: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra [scale] is not installed")
    monkeypatch.setattr(joining, "_CONNECT", 1)
    began = time.monotonic()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        if answering:  # takes the connection, and says nothing
            listener.listen()
        address = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(NetworkError, match=f"No Dask scheduler answers at {address}"), joined(address, silent):
            pass
    assert time.monotonic() - began < 8


@pytest.mark.parametrize("address", ["nonsense://x", "tls://127.0.0.1:1", "x\x1b[31m://x", ""])
def test_what_is_no_address_that_can_be_joined(address: str) -> None:
    pytest.importorskip("distributed", reason="the extra [scale] is not installed")
    with pytest.raises(InputError, match="is no address of a Dask scheduler") as raised, joined(address, silent):
        pass
    assert "\x1b" not in str(raised.value)


def test_who_was_refused_takes_no_leave() -> None:
    pytest.importorskip("distributed", reason="the extra [scale] is not installed")
    script = """
from archiver.errors import InputError
from archiver.spreading import joined, joining
joining._CONNECT = 1
try:
    with joined("nonsense://x", print):
        pass
except InputError as error:
    kept = error  # to the end of the process, as in a cycle
    print("refused")
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("refused\n", "")


def test_no_workers() -> None:
    pytest.importorskip("distributed", reason="the extra [scale] is not installed")
    with (
        local(workers=0) as cluster,
        pytest.raises(NetworkError, match="has no workers; start some"),
        joined(cluster.scheduler_address, silent),
    ):
        pass


@pytest.mark.parametrize("what", ["archiver", "trafilatura"])
def test_workers_on_which_it_would_come_out_otherwise(cluster: Any, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    own = work.facts()
    told = iter([own, own | {what: "0.0.1"}, own, own])  # this process, two workers, the scheduler
    monkeypatch.setattr(work, "facts", lambda: next(told))
    monkeypatch.setattr(work.facts, "__module__", "archiver.spreading.work")
    monkeypatch.setattr(work.facts, "__qualname__", "facts")
    with (
        pytest.raises(InputError, match=rf"The worker \S+ has {what} 0.0.1 and this process"),
        joined(cluster.scheduler_address, silent),
    ):
        pass


def test_without_the_extra(archiver: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    archiver("init", "archive")
    monkeypatch.setitem(sys.modules, "distributed", None)
    ran = archiver("verify", "--scheduler", "local")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "pip install 'archiver[scale]'" in ran.err
