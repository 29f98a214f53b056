"""``archiver search``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import click

from archiver.archive import Archive
from archiver.cli.options import shared_options
from archiver.cli.saying.indexing import IndexProgress
from archiver.cli.saying.judged import describe
from archiver.cli.saying.output import printable, shorten
from archiver.cli.saying.words import count
from archiver.cli.session import Session
from archiver.cli.spread import scheduler_option
from archiver.fulltext import LONGEST, MOST_WORDS, Filter, UnusableIndex
from archiver.model import Snapshot
from archiver.searching import (
    LIMIT,
    Found,
    Search,
    WordsHit,
    filter_of,
    is_quotation,
    is_too_short,
    searching,
    unquoted,
)
from archiver.urls import for_display


@click.command()
@click.argument("text")
@click.option("--quotation", "as_quotation", is_flag=True, help="TEXT is a quotation, also one of three or four words.")
@click.option("--words", "as_words", is_flag=True, help="TEXT is a query for words, however long.")
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(1, 1000),
    default=LIMIT,
    show_default=True,
    metavar="N",
    help="N places at most.",
)
@click.option("--since", metavar="DATE", help="Captured on that day (month, year, time) or later.")
@click.option("--until", metavar="DATE", help="Captured on that day (month, year, time) or before.")
@click.option(
    "--url",
    "urls",
    multiple=True,
    metavar="URL",
    help="Of pages whose address begins so, or of a host; may be given often.",
)
@scheduler_option
@shared_options
@click.pass_context
def search(
    ctx: click.Context,
    text: str,
    as_quotation: bool,
    as_words: bool,
    limit: int,
    since: str | None,
    until: str | None,
    urls: tuple[str, ...],
) -> int:
    """Find words, or a quotation (verbatim or nearly), in every snapshot.

    Five words or more, or three in quotation marks, are looked for as a quotation: each place is judged as `archiver quote` does,
    and what was changed is shown. Fewer are words that must all be in a text; word*, "a phrase", OR, NOT and brackets are understood.

    Exit code 0: found (of a quotation: somewhere it holds); 1: not found, or only altered; 3: only where it could not be decided.

    \b
    Example:
      archiver search "the 13th of the month was a Sunday"
      archiver search 'flood* OR "high water"' --url example.org --since 2026
      archiver search --json --limit 5 "documentation examples"
    """
    if as_quotation and as_words:
        raise click.UsageError("--quotation and --words are two ways to take TEXT: give one of them.")
    session = Session(ctx)
    where = filter_of(since, until, urls)

    def answered(archive: Archive) -> int:
        with IndexProgress(session) as progress, searching(archive, progress) as found_by:
            progress.close()
            answer = _Answer(session, found_by, where, limit)
            if as_quotation and is_too_short(text):
                session.out.note("Under three words are no quotation that could be judged; it is looked for as words.")
                return answer.words(_every_word(text) or text)
            if as_quotation or (not as_words and is_quotation(text)):
                return answer.quotation(unquoted(text), also_words=not as_quotation)
            return answer.words(text)

    with session.archive() as archive:
        try:
            return answered(archive)
        except UnusableIndex:  # set aside by now
            return answered(archive)


@dataclass(frozen=True, slots=True)
class _Answer:
    """Finds, says what was found, and gives the exit code."""

    session: Session
    search: Search
    where: Filter
    limit: int

    def quotation(self, text: str, *, also_words: bool) -> int:
        found = self.search.quotation(text, self.where, self.limit)
        for number, hit in enumerate(found.hits):
            if self.session.shared.json:
                self.session.out.line(hit.to_json())
                continue
            if number:
                self.session.out.text()
            for line in [*describe(hit.judged, asked_since=None), *_others(hit.others)]:
                self.session.out.text(line, indent=12)
        self._remarks(found)
        if not found.hits:
            self.session.out.note(f"No snapshot{self._chosen()} has this quotation, nor anything near it.")
            if also_words and len(text) <= LONGEST:
                words = self.search.words(_every_word(text), self.where, self.limit)
                if words.hits:
                    self.session.out.note("All of its words stand in:")
                    self._tell_words(words)
        holds = [hit.judged.holds for hit in found.hits]
        return 0 if True in holds else 3 if None in holds and False not in holds else 1

    def words(self, text: str) -> int:
        found = self.search.words(text, self.where, self.limit)
        self._tell_words(found)
        self._remarks(found)
        if not found.hits:
            self.session.out.note(f"No snapshot{self._chosen()} has these words.")
        return 0 if found.hits else 1

    def _chosen(self) -> str:
        """What is said where not all snapshots were looked at."""
        return " of those that --since, --until and --url choose" if self.where else ""

    def _tell_words(self, found: Found[WordsHit]) -> None:
        for hit in found.hits:
            if self.session.shared.json:
                self.session.out.line(hit.to_json())
                continue
            snapshot = hit.snapshot
            title = f" “{shorten(snapshot.info.title, 80)}”" if snapshot.info.title else ""
            self.session.out.text(
                f"{snapshot.short_id} {snapshot.captured_at} {for_display(snapshot.url)}{title}", indent=2
            )
            self.session.out.text(f"  {_marked(hit)} ({hit.place.layer})", indent=4)
            for line in _others(hit.others):
                self.session.out.text(line)

    def _remarks(self, found: Found[Any]) -> None:
        """What a person has to know of how far the search went."""
        if found.more:
            one_or_many = "this one" if len(found.hits) == 1 else f"these {len(found.hits)}"
            self.session.out.note(f"There may be more than {one_or_many}; --limit, --since, --until and --url choose.")
        if found.older:
            self.session.out.note(
                f"Of pages with very many captures the newest were looked at, and {count(found.older, 'older text')} not; "
                "--since, --until and --limit choose."
            )
        if found.damaged or self.search.unread:
            unread = count(found.damaged + self.search.unread, "snapshot")
            self.session.out.note(
                f"The text of {unread} could not be read back, so it was not searched; `archiver verify` says why, `archiver rebuild` tries again."
            )


def _every_word(text: str) -> str:
    """The words of a quotation as a query: none of them is an operator."""
    return " ".join(f'"{word}"' for word in re.findall(r"\w+", text)[:MOST_WORDS])


def _marked(hit: WordsHit) -> str:
    """The passage on one line, with its words in brackets."""
    parts, at = [], 0
    for span in hit.marks:
        if span.start < at:
            continue
        parts += [
            _flat(hit.place.passage[at : span.start]),
            f"⟦{click.style(_flat(hit.place.passage[span.start : span.end]), bold=True)}⟧",
        ]
        at = span.end
    return f"…{''.join(parts)}{_flat(hit.place.passage[at:])}…"


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", printable(text))


def _others(others: Sequence[Snapshot]) -> Iterator[str]:
    if others:
        newest, oldest = (pick(others, key=lambda other: other.captured_at) for pick in (max, min))
        when = f"of {newest.captured_at}" if len(others) == 1 else f"from {oldest.captured_at} to {newest.captured_at}"
        pages = len({other.url for other in others})
        where = f" under {count(pages, 'address', 'addresses')}" if pages > 1 else ""
        yield f"  also in   {count(len(others), 'more capture')}{where}, {when}"


commands = {"search": search}
