"""``archiver watch share``, ``unshare``, ``follow``, ``unfollow`` and ``peers``."""

from __future__ import annotations

import click

from archiver import clock
from archiver.archive import Archive
from archiver.catalogue import Peer, Shared, ShareState, Subscriber, WatchState
from archiver.cli.options import shared_options
from archiver.cli.saying.output import printable
from archiver.cli.saying.words import ago, count
from archiver.cli.session import Session
from archiver.cli.watch.named import Named
from archiver.custody import Witness
from archiver.errors import InputError
from archiver.log import Checkpoint
from archiver.sharing import FORK, STATE, new_peer, refuse_second_key
from archiver.signing import VerifyingKey, parse_note
from archiver.urls import for_display, page_key, parse_page
from archiver.watching import Policy


@click.command("share")
@click.argument("named", nargs=-1, metavar="URL|FILE...")
@shared_options
@click.pass_context
def share(ctx: click.Context, named: tuple[str, ...]) -> int:
    """Share sources with the archives that follow this one; without an address, list what is shared.

    From then on, what a look at them finds is told by `archiver watch --listen`: the page's address, when it was looked at, whether it was
    edited, moved or gone, the digests of payload and article text, and the proof out of the log. Of every other source, and of quotations and
    notes, nothing is told to anybody. A shared source is watched. Whoever can reach the port can read what is shared.

    \b
    Example:
      archiver watch share https://example.org/page
      archiver watch share paper.md
    """
    session = Session(ctx)
    with session.archive(watched=True) as archive:
        if not named:
            _list_shared(session, archive)
            return 0
        sharing = Named(session, archive, "shared", "archiver watch share")
        urls = sharing.urls(named, "shared")
        now, size = clock.now(), archive.catalogue.size()
        with WatchState(archive.root / STATE) as watched, ShareState(archive.root / STATE) as state:

            def put(url: str) -> bool:
                watched.add(page_key(url), url, None, Policy().every, now.timestamp())
                return state.share(Shared(page_key(url), parse_page(url).href, size, clock.stamp(now)))

            sharing.put(urls, put)
    return 0


def _list_shared(session: Session, archive: Archive) -> None:
    shared = []
    if (archive.root / STATE).exists():
        with ShareState(archive.root / STATE) as state:
            shared = state.shared()
    for source in shared:
        if session.shared.json:
            session.out.line({"schema_version": 1, "url": source.url, "shared": True, "since": source.at})
        session.out.text(f"{for_display(source.url)}  (since {source.at})")
    session.out.note(f"{count(len(shared), 'source')} shared.")


@click.command("unshare")
@click.argument("named", nargs=-1, required=True, metavar="URL|FILE...")
@shared_options
@click.pass_context
def unshare(ctx: click.Context, named: tuple[str, ...]) -> int:
    """Share these no longer. What others were told before they have; they are still watched.

    \b
    Example:
      archiver watch unshare https://example.org/page
    """
    session = Session(ctx)
    with session.archive(watched=True) as archive:
        sharing = Named(session, archive, "shared", "archiver watch share")
        urls = sharing.urls(named, "changed")
        with ShareState(archive.root / STATE) as state:
            known = {source.key for source in state.shared()}
            sharing.take(urls, known, lambda url: state.unshare(page_key(url)))
    return 0


@click.command("follow")
@click.argument("feed", metavar="FEED_URL")
@click.option(
    "--key",
    required=True,
    metavar="KEY",
    help="The verifier key of its log, as its owner gave it to you (`archiver log` prints it; compare the fingerprint).",
)
@shared_options
@click.pass_context
def follow(ctx: click.Context, feed: str, key: str) -> int:
    """Follow another archive: be told at once of edits to sources that both share.

    FEED_URL is what its `archiver watch --listen` said that it opened. What it tells is believed only as far as its log proves it, under KEY;
    then this archive looks at the page itself, and records whether both saw the same. For pushes, its owner follows this archive too; else its
    feed is read every five minutes. Following an archive again takes back that it was refused; with another key, unfollow it first.

    \b
    Example:
      archiver watch follow https://archive.example.org/shared.atom --key her.example+0123abcd+AQ...
    """
    session = Session(ctx)
    parsed, vkey = parse_page(feed), VerifyingKey.from_vkey(key)
    if parsed.had_credentials or "?" in parsed.href or not parsed.target.endswith("/shared.atom"):
        raise InputError(
            f"{for_display(feed)} is not where an archive tells what it shares; such an address ends in /shared.atom."
        )
    with session.archive(watched=True) as archive:
        archive.need_writable("followed")
        if vkey == archive.key:
            raise InputError("That is the key of this archive itself; name that of the other one.")
        if vkey.name == archive.settings.origin:
            raise InputError(
                f"{printable(vkey.name)} is the name of this archive's own log, and that is another key; name that of the other one."
            )
        with ShareState(archive.root / STATE) as state:
            refuse_second_key(state.peers(), parsed.href, vkey)
            new = state.follow(new_peer(parsed.href, vkey))
    if session.shared.json:
        session.out.line({"schema_version": 1, "feed": parsed.href, "origin": vkey.name, "followed": True, "new": new})
    session.out.text(
        f"{'followed' if new else 'followed before'}  {printable(vkey.name)} at {for_display(parsed.href)}"
    )
    session.out.text(f"fingerprint of its key: {vkey.fingerprint}")
    return 0


@click.command("unfollow")
@click.argument("feed", metavar="FEED_URL")
@shared_options
@click.pass_context
def unfollow(ctx: click.Context, feed: str) -> int:
    """Follow an archive no longer.

    \b
    Example:
      archiver watch unfollow https://archive.example.org/shared.atom
    """
    session = Session(ctx)
    with session.archive(watched=True) as archive:
        archive.need_writable("changed")
        with ShareState(archive.root / STATE) as state:
            if not state.unfollow(parse_page(feed).href):
                raise InputError(f"{for_display(feed)} is not followed; `archiver watch peers` lists who is.")
    if session.shared.json:
        session.out.line({"schema_version": 1, "feed": parse_page(feed).href, "followed": False})
    session.out.text(f"no longer followed  {for_display(feed)}")
    return 0


def _known(archive: Archive) -> tuple[list[Peer], list[Subscriber]]:
    """Who is followed, and who follows; a look at an archive makes no file in it."""
    if not (archive.root / STATE).exists():
        return [], []
    with ShareState(archive.root / STATE) as state:
        return state.peers(), state.subscribers()


@click.command("peers")
@shared_options
@click.pass_context
def peers(ctx: click.Context) -> int:
    """List the archives that are followed: the head of each one's log that was seen last, and what was refused of it.

    Exit code 1: something was refused; 3: a feed could not be read last time.

    \b
    Example:
      archiver watch peers
      archiver watch peers --json
    """
    session = Session(ctx)
    worst = 0
    with session.archive(watched=True) as archive:
        known, subscribers = _known(archive)
        now = clock.now().timestamp()
        for peer in known:
            key = VerifyingKey.from_vkey(peer.vkey)
            note = Witness(archive.keys).last_seen(key.name)
            head = Checkpoint.of_text(parse_note(note).text) if note else None
            kind, _, why = peer.trouble.partition(": ")
            worst = 1 if peer.trouble else worst or (3 if peer.error else 0)
            if session.shared.json:
                session.out.line(
                    {
                        "schema_version": 1, "feed": peer.feed, "origin": key.name, "key": peer.vkey, "read_at": peer.read or None,
                        "error": peer.error or None, "pushed": peer.lease > now, "size": head.size if head else None,
                        "root": head.root.hex() if head else None, "refused": kind or None, "reason": why or None,
                        "refused_at": peer.trouble_at or None,
                    }
                )  # fmt: skip
            say = session.out.text
            say(click.style(printable(key.name), bold=True))
            say(f"  feed      {for_display(peer.feed)}")
            how = "told by its hub" if peer.lease > now else "read every five minutes, no pushes"
            say(f"  read      {ago(peer.read) if peer.read else 'not yet'}; {how}")
            if head is not None:
                say(f"  head      {head.size} leaves, root {head.root.hex()[:16]}…")
            if peer.error:
                say(click.style(f"  not read  {printable(peer.error)}", fg="yellow"))
            if peer.trouble:
                word = "A FORK" if kind == FORK else "not proven"
                say(click.style(f"  REFUSED   {word}, at {peer.trouble_at}: {printable(why)}", fg="red"))
        session.out.note(
            f"{count(len(known), 'archive')} followed; {count(sum(item.until > now for item in subscribers), 'archive')} told at once."
        )
    return worst
