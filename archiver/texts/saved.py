"""Pages that a person saved from a browser: where and when, as the file claims. Anybody can write such a line.

SingleFile writes a comment with ``url:`` and ``saved date:``; Chrome, Edge and Internet Explorer a *mark of the web*
(``<!-- saved from url=(0023)https://example.org/ -->``).
"""

from __future__ import annotations

import re

from archiver.model.notice import Notice

CODE = "saved-page"
_SEARCHED = 20_000  # characters: SingleFile puts its comment behind the start tag of <html>, others before it
_SINGLE_FILE = re.compile(r"<!--\s*+Page saved with SingleFile\b([^>]{0,4000}?)-->", re.IGNORECASE)
_URL = re.compile(r"^\s*+url:\s*+(\S{1,2000})", re.MULTILINE)
_DATE = re.compile(r"^\s*+saved date:\s*+(\S[^\n]{0,100})", re.MULTILINE)
_MARK = re.compile(r"<!--\s*+saved from url=\(\d{4}\)(\S{1,2000})\s*+-->", re.IGNORECASE)


def find(source: str) -> tuple[Notice, ...]:
    """The notice of a page that says it was saved; none for any other."""
    head = source[:_SEARCHED]
    if "saved" not in head:
        return ()
    comment = _SINGLE_FILE.search(head)
    if comment:
        url, date = _URL.search(comment[1]), _DATE.search(comment[1])
        return notice(url[1] if url else "", date[1].strip() if date else "")
    mark = _MARK.search(head)
    return notice(mark[1], "") if mark else ()


def notice(url: str, date: str) -> tuple[Notice, ...]:
    """That a file says where and when it was saved; none where it says neither."""
    if not url and not date:
        return ()
    where = f" from {url}" if url else ""
    when = f" on {date}" if date else ""
    return (Notice(CODE, f"the file says that it was saved{where}{when}; nobody has checked it"),)
