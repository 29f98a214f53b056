"""BibTeX and biblatex entries.

``note`` is printed by every style and says where the copy is, what its digest is and what is not as it should be; ``annotation`` (biblatex) and
``annote`` (BibTeX) hold the quotation and are printed by annotating styles only. ``archiveurl``, ``archivedate`` and ``archivesha256`` are for
programs: BibTeX passes over fields that a style does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archiver.citing.citation import Citation
from archiver.citing.csl import key_of
from archiver.citing.people import csl_name
from archiver.citing.plain import date_parts, iso_date, one_line

_SPECIAL = {
    "\\": r"\textbackslash{}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "\N{NO-BREAK SPACE}": " ",
}  # fmt: skip
_LIGATURES = re.compile(r"(?<=-)-|(?<=`)`|(?<=')'|(?<=[?!])`|(?<=,),")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def bibtex(citation: Citation) -> str:
    """A ``@misc`` entry, as classic BibTeX styles print web pages."""
    fields = list(_common(citation))
    parts = date_parts(citation.published)
    if parts:
        fields.append(("year", f"{{{parts[0]:04}}}"))
    if len(parts) > 1:
        fields.append(("month", _MONTHS[parts[1] - 1]))
    if citation.site:
        fields.append(("organization", f"{{{escaped(citation.site)}}}"))
    if citation.url:
        # the oldest styles print the one, those that came later the other
        fields.append(("howpublished", f"{{\\url{{{address(citation.url)}}}}}"))
        fields.append(("url", f"{{{address(citation.url)}}}"))
    return _entry("misc", citation, [*fields, *_proof(citation, "annote")])


def biblatex(citation: Citation) -> str:
    """An ``@online`` entry (``@misc`` for a file that is from no address)."""
    fields = list(_common(citation))
    if citation.published and iso_date(citation.published):
        fields.append(("date", f"{{{iso_date(citation.published)}}}"))
    if citation.site:
        fields.append(("organization", f"{{{escaped(citation.site)}}}"))
    if citation.language:
        fields.append(("language", f"{{{escaped(citation.language)}}}"))
    if citation.url:
        fields += [("url", f"{{{address(citation.url)}}}"), ("urldate", f"{{{citation.accessed}}}")]
    return _entry("online" if citation.url else "misc", citation, [*fields, *_proof(citation, "annotation")])


def _common(citation: Citation) -> Iterator[tuple[str, str]]:
    names = [_name(name) for name in citation.authors if one_line(name)]
    if names:
        yield "author", f"{{{' and '.join(names)}}}"
    # twice in braces, so that no style changes its capitals
    yield "title", f"{{{{{escaped(citation.heading)}}}}}"
    quote = citation.quote
    if quote is not None and quote.page:
        yield "pages", f"{{{'--'.join(escaped(page) for page in (quote.page, quote.last_page) if page)}}}"


def _proof(citation: Citation, annotation: str) -> Iterator[tuple[str, str]]:
    note = [escaped(part) for part in citation.statements()]
    if citation.copy is not None:
        # the address within the sentence is set as one
        note = [part.replace(escaped(citation.copy.uri), f"\\url{{{address(citation.copy.uri)}}}") for part in note]
        yield "archiveurl", f"{{{address(citation.copy.uri)}}}"
    yield "archivedate", f"{{{_archived_on(citation)}}}"
    yield "archivesha256", f"{{{citation.payload_sha256}}}"
    yield "archivesnapshot", f"{{{citation.snapshot}}}"
    if citation.passage:
        yield "passageurl", f"{{{address(citation.passage)}}}"
    yield "note", f"{{{' '.join(note)}}}"
    if citation.quote is not None:
        yield annotation, f"{{{escaped(f'Quotation ({citation.quote.verdict}): “{citation.quote.words}”')}}}"


def _archived_on(citation: Citation) -> str:
    return iso_date(citation.copy.datetime) if citation.copy and iso_date(citation.copy.datetime) else citation.accessed


def _entry(kind: str, citation: Citation, fields: list[tuple[str, str]]) -> str:
    width = max(len(name) for name, _ in fields)
    lines = [f"  {name:<{width}} = {value}," for name, value in fields]
    return "\n".join([f"@{kind}{{{key_of(citation)},", *lines, "}"])


def _name(name: str) -> str:
    parts = csl_name(name)
    if "literal" in parts:
        return f"{{{escaped(parts['literal'])}}}"
    von = f"{parts['non-dropping-particle']} " if "non-dropping-particle" in parts else ""
    suffix = f"{escaped(parts['suffix'])}, " if "suffix" in parts else ""
    return f"{escaped(von)}{' ' if von else ''}{escaped(parts['family'])}, {suffix}{escaped(parts['given'])}"


def escaped(words: str) -> str:
    """Text as LaTeX sets it: no macro, no group, no comment, no ligature can come of it.

    BibTeX counts braces even where they are escaped, so that ``\\{`` is for those that have a partner.
    """
    words = _LIGATURES.sub(lambda found: f"\0{found[0]}", one_line(words))
    left, right = (r"\{", r"\}") if _balanced(words) else (r"\lbrace{}", r"\rbrace{}")
    signs = _SPECIAL | {"{": left, "}": right, "\0": "{}"}
    return "".join(signs.get(sign, sign) for sign in words)


def _balanced(words: str) -> bool:
    depth = 0
    for sign in words:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def address(url: str) -> str:
    """An address as a field holds it: BibTeX counts braces, and LaTeX reads a backslash, wherever they stand."""
    return "".join(f"%{ord(sign):02X}" if sign in '{}\\^`|"<> ' else sign for sign in url)
