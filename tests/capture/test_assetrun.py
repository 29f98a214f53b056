"""What the captures of one run share."""

from __future__ import annotations

import pytest

from archiver.capture import AssetRun, assetrun
from archiver.capture.assetrun import AT_ONCE, POLITE, Fetched
from archiver.model import Asset, FailedAsset, Role

URL = "https://example.org/i.png"
FETCHED = Fetched(URL, ())
ASSET = Asset(URL, Role.IMAGE, 200, "urn:uuid:1", "ab" * 32, 1, "image/png", found_in="https://example.org/s.css")


def test_an_address_is_fetched_by_one_at_a_time_and_then_known() -> None:
    run = AssetRun(2, 2, 2)
    assert run.admit(URL, "example.org")
    assert not run.admit(URL, "example.org")
    assert run.result(URL) is None
    run.done(URL, "example.org", FETCHED)
    assert run.result(URL) == FETCHED


def test_what_failed_for_want_of_time_is_tried_again() -> None:
    run = AssetRun(2, 2, 2)
    run.admit(URL, "example.org")
    run.done(URL, "example.org", None)
    assert run.result(URL) is None
    assert run.admit(URL, "example.org")


def test_places_are_given_back() -> None:
    run = AssetRun(2, 1, 2)
    assert run.admit("a", "one")
    assert not run.admit("b", "one")
    assert run.admit("c", "two")
    assert not run.admit("d", "three")
    run.done("a", "one", None)
    assert run.admit("d", "three")


def test_what_is_recorded_is_kept_without_its_bytes() -> None:
    run = AssetRun(2, 2, 2)
    run.done(URL, "example.org", FETCHED)
    assert run.stored(FETCHED) is None
    run.remember([(FETCHED, ASSET)])
    stored = run.stored(FETCHED)
    assert stored is not None
    assert (stored.record, stored.found_in) == (ASSET.record, None)


def test_what_is_not_recorded_is_forgotten() -> None:
    run = AssetRun(2, 2, 2)
    run.done("a", "h", Fetched("a", ()))
    run.done("b", "h", FailedAsset("b", Role.IMAGE, "no", 404))
    run.remember([(FETCHED, ASSET)])
    run.forget(["a", "b", URL])
    assert run.result("a") is None
    assert run.result("b") is not None
    assert run.result(URL) is not None


def test_it_is_asked_for_again_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    run = AssetRun(2, 2, 2)
    run.done(URL, "h", FETCHED)
    monkeypatch.setattr(assetrun, "FRESH", 0.0)
    assert run.result(URL) is None


def test_no_more_is_kept_than_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assetrun, "_KEPT", 2)
    run = AssetRun(2, 2, 2)
    for name in "abc":
        run.done(name, "h", Fetched(name, ()))
    assert [run.result(name) is not None for name in "abc"] == [False, True, True]


@pytest.mark.parametrize(
    ("jobs", "per_host", "polite", "at_once", "of_one_host"),
    [
        (None, None, POLITE, AT_ONCE, AT_ONCE),
        (None, 3, POLITE, AT_ONCE, 3),
        (5, None, POLITE, 5, AT_ONCE),
        (None, None, 2, AT_ONCE, 2),
        (None, 99, POLITE, 99, 99),
    ],
)
def test_what_a_person_chose_goes_before(
    jobs: int | None, per_host: int | None, polite: int, at_once: int, of_one_host: int
) -> None:
    run = AssetRun.of_one_page(jobs, per_host, polite)
    assert run.workers == at_once
    admitted = [run.admit(str(n), "one") for n in range(120)]
    assert sum(admitted) == min(at_once, of_one_host)
