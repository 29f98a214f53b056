from __future__ import annotations

import time
from datetime import timedelta

import pytest
from clocks import clock_off_by
from website import STORY, Website

from archiver import clock
from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.model import Exchange
from archiver.net import hop
from archiver.verification import Request, Verification


def test_what_goes_on_ends_as_much_later_as_it_took() -> None:
    begun = clock.Begun(clock.now(), time.monotonic() - 60)
    with clock_off_by(days=3):
        assert timedelta(seconds=60) <= begun.end() - begun.at < timedelta(seconds=90)


@pytest.mark.parametrize("days", [3, -3])
def test_a_clock_that_jumps_while_a_page_comes_makes_no_record_that_contradicts_itself(
    archive: Archive, site: Website, options: Options, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    """The page was recorded and acknowledged, and `verify` said for ever after that an exchange had ended three days after it began."""
    real = hop.exchange_of

    def while_the_clock_is_wrong(*given: object) -> Exchange:
        with clock_off_by(days=days):
            return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(hop, "exchange_of", while_the_clock_is_wrong)
    capture(archive, site.put("/story", STORY), options)
    assert [finding for finding in Verification(archive.root, Request()).findings() if finding.ok is False] == []
