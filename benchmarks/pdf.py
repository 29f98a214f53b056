"""How many gold sentences of papers the PDF reader holds: ``python benchmarks/pdf.py [--pdfs FOLDER] [--misses N]``.

The corpus has the gold text of 14 papers and what other tools drew from them, but not the papers. Where FOLDER has ``<paper>.pdf``, the paper is
read as `archiver` reads it (group ``read``). Of the others only PDFium's recorded output is at hand; what can be done with text alone (hyphens
healed) is done to it, which is a floor: reading order, accents and the signs of fonts are the reader's work (group ``recorded``).

A sentence counts as found where its characters stand in the text in a row, white space and hyphens aside, case, quotes and compatibility forms
folded. The gold was made from the output of another tool: it has that tool's misreadings of signs (``6=`` for ≠, ``7→`` for ↦), which are put
right, and its order of what is raised and lowered in formulas, which cannot be. So sentences without formulas are counted by themselves.
"""

from __future__ import annotations

import argparse
import re
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archiver.texts.pdf import document

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus" / "pdf" / "benchmarks"
LEAST = 40
"""Characters of a sentence, white space aside."""

_FORMULA = re.compile(
    r"[=<>^_|{}\u0300-\u036f′″‖⟨⟩〈〉■×·∘◦√←-⇿∀-⋿α-ωΑ-Ω\ue000-\uf8ff\U0001d400-\U0001d7ff]|\b[a-zA-Z]\d\b|\d=|\\"
)
_FAULTS_OF_THE_GOLD = {"6=": "≠", "7→": "↦", "〈": "⟨", "〉": "⟩", "↪→": "↪", ",→": "↪"}
_QUOTES = dict.fromkeys(map(ord, "’‘‚‛`´“”„\"'"), "'")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ\"“(\[])")
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: which group it is in, its gold sentences, and those that are not found."""

    name: str
    group: str
    sentences: tuple[str, ...]
    missed: tuple[str, ...]
    pages: int = 0
    seconds: float = 0.0

    def share(self, *, prose: bool) -> tuple[int, int]:
        """Found, and all, of the sentences (without formulas where ``prose``)."""
        counted = [sentence for sentence in self.sentences if not (prose and _FORMULA.search(sentence))]
        missed = [sentence for sentence in self.missed if not (prose and _FORMULA.search(sentence))]
        return len(counted) - len(missed), len(counted)


def folded(text: str) -> str:
    """What is compared of a text."""
    for wrong, right in _FAULTS_OF_THE_GOLD.items():
        text = text.replace(wrong, right)
    text = unicodedata.normalize("NFKC", text).casefold().translate(_QUOTES)
    return re.sub(r"[\s\u00ad\ufffe‐‑‒–—―−-]+", "", text)


def sentences(gold: str) -> Iterator[str]:
    for paragraph in _PARAGRAPH.split(gold):
        for sentence in _SENTENCE.split(paragraph.strip()):
            if len(re.sub(r"\s", "", sentence)) >= LEAST:
                yield sentence


def measured(gold: Path, pdfs: Path | None) -> Paper:
    """One paper, read from its PDF where there is one."""
    wanted = tuple(sentences(gold.read_text()))
    file = pdfs / f"{gold.stem}.pdf" if pdfs else None
    if file is not None and file.is_file():
        begun = time.process_time()
        read = document.read(file.read_bytes())
        seconds, text, group, pages = time.process_time() - begun, read["content"], "read", read["pages"]
    else:
        seconds, text, group, pages = 0.0, (CORPUS / "pdfium" / gold.name).read_text(), "recorded", 0
    found = folded(text)
    missed = tuple(sentence for sentence in wanted if folded(sentence) not in found)
    return Paper(gold.stem, group, wanted, missed, pages, seconds)


def other_tool(name: str) -> tuple[int, int]:
    """The same count for a tool whose output is in the corpus."""
    found = count = 0
    for gold in sorted((CORPUS / "ground-truth").glob("*.txt")):
        text = folded((CORPUS / name / gold.name).read_text())
        wanted = list(sentences(gold.read_text()))
        found, count = found + sum(folded(sentence) in text for sentence in wanted), count + len(wanted)
    return found, count


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pdfs", type=Path, help="folder with the papers themselves, <paper>.pdf")
    options.add_argument("--misses", type=int, default=0, help="how many missed sentences of each paper to print")
    given = options.parse_args()
    papers = [measured(gold, given.pdfs) for gold in sorted((CORPUS / "ground-truth").glob("*.txt"))]
    for group in ("read", "recorded"):
        some = [paper for paper in papers if paper.group == group]
        if not some:
            continue
        print(f"\n{group}: {len(some)} papers")
        for paper in some:
            print(
                f"  {paper.name:<14} {_line(paper)}"
                + (f"  {paper.pages / paper.seconds:.0f} pages/s" if paper.pages else "")
            )
            for sentence in paper.missed[: given.misses]:
                print(f"      {' '.join(sentence.split())[:150]}")
        for prose in (False, True):
            print(
                f"  {'without formulas' if prose else 'all':<17} {_percent(*map(sum, zip(*(p.share(prose=prose) for p in some), strict=True)))}"
            )
    print("\nother tools, all papers")
    for tool in ("pdfium", "pdftotext", "pdfminer", "pypdf"):
        print(f"  {tool:<14} {_percent(*other_tool(tool))}")


def _line(paper: Paper) -> str:
    return f"{_percent(*paper.share(prose=False))}, without formulas {_percent(*paper.share(prose=True))}"


def _percent(found: int, count: int) -> str:
    return f"{100 * found / max(1, count):6.2f} % of {count}"


if __name__ == "__main__":
    main()
