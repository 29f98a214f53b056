"""``archive.toml``: which archive this is, and how it wants to be used. An unknown key is an error."""

from __future__ import annotations

import contextlib
import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

import platformdirs

from archiver import urls
from archiver.errors import ArchiveError, InputError, WrongFormat
from archiver.plainfile import read_plain
from archiver.signing import VerifyingKey
from archiver.store import Address

FILE = "archive.toml"
FORMAT = 1
VARIABLE = "ARCHIVER_ARCHIVE"
_LONGEST = 1 << 20  # bytes of the file
_LARGEST = 2**53  # what every number of TOML, JSON and SQLite holds exactly


@dataclass(frozen=True, slots=True)
class Config:
    """``origin`` names the log, ``key`` is its verifier key (C2SP). The rest are defaults that options override."""

    origin: str
    key: str
    read_only: bool = False
    user_agent: str = ""
    timeout: float = 60.0
    max_body: int = 64 * 1024 * 1024
    jobs: int = 16
    per_host: int = 4
    timestamp_authorities: tuple[str, ...] = ()

    @property
    def verifier(self) -> VerifyingKey:
        """The key that heads the log; raises InputError where it is not readable."""
        return VerifyingKey.from_vkey(self.key)

    def to_toml(self) -> bytes:
        """The file, every key in the order of the fields."""
        lines = [
            "# an archive of web pages, made by archiver; the README of that tool says what is what",
            f"format = {FORMAT}",
        ]
        for field in fields(self):
            lines.append(f"{field.name} = {json.dumps(getattr(self, field.name), ensure_ascii=False)}")  # noqa: PERF401
        return ("\n".join(lines) + "\n").encode()


def parse(data: bytes, path: Path) -> Config:
    """Reads ``archive.toml``; raises WrongFormat or ArchiveError with what is wrong: a name, a type, a value."""
    try:
        values = tomllib.loads(data.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise ArchiveError(f"{path} cannot be read as TOML ({error}).") from error
    version = values.pop("format", None)
    if type(version) is not int or version != FORMAT:
        raise WrongFormat(
            f"{path} says format {version!r}; this archiver reads format {FORMAT} only, and leaves the archive as it is."
        )
    known = {field.name: field for field in fields(Config)}
    for name, value in values.items():
        if name not in known:
            raise ArchiveError(f"{path} has the unknown key {name!r}; known are: {', '.join(known)}.")
        if not _fits(value, str(known[name].type)):
            raise ArchiveError(f"{path}: {name} must be of type {known[name].type}, not {value!r}.")
    for name in ("timeout", "max_body", "jobs", "per_host"):
        if name in values and not 0 < values[name] <= _LARGEST:
            raise ArchiveError(f"{path}: {name} must be greater than 0 and no more than 2^53, not {values[name]!r}.")
    try:
        for url in values.get("timestamp_authorities", ()):
            check_authority(url)
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
        config = Config(**values)
        verifier = config.verifier
    except TypeError as error:
        raise ArchiveError(f"{path} lacks origin or key.") from error
    except InputError as error:
        raise ArchiveError(f"{path}: {error}") from error
    if verifier.name != config.origin:
        raise ArchiveError(f"{path}: the key is that of {verifier.name}, but the origin is {config.origin}.")
    return config


def check_authority(url: str) -> None:
    """Raises InputError for what cannot be the address of a time stamp authority."""
    parsed = urls.parse(url)
    if parsed.scheme not in ("http", "https") or parsed.had_credentials:
        raise InputError(
            f"{urls.for_display(url)} cannot be the address of a time stamp authority: give one with http(s), and no password."
        )


def _fits(value: object, type_name: str) -> bool:
    if isinstance(value, bool):
        return type_name == "bool"
    if type_name == "tuple[str, ...]":
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return type(value).__name__ == type_name or (type_name == "float" and isinstance(value, int))


def read(root: Path) -> tuple[Config, bytes]:
    """The configuration of the archive in a folder, and the bytes it was read from."""
    path = root / FILE
    try:
        data = read_plain(path, _LONGEST)
    except FileNotFoundError as error:
        if Address.parse(root):
            raise ArchiveError(
                f"{Address.parse(root)} lies in an object store; what opens folders does not open it."
            ) from error
        raise ArchiveError(f"There is no archive in {root} (no {FILE}); {_how_to_make_one(root)}.") from error
    except OSError as error:
        raise ArchiveError(f"{path} cannot be read: {error.strerror}.") from error
    return parse(data, path), data


def _how_to_make_one(root: Path) -> str:
    """What to do where there is no archive: a folder that holds other things is not made one."""
    with contextlib.suppress(OSError):
        if root.is_dir() and any(root.iterdir()):
            return "name the folder of one, or make one in a folder of its own with `archiver init FOLDER`"
    return f"`archiver init {root}` makes one"


def named_store(explicit: Path | None) -> Address | None:
    """The place in an object store that the option, or else ``$ARCHIVER_ARCHIVE``, names; None where it names a folder, or nothing."""
    named = explicit if explicit is not None else os.environ.get(VARIABLE)
    return Address.parse(named) if named else None


def locate(explicit: Path | None) -> tuple[Path, bool]:
    """Where the archive is, found like a git repository, and whether that is the per-user one.

    The order: the option, ``$ARCHIVER_ARCHIVE``, the nearest folder upwards that holds ``archive.toml`` or
    ``archive/archive.toml``, the per-user archive (which may not exist yet).
    """
    address = named_store(explicit)
    if address is not None:
        raise InputError(
            f"{address} lies in an object store, where this command does not work yet; name a folder with --archive."
        )
    if explicit is not None:
        return explicit, False
    variable = os.environ.get(VARIABLE)
    if variable is not None:
        if not variable:
            raise InputError(f"${VARIABLE} is set but empty; unset it or name a folder.")
        return Path(variable), False
    here = Path.cwd()
    for folder in (here, *here.parents):
        for root in (folder, folder / "archive"):
            if (root / FILE).is_file():
                return root, False
    return Path(platformdirs.user_data_dir("archiver")) / "archive", True


def changes(old: bytes, new: bytes) -> tuple[str, ...]:
    """Which keys differ between two states of the file, each as ``jobs: 16 → 17``; never empty where the bytes differ."""
    try:
        before, after = (tomllib.loads(data.decode()) for data in (old, new))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        return ("it cannot be read as TOML",)
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    found = tuple(f"{name}: {_shown(before.get(name))} → {_shown(after.get(name))}" for name in names)
    return found or (() if old == new else ("only comments or spelling",))


def _shown(value: object) -> str:
    words = "nothing" if value is None else json.dumps(value, ensure_ascii=False, default=str)
    return words if len(words) <= 60 else f"{words[:59]}…"


def only_read_only(old: bytes, new: bytes) -> bool:
    """Whether nothing but ``read_only`` was changed, from false to true, whatever that line's spelling."""
    if changes(old, new) not in [("read_only: false → true",), ("read_only: nothing → true",)]:
        return False
    others = [[line for line in data.splitlines() if not line.lstrip().startswith(b"read_only")] for data in (old, new)]
    return others[0] == others[1]


def with_read_only(data: bytes) -> bytes:
    """The file with ``read_only`` switched on, and nothing else of it changed."""
    return _with_line(data, "read_only", "true")


def with_choices(data: bytes, choices: Mapping[str, object], path: Path) -> bytes:
    """The file with other values for some keys, and nothing else of it changed where it is laid out line by line, as it is written.

    Raises ArchiveError for a key or a value that cannot be.
    """
    try:
        wanted = replace(parse(data, path), **choices)  # type: ignore[arg-type]
    except TypeError as error:
        raise ArchiveError(f"{path} has no such key: {error}.") from error
    if parse(wanted.to_toml(), path) != wanted:
        raise ArchiveError(f"{path} cannot be given these values: {', '.join(choices)}.")
    for name in choices:
        data = _with_line(data, name, json.dumps(getattr(wanted, name), ensure_ascii=False))
    try:
        return data if parse(data, path) == wanted else wanted.to_toml()
    except ArchiveError:  # a value over several lines
        return wanted.to_toml()


def _with_line(data: bytes, name: str, value: str) -> bytes:
    line = f"{name} = {value}".encode()
    lines = data.splitlines()
    at = next((number for number, words in enumerate(lines) if words.partition(b"=")[0].strip() == name.encode()), None)
    lines = [*lines, line] if at is None else [*lines[:at], line, *lines[at + 1 :]]
    return b"\n".join(lines) + b"\n"
