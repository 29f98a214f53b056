"""The hand-made lists of this room; each file says what is in it and where that comes from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


@cache
def table(name: str) -> Mapping[str, Any]:
    """``<name>.toml`` of this folder."""
    import tomllib  # slow to import, and not needed before the first text

    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text("utf-8"))
