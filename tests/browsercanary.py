"""A page that tries every way round the proxy, and what would notice if one of them worked.

Run as a program in a network namespace of its own (``unshare -n``), it also notices every packet that leaves: names looked up, UDP,
multicast. It prints one JSON object.
"""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

from browserpages import fetch_settings
from website import Website, website

from archiver.browser import Rendering
from archiver.browser.visit import visit
from archiver.urls import parse

INSIDE = "127.0.0.2"
"""An address on which the canaries listen. The guard blocks it, so that only what goes past the proxy could reach it."""

PAGE = """<!doctype html><html manifest="http://{c}/appcache"><head><title>Escapes</title>
<meta http-equiv="x-dns-prefetch-control" content="on">
<link rel="dns-prefetch" href="//dns-prefetch.canary.test"><link rel="preconnect" href="http://{c}">
<link rel="preconnect" href="https://preconnect.canary.test"><link rel="prefetch" href="http://{c}/prefetch">
<link rel="prerender" href="http://{c}/prerender"><link rel="preload" as="script" href="http://{c}/preload">
<link rel="modulepreload" href="http://{c}/module"><link rel="stylesheet" href="http://{c}/style.css">
<link rel="icon" href="http://{c}/favicon.ico"><link rel="manifest" href="http://{c}/manifest.json">
<link rel="search" type="application/opensearchdescription+xml" href="http://{c}/search.xml">
<style>@import url(http://{c}/import.css); @font-face {{ font-family: f; src: url(http://{c}/font.woff2) }} body {{ font-family: f;
 background: url(http://{c}/background.png) }}</style>
<script type="speculationrules">{{"prerender": [{{"urls": ["/other"]}}], "prefetch": [{{"urls": ["http://{c}/speculated"]}}]}}</script>
</head><body><p>This page tries to get past its proxy.</p>
<img src="http://{c}/image.png"><img src="http://169.254.169.254/latest/meta-data/"><img src="//image.canary.test/i.png">
<img src="http://[::1]:{port}/six.png"><img src="http://localhost:{port}/localhost.png"><img src="http://2130706434:{port}/decimal.png">
<img src="ftp://{c}/file"><img src="file:///etc/hostname"><iframe src="file:///etc/hostname"></iframe>
<iframe src="http://{c}/frame"></iframe><video src="http://{c}/video.mp4" autoplay muted poster="http://{c}/poster.png"></video>
<audio src="http://{c}/audio.mp3" preload="auto"></audio><object data="http://{c}/object"></object><embed src="http://{c}/embed">
<iframe name="into"></iframe><form id="form" action="http://{c}/form" method="post" target="into"><input name="a" value="b"></form>
<a id="ping" href="#here" ping="http://{c}/ping">here</a><a href="http://hover.canary.test/">there</a>
<script>
const tried = {{}};
const attempt = (name, action) => {{ try {{ const value = action(); tried[name] = "begun"; if (value && value.catch) value.then(
  () => tried[name] = "done", () => tried[name] = "failed"); }} catch (error) {{ tried[name] = "threw"; }} }};
attempt("fetch", () => fetch("http://{c}/fetch", {{ mode: "no-cors" }}));
attempt("metadata", () => fetch("http://169.254.169.254/latest/", {{ mode: "no-cors" }}));
attempt("xhr", () => {{ const x = new XMLHttpRequest(); x.open("GET", "http://{c}/xhr"); x.send(); }});
attempt("beacon", () => navigator.sendBeacon("http://{c}/beacon", "x"));
attempt("keepalive", () => fetch("http://{c}/keepalive", {{ method: "POST", body: "x", keepalive: true, mode: "no-cors" }}));
attempt("websocket", () => new WebSocket("ws://{c}/socket"));
attempt("websocket-own", () => new WebSocket(location.href.replace("http", "ws")));
attempt("websocket-tls", () => new WebSocket("wss://{c}/socket"));
attempt("events", () => new EventSource("http://{c}/events"));
attempt("worker", () => new Worker(URL.createObjectURL(new Blob(["fetch('http://{c}/worker'); importScripts('http://{c}/worker.js')"]))));
attempt("serviceworker", () => navigator.serviceWorker.register("/sw.js"));
attempt("webtransport", () => new WebTransport("https://{c}/transport").ready);
attempt("webtransport-name", () => new WebTransport("https://webtransport.canary.test/").ready);
attempt("popup", () => window.open("http://{c}/popup"));
attempt("alert", () => {{ alert("x"); confirm("y"); prompt("z"); }});
attempt("form", () => document.getElementById("form").submit());
attempt("ping", () => document.getElementById("ping").click());
attempt("geolocation", () => navigator.geolocation.getCurrentPosition(() => {{}}, () => {{}}));
attempt("notification", () => Notification.requestPermission());
attempt("camera", () => navigator.mediaDevices.getUserMedia({{ audio: true, video: true }}));
attempt("udp", () => new UDPSocket({{ remoteAddress: "{inside}", remotePort: {port} }}).opened);
attempt("tcp", () => new TCPSocket("{inside}", {port}).opened);
attempt("download", () => {{ const a = document.createElement("a"); a.href = "http://{c}/download"; a.download = "x"; a.click(); }});
for (const [name, servers] of Object.entries({{
  stun: [{{ urls: "stun:{inside}:{port}" }}], "stun-name": [{{ urls: "stun:stun.canary.test:3478" }}],
  turn: [{{ urls: "turn:{inside}:{port}?transport=udp", username: "u", credential: "c" }}],
  "turn-tcp": [{{ urls: "turn:{inside}:{port}?transport=tcp", username: "u", credential: "c" }}],
  "turn-tls": [{{ urls: "turns:{inside}:{port}?transport=tcp", username: "u", credential: "c" }}], host: [],
}})) attempt("webrtc-" + name, () => {{
  const peer = new RTCPeerConnection({{ iceServers: servers }});
  peer.createDataChannel("x");
  peer.onicecandidate = (event) => {{ if (event.candidate) tried["webrtc-" + name] = "candidate " + event.candidate.candidate; }};
  return peer.createOffer().then((offer) => peer.setLocalDescription(offer));
}});
const busy = setInterval(() => fetch("/other"), 100);
setTimeout(() => {{ clearInterval(busy); const pre = document.createElement("pre"); pre.id = "tried"; pre.textContent = JSON.stringify(tried);
  document.body.append(pre); }}, 1500);
</script></body></html>"""


@dataclass
class Canaries:
    """Listen for TCP and UDP on one port; ``heard`` is what came."""

    port: int
    heard: list[str] = field(default_factory=list)
    sockets: tuple[socket.socket, ...] = ()

    def close(self) -> None:
        for opened in self.sockets:
            with contextlib.suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)
            opened.close()


def listen() -> Canaries:
    tcp = socket.create_server((INSIDE, 0))
    port = tcp.getsockname()[1]
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind((INSIDE, port))
    canaries = Canaries(port, sockets=(tcp, udp))

    def accept() -> None:
        while True:
            try:
                connection, address = tcp.accept()
            except OSError:
                return
            canaries.heard.append(f"tcp from {address}")
            connection.close()

    def receive() -> None:
        while True:
            try:
                data, address = udp.recvfrom(2048)
            except OSError:
                return
            if not data:
                return
            canaries.heard.append(f"udp from {address}: {data[:20]!r}")

    for work in (accept, receive):
        threading.Thread(target=work, daemon=True).start()
    return canaries


def put_page(site: Website, canaries: Canaries) -> str:
    """The page; its answers also try what headers can ask for."""
    where = f"{INSIDE}:{canaries.port}"
    group = f'{{"group":"g","max_age":9999,"endpoints":[{{"url":"https://{where}/report"}}]}}'
    site.put("/sw.js", b"fetch('http://%b/sw')" % where.encode(), Content_Type="text/javascript")
    site.put("/other", b"<!doctype html><title>Other</title>")
    return site.put(
        "/escapes", PAGE.format(c=where, port=canaries.port, inside=INSIDE).encode(), Alt_Svc=f'h3="{where}"; ma=9999',
        Report_To=group, NEL='{"report_to":"g","max_age":9999,"success_fraction":1}', Reporting_Endpoints=f'default="https://{where}/r"',
        Content_Security_Policy_Report_Only=f"img-src 'none'; report-uri http://{where}/csp", Link=f"<http://{where}/hint>; rel=preload; as=image",
    )  # fmt: skip


def sniff() -> list[str]:
    """Every packet of this network namespace from here on, but for TCP on loopback."""
    seen: list[str] = []
    raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.ntohs(0x0003))

    def work() -> None:
        while True:
            data, (interface, *_) = raw.recvfrom(65535)
            kind = struct.unpack("!H", data[12:14])[0]
            protocol = data[23] if kind == 0x0800 else data[20] if kind == 0x86DD else 0
            if interface == "end" or (interface == "lo" and protocol == 6):
                continue
            if (interface != "lo" and kind == 0x86DD and protocol == 58) or protocol == 0:
                continue  # the interface itself, making itself known to its neighbours
            seen.append(f"{interface} type {kind:#06x} protocol {protocol} {data[14:74].hex()}")

    threading.Thread(target=work, daemon=True).start()
    return seen


def lay_out() -> None:
    """A network in which everything has a way out, to nowhere."""
    for command in (
        "ip link set lo up",
        "ip link add out type veth peer name end",
        "ip addr add 203.0.113.9/24 dev out",
        "ip link set out up",
        "ip link set end up",
        "ip route add default via 203.0.113.1 dev out",
        "ip neigh add 203.0.113.1 lladdr 02:00:00:00:00:01 dev out",
    ):
        subprocess.run(command.split(), check=True, capture_output=True)


def main() -> None:
    lay_out()
    seen = sniff()
    canaries = listen()

    def no_names(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "our own look-ups are not what is watched")

    socket.getaddrinfo = no_names  # type: ignore[assignment]
    check = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    if "--leak" in sys.argv:  # does the watch see anything at all?
        check.sendto(b"leak", ("198.51.100.7", 53))
        time.sleep(1)
        print(json.dumps({"seen": seen}))
        return
    with website() as site:
        rendering: Rendering = visit(parse(put_page(site, canaries)), fetch_settings(), lambda _: None)
    text = (rendering.dom or b"").decode()
    print(
        json.dumps(
            {
                "seen": seen,
                "heard": canaries.heard,
                "refused": len(rendering.refusals),
                "rendered": 'id="tried"' in text,
            }
        )
    )


if __name__ == "__main__":
    main()
