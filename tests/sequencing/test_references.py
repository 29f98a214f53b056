"""What a writer's records say of others is held against the log before anything is signed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from samples import quote_member
from store_faults import Depot

from archiver import clock
from archiver.archive import Archive
from archiver.model.recheckuri import recheck_uri
from archiver.sequencing import whole_copy
from archiver.verification import Request, Verification
from archiver.warc import Member, Record, seal

TEXT = "Words that are cited."
PAGE = "https://example.org/a"
UNKNOWN = "0" * 64


def look(snapshot: str, quote: str) -> dict[str, Any]:
    """A recheck that found the page as it was."""
    now = clock.stamp()
    return {
        "v": 1, "url": PAGE, "time": now, "previous": snapshot, "snapshot": snapshot, "drift": "unchanged", "reason": "x", "moved_to": None,
        "revision": None, "changed": False, "looks": [{"time": now, "met": "page", "detail": "", "snapshot": snapshot}],
        "quotes": [{"quote": quote, "was": "verbatim", "verdict": "verbatim", "drift": None}], "tool": "archiver 0",
    }  # fmt: skip


def sealed(told: dict[str, Any], uri: str, date: str) -> Member:
    return seal(Record("recheck", "metadata", uri, date, "application/json", json.dumps(told).encode()))


def _word(name: str, value: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda told: told | {name: value}


FORGED: list[tuple[Callable[[dict[str, Any]], dict[str, Any]], str]] = [
    (_word("previous", f"s-{UNKNOWN}"), "stands on the snapshot"),
    (lambda told: told | {"looks": [{**told["looks"][0], "snapshot": f"s-{UNKNOWN}"}, *told["looks"]]}, "stands on the snapshot"),
    (lambda told: told | {"quotes": [{**told["quotes"][0], "quote": f"q-{UNKNOWN}"}]}, "speaks of the quote"),
    (lambda told: told | {"quotes": [{**told["quotes"][0], "was": "altered"}]}, "another verdict or page"),
    (_word("url", "https://example.org/b"), "another page or time"),
    (_word("time", "2020-01-01T00:00:00Z"), "another page or time"),
]  # fmt: skip


def test_what_speaks_of_what_is_not_there_is_not_signed(tmp_path: Path) -> None:
    depot = Depot(tmp_path)
    uri = recheck_uri("1", PAGE)
    with depot.writer() as writer:
        snapshot, members = depot.page("a")
        writer.record(members)
        quote = quote_member(snapshot, members, TEXT, TEXT)
        writer.record([quote])
        good = look(snapshot, f"q-{quote.sha256.hex}")
        writer.record([sealed(good, uri, good["time"])])
        for forge, _ in FORGED:
            writer.record([sealed(forge(good), uri, good["time"])])
        writer.record([quote_member(f"s-{UNKNOWN}", members, TEXT, TEXT)])
    done = depot.sequence()
    assert sum(item.segments for item in done) == 3
    for sentence, why in zip(done[-1].refused, [*(why for _, why in FORGED), "stands on the snapshot"], strict=True):
        assert why in sentence
    with whole_copy(depot.copy("sequencer")) as root:
        assert [item for item in Verification(root, Request(), depot.keys).findings() if item.ok is not True] == []
        with Archive.open(root, read_only=True) as archive:
            assert len(list(archive.catalogue.leaves("recheck"))) == 1


def _quote(snapshot: str, url: str, good: Member) -> Member:
    value = json.loads(good.record.block) | {"archiver:snapshot": snapshot}
    value["target"] |= {"source": url}
    return seal(
        Record(
            "quote",
            "metadata",
            "urn:archiver:quote:1",
            good.record.date,
            "application/ld+json",
            json.dumps(value).encode(),
        )
    )


def test_references_of_any_shape_hold_up_nobody(tmp_path: Path) -> None:
    depot = Depot(tmp_path)
    with depot.writer() as writer:
        snapshot, members = depot.page("a")
        writer.record(members)
        good = quote_member(snapshot, members, TEXT, TEXT)
        odd = [(snapshot[:20], PAGE), ("", PAGE)]
        for name, url in odd:
            writer.record([_quote(name, url, good)])
        unread = _quote(snapshot, "no address", good)  # a page that is none, and a recheck that speaks of it
        writer.record([unread])
        told = look(snapshot, f"q-{unread.sha256.hex}")
        writer.record([sealed(told, recheck_uri("1", PAGE), told["time"])])
        depot.record(writer, "b")
    *_, done = depot.sequence()
    assert len(done.refused) == len(odd) + 1
    assert "no whole id" in done.refused[0]
    assert "another verdict or page" in done.refused[-1]
    with depot.copy("sequencer").catalogue() as catalogue:
        assert len(catalogue.snapshots()) == 2
