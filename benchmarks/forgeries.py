"""Edits by somebody without the key, with every unsigned hash recomputed: is each found?

    python benchmarks/forgeries.py

Each edit is made to a copy of a small archive in up to four ways: the WARC files alone (``bytes``); the log made again over the edited records
under the old signature (``old signature``); the same signed with the forger's own key (``own key``); and with the forger's key put into
``archive.toml`` as well (``replaced key``). Each is verified by one who knows the key, and by a stranger who does not: to him a log that was
replaced as a whole cannot look false, but it must not look sound either: the signer is unknown.

Last, what the holder of the key could record that is not so (``lies.py``): it must be found for it contradicts itself, or an anchor.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bench import row
from lies import LIES, backdated, told
from packs import victims
from packsamples import Authority, stamp
from samples import page_members, quote_member, seal_sample

from archiver.archive import Archive, config
from archiver.digests import Digest
from archiver.log import Checkpoint, Details, Log, make_leaf
from archiver.signing import KeyRing, SigningKey
from archiver.timestamps.roots import load_roots
from archiver.verification import Request, Verification
from archiver.warc import Record, inflate, open_record, seal, segment_files

_WRITTEN = {"warc-type", "warc-record-id", "warc-date", "warc-target-uri", "warc-block-digest", "warc-payload-digest"}
_WRITTEN |= {"content-type", "content-length"}


@dataclass(frozen=True)
class Entry:
    """A record as the forger holds it: what the log says of it, and its bytes."""

    details: Details
    data: bytes


Edit = Callable[[list[Entry]], list[Entry]]


def entries_of(root: Path) -> list[Entry]:
    with Archive.open(root, KeyRing(root / "none"), read_only=True) as archive:
        found = []
        for leaf in archive.log.leaves():
            assert leaf.details is not None
            place = archive.catalogue.leaf(leaf.index)
            data = (root / place.file).read_bytes()[place.offset : place.offset + place.length]
            found.append(Entry(leaf.details, data))
        return found


def resealed(entry: Entry, block: bytes, date: str = "") -> Entry:
    """The entry with another block or date, each digest of it right again."""
    stored = open_record(inflate(entry.data))
    names = {"warc-refers-to": "WARC-Refers-To", "warc-concurrent-to": "WARC-Concurrent-To"}
    extra = tuple((names.get(name, name), value) for name, value in stored.headers.items() if name not in _WRITTEN)
    details = entry.details
    payload = None
    if details.payload_sha256:
        body = block.split(b"\r\n\r\n", 1)[1] if details.warc_type == "response" else block
        payload = Digest.of(body)
    record = Record(
        details.kind, details.warc_type, stored.uri, date or stored.date, stored.headers["content-type"], block, payload, extra,
        details.server_date, stored.record_id,
    )  # fmt: skip
    member = seal(record)
    changed = replace(
        details,
        sha256=member.sha256.hex,
        size=member.size,
        time=record.date,
        payload_sha256=payload.hex if payload else "",
    )
    return Entry(changed, member.data)


def block_of(entry: Entry) -> bytes:
    return open_record(inflate(entry.data)).block


def at(entries: list[Entry], kind: str, number: int = 0) -> int:
    return [index for index, entry in enumerate(entries) if entry.details.kind == kind][number]


def edited(kind: str, change: Callable[[bytes], bytes], number: int = 0, date: str = "") -> Edit:
    def edit(entries: list[Entry]) -> list[Entry]:
        index = at(entries, kind, number)
        before = block_of(entries[index])
        after = change(before)
        assert after != before or date, f"the edit of the {kind} changes nothing"
        return [*entries[:index], resealed(entries[index], after, date), *entries[index + 1 :]]

    return edit


def without(kind: str, number: int = 0) -> Edit:
    def edit(entries: list[Entry]) -> list[Entry]:
        index = at(entries, kind, number)
        return [*entries[:index], *entries[index + 1 :]]

    return edit


def swapped(first: tuple[str, int], second: tuple[str, int]) -> Edit:
    def edit(entries: list[Entry]) -> list[Entry]:
        one, other = at(entries, *first), at(entries, *second)
        result = list(entries)
        result[one], result[other] = entries[other], entries[one]
        return result

    return edit


def swapped_bodies(entries: list[Entry]) -> list[Entry]:
    one, other = at(entries, "response"), at(entries, "response", 1)
    result = list(entries)
    result[one] = resealed(entries[one], block_of(entries[other]))
    result[other] = resealed(entries[other], block_of(entries[one]))
    return result


def json_edit(change: Callable[[dict], None]) -> Callable[[bytes], bytes]:
    def edit(block: bytes) -> bytes:
        value = json.loads(block)
        change(value)
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    return edit


def appended(entries: list[Entry]) -> list[Entry]:
    made = []
    snapshot, members = page_members("https://example.org/never", b"never", date="2026-11-20T09:00:00Z")
    for member in [*members, quote_member(snapshot, members)]:
        record = member.record
        details = Details(
            record.kind, member.sha256.hex, member.size, record.record_id, record.type, record.uri, record.date, "archiver",
            record.payload.hex if record.payload else "", record.server_date,
        )  # fmt: skip
        made.append(Entry(details, member.data))
    return [*entries, *made]


def set_verdict(value: dict) -> None:
    value["archiver:judged"] |= {"verdict": "verbatim", "quote": "it is a miracle"}


EDITS: dict[str, Edit | None] = {
    "a capture deleted from the end": without("capture", -1),
    "a quote deleted in the middle": without("quote", 0),
    "two records reordered": swapped(("request", 0), ("response", 0)),
    "the bodies of two pages swapped": swapped_bodies,
    "a date changed": edited("capture", json_edit(lambda value: value.update(captured_at="2025-01-01T00:00:00Z"))),
    "a record's WARC-Date changed": edited("response", lambda block: block, 0, "2025-01-01T00:00:00Z"),
    "rolled back to an older head": None,
    "rolled back, and other records appended": None,
    "a quote's words edited": edited("quote", json_edit(set_verdict)),
    "a text edited": edited("text", lambda block: block.replace(b"not a miracle", b"a miracle")),
    "a page edited": edited("response", lambda block: block.replace(b"wall", b"WALL"), 1),
    "a title edited": edited("capture", json_edit(lambda value: value["info"].update(title="Another page"))),
    "a settings record edited": edited("settings", lambda block: block.replace(b"jobs = 16", b"jobs = 17")),
    "a capture inserted that never was": appended,
    "the key replaced, and nothing else": lambda entries: entries,
    "a time stamp stripped": without("timestamp"),
}


def write(root: Path, entries: list[Entry]) -> None:
    files = segment_files(root)
    files[0].write_bytes(b"".join(entry.data for entry in entries))
    for other in files[1:]:
        other.unlink()
    for path in root.glob("catalogue.db*"):
        path.unlink()


def relog(root: Path, entries: list[Entry], signer: SigningKey) -> None:
    shutil.rmtree(root / "log")
    log = Log(root / "log", signer.public)
    log.create(signer)
    log.append([make_leaf(entry.details) for entry in entries], signer)


def ways(source: Path, folder: Path, edit: Edit, forger: SigningKey) -> Iterator[tuple[str, Path]]:
    entries = entries_of(source)
    forged = edit(entries)
    for way in ("bytes", "old signature", "own key", "replaced key"):
        if way == "bytes" and forged == entries:
            continue
        root = folder / way.replace(" ", "-")
        shutil.copytree(source, root)
        old = (root / "log/checkpoint").read_bytes()
        write(root, forged)
        if way != "bytes":
            relog(root, forged, forger)
        if way == "old signature":
            signature = old.split(b"\n\n", 1)[1]
            head = Checkpoint.opened((root / "log/checkpoint").read_bytes(), forger.public)
            (root / "log/checkpoint").write_bytes(head.text().encode() + b"\n" + signature)
        if way == "replaced key":
            settings, _ = config.read(root)
            (root / "archive.toml").write_bytes(replace(settings, key=forger.public.vkey).to_toml())
            # a careful forger records the settings that he leaves behind
            index = at(forged, "settings")
            own = [*forged[:index], resealed(forged[index], (root / "archive.toml").read_bytes()), *forged[index + 1 :]]
            write(root, own)
            relog(root, own, forger)
        yield way, root


def judged(root: Path, keys: KeyRing, against: bytes | None = None, roots: Path | None = None) -> str:
    """``failed``, ``unknown`` or ``sound``."""
    trusted = load_roots(None, [roots] if roots else [], system=False)
    findings = list(Verification(root, Request(against=against, roots=lambda: trusted), keys).findings())
    if any(finding.ok is False for finding in findings):
        return "failed"
    return "unknown" if any(finding.ok is None and finding.check == "signer" for finding in findings) else "sound"


def _lies(folder: Path) -> Iterator[tuple[str, str]]:
    """What the holder of the key records otherwise than it was, each in a log of its own, and what is said of that."""
    ((victim, _, _),) = victims(folder / "victim", 1)
    for number, lie in enumerate(LIES):
        made = told(victim, lie, folder / str(number))
        yield lie, judged(made.root, made.ring)
    late = backdated(folder / "backdated")
    yield "a page backdated past a stamp", judged(late.root, late.ring, roots=late.roots)


def main() -> None:
    missed = tried = found = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        keys, stranger = KeyRing(folder / "keys"), KeyRing(folder / "stranger")
        source, older = folder / "source", folder / "older"
        authority = Authority(folder / "tsa")
        with Archive.create(source, keys) as archive:
            archive.record(page_members("https://example.org/0", b"before")[1])
        shutil.copytree(source, older)
        with Archive.open(source, keys) as archive:
            seal_sample(archive)
            stamp(archive, authority)
            archive.record(page_members("https://example.org/after", b"after the stamp")[1])
            forger = SigningKey.generate(archive.key.name)
        checkpoint = (source / "log/checkpoint").read_bytes()
        assert judged(source, keys, checkpoint, authority.roots) == "sound"
        assert judged(source, stranger, roots=authority.roots) == "unknown"
        for number, (label, edit) in enumerate(EDITS.items()):
            results = []
            if edit is None:
                root = folder / f"rolled{number}"
                shutil.copytree(older, root)
                if "appended" in label:
                    with Archive.open(root, keys) as archive:  # the worst case: the old head, and the key besides
                        archive.record(page_members("https://example.org/other", b"other")[1])
                results = [("against the newer head", judged(root, keys, checkpoint, authority.roots), True)]
            else:
                for way, root in ways(source, folder / str(number), edit, forger):
                    results.append((way, judged(root, keys, roots=authority.roots), True))
                    if way == "replaced key":
                        results.append((f"{way}, to a stranger", judged(root, stranger, roots=authority.roots), False))
            bad = [way for way, verdict, known in results if verdict != "failed" and (known or verdict != "unknown")]
            tried += len(results)
            missed += len(bad)
            found += not bad
            row(f"{label}: {', '.join(f'{way}: {verdict}' for way, verdict, _ in results)}")
        lies = dict(_lies(folder / "lies"))
    row(f"{found} of {len(EDITS)} edits found, in {tried} ways of making them; {missed} missed")
    for label, verdict in lies.items():
        row(f"by the holder of the key, {label}: {verdict}")
    believed = [label for label, verdict in lies.items() if verdict != "failed"]
    row(f"{len(lies) - len(believed)} of {len(lies)} lies of the key's holder found; {len(believed)} missed")
    sys.exit(bool(missed or believed))


if __name__ == "__main__":
    main()
