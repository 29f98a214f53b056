"""What a page or a style sheet names, as an address of its replay: ``<prefix>/asset/<key>`` for what its capture recorded, nothing for the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from archiver import urls
from archiver.digests import Digest
from archiver.errors import InputError
from archiver.model import Asset
from archiver.texts.assets import encoded

_KEY = 32  # hex digits of the SHA-256 of an address
_SPACE = "\t\n\f\r "
_DATA = re.compile(
    r"data:(?:image/(?:png|jpe?g|pjpeg|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon|svg\+xml)|(?:application/(?:x-)?)?font[/-][a-z0-9.+-]*)[;,]",
    re.IGNORECASE,
)
_LONGEST_DATA = 4_000_000
_FRAGMENT = re.compile(r"#[\w.:-]{1,200}")
_MOST_MISSING = 2_000
_MOST_READ = 20_000_000  # characters of addresses with what they are relative to, of one page; a base may have 64,000, and be read for each link
_LONGEST_LINK = 4_000


def key_of(url: str) -> str:
    """The name that an asset has in the addresses of a replay."""
    return Digest.of(url.encode("utf-8", "surrogatepass")).hex[:_KEY]


def by_address(recorded: Iterable[Asset]) -> dict[str, Asset]:
    """The assets by the addresses that stand for them: as they were named first, then as they answered."""
    found: dict[str, Asset] = {}
    items = tuple(recorded)
    for item in items:
        found.setdefault(item.url, item)
    for item in items:
        found.setdefault(item.address, item)
    return found


@dataclass(slots=True)
class Addresses:
    """``base`` is what addresses are relative to (a page may set it once), ``charset`` that of the page. ``missing`` gathers what was named and
    is not in ``assets``."""

    prefix: str
    assets: Mapping[str, Asset]
    base: str
    charset: str | None = None
    missing: dict[str, None] = field(default_factory=dict)
    read: int = 0

    def set_base(self, name: str, own: str) -> None:
        """The page's ``<base href>``, relative to its ``own`` address."""
        self.base = self._absolute(name, own) or own

    def absolute(self, name: str) -> str | None:
        """An address of the web, without fragment; None for one that is none."""
        return self._absolute(name, self.base)

    def of(self, name: str) -> str | None:
        """The address in the replay of an image, a style sheet or a font; also a fragment of this page, and an image or a font that is in the
        page itself. None for all else."""
        name = name.strip(_SPACE)
        if name.startswith("#"):
            return name if _FRAGMENT.fullmatch(name) else None
        if name[:5].lower() == "data:":
            return name if _DATA.match(name) and len(name) <= _LONGEST_DATA else None
        address = self._absolute(name, self.base) if name else None
        if address is None:
            return None
        if address not in self.assets:
            if len(self.missing) < _MOST_MISSING:
                self.missing[address] = None
            return None
        fragment = _FRAGMENT.search(name)
        return f"{self.prefix}/asset/{key_of(address)}{fragment[0] if fragment and name.endswith(fragment[0]) else ''}"

    def recorded(self, name: str) -> str | None:
        """The same of what was recorded only, and without saying that it is missing."""
        address = self._absolute(name.strip(_SPACE), self.base)
        return f"{self.prefix}/asset/{key_of(address)}" if address in self.assets and address is not None else None

    def link(self, address: str) -> str | None:
        """Where a link to another page leads in the replay, ``<prefix>/link/<address, escaped as a whole>``: whoever shows the replay answers it.
        None for a very long one."""
        return f"{self.prefix}/link/{quote(address, safe='')}" if len(address) <= _LONGEST_LINK else None

    def _absolute(self, name: str, base: str) -> str | None:
        self.read += len(name) + len(base)
        if self.read > _MOST_READ:
            return None
        try:
            parsed = urls.parse(encoded(name.strip(_SPACE), self.charset), base or None)
        except InputError:
            return None
        return parsed.href if parsed.scheme in ("http", "https") else None
