"""Names of charsets, as the WHATWG Encoding standard reads them."""

from __future__ import annotations

import codecs

import pytest

from archiver.texts import charsets


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("UTF-8", "utf-8"),
        (" utf8 ", "utf-8"),
        ('"utf-8"', "utf-8"),
        ("ISO-8859-1", "windows-1252"),
        ("latin1", "windows-1252"),
        ("us-ascii", "windows-1252"),
        ("gb2312", "gbk"),
        ("GB18030", "gb18030"),
        ("big5-hkscs", "big5"),
        ("x-sjis", "shift_jis"),
        ("ks_c_5601-1987", "euc-kr"),
        ("iso-8859-9", "windows-1254"),
        ("tis-620", "windows-874"),
        ("koi8-ru", "koi8-u"),
        ("utf-7", None),
        ("made-up", None),
        ("", None),
        (None, None),
    ],
)
def test_labels(label: str | None, name: str | None) -> None:
    assert charsets.name_of(label) == name


def test_every_name_has_a_codec_and_is_its_own_label() -> None:
    for name in charsets.WHATWG_NAMES:
        codecs.lookup(charsets.codec_of(name))
        assert charsets.name_of(name) == name


def test_all_the_names_that_text_is_written_in_are_there() -> None:
    assert len(charsets.WHATWG_NAMES) == 38  # the standard's 40 without replacement and x-user-defined
