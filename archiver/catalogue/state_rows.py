"""Rows of ``state.db`` as they are read: others may have written there, or a disk may have damaged them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from archiver.errors import MISSHAPEN, ArchiveError

_Row = TypeVar("_Row")


def sound(read: Callable[[Sequence[Any]], _Row]) -> Callable[[Sequence[Any]], _Row]:
    """A reader of rows for which one that no archiver wrote is no fault of ours: others may have written here."""

    def checked(row: Sequence[Any]) -> _Row:
        try:
            return read(row)
        except MISSHAPEN as error:
            raise ArchiveError(
                "state.db holds what no archiver wrote of a watch; it holds no evidence and can be moved away."
            ) from error

    return checked


def json_object(words: str, **shapes: type) -> dict[str, Any]:
    """A JSON object, of which these members are of these types where they are there. Raises ValueError."""
    value = json.loads(words)
    if not isinstance(value, dict) or any(
        name in value and not isinstance(value[name], kind) for name, kind in shapes.items()
    ):
        raise ValueError("no such object")
    return value
