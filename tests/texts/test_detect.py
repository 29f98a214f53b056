"""Detection, where nothing is declared."""

from __future__ import annotations

import pytest

from archiver.texts.detect import detect

FRENCH = "L’été dernier, la forêt près de l’étang a brûlé ; « rien n’y était préparé », a déclaré le préfet à Évreux. "
GERMAN = "Die Brücke war elf Tage lang gesperrt, teilte die Stadt am Montag mit; Fußgänger müssen über die Höhe gehen. "
DANISH = "Broen har været lukket i elleve dage, oplyste kommunen; folk må gå en omvej på grund af øvelsen ved åen. "
RUSSIAN = "Мост был закрыт на одиннадцать дней, сообщил городской совет в понедельник вечером. "
GREEK = "Η γέφυρα ήταν κλειστή για έντεκα ημέρες, ανακοίνωσε το δημοτικό συμβούλιο τη Δευτέρα το βράδυ. "
POLISH = (
    "Most był zamknięty przez jedenaście dni, podała rada miasta; mieszkańcy muszą jeździć okrężną drogą już tydzień. "
)
CHINESE = "市议会星期一晚上表示，大桥已经关闭十一天，居民只能绕道而行，这是今年第三次了。"
TRADITIONAL = "市議會星期一晚上表示，大橋已經關閉十一天，居民只能繞道而行，這是今年第三次了。"
JAPANESE = "市議会は月曜日の夜、橋が十一日間閉鎖されたと発表しました。住民は回り道をしています。"
KOREAN = "시의회는 월요일 저녁 다리가 열하루 동안 폐쇄되었다고 밝혔다. 주민들은 돌아서 가고 있다. "


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (FRENCH, "cp1252", "windows-1252"),
        (GERMAN, "cp1252", "windows-1252"),
        (DANISH, "cp1252", "windows-1252"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (GREEK, "cp1253", "windows-1253"),
        (POLISH, "cp1250", "windows-1250"),
        (CHINESE, "gb18030", "gbk"),
        (TRADITIONAL, "big5", "big5"),
        (JAPANESE, "cp932", "shift_jis"),
        (JAPANESE, "euc_jp", "euc-jp"),
        (KOREAN, "cp949", "euc-kr"),
    ],
)
def test_languages(text: str, codec: str, name: str) -> None:
    assert detect(f"<html><title>x</title><p>{text * 6}</p>".encode(codec)) == name


def test_a_broken_character_does_not_rule_a_charset_out() -> None:
    assert detect(b"<p>" + (CHINESE * 20).encode("gb18030") + b"\xff <p>" + (CHINESE * 20).encode("gb18030")) == "gbk"


def test_noise_is_windows_1252() -> None:
    assert detect(b"") == "windows-1252"
