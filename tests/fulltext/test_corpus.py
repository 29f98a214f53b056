"""Labelled quotations from real pages in many languages: the page that is quoted is among the first few candidates."""

from __future__ import annotations

import json
from hashlib import sha256
from itertools import islice
from pathlib import Path

from archiver.fulltext import Capture, Fulltext, open_index, read

EVERY = 6


def test_every_quotation_leads_to_its_page(shared: Path) -> None:
    corpus = shared / "corpus"
    captures, contents = [], {}
    for number, line in enumerate((corpus / "pages" / "pages.jsonl").read_text("utf-8").splitlines()):
        page = json.loads(line)
        digest = sha256(page["id"].encode()).digest()
        captures.append(Capture(number, page["id"], "2026-01-01T00:00:00Z", page["id"], digest))
        contents[digest] = read([(corpus / page["gold"]).read_text("utf-8")])
    labelled = [json.loads(line) for line in (corpus / "quotes" / "quotes.jsonl").read_text("utf-8").splitlines()]
    wanted = [quote for quote in labelled if quote["label"] != "absent"][::EVERY]
    with Fulltext(open_index(None), None) as index:
        index.add(captures, contents, {})
        lost, first = [], 0
        for quote in wanted:
            found = [
                name
                for candidate in islice(index.passages(quote["quote"]), 3)
                for name in index.captures(candidate.text)
            ]
            if quote["page"] not in found:
                lost.append(quote["id"])
            first += found[:1] == [quote["page"]]
    assert lost == []
    assert first >= 0.98 * len(wanted)
