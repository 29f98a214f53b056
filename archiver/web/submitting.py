"""What a person asks for that takes a while: a page captured, a quotation judged, a source looked at again."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from archiver import quoting
from archiver.archive import Archive, is_id
from archiver.capture import Options, capture
from archiver.errors import ArchiveError, InputError, NetworkError
from archiver.quoting import Quotation
from archiver.rechecking import recheck as look_again
from archiver.urls import for_display, page_key, parse_page
from archiver.web.acts import Act
from archiver.web.desk import Desk

LONGEST = 20_000
"""Characters of a quotation; a longer one is a page."""

_LONGEST_PATH = 8_000
LONGEST_NAME = 2_000  # of a speaker's name and a note


def submit(
    desk: Desk, source: str, words: str, speaker: str | None = None, note: str | None = None, *, fresh: bool = False
) -> Act:
    """Judges a quotation against a page (an address, or the id of a snapshot) and records it; without words, captures the page.

    ``fresh`` captures the page again where there is a snapshot. What is wrong with the call is raised at once: InputError, UnknownId,
    ReadOnlyArchive. The act leads to the page of the quote or the snapshot.
    """
    quotation = Quotation(words, speaker or None, note or None) if words else None
    _check(words, speaker or "", note or "")
    if quotation is not None and quoting.only_marks(words):
        raise InputError("The quotation is empty but for marks of what is left out; give the words that are quoted.")
    _ready(desk, source)
    if quotation is None and is_id(source, "s-"):
        raise InputError("Give the words that are quoted from this snapshot.")

    def work(archive: Archive, act: Act) -> str:
        archive.ready()
        named = source
        if not is_id(source, "s-") and (fresh or quotation is None):
            named = _captured(archive, source, act)
            if quotation is None:
                return f"/snapshots/{named}"
        elif not is_id(source, "s-") and archive.latest_snapshot(source) is None:
            act.say(f"Capturing {for_display(source, 100)}, which is not in the archive yet.")
        else:
            act.say("Judging the quotation.")
        judged = quoting.quote(archive, named, quotation or Quotation(words), act.options)
        if judged.id is None:
            raise ArchiveError("The quotation was judged, but nothing can be recorded in this archive.")
        return f"/quotes/{judged.id}"

    what = (
        f"“{words[:80]}{'…' if len(words) > 80 else ''}”, {for_display(source, 80)}"
        if words
        else for_display(source, 100)
    )
    act = desk.do("quote" if words else "snapshot", what, work)
    fields = {"source": source, "quotation": words, "speaker": speaker or "", "note": note or ""}
    again = f"/quote?{urlencode({name: value for name, value in fields.items() if value})}"
    act.again = again if len(again) <= _LONGEST_PATH else act.again
    return act


def recheck(desk: Desk, url: str, back: str | None = None) -> Act:
    """Looks at the live page again and records what it found; leads to the page of the quote ``back``, else to that of the source."""
    parse_page(url)
    _ready(desk, url)

    def work(archive: Archive, act: Act) -> str:
        archive.ready()
        act.say(
            f"Looking at {for_display(url, 100)} again. Where it seems gone, or words seem removed, it is looked at once more after 10 seconds."
        )
        look_again(archive, url, _options(act))
        return f"/quotes/{back}" if back else f"/sources/{quote(page_key(url), safe='')}"

    return desk.do("recheck", for_display(url, 100), work)


def _captured(archive: Archive, url: str, act: Act) -> str:
    act.say(f"Capturing {for_display(url, 100)}.")
    found = capture(archive, url, _options(act))
    act.say("Judging the quotation.")
    return found.id


def _options(act: Act) -> Options:
    if act.options is None:
        raise NetworkError("Nothing may be fetched here: the server was started with --offline.")
    return act.options


def _ready(desk: Desk, source: str) -> None:
    """Raises, before anything waits in line, what would be raised in it."""
    with desk.reading() as archive:
        archive.ready()
        if is_id(source, "s-"):
            archive.catalogue.snapshot(source)
        else:
            parse_page(source)


def _check(words: str, speaker: str, note: str) -> None:
    if len(words) > LONGEST:
        raise InputError(f"A quotation of {len(words):,} characters is too long; give at most {LONGEST:,}.")
    if max(len(speaker), len(note)) > LONGEST_NAME:
        raise InputError(f"The speaker and the note may have {LONGEST_NAME:,} characters each.")
