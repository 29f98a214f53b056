"""`VERIFY.md`, for the person who is given a pack, and `verify.sh`, the same bytes in every pack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

from archiver.model import SUPPLIED
from archiver.packs.evidence import Evidence
from archiver.packs.layout import QuoteLine
from archiver.urls import for_display

_WIDTH = 300
_VERDICTS = {
    "verbatim": "found, word for word",
    "typographic": "found; only typography differs",
    "elided": "found in parts: omissions or insertions are marked, or the page interrupts the speech",
    "altered": "NOT as quoted: words or numbers differ",
    "spliced": "NOT as quoted: the parts are joined misleadingly",
    "absent": "NOT found on the page",
    "undecided": "could not be decided",
}


def script() -> bytes:
    """`verify.sh`."""
    return files("archiver.packs").joinpath("data", "verify.sh").read_bytes()


def guide(evidence: Evidence, lines: Sequence[QuoteLine]) -> bytes:
    """`VERIFY.md` of a pack."""
    template = files("archiver.packs").joinpath("data", "VERIFY.md").read_text(encoding="utf-8")
    contents = "\n".join(_contents(evidence, {line.index: line.path for line in lines}))
    return template.format(contents=contents, key=evidence.key.vkey, origin=evidence.key.name).encode()


def plain(text: object, width: int = _WIDTH) -> str:
    """Somebody's words on one line of at most ``width`` characters, without what would steer a terminal or end a line."""
    words = " ".join("".join(sign if sign.isprintable() or sign.isspace() else "\ufffd" for sign in str(text)).split())
    return words if len(words) <= width else words[: width - 1] + "…"


def meaning(verdict: object) -> str:
    """What a verdict says, in words for somebody who has never seen one; empty for none that is known."""
    return _VERDICTS.get(str(verdict), "")


def _contents(evidence: Evidence, places: dict[int, str]) -> Iterator[str]:
    """Indented lines, which Markdown shows as they are: what a page says of itself must not become part of this document."""
    for leaf in evidence.of_kind("quote"):
        annotation = leaf.json()
        judged: dict[str, Any] = annotation["archiver:judged"]
        yield f"    quotation   q-{leaf.details.sha256}"
        yield f"      words     {plain(judged['quote'])}"
        yield f"      verdict   {plain(judged['verdict'])}: {meaning(judged['verdict'])}"
        if leaf.index in places:
            yield f"      stands in {places[leaf.index]}"
        yield f"      recorded  {leaf.details.time}"
        yield f"      page      {plain(annotation['archiver:snapshot'])[:14]}, listed below"
        yield ""
    for leaf in evidence.of_kind("capture"):
        capture = leaf.json()
        yield f"    page        {plain(capture['snapshot'])}"
        yield f"      address   {for_display(capture['url'])}"
        yield f"      title     {plain(capture['info']['title'] or '(none)')}"
        yield from _capture_lines(capture)
        if capture.get("revisit_of"):
            yield f"      the same page as {plain(capture['revisit_of'])[:14]}, which is in the pack too"
        yield ""
    yield f"    records     {len(evidence.leaves)}, in the log {evidence.key.name}"
    count = len(evidence.stamps)
    yield f"    timestamps  {count or 'none: that the times are true is the word of the signer, of imported pages that of the file'}"


def _capture_lines(capture: dict[str, Any]) -> Iterator[str]:
    """When and how a page came in: a server's answer is named only where there was one."""
    moment, origin = plain(capture["captured_at"]), capture.get("origin")
    if not isinstance(origin, dict):
        yield f"      captured  {moment}, answer {plain(capture['hops'][-1]['status'])}"
        return
    memento = origin.get("memento")
    if isinstance(memento, dict):
        yield f"      fetched   {moment}, answer {plain(capture['hops'][-1]['status'])}"
        yield f"      NOT from its address, but at second hand: {plain(memento.get('uri'))}"
        yield f"      its date, {plain(memento.get('datetime'))}, and what it is a copy of are what {plain(memento.get('archive'))} says"
        return
    taken = "a person supplied the file" if origin.get("kind") == SUPPLIED else "it was imported with the file"
    yield f"      {'added' if origin.get('kind') == SUPPLIED else 'dated':<9} {moment}"
    yield f"      NOT fetched by the signer's software: {taken} {plain(origin.get('file'))}"
    if origin.get("kind") != SUPPLIED:
        yield "      its address, date and answer are what that file states"
        if origin.get("claims") == SUPPLIED:
            yield "      and it had been supplied by a person to the archive that the file is from"
