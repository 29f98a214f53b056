"""A PDF opened with PDFium and read page by page. Runs in the child process only (`archiver.texts.pdf.worker`)."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from archiver.texts.pdf import glyphs, metadata, streams
from archiver.texts.pdf.flow import flow
from archiver.texts.pdf.fonts import Fonts
from archiver.texts.pdf.furniture import Sheet
from archiver.texts.pdf.lines import lines_of
from archiver.texts.pdf.order import in_order

MAX_PAGES = 2_000
"""Pages beyond which the rest is not read, and the text is incomplete."""

MAX_CHARACTERS = 16_000_000
"""Characters beyond which the rest is not read."""

SECONDS = 30
"""Seconds of processor time after which no further page is begun, and the text is incomplete."""

_FEW = 150  # characters of a page that is a picture for the rest: a stamp, a running title
_PICTURE = 0.5  # share of the page that a scan covers at least
_ALONE = 0.1  # share that a picture covers at least on a page without any text to be thought of as one with words
_PATHS = 60  # drawn shapes on a page without text: words may be among them
_LOOKED_AT = 2_000  # objects of a page that are looked at for pictures


class Unreadable(Exception):
    """The file gives no text; ``code`` is that of the notice, the message says why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a page showed: its lines, the characters among them, and how much of it is a picture."""

    sheet: Sheet
    characters: int
    hidden: int
    picture: float
    paths: int
    cut: bool

    @property
    def is_unread(self) -> bool:
        """True where the page has, or may well have, words that are no text."""
        if self.characters == 0:
            return self.picture >= _ALONE or self.paths >= _PATHS
        return self.characters < _FEW and self.picture >= _PICTURE and not self.is_recognised

    @property
    def is_recognised(self) -> bool:
        """True where the text is an invisible layer on a picture."""
        return self.hidden > 0.5 * self.characters and self.picture >= _PICTURE


def read(data: bytes) -> dict[str, Any]:
    """The text of a PDF as JSON values: ``content``, ``places``, ``unseen``, ``info``, ``why`` and ``notices``. Raises Unreadable."""
    until = time.process_time() + SECONDS
    pdfium.FPDF_LoadMemDocument64(
        b"", 0, None
    )  # of a file without pages PDFium tells the last fault that there was: this one
    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refused() from error
    count = len(file)
    if count < 1:
        raise Unreadable("pdf-damaged", "the PDF has no pages, or is too damaged for them to be found")
    pages, broken, cut = _pages(file, min(count, MAX_PAGES), until)
    why, notices = [], []
    faults = streams.damaged(data)
    if faults:
        why.append(f"{faults} of the PDF's streams {'is' if faults == 1 else 'are'} damaged, so text may be missing")
    if broken:
        why.append(f"{_numbers(broken)} of the PDF could not be read: damaged")
    if len(pages) + len(broken) < count:
        why.append(f"only the first {len(pages) + len(broken)} of {count} pages were read")
        if time.process_time() > until:
            notices.append(["pdf-limits", f"{why[-1]} in the {SECONDS} s that are given to one file"])
    if cut:
        why.append(f"only the first {glyphs.MAX_CHARACTERS} characters of {_numbers(cut)} were read")
    unread = [number for number, page in pages if page.is_unread]
    if not any(page.characters > (_FEW if page.is_unread else 0) for _, page in pages):
        raise _without_text(count, unread, broken)
    if unread:
        words = f"{_numbers(unread)} of the PDF: pictures without text, which were not read"
        notices.append(["pages-unread", words])
    ocr = [number for number, page in pages if page.is_recognised]
    if ocr:
        notices.append(
            [
                "ocr-layer",
                f"the text of {_numbers(ocr)} was put behind a picture by character recognition, and may be misread",
            ]
        )
    seen = [page.sheet for _, page in pages]
    drawn = flow(seen, [number for number, _ in pages])
    hidden = () if ocr else drawn.unseen
    info = metadata.read({key: _words(file.get_metadata_value, key) for key in metadata.KEYS}, data)
    return {
        "content": drawn.content,
        "places": [place.to_json() for place in drawn.places],
        "unseen": [[span.start, span.end] for span in hidden],
        "info": info.to_json(),
        "pages": count,
        "why": "; ".join(why),
        "notices": notices + ([["claimed", info.claims]] if info.claims else []),
    }


def _refused() -> Unreadable:
    code = pdfium.FPDF_GetLastError()
    if code == pdfium.FPDF_ERR_PASSWORD:
        return Unreadable(
            "pdf-encrypted",
            "the PDF is encrypted and asks for a password; hand in a copy without one with `archiver add`",
        )
    if code == pdfium.FPDF_ERR_SECURITY:
        return Unreadable("pdf-encrypted", "the PDF is encrypted in a way that cannot be undone here")
    return Unreadable("pdf-damaged", "the PDF is damaged, or none at all: it cannot be opened")


def _without_text(count: int, unread: list[int], broken: list[int]) -> Unreadable:
    pages = "its page is a picture" if count == 1 else f"its {count} pages are pictures"
    if unread:
        words = (
            f"the PDF is a scan: {pages} without text; a copy with a text layer can be handed in with `archiver add`"
        )
        return Unreadable("pdf-scanned", words)
    if broken:
        return Unreadable("pdf-damaged", "the PDF is damaged: none of its pages could be read")
    return Unreadable("pdf-empty", "the PDF holds no text")


def _pages(file: Any, count: int, until: float) -> tuple[list[tuple[int, _Seen]], list[int], list[int]]:
    """Each page with its number, from 1; the numbers of those that cannot be read, and of those that were cut."""
    fonts = Fonts()
    pages: list[tuple[int, _Seen]] = []
    broken: list[int] = []
    cut: list[int] = []
    total = 0
    for index in range(count):
        if total > MAX_CHARACTERS or time.process_time() > until:
            break
        fonts.turn_page()
        try:
            seen = _page(file, index, fonts)
        except (pypdfium2.PdfiumError, ValueError, ctypes.ArgumentError):
            broken.append(index + 1)
            continue
        pages.append((index + 1, seen))
        total += seen.characters
        if seen.cut:
            cut.append(index + 1)
    return pages, broken, cut


def _page(file: Any, index: int, fonts: Fonts) -> _Seen:
    page = file[index]
    try:
        textpage = page.get_textpage()
        try:
            drawn = glyphs.read(textpage, fonts)
        finally:
            textpage.close()
        lines = in_order(lines_of(drawn.glyphs))
        left, bottom, right, top = page.get_bbox()
        turned = bool(lines) and lines[0].turn in (1, 3, 4)
        bounds = (left, right) if turned else (-top, -bottom)
        if turned and lines[0].turn in (3, 4):
            bounds = (-right, -left)
        characters = sum(len(line.text) for line in lines)
        hidden = sum(len(line.text) for line in lines if line.hidden)
        picture, paths = (
            _pictures(page, abs(right - left) * abs(top - bottom)) if characters < _FEW or hidden else (0.0, 0)
        )
        label = _words(file.get_page_label, index).strip()[:40]
        return _Seen(Sheet(tuple(lines), *bounds, label), characters, hidden, picture, paths, drawn.cut)
    finally:
        page.close()


def _words(ask: Callable[[Any], str], of: Any) -> str:
    """What the file says of itself or of a page, U+FFFD for what is no text: half a pair of UTF-16 is no reason to read nothing else."""
    try:
        return ask(of)
    except UnicodeDecodeError as error:
        return error.object.decode(error.encoding, "replace")


def _pictures(page: Any, area: float) -> tuple[float, int]:
    """The share of the page that pictures cover, at most 1, and how many shapes are drawn on it."""
    covered, paths = 0.0, 0
    for count, thing in enumerate(page.get_objects(max_depth=4)):
        if count >= _LOOKED_AT:
            break
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            covered += abs(right - left) * abs(top - bottom)
        elif thing.type in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING):
            paths += 1
    return (min(1.0, covered / area) if area > 0 else 0.0), paths


def _numbers(pages: list[int]) -> str:
    """``page 3``, ``pages 3, 4 and 9``; the first of many."""
    if len(pages) == 1:
        return f"page {pages[0]}"
    if len(pages) > 8:
        return f"{len(pages)} pages (the first is {pages[0]})"
    return "pages " + ", ".join(map(str, pages[:-1])) + f" and {pages[-1]}"
