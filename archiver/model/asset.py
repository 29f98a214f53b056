"""What a page needs to look as it did: its images, styles and fonts, as its capture record lists them.

One form for every way of capturing: a plain capture lists what page and styles name, a browser what it loaded. The list is the field
``assets`` of the capture record; a record without it says nothing of assets.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """What an asset is to its page."""

    STYLE = "style"
    IMAGE = "image"
    FONT = "font"
    ICON = "icon"
    SCRIPT = "script"
    FRAME = "frame"
    MEDIA = "media"
    DATA = "data"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Asset:
    """An asset that is recorded.

    ``url`` is the address as the page names it (absolute, without fragment), ``status`` that of its last answer. ``record`` is the id
    (``urn:uuid:...``, without brackets) of the record that holds this answer, a response or a revisit; ``of`` that of the response
    whose payload stands for a revisit's, else None. ``sha256`` and ``size`` are those of the payload, transfer coding undone.
    ``media_type``, ``etag`` and ``last_modified`` are as the server gave them. ``final_url`` is where redirects led, ``through`` are the
    records of their answers, ``request`` that of the last request, where there is one. ``found_in`` is the style sheet that names it,
    None where the page does.
    """

    url: str
    role: Role
    status: int
    record: str
    sha256: str
    size: int
    media_type: str
    of: str | None = None
    final_url: str | None = None
    through: tuple[str, ...] = ()
    request: str | None = None
    found_in: str | None = None
    etag: str | None = None
    last_modified: str | None = None

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of all records that it stands on, its own last."""
        return tuple(filter(None, (*self.through, self.request, self.of, self.record)))

    @property
    def address(self) -> str:
        """The address that answered."""
        return self.final_url or self.url

    def to_json(self) -> dict[str, Any]:
        """As a capture record lists it; what is not there is left out."""
        return _told(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Asset:
        """Raises LookupError, TypeError or ValueError where it is none. What is not known here is passed over."""
        return cls(
            _word(value["url"]), _role(value["role"]), _number(value["status"]), _word(value["record"]), _digest(value["sha256"]),
            _number(value["size"]), _word(value["media_type"]), _maybe(value, "of"), _maybe(value, "final_url"),
            tuple(_word(item) for item in _list(value.get("through", []))), _maybe(value, "request"), _maybe(value, "found_in"),
            _maybe(value, "etag"), _maybe(value, "last_modified"),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FailedAsset:
    """An asset that was asked for and is not recorded: ``error`` says why, ``status`` is the answer's where there was one."""

    url: str
    role: Role
    error: str
    status: int | None = None
    found_in: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As a capture record lists it; what is not there is left out."""
        return _told(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> FailedAsset:
        """Raises LookupError, TypeError or ValueError where it is none."""
        status = value.get("status")
        return cls(
            _word(value["url"]), _role(value["role"]), _word(value["error"]), None if status is None else _number(status),
            _maybe(value, "found_in"),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class AssetCounts:
    """How many assets a page has. ``found`` is ``recorded`` and ``failed`` and all that was ``left_out``, by reason; ``size`` the bytes of
    the payloads of those that are recorded.
    """

    recorded: int = 0
    failed: int = 0
    left_out: tuple[tuple[str, int], ...] = ()
    size: int = 0

    @property
    def found(self) -> int:
        return self.recorded + self.failed + sum(number for _, number in self.left_out)

    def to_json(self) -> dict[str, Any]:
        return {
            "found": self.found,
            "recorded": self.recorded,
            "failed": self.failed,
            "left_out": dict(self.left_out),
            "bytes": self.size,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> AssetCounts:
        """Raises LookupError, TypeError or ValueError where it is none."""
        left_out = value["left_out"]
        if type(left_out) is not dict:
            raise TypeError("no counts")
        counts = tuple((_word(reason), _number(number)) for reason, number in left_out.items())
        return cls(_number(value["recorded"]), _number(value["failed"]), counts, _number(value["bytes"]))


@dataclass(frozen=True, slots=True)
class AssetList:
    """The assets of one capture. ``certificates`` are the SHA-256 of those that the servers showed, ``request`` the lines that every
    request for one of them had alike, where the requests are not recorded one by one.
    """

    recorded: tuple[Asset, ...] = ()
    failed: tuple[FailedAsset, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    certificates: tuple[str, ...] = ()
    request: str | None = None

    @property
    def counts(self) -> AssetCounts:
        size = sum(asset.size for asset in self.recorded)
        return AssetCounts(len(self.recorded), len(self.failed), self.left_out, size)

    def to_json(self) -> dict[str, Any]:
        """The field ``assets`` of a capture record."""
        value: dict[str, Any] = {"v": 1, "counts": self.counts.to_json()}
        if self.request is not None:
            value["request"] = self.request
        if self.certificates:
            value["certificates"] = list(self.certificates)
        value["recorded"] = [asset.to_json() for asset in self.recorded]
        value["failed"] = [asset.to_json() for asset in self.failed]
        return value

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> AssetList:
        """Raises LookupError, TypeError or ValueError where it is none, or counts otherwise than it lists."""
        counts = AssetCounts.from_json(value["counts"])
        found = cls(
            tuple(Asset.from_json(item) for item in _list(value["recorded"])),
            tuple(FailedAsset.from_json(item) for item in _list(value["failed"])),
            counts.left_out,
            tuple(_digest(item) for item in _list(value.get("certificates", []))),
            _maybe(value, "request"),
        )
        if found.counts != counts:
            raise ValueError("a list of assets that counts otherwise than it lists")
        return found


@dataclass(frozen=True, slots=True)
class StoredAsset:
    """An asset of a snapshot as the catalogue keeps it: ``leaf`` is that of the record of its answer, ``of`` that of the response whose
    payload stands for it (None where it has its own), ``url`` the address that answered.
    """

    leaf: int
    of: int | None
    url: str
    status: int
    sha256: str

    @property
    def payload_leaf(self) -> int:
        """The leaf of the record that holds its payload."""
        return self.leaf if self.of is None else self.of


def assets_of(capture: dict[str, Any]) -> AssetList | None:
    """The assets that a capture record lists; None where it says nothing of assets (that is understood here). Raises as `AssetList.from_json`."""
    value = capture.get("assets")
    if value is None or value.get("v") != 1:
        return None
    return AssetList.from_json(value)


def _told(value: Asset | FailedAsset) -> dict[str, Any]:
    told = {item.name: getattr(value, item.name) for item in fields(value)}
    return {
        name: list(item) if isinstance(item, tuple) else item
        for name, item in told.items()
        if item is not None and item != ()
    }


def _role(value: object) -> Role:
    try:
        return Role(_word(value))
    except ValueError:  # a later archiver may know others
        return Role.OTHER


def _word(value: object) -> str:
    if type(value) is not str:
        raise TypeError("no text")
    return value


def _maybe(value: dict[str, Any], name: str) -> str | None:
    item = value.get(name)
    return None if item is None else _word(item)


def _number(value: object) -> int:
    if type(value) is not int or not 0 <= value < 2**63:
        raise TypeError("no number")
    return value


def _digest(value: object) -> str:
    word = _word(value)
    if len(bytes.fromhex(word)) != 32 or word != word.lower():
        raise ValueError("no digest")
    return word


def _list(value: object) -> list[Any]:
    if type(value) is not list:
        raise TypeError("no list")
    return value
