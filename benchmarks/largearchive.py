"""Makes an archive of very many snapshots with quotations, of paragraphs of the corpus, and keeps it in a folder to be used again.

Every snapshot is recorded as a capture would be: request, response, text and capture record, sealed, in the log under a signed head, in the
catalogue; only the drawing of texts from pages is left out. Commits share 200 snapshots. One snapshot in two has a quotation: of 40 of them
30 stand there, 5 have a word changed and 5 stand nowhere, by the judge's own word. Pages are captured once to a hundred times, one of them
by every hundredth snapshot: a page under watch.

    python benchmarks/largearchive.py FOLDER COUNT

makes it alone. A run that was killed is gone on with: what was recorded is kept, a batch that was recorded last and not noted comes twice.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

from samples import page_members, quote_member
from search import paragraphs

from archiver import match
from archiver.archive import Archive
from archiver.model import Judgement, Layer, Text
from archiver.signing import KeyRing
from archiver.warc import Member, Record, seal

SEED = 11
BATCH = 200
PIECE = 20
PLANTED = 100
WATCHED = "https://www.example.org/watched"
_FIRST = datetime(2022, 1, 1, tzinfo=UTC)
_ABOUT = "about.json"
_NOTES = "made.jsonl"
_UNSPACED = ("zh", "ja", "th")
_parts: dict[str, list[str]] = {}
_weights: list[int] = []


@dataclass(frozen=True)
class Made:
    """An archive, its keys, and what can be asked of it: some ids, keys of sources, and quotations that stand in one text alone."""

    root: Path
    keys: Path
    count: int
    snapshots: list[str]
    quotes: list[str]
    urls: list[str]
    rare: list[str]
    seconds: float
    recorder_cpu: float = 0.0
    """Processor seconds of the recorder alone (log, WARC, catalogue), without the making of pages; 0 where it was not measured."""


def large_archive(folder: Path, count: int) -> Made:
    """The archive in the folder; made where there is none yet."""
    about = folder / _ABOUT
    if not about.exists():
        about.write_text(json.dumps(_make(folder, count)), "utf-8")
    value = json.loads(about.read_text("utf-8"))
    return Made(
        folder / "archive",
        folder / "config",
        count,
        *(value[name] for name in ("snapshots", "quotes", "urls", "rare", "seconds")),
        value.get("recorder_cpu", 0.0),
    )


def _make(folder: Path, count: int) -> dict[str, object]:
    folder.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    rare = set(random.Random(SEED).sample(range(count), min(PLANTED, count // 4)))
    keys, root = KeyRing(folder / "config"), folder / "archive"
    done = _notes(folder)
    if not done and root.exists():  # killed before its first batch
        shutil.rmtree(root)
    opened = Archive.open(root, keys) if done else Archive.create(root, keys)
    with opened as archive, ProcessPoolExecutor(2) as pool, (folder / _NOTES).open("a", encoding="utf-8") as notes:
        for batch in list(_batches(range(count), BATCH))[len(done) :]:
            pieces = [(piece, count, rare & set(piece)) for piece in _batches(batch, PIECE)]
            items = [item for made in pool.map(_captures, pieces) for item in made]
            clock = time.process_time()
            leaves = archive.record([member for item in items for member in item.members])
            note = {
                "snapshots": [item.snapshot for item in items], "urls": [item.url for item in items],
                "quotes": [f"q-{leaf.sha256}" for leaf in leaves if leaf.kind == "quote"],
                "rare": [item.rare for item in items if item.rare], "cpu": time.process_time() - clock,
            }  # fmt: skip
            notes.write(json.dumps(note) + "\n")
            notes.flush()
            done.append(note)
            if batch[-1] % 10_000 > 10_000 - BATCH:
                print(f"  {batch[-1] + 1:,} snapshots recorded, {time.perf_counter() - began:.0f} s", flush=True)
    picker = random.Random(SEED)

    def some(values: list[str]) -> list[str]:
        return picker.sample(values, min(200, len(values)))

    return {
        "snapshots": some([name for note in done for name in note["snapshots"]]),
        "quotes": some([name for note in done for name in note["quotes"]]),
        "urls": some(sorted({url for note in done for url in note["urls"]})),
        "rare": [phrase for note in done for phrase in note["rare"]],
        "seconds": time.perf_counter() - began, "recorder_cpu": sum(note["cpu"] for note in done),
    }  # fmt: skip


def _notes(folder: Path) -> list[dict[str, Any]]:
    """What was noted of each batch so far, without a line that was cut short."""
    path = folder / _NOTES
    if not path.exists():
        return []
    whole = path.read_bytes().rpartition(b"\n")
    if whole[2]:
        path.write_bytes(whole[0] + whole[1])
    return [json.loads(line) for line in whole[0].splitlines()]


@dataclass(frozen=True)
class _Item:
    snapshot: str
    url: str
    members: list[Member]
    rare: str | None


def _captures(asked: tuple[Sequence[int], int, set[int]]) -> list[_Item]:
    numbers, count, rare = asked
    if not _parts:
        os.nice(5)
        _parts.update(paragraphs())
        _weights.extend(sum(map(len, _parts[each])) for each in sorted(_parts))
    return [_capture(number, count, number in rare) for number in numbers]


def _capture(number: int, count: int, rare: bool) -> _Item:
    picker = random.Random(SEED * 1_000_003 + number)
    languages = sorted(_parts)
    (language,) = picker.choices(languages, _weights)
    text = picker.choices(_parts[language], k=picker.randint(5, 25))
    phrase = _shuffled(picker, language) if rare else None
    if phrase:
        text.insert(picker.randrange(len(text) + 1), phrase)
    # log-uniform: most pages have a few captures, some very many
    page = int((count / 5) ** picker.random() * picker.random() * 5) if number % 3 else picker.randrange(count)
    url = WATCHED if number % 100 == 0 else f"https://site{page % 997}.example.org/{language}/{page}"
    date = (_FIRST + timedelta(seconds=number * (150_000_000 // count))).strftime("%Y-%m-%dT%H:%M:%SZ")
    content = "\n".join(text)
    body = f"<!doctype html><title>{number}</title>{''.join(f'<p>{escape(part)}</p>' for part in text)}".encode()
    snapshot, members = page_members(url, body, content, date=date)
    if number % 2 == 0:
        members.append(_quote(snapshot, members, content, picker.choice(text), number // 2 % 40, language))
    return _Item(snapshot, url, members, phrase)


def _shuffled(picker: random.Random, language: str) -> str:
    """Words of a language in an order that stands nowhere else."""
    words = [word for part in picker.choices(_parts[language], k=40) for word in part.split() if word.isalpha()]
    chosen = picker.choices(words or ["words"], k=picker.randint(10, 25))
    return "".join(chosen)[:40] if language in _UNSPACED else " ".join(chosen)


def _quote(snapshot: str, members: list[Member], content: str, part: str, kind: int, language: str) -> Member:
    exact = part[:30] if language in _UNSPACED else " ".join(part.split(" ")[:14])
    member = quote_member(snapshot, members, exact, content)
    words = [*exact] if language in _UNSPACED else exact.split(" ")
    quoted = exact
    if 30 <= kind < 35:
        quoted = ("" if language in _UNSPACED else " ").join([*words[:2], "otherwise", *words[3:]])
    elif kind >= 35:
        quoted = f"nobody ever wrote number{snapshot[2:10]} there"
    judgement = match.judge(quoted, [Text(Layer.ARTICLE, content, "sample", "1")])
    value = json.loads(member.record.block)
    value["body"]["value"] = judgement.verdict.value
    value["archiver:judged"] |= {
        "quote": quoted, "verdict": judgement.verdict.value, "holds": judgement.holds,
        "layer": judgement.layer.value if judgement.layer else None, "matches": [item.to_json() for item in judgement.matches],
        "changes": [item.to_json() for item in judgement.changes], "warnings": [item.to_json() for item in judgement.warnings],
    }  # fmt: skip
    value["target"]["selector"] = _selectors(quoted, judgement)
    if not judgement.layer:
        del value["archiver:text"]
    old, block = member.record, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return seal(Record("quote", old.type, old.uri, old.date, old.content_type, block, record_id=old.record_id))


def _selectors(quoted: str, judgement: Judgement) -> list[dict[str, object]]:
    """As a quote is recorded: of its first passage, or its words alone."""
    if not judgement.matches:
        return [{"type": "TextQuoteSelector", "exact": quoted}]
    first = judgement.matches[0]
    return [
        {"type": "TextQuoteSelector", "exact": first.exact, "prefix": first.prefix, "suffix": first.suffix},
        *({"type": "TextPositionSelector", "start": span.start, "end": span.end} for span in first.spans),
    ]


def _batches(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for at in range(0, len(numbers), size):
        yield numbers[at : at + size]


if __name__ == "__main__":
    if len(sys.argv) != 3 or not sys.argv[2].isdigit():
        sys.exit("Usage: largearchive.py FOLDER COUNT")
    large_archive(Path(sys.argv[1]), int(sys.argv[2]))
