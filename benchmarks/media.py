"""Documents of every medium: are known sentences found in them, and does any damaged file do harm?

    python benchmarks/media.py [--corpus ../shared/corpus] [--fuzz 2000] [--seed 1]

Makes files of each medium from gold sentences of real pages in many languages (from the sentences below where the corpus is not there), reads
them under the right media type and under application/octet-stream, and judges every sentence, one altered word of it, and a sentence of another
page. Then reads files with random damage, in the file and inside its members, in a child with a memory limit.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from mediasamples import EVERY, zipped

from archiver import match, texts
from archiver.model import Layer, Reading, Verdict

SENTENCES = (
    "The bridge over the river Lorn will close on the 13th of May for repairs that the county says cannot wait any longer.",
    "“We will not ask the ferrymen to work at night,” said county engineer Ada Voss, “and nobody ever did.”",
    "About 4,200 drivers use the bridge each day, & some of them cross it twice before noon; 1 < 2 > 0.",
    "Die Größe der Brücke beträgt 1.250 Meter, sagte der Bürgermeister am Montag in der Sitzung des Rates.",
    "Мост через реку будет закрыт на ремонт, сообщила администрация района в понедельник вечером.",
    "市议会星期一晚上表示大桥已经关闭，修复工程将持续到明年春天，市民可以乘坐渡轮。",
    "قال رئيس البلدية إن الجسر سيغلق أمام حركة المرور ابتداء من يوم الاثنين المقبل.",
)
LIMIT = 1 << 30
"""Bytes that reading a damaged file may take, with all that is imported."""

LONGEST = 20.0


def paragraphs(corpus: Path, most: int) -> list[list[str]]:
    """Gold sentences by page, or those above as one page."""
    pages = corpus / "pages" / "pages.jsonl"
    if not pages.is_file():
        return [list(SENTENCES)]
    found = []
    for line in pages.read_text("utf-8").splitlines()[:: max(1, 463 // most)]:
        page = json.loads(line)
        gold = [" ".join(part.split()) for part in (corpus / page["gold"]).read_text("utf-8").splitlines()]
        lines = [part for part in gold if len(part) >= 40 and "\x00" not in part and part.isprintable()]
        if lines:
            found.append(lines)
    return [list(SENTENCES), *found]


def altered(sentence: str) -> str | None:
    """The sentence with one long word of it turned round, None where it has none in a script that tells cases."""
    words = sentence.split()
    for at in range(1, len(words) - 1):
        if len(words[at]) > 5 and words[at].isalpha() and words[at].isascii() and words[at] != words[at][::-1]:
            return " ".join([*words[:at], words[at][::-1], *words[at + 1 :]])
    return None


def recall(pages: Sequence[Sequence[str]]) -> bool:
    """Prints for each medium how many sentences hold, how many altered ones are told, and how many of other pages are absent."""
    well = True
    print(f"{'medium':12} {'sentences':>9} {'held':>7} {'altered told':>13} {'absent':>8} {'undecided':>9}  kB/s")
    for name, (make, kind) in EVERY.items():
        counts: Counter[str] = Counter()
        began, size = time.process_time(), 0
        for at, page in enumerate(pages):
            data = make(page)
            size += len(data)
            for declared in (kind, "application/octet-stream"):
                found = texts.read(data, content_type=declared)
                counts["undecided"] += not found.complete
            page_ = match.prepare(found.texts)
            for sentence in page:
                counts["sentences"] += 1
                verdict = match.judge(sentence, page_)
                counts["held"] += bool(verdict.holds)
                if not verdict.holds:
                    print(f"  {name}: {verdict.verdict.value}: {sentence[:100]!r}")
            other = altered(page[0])
            if other is not None:
                counts["altered"] += 1
                counts["told"] += match.judge(other, page_).holds is False
            foreign = pages[at - 1][-1]
            if len(pages) > 1 and foreign not in page:
                counts["foreign"] += 1
                counts["absent"] += match.judge(foreign, page_).verdict is not Verdict.VERBATIM
        speed = size / 1000 / max(0.001, time.process_time() - began)
        print(
            f"{name:12} {counts['sentences']:9} {counts['held']:7} {counts['told']:6} of {counts['altered']:3} "
            f"{counts['absent']:3}/{counts['foreign']:3} {counts['undecided']:9} {speed:6.0f}"
        )
        well &= (
            counts["held"] == counts["sentences"] and counts["told"] == counts["altered"] and not counts["undecided"]
        )
        well &= counts["absent"] == counts["foreign"]
    return well


def damaged(seed: int, count: int) -> Iterator[tuple[str, str, bytes]]:
    """(medium, media type, file) of files with random damage."""
    chance = random.Random(seed)
    makers = list(EVERY.items())
    whole = {name: make(SENTENCES * 3) for name, (make, _) in makers}
    for number in range(count):
        name, (_, kind) = makers[number % len(makers)]
        data = whole[name]
        is_inside = data.startswith(b"PK") and chance.random() < 0.7
        data = _inside(data, chance) if is_inside else _hurt(data, chance)
        yield (
            name,
            kind if chance.random() < 0.7 else chance.choice(["", "application/octet-stream", "text/html", "text/xml"]),
            data,
        )


def _inside(data: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        members: dict[str, str | bytes] = {info.filename: opened.read(info) for info in opened.infolist()}
    name = chance.choice(list(members))
    if chance.random() < 0.15:
        del members[name]
    else:
        content = members[name]
        members[name] = _hurt(content if isinstance(content, bytes) else content.encode(), chance)
    return zipped(members)


_TOKENS = (
    b"<w:p>", b"</w:p>", b"<w:del>", b"</w:tbl>", b"<w:txbxContent>", b"<text:note-body>", b"<![CDATA[", b"]]>",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;",
    b"&#0;", b"\x00", b"\xff\xfe", b'"', b"<rt>", b"<title/>", b"\n\n", b" --> ", b"\\u", b"{", b"]", b"--b\r\n", b"w:id='", b"%2e%2e/",
)  # fmt: skip


def _hurt(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(data) + 1)
        to = min(len(data), at + chance.choice((1, 4, 100, 2000)))
        what = chance.randrange(6)
        if what == 0 and at < len(data):
            data = data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
        elif what == 1:
            data = data[:at] + data[to:]
        elif what == 2:
            data = data[:to] + data[at:to] * chance.choice((1, 2, 50)) + data[to:]
        elif what == 3:
            data = data[:at] + chance.choice(_TOKENS) + data[at:]
        elif what == 4:
            data = data[:at] + chance.randbytes(to - at) + data[to:]
        elif chance.random() < 0.3:
            data = data[:at]
    return data


def fault(found: Reading) -> str | None:
    """What is wrong with a reading, None where nothing is."""
    order = [text.layer for text in found.texts]
    if order != sorted(set(order), key=list(Layer).index):
        return "layers out of order"
    for text in found.texts:
        text.content.encode()
        if not text.content.strip() or text.complete != (not text.why):
            return "an empty or unexplained text"
        if any(not 0 <= place.start < len(text.content) for place in text.places):
            return "a place outside the text"
    if any(not notice.detail or "\n" in notice.detail for notice in found.notices):
        return "a notice that is no sentence"
    return None


def fuzz(seed: int, count: int) -> tuple[list[str], float]:
    """The faults of reading damaged files, and the longest that one took."""
    faults, longest = [], 0.0
    for number, (name, kind, data) in enumerate(damaged(seed, count)):
        began = time.process_time()
        try:
            wrong = fault(texts.read(data, content_type=kind or None))
        except Exception as error:  # noqa: BLE001  # none may come
            wrong = f"{type(error).__name__}: {error}"
        took = time.process_time() - began
        longest = max(longest, took)
        if wrong or took > LONGEST:
            faults.append(f"seed {seed} number {number} {name} as {kind!r}: {wrong or f'{took:.1f} s'}")
    return faults, longest


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "corpus")
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--fuzz", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", action="store_true")
    given = parser.parse_args()
    if given.child:
        resource.setrlimit(resource.RLIMIT_AS, (LIMIT, LIMIT))
        faults, longest = fuzz(given.seed, given.fuzz)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{given.fuzz} damaged files, seed {given.seed}: {len(faults)} faults, the longest {longest:.2f} s, at most {peak} MB"
        )
        print("\n".join(faults))
        sys.exit(1 if faults else 0)
    well = recall(paragraphs(given.corpus, given.pages))
    command = [sys.executable, __file__, "--child", "--fuzz", str(given.fuzz), "--seed", str(given.seed)]
    sys.exit(subprocess.run(command, check=False).returncode or (0 if well else 1))


if __name__ == "__main__":
    main()
