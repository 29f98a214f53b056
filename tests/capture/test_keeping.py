"""A public copy is asked for when a page is captured, and the answer recorded in the capture."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from clocks import clock_off_by
from mementos import SavePageNow, just_now
from proxying import proxying
from website import STORY

from archiver import erasure
from archiver.capture import capture
from archiver.capture import keeping as capture_keeping
from archiver.memento import Keeper
from archiver.proxies import parse_proxy
from archiver.verification import Request, Verification

PAGE = "http://page.example/story"
NOW = just_now()
DONE = {"status": "success", "timestamp": NOW, "original_url": PAGE}


@pytest.fixture
def keeping(site, options):
    """``keeping(*states)``: options that ask a stand-in for copies; pages have a public name, through a proxy."""
    with proxying(leads={"page.example": int(site.url.rpartition(":")[2])}) as proxy:

        def make(*states: dict[str, object], keys: str = ""):
            SavePageNow(site, *states, keys="access:secret" if keys else "")
            keeper = Keeper(f"{site.url}/save", keys, wait=2.0, pause=0.01)
            fetch = replace(options.fetch, proxy=parse_proxy(f"socks5h://127.0.0.1:{proxy.port}"))
            return replace(options, keeper=keeper, fetch=fetch)

        yield make


def test_the_answer_is_in_the_capture_with_its_records(archive, site, keeping) -> None:
    site.put("/story", STORY)
    options = keeping(DONE, keys="access:secret")
    snapshot = capture(archive, PAGE, options)
    kept = json.loads(archive.capture_record(snapshot))["kept"]
    assert kept["memento"] == f"{site.url}/web/{NOW}/{PAGE}"
    assert (kept["service"], len(kept["records"])) == (f"{site.url}/save", 4)
    leaves = [archive.catalogue.leaf_of_record(name) for name in kept["records"]]
    assert [leaf.kind for leaf in leaves] == ["response", "request"] * 2
    assert b"Authorization: (cut out)" in archive.stored_record(leaves[1]).block
    assert b"secret" not in b"".join(archive.stored_record(leaf).block for leaf in leaves)
    assert snapshot.warnings == ()
    assert options.contacts.keepers() == {site.url[7:]: 2}
    assert options.contacts.hosts() == {"page.example": 1}
    assert all(
        finding.ok
        for finding in Verification(archive.root, Request(re_extract=True), archive.keys).findings()
        if finding.check != "window"
    )


@pytest.mark.parametrize("state", [{"status": "error", "message": "blocked"}, {"status": "pending"}])
def test_a_failure_fails_no_capture(archive, site, keeping, state) -> None:
    site.put("/story", STORY)
    snapshot = capture(archive, PAGE, keeping(state))
    (notice,) = snapshot.warnings
    assert notice.code == "no-public-copy"
    kept = json.loads(archive.capture_record(snapshot))["kept"]
    assert ("memento" in kept, bool(kept["why"]), len(kept["records"])) == (False, True, 4)
    assert snapshot.complete


def test_of_an_inside_address_nobody_is_told(archive, site, options) -> None:
    SavePageNow(site, DONE)
    snapshot = capture(archive, site.put("/story", STORY), replace(options, keeper=Keeper(f"{site.url}/save")))
    assert [notice.code for notice in snapshot.warnings] == ["no-public-copy"]
    assert "inside" in snapshot.warnings[0].detail
    assert [path for path, _ in site.requests] == ["/story"]


def test_no_copy_is_asked_of_what_is_no_page(archive, site, keeping) -> None:
    site.put("/story", b"gone", 404)
    snapshot = capture(archive, PAGE, keeping(DONE))
    assert "no-public-copy" in [notice.code for notice in snapshot.warnings]
    assert [path for path, _ in site.requests] == ["/story"]


def test_an_erasure_takes_the_records_of_it_too(archive, site, keeping) -> None:
    site.put("/story", STORY)
    snapshot = capture(archive, PAGE, keeping(DONE))
    names = json.loads(archive.capture_record(snapshot))["kept"]["records"]
    plan = erasure.make_plan(archive, [snapshot.id], whole_pages=False)
    assert set(names) <= {leaf.record_id for leaf in plan.leaves}
    erasure.erase(archive, plan, "a test")
    assert b"page.example" not in b"".join(
        path.read_bytes() for path in (archive.root / "log").rglob("*") if path.is_file()
    )
    assert all(finding.ok is not False for finding in Verification(archive.root, Request(), archive.keys).findings())


@pytest.mark.parametrize("days", [3, -3])
def test_a_clock_that_jumps_before_a_copy_is_asked_for_makes_no_record_that_contradicts_itself(
    archive, site, keeping, monkeypatch, days: int
) -> None:
    """The capture said that the copy was asked for three days after the page came, and `verify` said for ever after that it is damaged."""
    site.put("/story", STORY)
    options = keeping(DONE)
    real = capture_keeping.ask_to_keep

    def while_the_clock_is_wrong(*given):
        with clock_off_by(days=days):
            return real(*given)

    monkeypatch.setattr(capture_keeping, "ask_to_keep", while_the_clock_is_wrong)
    snapshot = capture(archive, PAGE, options)
    kept = json.loads(archive.capture_record(snapshot))["kept"]
    assert abs(datetime.fromisoformat(kept["asked_at"]) - datetime.fromisoformat(snapshot.captured_at)) < timedelta(
        hours=1
    )
    assert [finding for finding in Verification(archive.root, Request()).findings() if finding.ok is False] == []
