"""Making an archive in an empty folder: its signing key, its empty log, and last its settings, which make it an archive."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from archiver import durable
from archiver.archive import config
from archiver.archive.config import Config
from archiver.errors import ArchiveError, InputError
from archiver.log import Log
from archiver.signing import KeyRing, SigningKey
from archiver.warc import Locks


def found(root: Path, keys: KeyRing, signer: SigningKey | None, choices: Mapping[str, object]) -> None:
    """Makes the archive; see `Archive.create`. What an interrupted call left is taken over."""
    _refuse_unless_blank(root)
    given = signer is not None
    if signer is None:
        signer = SigningKey.generate(f"archiver.invalid/{uuid.uuid4().hex}")
    settings = _chosen(signer, choices, root / config.FILE)
    try:
        durable.make_folder(root.absolute())
        with Locks(root).holding_log():
            _refuse_unless_blank(root)  # another may have made one meanwhile; its log must not be overwritten
            if not given:
                keys.store(signer)
            Log(root / "log", signer.public).create(signer)
            # last and in one step, so that a folder is an archive only once it is a whole one
            durable.replace_file(root / config.FILE, settings.to_toml())
    except OSError as error:
        raise ArchiveError(f"An archive cannot be made in {root}: {error.strerror}.") from error


def _chosen(signer: SigningKey, choices: Mapping[str, object], path: Path) -> Config:
    """The settings of a new archive; raises InputError or ArchiveError for a choice that cannot be."""
    if choices.get("read_only"):
        raise InputError("An archive cannot be read-only before anything is recorded; make it so afterwards.")
    try:
        settings = replace(Config(signer.public.name, signer.public.vkey), **choices)  # type: ignore[arg-type]
        return config.parse(settings.to_toml(), path)
    except TypeError as error:
        raise InputError(f"{path} has no such key: {error}.") from error


def _refuse_unless_blank(root: Path) -> None:
    if (root / config.FILE).exists():
        raise ArchiveError(f"There is an archive in {root} already; it is left as it is.")
    if root.exists() and (not root.is_dir() or not _is_blank(root)):
        raise ArchiveError(f"{root} is not an empty folder; name a new or an empty one.")


def _is_blank(root: Path) -> bool:
    """Whether a folder holds nothing, or only what an interrupted `Archive.create` leaves: an empty log without settings."""
    names = {path.relative_to(root).as_posix() for path in root.rglob("*")}
    return all(
        name in ("log", "log/checkpoint", "locks", "locks/log.lock")
        or (name.startswith(f".{config.FILE}.") and name.endswith(".new"))
        for name in names
    )
