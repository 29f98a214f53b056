"""What can be done about an alert: commands to paste, made of its object for programs. Plain text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archiver.model import SHORT_ID, Drift, Verdict
from archiver.urls import for_shell


def advice(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What for, and the command. The recorded copies hold what was quoted whatever became of the page."""
    url, drift = for_shell(data["url"]), data.get("drift")
    if drift is None:
        return
    stood = [quote["id"][:SHORT_ID] for quote in data["quotes"] if Verdict(quote["was"]).holds]
    if stood:
        yield "our copy", f"archiver show {stood[0]}"
        yield "its proof", f"archiver export {' '.join(stood[:3])} --to FILE.wacz"
        yield "cite it", f"archiver cite {stood[0]}"
    older, newer = data["previous"], data["snapshot"]
    if drift == Drift.GONE:
        yield "copies", f"archiver snapshot --memento {url}"
    elif drift == Drift.MOVED:
        yield "new place", f"archiver snapshot {for_shell(str(data['moved_to']))}"
    elif drift in (Drift.RESTRICTED, Drift.UNREACHABLE):
        yield "again", f"archiver recheck {url}"
    elif older and newer and older != newer:
        yield "compare", f"archiver diff {older[:SHORT_ID]} {newer[:SHORT_ID]}"
    yield "history", f"archiver show {url}"
