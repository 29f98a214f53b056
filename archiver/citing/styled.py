"""A citation as text, by a style in CSL (https://citationstyles.org/), rendered by citeproc-py.

The official styles are under CC BY-SA and are not part of this program, which brings four small ones of its own: they imitate APA, Chicago, MLA and
the Bluebook for web pages. Any official style can be given as a file.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from lxml import etree

from archiver.bibliography.needs import needing
from archiver.citing.citation import Citation
from archiver.citing.csl import csl_item
from archiver.citing.plain import one_line
from archiver.errors import MISSHAPEN, InputError

OWN_STYLES = ("apa", "chicago", "mla", "bluebook")
_LARGEST = 2 << 20  # bytes of a style
_MOST_STEPS = 200_000  # elements that rendering an entry passes at most, those of macros each time: half a minute
_OF_CITEPROC = (NotImplementedError, OSError, NameError, AssertionError, ArithmeticError)
"""What citeproc-py raises for styles that it was not made for, beside what any reader does; an unset local variable is among them."""
_DOUBLED = re.compile(r"(?<=(?<!\.)\.)\.(?!\.)|(?<=(?<!\.)\.{3})\.(?!\.)|(?<=[!?]”)\.|(?<=[!?]) ?\.(?![.\w])")
_CSL = "{http://purl.org/net/xbiblio/csl}"
_ADDRESSES = {"URL": "\ue000", "archive_location": "\ue001"}
"""What stands for an address until the full stops of the entry are put right: none of its own is one too many."""
_RENDERED = (
    "id",
    "type",
    "title",
    "author",
    "container-title",
    "issued",
    "accessed",
    "URL",
    "page",
    "archive",
    "archive_location",
)


def read_style(name: str) -> bytes:
    """A style by one of the names of `OWN_STYLES`, or by the path of a ``.csl`` file. Raises InputError."""
    if name in OWN_STYLES:
        return (resources.files("archiver.citing") / "styles" / f"{name}.csl").read_bytes()
    path = Path(name)
    shown = one_line(name)[:100]
    try:
        if not path.is_file():
            raise InputError(f"{shown} is neither a style of this program ({', '.join(OWN_STYLES)}) nor a .csl file.")
        if path.stat().st_size > _LARGEST:
            raise InputError(f"{shown} is too long for a style.")
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise InputError(f"The style {shown} cannot be read: {getattr(error, 'strerror', None) or error}.") from error


def styled(citation: Citation, style: bytes) -> str:
    """The entry as the style's bibliography has it, then on lines of their own the quotation, the copy and the record.

    Raises InputError for a style that cannot be used, MissingExtra where the extra ``cite`` is not installed.
    """
    item = {name: value for name, value in csl_item(citation).items() if name in _RENDERED}
    if citation.copy is None:  # an archive that nobody can open is none to a style
        item = {name: value for name, value in item.items() if name not in ("archive", "archive_location")}
    addresses = {name: item[name] for name in _ADDRESSES if name in item}
    entry = render(item | {name: _ADDRESSES[name] for name in addresses}, style)
    for name, address in addresses.items():
        entry = entry.replace(_ADDRESSES[name], address)
    lines = [entry]
    quote = citation.quote
    if quote is not None and quote.warning:
        lines.append(f"WARNING: {quote.warning}.")
    if quote is not None:
        lines.append(f"Quotation: “{quote.words}”")
        lines += [f"Page: {quote.pages}"] if quote.pages else []
        lines += [f"Spoken: {quote.time[0]} to {quote.time[1]}"] if quote.time else []
    if citation.passage:
        lines.append(f"Passage: {citation.passage}")
    if citation.copy is not None:
        made = f", {citation.copy.datetime}" if citation.copy.datetime else ""
        lines.append(f"Public copy: {citation.archived_passage or citation.copy.uri} ({citation.copy.archive}{made})")
    lines.append(f"Record: {citation.record}, captured {citation.captured_at}, SHA-256 {citation.payload_sha256}")
    lines += [f"Note: {part}" for part in citation.provenance]
    first, *rest = (one_line(line) for line in lines)
    return "\n".join([first, *(f"  {line}" for line in rest)])


def render(item: Mapping[str, Any], style: bytes) -> str:
    """One item as an entry of a bibliography, in plain text."""
    with needing("citeproc-py"):
        import citeproc
        from citeproc.formatter import plain
        from citeproc.source.json import CiteProcJSON
    _refuse(style)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of variables and elements that it does not know
            made = citeproc.CitationStylesStyle(io.BytesIO(style), validate=False)
            if not made.has_bibliography():
                raise InputError(
                    "The style has no bibliography (a dependent one names its parent); give an independent style."
                )
            bibliography = citeproc.CitationStylesBibliography(made, CiteProcJSON([dict(item)]), plain)
            bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
            (entry,) = bibliography.bibliography()
    except (*MISSHAPEN, *_OF_CITEPROC, etree.LxmlError) as error:
        raise InputError(
            f"The style cannot be used by citeproc-py ({type(error).__name__}); try another one."
        ) from error
    return _DOUBLED.sub("", _nested(" ".join(str(entry).split())))


def _nested(entry: str) -> str:
    """Single quotation marks within double ones, which citeproc-py leaves undone: a title that quotes, in a style that quotes titles.

    As it is where the marks do not pair: nobody can tell then which of them is within which.
    """
    depth, made = 0, []
    for sign in entry:
        if sign == "”":
            depth -= 1
        if depth < 0:
            return entry
        made.append({"“": "‘", "”": "’"}.get(sign, sign) if depth else sign)
        if sign == "“":
            depth += 1
    return entry if depth else "".join(made)


def _refuse(style: bytes) -> None:
    """A style is XML with no document type, whose root is a style: read without entities before others read it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(style, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError("The style is no XML; give a .csl file.") from error
    if root.tag != f"{_CSL}style" or root.getroottree().docinfo.doctype:
        raise InputError("The file is no CSL style; give a .csl file as the repository of styles has them.")
    _refuse_bombs(root)


def _refuse_bombs(root: etree._Element) -> None:
    """Ten macros that call one another ten times each are ten thousand million words."""
    macros = {str(macro.get("name")): macro for macro in root.iterchildren(f"{_CSL}macro")}
    costs: dict[str, int] = {}

    def cost(element: etree._Element, within: tuple[str, ...]) -> int:
        total = 0
        for part in element.iter(f"{_CSL}*"):
            total += 1
            name = part.get("macro")
            if name is None or name not in macros:
                continue
            if name in within:
                raise InputError(
                    f"The style cannot be used: its macro {one_line(name)[:60]} calls itself; try another one."
                )
            if name not in costs:
                costs[name] = cost(macros[name], (*within, name))
            total += costs[name]
        return total

    try:
        steps = sum(cost(part, ()) for part in root.iterchildren(f"{_CSL}bibliography"))
    except RecursionError as error:
        raise InputError("The style cannot be used: its macros are nested too deep; try another one.") from error
    if steps > _MOST_STEPS:
        raise InputError("The style cannot be used: its macros call one another too often; try another one.")
