"""Sharing beside a watch: its options, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, TypeVar

import click

from archiver.archive import Archive
from archiver.capture import Options
from archiver.catalogue import Alert, ShareState
from archiver.cli.saying.corroborated import corroborated
from archiver.cli.saying.output import printable
from archiver.cli.watch.said import Said
from archiver.digests import Digest
from archiver.errors import InputError
from archiver.net.listening import parse_listen
from archiver.sharing import STATE, Borne, Choices, Ear, Refusal, Sharing
from archiver.urls import for_display
from archiver.watching import Watch

F = TypeVar("F", bound=Callable[..., Any])

KIND = "peer-refused"
_LOCAL = ("127.", "localhost", "[::1]")


def sharing_options(function: F) -> F:
    """The options of a watch that shares."""
    for option in (
        click.option(
            "--public-url",
            metavar="URL",
            help="Under which address others reach what is opened, where it is another (a reverse proxy, a name).",
        ),
        click.option(
            "--listen",
            metavar="[HOST:]PORT",
            help="Open a port (on 127.0.0.1, where no host is named) for those who follow this archive: see `archiver watch share --help`.",
        ),
    ):
        function = option(function)
    return function


def share_beside(
    archive: Archive, options: Options, given: dict[str, Any], said: Said
) -> tuple[Sharing, Callable[[Watch], AbstractContextManager[object]]]:
    """The sharing, and what a watch has to enter."""
    listen = parse_listen(given["listen"]) if given["listen"] is not None else None
    if given["public_url"] and listen is None:
        raise click.UsageError("--public-url goes with --listen.")
    if listen is not None and given["once"]:
        raise click.UsageError("--listen is for a watch that goes on, not for --once.")
    ear = _Ear(said)
    sharing = Sharing(archive, options, Choices(listen, given["public_url"]), ear)

    @contextmanager
    def beside(watch: Watch) -> Iterator[None]:
        ear.watch = watch
        if listen is not None:
            watch.warm()
        for alert in _told_before(archive):
            watch.tell(alert, 1)  # until somebody follows it anew, it does not hold

        def look(url: str) -> None:
            try:
                watch.look_now(url)
            except InputError as error:
                said.note(str(error))

        with sharing.beside(look, once=given["once"]):
            yield

    return sharing, beside


class _Ear(Ear):
    def __init__(self, said: Said) -> None:
        self._said = said
        self.watch: Watch | None = None

    def opened(self, feed: str) -> None:
        here = "" if feed.partition("://")[2].startswith(_LOCAL) else " Whoever can reach it can read what is shared."
        words = f"Open for those who follow this archive: {for_display(feed)} (shared sources, hub, head of the log, proofs of shared records).{here}"
        self._said.event({"schema_version": 1, "event": "opened", "feed": feed}, words)

    def borne(self, borne: Borne) -> None:
        said = borne.said
        told = {
            "schema_version": 1,
            "event": "corroboration",
            "url": said.url,
            "by": said.peer.origin,
            "agreement": said.agreement.value,
            "seconds_apart": said.apart,
            "snapshot": said.own.snapshot and said.own.snapshot[:14],
            "leaf": borne.leaf,
            "asked": said.asked,
        }
        self._said.event(told, f"{corroborated(said)}: {for_display(said.url)}")

    def refused(self, refusal: Refusal) -> None:
        if self.watch is not None:
            self.watch.tell(_alert(refusal.peer.feed, refusal.kind, refusal.why, refusal.at), 1)

    def note(self, words: str) -> None:
        self._said.note(words)


def _told_before(archive: Archive) -> list[Alert]:
    """What was refused of peers and still stands; told once for all, since the ids are the same."""
    with ShareState(archive.root / STATE) as state:
        peers = [peer for peer in state.peers() if peer.trouble]
    found = []
    for peer in peers:
        kind, _, why = peer.trouble.partition(": ")
        found.append(_alert(peer.feed, kind, why, peer.trouble_at))
    return found


def _alert(feed: str, kind: str, why: str, at: str) -> Alert:
    name = f"p-{Digest.of(f'{feed} {kind} {at} {why}'.encode()).hex}"
    title = f"Peer refused: {for_display(feed, 120)}"
    words = f"What this archive shows does not hold, and was not believed.\n\n  peer       {for_display(feed)}\n  why        {printable(why)}\n"
    words += "  since      what it claims is refused; both heads of a fork are kept\n\n  archiver watch peers\n"
    data = {
        "schema_version": 1,
        "id": name,
        "kind": KIND,
        "url": feed,
        "refused": kind,
        "reason": printable(why),
        "checked_at": at,
    }
    return Alert(name, feed, at, KIND, title, words, data)
