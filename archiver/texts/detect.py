"""A charset for bytes that declare none, or the wrong one, and are not UTF-8.

Three questions in turn: do the bytes, read in one of the charsets of East Asia, give the characters that its language uses
most; do they, read as windows-1252, give the letters of western Europe; and what does charset-normalizer say. The first two come
before the third because a general detector needs long samples without a single broken character to tell these apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archiver.texts.charsets import characters, name_of

_SAMPLE_BYTES = 30_000
_BROKEN = 0.02  # of the characters beyond ASCII
_WESTERN_SHARE = 0.9

_KANA = "".join(map(chr, range(0x3041, 0x30FF)))
# The commonest characters of each language, and the share of a text's characters beyond ASCII that they make up at least.
_EAST_ASIA = (
    ("euc-jp", _KANA, 0.25),
    ("shift_jis", _KANA, 0.25),
    ("euc-kr", "이다는의에가을를고하지로한기도사대인자시아리어은서해전정라나그수보부일제있것과들상원국", 0.25),
    (
        "gbk",
        "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产面而方后多学所民得",
        0.12,
    ),
    (
        "big5",
        "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產面而方後多學所民得",
        0.12,
    ),
)
_WESTERN = frozenset("éèàçùâêîôûëïüöäßñáíóúãõåæøÉÈÀÇÊÎÔÜÖÄÑÁÍÓÚÃÕÅÆØ’‘“”„«»–—…·°€£§©®¿¡ºª\xa0\xad")
_BEYOND = re.compile(r"[^\x00-\x7f]")
_PASSAGE = re.compile(rb"[^<>]++")


def detect(payload: bytes) -> str:
    """The WHATWG name of the likeliest charset; windows-1252, as in browsers, where nothing speaks for another."""
    sample = b" ".join(_passages(payload))[:_SAMPLE_BYTES]
    return _east_asian(sample) or _western(sample) or _guess(sample) or "windows-1252"


def _passages(payload: bytes) -> Iterator[bytes]:
    """What stands between tags, or inside one, and is not all ASCII, until there is enough. Saved pages hold long pictures before it."""
    size = 0
    for found in _PASSAGE.finditer(payload):
        if size >= _SAMPLE_BYTES:
            return
        if not found[0].isascii():
            size += len(found[0]) + 1
            yield found[0]


def _east_asian(sample: bytes) -> str | None:
    best, best_score = None, 1.0
    for name, common, least in _EAST_ASIA:
        beyond = _BEYOND.findall(characters(sample, name))
        if not beyond or beyond.count("\ufffd") > max(1, _BROKEN * len(beyond)):
            continue
        known = frozenset(common)
        score = sum(character in known for character in beyond) / len(beyond) / least
        if score >= best_score:
            best, best_score = name, score
    return best


def _western(sample: bytes) -> str | None:
    beyond = _BEYOND.findall(sample.decode("cp1252", "replace"))
    letters = sum(character in _WESTERN for character in beyond)
    return "windows-1252" if letters >= _WESTERN_SHARE * len(beyond) else None


def _guess(sample: bytes) -> str | None:
    # Imported late: few pages come this far, and it takes a while.
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return name_of(best.encoding.replace("_", "-")) or name_of(best.encoding) if best else None
