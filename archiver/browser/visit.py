"""One page looked at with a browser: the browser in a process of its own, all its traffic through our proxy, all of it bounded."""

from __future__ import annotations

import queue
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from archiver import children
from archiver.browser import flags
from archiver.browser.authority import ThrowAwayAuthority
from archiver.browser.finding import find_browser
from archiver.browser.processes import disk, kill_tree, memory, remove
from archiver.browser.proxy import Proxy
from archiver.browser.relay import Relay
from archiver.browser.rendering import Rendering
from archiver.browser.task import Task
from archiver.browser.traffic import Traffic
from archiver.errors import MissingExtra, Stopped, Unreachable
from archiver.net import Told, cut_out
from archiver.settings import FetchSettings
from archiver.urls import Url, for_display

MAX_BYTES = 256 << 20
MAX_REQUESTS = 2_000
MAX_MEMORY = 3 << 30
MAX_DISK = 1 << 30
_LONGEST_START = 30.0  # seconds, on top of what the page may take
_LAST_ANSWERS = 2.0  # seconds that answers under way get to be put away
_MOMENT = 0.25
_MEASURED = 0.5  # seconds between two looks at what the browser takes


@dataclass(slots=True)
class _Said:
    """What the process with the browser has said so far."""

    things: dict[str, Any] = field(default_factory=dict)
    hops: list[tuple[str, int]] = field(default_factory=list)
    ended: bool = False

    def take(self, what: str, value: Any) -> None:
        if what == "hop":
            # where the page goes once it was looked at is not what was looked at
            if "dom" not in self.things:
                self.hops.append(value)
        elif what == "done":
            self.ended = True
        elif what != "failed" or "failed" not in self.things:
            self.things[what] = value


def visit(
    url: Url, settings: FetchSettings, told: Told, stop: threading.Event | None = None, program: str = ""
) -> Rendering:
    """Looks at a page and gives all that was seen: every exchange, the page as it was shown, what was done with it.

    ``settings.timeout`` bounds the page (and every request in it), not the start of the browser. ``program`` is the browser that the
    person's settings name, empty for one that is found. Where the browser fails, or has to be ended, what was there by then comes back with
    a notice. Raises MissingExtra (no extra, no browser), Unreachable where the browser did not even start, Stopped.
    """
    found = find_browser(program)
    limit = settings.timeout + _LONGEST_START
    halt = threading.Event()
    traffic = Traffic(MAX_BYTES, MAX_REQUESTS)
    relay = Relay(settings, traffic, limit, halt, told, cut_out(settings.cookies))
    authority = ThrowAwayAuthority()
    said = _Said()
    try:
        with _folder() as folder, Proxy(authority, traffic, relay) as proxy:
            arguments = tuple(flags.switches(authority.fingerprint, port=proxy.port))
            task = Task(
                url.href + (f"#{url.fragment}" if url.fragment else ""), str(found), arguments, folder, flags.has_sandbox(),
                settings.user_agent, tuple(cookie.for_browser() for cookie in settings.cookies),
                load=min(30.0, settings.timeout), scroll_seconds=min(20.0, settings.timeout / 2),
            )  # fmt: skip
            why = _drive(task, said, limit, stop)
            halt.set()
            traffic.finish(_LAST_ANSWERS)
    finally:
        halt.set()
        relay.close()
    if "browser" not in said.things:
        raise Unreachable(
            f"The browser {found} did not start ({why or said.things.get('failed', 'it ended at once')}); try it by itself, or capture "
            f"{for_display(url.href)} without --browser."
        )
    return Rendering.made(url, said.things, said.hops, traffic, why)


def _drive(task: Task, said: _Said, seconds: float, stop: threading.Event | None) -> str:
    """Runs the process to its end, or ends it with all below it; gives the reason where it had to be ended."""
    try:
        process = children.start("archiver.browser.worker", apart=True)
    except OSError as error:
        raise Unreachable(f"No process could be started for the browser: {error.strerror or error}.") from error
    try:
        children.send(process.stdin, task)
        return _listen(process, task.folder, said, seconds, stop)
    except OSError:
        return "it ended at once"
    finally:
        kill_tree(process.pid)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue


def _listen(
    process: subprocess.Popen[bytes], folder: str, said: _Said, seconds: float, stop: threading.Event | None
) -> str:
    heard: queue.SimpleQueue[tuple[str, Any] | None] = queue.SimpleQueue()

    def hear() -> None:
        # a thread, since reading from a pipe cannot be bounded in time everywhere
        while True:
            try:
                thing = children.receive(process.stdout)
            except (OSError, ValueError):
                thing = None
            heard.put(thing)
            if thing is None:
                return

    threading.Thread(target=hear, name="browser", daemon=True).start()
    end = time.monotonic() + seconds
    measure = 0.0
    while not said.ended:
        if stop is not None and stop.is_set():
            raise Stopped("The capture was stopped before it was done; nothing of this page was kept.")
        if time.monotonic() > end:
            return f"it was not done after {seconds:g} s"
        if time.monotonic() > measure:
            if excess := _excess(process.pid, folder):
                return excess
            measure = time.monotonic() + _MEASURED
        try:
            thing = heard.get(timeout=_MOMENT)
        except queue.Empty:
            continue
        if thing is None:
            return "it ended unexpectedly"
        said.take(*thing)
    return ""


def _excess(process: int, folder: str) -> str:
    """What the browser took too much of, empty where it did not."""
    if memory(process) > MAX_MEMORY:
        return f"it took more than {MAX_MEMORY >> 20} MiB of memory"
    return f"it wrote more than {MAX_DISK >> 20} MiB" if disk(folder) > MAX_DISK else ""


@contextmanager
def _folder() -> Iterator[str]:
    """A place for the browser's files, gone afterwards whatever happened."""
    try:
        folder = tempfile.mkdtemp(prefix="archiver-browser-")
    except OSError as error:
        raise MissingExtra(
            f"There is no folder for the browser's files ({error.strerror}: {error.filename}); set $TMPDIR."
        ) from error
    try:
        yield folder
    finally:
        remove(folder, _LAST_ANSWERS)
