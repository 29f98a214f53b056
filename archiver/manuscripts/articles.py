"""An article of a wiki as a manuscript: by its address and revision, fetched as the wikitext that its authors wrote, and recorded as evidence.

What is an article's address is told by its form, as MediaWiki makes it, never by the name of the host: ``…/index.php?title=T&oldid=N``, or
``…/wiki/T`` for the newest revision, whose number is asked first (``api.php``), so that what was checked can be checked again.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, quote, unquote, urlencode

from archiver import net, urls
from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.capture.onrecord import on_record
from archiver.errors import MISSHAPEN, BadAnswer, InputError, Unreachable
from archiver.model import Snapshot
from archiver.printable import shorten
from archiver.urls import for_display

_WIKI = "/wiki/"
_SCRIPT = "/index.php"
_REVISION = re.compile(r"[1-9]\d{0,17}")
_MOST_ANSWER = 1 << 20


@dataclass(frozen=True, slots=True)
class ArticleAddress:
    """An address as it was given. ``script`` is the wiki's ``index.php``; ``revision`` None asks for the newest; one of ``title`` and
    ``revision`` is always there."""

    url: str
    script: str
    title: str | None
    revision: int | None

    @property
    def raw(self) -> str:
        """Where the wikitext of the revision stands; it never changes."""
        named = {"title": self.title.replace(" ", "_")} if self.title is not None else {}
        return f"{self.script}?{urlencode({**named, 'oldid': self.revision, 'action': 'raw'}, quote_via=quote)}"

    @property
    def question(self) -> str:
        """Where the wiki says which revision is the newest; redirects from one title to another are followed."""
        asked = {
            "action": "query", "prop": "revisions", "titles": self.title or "", "rvprop": "ids|timestamp", "redirects": "1", "format": "json",
            "formatversion": "2",
        }  # fmt: skip
        return f"{self.script.removesuffix('index.php')}api.php?{urlencode(asked, quote_via=quote)}"


@dataclass(frozen=True, slots=True)
class Article:
    """A revision, recorded: its wikitext, and the snapshot that holds it."""

    address: ArticleAddress
    data: bytes
    snapshot: Snapshot

    @property
    def name(self) -> str:
        """What reports call it: ``Title, revision 123``."""
        title = (self.address.title or "article").replace("_", " ")
        return f"{shorten(title, 200)}, revision {self.address.revision}"


def is_address(words: str) -> bool:
    """Whether an argument is meant as an address, not as the name of a file."""
    return words.lower().startswith(("http://", "https://"))


def article_address(url: str) -> ArticleAddress:
    """Reads the address of an article. Raises InputError where it is none."""
    parsed = urls.parse_page(url)
    base = f"{parsed.scheme}://{parsed.authority}"
    path, _, query = parsed.target.partition("?")
    asked = parse_qs(query)
    title, old = (asked.get(name, [None])[-1] for name in ("title", "oldid"))
    script = base + path
    if not path.endswith(_SCRIPT):
        before, wiki, name = path.partition(_WIKI)
        if not wiki or not name:
            raise InputError(
                f"{for_display(url)} is not the address of a wiki's article: give …/wiki/TITLE or …/index.php?title=TITLE&oldid=NUMBER; "
                "of any other page, save it as HTML and check the file."
            )
        title, script = unquote(name), f"{base}{before}/w{_SCRIPT}"
    if old is not None and not _REVISION.fullmatch(old):
        raise InputError(f"{for_display(url)} names no revision: oldid is a number.")
    if old is None and not title:
        raise InputError(f"{for_display(url)} names no article: give title=TITLE, or oldid=NUMBER.")
    return ArticleAddress(url, script, title, int(old) if old is not None else None)


def fetch_article(archive: Archive, address: ArticleAddress, options: Options | None) -> Article:
    """The revision, out of the archive where it is on record, else fetched and recorded; the newest is asked for first.

    Raises InputError where the wiki has no such article or revision, or where it would have to be fetched and ``options`` is None (offline,
    or nothing can be recorded); NetworkError where no answer came; DamagedArchive.
    """
    if address.revision is None:
        if options is None:
            raise InputError(
                f"Which revision of {for_display(address.url)} is the newest is known by its wiki alone, and nothing is fetched; give &oldid=NUMBER."
            )
        address = _newest(address, options)
    snapshot = archive.latest_snapshot(address.raw)
    data = _wikitext(archive, snapshot) if snapshot is not None else None
    if snapshot is None or data is None:
        if options is None:
            raise InputError(
                f"Revision {address.revision} of {for_display(address.url)} is not in the archive, and nothing is fetched."
            )
        snapshot = capture(archive, address.raw, options)
        data = _wikitext(archive, snapshot)
    if data is None:
        raise InputError(
            f"{for_display(address.raw)} gave no wikitext (status {snapshot.status}, {shorten(snapshot.media_type, 60)}); look whether the wiki "
            "has this article and revision."
        )
    return Article(address, data, snapshot)


def _newest(address: ArticleAddress, options: Options) -> ArticleAddress:
    limits = replace(options.fetch, max_body=_MOST_ANSWER)
    answer = net.fetch(address.question, limits, told=options.told, stop=options.stop)[-1]
    shown = for_display(address.question)
    if answer.status != 200 or answer.truncated:
        raise Unreachable(
            f"{shown} answered {answer.status}, so that the newest revision is not known; try again, or give &oldid=NUMBER."
        )
    from archiver.texts import content  # 80 ms that only an article pays

    body = content.decode(answer.body, answer.header("content-encoding")).payload
    try:
        page = json.loads(body)["query"]["pages"][0]
        if page.get("missing") or page.get("invalid"):
            raise InputError(
                f"The wiki at {for_display(address.script)} has no article {shorten(address.title or '', 100)!r}."
            )
        revision, title = page["revisions"][0]["revid"], page["title"]
        if type(revision) is not int or revision < 1 or not isinstance(title, str):
            raise TypeError("not a revision")
    except MISSHAPEN as error:
        raise BadAnswer(f"{shown} does not say which revision is the newest; give &oldid=NUMBER.") from error
    return replace(address, revision=revision, title=title)


def _wikitext(archive: Archive, snapshot: Snapshot) -> bytes | None:
    """The payload as it was recorded, None where it is not wikitext."""
    kind = snapshot.media_type.partition(";")[0].strip().lower()
    if snapshot.status != 200 or snapshot.truncated is not None or kind not in ("text/x-wiki", "text/plain"):
        return None
    signed, capture_record = archive.attested(snapshot)
    if signed.revisit_of:
        signed, capture_record = archive.attested(archive.catalogue.snapshot(signed.revisit_of))
    found = on_record(archive, signed.response_leaf, signed.payload_sha256)
    if found is None:
        return None
    from archiver.texts import content  # as above

    decoded = content.decode(found.payload, capture_record.get("content_encoding"))
    return None if decoded.why else decoded.payload
