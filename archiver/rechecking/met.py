"""What a look at a page met, in one word, and what that says of the source: nothing of a text that was not shown."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.errors import (
    BadAnswer,
    BadCertificate,
    NameNotFound,
    NameUnanswered,
    NetworkError,
    ProxyFailed,
)
from archiver.model import WHOLE_PAGE, Drift, Snapshot

PAGE = "page"
"""The page itself came."""

NO_SUCH_NAME, CUT, NO_PAGE = "name-not-found", "cut", "no-page"
_LATER = frozenset({408, 421, 425})  # a server that wants to be asked again says nothing of the page either

_GONE = frozenset({"no-such-page", "soft-404", NO_SUCH_NAME})
_UNREACHABLE = frozenset({"server-error"})


@dataclass(frozen=True, slots=True)
class Met:
    """``code`` is `PAGE`, the code of a wall (``no-such-page``, ``restricted``, ``consent-wall`` ...) or that of an error; ``detail`` one clause
    for people. ``drift`` is what it makes of the source by itself, None where that is for the words to say.
    """

    code: str
    detail: str
    drift: Drift | None


def met_in(snapshot: Snapshot) -> Met:
    """What a capture brought. A cut body is no page: what is missing may stand in what did not come."""
    wall = snapshot.wall
    if snapshot.status in _LATER:
        return Met("server-error", f"the server answered {snapshot.status}", Drift.UNREACHABLE)
    if snapshot.status not in WHOLE_PAGE and snapshot.status < 400:
        return Met(NO_PAGE, f"the server answered {snapshot.status}, which is no page", Drift.UNREACHABLE)
    if wall is not None:
        return Met(wall.code, wall.detail or wall.code, _drift_of_wall(wall.code))
    if snapshot.truncated is not None:
        return Met(CUT, f"only a part of the page came ({snapshot.truncated})", Drift.UNREACHABLE)
    return Met(PAGE, "", None)


def _drift_of_wall(code: str) -> Drift:
    if code in _GONE:
        return Drift.GONE
    return Drift.UNREACHABLE if code in _UNREACHABLE else Drift.RESTRICTED


def met_by(error: NetworkError) -> Met:
    """What kept a page from coming. That no name server answers says nothing of the name."""
    if isinstance(error, NameNotFound) and not isinstance(error, NameUnanswered):
        return Met(NO_SUCH_NAME, _clause(error), Drift.GONE)
    for kind, code in _CODES:
        if isinstance(error, kind):
            return Met(code, _clause(error), Drift.UNREACHABLE)
    return Met("unreachable", _clause(error), Drift.UNREACHABLE)


_CODES: tuple[tuple[type[NetworkError], str], ...] = (
    (NameUnanswered, "name-unanswered"),
    (ProxyFailed, "proxy-failed"),
    (BadCertificate, "bad-certificate"),
    (BadAnswer, "bad-answer"),
)


def _clause(error: NetworkError) -> str:
    return str(error).rstrip(".")
