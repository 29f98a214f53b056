"""HTML with Robust Links (https://robustlinks.mementoweb.org/spec/): the link says itself where the copy is and when it was made."""

from __future__ import annotations

from html import escape

from archiver.citing.citation import Citation
from archiver.citing.plain import iso_date, long_date, one_line


def html(citation: Citation) -> str:
    """A fragment of HTML, without styles and scripts."""
    quote = citation.quote
    lines = []
    if quote is not None:
        source = f' cite="{_attribute(citation.reading_address)}"' if citation.reading_address else ""
        lines += ['<figure class="archiver-citation">']
        if quote.warning:
            lines.append(f'<p role="alert"><strong>WARNING: {_text(quote.warning)}.</strong></p>')
        lines += [
            f"<blockquote{source}><p>{_text(quote.text)}</p></blockquote>",
            f"<figcaption>{_source(citation)}</figcaption>",
            "</figure>",
        ]
    else:
        lines.append(f'<p class="archiver-citation">{_source(citation)}</p>')
    return "\n".join(lines)


def _source(citation: Citation) -> str:
    quote = citation.quote
    parts = [_text(name) for name in citation.authors] + [_link(citation)]
    if citation.site:
        parts.append(f"<cite>{_text(citation.site)}</cite>")
    if long_date(citation.published):
        parts.append(f'<time datetime="{iso_date(citation.published)}">{long_date(citation.published)}</time>')
    if quote is not None and quote.pages_in_words:
        parts.append(_text(quote.pages_in_words))
    if quote is not None and quote.time:
        parts.append(f"{_text(quote.time[0])}–{_text(quote.time[1])}")
    archived = "No public copy is known."
    if citation.copy is not None:
        address = _attribute(citation.archived_passage or citation.copy.uri)
        when = f", {long_date(citation.copy.datetime)}" if long_date(citation.copy.datetime) else ""
        archived = f'<a href="{address}">Archived</a> by {_text(citation.copy.archive)}{when}.'
    record = (
        f'Captured <time datetime="{_attribute(citation.captured_at)}">{_text(citation.captured_at)}</time>, SHA-256 '
        f"<code>{_text(citation.payload_sha256)}</code>, <code>{_text(citation.snapshot)}</code> in <code>{_text(citation.archive)}</code>."
    )
    said = [f"<strong>{_text(part[:1].upper() + part[1:])}.</strong>" for part in citation.provenance]
    return " ".join([f"{', '.join(parts)}.", archived, record, *said])


def _link(citation: Citation) -> str:
    title = _text(citation.heading)
    if citation.url is None or citation.reading_address is None:
        return f"<cite>{title}</cite>"
    moment = citation.copy.datetime if citation.copy is not None and citation.copy.datetime else citation.captured_at
    attributes = [("href", citation.reading_address), ("data-originalurl", citation.url)]
    if citation.copy is not None:
        attributes.append(("data-versionurl", citation.copy.uri))
    attributes.append(("data-versiondate", moment))
    return f"<a {' '.join(f'{name}={chr(34)}{_attribute(value)}{chr(34)}' for name, value in attributes)}>{title}</a>"


def _text(words: str) -> str:
    return escape(one_line(words))


def _attribute(words: str | None) -> str:
    return escape(one_line(words or ""), quote=True)
