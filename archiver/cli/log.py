"""``archiver log``: the log's head, proofs out of it, witnesses. The key's commands are in `archiver.cli.logkey`."""

from __future__ import annotations

import ipaddress
import sys
from pathlib import Path

import click

from archiver import custody
from archiver.archive import Archive, is_id
from archiver.archive.config import Config
from archiver.cli.logkey import key_group
from archiver.cli.options import shared_options
from archiver.cli.output import printable
from archiver.cli.session import PROJECT_PAGE, Session
from archiver.custody.reading import consistency, frozen, inclusion
from archiver.custody.submissions import LARGEST, FileShown, PublishedShown, write_submission
from archiver.errors import InputError
from archiver.log import Checkpoint
from archiver.settings import FetchSettings
from archiver.signing import CosignerKey, VerifyingKey, open_cosignatures, parse_note
from archiver.signing.witnesses import Witnesses
from archiver.version import __version__

_TO = click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write it there (never over another file).",
)


@click.group(invoke_without_command=True)
@shared_options
@click.pass_context
def log(ctx: click.Context) -> None:
    """Show the log's head and key; prove, publish and witness it; keep the key.

    Without a further word it shows the head, the public key and its fingerprint, to be handed on so that others can check this
    archive, where the signing key lies, and which witnesses have seen the log.

    \b
    Example:
      archiver log
      archiver log checkpoint --to head.checkpoint
      archiver log key backup /media/stick/archive-key.pem
    """
    if ctx.invoked_subcommand is None:
        _show(Session(ctx))


def _show(session: Session) -> None:
    with session.archive() as archive:
        head, key = archive.head(), archive.key
        note = archive.log.checkpoint().decode()
        path = archive.keys.path_of(key)
        seen = _witnesses_of(archive)
        if session.shared.json:
            session.out.line(
                {
                    "schema_version": 1, "origin": head.origin, "size": head.size, "root": head.root.hex(), "key": key.vkey,
                    "pem": key.pem().decode(), "fingerprint": key.fingerprint, "signing_key": str(path) if path else None,
                    "witnesses": seen, "checkpoint": note,
                }
            )  # fmt: skip
            return
        say = session.out.text
        say(f"origin        {printable(head.origin)}")
        say(f"head          {head.size} leaves, root {head.root.hex()}")
        say(f"public key    {printable(key.vkey)}")
        say(f"fingerprint   {key.fingerprint}")
        say("              (read it out on the telephone to whoever got the key from you by mail)")
        say(
            f"signing key   {path or 'not on this machine: this archive can be read and checked here, not recorded into'}"
        )
        for item in seen:
            say(f"witnessed     by {printable(str(item['witness']))} at {item['time']}: {item['size']} leaves")
        if not seen:
            say("witnessed     by nobody whom you know; `archiver log --help` says how")
        say("")
        say(note.rstrip("\n"))
        say("")
        say(key.pem().decode().rstrip("\n"))


def _witnesses_of(archive: Archive) -> list[dict[str, object]]:
    """The newest cosignature of each witness that is known here."""
    newest: dict[str, dict[str, object]] = {}
    known = Witnesses(archive.keys).known()
    for leaf in archive.catalogue.leaves("cosignature"):
        note = parse_note(archive.stored_record(leaf).block)
        size = Checkpoint.of_text(note.text).size
        for key in known:
            for item in open_cosignatures(note, key):
                newest[key.name] = {"witness": key.name, "time": f"{item.time:%Y-%m-%dT%H:%M:%SZ}", "size": size}
    return list(newest.values())


@log.command()
@_TO
@shared_options
@click.pass_context
def checkpoint(ctx: click.Context, to: Path | None) -> None:
    """Write the signed head, to be handed to somebody who will keep it.

    Whoever keeps it can find out later whether this log was cut back or rewritten: `archiver verify --against FILE`. It shows how
    many records there are, and nothing of what they are.

    \b
    Example:
      archiver log checkpoint --to 2026-11-20.checkpoint
    """
    session = Session(ctx)
    with session.archive() as archive:
        _hand_out(session, archive.log.checkpoint(), to, {"checkpoint": True})


@log.command()
@click.argument("what", metavar="ID|LEAF")
@click.option(
    "--with-details", is_flag=True, help="Add what the leaf commits to: it shows the URL, and lets others check it."
)
@_TO
@shared_options
@click.pass_context
def proof(ctx: click.Context, what: str, with_details: bool, to: Path | None) -> None:
    """Prove that a record is in the log.

    It writes a C2SP tlog-proof file for a snapshot (s-...), a quote (q-...) or the number of a leaf. By itself the proof shows
    nothing of the record; with --with-details it says what the leaf is, so that whoever has the record can check that it is this one.

    \b
    Example:
      archiver log proof q-0123456789ab --to quote.tlog-proof
    """
    session = Session(ctx)
    with session.archive() as archive:
        leaf = _leaf_of(archive, what)
        now = frozen(archive)
        extra = b""
        if with_details:
            extra = now[0].details_lines(leaf // 256)[leaf % 256]
        _hand_out(session, inclusion(now, leaf, extra), to, {"leaf": leaf})


def _leaf_of(archive: Archive, what: str) -> int:
    if what.isascii() and what.isdigit() and len(what) < 16:
        return int(what)
    if is_id(what, "q-"):
        return archive.find_quote(what).leaf
    if is_id(what, "s-"):
        return archive.find_snapshot(what).response_leaf
    raise InputError(f"{printable(what)!r} is no id (s-... or q-...) and no number of a leaf.")


@log.command("consistency")
@click.argument("old", metavar="OLD_CHECKPOINT|SIZE")
@_TO
@shared_options
@click.pass_context
def consistency_command(ctx: click.Context, old: str, to: Path | None) -> None:
    """Prove that the log has only grown since an older head: what a witness wants to have.

    OLD_CHECKPOINT is a file with a head of this log, or how many leaves the witness saw last. The file holds the proof and the head
    as it is now. Exit code 1 where the older head is not a beginning of this log.

    \b
    Example:
      archiver log consistency 2026-11-20.checkpoint --to for-my-witness.txt
    """
    session = Session(ctx)
    with session.archive() as archive:
        before: int | Checkpoint
        if old.isascii() and old.isdigit() and len(old) < 16 and not Path(old).exists():
            before = int(old)
        else:
            keys = [archive.key, *archive.keys.known_keys(archive.key.name)]
            before = Checkpoint.opened_by_any(_read(Path(old)), keys)
        now = frozen(archive)
        size, path = consistency(now, before)
        _hand_out(session, write_submission(size, path, now[0].checkpoint()), to, {"old": size, "size": now[1].size})


@log.command()
@click.argument("source", metavar="[FILE|URL]", required=False)
@click.option(
    "--key", metavar="KEY", help="The verifier key of that log, as you have it from its owner; it is remembered."
)
@click.option(
    "--name", metavar="NAME", help="What you are called as a witness, the first time (such as lib.example.org/witness)."
)
@_TO
@shared_options
@click.pass_context
def witness(ctx: click.Context, source: str | None, key: str | None, name: str | None, to: Path | None) -> int:
    """Be the witness of somebody else's log: check that it has only grown, and cosign its head.

    FILE is what its owner wrote with `archiver log checkpoint` (the first time) or `archiver log consistency`; URL is where the owner
    published it. What you saw is kept, so a log that is cut back or shown in two versions is found out: then nothing is cosigned,
    both heads are kept as evidence, and the exit code is 1. Give the cosigned head back to the owner. Without FILE or URL it prints
    your own key as a witness, which the owner needs.

    \b
    Example:
      archiver log witness https://example.org/her-archive/log --key her.example+0123abcd+AQ... --to cosigned.txt
    """
    session = Session(ctx)
    acting = custody.Witness()
    if source is None:
        _say_own_key(session, acting, name)
        return 0
    named = VerifyingKey.from_vkey(key) if key else None
    try:
        shown = _shown(session, source)
        try:
            seen = acting.see(shown, named, name)
        finally:
            if isinstance(shown, PublishedShown):
                contacted = ", ".join(f"{host} ({count} requests)" for host, count in shown.requests.items())
                session.out.note(f"Contacted {contacted}; sent nothing but the requests for the published log.")
    except custody.Fork as fork:
        if session.shared.json:
            session.out.line(
                {
                    "schema_version": 1,
                    "witnessed": False,
                    "fork": True,
                    "origin": fork.origin,
                    "evidence": str(fork.evidence),
                }
            )
        session.out.text(click.style("NOT COSIGNED", fg="red", bold=True))
        raise
    _hand_out(
        session, seen.note, to,
        {
            "witnessed": True, "fork": False, "origin": seen.head.origin, "size": seen.head.size, "previous": seen.previous,
            "witness": seen.key.vkey, "time": f"{seen.time:%Y-%m-%dT%H:%M:%SZ}",
        },
    )  # fmt: skip
    before = (
        "the first head that you see of it" if seen.previous is None else f"grown from the {seen.previous} seen before"
    )
    session.out.note(
        f"Cosigned: {seen.head.size} leaves of {seen.head.origin}, {before}. Your key as a witness: {seen.key.vkey}"
    )
    return 0


def _shown(session: Session, source: str) -> FileShown | PublishedShown:
    if source.lower().startswith(("http://", "https://")):
        if session.shared.offline:
            raise InputError("With --offline nothing is fetched; give a file instead of an address.")
        return PublishedShown(source, _fetch_settings(session))
    return FileShown(_read(Path(source)), source)


def _fetch_settings(session: Session) -> FetchSettings:
    defaults = Config("", "")
    return FetchSettings(
        user_agent=f"archiver/{__version__} (+{PROJECT_PAGE})",
        timeout=session.shared.timeout or defaults.timeout,
        max_body=LARGEST,
        allow_net=tuple(ipaddress.ip_network(network) for network in session.shared.allow_net),
    )


def _say_own_key(session: Session, acting: custody.Witness, name: str | None) -> None:
    signer = acting.key(name)
    mine = CosignerKey(signer.public.name, signer.public.raw)
    if session.shared.json:
        session.out.line({"schema_version": 1, "witness": mine.vkey, "fingerprint": mine.fingerprint})
        return
    session.out.text(f"witness       {mine.name}")
    session.out.text(f"public key    {mine.vkey}")
    session.out.text(f"fingerprint   {mine.fingerprint}")
    session.out.text("Give the key to the owners of the logs that you witness; they name it with --key.")


@log.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--key",
    "keys",
    multiple=True,
    metavar="KEY",
    help="The key of the witness, as you have it from them; it is remembered.",
)
@shared_options
@click.pass_context
def cosigned(ctx: click.Context, file: Path, keys: tuple[str, ...]) -> None:
    """Take a cosigned head into the archive, so that the archive itself says who saw it and when.

    Everything about it is checked first: your own signature, that it is a beginning of this log (else a fork: exit code 1), the
    witness's signature. `archiver verify` counts it as an anchor from outside.

    \b
    Example:
      archiver log cosigned cosigned.txt --key lib.example.org/witness+0123abcd+BA...
    """
    session = Session(ctx)
    named = [CosignerKey.from_vkey(text) for text in keys]
    with session.archive() as archive:
        taken = custody.take_in(archive, _read(file), named)
        seen = [{"witness": item.key.name, "time": f"{item.time:%Y-%m-%dT%H:%M:%SZ}"} for item in taken.cosignatures]
        if session.shared.json:
            leaf = taken.leaf.index if taken.leaf else None
            session.out.line({"schema_version": 1, "size": taken.head.size, "cosignatures": seen, "leaf": leaf})
            return
        for item in seen:
            session.out.text(
                f"{printable(item['witness'])} saw {taken.head.size} leaves of this log at {item['time']}."
            )
        session.out.text("Recorded." if taken.leaf else "That was recorded before; nothing is added.")


@log.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@shared_options
@click.pass_context
def publish(ctx: click.Context, folder: Path) -> None:
    """Copy the head and the tiles of the log into a folder for a web server.

    Witnesses can then look whenever they like. The files show how many records there are and of what kind, and nothing of what is in them: no address, no text, no time. Run it again
    after recording; it copies what is new. A log that is cut back or forked since is not published over the older one (exit code 1).

    \b
    Example:
      archiver log publish /var/www/html/my-log
    """
    session = Session(ctx)
    with session.archive() as archive:
        head, count = custody.publish(archive, folder)
        if session.shared.json:
            session.out.line({"schema_version": 1, "folder": str(folder), "size": head.size, "files_written": count})
            return
        session.out.text(f"Published {head.size} leaves in {folder}: {count} files written.")


def _read(path: Path) -> bytes:
    """A small file that a person names; raises InputError."""
    try:
        if str(path) == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error


def _hand_out(session: Session, data: bytes, to: Path | None, facts: dict[str, object]) -> None:
    """Writes what was made into a file, or on stdout."""
    if to is not None:
        try:
            with to.open("xb") as file:
                file.write(data)
        except FileExistsError as error:
            raise InputError(f"{to} is there already and is left as it is; name another file.") from error
        except OSError as error:
            raise InputError(f"{to} cannot be written: {error.strerror}.") from error
    if session.shared.json:
        where = {"file": str(to)} if to else {}
        session.out.line({"schema_version": 1, **facts, **where, "note": data.decode("utf-8", "replace")})
    elif to is None:
        session.out.text(data.decode("utf-8", "replace").rstrip("\n"))
    else:
        session.out.note(f"Written to {to}.")


log.add_command(key_group)
commands = {"log": log}
