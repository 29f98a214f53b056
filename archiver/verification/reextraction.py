"""Drawing the texts out of the payloads again, to see whether today's extractor reads what was recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from archiver import texts
from archiver.digests import Digest
from archiver.net.chunks import ChunkDecoder
from archiver.verification.content_checks import Contents
from archiver.verification.findings import Finding


def check_extraction(
    contents: Contents, snapshots: set[str], block_of: Callable[[str], bytes | None]
) -> Iterator[Finding]:
    """Compares each text layer with what is drawn today. Another reading by the same extractor version is a failure; by another
    version it is a note.
    """
    same, failed = 0, 0
    for name in sorted(snapshots & contents.captures.keys()):
        _, capture = contents.captures[name]
        if capture.get("revisit_of"):
            continue  # its texts are those of the snapshot that it revisits
        block = block_of(capture["hops"][-1]["response"])
        if block is None:
            yield Finding(
                name[:14], "re-extract", None, "its response cannot be read, so its texts cannot be drawn again"
            )
            continue
        differing = _differences(capture, block)
        if differing is None:
            same += 1
            continue
        detail, is_failure = differing
        failed += is_failure
        yield Finding(name[:14], "re-extract", not is_failure, detail, contents.quotes_of(name) if is_failure else ())
    if not failed:
        yield Finding("texts", "re-extract", True, f"{same} snapshots read today as they were recorded")


def _differences(capture: dict[str, Any], block: bytes) -> tuple[str, bool] | None:
    """What is read otherwise today, and whether that is a failure; None where nothing is."""
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
    now = {text.layer.value: text for text in reading.texts if text.content}
    then = {text["layer"]: text for text in capture["texts"]}
    for layer in sorted(now.keys() | then.keys()):
        new, old = now.get(layer), then.get(layer)
        if new is not None and old is not None and Digest.of(new.content.encode()).hex == old["sha256"]:
            continue
        before = f"{old['extractor']} {old['version']}" if old else "nothing"
        today = f"{new.extractor} {new.version}" if new else "nothing"
        words = f"the {layer} layer reads otherwise today ({before} then, {today} now)"
        return words, before == today
    return None
