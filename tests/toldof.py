"""What is told of a quotation in a line, for tables: verdict, each change as ``kind: in quote / in source``, the warnings' codes in brackets."""

from __future__ import annotations

from archiver.match import judge


def told(quote: str, page: str) -> str:
    """Each change must stand where it says that it does."""
    found = judge(quote, page)
    parts = [found.verdict.value]
    for change in found.changes:
        assert quote.startswith(change.in_quote, change.quote_start), change
        assert page.startswith(change.in_source, change.source_start), change
        parts.append(f"{change.kind.value}: {change.in_quote or '-'} / {change.in_source or '-'}")
    parts += [f"({notice.code})" for notice in found.warnings if notice.code != "splice"]
    return "; ".join(parts)


def between_bars(marked: str, put_in: str) -> tuple[str, str]:
    """Quotation and page: what stands between the bars is on the page, ``put_in`` in its place in the quotation."""
    before, replaced, after = marked.split("|")
    return before + put_in + after, before + replaced + after
