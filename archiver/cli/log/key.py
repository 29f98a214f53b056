"""``archiver log key``: the signing key of the archive put away, brought back, exchanged, and lost."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

import click

from archiver import custody
from archiver.archive import locate
from archiver.archive.config import FILE
from archiver.archive.handover import read
from archiver.cli.groups import Sentences
from archiver.cli.log.files import refuse_existing, to_option, write_new
from archiver.cli.options import shared_options
from archiver.cli.saying.output import printable
from archiver.cli.session import Session
from archiver.custody.keys import read_backup
from archiver.errors import InputError, ReadOnlyArchive
from archiver.log.rotation import Rotation
from archiver.model import StoredLeaf
from archiver.signing import KeyRing
from archiver.signing.backup import named_key

_PASSPHRASE = click.option(
    "--passphrase-file",
    type=click.File("rb"),
    metavar="FILE",
    help="Take the passphrase from the first line of a file (- for stdin) instead of asking for it.",
)
_REASON = click.option("--reason", default="", metavar="TEXT", help="Why; it is recorded and signed.")


@click.group("key", cls=Sentences)
def key_group() -> None:
    """Keep the signing key: put it away, bring it back, exchange it, go on without it.

    Whoever has the key can record into the archive and sign for it; without it the archive can be read and checked, and nothing more.

    \b
    Example:
      archiver log key backup /media/stick/archive-key.pem
    """


@key_group.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@_PASSPHRASE
@shared_options
@click.pass_context
def backup(ctx: click.Context, file: Path, passphrase_file: IO[bytes] | None) -> None:
    """Put the signing key away in a file, locked with a passphrase.

    The key lies on this computer only; with the computer it is lost. Keep the file somewhere else, and the passphrase somewhere else
    again. It is never written over another file.

    \b
    Example:
      archiver log key backup /media/stick/archive-key.pem
    """
    session = Session(ctx)
    with session.archive() as archive:
        key = archive.keys.signing_key_of(archive.key)
        if key is None:
            raise ReadOnlyArchive(
                f"The signing key of {archive.root} is not on this machine; there is nothing to back up."
            )
        if file.exists():
            raise InputError(f"{file} is there already and is left as it is; name another file.")
        custody.back_up_key(key, file, _passphrase(passphrase_file, "Passphrase for the backup", confirm=True))
        if session.shared.json:
            session.out.line({"schema_version": 1, "file": str(file), "key": key.public.vkey})
            return
        session.out.text(
            f"The key of {printable(key.public.name)} is in {file}, locked with the passphrase, and reads back."
        )
        session.out.text(
            "Keep it away from this computer, and the passphrase away from it. Whoever has both can sign as you."
        )


@key_group.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@_PASSPHRASE
@shared_options
@click.pass_context
def restore(ctx: click.Context, file: Path, passphrase_file: IO[bytes] | None) -> None:
    """Bring the signing key back from a backup.

    A key that is on this computer is never overwritten. If there is an archive here, the key must be its own.

    \b
    Example:
      archiver log key restore /media/stick/archive-key.pem
    """
    session = Session(ctx)
    ring = KeyRing()
    public = named_key(read_backup(file))
    root, _ = locate(session.shared.archive)
    if (root / FILE).exists():
        settings, _ = read(root)
        if settings.origin != public.name:
            raise InputError(
                f"{file} holds the key of {printable(public.name)}, but {root} is {printable(settings.origin)}; name the right archive "
                "with --archive."
            )
        if settings.verifier != public:
            session.out.note(
                f"{file} holds an earlier key of this log: the archive has been signed with another since."
            )
    done = custody.restore_key(ring, file, _passphrase(passphrase_file, "Passphrase of the backup", confirm=False))
    if session.shared.json:
        session.out.line(
            {"schema_version": 1, "key": done.key.vkey, "signing_key": str(done.path), "was_there": done.was_there}
        )
    elif done.was_there:
        session.out.text(f"That key is on this computer already, in {done.path}; nothing is changed.")
    else:
        session.out.text(f"The key of {printable(done.key.name)} is back, in {done.path}.")


@key_group.command()
@_REASON
@to_option
@shared_options
@click.pass_context
def rotate(ctx: click.Context, reason: str, to: Path | None) -> None:
    """Exchange the signing key for a fresh one; the old key signs that it hands over.

    Do it where somebody else may have got hold of the key, or every few years. Whoever knows the old key will accept the new one,
    because the handing-over is in the log, signed by both. Then back up the new key, and destroy the old one and its backups.
    With --to the hand-over is written too (`archiver log handover`): who knows the new key needs it for packs from before.

    \b
    Example:
      archiver log key rotate --reason "the old laptop was sold" --to my-log.handover.json
    """
    session = Session(ctx)
    refuse_existing(to)
    with session.archive() as archive:
        old_path = archive.keys.path_of(archive.key)
        rotation, leaf = custody.rotate_key(archive, reason)
        _say_exchange(session, rotation, leaf, archive.keys)
        session.out.text(f"The old key still lies in {old_path}; nothing here needs it any more.")
        if to is not None:
            write_new(to, custody.handover_of(archive).to_json())
            session.out.note(f"The hand-over is written to {to}; publish it beside the new key.")
        else:
            session.out.text("Who has packs from before needs the hand-over: `archiver log handover --to FILE`.")


@key_group.command()
@_REASON
@shared_options
@click.pass_context
def lost(ctx: click.Context, reason: str) -> None:
    """Go on with a fresh key where the signing key is gone for good.

    A lost key is not tampering. What it signed stays checkable with its public half; its last head is kept in the record. From there
    on the new key signs, and nobody vouches for it but you: whoever knows your old key is told `signer unknown` until they get the
    new one from you by another way. Look for a backup first: `archiver log key restore` loses nothing.

    \b
    Example:
      archiver log key lost --reason "the disk died, no backup"
    """
    session = Session(ctx)
    with session.archive() as archive:
        rotation, leaf = custody.lose_key(archive, reason)
        _say_exchange(session, rotation, leaf, archive.keys)
        session.out.text(
            f"The first {rotation.last.size} leaves stay vouched for by the lost key. Give the new key to everybody who checks this archive."
        )


def _say_exchange(session: Session, rotation: Rotation, leaf: StoredLeaf, ring: KeyRing) -> None:
    path = ring.path_of(rotation.new)
    if session.shared.json:
        session.out.line(
            {
                "schema_version": 1, "old": rotation.old.vkey, "new": rotation.new.vkey, "fingerprint": rotation.new.fingerprint,
                "lost": rotation.lost, "leaf": leaf.index, "signing_key": str(path),
            }
        )  # fmt: skip
        return
    session.out.text(f"The log has a new key since leaf {leaf.index}: {printable(rotation.new.vkey)}")
    session.out.text(f"  fingerprint   {rotation.new.fingerprint}")
    session.out.text(f"  signing key   {path} (mode 0600; `archiver log key backup` puts a copy away)")


def _passphrase(file: IO[bytes] | None, prompt: str, *, confirm: bool) -> bytes:
    if file is not None:
        return file.readline(1 << 12).rstrip(b"\r\n")
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise InputError(
            "There is no terminal to ask for the passphrase at; name a file that holds it with --passphrase-file."
        )
    typed: str = click.prompt(prompt, hide_input=True, confirmation_prompt=confirm, err=True)
    return typed.encode()
