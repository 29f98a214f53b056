"""Alerts to a program that the person names, such as one that sends mail.

The program gets the words on standard input and the object for programs as a file. Nothing of a page is in its arguments or its environment,
where a shell might read it as more than words.
"""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from archiver.catalogue import Alert
from archiver.errors import InputError, Stopped
from archiver.printable import shorten
from archiver.watching.undelivered import Undelivered

TIMEOUT = 60.0
_WINDOWS = os.name == "nt"
_TICK = 0.05


@dataclass(frozen=True, slots=True)
class Command:
    """``arguments`` are run as they are, without a shell; ``timeout`` in seconds."""

    arguments: tuple[str, ...]
    timeout: float = TIMEOUT

    @classmethod
    def parse(cls, line: str) -> Command:
        """Reads a line as a shell splits it. Raises InputError."""
        try:
            arguments = tuple(shlex.split(line, posix=not _WINDOWS))
        except ValueError as error:
            raise InputError(f"The command cannot be read ({str(error).lower()}); check its quote marks.") from error
        if not arguments or not arguments[0] or "\0" in line:
            raise InputError("The command is empty; give one like 'mail -s \"A source changed\" me@example.org'.")
        return cls(arguments)

    def run(self, alert: Alert, stop: threading.Event) -> None:
        """Runs it for one alert; raises Undelivered where it fails or takes too long, Stopped where ``stop`` is set meanwhile."""
        try:
            self._run(alert, stop)
        except OSError as error:  # a disk that is full, a folder for temporary files that is away
            raise Undelivered(f"{self._name} cannot be given an alert: {error.strerror or error}.") from error
        except ValueError as error:  # a NUL or half a character in a state.db that somebody else wrote
            raise Undelivered(f"{self._name} cannot be given an alert that is no text.", alone=True) from error

    def _run(self, alert: Alert, stop: threading.Event) -> None:
        # what the program leaves in the folder and nobody can take away makes nothing undelivered
        with tempfile.TemporaryDirectory(prefix="archiver-alert-", ignore_cleanup_errors=True) as folder:
            file = Path(folder) / "alert.json"
            file.write_text(json.dumps(alert.data, ensure_ascii=False) + "\n", encoding="utf-8")
            words = Path(folder) / "alert.txt"
            words.write_text(f"{alert.title}\n\n{alert.words}", encoding="utf-8")
            environment = {
                **os.environ,
                "ARCHIVER_ALERT_ID": alert.id,
                "ARCHIVER_ALERT_KIND": alert.kind,
                "ARCHIVER_ALERT_FILE": str(file),
            }
            with words.open("rb") as given, (Path(folder) / "said").open("w+b") as said:
                try:
                    process = subprocess.Popen(
                        self.arguments, stdin=given, stdout=said, stderr=said, env=environment, start_new_session=True
                    )
                except OSError as error:
                    raise Undelivered(f"{self._name} cannot be started: {error.strerror or error}.") from error
                code = self._wait(process, stop)
                if code:
                    said.seek(0)
                    last = shorten(said.read(10_000).decode("utf-8", "replace"), 200)
                    raise Undelivered(f"{self._name} ended with {code}{f': {last}' if last else ''}.", alone=True)

    @property
    def _name(self) -> str:
        return f"The command {shorten(Path(self.arguments[0]).name, 60)}"

    def _wait(self, process: subprocess.Popen[bytes], stop: threading.Event) -> int:
        """The exit code; what runs too long is ended with all that it started."""
        end = time.monotonic() + self.timeout
        while True:
            try:
                return process.wait(_TICK)
            except subprocess.TimeoutExpired:
                if not stop.is_set() and time.monotonic() < end:
                    continue
            _end(process)
            if stop.is_set():
                raise Stopped(f"{self._name} was ended, since the watch was; it is run again.")
            raise Undelivered(f"{self._name} took longer than {self.timeout:g} s and was ended.")


def _end(process: subprocess.Popen[bytes]) -> None:
    if _WINDOWS:
        process.kill()
    else:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            process.kill()
    process.wait()
