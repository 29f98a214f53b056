"""--proxy from the command line to the record."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest
from proxying import BASIC, SOCKS_LOGIN, proxying
from website import STORY

from archiver.personal import FILE


def recorded(root: Path) -> bytes:
    """Everything below the archive, members unpacked."""
    data = b""
    for path in sorted(root.rglob("*")):
        if path.is_file():
            data += gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return data


@pytest.mark.parametrize("scheme", ["http", "socks5h", "socks5"])
def test_a_page_is_recorded_with_the_proxy_and_without_its_password(scheme: str, archiver, site, tmp_path) -> None:
    url = site.put("/story", STORY)
    archiver("init")
    with proxying(login=SOCKS_LOGIN) as proxy:
        ran = archiver("snapshot", url, "--proxy", f"{scheme}://ada:secret%3Aword@127.0.0.1:{proxy.port}")
    assert ran.code == 0, ran.err
    shown = f"{scheme}://127.0.0.1:{proxy.port}"
    host = url.split("/")[2]
    assert f"Contacted the proxy {shown}, asking it for {host} (1 request); sent nothing but" in ran.err
    everything = recorded(tmp_path / "archive")
    assert f'"via":"{shown}"'.encode() in everything
    assert b"WARC-IP-Address" not in everything
    for secret in (b"secret", BASIC, b"YWRhOn"):
        assert secret not in everything
        assert secret.decode() not in ran.out + ran.err
    absolute = f"GET {url} HTTP/1.1".encode()
    assert (absolute in everything) == (scheme == "http")
    assert (b"Proxy-Authorization: (cut out)\r\n" in everything) == (scheme == "http")
    shown_as = archiver("show", url)
    assert f"through the proxy {shown}" in shown_as.out
    assert archiver("--json", "show", url).lines[0]["hops"][0]["via"] == shown
    assert archiver("verify", "--re-extract").code == 0


def test_settings_toml_names_one_for_all_and_none_goes_straight(archiver, site) -> None:
    url = site.put("/story", STORY)
    archiver("init")
    with proxying() as proxy:
        folder = Path(os.environ["ARCHIVER_CONFIG"])
        (folder / FILE).write_text(f'proxy = "socks5h://127.0.0.1:{proxy.port}"\n')
        assert archiver("quote", url, "drivers use the bridge each day").code == 0
        assert proxy.connections == 1
        ran = archiver("snapshot", url, "--proxy", "none")
        assert (ran.code, proxy.connections) == (0, 1)
        assert "proxy" not in ran.err
    (folder / FILE).write_text("proxy = 'gopher://secret@x'\n")
    ran = archiver("snapshot", url)
    assert (ran.code, "secret" in ran.err) == (2, False)


def test_a_proxy_that_fails_is_named_and_nothing_goes_round_it(archiver, site) -> None:
    url = site.put("/story", STORY)
    archiver("init")
    ran = archiver("--json", "snapshot", url, "--proxy", "http://ada:secret@127.0.0.1:1")
    assert ran.code == 3
    assert "the proxy http://127.0.0.1:1 (connection refused)" in ran.lines[0]["error"]
    assert f"Contacted the proxy http://127.0.0.1:1, asking it for {url.split('/')[2]} (1 request)" in ran.err
    assert site.requests == []
    ran = archiver("snapshot", "http://printer.local/", "--proxy", "http://127.0.0.1:1")
    assert (ran.code, "Contacted" in ran.err) == (2, False)


def test_what_is_no_proxy_is_a_wrong_call_that_repeats_no_password(archiver) -> None:
    ran = archiver("snapshot", "http://x.example/", "--proxy", "ftp://ada:secret@x:1")
    assert (ran.code, "secret" in ran.err) == (2, False)
    assert "socks5h://127.0.0.1:9050" in ran.err


def test_the_environment_is_not_read(archiver, site, monkeypatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    archiver("init")
    assert archiver("snapshot", site.put("/story", STORY)).code == 0


def test_offline_contacts_no_proxy(archiver) -> None:
    archiver("init")
    with proxying() as proxy:
        ran = archiver("--offline", "snapshot", "http://x.example/", "--proxy", f"http://127.0.0.1:{proxy.port}")
        assert (ran.code, proxy.connections, "Contacted" in ran.err) == (3, 0, False)
