"""The kinds of records, each with what the rest of the program has to know of it: whoever adds a kind enters it here and nowhere else.

The kind goes into the leaf of the log (docs/format.md lists what each record holds). A kind that is not in the table has no traits: it is
stored, committed to and checked byte for byte like every other, and may be erased.
"""

from __future__ import annotations

from enum import Flag, auto


class Trait(Flag):
    """What is so of a kind of records."""

    LASTING = auto()
    """Never erased: it says nothing of what anybody looks at, and others' proofs stand on it."""
    INDEXED = auto()
    """It has rows of its own in the catalogue, made from its block."""
    LOOKED_UP = auto()
    """The verification looks for its records one by one, by their kind."""
    OF_THE_LOG = auto()
    """Evidence about the log itself, not about what was recorded in it."""
    OF_AN_ANCHOR = auto()
    """A part of an outside anchor, or the first record of a file, which never stands alone: a head in which nothing else is new need not
    be stamped again."""
    SILENT = auto()
    """No word in it is of a page or of a person: an erasure does not search it."""
    DATED_HERE = auto()
    """Its time is that of this machine's clock when it was recorded (but a capture of what others had captured is dated by them)."""
    EXCHANGE = auto()
    """What went over the wire, one exchange of a capture."""
    BODY = auto()
    """Its block is what somebody else said: only its header refers to other records."""
    REPORT = auto()
    """It only tells what became of others, and goes where it speaks of what is erased."""
    BESIDE = auto()
    """A file that came in a package beside its records."""
    FOREIGN = auto()
    """It comes out of somebody else's file, with the date that it had there, and need belong to no snapshot."""


COHORT, COHORT_ROWS = "cohort", "cohort-rows"
CAPTURE, QUOTE, RECHECK, CORROBORATION, TEXT, CERTIFICATE, SETTINGS, WARCINFO = (
    "capture",
    "quote",
    "recheck",
    "corroboration",
    "text",
    "certificate",
    "settings",
    "warcinfo",
)
CHECKPOINT, TIMESTAMP, COSIGNATURE, KEY_ROTATION, CLOCK = (
    "checkpoint",
    "timestamp",
    "cosignature",
    "key-rotation",
    "clock",
)
DOM, SCREENSHOT, PRINT = "dom", "screenshot", "print"
IMPORT, IMPORT_FILE, IMPORTED_RECORD, SUPPLIED_RECORD, ERASURE = (
    "import",
    "import-file",
    "imported",
    "supplied",
    "erasure",
)

_EXCHANGE = Trait.EXCHANGE | Trait.BODY
_LOG = Trait.LASTING | Trait.LOOKED_UP | Trait.OF_THE_LOG
_OWN_LOG = _LOG | Trait.DATED_HERE

KINDS: dict[str, Trait] = {
    "request": _EXCHANGE,
    "interim": _EXCHANGE,
    "response": _EXCHANGE,
    "revisit": _EXCHANGE,
    TEXT: Trait.LOOKED_UP | Trait.BODY,
    DOM: Trait.BODY,
    SCREENSHOT: Trait.BODY,
    PRINT: Trait.BODY,
    CAPTURE: Trait.INDEXED | Trait.LOOKED_UP | Trait.DATED_HERE,
    QUOTE: Trait.INDEXED | Trait.LOOKED_UP | Trait.DATED_HERE,
    RECHECK: Trait.INDEXED | Trait.LOOKED_UP | Trait.DATED_HERE | Trait.REPORT,
    CORROBORATION: Trait.INDEXED | Trait.LOOKED_UP | Trait.DATED_HERE | Trait.REPORT,
    COHORT: Trait.INDEXED | Trait.LOOKED_UP | Trait.DATED_HERE | Trait.REPORT,
    COHORT_ROWS: Trait.DATED_HERE | Trait.REPORT,
    CERTIFICATE: Trait.INDEXED | Trait.LOOKED_UP | Trait.SILENT | Trait.OF_AN_ANCHOR,
    SETTINGS: Trait.LASTING | Trait.LOOKED_UP | Trait.SILENT | Trait.DATED_HERE,
    WARCINFO: _OWN_LOG | Trait.SILENT | Trait.OF_AN_ANCHOR,
    CHECKPOINT: _OWN_LOG | Trait.SILENT | Trait.OF_AN_ANCHOR,
    TIMESTAMP: _LOG | Trait.SILENT | Trait.OF_AN_ANCHOR,
    COSIGNATURE: _OWN_LOG | Trait.SILENT,
    KEY_ROTATION: _OWN_LOG,
    CLOCK: _OWN_LOG,
    ERASURE: Trait.LASTING | Trait.INDEXED | Trait.LOOKED_UP | Trait.DATED_HERE,
    IMPORT: Trait.REPORT | Trait.DATED_HERE,
    IMPORT_FILE: Trait.BESIDE,
    IMPORTED_RECORD: Trait.FOREIGN | Trait.BODY,
    SUPPLIED_RECORD: Trait.BODY,
}


def having(traits: Trait) -> frozenset[str]:
    """The kinds that have all of these traits."""
    return frozenset(kind for kind, its in KINDS.items() if traits in its)


LASTING = having(Trait.LASTING)
"""Kinds of records that are never erased."""
