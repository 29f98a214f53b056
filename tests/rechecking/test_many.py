from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest
from rechecking.conftest import SPEECH, Source, spoil_text
from website import STORY, Answer

from archiver.capture import capture
from archiver.errors import ArchiveError, BlockedAddress, DamagedArchive, InputError
from archiver.model import Drift
from archiver.quoting import Quotation, quote
from archiver.rechecking import many, recheck_all


def test_many_at_once_with_second_looks_and_what_must_not_be_asked(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = [source.site.put(f"/{number}", STORY) for number in range(6)]
    monkeypatch.setattr(many, "_POOL_FROM", 100)  # processes take longer to start than six pages to read
    for url in addresses:
        capture(source.archive, url, source.options)
        quote(source.archive, url, Quotation(SPEECH), source.options)
    source.site.put("/1", b"<h1>Not found</h1>", 404)
    source.site.put("/2", STORY.replace(b"ferrymen", b"boatmen"))
    source.site.routes["/3"] = iter_answers(
        Answer(b"<h1>Not found</h1>", 404), Answer(STORY, 200, {"Content-Type": "text/html; charset=utf-8"})
    )
    wanted = [*addresses, "http://10.0.0.1/inside", "ftp://example.org/"]
    with closing(recheck_all(source.archive, wanted, source.options, 4, 4, confirm_after=0.05)) as outcomes:
        found = {outcome.url: outcome for outcome in outcomes}
    drifts = [checked.drift if (checked := found[url].recheck) else None for url in addresses]
    unchanged = Drift.UNCHANGED
    assert drifts == [unchanged, Drift.GONE, Drift.QUOTE_ALTERED, unchanged, unchanged, unchanged]
    assert isinstance(found[wanted[-2]].error, BlockedAddress)
    assert isinstance(found[wanted[-1]].error, InputError)
    assert len(source.archive.catalogue.rechecks.since(0)) == 6
    assert source.archive.catalogue.rechecks.cited() == addresses


def test_a_damaged_record_of_one_source_costs_no_other_its_answer(source: Source) -> None:
    source.quoted(SPEECH)
    other = source.site.put("/other", STORY.replace(b"Lorn", b"Mern"))
    quote(source.archive, other, Quotation(SPEECH), source.options)
    spoil_text(source.archive, source.url)
    source.edit("ferrymen", "boatmen")
    source.site.put("/other", STORY.replace(b"ferrymen", b"boatmen"))
    found = {one.url: one for one in recheck_all(source.archive, [source.url, other], source.options, 1, 1)}
    assert isinstance(found[source.url].error, DamagedArchive)
    checked = found[other].recheck
    assert checked is not None
    assert checked.drift is Drift.QUOTE_ALTERED
    (source.archive.root / "log" / "checkpoint").write_bytes(b"nobody signed this")
    with pytest.raises(ArchiveError):
        list(recheck_all(source.archive, [source.url, other], source.options, 1, 1))


def iter_answers(*answers: Answer) -> Callable[[object], Answer]:
    left = list(answers)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


def test_closing_it_drops_what_waits_for_its_second_look(source: Source) -> None:
    source.quoted(SPEECH).put(b"<h1>Not found</h1>", 404)
    other = source.site.put("/other", STORY)
    looks = recheck_all(source.archive, [source.url, other], replace(source.options), 2, 2, confirm_after=600)
    assert next(looks).url == other
    looks.close()
    assert [recheck.url for recheck in source.archive.catalogue.rechecks.since(0)] == [other]
