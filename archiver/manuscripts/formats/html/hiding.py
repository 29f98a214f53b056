"""Which HTML elements show nothing to a reader, or show what the writer struck out."""

from __future__ import annotations

import re
from collections.abc import Mapping

STRUCK = frozenset({"del", "s", "strike"})
"""Elements whose words were taken back."""

_HIDDEN = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)


def is_hidden(said: Mapping[str, str]) -> bool:
    """Whether its attributes hide an element; what a style sheet says of it is not known."""
    return "hidden" in said or _HIDDEN.search(said.get("style", "")) is not None
