"""``archiver log witness``, ``cosigned`` and ``publish``: two people who watch one another's logs."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import click

from archiver import custody
from archiver.archive.config import Config
from archiver.cli.log.files import hand_out, read_handover, read_small, refuse_existing, to_option
from archiver.cli.options import network_options, shared_options
from archiver.cli.saying.output import printable
from archiver.cli.saying.words import count
from archiver.cli.session import PROJECT_PAGE, Session
from archiver.custody.submissions import LARGEST, FileShown, PublishedShown
from archiver.errors import InputError
from archiver.log.handing import HandoverFile
from archiver.personal import proxy_of
from archiver.settings import FetchSettings
from archiver.signing import CosignerKey, VerifyingKey
from archiver.version import __version__


@click.command()
@click.argument("source", metavar="[FILE|URL]", required=False)
@click.option(
    "--key", metavar="KEY", help="The verifier key of that log, as you have it from its owner; it is remembered."
)
@click.option(
    "--name", metavar="NAME", help="What you are called as a witness, the first time (such as lib.example.org/witness)."
)
@click.option(
    "--handover",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Where its key was exchanged: the hand-over, which the key that you know has signed.",
)
@to_option
@network_options
@click.pass_context
def witness(
    ctx: click.Context, source: str | None, key: str | None, name: str | None, handover: Path | None, to: Path | None
) -> int:
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
    refuse_existing(to)
    acting = custody.Witness()
    if source is None:
        _say_own_key(session, acting, name)
        return 0
    named = VerifyingKey.from_vkey(key) if key is not None else None
    try:
        shown = _shown(session, source, read_handover(handover) if handover else None)
        try:
            seen = acting.see(shown, named, name)
        finally:
            if isinstance(shown, PublishedShown):
                contacted = ", ".join(f"{host} ({count(number, 'request')})" for host, number in shown.requests.items())
                session.out.note(f"Contacted {contacted}; sent nothing but the requests for the published log.")
    except custody.Fork as fork:
        session.out.text(click.style("NOT COSIGNED", fg="red", bold=True))
        if not session.shared.json:
            raise
        facts = {"witnessed": False, "fork": True, "origin": fork.origin, "evidence": str(fork.evidence)}
        session.out.line({"schema_version": 1, "error": str(fork), **facts})
        return fork.exit_code
    hand_out(
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


def _shown(session: Session, source: str, handover: HandoverFile | None) -> FileShown | PublishedShown:
    if source.lower().startswith(("http://", "https://")):
        if session.shared.offline:
            raise InputError("With --offline nothing is fetched; give a file instead of an address.")
        return PublishedShown(source, _fetch_settings(session), handover)
    return FileShown(read_small(Path(source)), source, handover)


def _fetch_settings(session: Session) -> FetchSettings:
    defaults = Config("", "")
    return FetchSettings(
        user_agent=f"archiver/{__version__} (+{PROJECT_PAGE})",
        timeout=session.shared.timeout or defaults.timeout,
        max_body=LARGEST,
        allow_net=tuple(ipaddress.ip_network(network) for network in session.shared.allow_net),
        proxy=proxy_of(session.shared.proxy),
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


@click.command()
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
        taken = custody.take_in(archive, read_small(file), named)
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


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@shared_options
@click.pass_context
def publish(ctx: click.Context, folder: Path) -> None:
    """Copy the head and the tiles of the log into a folder for a web server.

    Witnesses can then look whenever they like. The files show how many records there are and of what kind, and nothing of what is in
    them: no address, no text, no time. Run it again after recording; it copies what is new. A log that is cut back or forked since is
    not published over the older one (exit code 1).

    \b
    Example:
      archiver log publish /var/www/html/my-log
    """
    session = Session(ctx)
    with session.archive() as archive:
        head, written = custody.publish(archive, folder)
        if session.shared.json:
            session.out.line({"schema_version": 1, "folder": str(folder), "size": head.size, "files_written": written})
            return
        session.out.text(f"Published {head.size} leaves in {folder}: {count(written, 'file')} written.")
