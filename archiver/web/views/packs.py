"""``/packs``: whoever was sent an evidence pack has it checked here, as ``archiver verify PACK.wacz`` does."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.responses import Response

from archiver.errors import ArchiverError, InputError
from archiver.packs.checking import PackCheck
from archiver.packs.quoted import PackedQuote
from archiver.packs.verdict import summed
from archiver.signing import KeyRing, VerifyingKey
from archiver.verification import Finding, Summary
from archiver.web.faults import status_of
from archiver.web.visit import Visit

LARGEST = 512 * 1024 * 1024
"""Bytes of a pack that is handed in."""

_MOST = 100  # quotations that are shown of one pack


def form(visit: Visit) -> Response:
    """The place to drop a pack."""
    return _page(visit)


def check(visit: Visit) -> Response:
    """What is found in a pack. It is read from a file of its own, which is gone afterwards; nothing of it comes into the archive."""
    try:
        pack = visit.upload("pack")
        if pack is None:
            raise InputError("Choose a pack first: a file that ends in .wacz.")
        found, summary, words, quotes = _checked(pack, visit.text("key"), re_extract=bool(visit.text("again")))
    except ArchiverError as error:
        return _page(visit, error=str(error), status=status_of(error)[0])
    return _page(visit, name=str(pack.filename), findings=found, summary=summary, words=words, quotes=quotes)


def _checked(pack: UploadFile, key: str, *, re_extract: bool) -> tuple[list[Finding], Summary, str, list[PackedQuote]]:
    ring = KeyRing()
    quotes: list[PackedQuote] = []
    checking = PackCheck(ring, VerifyingKey.from_vkey(key) if key else None, re_extract, quoted=quotes.append)
    with tempfile.TemporaryDirectory(prefix="archiver-pack-") as folder:
        path = Path(folder) / "pack.wacz"
        with path.open("wb") as file:
            shutil.copyfileobj(pack.file, file)
        found = list(checking.findings(path))
    summary, words = summed(found)
    if checking.key is not None and summary.ok and checking.key not in ring.known_keys(checking.key.name):
        ring.remember(checking.key)
    return found, summary, words, [] if summary.failed else quotes


def _page(
    visit: Visit,
    status: int = 200,
    *,
    error: str = "",
    name: str = "",
    findings: list[Finding] | None = None,
    summary: Summary | None = None,
    words: str = "",
    quotes: Sequence[PackedQuote] = (),
) -> Response:
    return visit.render(
        "packs.html",
        status,
        title="Check a pack",
        error=error,
        name=name,
        findings=findings,
        summary=summary,
        words=words,
        quotes=quotes[:_MOST],
        more=len(quotes[_MOST:]),
    )
