"""A PDF handed to a child process, and its answer made into a Reading."""

from __future__ import annotations

import importlib.util
import json
import subprocess
from importlib import metadata
from typing import Any

from archiver import children
from archiver.model.notice import Notice
from archiver.model.text import Decoding, Layer, PageInfo, Place, Reading, Span, Text
from archiver.texts import walls
from archiver.texts.payload import Payload
from archiver.texts.pdf import limits

EXTRACTOR = "archiver-pdf"
REVISION = "2"
"""Counted up whenever another text would be drawn by the same PDFium."""

_WORKER = "archiver.texts.pdf.worker"
_LIBRARIES = ("pypdfium2", "fontTools")


def read_payload(payload: Payload) -> Reading:
    """The text of a PDF, with its pages. Never raises: what kept it from being read is said in a notice."""
    if not is_installed():
        words = "a PDF is read with the extra archiver[pdf], which is not installed: pip install 'archiver[pdf]', then take it again"
        return _unread(payload, Notice("pdf-extra", words))
    if len(payload.data) > limits.FILE:
        return _unread(
            payload, Notice("pdf-limits", f"the PDF is larger than the {limits.FILE >> 20} MiB that are read")
        )
    answer = _asked(payload.data)
    if "error" in answer:
        return _unread(payload, Notice(str(answer["error"]), str(answer["why"])))
    try:
        return _reading(payload, answer)
    except (LookupError, TypeError, ValueError):
        return _unread(payload, _crashed())


def is_installed() -> bool:
    """True where the extra archiver[pdf] is there."""
    return all(importlib.util.find_spec(name) is not None for name in _LIBRARIES)


def version() -> str:
    """Our revision and the libraries': another PDFium may read another text."""
    return f"{REVISION} (pypdfium2 {metadata.version('pypdfium2')}, fonttools {metadata.version('fonttools')})"


def _asked(data: bytes) -> dict[str, Any]:
    try:
        child = children.start(_WORKER)
    except OSError as error:
        return {
            "error": "pdf-limits",
            "why": f"no process could be started to read the PDF in ({error.strerror or error})",
        }
    with child:
        try:
            output, _ = child.communicate(data, timeout=limits.LONGEST)
        except subprocess.TimeoutExpired:
            child.kill()
            return {"error": "pdf-limits", "why": f"the PDF could not be read within {limits.LONGEST} s"}
        except BaseException:
            child.kill()
            raise
    try:
        answer = json.loads(output)
    except ValueError:
        answer = None
    return answer if isinstance(answer, dict) else {"error": _crashed().code, "why": _crashed().detail}


def _crashed() -> Notice:
    words = f"the PDF crashed its reader, or needed more than {limits.MEMORY >> 20} MiB or {limits.PROCESSOR} s of processor time"
    return Notice("pdf-limits", words)


def _unread(payload: Payload, notice: Notice) -> Reading:
    return Reading((), PageInfo(), Decoding(None, None, None), walls.status_wall(payload.status), (notice,))


def _reading(payload: Payload, answer: dict[str, Any]) -> Reading:
    text = Text(
        Layer.PDF,
        answer["content"],
        EXTRACTOR,
        version(),
        complete=not answer["why"],
        why=answer["why"],
        unseen=tuple(Span(start, end) for start, end in answer["unseen"]),
        places=tuple(Place(*place) for place in answer["places"]),
    )
    info = answer["info"]
    page_info = PageInfo(
        title=info["title"], authors=tuple(info["authors"]), published=info["published"], modified=info["modified"],
        language=info["language"],
    )  # fmt: skip
    notices = tuple(Notice(code, detail) for code, detail in answer["notices"])
    return Reading((text,), page_info, Decoding(None, None, None), walls.status_wall(payload.status), notices)
