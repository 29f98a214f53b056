"""The person's own settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.errors import InputError
from archiver.personal import FILE, Personal, proxy_of, read_personal


def test_there_need_be_none(tmp_path: Path) -> None:
    assert read_personal(tmp_path) == Personal()
    assert proxy_of(None, tmp_path) is None


def test_the_option_stands_before_the_file(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('proxy = "socks5h://ada:secret@127.0.0.1:9050"\n')
    named = proxy_of(None, tmp_path)
    assert named is not None
    assert (named.shown, named.password) == ("socks5h://127.0.0.1:9050", b"secret")
    other = proxy_of("http://proxy.example:1", tmp_path)
    assert other is not None
    assert other.shown == "http://proxy.example:1"
    assert proxy_of("none", tmp_path) is None
    assert "secret" not in repr(read_personal(tmp_path))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("proxi = 'sesame'", "unknown key"), ("proxy = 7", "quote marks"), ("proxy = ['sesame']", "quote marks"), ("sesame", "TOML"),
        ("proxy = 'sesame'\nproxy = 'sesame'", "TOML"), ("browser = 'x'\nproxy = sesame\n", r"TOML \(line 2\)"), ("proxy = 'sesame'", "proxy"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_without_repeating_it(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(InputError, match=said) as raised:
        proxy_of(None, tmp_path)
    assert "sesame" not in str(raised.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(InputError, match=FILE):
        read_personal(tmp_path)
    (tmp_path / FILE).rmdir()
    (tmp_path / FILE).write_bytes(b"\xff")
    with pytest.raises(InputError, match="TOML"):
        read_personal(tmp_path)


def test_the_environment_names_no_proxy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert proxy_of(None, tmp_path) is None
