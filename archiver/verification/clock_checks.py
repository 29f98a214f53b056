"""Times that a person said are those of a wrong clock: they are not relied upon, and are no contradiction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from archiver.model.clock_note import ClockNote
from archiver.verification.findings import Finding

_SHOWN = 10


def without_noted(
    wrong: Sequence[tuple[int, str]], notes: Iterable[int], block: Callable[[int], bytes | None]
) -> tuple[list[tuple[int, str]], list[Finding]]:
    """Takes from leaves whose times are contradicted those that a note further on in the log names, with what is to be said of them.

    ``notes`` are the leaves of such notes. It stays undecided when these were recorded: the key's holder says that he does not know, and
    what he says does not make the times true. Between which anchors they lie is proven all the same.
    """
    said: dict[int, tuple[int, str]] = {}
    for leaf in notes:
        try:
            note = ClockNote.parse(block(leaf) or b"")
        except ValueError:
            continue
        said |= {number: (leaf, note.reason) for number in note.leaves if number < leaf}
    noted = [index for index, _ in wrong if index in said]
    if not noted:
        return list(wrong), []
    leaf, reason = said[noted[0]]
    more = f" and {len(noted) - _SHOWN} more" if len(noted) > _SHOWN else ""
    detail = (
        f"leaves {', '.join(map(str, noted[:_SHOWN]))}{more} claim times of a clock that was wrong, as leaf {leaf} says ({reason}); rely for "
        "them on the time stamps only"
    )
    return [item for item in wrong if item[0] not in said], [Finding("log", "times", None, detail)]
