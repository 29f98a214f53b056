"""What is wrong with a recheck's record, whoever signed it."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from website import STORY, Website

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.erasure import erase, make_plan
from archiver.errors import DamagedArchive, UnknownId
from archiver.model.recheckuri import recheck_uri, rechecked_page
from archiver.quoting import Quotation, quote
from archiver.rechecking import recheck
from archiver.verification import Request, Verification
from archiver.warc import Record, seal

WORDS = "close on the 13th of May for repairs"
OTHER = "s-" + "0" * 64


@pytest.fixture
def told(archive: Archive, site: Website, options: Options) -> dict[str, Any]:
    """What a true recheck tells of an altered quotation."""
    url = site.put("/story", STORY)
    capture(archive, url, options)
    assert quote(archive, url, Quotation(WORDS), options).holds
    site.put("/story", STORY.replace(b"13th", b"31st"))
    recheck(archive, url, options)
    return archive.catalogue.rechecks.since(0)[0].told


def findings(archive: Archive, **request: Any) -> list[str]:
    return [
        f"{found.check}: {found.detail}"
        for found in Verification(archive.root, Request(**request)).findings()
        if not found.ok
    ]


def record(archive: Archive, told: dict[str, Any]) -> None:
    block = json.dumps(told).encode()
    archive.record(
        [seal(Record("recheck", "metadata", "urn:archiver:recheck:1", told["time"], "application/json", block))]
    )


def test_a_true_one_is_sound_and_judged_again_alike(archive: Archive, told: dict[str, Any]) -> None:
    assert told["quotes"][0]["drift"] == "quote-altered"
    assert findings(archive, re_extract=True) == []
    before = list(archive.catalogue.dump())
    archive.rebuild()
    assert list(archive.catalogue.dump()) == before


Change = Callable[[dict[str, Any]], object]


FAULTS: list[tuple[Change, str]] = [
    (lambda told: told.update(drift="unchanged"), "it is unchanged, and its quotations are quote-altered"),
    (lambda told: told.update(drift="quote-removed"), "it is quote-removed, and its quotations are quote-altered"),
    (
        lambda told: told["quotes"][0].update(drift=None),
        "it is quote-altered, and its quotations are where they were",
    ),
    (
        lambda told: told["quotes"][0].update(was="altered"),
        "a quotation that was altered and is altered is not quote-altered",
    ),
    (
        lambda told: told["quotes"][0].update(was="typographic"),
        "with another verdict or page than that was recorded with",
    ),
    (lambda told: told["quotes"][0].update(verdict="absent"), "a quotation that is absent is not quote-altered"),
    (lambda told: told["quotes"][0].update(quote="q-" + "1" * 64), "the log does not know the quote q-1111"),
    (lambda told: told.update(url="https://example.org/other"), "another verdict or page"),
    (lambda told: told.update(previous=OTHER), "the log does not know the snapshot s-0000"),
    (lambda told: told.update(snapshot=OTHER), "its snapshot is not that of its last look"),
    (lambda told: told.update(moved_to="https://example.org/"), "it is quote-altered, and says where to"),
    (lambda told: told["quotes"].append(told["quotes"][0]), "it speaks of a quote twice"),
]


def test_what_contradicts_itself_or_the_log_is_found(archive: Archive, told: dict[str, Any]) -> None:
    first = archive.head().size
    for change, _ in FAULTS:
        forged = copy.deepcopy(told)
        change(forged)
        record(archive, forged)
    found = Verification(archive.root, Request()).findings()
    faults = {str(finding.subject): finding.detail for finding in found if finding.check == "recheck"}
    places = [
        f"{leaf.file.rpartition('/')[2]} at byte {leaf.offset}"
        for leaf in archive.catalogue.leaves()
        if leaf.index >= first
    ]
    said = [next(detail for subject, detail in faults.items() if subject.endswith(place)) for place in places]
    assert [fault in detail for (_, fault), detail in zip(FAULTS, said, strict=True)] == [True] * len(FAULTS)


def test_a_leaf_that_names_another_page_than_its_record_is_found(archive: Archive, told: dict[str, Any]) -> None:
    block = json.dumps(told).encode()
    for page in (told["url"], "https://example.org/other", "no address"):
        uri = recheck_uri("00000000-0000-4000-8000-000000000000", page)
        archive.record([seal(Record("recheck", "metadata", uri, told["time"], "application/json", block))])
    assert [("names another page" in said, "InputError" in said) for said in findings(archive)] == [
        (True, False),
        (False, True),
    ]


def test_the_page_that_a_leaf_names_is_read_as_it_was_written() -> None:
    for page in ("https://example.org/a?b=c|d&e=%20%7C", "http://[::1]:8/x:y", "https://xn--mnchen-3ya.de/~a'b"):
        uri = recheck_uri("0-0", page)
        assert (rechecked_page(uri), re.search("[^A-Za-z0-9._~%/:@!$&'()*+,;=-]", uri)) == (page, None)
    assert [
        rechecked_page(uri) for uri in ("urn:archiver:recheck:0-0", "urn:archiver:recheck:0-0:", "urn:x:0:a", "")
    ] == [None] * 4


def test_another_time_and_another_verdict_are_found(archive: Archive, told: dict[str, Any]) -> None:
    block = json.dumps(told | {"time": "2020-01-01T00:00:00Z"}).encode()
    archive.record(
        [seal(Record("recheck", "metadata", "urn:archiver:recheck:1", told["time"], "application/json", block))]
    )
    assert "it says that it is of 2020-01-01" in findings(archive)[0]
    told["quotes"][0] |= {"verdict": "spliced"}
    record(archive, told)
    assert "was spliced then, and is judged altered on the same page" in "".join(findings(archive, re_extract=True))


MISSHAPEN: list[Change] = [
    lambda told: told.pop("looks"),
    lambda told: told.update(drift="lost"),
    lambda told: told.update(v=2),
    lambda told: told.update(note=1),
    lambda told: told["quotes"][0].update(quote="q-12"),
    lambda told: told["quotes"][0].update(matches=[{}]),
    lambda told: told.update(url="no address"),
]


def test_what_has_not_its_shape_is_not_recorded(archive: Archive, told: dict[str, Any]) -> None:
    for change in MISSHAPEN:
        forged = copy.deepcopy(told)
        change(forged)
        with pytest.raises(DamagedArchive):
            record(archive, forged)


def test_an_erasure_takes_along_what_speaks_of_it(
    archive: Archive, told: dict[str, Any], site: Website, options: Options
) -> None:
    other = site.put("/other", STORY)
    recheck(archive, other, options)
    name = archive.catalogue.rechecks.since(0)[0].id
    erase(archive, make_plan(archive, [told["quotes"][0]["quote"]]), "a test")
    assert [found.url for found in archive.catalogue.rechecks.since(0)] == [other]
    with pytest.raises(UnknownId):
        archive.catalogue.rechecks.recheck(name)
    assert findings(archive) == []
    before = list(archive.catalogue.dump())
    archive.rebuild()
    assert list(archive.catalogue.dump()) == before
