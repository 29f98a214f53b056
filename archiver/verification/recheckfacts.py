"""What a recheck's record says of itself and of others, and whether it says the same throughout."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from archiver.archive.indexing import recheck_of
from archiver.catalogue import Rows, sum_of
from archiver.errors import MISSHAPEN, ArchiverError
from archiver.model import STOOD_BEFORE, Drift, StoredLeaf, StoredRecheck, Verdict
from archiver.model.recheckuri import rechecked_page
from archiver.urls import page_key
from archiver.verification.times import same_second


@dataclass(frozen=True, slots=True)
class RecheckFacts:
    """``snapshots`` are the ids of those that it names; ``quotes`` are (id, mark) of the quotes that it speaks of, with the mark that each must
    make (`quote_mark`). ``rows`` is the sum over its row in the catalogue.
    """

    snapshots: tuple[str, ...]
    quotes: tuple[tuple[str, bytes], ...]
    rows: bytes


def recheck_facts(block: bytes, digest: str, time: str, uri: str) -> RecheckFacts | str:
    """The facts of a recheck's record, or what is wrong with it; ``digest`` is that of its member, ``time`` and ``uri`` those of its leaf."""
    try:
        told: dict[str, Any] = json.loads(block)
        recheck = recheck_of(told, StoredLeaf(0, "recheck", digest))
        rows = sum_of(Rows(rechecks=(recheck,)))
        quotes = tuple(
            (quote["quote"], quote_mark(quote["quote"], quote["was"], recheck.url)) for quote in told["quotes"]
        )
        page = rechecked_page(uri)
        elsewhere = page is not None and page_key(page) != page_key(recheck.url)
    except (*MISSHAPEN, ArchiverError) as error:
        return f"its JSON is not that of a recheck ({type(error).__name__})"
    if elsewhere:
        return "its leaf names another page than it is of"
    if not same_second(recheck.time, time):
        return f"it says that it is of {recheck.time}, and is of {time}"
    fault = next(_faults(recheck), None)
    if fault is not None:
        return fault
    names = (recheck.previous, recheck.snapshot, *(look["snapshot"] for look in told["looks"]))
    return RecheckFacts(tuple(dict.fromkeys(name for name in names if name is not None)), quotes, rows)


def quote_mark(name: str, verdict: str, url: str) -> bytes:
    """That a quote was recorded with this verdict, for this page."""
    return blake2b(f"{name}\n{verdict}\n{page_key(url)}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _faults(recheck: StoredRecheck) -> Iterator[str]:
    """What contradicts its drift, by the table of docs/recheck.md."""
    told, drift = recheck.told, recheck.drift
    lost = {quote["drift"] for quote in told["quotes"]} - {None}
    if told["looks"][-1]["snapshot"] != recheck.snapshot:
        yield "its snapshot is not that of its last look"
    if len({quote["quote"] for quote in told["quotes"]}) != len(told["quotes"]):
        yield "it speaks of a quote twice"
    if (told["moved_to"] is not None) is not (drift is Drift.MOVED):
        yield f"it is {drift}, and says {'where to' if told['moved_to'] is not None else 'of no place where to'}"
    for quote in told["quotes"]:
        yield from _quote_faults(quote)
    wanted = {Drift.QUOTE_ALTERED: {Drift.QUOTE_ALTERED.value}, Drift.QUOTE_REMOVED: {*lost, Drift.QUOTE_REMOVED.value}}
    if drift is not Drift.MOVED and lost != wanted.get(drift, set()):
        yield f"it is {drift}, and its quotations are {' and '.join(sorted(lost)) or 'where they were'}"
    if (
        recheck.unseen
        and any(quote["verdict"] != Verdict.UNDECIDED for quote in told["quotes"])
        and drift is Drift.GONE
    ):
        yield "the page was not seen, and quotations were judged by it"


def _quote_faults(quote: dict[str, Any]) -> Iterator[str]:
    was, now, drift = Verdict(quote["was"]), Verdict(quote["verdict"]), quote["drift"]
    if drift is None:
        return
    if not was.holds or now.holds is not False:
        yield f"a quotation that was {was} and is {now} is not {drift}"
    beside = any(notice["code"] == STOOD_BEFORE for notice in quote.get("warnings", ()))
    if (now is Verdict.ABSENT or beside) is not (drift == Drift.QUOTE_REMOVED):
        yield f"a quotation that is {now} is not {drift}"
