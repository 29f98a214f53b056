"""A plain socket whose bytes go through a TLS connection."""

from __future__ import annotations

import contextlib
import gc
import socket
import ssl
import threading
import time
import warnings

import pytest
import trustme

from archiver.errors import Unreachable
from archiver.net.deadline import Deadline
from archiver.net.relay import relay


@pytest.fixture
def pair():
    """A plain socket through a relay, and the far end of its TLS connection."""
    authority = trustme.CA()
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.issue_cert("x.example").configure_cert(server)
    authority.configure_trust(client)
    one, other = socket.socketpair()
    ends: list[ssl.SSLSocket] = []
    thread = threading.Thread(target=lambda: ends.append(server.wrap_socket(other, server_side=True)))
    thread.start()
    outer = client.wrap_socket(one, server_hostname="x.example")
    thread.join()
    with relay(outer, Deadline(20)) as inner, ends[0] as far:
        inner.settimeout(5)
        far.settimeout(5)
        yield inner, far


def test_bytes_go_both_ways_whole(pair) -> None:
    inner, far = pair
    data = bytes(range(256)) * 8000
    for source, target in ((inner, far), (far, inner)):
        thread = threading.Thread(target=source.sendall, args=(data,))
        thread.start()
        got = b""
        while len(got) < len(data):
            got += target.recv(65536)
        thread.join()
        assert got == data


def test_the_end_of_one_side_is_the_end_of_the_other(pair) -> None:
    inner, far = pair
    far.sendall(b"last words")
    thread = threading.Thread(target=_say_goodbye, args=(far,))
    thread.start()
    got = b""
    while piece := inner.recv(100):
        got += piece
    thread.join()  # or it reads from whatever has the number of the socket next
    assert got == b"last words"


def _say_goodbye(far: ssl.SSLSocket) -> None:
    with contextlib.suppress(OSError):
        far.unwrap()


def test_closing_the_plain_socket_ends_the_thread(pair) -> None:
    inner, far = pair
    inner.close()
    with contextlib.suppress(OSError):  # with or without a word, whatever the system makes of it
        assert far.recv(1) == b""
    _until_gone()


def test_waiting_takes_no_processor_time(pair) -> None:
    inner, far = pair
    far.settimeout(0.3)
    with pytest.raises(TimeoutError):
        far.sendall(b"x" * 4_000_000)  # more than all buffers hold, and nobody reads
    (relay,) = [thread for thread in threading.enumerate() if thread.name == "relay"]
    clock = time.pthread_getcpuclockid(relay.ident)  # of this thread alone: others of the process may be at work
    before = time.clock_gettime(clock)
    time.sleep(0.5)
    assert time.clock_gettime(clock) - before < 0.25
    inner.close()


def _until_gone() -> None:
    end = time.monotonic() + 5
    while any(thread.name == "relay" for thread in threading.enumerate()):
        assert time.monotonic() < end
        time.sleep(0.01)


def test_without_a_thread_it_is_a_sentence_and_nothing_stays_open(monkeypatch) -> None:
    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with pytest.raises(Unreachable, match="lower --jobs"):
            relay(None, Deadline(5))
        gc.collect()
    assert [one for one in caught if one.category is ResourceWarning] == []
