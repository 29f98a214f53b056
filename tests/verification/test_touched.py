"""What stands on records that are damaged or missing: all of it, in memory that what is sound does not add to."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from conftest import SealedArchive
from samples import page_members, quote_member
from tampering import damage, leaves, record_all, with_json

from archiver.archive import Archive
from archiver.log import Log
from archiver.model import assets_of
from archiver.verification import touched as module
from archiver.verification.committed import Committed
from archiver.verification.touched import Touched
from archiver.verification.worker import Crew
from archiver.warc import inflate, open_record, read_span, segment_files

TOUCHED = {
    # kind of the damaged record, how many of that kind come before it: which snapshots and quotes it touches
    "request of the first": ("request", 0, (0, 2), (0,)),
    "response of the first, which the revisit stands on": ("response", 0, (0, 2), (0,)),
    "text of the second": ("text", 1, (1,), (1,)),
    "capture of the second": ("capture", 1, (1,), (1,)),
    "the revisit": ("revisit", 0, (2,), ()),
    "a quote": ("quote", 0, (), (0,)),
    "settings": ("settings", 0, (), ()),
}


@pytest.mark.parametrize("case", TOUCHED)
def test_pages_and_quotes_that_stand_on_a_damaged_record_are_named(sealed: SealedArchive, case: str) -> None:
    kind, number, snapshots, quotes = TOUCHED[case]
    subject = damage(sealed.root, leaves(sealed.root, kind)[number])
    fault = next(fault for fault in sealed.faults() if fault.ok is False)
    assert fault.subject == subject
    assert {page.snapshot for page in fault.pages} == {sealed.snapshots[at] for at in snapshots}
    assert {page.url for page in fault.pages} <= {"https://example.org/a", "https://example.org/b"}
    assert set(fault.quotes) == {sealed.quotes[at] for at in quotes}
    value = fault.to_json()
    assert value["schema_version"] == 1
    assert [page["snapshot"] for page in value.get("pages", [])] == sorted(sealed.snapshots[at] for at in snapshots)


def known(root: Path, *, without: Iterable[int] = ()) -> Committed:
    """The leaves of an archive with their places; some may have none."""
    with Archive.open(root, read_only=True) as archive:
        log, stored = archive.log, list(archive.catalogue.leaves())
    made = Committed(Log(root / "log", log.key))
    for logged in log.leaves():
        made.add(logged.details)
    made.paths = list(segment_files(root))
    for leaf in stored:
        if leaf.index not in set(without):
            made.place(leaf.index, made.paths.index(root / leaf.file), leaf.offset)
    return made


class Plainly:
    """The same, by keeping all that every record says."""

    def __init__(self, root: Path) -> None:
        self.snapshots: dict[int, set[str]] = defaultdict(set)
        self.shown: dict[int, set[str]] = defaultdict(set)
        self.revisits: dict[str, set[str]] = defaultdict(set)
        self.of: dict[str, set[str]] = defaultdict(set)
        self.own: dict[int, str] = {}
        self.urls: dict[str, str] = {}
        stored = leaves(root)
        by_id: dict[str, list[int]] = defaultdict(list)
        for leaf in stored:
            by_id[leaf.record_id].append(leaf.index)
        for leaf in stored:
            if leaf.kind in ("capture", "quote"):
                value: Any = json.loads(
                    open_record(inflate(read_span(root / leaf.file, leaf.offset, leaf.length))).block
                )
                if leaf.kind == "quote":
                    self.own[leaf.index] = f"q-{leaf.sha256}"
                    self.of[value["archiver:snapshot"]].add(f"q-{leaf.sha256}")
                else:
                    self._capture(leaf.index, value, by_id)

    def _capture(self, index: int, value: Any, by_id: dict[str, list[int]]) -> None:
        name = value["snapshot"]
        self.urls[name] = value["url"]
        self.snapshots[index].add(name)
        if value.get("revisit_of"):
            self.revisits[value["revisit_of"]].add(name)
        records = [hop[kind] for hop in value["hops"] for kind in ("request", "interim", "response") if kind in hop]
        view = value.get("browser") or {}
        views = [view[kind] for kind in ("dom", "screenshot", "pdf") if view.get(kind)]
        for record in (*records, *views, *(text["record_id"] for text in value["texts"])):
            for leaf in by_id[record]:
                self.snapshots[leaf].add(name)
        listed = assets_of(value)
        for asset in listed.recorded if listed else ():
            for record in asset.records:
                for leaf in by_id[f"<{record}>"]:
                    self.shown[leaf].add(name)

    def touched(self, leaf: int) -> tuple[list[tuple[str, str]], list[str]]:
        own = self.snapshots[leaf]
        own = own.union(*(self.revisits[name] for name in own))
        quotes = set().union(*(self.of[name] for name in own), {self.own[leaf]} if leaf in self.own else set())
        return sorted((name, self.urls[name]) for name in own | self.shown[leaf]), sorted(quotes)


def found(touched: Touched, leaf: int) -> tuple[list[tuple[str, str]], list[str]]:
    return [(page.snapshot, page.url) for page in touched.pages([leaf])], list(touched.quotes([leaf]))


@pytest.mark.parametrize("children", [0, 2])
@pytest.mark.parametrize("which", ["sealed", "sample"])
def test_it_is_what_all_records_together_say(
    which: str, children: int, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MEMBERS", 2)
    monkeypatch.setattr(module, "_ROWS", 2)
    root = request.getfixturevalue(which).root
    committed, plainly = known(root), Plainly(root)
    everything = range(len(committed))
    with Crew(children) as crew:
        touched = Touched(committed, crew, everything)
        single = {leaf: Touched(committed, crew, [leaf]) for leaf in everything[:: 1 if which == "sealed" else 9]}
    expected = {leaf: plainly.touched(leaf) for leaf in everything}
    assert {leaf: found(touched, leaf) for leaf in everything} == expected
    assert {leaf: found(one, leaf) for leaf, one in single.items()} == {leaf: expected[leaf] for leaf in single}
    assert any(pages for pages, _ in expected.values())


def test_a_record_that_was_recorded_again_touches_what_names_it(sealed: SealedArchive) -> None:
    """Both have its id: which of the two a capture means, nobody can tell."""
    snapshot, members = page_members("https://example.org/1", b"<p>one</p>", "It is a wall, not a miracle.")
    quote = quote_member(snapshot, members, text="It is a wall, not a miracle.")
    *_, again = record_all(sealed.root, [*members, quote, members[2]])
    committed = known(sealed.root)
    with Crew(0) as crew:
        touched = Touched(committed, crew, [again.index])
    assert [page.snapshot for page in touched.pages([again.index])] == [snapshot]
    assert len(touched.quotes([again.index])) == 1


def test_a_quote_of_a_revisit_stands_on_what_is_revisited(sealed: SealedArchive) -> None:
    first, *_ = sealed.snapshots
    snapshot, (*records, capture) = page_members(
        "https://example.org/a", b"<p>later</p>", "It is a wall, not a miracle."
    )
    members = [*records, with_json(capture, lambda value: value.update(revisit_of=first))]
    quote = quote_member(snapshot, members, text="It is a wall, not a miracle.")
    *_, recorded = record_all(sealed.root, [*members, quote])
    (response, *_) = leaves(sealed.root, "response")
    committed = known(sealed.root)
    with Crew(0) as crew:
        touched = Touched(committed, crew, [response.index])
    assert f"q-{recorded.sha256}" in touched.quotes([response.index])
    assert found(touched, response.index) == Plainly(sealed.root).touched(response.index)


def sizes(touched: Touched) -> int:
    """How many numbers it keeps beside its byte of each leaf."""
    kept = (touched._own, touched._shows, touched._revisits, touched._quotes)
    return len(touched._urls) + sum(len(numbers) for found in kept for numbers in found.values())


@pytest.mark.parametrize(("number", "pages", "kept"), [(0, 2, 1 + 1 + 1 + 2), (1, 1, 1 + 0 + 1 + 1)])
def test_what_is_sound_is_not_kept(sealed: SealedArchive, number: int, pages: int, kept: int) -> None:
    """Of a response its capture, a revisit where there is one, a quote, and the URLs."""
    leaf = leaves(sealed.root, "response")[number]
    for _ in range(2):
        committed = known(sealed.root)
        with Crew(0) as crew:
            touched = Touched(committed, crew, [leaf.index])
        assert len(touched.pages([leaf.index])) == pages
        assert sizes(touched) == kept
        for other in range(5):
            snapshot, members = page_members(f"https://example.org/{other}", b"<p>one</p>", "It is a wall.")
            record_all(sealed.root, [*members, quote_member(snapshot, members, "a wall", "It is a wall.")])


def test_a_page_whose_capture_is_missing_is_named_as_its_response_is(
    sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    (capture, *_), (response, *_) = leaves(sealed.root, "capture"), leaves(sealed.root, "response")
    committed, far = known(sealed.root, without=[capture.index]), capture.index - response.index
    for near, url in (((64,), response.uri), ((far - 1,), ""), ((far - 1, far), response.uri)):
        monkeypatch.setattr(module, "_NEAR", near)
        with Crew(0) as crew:
            touched = Touched(committed, crew, [capture.index])
        said = {page.snapshot: page.url for page in touched.pages([capture.index])}
        assert said[sealed.snapshots[0]] == url, "the log is not searched to its beginning"


def test_what_was_said_of_pages_is_forgotten_in_time(sealed: SealedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_URLS", 1)
    captures = [leaf.index for leaf in leaves(sealed.root, "capture")]
    committed = known(sealed.root)
    with Crew(0) as crew:
        touched = Touched(committed, crew, captures)
    assert len(touched.pages(captures)) == len(captures) > 1
    assert len(touched._urls) == 1
