"""``archiver log``: the log's head and proofs out of it. What it says of keys and witnesses is in `logkey` and `logwitness`."""

from __future__ import annotations

from pathlib import Path

import click

from archiver import custody
from archiver.archive import Archive, is_id
from archiver.cli.groups import Sentences
from archiver.cli.log.clock import clock
from archiver.cli.log.files import hand_out, read_small, to_option
from archiver.cli.log.key import key_group
from archiver.cli.log.sequence import sequence
from archiver.cli.log.witness import cosigned, publish, witness
from archiver.cli.options import shared_options
from archiver.cli.saying.output import printable
from archiver.cli.session import Session
from archiver.custody.reading import consistency, frozen, inclusion
from archiver.custody.submissions import write_submission
from archiver.errors import ArchiverError, InputError
from archiver.log import Checkpoint
from archiver.signing import KeyRing, VerifyingKey, open_cosignatures, parse_note
from archiver.signing.witnesses import Witnesses


@click.group(cls=Sentences, invoke_without_command=True)
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
        path, unread = _signing_key(archive)
        seen = _witnesses_of(archive)
        stamped = archive.catalogue.newest_of("timestamp")
        if session.shared.json:
            session.out.line(
                {
                    "schema_version": 1, "origin": head.origin, "size": head.size, "root": head.root.hex(), "key": key.vkey,
                    "pem": key.pem().decode(), "fingerprint": key.fingerprint, "signing_key": str(path) if path else None,
                    "witnesses": seen, "last_timestamp": stamped.time if stamped else None, "checkpoint": note,
                }
            )  # fmt: skip
            return
        say = session.out.text
        say(f"origin        {printable(head.origin)}")
        say(f"head          {head.size} leaves, root {head.root.hex()}")
        say(f"public key    {printable(key.vkey)}")
        say(f"fingerprint   {key.fingerprint}")
        say("              (read it out on the telephone to whoever got the key from you by mail)")
        absent = "not on this machine: this archive can be read and checked here, not recorded into"
        say(f"signing key   {unread or path or absent}")
        for item in seen:
            say(f"witnessed     by {printable(str(item['witness']))} at {item['time']}: {item['size']} leaves")
        if not seen:
            say("witnessed     by nobody whom you know; `archiver log witness --help` says how")
        if stamped:
            say(f"time stamp    the last was recorded at {printable(stamped.time)}")
        say("")
        say(note.rstrip("\n"))
        say("")
        say(key.pem().decode().rstrip("\n"))


def _signing_key(archive: Archive) -> tuple[Path | None, str]:
    """Where the signing key lies; and what is to be said where the file cannot be read, which hides nothing else of the log."""
    try:
        return archive.keys.path_of(archive.key), ""
    except ArchiverError as error:
        return None, printable(str(error))


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
@to_option
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
        hand_out(session, archive.log.checkpoint(), to, {"checkpoint": True})


@log.command()
@click.argument("what", metavar="ID|LEAF")
@click.option(
    "--with-details", is_flag=True, help="Add what the leaf commits to: it shows the URL, and lets others check it."
)
@to_option
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
        hand_out(session, inclusion(now, leaf, extra), to, {"leaf": leaf})


@log.command("check-proof")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--key", metavar="KEY", help="The verifier key of that log, as you have it from its owner; it is remembered."
)
@shared_options
@click.pass_context
def check_proof(ctx: click.Context, file: Path, key: str | None) -> None:
    """Check a proof that somebody wrote with `archiver log proof --with-details`.

    It needs no archive. It says what the record is and by which key the log is signed; compare the SHA-256 with that of the record (one
    gzip member of a WARC file). Exit code 1: the proof does not hold; 2: the key of the log is not known here.

    \b
    Example:
      archiver log check-proof quote.tlog-proof --key her.example+0123abcd+AQ...
    """
    session = Session(ctx)
    checked = custody.check_proof(KeyRing(), read_small(file), VerifyingKey.from_vkey(key) if key is not None else None)
    facts = {
        "leaf": checked.leaf, "size": checked.head.size, "origin": checked.head.origin, "key": checked.key.vkey,
        "kind": checked.details.kind, "sha256": checked.details.sha256, "uri": checked.details.uri, "time": checked.details.time,
    }  # fmt: skip
    if session.shared.json:
        session.out.line({"schema_version": 1, "ok": True, **facts})
        return
    session.out.text(click.style("The proof holds.", fg="green", bold=True))
    for name, value in facts.items():
        session.out.text(f"  {name:<8} {printable(str(value))}")


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
@to_option
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
            before = Checkpoint.opened_by_any(read_small(Path(old)), keys)
        now = frozen(archive)
        size, path = consistency(now, before)
        hand_out(session, write_submission(size, path, now[0].checkpoint()), to, {"old": size, "size": now[1].size})


@log.command()
@to_option
@shared_options
@click.pass_context
def handover(ctx: click.Context, to: Path | None) -> None:
    """Write the hand-over of a log whose key was exchanged, for those who know only its newer key.

    With it `archiver verify PACK.wacz --handover FILE` can tell a pack from before the exchange from what somebody has made since with
    the old key. It shows how many records there were, and nothing of what they are. `archiver log publish` puts it beside the log.

    \b
    Example:
      archiver log handover --to my-log.handover.json
    """
    session = Session(ctx)
    with session.archive() as archive:
        made = custody.handover_of(archive)
        hand_out(session, made.to_json(), to, {"rotations": len(made.rotations), "leaves": len(made.leaf_hashes) // 32})


for _command in (witness, cosigned, publish, key_group, clock, sequence):
    log.add_command(_command)
commands = {"log": log}
