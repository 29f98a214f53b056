"""Copies in public archives that a citation gives behind a page's own address: ``https://a.example/x [https://perma.cc/AB12-CD34]``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from archiver import urls
from archiver.errors import InputError
from archiver.manuscripts.document import Block, Link

_ARCHIVE = re.compile(
    r"https?://(?:(?:www\.)?perma\.cc|(?:web|wayback|www)\.archive\.org/web|wayback\.archive-it\.org|archive\.(?:today|ph|is|li|vn|fo|md)"
    r"|(?:www\.)?webcitation\.org|ghostarchive\.org|webarchive\.[a-z.]{2,40}|megalodon\.jp|arquivo\.pt/wayback)/\S",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(r"/(?:\d{4,14}(?:[a-z]{2}_)?|\*)/(https?:/{1,2}.+)\Z", re.IGNORECASE)
"""The address of the page in that of its copy."""

_SAYS_SO = re.compile(r"[\[(]|archiv|perma|snapshot|saved|cached|copy|kopie|copi[ea]\b|архив|存档|保存", re.IGNORECASE)
_ANOTHER_WORK = re.compile(r";(?!\s*(?:archiv|perma))|\b(?:see|also|cf|vgl|siehe|voir|and|und|et)\b", re.IGNORECASE)
_NEAR = 80  # characters between the two addresses, with "(last visited July 9, 2026)" and the like


def with_copies_marked(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with ``copy`` set on each link to a public archive that stands directly behind the link to the page of which it is a copy."""
    return tuple(_marked(block) if any(_is_archive(mark) for mark in block.marks) else block for block in blocks)


def _is_archive(mark: object) -> bool:
    return isinstance(mark, Link) and _ARCHIVE.match(mark.url) is not None


def _marked(block: Block) -> Block:
    links = sorted((mark for mark in block.marks if isinstance(mark, Link)), key=lambda mark: (mark.start, mark.end))
    copies: set[int] = set()
    for before, link in pairwise(links):
        if _is_archive(link) and not _is_archive(before) and _is_copy(block.text, before, link):
            copies.add(id(link))
    marks = tuple(
        replace(mark, copy=True) if isinstance(mark, Link) and id(mark) in copies else mark for mark in block.marks
    )
    return replace(block, marks=marks)


def _is_copy(text: str, page: Link, link: Link) -> bool:
    between = text[page.end : link.start]
    if len(between) > _NEAR or _ANOTHER_WORK.search(between):
        return False
    original = _ORIGINAL.search(link.url)
    if original is not None:
        return _key(original[1]) == _key(page.url)
    words = text[link.start : link.end]
    return _SAYS_SO.search(between if "://" in words else between + words) is not None


def _key(url: str) -> str:
    try:
        return urls.page_key(re.sub(r":/(?!/)", "://", url, count=1))
    except InputError:
        return url
