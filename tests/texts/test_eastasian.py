"""Charsets of East Asia: what browsers read, and Python's codecs do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver import texts
from archiver.match import judge
from archiver.texts.charsets import characters
from archiver.texts.eastasian import euc_jp, gb18030, iso_2022_jp

WORDS = "受付時間は9時～17時です。料金は①大人500円、②子供200円とします。"
MORE = "この文章は日本語で書かれています。"


def as_euc(text: str) -> bytes:
    """EUC-JP as Windows writes it: the rows and cells of cp932."""
    return b"".join(_moved(char.encode("cp932")) for char in text)


def _moved(code: bytes) -> bytes:
    if len(code) == 1:
        return code
    lead, trail = code[0] - (0x81 if code[0] < 0xA0 else 0xC1), code[1]
    odd = trail >= 0x9F
    return bytes((0xA1 + 2 * lead + odd, 0xA1 + trail - (0x9F if odd else 0x41 if trail > 0x7F else 0x40)))


def as_jis(text: str) -> bytes:
    codes = (as_euc(char) for char in text)
    return b"".join(
        code if len(code) == 1 else b"\x1b$B" + bytes(byte & 0x7F for byte in code) + b"\x1b(B" for code in codes
    )


@pytest.mark.parametrize(
    ("charset", "payload"), [("euc-jp", as_euc(WORDS)), ("iso-2022-jp", as_jis(WORDS))], ids=["euc", "jis"]
)
def test_a_page_with_characters_of_windows_is_read_as_a_browser_shows_it(charset: str, payload: bytes) -> None:
    """Two encircled digits had all of it read in another charset, and every honest quotation was absent."""
    more = MORE.encode("euc_jp" if charset == "euc-jp" else "iso2022_jp")
    page = (
        b"<!DOCTYPE html><html><head><title>t</title></head><body><article><p>%b</p><p>%b</p></article></body></html>"
    )
    reading = texts.read(page % (payload, more * 5), content_type=f"text/html; charset={charset}")
    assert reading.notices == ()
    assert reading.decoding.used == charset
    for quotation in ("9時～17時です", "料金は①大人500円、②子供200円", MORE):
        assert judge(quotation, reading.texts[0].content).verdict == "verbatim"


def test_a_whole_page_of_it_that_python_reads_gets_the_signs_of_windows_too() -> None:
    assert euc_jp("〜‖−¢£¬ 日本".encode("euc_jp")) == "～∥－￠￡￢ 日本"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xad\xa1 \x8e\xb1 \x8f\xb0\xa1 \xfc\xe2", "① ｱ 丂 髙"),
        (b"\xad\xa1\xa4", "①\ufffd"),
        (b"\xa4<b>\xad\xa1", "\ufffd<b>①"),
        (b"\xa4\xff\x8e\xff\x80a", "\ufffd\ufffd\ufffda"),
        (b"\x8f\xa1", "\ufffd"),
        (b"\xa9\xa1", "\ufffd"),
    ],
)
def test_euc_jp_byte_by_byte(data: bytes, text: str) -> None:
    assert euc_jp(data) == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\x1b$B-!\x1b(Bb", "a①b"),
        (b"\x1b$@F|\x1b(J\\~\x1b(B\\~", "日¥‾\\~"),
        (b"\x1b(I1!", "ｱ｡"),
        (b"\x1b$BF|K", "日\ufffd"),
        (b"\x1b$BF\x1b(B<b>", "\ufffd<b>"),
        (b"\x1b$B\xc6\xfc\n", "\ufffd\ufffd\n"),
        (b"\x1b$Z\xff", "\ufffd$Z\ufffd"),
    ],
)
def test_iso_2022_jp_escape_by_escape(data: bytes, text: str) -> None:
    assert iso_2022_jp(data) == text


def test_a_page_in_gbk_from_windows_has_its_euro_sign() -> None:
    assert characters("价格为".encode("gbk") + b"\x80100\xff", "gbk") == "价格为€100\ufffd"


@given(
    st.binary(max_size=200)
    | st.lists(st.sampled_from([b"\x1b", b"$B", b"(J", b"\xa1", b"\xff", b"\x8f", b"A"])).map(b"".join)
)
def test_whatever_the_bytes_they_give_characters(data: bytes) -> None:
    for decode in (euc_jp, iso_2022_jp, gb18030):
        decode(data).encode()  # no half of a character either
