"""The person's own settings: what concerns them and their machine, and must not be given away with an archive."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path

from archiver.errors import InputError
from archiver.proxies import Proxy, parse_proxy
from archiver.signing import KeyRing

FILE = "settings.toml"


@dataclass(frozen=True, slots=True)
class Personal:
    """``proxy`` as `archiver.proxies.parse_proxy` takes it, empty for none. ``memento_archive`` is the TimeGate of a public archive, empty for
    the Wayback Machine; ``wayback_keys`` are an access key, a colon and a secret key of archive.org, for `--save-to wayback`.
    ``browser`` is the program that `--browser` starts, empty for one that is found. ``webhook`` is where `archiver watch` sends alerts, and
    ``webhook_secret`` signs them (docs/watch.md).
    """

    proxy: str = field(default="", repr=False)
    memento_archive: str = ""
    wayback_keys: str = field(default="", repr=False)
    browser: str = ""
    webhook: str = field(default="", repr=False)
    webhook_secret: str = field(default="", repr=False)


def read_personal(folder: Path | None = None) -> Personal:
    """``settings.toml`` beside the keys (``~/.config/archiver``, or ``$ARCHIVER_CONFIG``); the defaults where there is none.

    Raises InputError with what is wrong; values are not repeated, they may be secrets.
    """
    path = (folder or KeyRing().folder) / FILE
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Personal()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"\bline \d+", str(error)) if isinstance(error, tomllib.TOMLDecodeError) else None
        where = f" ({line[0]})" if line else ""
        raise InputError(f"{path} cannot be read as TOML{where}; mend it, or move it away.") from error
    known = [item.name for item in fields(Personal)]
    for name, value in values.items():
        if name not in known:
            raise InputError(f"{path} has the unknown key {name[:60]!r}; known are: {', '.join(known)}.")
        if not isinstance(value, str):
            raise InputError(f"{path}: {name} must be words in quote marks.")
    return Personal(**values)


def proxy_of(option: str | None, folder: Path | None = None) -> Proxy | None:
    """The proxy that ``--proxy`` names (``none``: none at all), else the one of the personal settings. Raises InputError."""
    named = read_personal(folder).proxy if option is None else option
    return None if named in ("", "none") else parse_proxy(named)
