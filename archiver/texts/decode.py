"""Bytes to characters: which charset a page declares, which its bytes speak for, which is used.

Order: byte order mark; bytes that are valid UTF-8 and say so by more than ASCII; the HTTP header; the page's own
declaration; detection. A declaration that the bytes contradict loses, and a notice says so: handed on blindly, declared
Latin-1 turns ``é`` into ``Ã©`` in every quotation.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from archiver.model.notice import Notice
from archiver.model.text import Decoding
from archiver.texts.charsets import characters, name_of
from archiver.texts.detect import detect

PRESCAN_BYTES = 128 * 1024
"""How much of a page is searched for its declaration, up to its body. The standard says 1,024, browsers read on to the end of the head."""

_AT_LEAST = 4096  # though a body begins before: a script may speak of one
_SAMPLE_BYTES = 30_000
_BAD_SHARE = 0.002  # of the characters beyond ASCII: from here on a declaration is not believed
_BAD_SHARE_OF_UTF8 = 0.5  # where UTF-8 is declared: hardly a letter of another charset happens to be a sequence of it
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be"))

_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{1,40})[\"']", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_BODY = re.compile(rb"</head[\s>]|<body[\s>]", re.IGNORECASE)
_META = re.compile(rb"<meta[\s/]((?:[^>\"']|\"[^\"]{0,2000}+\"|'[^']{0,2000}+'){0,500})", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"([^\s\"'>/=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_IN_CONTENT = re.compile(rb"charset\s*=\s*[\"']?\s*([^\s\"';]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters, the charsets, and what is to be said about them. The text has no lone surrogates, and no mark at
    its start."""

    text: str
    decoding: Decoding
    notices: tuple[Notice, ...] = ()


def decode(payload: bytes, content_type: str | None, *, markup: bool = True) -> Decoded:
    """Decode a payload. ``markup``: its own ``<meta>`` and XML declarations count. Never raises.

    Bytes that stand for nothing become U+FFFD, and a notice counts them.
    """
    for bom, name in _BOMS:
        if payload.startswith(bom):
            return _decoded(payload[len(bom) :], name, declared=name, detected=None)
    in_header = _HEADER.search(content_type or "")
    label = in_header[1] if in_header else None
    if name_of(label) is None and markup:
        label = _declared_inside(payload) or label
    declared = name_of(label)
    notices = () if declared or not label else (Notice("unknown-charset", f"the page declares {label[:40]!r}"),)

    if payload.isascii() and declared not in {"iso-2022-jp", "utf-16le", "utf-16be"}:
        return _decoded(payload, declared or "utf-8", declared, None, notices)
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(payload, declared, notices)
    if declared == "utf-8" or declared is None:
        return Decoded(text, Decoding(declared, None if declared else "utf-8", "utf-8"), notices)
    if declared == "iso-2022-jp" and payload.isascii():
        return _decoded(
            payload, declared, declared, None, notices
        )  # which all bytes of it are: that they are UTF-8 too says nothing
    if declared in {"utf-16le", "utf-16be", "iso-2022-jp"} and _fits(payload, declared):
        return _decoded(payload, declared, declared, None, notices)
    return Decoded(text, Decoding(declared, "utf-8", "utf-8"), (*notices, _contradicted(declared, "utf-8")))


def _not_utf8(payload: bytes, declared: str | None, notices: tuple[Notice, ...]) -> Decoded:
    """The charset of bytes that are not valid UTF-8."""
    if declared and _fits(payload, declared):
        return _decoded(payload, declared, declared, None, notices)
    if declared == "utf-8" and _faults(payload, declared) < _BAD_SHARE_OF_UTF8:
        return _decoded(
            payload, declared, declared, None, notices
        )  # put together from several sources, and shown so by browsers
    if _fits(payload, "utf-8"):  # UTF-8 with a few broken bytes: cut, or put together from several sources
        contradiction = () if declared in {None, "utf-8"} else (_contradicted(declared or "", "utf-8"),)
        return _decoded(payload, "utf-8", declared, "utf-8", (*notices, *contradiction))
    detected = detect(payload)
    if declared is None or (detected != declared and _faults(payload, detected) * 4 < _faults(payload, declared)):
        contradiction = (_contradicted(declared, detected),) if declared else ()
        return _decoded(payload, detected, declared, detected, (*notices, *contradiction))
    return _decoded(payload, declared, declared, detected, notices)


def _declared_inside(payload: bytes) -> str | None:
    """The label that a page gives in its first bytes: ``<?xml encoding>`` or ``<meta charset>``, comments left out."""
    head = payload[:PRESCAN_BYTES]
    if (xml := _XML.match(head)) and name_of(label := xml[1].decode("ascii", "replace")):
        return label
    head = _COMMENT.sub(b"", head)
    body = _BODY.search(head)
    for found in _META.finditer(head, 0, max(body.start(), _AT_LEAST) if body else len(head)):
        label = _label_of(found[1])
        if (name := name_of(label)) is not None:
            # It was read as bytes, so it cannot be UTF-16: the standard takes UTF-8 then.
            return "utf-8" if name.startswith("utf-16") else label
    return None


def _label_of(attributes: bytes) -> str | None:
    """The charset that a ``<meta>`` declares: by its own attribute, or in the content of what stands for Content-Type, and nowhere else."""
    named = {
        found[1].lower(): found[2] or found[3] or found[4] or b""
        for found in reversed([*_ATTRIBUTE.finditer(attributes)])
    }
    label = named.get(b"charset")
    if label is None and named.get(b"http-equiv", b"").strip().lower() == b"content-type":
        found = _IN_CONTENT.search(named.get(b"content", b""))
        label = found[1] if found else None
    return None if label is None else label.decode("ascii", "replace").rstrip("/")


def _faults(payload: bytes, name: str) -> float:
    """The share of characters beyond ASCII that the charset has no meaning for, in a sample."""
    text = characters(_sample(payload), name)
    strange = len(re.findall(r"[\x80-\x9f\ufffd]", text))
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return strange / beyond if beyond else 0.0


def _fits(payload: bytes, name: str) -> bool:
    return _faults(payload, name) <= _BAD_SHARE


def _sample(payload: bytes) -> bytes:
    """The start, from where the first byte beyond ASCII stands, and the end."""
    first = re.search(rb"[\x80-\xff]", payload)
    start = max(0, first.start() - 2000) if first else 0
    return payload[start : start + _SAMPLE_BYTES * 4]


def _contradicted(declared: str, used: str) -> Notice:
    return Notice("charset-contradicted", f"the page declares {declared}, its bytes are {used}")


def _decoded(
    payload: bytes, name: str, declared: str | None, detected: str | None, notices: tuple[Notice, ...] = ()
) -> Decoded:
    text = characters(payload, name)
    lost = text.count("\ufffd") - payload.count(b"\xef\xbf\xbd") * (name == "utf-8")
    if lost > 0:
        notices = (*notices, Notice("undecodable-bytes", f"{lost} places hold no {name}; U+FFFD stands there"))
    return Decoded(text, Decoding(declared, detected, name), notices)
