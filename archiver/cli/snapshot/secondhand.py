"""What `snapshot` takes and says of public archives: copies at second hand, and copies that are asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from archiver.archive import Archive
from archiver.capture import SecondHand
from archiver.errors import InputError, NameNotFound, NameUnanswered, Unreachable
from archiver.model import Origin, Snapshot
from archiver.personal import read_personal
from archiver.urls import for_display, for_shell

if TYPE_CHECKING:
    from archiver.memento import Keeper

F = TypeVar("F", bound=Callable[..., Any])

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DIGITS = re.compile(r"\d{14}")
_OPTIONS = (
    click.option(
        "--memento", is_flag=True, help="Where the page is gone, take its copy in a public archive (Wayback Machine)."
    ),
    click.option(
        "--memento-only", is_flag=True, help="Take the copy in the public archive without asking for the page."
    ),
    click.option(
        "--at",
        metavar="DATE",
        help="With --memento: the copy nearest to this date (2019-05-31), without asking for the page.",
    ),
    click.option(
        "--memento-archive",
        metavar="URL",
        help="Another public archive: the TimeGate (RFC 7089) before a page's address.",
    ),
    click.option(
        "--save-to",
        metavar="wayback",
        help="Ask the Wayback Machine to keep a public copy of each page, and record its answer.",
    ),
)


def secondhand_options(function: F) -> F:
    """Adds the options of public archives to a command, which hands them to `second_hand` and `keeper`."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def second_hand(*, memento: bool, memento_only: bool, at: str | None, memento_archive: str | None) -> SecondHand | None:
    """When and where a copy is looked for, None where not. Raises InputError, UsageError."""
    if not (memento or memento_only):
        if at is not None or memento_archive is not None:
            raise click.UsageError("--at and --memento-archive go with --memento.")
        return None
    from archiver.memento import WAYBACK, Wish  # with the network, for whoever asks for copies

    gate = memento_archive or read_personal().memento_archive or WAYBACK
    return SecondHand(Wish(gate, None if at is None else read_at(at)), live_first=not (memento_only or at))


def read_at(words: str) -> datetime:
    """A day (its noon, UTC), a time as RFC 3339 has it, or the 14 digits of a Wayback address. Raises InputError."""
    try:
        if _DAY.fullmatch(words):
            return datetime.fromisoformat(words).replace(hour=12, tzinfo=UTC)
        if _DIGITS.fullmatch(words):
            return datetime.strptime(words, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        moment = datetime.fromisoformat(words)
        if "T" in words.upper() and moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise InputError(f"{for_display(words, 60)!r} is no date; write it like 2019-05-31, or 2019-05-31T08:00:00Z.")


def keeper(save_to: str | None) -> Keeper | None:
    """The public archive that is to keep copies. Raises InputError."""
    from archiver.memento import keeper_of

    return None if save_to is None else keeper_of(save_to, read_personal().wayback_keys)


@contextmanager
def suggesting_copies(url: str, *, asked: bool) -> Iterator[None]:
    """Says of a page that cannot be reached that a public archive may have it, unless that was ``asked`` already, or no name is known just now."""
    try:
        yield
    except (NameNotFound, Unreachable) as error:
        if asked or isinstance(error, NameUnanswered):
            raise
        raise type(error)(f"{str(error).rstrip('.')}; {suggestion(url)}.") from error


def suggestion(url: str) -> str:
    return f"`archiver snapshot --memento {for_shell(url)}` looks for a copy in a public archive"


def origin_lines(origin: Origin) -> Iterator[str]:
    """What is shown of a copy at second hand, a line each; nothing for other origins."""
    memento = origin.memento
    if memento is None:
        return
    distance = f", {memento.distance} the date wished for" if memento.distance else ""
    yield f"  second hand  copy of {memento.datetime}{distance}, as {memento.archive} says"
    yield f"  memento      {for_display(memento.uri)}{'' if memento.raw else ' (as the archive shows it)'}"
    yield f"  original     {for_display(memento.original)}"


def kept_of(archive: Archive, snapshot: Snapshot) -> dict[str, Any] | None:
    """What a public archive said that was asked to keep a copy, as it is recorded; None where none was asked."""
    kept = json.loads(archive.capture_record(snapshot)).get("kept")
    return kept if isinstance(kept, dict) else None


def kept_line(kept: dict[str, Any]) -> str | None:
    """Where the public copy is; that there is none is among the warnings."""
    memento = kept.get("memento")
    return f"  public copy  {for_display(memento)}" if isinstance(memento, str) else None
