"""What somebody without the key can do about the manifest of a pack that they changed: ``SEALS``. And with the key: `seal_with`."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from forgery import Files, Victim, forger_of

from archiver.log import Checkpoint
from archiver.packs import layout
from archiver.packs.packing import about, sealed, zipped
from archiver.signing import SigningKey, parse_note
from archiver.version import TOOL


def write(path: Path, files: Files) -> Path:
    """The files as a pack."""
    path.write_bytes(zipped(files))
    return path


def seal_unsigned(victim: Victim, files: Files) -> Files:
    """Lists and digests are made anew; the signature stays the true one, which is over another manifest."""
    made = seal_with(victim, files, victim.signer)
    old = re.search(rb'"signature": "([^"]+)"', victim.files[layout.DIGEST])
    new = re.search(rb'"signature": "([^"]+)"', made[layout.DIGEST])
    if old is None or new is None:
        raise ValueError("a pack has a signature")
    made[layout.DIGEST] = made[layout.DIGEST].replace(new[1], old[1])
    return made


def seal_foreign(victim: Victim, files: Files) -> Files:
    """Signed by the forger, who names the true key."""
    forger = forger_of(victim)
    made = seal_with(victim, files, forger)
    made[layout.DIGEST] = made[layout.DIGEST].replace(forger.public.vkey.encode(), victim.signer.public.vkey.encode())
    return made


def seal_own(victim: Victim, files: Files) -> Files:
    """Signed by the forger, who names his own key, and signs the head with it too."""
    forger = forger_of(victim)
    old = files[layout.CHECKPOINT]
    head = Checkpoint.of_text(parse_note(old).text).signed(forger)
    swapped = {
        path: data.replace(old, head) if path.startswith(("log/", "timestamps/")) else data
        for path, data in files.items()
    }
    swapped |= {layout.VKEY: forger.public.vkey.encode() + b"\n", layout.PEM: forger.public.pem()}
    return seal_with(victim, swapped, forger)


def seal_with(victim: Victim, files: Files, signer: SigningKey, software: str = TOOL) -> Files:
    """With the key, as a pack that the ``software`` made."""
    inner = {
        path: data for path, data in files.items() if path not in (layout.DATAPACKAGE, layout.DIGEST, layout.FILES)
    }
    return sealed(inner, {**about(victim.evidence), "software": software}, signer)


SEALS: tuple[Callable[[Victim, Files], Files], ...] = (seal_unsigned, seal_foreign, seal_own)
