"""What failed of many, said at the end in the same words by every command, with how to try it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from archiver.cli.saying.output import printable
from archiver.errors import ArchiverError

AGAIN = "To try what failed again, run the same command again: what is recorded is left out."
# the exit codes of what is damaged and of what is refused before it is asked for: to ask again changes nothing
_USELESS = (1, 2)


@dataclass(frozen=True, slots=True)
class Failure:
    """``what`` failed, fit to be shown, ``why``, and the line of the list on which it stands; 0 for none."""

    what: str
    why: ArchiverError
    line: int = 0

    @property
    def can_be_retried(self) -> bool:
        """Whether to try again may change anything."""
        return self.why.exit_code not in _USELESS


def say_failures(note: Callable[[str], None], failures: Iterable[Failure], again: str | None) -> None:
    """A line for each, in the order of the list, and ``again`` where any is worth it. Nothing where nothing failed."""
    listed = sorted(failures, key=lambda failure: failure.line)
    if listed:
        note(f"{len(listed):,} failed:")
    for failure in listed:
        place = f"line {failure.line}: " if failure.line else ""
        note(f"  {place}{failure.what}: {printable(str(failure.why))}")
    if again and any(failure.can_be_retried for failure in listed):
        note(again)
