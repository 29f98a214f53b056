"""Archives in an object store, for commands: which of them work on one, how one is opened, who signs at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiver.archive import locate
from archiver.archive.config import named_store
from archiver.cli.options import Shared
from archiver.cli.saying.output import Output
from archiver.cli.saying.words import count
from archiver.errors import ArchiverError, InputError, NetworkError

if TYPE_CHECKING:
    from archiver.archive import Archive
    from archiver.sequencing import StoreArchive, WorkingCopy
    from archiver.store import Address

WORKS = frozenset(
    (
        "snapshot", "quote", "check", "recheck", "watch", "list", "show", "search", "trace", "diff", "cite", "export", "verify",
        "timestamp", "log", "serve",
    )
)  # fmt: skip
"""The commands that work on an archive in a store, beside ``init``; each has a test there."""

_OWN_FOLDER = "files that you have go into an archive in a folder (`archiver init FOLDER`)"

INSTEAD = {
    "add": _OWN_FOLDER,
    "import": _OWN_FOLDER,
    "accept": "keep what you sign off in an archive in a folder",
    "cohort": "lists with tags go into an archive in a folder (`archiver init FOLDER`)",
    "mcp": "let the assistant call the command line, or give it an archive in a folder",
    "rebuild": "each machine makes its index again by itself once the working copy in its cache folder is taken away",
}
"""What to do where a command does not work there."""

SHARING = frozenset(("share", "unshare", "follow", "unfollow", "peers"))
"""The words behind `archiver watch` that do not."""


def working_copy(shared: Shared, address: Address) -> WorkingCopy:
    """The working copy of an archive in a store; nothing is asked of the store yet. Raises NetworkError with ``--offline``."""
    from archiver.sequencing import WorkingCopy
    from archiver.store import open_store

    if shared.offline and address.scheme != "file":
        raise NetworkError(f"The archive {address} lies in an object store, and --offline forbids the network.")
    return WorkingCopy(open_store(address), address)


@contextmanager
def stored_archive(shared: Shared, out: Output, address: Address, *, record: bool) -> Iterator[Archive]:
    """The archive, opened for a command. What it recorded is signed at the end where the key is on this machine."""
    _refuse_unless_it_works(shared, address)
    from archiver.sequencing import KeeperArchive, StoreArchive

    copy = working_copy(shared, address)
    keeping, record = shared.command == "timestamp", record or shared.command == "watch"
    archive = KeeperArchive.open_keeper(copy) if keeping else StoreArchive.open_store(copy, record=record)
    try:
        with archive:
            yield archive
    except ArchiverError as error:  # what people know is the address, not the folder of the working copy
        raise type(error)(str(error).replace(str(copy.root), str(address))) from error
    finally:
        _settle(out, copy, archive, record=record)


def _refuse_unless_it_works(shared: Shared, address: Address) -> None:
    if shared.command == "erase":
        raise InputError(
            f"Nothing of {address} can be erased: a bucket may keep older versions of what is taken out, and one with Object Lock does for "
            "certain; see docs/erasure.md for what to do where the law wants it gone."
        )
    running = click.get_current_context(silent=True)
    if shared.command == "watch" and running is not None and running.info_name in SHARING:
        raise InputError(
            f"Nothing of {address} can be shared, and it follows nobody: what it saw would be confirmed under numbers that only its sequencer "
            "gives. Share an archive in a folder."
        )
    if shared.command not in WORKS:
        instead = INSTEAD.get(shared.command or "", "it does on an archive in a folder")
        raise InputError(
            f"`archiver {shared.command}` does not work on an archive in an object store such as {address}: {instead}."
        )


def _settle(out: Output, copy: WorkingCopy, archive: StoreArchive, *, record: bool) -> None:
    """Signs what this command recorded, or says that it waits: acknowledged it is either way, so nothing here fails the command."""
    from archiver.sequencing import sequence_all

    if record and not archive.written:
        return
    try:
        waiting = archive.waiting
        if archive.written and archive.keys.signing_key_of(copy.settings.verifier) is not None:
            refused: list[str] = []
            for done in sequence_all(copy, archive.keys):
                refused = done.refused
            out.note(f"Signed: the log of {copy.address} has {done.size:,} leaves.")
            for sentence in refused:
                out.note(sentence)
        elif waiting:
            segments = f"{count(waiting, 'segment')} of {copy.address} wait{'s' if waiting == 1 else ''}"
            out.note(f"{segments} for the sequencer (`archiver log sequence`, where the key is).")
    except ArchiverError as error:
        out.note(f"What was recorded is safe and waits for the sequencer: {error}" if archive.written else str(error))


@contextmanager
def archive_folder(shared: Shared, out: Output) -> Iterator[Path]:
    """The folder of the archive that is meant; of one in a store, a folder with all of it, fetched for this command."""
    address = named_store(shared.archive)
    if address is None:
        yield locate(shared.archive)[0]
        return
    _refuse_unless_it_works(shared, address)
    from archiver.sequencing import whole_copy

    out.note(f"All of {address} is fetched to be checked, byte by byte; what waits for the sequencer is left out.")
    with whole_copy(working_copy(shared, address)) as root:
        yield root
