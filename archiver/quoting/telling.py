"""Which notices of a judged quotation a reader must see though it holds: those on which it depends whether it is true to its source.

All are in JSON; a terminal that printed each would hide these few among many: every quotation that begins within a sentence is "cut".
"""

from __future__ import annotations

from collections.abc import Iterable

from archiver.model import Judgement, Notice

ABOUT_SOURCE = frozenset(
    {"newer-not-the-page", "fetched-not-the-page", "other-address", "imported", "supplied-by-user", "memento"}
)
"""What is said of the page that was judged against, whatever the verdict."""

ABOUT_WORDS = frozenset(
    {
        "hidden-denial", "across-sentences", "across-speakers", "across-paragraphs", "bracket-replaced", "not-shown", "language-unknown",
        "held-earlier", "held-later",
    }
)  # fmt: skip
"""What is said of the words: they stand there so, but not to the reader, not in one piece, or not without what was left out."""

_CUT = "cut-in-sentence"
_NAMED = "“"  # the words on which a cut quotation hangs are quoted in its detail; a cut that nothing hangs on says none


def is_remark(notice: Notice) -> bool:
    """Whether the notice is about the words of a quotation and bears on their truth. ``cut-in-sentence`` is one only where it names
    words that were left out and deny, hedge or limit what is kept."""
    return notice.code in ABOUT_WORDS or (notice.code == _CUT and _NAMED in notice.detail)


def remarks_of(judgement: Judgement) -> tuple[Notice, ...]:
    """The remarks on a quotation, in their order."""
    return remarks(judgement.warnings)


def remarks(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Those of the notices that are remarks, in their order. What two of them name alike is said once, by the graver one."""
    found = [notice for notice in notices if is_remark(notice)]
    denied = " ".join(notice.detail for notice in found if notice.code != _CUT)
    return tuple(notice for notice in found if notice.code != _CUT or _named(notice.detail) not in denied)


def said_of(judgement: Judgement) -> tuple[Notice, ...]:
    """What is said of a quotation that holds: the remarks, and where the page came from."""
    told = remarks_of(judgement)
    return tuple(notice for notice in judgement.warnings if notice in told or notice.code in ABOUT_SOURCE)


def _named(detail: str) -> str:
    return detail[detail.find(_NAMED) :]
