"""What the process with the browser is asked to do: plain values, which go to it over a pipe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Task:
    """One page. Times in seconds, lengths in CSS pixels; ``arguments`` are the browser's switches, ``folder`` is for its files.

    ``agent`` is added to what the browser calls itself. ``cookies`` are in the form that playwright takes. ``max_dom`` is in characters,
    files and prints in bytes.
    """

    url: str
    program: str
    arguments: tuple[str, ...]
    folder: str
    sandbox: bool
    agent: str
    cookies: tuple[dict[str, Any], ...] = ()
    viewport: tuple[int, int] = (1280, 1024)
    load: float = 30.0
    settle: float = 6.0
    step: float = 20.0
    scroll_seconds: float = 20.0
    max_height: int = 40_000
    max_dom: int = 32_000_000
    max_print: int = 64 << 20
    max_file: int = 1 << 30
