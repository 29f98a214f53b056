"""Links of a manuscript that are dead or have moved, and what could stand in their place, by what the archive last saw of each.

A link has moved where the server said so for good (301, 308), and the page that answers is one; its new address is the last that was given for
good. It is dead where the server says that there is no such page; a public copy of it stands in its place, where the archive knows one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from archiver import urls
from archiver.archive import Archive
from archiver.capture import is_gone
from archiver.errors import InputError
from archiver.manuscripts.annotating.textfiles import FORMATS, Encoded
from archiver.manuscripts.copies import public_copy
from archiver.manuscripts.document import Link, Manuscript, Quoted
from archiver.manuscripts.readers import read_manuscript
from archiver.model import Snapshot
from archiver.quoting import not_the_page

_FOR_GOOD = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class LinkFix:
    """A link, what should stand in its place (None: nothing is known), and why, in a clause."""

    url: str
    replacement: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """The file with links replaced, the fixes that were made, and those that could not be, each with its reason."""

    data: bytes
    made: tuple[LinkFix, ...]
    left: tuple[LinkFix, ...]


def links_of(manuscript: Manuscript) -> tuple[str, ...]:
    """The addresses of web pages that the manuscript names, each once, in the order of the text."""
    found: dict[str, None] = {}
    for block in manuscript.blocks:
        named = [
            mark.url for mark in block.marks if isinstance(mark, Quoted) or (isinstance(mark, Link) and not mark.copy)
        ]
        for url in (*named, block.source):
            if url is not None and _is_page(url):
                found[url] = None
    return tuple(found)


def known_links(archive: Archive, links: Iterable[str]) -> dict[str, Snapshot]:
    """The newest look at each link that this archive took itself."""
    found = {}
    for url in links:
        fetched = [one for one in archive.catalogue.snapshots_of(urls.page_key(url)) if one.origin is None]
        if fetched:
            found[url] = fetched[-1]
    return found


def fixes(archive: Archive, known: dict[str, Snapshot]) -> list[LinkFix]:
    """What is amiss with the links that are known; nothing for those that answer where they are. Raises DamagedArchive."""
    found = (_fix(archive, url, snapshot) for url, snapshot in known.items())
    return [one for one in found if one is not None]


def _fix(archive: Archive, url: str, snapshot: Snapshot) -> LinkFix | None:
    if is_gone(snapshot):
        seen = f"gone: {not_the_page(snapshot) or 'there is no such page'} ({snapshot.captured_at})"
        copies = [copy for one in _others(archive, url) if (copy := public_copy(archive, one)) is not None]
        if not copies:
            return LinkFix(
                url, None, f"{seen}; no public copy is known here (`archiver snapshot --memento` looks for one)"
            )
        return LinkFix(url, copies[-1], f"{seen}; a public copy")
    if not snapshot.bears_verdicts:
        return None  # a wall or a failure says nothing about where the page is
    _, capture = archive.attested(snapshot)
    moved = _moved_to(url, capture.get("hops"))
    return LinkFix(url, moved, f"moved for good ({snapshot.captured_at})") if moved is not None else None


def _others(archive: Archive, url: str) -> list[Snapshot]:
    """Snapshots of the page that show it, oldest first: a copy of an error page is of no use."""
    return [one for one in archive.catalogue.snapshots_of(urls.page_key(url)) if one.bears_verdicts]


def _moved_to(url: str, hops: object) -> str | None:
    """The last address that the chain of redirects gave for good; None where it gave none, or led to the front page only."""
    if not isinstance(hops, list):
        return None
    target = None
    for hop, following in pairwise(hops):
        if not isinstance(hop, dict) or not isinstance(following, dict) or hop.get("status") not in _FOR_GOOD:
            break
        target = following.get("url")
    if not isinstance(target, str) or not _is_page(target):
        return None
    old, new = urls.parse_page(url), urls.parse_page(target)
    if new.target == "/" and old.target != "/":
        return None  # many sites send what they have no longer to the front page
    if new.href == old.href:
        return None
    return f"{new.href}#{new.fragment or old.fragment}" if new.fragment or old.fragment else new.href


def _is_page(url: str) -> bool:
    try:
        urls.parse_page(url)
    except InputError:
        return False
    return True


_WRITTEN: dict[str, Callable[[str], str]] = {
    "markdown": lambda url: url.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E"),
    "html": lambda url: escape(url),
    "wikitext": lambda url: "".join(f"%{ord(sign):02X}" if sign in "|[]{}<>\"'" else sign for sign in url),
    "plain": lambda url: url,
    "latex": lambda url: re.sub(r"(?<!\\)([%#])", r"\\\1", url),
}


def replace_links(data: bytes, name: str, manuscript: Manuscript, wished: Sequence[LinkFix]) -> Fixed:
    """The file with each link replaced where it is written as it is read; every other byte stays. Raises InputError.

    A link whose replacement would make the text read otherwise than by that link is left.
    """
    if manuscript.format not in FORMATS:
        raise InputError(
            f"Links in {manuscript.format} files are not replaced; change them in the program that wrote {name}."
        )
    encoded = Encoded.of(data, name)
    text = encoded.text
    made: list[LinkFix] = []
    left: list[LinkFix] = []
    before = manuscript
    for fix in wished:
        if fix.replacement is None:
            left.append(fix)
            continue
        changed = _replaced(text, fix.url, _WRITTEN[manuscript.format](fix.replacement))
        if changed == text:
            left.append(LinkFix(fix.url, fix.replacement, f"{fix.why}; it is not written so in the file"))
            continue
        after = read_manuscript(name, encoded.bom + changed.encode(encoded.codec, "replace"))
        if not _same_but(before, after, fix):
            left.append(LinkFix(fix.url, fix.replacement, f"{fix.why}; with it the text would read otherwise"))
            continue
        text, before = changed, after
        made.append(fix)
    return Fixed(encoded.bom + text.encode(encoded.codec), tuple(made), tuple(left))


_LONGER = r"[.,;:!?']*[\w/=&%#~+@$*\\-]"
"""What stands behind an address that goes on; a stop or comma before a blank belongs to the sentence."""


_WITHIN = re.compile(r"https?://[^\s\"'<>|\[\]{}()]*\Z", re.IGNORECASE)
"""What stands before an address that is the end of another, such as a public copy's."""

_LONGEST = 2000


def _replaced(text: str, url: str, new: str) -> str:
    """Each place where the address is written whole: not the beginning of a longer one, nor the end of another, as in a public copy's."""
    forms = {url, escape(url, quote=False), re.sub(r"([%#&_])", r"\\\1", url)}
    either = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))

    def one(found: re.Match[str]) -> str:
        before = text[max(found.start() - _LONGEST, 0) : found.start()]
        return found[0] if _WITHIN.search(before) else new

    return re.sub(rf"(?<!\w)(?:{either})(?!{_LONGER})", one, text)


def _same_but(before: Manuscript, after: Manuscript, fix: LinkFix) -> bool:
    """Whether the two read alike, but for the link."""
    if len(before.blocks) != len(after.blocks) or fix.url in links_of(after):
        return False
    return all(
        one.kind is other.kind
        and one.note == other.note
        and _without_addresses(one.text) == _without_addresses(other.text)
        for one, other in zip(before.blocks, after.blocks, strict=True)
    )


def _without_addresses(text: str) -> str:
    return re.sub(r"https?://\S+", "", text)
