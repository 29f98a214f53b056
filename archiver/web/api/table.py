"""What can be asked, once: the routes and the OpenAPI document are both made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.responses import Response

from archiver.web.api import acting, reading, receiving
from archiver.web.api.accepted import (
    ADDRESS,
    CURSOR,
    QUOTE,
    SNAPSHOT,
    SNAPSHOT_OR_ADDRESS,
    TAG,
    TIME,
    WORDS,
    Schema,
    or_empty,
)
from archiver.web.api.cursor import MOST, USUAL
from archiver.web.visit import Visit

BODY = 256 * 1024
"""Bytes of a body, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of the address, behind the question mark."""

    name: str
    words: str
    schema: Schema
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """``answer`` and ``body`` name schemas; ``body`` makes it a POST, whose answer is 202, of JSON or (``form``) of a multipart form with at
    most ``largest`` bytes. ``receiving``: the token that can only receive is enough for it. ``named`` is what the id in the path may be.
    """

    path: str
    view: Callable[[Visit], Response]
    words: str
    answer: str
    arguments: tuple[Argument, ...] = ()
    body: str | None = None
    form: bool = False
    largest: int = BODY
    receiving: bool = False
    named: Schema = field(default_factory=lambda: {"type": "string", "minLength": 1})


_PAGED = (
    Argument("cursor", "next of the page before.", CURSOR),
    Argument("limit", "How many.", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}),
)
_TEXT: Schema = {"type": "string"}
_BY_KEY = (Argument("cursor", "next of the page before.", _TEXT), _PAGED[1])

OPERATIONS: tuple[Operation, ...] = (
    Operation("/api/v1/sources", reading.sources, "Pages in the order of their addresses", "Sources", _BY_KEY),
    Operation(
        "/api/v1/snapshots", reading.snapshots, "Snapshots, the last recorded first", "Snapshots",
        (Argument("url", "Those of this page alone.", or_empty(ADDRESS)), *_PAGED),
    ),
    Operation("/api/v1/snapshots/{id}", reading.snapshot, "A snapshot", "Snapshot", named=SNAPSHOT),
    Operation(
        "/api/v1/quotes", reading.quotes, "Quotations with their verdicts and states, the last recorded first", "Quotes",
        (Argument("state", "Those of this state alone.", {"enum": ["holds", "fails", "undecided"]}), *_PAGED),
    ),
    Operation("/api/v1/quotes/{id}", reading.quote, "A quotation with its verdict and state", "Quote", named=QUOTE),
    Operation(
        "/api/v1/search", reading.search, "Words, or a quotation verbatim or nearly, in every snapshot", "Hits",
        (
            Argument("q", "What is looked for.", WORDS, needed=True),
            Argument("as", "How; five words or more are a quotation.", {"enum": ["words", "quotation"]}),
            Argument("url", "Only in this page, or of this host.", or_empty(WORDS)),
            Argument("since", "Only what was captured since then.", or_empty(TIME)),
            Argument("until", "Only what was captured until then.", or_empty(TIME)), _PAGED[1],
        ),
    ),
    Operation("/api/v1/rechecks", reading.rechecks, "Later looks at pages, in the order of the log", "Rechecks", _PAGED),
    Operation(
        "/api/v1/diff", reading.diff, "Two snapshots compared", "Diff",
        (
            Argument("a", "The older: its id, or an address.", SNAPSHOT_OR_ADDRESS, needed=True),
            Argument("b", "The newer.", SNAPSHOT_OR_ADDRESS, needed=True),
        ),
    ),
    Operation(
        "/api/v1/cohorts", reading.cohort, "What came of a list with a tag: its runs", "Cohort",
        (Argument("tag", "The tag of the list.", TAG, needed=True),),
    ),
    Operation("/api/v1/log", reading.head, "The signed head of the log", "Head"),
    Operation("/api/v1/quote", acting.quote, "Judge a quotation and record it; captures the page where it must", "Act", body="AskQuote"),
    Operation("/api/v1/snapshot", acting.snapshot, "Capture a page", "Act", body="AskPage"),
    Operation("/api/v1/recheck", acting.recheck, "Look at a live page again", "Act", body="AskPage"),
    Operation("/api/v1/acts/{id}", acting.act, "How far an act is", "Act"),
    Operation(
        "/api/receiving", receiving.take, "Hand over a page as a browser shows it, with words to be judged", "Receiving", body="AskReceiving",
        form=True, largest=receiving.LARGEST, receiving=True,
    ),
    Operation("/api/receiving/{id}", receiving.progress, "What came of a page that was handed over", "Receiving", receiving=True),
)  # fmt: skip
