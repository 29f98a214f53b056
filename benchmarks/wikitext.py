"""Every ``quote=`` of real Wikipedia articles: is it found, with its address? Counted against mwparserfromhell, which shares no line with our reader.

    python benchmarks/wikitext.py ../shared/corpus/manuscripts/goodwiki

Prints a line for each article and the sum, and ends with 1 where a quotation or its address is missed. Letters and digits are compared; markup,
punctuation and templates inside a quotation are not.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from pathlib import Path

import mwparserfromhell

from archiver.manuscripts.document import BlockKind, Quoted
from archiver.manuscripts.formats.wikitext import reader as wikitext

_CUT = "\N{SNOWMAN}"
_LETTERS = re.compile(r"[\W_]+")


def letters(words: str) -> str:
    return _LETTERS.sub("", words).lower()


def truth(source: str) -> list[tuple[tuple[str, ...], str]]:
    """(letters of the pieces of the quotation, between templates and formulas, address) of each template with both ``quote=`` and a title."""
    found = []
    for template in mwparserfromhell.parse(source).filter_templates():
        if not template.has("quote", ignore_empty=True) or not template.has("title", ignore_empty=True):
            continue
        quote = template.get("quote").value
        for inner in [*quote.filter_templates(recursive=quote.RECURSE_OTHERS), *quote.filter_tags()]:
            if (not hasattr(inner, "tag") or inner.tag in ("ref", "math", "nowiki")) and quote.contains(inner):
                quote.replace(inner, _CUT)
        url = str(template.get("url").value).strip() if template.has("url", ignore_empty=True) else ""
        found.append((tuple(map(letters, quote.strip_code().split(_CUT))), url))
    return found


def is_whole(pieces: tuple[str, ...], text: str) -> bool:
    """Whether a quotation consists of the pieces in their order, with nothing before, behind or, where nothing was cut, between them."""
    if len(pieces) == 1:
        return text == pieces[0]
    return re.fullmatch(".{0,80}".join(map(re.escape, pieces)), text) is not None


def told(source: bytes) -> list[tuple[str, str]]:
    """What our reader says: quotations by the markup's word, and those that are set off, without the line that names their author."""
    found = []
    for block in wikitext.read(source, "x").blocks:
        found += [
            (letters(block.text[mark.start : mark.end]), mark.url or "")
            for mark in block.marks
            if isinstance(mark, Quoted)
        ]
        if block.kind is BlockKind.QUOTE:
            found.append((letters(block.text.partition("\n—")[0]), block.source or ""))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="print what was missed")
    arguments = parser.parse_args()
    sums: Counter[str] = Counter()
    for path in sorted(arguments.folder.glob("*.wikitext")):
        data = path.read_bytes()
        began = time.process_time()
        ours = told(data)
        took = time.process_time() - began
        row: Counter[str] = Counter(seconds_thousandth=round(took * 1000))
        for pieces, url in truth(data.decode()):
            row["quotations"] += 1
            held = [address for text, address in ours if is_whole(pieces, text)]
            row["found"] += bool(held)
            if url:
                row["with an address"] += 1
                row["with their address"] += url in held
            if arguments.show and (not held or (url and url not in held)):
                print("  missed", pieces, url, held)
        sums.update(row)
        print(f"{path.name}: {dict(row)}")
    print(f"all: {dict(sums)}")
    return 0 if sums["found"] == sums["quotations"] and sums["with their address"] == sums["with an address"] else 1


if __name__ == "__main__":
    sys.exit(main())
