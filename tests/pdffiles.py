"""Small PDFs, written by hand: text at places, fonts with and without a table to Unicode, pictures, labels, what the file claims."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Sequence

WIDTH, HEIGHT = 612, 792
ALPHABET = (
    " 、。これは縦書きの文章であり二行目もるばん今日会議開かた者出席した自由"
    "אבגדהוזחטיכלמנסעפצקרשתםןץףך"
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    "ﬁﬂ\u00ad"
)
_FIRST = 0x21


def text(
    x: float, y: float, words: str, size: float = 10, font: str = "F1", turn: tuple[int, int, int, int] = (1, 0, 0, 1)
) -> str:
    """One line of Latin text; ``y`` counts from the bottom, ``turn`` is the matrix of its writing."""
    escaped = words.encode("cp1252").decode("latin-1").replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf {' '.join(map(str, turn))} {x} {y} Tm ({escaped}) Tj ET"


def wide(x: float, y: float, words: str, size: float = 10) -> str:
    """One line of the letters of `ALPHABET`, each as wide as high; what its font draws are other shapes, its table to Unicode says these."""
    codes = "".join(f"{_FIRST + ALPHABET.index(character):02x}" for character in words)
    return f"BT /J1 {size} Tf {x} {y} Td <{codes}> Tj ET"


def downwards(x: float, y: float, words: str, size: float = 10) -> list[str]:
    """The same, written from above to below, character by character."""
    return [wide(x, y - k * size, character, size) for k, character in enumerate(words)]


def invisible(operators: str) -> str:
    """The same, drawn invisibly, as OCR layers are."""
    return f"3 Tr {operators} 0 Tr"


def column(x: float, top: float, lines: Iterable[str], size: float = 10, leading: float = 12) -> list[str]:
    """Lines under one another."""
    return [text(x, top - k * leading, line, size) for k, line in enumerate(lines)]


PICTURE = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im1 Do Q"
"""A picture over the whole page."""


class Pdf:
    """A file under construction. ``labels`` is the body of a page label tree, such as ``0 << /S /r >>``."""

    def __init__(
        self, *, info: dict[str, str] | None = None, labels: str = "", xmp: str = "", encrypted: bool = False
    ) -> None:
        self._objects: list[bytes] = []
        self._pages: list[int] = []
        self._info, self._labels, self._xmp, self._encrypted = info or {}, labels, xmp, encrypted
        self._tree = self._add(b"")
        self._resources = self._add(self._fonts())

    def page(self, operators: str | Sequence[str], *, rotate: int = 0) -> Pdf:
        """Adds a page; gives the file back."""
        drawn = operators if isinstance(operators, str) else "\n".join(operators)
        content = self._stream(drawn.encode("latin-1"))
        self._pages.append(
            self._add(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %d %d] /Rotate %d /Resources %d 0 R /Contents %d 0 R >>"
                % (self._tree, WIDTH, HEIGHT, rotate, self._resources, content)
            )
        )
        return self

    def symbols(self, encoding: dict[int, str]) -> Pdf:
        """Adds the font ``S1``: an embedded font without a table to Unicode, whose glyphs have names at codes of their own."""
        program = self._stream(_cff(encoding), b"/Subtype /Type1C")
        described = self._add(
            b"<< /Type /FontDescriptor /FontName /TestSymbols /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 "
            b"/Descent -200 /CapHeight 700 /StemV 80 /FontFile3 %d 0 R >>" % program
        )
        widths = b" ".join([b"600"] * 256)
        font = self._add(
            b"<< /Type /Font /Subtype /Type1 /BaseFont /TestSymbols /FirstChar 0 /LastChar 255 /Widths [%s] /FontDescriptor %d 0 R >>"
            % (widths, described)
        )
        resources = self._objects[self._resources - 1]
        self._objects[self._resources - 1] = resources.replace(b"/Font <<", b"/Font << /S1 %d 0 R" % font)
        return self

    def build(self) -> bytes:
        """The file."""
        kids = b" ".join(b"%d 0 R" % page for page in self._pages)
        self._objects[self._tree - 1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(self._pages), kids)
        labels = f" /PageLabels << /Nums [{self._labels}] >>".encode() if self._labels else b""
        xmp = b""
        if self._xmp:
            packet = self._add(
                b"<< /Type /Metadata /Subtype /XML /Length %d >>\nstream\n%s\nendstream"
                % (len(self._xmp.encode()), self._xmp.encode())
            )
            xmp = b" /Metadata %d 0 R" % packet
        root = self._add(b"<< /Type /Catalog /Pages %d 0 R%s%s >>" % (self._tree, labels, xmp))
        entries = b" ".join(
            b"/%s <%s>" % (key.encode(), (b"\xfe\xff" + value.encode("utf-16-be", "surrogatepass")).hex().encode())
            for key, value in self._info.items()
        )
        info = self._add(b"<< %s >>" % entries)
        trailer = b"/Root %d 0 R /Info %d 0 R" % (root, info)
        if self._encrypted:  # no password opens it: what stands for the two is noise
            noise = b"ab" * 32
            trailer += b" /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]" % (
                noise,
                noise,
            )
        out = bytearray(b"%PDF-1.5\n")
        places = []
        for number, body in enumerate(self._objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        out += b"trailer << /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, trailer, start)
        return bytes(out)

    def _add(self, body: bytes) -> int:
        self._objects.append(body)
        return len(self._objects)

    def _stream(self, data: bytes, entries: bytes = b"") -> int:
        packed = zlib.compress(data)
        return self._add(
            b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), entries, packed)
        )

    def _fonts(self) -> bytes:
        latin = self._add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
        pairs = "\n".join(f"<{_FIRST + k:02x}> <{ord(character):04x}>" for k, character in enumerate(ALPHABET))
        identity = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Same def 1 begincodespacerange <00> <FF> "
            f"endcodespacerange {len(ALPHABET)} beginbfchar {pairs} endbfchar endcmap end end"
        ).encode()
        table = self._stream(identity)
        widths = b" ".join([b"1000"] * (256 - _FIRST))
        font = self._add(
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /FirstChar %d /LastChar 255 /Widths [%s] "
            b"/ToUnicode %d 0 R >>" % (_FIRST, widths, table)
        )
        fonts = b"/F1 %d 0 R /J1 %d 0 R" % (latin, font)
        grey = self._add(
            b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>\nstream\n\x80\nendstream"
        )
        return b"<< /Font << %s >> /XObject << /Im1 %d 0 R >> >>" % (fonts, grey)


def _cff(encoding: dict[int, str]) -> bytes:
    """A bare CFF font program of squares, as TeX embeds its symbols."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.t2CharStringPen import T2CharStringPen

    pen = T2CharStringPen(600, None)
    pen.moveTo((0, 0))
    for corner in ((500, 0), (500, 700), (0, 700)):
        pen.lineTo(corner)
    pen.closePath()
    glyphs = [".notdef", *dict.fromkeys(encoding.values())]
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(glyphs)
    builder.setupCFF("TestSymbols", {}, {name: pen.getCharString() for name in glyphs}, {})
    fonts = builder.font["CFF "].cff
    fonts[0].Encoding = [encoding.get(code, ".notdef") for code in range(256)]
    out = io.BytesIO()
    fonts.compile(out, builder.font)
    return out.getvalue()
