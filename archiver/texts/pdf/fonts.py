"""Characters that PDFium gives by their bare code, told by the embedded font.

Fonts of mathematical signs often come without a table to Unicode. PDFium then takes the code for a letter: 49″ becomes 4900, ⟨x⟩ becomes
hxi. The font program itself says which glyph stands at a code, by name (Adobe Type 1 Font Format, section 2.3; CFF, section 12). A
character is replaced only where the font has no glyph of the character's own name, so that a table to Unicode is never overruled.
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import pypdfium2.raw as pdfium

MAX_PROGRAM = 4 << 20
"""Bytes of a font program beyond which its names are not looked for."""

_TYPE1_CODE = re.compile(rb"dup\s+(\d{1,3})\s*/([!-.0-~]{1,60})\s+put")
_PLAIN = 64 << 10  # bytes of a Type 1 font in which its encoding stands unencrypted

_TEX = {
    "angbracketleft": "⟨", "angbracketright": "⟩", "arrowhookleft": "↪", "arrowhookright": "↩", "bardbl": "‖", "square": "■",
    "circledot": "⊙", "uniondisplay": "⋃", "uniontext": "⋃", "intersectiondisplay": "⋂", "intersectiontext": "⋂",
    "summationdisplay": "∑", "summationtext": "∑", "productdisplay": "∏", "producttext": "∏", "integraldisplay": "∫",
    "integraltext": "∫", "coproductdisplay": "∐", "coproducttext": "∐", "radicalbig": "√", "radicalBig": "√", "radicalbigg": "√",
    "radicalBigg": "√", "star": "⋆", "epsilon1": "ε", "theta1": "ϑ", "rho1": "ϱ", "sigma1": "ς", "phi1": "φ", "pi1": "ϖ",
    "lscript": "ℓ", "dotlessj": "ȷ", "similarequal": "≃", "negationslash": "\u0338", "mapsto": "↦", "backslash": "\\",
    "lessmuch": "≪", "owner": "∋", "openbullet": "◦", "unionmulti": "⊎", "intersectionsq": "⊓",
    "unionsq": "⊔", "subsetsqequal": "⊑", "supersetsqequal": "⊒", "follows": "≻", "precedes": "≺", "followsequal": "⪰",
    "precedesequal": "⪯", "turnstileleft": "⊢", "turnstileright": "⊣", "floorleft": "⌊", "floorright": "⌋", "ceilingleft": "⌈",
    "ceilingright": "⌉", "latticetop": "⊤", "perpendicular": "⊥", "nabla": "∇", "wreathproduct": "≀", "equivasymptotic": "≍",
    "arrowsoutheast": "↘", "arrownortheast": "↗", "arrowsouthwest": "↙", "arrownorthwest": "↖", "triangleinv": "▽",
    "greaterorsimilar": "≳", "lessorsimilar": "≲", "tildewide": "\u0303", "tildewider": "\u0303", "tildewidest": "\u0303",
    "prime": "′", "primereverse": "‵", "squaresolid": "■", "lozenge": "◊", "proportional": "∝", "greatermuch": "≫",
    "triangleright": "▷", "triangleleft": "◁", "circlesolid": "●", "check": "✓", "hbar": "ℏ", "epsiloninv": "϶",
    "hatwide": "\u0302", "hatwider": "\u0302", "hatwidest": "\u0302", "vector": "\u20d7", "visiblespace": "␣",
}  # fmt: skip
"""Names in the fonts of TeX that the Adobe Glyph List does not have, or gives another meaning."""

_SIZED = re.compile(r"(parenleft|parenright|bracketleft|bracketright|braceleft|braceright|floorleft|floorright"
                    r"|ceilingleft|ceilingright|angbracketleft|angbracketright|vextendsingle|vextenddouble)(big|Big|bigg|Bigg)$")  # fmt: skip


class Fonts:
    """The corrections of every font of a document, made once a font program."""

    def __init__(self) -> None:
        self._here: dict[int, Mapping[str, str]] = {}
        self._known: dict[bytes, Mapping[str, str]] = {}

    def turn_page(self) -> None:
        """To be called before each page: PDFium gives a font of the next page the address of one that is gone."""
        self._here.clear()

    def corrections(self, font: Any) -> Mapping[str, str]:
        """What to read for the characters that PDFium gives; a character that is not in it stays. Never raises."""
        if not font:
            return {}
        key = ctypes.addressof(font.contents)
        if key not in self._here:
            program = _program(font)
            digest = hashlib.sha256(program).digest()
            if digest not in self._known:
                self._known[digest] = _corrections(program)
            self._here[key] = self._known[digest]
        return self._here[key]


def _corrections(program: bytes) -> Mapping[str, str]:
    try:
        return of_program(program)
    except Exception:  # noqa: BLE001  # a stranger's font: whatever is wrong with it, the text is read without it
        return {}


def of_program(program: bytes) -> Mapping[str, str]:
    """The corrections that a Type 1 or CFF font program asks for; none for other formats."""
    if program[:2] == b"\x80\x01" or program[:2] == b"%!":
        names = {
            int(code): name.decode("ascii") for code, name in _TYPE1_CODE.findall(program[:_PLAIN]) if int(code) < 256
        }
        own = set(names.values())
    elif program[:1] == b"\x01":
        names, own = _cff(program)
    else:
        return {}
    meant = {character for name in own for character in character_of(name)}
    found = {}
    for code, name in names.items():
        character = character_of(name)
        if character and chr(code) != character and chr(code) not in meant:
            found[chr(code)] = character
    return found


def _cff(program: bytes) -> tuple[dict[int, str], set[str]]:
    from fontTools.cffLib import CFFFontSet

    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    font = fonts[0]
    encoding = getattr(font, "Encoding", None)
    own = {str(name) for name in font.charset}
    if not isinstance(encoding, list):
        return {}, own
    return {code: name for code, name in enumerate(encoding) if name and name != ".notdef"}, own


def character_of(name: str) -> str:
    """What a glyph of this name means; ``""`` where that is not known."""
    from fontTools import agl

    name = name.partition(".")[0] or name
    sized = _SIZED.match(name)
    name = {"vextendsingle": "bar", "vextenddouble": "bardbl"}.get(sized[1], sized[1]) if sized else name
    if name in _TEX:
        return _TEX[name]
    character = agl.toUnicode(name)
    # glyphs of private use mean nothing outside of their font
    return (
        character
        if character and all(unicodedata.category(sign) not in ("Co", "Cn", "Cc") for sign in character)
        else ""
    )


def _program(font: Any) -> bytes:
    if not pdfium.FPDFFont_GetIsEmbedded(font):
        return b""
    size = ctypes.c_size_t()
    pdfium.FPDFFont_GetFontData(font, None, 0, ctypes.byref(size))
    if not 0 < size.value <= MAX_PROGRAM:
        return b""
    buffer = (ctypes.c_uint8 * size.value)()
    pdfium.FPDFFont_GetFontData(font, buffer, size.value, ctypes.byref(size))
    return bytes(buffer)
