"""Drawing the texts out of the payloads again, to see whether today's extractor reads what was recorded."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from archiver import texts
from archiver.capture.records import info_json
from archiver.digests import Digest
from archiver.model import Reading, Text
from archiver.net.chunks import ChunkDecoder
from archiver.texts import rendered
from archiver.urls import for_display
from archiver.verification.committed import Committed
from archiver.verification.findings import Finding
from archiver.verification.touched import Touched
from archiver.verification.worker import Crew
from archiver.version import TOOL

_NOT_TODAY = frozenset({"pdf-extra", "pdf-limits"})
"""Notices of a reading that say what kept it from being done then or here, and nothing of the payload."""


def check_extraction(committed: Committed, crew: Crew, snapshots: Collection[str] | None) -> Iterator[Finding]:
    """Compares each text layer with what is drawn today; ``snapshots`` None for all.

    Another reading by the same extractor version is a failure, which is said in the end, with what stands on it; by another version it is a
    note.
    """
    same, undrawn = 0, 0
    failed: list[tuple[str, int, str]] = []
    for name in sorted(committed.captures if snapshots is None else snapshots):
        leaf = committed.captures.get(name)
        block = None if leaf is None else committed.block(leaf)
        if leaf is None or block is None:
            continue  # step 5 says so
        try:
            capture = json.loads(block)
            if capture.get("revisit_of"):
                continue  # its texts are those of the snapshot that it revisits
            response_leaf = committed.leaf_of(capture["hops"][-1]["response"])
            response = None if response_leaf is None else committed.block(response_leaf)
            differing = None if response is None else differences(capture, response, _dom(committed, capture))
        except (ValueError, LookupError, TypeError, AttributeError):
            continue  # step 7 says so
        if response is None:
            detail = "its response cannot be read, so its texts cannot be drawn again"
            yield Finding(name[:14], "re-extract", None, detail)
        elif differing is None:
            same += 1
        else:
            detail, is_failure = differing
            if is_failure is None:
                undrawn += 1
                yield Finding(name[:14], "re-extract", None, detail)
                continue
            if is_failure:
                failed.append((name, leaf, detail))
            else:
                yield Finding(name[:14], "re-extract", True, detail)
    if not failed:
        beside = f"; {undrawn} could not be read again" if undrawn else ""
        yield Finding("texts", "re-extract", True, f"{same} snapshots read today as they were recorded{beside}")
        return
    touched = Touched(committed, crew, (leaf for _, leaf, _ in failed))
    for name, leaf, detail in failed:
        yield Finding(name[:14], "re-extract", False, detail, touched.quotes([leaf]), touched.pages([leaf]))


def _dom(committed: Committed, capture: dict[str, Any]) -> bytes | None:
    """The page as a browser held it; None where there is none, or it cannot be read (which step 5 says)."""
    name = (capture.get("browser") or {}).get("dom")
    leaf = None if name is None else committed.leaf_of(name)
    return None if leaf is None else committed.block(leaf)


def differences(capture: dict[str, Any], block: bytes, dom: bytes | None = None) -> tuple[str, bool | None] | None:
    """What is read otherwise today, and whether that is a failure (None: it cannot be told); None where nothing is. ``dom`` is the page as
    a browser held it.
    """
    hop = capture["hops"][-1]
    body = block[hop["head_length"] :]
    if hop["chunked"]:
        decoder = ChunkDecoder()
        decoder.feed(body)
        body = decoder.body()
    if Digest.of(body).hex != capture["payload_sha256"]:
        return "its payload is not the one that the capture lists", True
    reading = texts.read(
        body, content_type=capture["content_type"], content_encoding=capture["content_encoding"], url=hop["url"],
        status=capture["status"], truncated=capture["truncated"],
    )  # fmt: skip
    if dom is not None:
        cut = bool(capture["browser"]["cut"])
        reading = rendered.joined(reading, rendered.read(dom, url=hop["url"], status=capture["status"], cut=cut))
    said = [*capture["read_warnings"], *(notice.to_json() for notice in reading.notices)]
    kept_from = next((str(notice["detail"]) for notice in said if notice["code"] in _NOT_TODAY), None)
    if kept_from is not None and capture["texts"]:
        return f"its texts cannot be drawn again here: {kept_from}", None
    now = {text.layer.value: text for text in reading.texts if text.content}
    then = {text["layer"]: text for text in capture["texts"]}
    for layer in sorted(now.keys() | then.keys()):
        new, old = now.get(layer), then.get(layer)
        if new is not None and old is not None and _is_same(new, old):
            continue
        before = f"{old['extractor']} {old['version']}" if old else "nothing"
        today = f"{new.extractor} {new.version}" if new else "nothing"
        words = f"the {layer} layer reads otherwise today ({before} then, {today} now)"
        return words, before == today
    return _page_differences(capture, reading)


def _page_differences(capture: dict[str, Any], reading: Reading) -> tuple[str, bool] | None:
    """The same of what the page says of itself, and of whether it is the page at all and was read whole."""
    wall = reading.wall.code if reading.wall else None
    then = {**capture["info"], "complete": capture["complete"], "wall": (capture["wall"] or {}).get("code")}
    now = {**info_json(reading.info), "complete": reading.complete and capture["truncated"] is None, "wall": wall}
    for name in sorted(then.keys() | now.keys()):
        if then.get(name) != now.get(name):
            words = f"its {name} reads otherwise today ({_shown(then.get(name))} then, {_shown(now.get(name))} now)"
            return words, capture["tool"] == TOOL
    return None


def _shown(value: object) -> str:
    return for_display(str(value), 80) if value else "nothing"


def _is_same(new: Text, old: dict[str, Any]) -> bool:
    """True where a text and its places are the recorded ones."""
    places = [place.to_json() for place in new.places]
    return [Digest.of(new.content.encode()).hex, places] == [old["sha256"], old.get("places", [])]
