"""Quotations and their sources in manuscripts of which the truth is known, in six formats.

    python benchmarks/pairing.py [--manuscripts 60] [--seed 1] [--show FORMAT]

Manuscripts are written from a seed (`writing`, `patterns`), with sentences of corpus pages as quotations: some true, some altered or
elided, some without a source; sources without a quotation, words and titles in quotation marks, nested quotations, quotations across
paragraphs; inline links, links behind, footnotes, footnotes with two sources, keys with a bibliography, block quotes, "ibid." - and
rendered in each format (`renderings`). Printed are, for each format: precision (of the quotations that are said to have a source, those
with exactly their own), recall (of those that have one, those that got exactly that), how many quotations were found at all, words and
titles that would be judged, in how many manuscripts the report is that of the Markdown, and how many quotations of each form are right. The
command ends with 1 where precision or
recall is below 98 %, or a report differs.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bench import ARCHIVER, CORPUS, need_corpus, row, run
from patterns import ALL, Pattern, write
from renderings import FORMATS, UNFIT
from writing import Author, Written

from archiver.archive import Archive
from archiver.manuscripts import plan_check, read_manuscript
from archiver.manuscripts.sourcing.keys import collect_works

__all__ = ["Pattern", "Said", "count", "manuscripts", "measure", "report"]

WANTED = 0.98
_SENTENCE = re.compile(r"[^.!?。！？\n]{25,220}[.!?。！？](?=\s|\Z|[^\s\w])")
_MARKS = re.compile("[“”\"„«»‹›「」『』《》‚‘`]|(?<!\\w)['’]|['’](?!\\w)")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Said:
    """What is reported of one quotation."""

    text: str
    urls: frozenset[str]
    judged: bool


def folded(text: str) -> str:
    """Words as formats may change them: spaces, and the shapes of marks."""
    return _SPACES.sub(" ", re.sub("[“”„«»‘’‚‹›\"'「」『』]", "'", text)).strip()


def sentences(languages: tuple[str, ...]) -> dict[str, list[tuple[str, str]]]:
    """(sentence, address of its page) by language, from gold texts."""
    found: dict[str, list[tuple[str, str]]] = {language: [] for language in languages}
    for line in (CORPUS / "pages/pages.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        url = one.get("url", f"https://example.org/{one['id']}")  # of old pages the address is not known
        if one["lang"] not in found or any(sign in url for sign in "|{}<>[]\\ ()"):
            continue
        for sentence in _SENTENCE.findall((CORPUS / one["gold"]).read_text("utf-8")):
            words = sentence.strip()
            enough = len(words.split()) >= 6 or (one["lang"] == "zh" and len(words) > 12)
            if enough and words[0].isalnum() and not _MARKS.search(words) and not any(sign in words for sign in UNFIT):
                found[one["lang"]].append((words, url))
    return found


def changed(text: str, chance: random.Random) -> str:
    """The quotation as somebody gives it: true, with a word changed or left out, with an omission marked; mostly without its full stop."""
    if chance.random() < 0.7:
        text = text.rstrip(".。")
    words = text.split(" ")
    kind = chance.randrange(4)
    if kind == 1 and len(words) > 8:
        words[3] = words[5]
    elif kind == 2 and len(words) > 9:
        words[3:5] = [chance.choice(("[…]", "…", "[...]"))]
    return " ".join(words)


def manuscripts(count: int, seed: int, length: int) -> list[Written]:
    languages = ("en", "de", "fr", "es", "zh")
    known = sentences(languages)
    made = []
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")
        language = chance.choices(languages, (10, 4, 2, 2, 1))[0]
        pool = chance.sample(known[language], min(len(known[language]), 200))
        used: set[str] = set()

        def take(
            pool: list[tuple[str, str]] = pool, used: set[str] = used, chance: random.Random = chance
        ) -> tuple[str, str]:
            while True:
                text, url = pool.pop(0)
                if url not in used or len(pool) < 60:  # a source is another quotation's too only where there are few
                    used.add(url)
                    pool.append((text, url))
                    return changed(text, chance), url

        author = Author(chance.randrange(1 << 30), language, take, keys=chance.random() < 0.6)
        write(author, length)
        made.append(author.out)
    return made


def report(written: Written, form: str, folder: Path, archive: Archive) -> list[Said]:
    """What is found in the manuscript in one format."""
    files = FORMATS[form](written)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    name = next(iter(files))
    manuscript = read_manuscript(name, files[name])
    works = collect_works(manuscript, folder, ())
    plan = plan_check(archive, name, manuscript, works)
    return [
        Said(
            folded(one.pair.passage.text),
            frozenset(cited.url for cited in one.cited if cited.url),
            bool(one.judged_against),
        )
        for one in plan.quotations
    ]


def count(written: Written, said: list[Said], show: bool) -> Counter[str]:
    """How what was said agrees with the truth; each quotation is told at most once."""
    sums: Counter[str] = Counter()
    left = list(said)
    for truth in written.truths:
        words = folded(truth.text)
        one = next((one for one in left if one.text.rstrip(" ,") == words.rstrip(" ,")), None)
        if one is not None:
            left.remove(one)
        if truth.aside:
            sums["asides"] += 1
            sums["asides judged"] += bool(one and one.judged)
            continue
        sums["quotations"] += 1
        sums[f"of {truth.form}"] += 1
        sums["found"] += one is not None
        right = one is not None and one.urls == truth.urls
        sums[f"right {truth.form}"] += right
        if truth.urls:
            sums["with a source"] += 1
            sums["got it"] += right
        if one is not None and one.urls:
            sums["said"] += 1
            sums["said rightly"] += right
        if show and not right:
            print(f"    {words[:90]!r}\n      is {sorted(truth.urls)}\n      said {sorted(one.urls) if one else None}")
    more = [one for one in left if one.judged]
    sums["said"] += len(more)
    sums["too many"] += len(more)
    if show:
        for one in more:
            print(f"    too many: {one.text[:90]!r} {sorted(one.urls)}")
    return sums


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--manuscripts", type=int, default=60)
    parser.add_argument("--length", type=int, default=12, help="patterns in each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", choices=FORMATS, help="print what went wrong in a format")
    arguments = parser.parse_args()
    need_corpus()
    made = manuscripts(arguments.manuscripts, arguments.seed, arguments.length)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "archive"  # an empty one: what is planned to be judged is asked, and nothing is captured
        assert run([*ARCHIVER, "init", str(path)], ARCHIVER_CONFIG=str(Path(name) / "keys")).code == 0
        with Archive.open(path, read_only=True) as archive:
            return measure(made, archive, arguments.show)


def measure(made: list[Written], archive: Archive, show: str | None) -> int:
    """Prints the table; 0 where all is as it should be."""
    good = True
    reports: dict[str, list[list[Said]]] = {}
    forms: dict[str, Counter[str]] = {}
    row(
        "format",
        "pairs",
        "precision",
        "recall",
        "found",
        "asides judged",
        "too many",
        "same report as Markdown",
        "ms a manuscript",
    )
    for form in FORMATS:
        sums: Counter[str] = Counter()
        reports[form] = []
        began = time.process_time()
        for written in made:
            with tempfile.TemporaryDirectory() as name:
                reports[form].append(report(written, form, Path(name), archive))
        took = (time.process_time() - began) / len(made)
        for number, (written, said) in enumerate(zip(made, reports[form], strict=True)):
            if show == form:
                print(f"  manuscript {number} ({written.language})")
            sums += count(written, said, show == form)
        forms[form] = sums
        precision, recall = sums["said rightly"] / max(sums["said"], 1), sums["got it"] / max(sums["with a source"], 1)
        same = sum(one == other for one, other in zip(reports[form], reports["markdown"], strict=True))
        good = good and min(precision, recall) >= WANTED and same == len(made)
        found = f"{sums['found']} of {sums['quotations']}"
        asides = f"{sums['asides judged']} of {sums['asides']}"
        row(
            form,
            sums["with a source"],
            f"{precision:.2%}",
            f"{recall:.2%}",
            found,
            asides,
            sums["too many"],
            f"{same} of {len(made)}",
            f"{took * 1000:.0f}",
        )
    print()
    row("quotations by their form, right of all", *FORMATS)
    for pattern in ALL:
        name = pattern.__name__
        if any(sums[f"of {name}"] for sums in forms.values()):
            row(name, *(f"{forms[form][f'right {name}']} of {forms[form][f'of {name}']}" for form in FORMATS))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
