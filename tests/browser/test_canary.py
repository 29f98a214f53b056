"""Nothing goes past the proxy: canaries on an address that only a way round it could reach, and a watch over every packet."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from browsercanary import INSIDE, listen, put_page
from website import Website

HERE = Path(__file__).parent
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="a second loopback address is Linux's"),
]


def test_a_page_that_tries_every_way_reaches_nothing(look, site: Website) -> None:
    canaries = listen()
    rendering = look(put_page(site, canaries))
    assert canaries.heard == []
    assert rendering.dom is not None
    tried = json.loads(
        rendering.dom.decode().partition('<pre id="tried">')[2].partition("</pre>")[0].replace("&amp;", "&")
    )
    assert len(tried) >= 25  # the page did run
    assert not [name for name, outcome in tried.items() if outcome.startswith("candidate")]
    refused = " ".join(refusal.url for refusal in rendering.refusals)
    for part in (
        "169.254.169.254",
        "/image.png",
        "/style.css",
        "/import.css",
        "/fetch",
        "/frame",
        "/beacon",
        "/events",
    ):
        assert part in refused, f"the page did not even try {part}"
    assert "WebSocket" in " ".join(refusal.why for refusal in rendering.refusals) or "tunnel" in refused
    assert {exchange.address for exchange in (*rendering.hops, *rendering.others)} == {"127.0.0.1"}
    # the canaries do hear what comes
    socket.create_connection((INSIDE, canaries.port)).close()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.sendto(b"x", (INSIDE, canaries.port))
    for _ in range(100):
        if len(canaries.heard) == 2:
            break
        time.sleep(0.02)
    assert len(canaries.heard) == 2
    canaries.close()


def _in_namespace(*arguments: str) -> dict[str, object]:
    if os.geteuid() != 0 or not shutil.which("unshare") or not shutil.which("ip"):
        pytest.skip("a network namespace needs root, unshare and ip")
    if subprocess.run(["unshare", "-n", "true"], check=False, capture_output=True).returncode:
        pytest.skip("no network namespace can be made here")
    path = os.pathsep.join([str(HERE.parent), *sys.path])
    done = subprocess.run(
        ["unshare", "-n", sys.executable, str(HERE.parent / "browsercanary.py"), *arguments],
        capture_output=True, check=False, timeout=180, env={**os.environ, "PYTHONPATH": path},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return dict(json.loads(done.stdout))


def test_no_packet_leaves_the_machine(browser: None) -> None:
    said = _in_namespace()
    assert said["seen"] == []
    assert said["heard"] == []
    assert said["rendered"]


def test_the_watch_sees_a_packet() -> None:
    said = _in_namespace("--leak")
    assert len(said["seen"]) == 1  # type: ignore[arg-type]
