"""Which charset is used, and what is said when the page and its bytes disagree."""

from __future__ import annotations

import pytest

from archiver.texts import decode

FRENCH = (
    "L’été dernier, la forêt près de l’étang a brûlé ; « rien n’y était préparé », a déclaré le préfet à Évreux. " * 5
)
RUSSIAN = "Мост был закрыт на одиннадцать дней, сообщил городской совет в понедельник вечером. " * 8
CHINESE = "市议会星期一晚上表示，大桥已经关闭十一天，居民只能绕道而行。" * 12
TRADITIONAL = "市議會星期一晚上表示，大橋已經關閉十一天，居民只能繞道而行。" * 12
JAPANESE = "市議会は月曜日の夜、橋が十一日間閉鎖されたと発表しました。住民は回り道をしています。" * 12
KOREAN = "시의회는 월요일 저녁 다리가 열하루 동안 폐쇄되었다고 밝혔다. 주민들은 돌아서 가고 있다. " * 12


def page(text: str, declared: str | None = None) -> str:
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<html><head>{meta}<title>x</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("text", "codec", "content_type", "meta", "declared", "used"),
    [
        (FRENCH, "utf-8", "text/html; charset=utf-8", None, "utf-8", "utf-8"),
        (FRENCH, "utf-8", "text/html", "utf-8", "utf-8", "utf-8"),
        (FRENCH, "utf-8", "text/html", None, None, "utf-8"),
        (FRENCH, "utf-8-sig", "text/html; charset=windows-1252", None, "utf-8", "utf-8"),
        (FRENCH, "utf-16", "text/html", None, "utf-16le", "utf-16le"),
        (FRENCH, "utf-16-le", "text/html; charset=utf-16le", None, "utf-16le", "utf-16le"),
        (FRENCH, "cp1252", "text/html; charset=ISO-8859-1", None, "windows-1252", "windows-1252"),
        (FRENCH, "cp1252", None, "iso-8859-1", "windows-1252", "windows-1252"),
        (FRENCH, "cp1252", "text/html; charset=utf-8", None, "utf-8", "windows-1252"),
        (FRENCH, "utf-8", "text/html; charset=ISO-8859-1", None, "windows-1252", "utf-8"),
        (FRENCH, "utf-8", 'text/html; charset="made-up"', None, None, "utf-8"),
        (RUSSIAN, "cp1251", None, "windows-1251", "windows-1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "text/html; charset=koi8-r", None, "koi8-r", "koi8-r"),
        (CHINESE, "gb18030", None, "gb2312", "gbk", "gbk"),
        (TRADITIONAL, "big5", None, "big5", "big5", "big5"),
        (CHINESE, "utf-8", None, "gb2312", "gbk", "utf-8"),
        (JAPANESE, "cp932", None, "Shift_JIS", "shift_jis", "shift_jis"),
        (JAPANESE, "euc_jp", "text/html; charset=euc-jp", None, "euc-jp", "euc-jp"),
        (JAPANESE, "iso2022_jp", "text/html; charset=iso-2022-jp", None, "iso-2022-jp", "iso-2022-jp"),
        (KOREAN, "cp949", None, "euc-kr", "euc-kr", "euc-kr"),
    ],
)
def test_cases(
    text: str, codec: str, content_type: str | None, meta: str | None, declared: str | None, used: str
) -> None:
    source = page(text, meta)
    found = decode.decode(source.encode(codec), content_type)
    assert found.text == source
    assert (found.decoding.declared, found.decoding.used) == (declared, used)
    contradicted = any(notice.code == "charset-contradicted" for notice in found.notices)
    assert contradicted == (declared is not None and declared != used)


@pytest.mark.parametrize(
    ("text", "codec"), [(RUSSIAN, "cp1251"), (CHINESE, "gb18030"), (JAPANESE, "cp932"), (KOREAN, "cp949")]
)
def test_detection_where_nothing_is_declared(text: str, codec: str) -> None:
    found = decode.decode(page(text).encode(codec), None)
    assert text in found.text
    assert found.decoding.declared is None
    assert found.decoding.detected == found.decoding.used


def test_one_broken_character_does_not_lose_the_charset() -> None:
    payload = page(CHINESE + "</p><p>" + CHINESE).encode("gb18030").replace(b"</p><p>", b"\xff\x20</p><p>", 1)
    found = decode.decode(payload, None)
    assert CHINESE in found.text
    assert found.decoding.used in {"gbk", "gb18030"}
    assert "undecodable-bytes" in {notice.code for notice in found.notices}


def test_utf8_with_a_broken_byte_stays_utf8() -> None:
    payload = page(FRENCH * 20).encode() + b"\xe9"
    found = decode.decode(payload, "text/html; charset=utf-8")
    assert FRENCH in found.text
    assert found.decoding.used == "utf-8"
    assert [notice.code for notice in found.notices] == ["undecodable-bytes"]


def test_a_replacement_character_of_the_page_itself_is_not_counted() -> None:
    assert decode.decode("<p>\ufffd é".encode(), "text/html; charset=utf-8").notices == ()


@pytest.mark.parametrize(
    ("head", "declared"),
    [
        (b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', "windows-1251"),
        (b"<META CHARSET=windows-1251 >", "windows-1251"),
        (b"<!-- <meta charset=koi8-r> --><meta charset=windows-1251>", "windows-1251"),
        (b'<?xml version="1.0" encoding="windows-1251"?><html>', "windows-1251"),
        (b'<meta charset="made-up"><meta charset="windows-1251">', "windows-1251"),
        (b"<p>charset=windows-1251", None),
    ],
)
def test_prescan(head: bytes, declared: str | None) -> None:
    assert decode.decode(head + RUSSIAN.encode("cp1251"), None).decoding.declared == declared


def test_an_unknown_charset_is_said() -> None:
    found = decode.decode(b"plain", "text/html; charset=made-up")
    assert [notice.code for notice in found.notices] == ["unknown-charset"]


def test_meta_does_not_count_in_plain_text() -> None:
    assert decode.decode(b"<meta charset=koi8-r> plain", "text/plain", markup=False).decoding.declared is None


WORDS = "Мост через реку закроют на ремонт, сказали в округе, и паромщики не будут работать ночью."


@pytest.mark.parametrize(
    "head",
    [
        b"<meta name=description content='how to say charset=koi8-r'><meta charset=windows-1251>",
        b"<meta name='charset=koi8-r' content=x><META HTTP-EQUIV='content-type' CONTENT='text/html; charset=\"windows-1251\"'>",
        b"<meta content='text/html;charset=windows-1251' http-equiv=\"Content-Type\" >",
        b"<meta data-charset=koi8-r x><meta charset=windows-1251/>",
        b"<!-- </head><body> <meta charset=koi8-r> --><meta charset=' windows-1251 '>",
        b'<meta content="a > b" charset=windows-1251>',
        b"<style>" + b"a{}" * 20_000 + b"</style><meta charset=windows-1251>",
        b"<script>'<body >'</script><meta charset=windows-1251>",
    ],
)
def test_a_declaration_is_found_where_browsers_find_it_and_nowhere_else(head: bytes) -> None:
    """Words about a charset, or a long style before it, had all of the page read in another."""
    page = b"<html><head>" + head + b"</head><body><p>" + WORDS.encode("cp1251") + b"</p></body></html>"
    found = decode.decode(page, "text/html")
    assert (found.decoding.declared, found.decoding.used) == ("windows-1251", "windows-1251")
    assert WORDS in found.text


def test_what_stands_in_a_body_far_down_is_no_declaration() -> None:
    page = b"<html><head></head><body>" + b"<p>x</p>" * 1000 + b"<meta charset=koi8-r>" + "é".encode("cp1252")
    assert decode.decode(page, "text/html").decoding.declared is None


def test_utf8_that_holds_some_letters_of_another_charset_stays_utf8() -> None:
    """A page that is put together from several sources: browsers show U+FFFD there, and all else as it is."""
    text = "Für die Brücke über den Fluß wird gebaut; die Männer hörten zu. "
    found = decode.decode((text * 20).encode().replace("ö".encode(), b"\xf6"), "text/html; charset=utf-8")
    assert found.text == (text * 20).replace("ö", "\ufffd")
    assert (found.decoding.used, [notice.code for notice in found.notices]) == ("utf-8", ["undecodable-bytes"])
    wrong = decode.decode((text * 20).encode("cp1252"), "text/html; charset=utf-8")
    assert (wrong.decoding.used, wrong.text) == ("windows-1252", text * 20)
