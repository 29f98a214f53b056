"""A bibliography's file of any kind, as its works."""

from __future__ import annotations

import codecs
import re

from archiver.bibliography.bib import read_bib
from archiver.bibliography.csljson import read_csl_json
from archiver.bibliography.entry import Entry
from archiver.bibliography.ris import read_ris
from archiver.bibliography.works import Bibliography, Trouble, doubles, shown
from archiver.bibliography.zotero import read_zotero_rdf
from archiver.errors import InputError

MAX_BYTES = 64 << 20
"""Bytes of a file at most."""

_ENDINGS = {
    ".bib": "bib",
    ".bibtex": "bib",
    ".json": "csl-json",
    ".csl": "csl-json",
    ".ris": "ris",
    ".rdf": "zotero-rdf",
    ".xml": "zotero-rdf",
}
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LOOKS = (
    ("bib", re.compile(r"^[^\S\n]*@\w+\s*[{(]", re.MULTILINE)), ("ris", re.compile(r"^TY  -", re.MULTILINE)),
    ("zotero-rdf", re.compile(r"<rdf:RDF")), ("csl-json", re.compile(r"\A\s*[\[{]")),
)  # fmt: skip


def read_bibliography(name: str, data: bytes) -> tuple[Entry, ...]:
    """The works of a ``.bib``, CSL-JSON, RIS or Zotero RDF file, one to each key, in the file's order.

    What cannot be read is left out; `parse_bibliography` says what that is. Raises InputError for a file that is none of these kinds or has
    more than 64 MiB, MissingExtra where the extra ``cite`` is not installed.
    """
    return parse_bibliography(name, data).entries


def parse_bibliography(name: str, data: bytes) -> Bibliography:
    """The works of a file, where each stands, and its faults. Raises as `read_bibliography` does."""
    if len(data) > MAX_BYTES:
        raise InputError(f"{shown(name)} has more than {MAX_BYTES >> 20} MiB; give a bibliography in parts.")
    text, encoding, troubles = _decoded(data)
    kind = _kind(name, text)
    if kind == "bib":
        works, faults = read_bib(text)
    elif kind == "csl-json":
        works, faults = read_csl_json(text)
    elif kind == "ris":
        works, faults = read_ris(text)
    else:
        works, faults = read_zotero_rdf(data, text)
    said = sorted([*faults, *doubles(works)], key=lambda trouble: trouble.line or 0)
    return Bibliography(kind, text, encoding, works, (*troubles, *said))


def _kind(name: str, text: str) -> str:
    known = next((kind for ending, kind in _ENDINGS.items() if name.lower().endswith(ending)), None)
    looks = next((kind for kind, form in _LOOKS if form.search(text, 0, 1 << 16)), None)
    if known is None and looks is None:
        raise InputError(
            f"{shown(name)} is no bibliography that can be read: give a .bib, CSL-JSON (.json), RIS (.ris) or Zotero RDF (.rdf) file."
        )
    return known or looks or ""


def _decoded(data: bytes) -> tuple[str, str, tuple[Trouble, ...]]:
    """The text, its encoding, and what is to be said of it. UTF-8 unless a byte order mark says otherwise or the bytes are none."""
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), encoding, ()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        name = encoding.removesuffix("-sig").upper()
        why = f"The file is not {name} from here on; it is read as Latin-1, so letters with accents may be wrong."
        # latin-1 knows every byte, so that the file can be written again as it was
        return data.decode("latin-1"), "latin-1", (Trouble(why, line),)
