"""Captures over TLS: the certificate chain is recorded once, a bad certificate is refused unless it was asked for."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme
from website import STORY, Website

from archiver.archive import Archive
from archiver.capture import AssetRun, Options, capture
from archiver.digests import Digest
from archiver.errors import BadCertificate
from archiver.net import tls
from archiver.verification import Request, Verification


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = STORY + self.path.encode()
        leads = self.path.partition("?to=")[2]
        self.send_response_only(302 if leads else 200)
        if leads:
            self.send_header("Location", leads)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The base URL of a site over https whose authority is trusted for the test."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    tls.context.cache_clear()  # another test may have asked before
    yield f"https://127.0.0.1:{server.server_address[1]}"
    tls.context.cache_clear()
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_certificate_chain_is_recorded_once(archive: Archive, secure: str, options: Options) -> None:
    first, second = (capture(archive, f"{secure}/{name}", options) for name in "ab")
    hops = [json.loads(archive.capture_record(item))["hops"][0] for item in (first, second)]
    assert hops[0]["protocols"][-1].startswith("tls/")
    assert hops[0]["cipher"].startswith("TLS_")
    assert hops[0]["certificates"] == hops[1]["certificates"]
    leaves = list(archive.catalogue.leaves("certificate"))
    assert [leaf.uri.rpartition(":")[2] for leaf in leaves] == hops[0]["certificates"]
    assert Digest.of(archive.stored_record(leaves[0]).block).hex == hops[0]["certificates"][0]
    assert (
        archive.stored_record(archive.catalogue.leaf(first.response_leaf)).headers["warc-cipher-suite"]
        == hops[0]["cipher"]
    )
    assert all(finding.ok for finding in Verification(archive.root, Request(), archive.keys).findings())


def test_a_bad_certificate_is_refused_unless_asked_for_and_then_marked(
    archive: Archive, secure: str, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    before = archive.head()
    with pytest.raises(BadCertificate, match=r"127\.0\.0\.1"):
        capture(archive, secure + "/a", options)
    assert archive.head() == before
    snapshot = capture(archive, secure + "/a", replace(options, fetch=replace(options.fetch, verify_tls=False)))
    assert "certificate-not-trusted" in [notice.code for notice in snapshot.warnings]


def test_a_bad_certificate_on_the_way_is_marked_too(
    archive: Archive, secure: str, site: Website, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever stood in for the first server could lead anywhere; only what the last one showed was said."""
    monkeypatch.delenv("SSL_CERT_FILE")
    doubted = replace(options, fetch=replace(options.fetch, verify_tls=False))
    snapshot = capture(archive, f"{secure}/a?to={site.put('/story', STORY)}", doubted)
    assert (snapshot.status, snapshot.final_url) == (200, f"{site.url}/story")
    assert [notice.code for notice in snapshot.warnings] == ["certificate-not-trusted", "redirect-to-plain-http"]
    assert all(finding.ok for finding in Verification(archive.root, Request(), archive.keys).findings())


def test_a_bad_certificate_of_what_belongs_to_a_page_is_said_of_the_page(
    archive: Archive, secure: str, site: Website, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also of the second page of a run, for which nothing is fetched any more."""
    monkeypatch.delenv("SSL_CERT_FILE")
    picture = f'<img src="{secure}/a.png"></article>'.encode()
    urls = [site.put(path, STORY.replace(b"</article>", picture)) for path in ("/one", "/two")]
    doubted = replace(options, assets=AssetRun(4, 4, 4), fetch=replace(options.fetch, verify_tls=False))
    for url in urls:
        (notice,) = capture(archive, url, doubted).warnings
        assert notice.code == "asset-certificate-not-trusted"
        assert notice.detail.startswith("127.0.0.1 gave what belongs to the page: ")
    assert all(finding.ok for finding in Verification(archive.root, Request(), archive.keys).findings())
