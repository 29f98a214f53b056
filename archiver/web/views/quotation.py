"""``/quotes/{id}``: a quotation with its verdict, what differs, its context, its proof, and its citation in every form."""

from __future__ import annotations

import json
from collections.abc import Iterator

from starlette.responses import Response

from archiver import citing, match
from archiver.archive import Archive
from archiver.errors import ArchiverError
from archiver.model import Quote
from archiver.web.facts import evidence, judgements, source
from archiver.web.facts.citation import MEANINGS
from archiver.web.facts.listing import cited
from archiver.web.facts.marking import part_of, parts_of
from archiver.web.visit import Visit

_NAMES = {
    "text": "Formatted (APA)", "wikipedia": "Wikipedia", "biblatex": "BibLaTeX", "bibtex": "BibTeX", "ris": "RIS (Zotero, EndNote)",
    "csl-json": "CSL-JSON", "markdown": "Markdown", "html": "HTML (Robust Link)",
}  # fmt: skip


def show(visit: Visit) -> Response:
    """One quotation."""
    with visit.desk.reading() as archive:
        quote = archive.find_quote(visit.path("id"))
        (item,) = cited(archive, [quote])
        rows = match.to_rows(judgements.laid_out(quote))
        return visit.render(
            "quotation.html",
            title=f"{item.state.word}: {quote.text}",
            item=item,
            quote=quote,
            judged=quote.judged,
            meaning=MEANINGS.get(quote.verdict, ""),
            first=quote.judged["matches"][0] if quote.judged["matches"] else None,
            rows=rows,
            changes=judgements.sentences(quote),
            key=source.key_or_none(quote.url),
            part=_part(archive, quote),
            proof=evidence.of_leaf(archive, quote.leaf),
            forms=list(_forms(archive, quote)),
        )


def _part(archive: Archive, quote: Quote) -> int:
    """The part of its text in which a quotation begins; 1 where it cannot be told."""
    matches, layer = quote.judged["matches"], quote.judged["layer"]
    if not matches or not matches[0]["spans"]:
        return 1
    try:
        texts = archive.texts(archive.catalogue.snapshot(quote.snapshot))
    except ArchiverError:
        return 1
    content = next((text.content for text in texts if text.layer == layer), "")
    return part_of(matches[0]["spans"][0]["start"], parts_of(content))


def _forms(archive: Archive, quote: Quote) -> Iterator[tuple[str, str, bool]]:
    """(name, citation or why there is none, whether there is one) in each form."""
    try:
        citation = citing.cite(archive, quote.id)
    except ArchiverError as error:
        yield "Citation", str(error), False
        return
    for form, name in _NAMES.items():
        try:
            made = citing.formatted(citation, form, citing.read_style(citing.OWN_STYLES[0]) if form == "text" else b"")
        except ArchiverError as error:
            yield name, str(error), False
            continue
        yield name, made if isinstance(made, str) else json.dumps(made, ensure_ascii=False, indent=2), True
