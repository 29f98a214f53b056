"""The labelled quotations through `archiver check`, and real articles through the readers.

    python benchmarks/manuscripts.py [a] [b]      both parts where none is named

(a) 3,320 labelled quotations over 455 recorded pages: as a table, and as one Markdown manuscript of block quotes, each with its link. Are
    the verdicts those of the judge on the same texts, and how long does it take? (wanted: the same; at most 30 s)
(b) ten encyclopedia articles in Markdown, and 50 MB of them in one file: blocks, quotations, faults, time, memory
"""

from __future__ import annotations

import json
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench import ARCHIVER, CORPUS, corpus_site, need_corpus, row, run

from archiver.archive import Archive
from archiver.errors import ArchiverError
from archiver.manuscripts.quotations import find_quotations
from archiver.manuscripts.readers import read_manuscript
from archiver.manuscripts.sourcing.pairing import pair
from archiver.match import judge, prepare

_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def part_a() -> None:
    with corpus_site() as base, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = folder / "archive"
        rows = [json.loads(line) for line in (CORPUS / "quotes/quotes.jsonl").read_text("utf-8").splitlines()]
        table = folder / "quotations.jsonl"
        table.write_text(
            "".join(json.dumps({"url": f"{base}/pages/{one['page']}", "quote": one["quote"]}) + "\n" for one in rows)
        )
        urls = folder / "urls.txt"
        urls.write_text("\n".join(dict.fromkeys(f"{base}/pages/{one['page']}" for one in rows)))
        environment = {"ARCHIVER_CONFIG": str(folder / "keys")}
        assert run([*ARCHIVER, "init", str(archive)], **environment).code == 0
        common = [*ARCHIVER, "--archive", str(archive)]
        made = run([*common, "--allow-net", "127.0.0.0/8", "snapshot", "--input", str(urls)], **environment)
        assert made.code == 0, made.err
        row("(a) quotations  as a        wall s  CPU s (<= 30)  verdicts unlike the judge's  verdicts")
        truth = _by_the_judge(archive, rows, base)
        done = run([*common, "--offline", "check", str(table), "--json"], **environment)
        _say("table", done, truth, [json.loads(line) for line in done.out.splitlines()])
        for form, text in (("block quotes", _block_quotes), ("inline", _inline)):
            manuscript = folder / f"{form.split()[0]}.md"
            manuscript.write_text("".join(text(one["quote"], f"{base}/pages/{one['page']}") for one in rows), "utf-8")
            done = run([*common, "--offline", "check", str(manuscript), "--json"], **environment)
            found = [line for raw in done.out.splitlines() if "quote" in (line := json.loads(raw))]
            _say(form, done, truth, found)


def _say(form: str, done: Any, truth: list[str], found: list[dict[str, Any]]) -> None:
    verdicts = [line.get("verdict") or f"not judged: {line.get('unjudged')}" for line in found]
    unlike = sum(one != other for one, other in zip(truth, verdicts, strict=False)) + abs(len(truth) - len(verdicts))
    row("   ", len(found), form, f"{done.wall:.1f}", f"{done.cpu:.1f}", unlike, dict(Counter(verdicts)))


def _by_the_judge(archive: Path, rows: list[dict[str, Any]], base: str) -> list[str]:
    pages: dict[str, Any] = {}
    verdicts = []
    with Archive.open(archive, read_only=True) as opened:
        for one in rows:
            if one["page"] not in pages:
                snapshot = opened.latest_snapshot(f"{base}/pages/{one['page']}")
                assert snapshot is not None
                pages[one["page"]] = prepare(opened.texts(snapshot))
            verdicts.append(judge(one["quote"], pages[one["page"]]).verdict.value)
    return verdicts


def _escaped(quote: str) -> str:
    return _SIGNS.sub(r"\\\1", quote)


def _block_quotes(quote: str, url: str) -> str:
    lines = "".join(f"> {_escaped(line)}\n>\n" for line in quote.splitlines())
    return f"{lines}> — [source]({url})\n\nThen somebody goes on.\n\n"


def _inline(quote: str, url: str) -> str:
    """Between marks that the quotation itself does not have; white space at its ends is nobody's."""
    marks = next(pair for pair in ("“”", "«»", "「」", "„“", "『』", "‹›") if not set(pair) & set(quote))
    words = "\n".join(_escaped(line) for line in quote.splitlines())
    return f"It was written there that {marks[0]}{words}{marks[1]} ([source]({url})).\n\n"


def part_b() -> None:
    files = sorted((CORPUS / "manuscripts/goodwiki").glob("*.md"))
    row("(b) article  blocks  quotations  faults")
    for file in files:
        blocks, passages, faults = _read(file.name, file.read_bytes())
        row("   ", file.stem, blocks, passages, faults)
    data = b"\n\n".join(file.read_bytes() for file in files)
    large = (data * (50_000_000 // len(data) + 1))[:50_000_000]
    began = time.process_time()
    blocks, passages, faults = _read("large.md", large)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row("    50 MB in one file:", blocks, passages, faults, f"{time.process_time() - began:.0f} s CPU, {peak:.0f} MB")


def _read(name: str, data: bytes) -> tuple[int, int, int]:
    try:
        manuscript = read_manuscript(name, data)
        found = find_quotations(manuscript)
        pair(manuscript, found)
    except ArchiverError:
        return 0, 0, 1
    return len(manuscript.blocks), len(found.passages), len(manuscript.troubles)


def main() -> None:
    need_corpus()
    parts = sys.argv[1:] or ["a", "b"]
    if "a" in parts:
        part_a()
    if "b" in parts:
        part_b()


if __name__ == "__main__":
    main()
