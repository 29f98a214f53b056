"""Saying things: JSON lines for programs, words and colour for people, and nothing that a page could steer a terminal with."""

from __future__ import annotations

import json
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any, Protocol

import click

from archiver.cli.streams import nobody_listens
from archiver.printable import printable as printable
from archiver.printable import shorten as shorten

_COLOURS = {
    "verbatim": "green", "typographic": "green", "elided": "green",
    "altered": "red", "spliced": "red", "absent": "red", "undecided": "yellow",
}  # fmt: skip


def verdict_word(verdict: str) -> str:
    """The verdict in its colour (click leaves the colour away where the output is no terminal)."""
    return click.style(verdict, fg=_COLOURS.get(verdict), bold=True)


# those used here; others would hide words, or turn them inside out
_COLOUR_CODE = re.compile(r"(\x1b\[(?:[0124]|22|3[1-6])m)")


def _steady(words: str) -> str:
    """Only colour codes are let through to a terminal, whatever a page or somebody's archive put into a name."""
    lines = words.split("\n")
    return "\n".join(
        "".join(part if _COLOUR_CODE.fullmatch(part) else printable(part) for part in _COLOUR_CODE.split(line))
        for line in lines
    )


def write_out(words: str) -> None:
    """On stdout. A reader that has enough (``| head``) ends the output, not the work: the exit code stays true."""
    try:
        click.echo(words, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        nobody_listens(sys.stdout.fileno())


def error_line(why: str, **known: object) -> str:
    """The JSON line of something that could not be taken: an input row, a URL, the whole call; with what is known of it."""
    value = {"schema_version": 1, "error": why, **known}
    return json_line({**value, "location": value.get("location")})


def json_line(value: object) -> str:
    """A JSON line. What would steer a terminal (control, format and bidi characters, line separators) is written as ``\\uXXXX``: to a
    program it is the same, and a person may be looking.
    """
    words = json.dumps(value, ensure_ascii=False)
    if words.isascii() and words.isprintable():
        return words + "\n"
    return "".join(_escaped(sign) if unicodedata.category(sign) in _STEERING else sign for sign in words) + "\n"


_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def _escaped(sign: str) -> str:
    units = sign.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def say_on_stderr(words: str) -> None:
    """A line on stderr, folded where that is a terminal."""
    words = _steady(words)
    if sys.stderr.isatty():
        words = fold(words, shutil.get_terminal_size().columns, len(words) - len(words.lstrip()) + 2)
    click.echo(words, err=True)


class Bar(Protocol):
    """A progress bar: call it with how many are done, and with ``total`` where that is known only now, or with a ``label`` for what comes next."""

    def __call__(
        self, done: float, *, failed: int = 0, total: float | None = None, label: str | None = None
    ) -> None: ...


class Output:
    """``json`` puts one object a line on stdout and nothing else there; remarks go to stderr unless ``quiet``."""

    def __init__(self, *, json: bool, quiet: bool) -> None:
        self.json = json
        self.quiet = quiet

    def line(self, value: dict[str, Any]) -> None:
        """One JSON object on stdout."""
        write_out(json_line(value))

    def error(self, why: str, **known: object) -> None:
        """A JSON object for what could not be taken, on stdout."""
        write_out(error_line(why, **known))

    def text(self, words: str = "", *, indent: int | None = None) -> None:
        """A line for people on stdout; nothing in JSON mode. With ``indent``, a terminal gets it folded to its width, further lines
        so far from the edge."""
        if not self.json:
            words = _steady(words)
            width = terminal_width()
            write_out((fold(words, width, indent) if indent is not None and width else words) + "\n")

    def note(self, words: str) -> None:
        """A remark on stderr."""
        if not self.quiet:
            say_on_stderr(words)

    @contextmanager
    def progress(self, label: str, total: float, unit: str = "") -> Iterator[Bar]:
        """A bar on stderr with rate and time left, on a terminal only; ``unit`` is what is counted, where that is not whole things."""
        if self.quiet or not sys.stderr.isatty() or (total < 2 and not unit):
            yield _no_bar
            return
        from rich.console import Console  # 60 ms that only long work at a terminal pays
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn(f"{{task.completed:.0f}}/{{task.total:.0f}} {unit}") if unit else MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(label, total=total, rate="")

            def update(done: float, *, failed: int = 0, total: float | None = None, label: str | None = None) -> None:
                speed = bar.tasks[task].speed
                rate = f"{speed:.1f}{unit and ' ' + unit}/s" if speed else ""
                rate = f"{rate} {failed} failed" if failed else rate
                bar.update(task, completed=done, total=total, description=label, rate=rate)

            yield update


def _no_bar(done: float, *, failed: int = 0, total: float | None = None, label: str | None = None) -> None:
    """Where nobody is looking."""
    del done, failed, total, label


def terminal_width() -> int | None:
    """The columns of the terminal on stdout, None where it is none: then nothing is cut or folded."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def fold(words: str, width: int, indent: int) -> str:
    """A line broken at blanks so that it fits; colour codes take no room, words that are too long stay whole."""
    lines, line, used = [], "", 0
    for word in re.findall(r"\s*\S+", words):
        size = len(click.unstyle(word))
        if used and used + size > width:
            lines.append(line)
            word = " " * indent + word.lstrip()
            line, used = "", 0
            size = len(click.unstyle(word))
        line += word
        used += size
    return "\n".join([*lines, line])


def table(
    rows: Iterable[tuple[str, ...]], header: tuple[str, ...], *, flexible: int = 1, measured: int | None = None
) -> Iterator[str]:
    """A plain table: columns as wide as the first ``measured`` rows need (None: as all do), the last one as long as it is. On a terminal the
    last ``flexible`` columns are cut so that a row stays on one line."""
    coming = iter(rows)
    first = [header, *islice(coming, measured)]
    widths = [max(len(click.unstyle(row[column])) for row in first) for column in range(len(header))]
    width = terminal_width()
    if width:
        _squeeze(widths, width - 2 * (len(header) - 1), flexible)
    for number, row in enumerate(chain(first, coming)):
        cut = [
            shorten(cell, widths[column]) if width and len(click.unstyle(cell)) > widths[column] else cell
            for column, cell in enumerate(row)
        ]
        cells = [
            cell + " " * (wide - len(click.unstyle(cell))) for cell, wide in zip(cut[:-1], widths[:-1], strict=True)
        ]
        text = "  ".join([*cells, cut[-1]]).rstrip()
        yield click.style(text, bold=True) if number == 0 else text


_NARROWEST = 10


def _squeeze(widths: list[int], room: int, flexible: int) -> None:
    """Takes from the widest of the last columns until all fit, or none can give more."""
    last = range(len(widths) - flexible, len(widths))
    while sum(widths) > room:
        widest = max(last, key=widths.__getitem__)
        if widths[widest] <= _NARROWEST:
            return
        widths[widest] -= 1
