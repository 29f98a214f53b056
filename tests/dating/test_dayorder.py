"""Days that can be read in two orders."""

from __future__ import annotations

from datetime import datetime

import pytest

from archiver import dating


def days(page: str, url: str | None = None) -> tuple[datetime, datetime]:
    claim = next(claim for claim in dating.read(page, "", url) if claim.where == "element date")
    return claim.earliest, claim.latest


@pytest.mark.parametrize("language", ["", "en", "en-US", "fr"])
def test_data_for_machines_settles_the_order(language: str) -> None:
    page = f'<html lang="{language}"><h1>A bridge</h1><p class="date">06/01/2026 - 14:16 UTC</p>'
    earliest, latest = days(page, "https://a.example/2026/01/06/a-bridge")
    assert (earliest.month, earliest.day, earliest.hour, earliest.minute) == (1, 6, 14, 16)
    assert (latest - earliest).total_seconds() == 60


@pytest.mark.parametrize(("language", "month"), [("fr-FR", 1), ("en-GB", 1), ("en-US", 6)])
def test_without_it_the_language_does(language: str, month: int) -> None:
    earliest, latest = days(f'<html lang="{language}"><h1>A bridge</h1><p class="date">06/01/2026 - 14:16 UTC</p>')
    assert earliest.month == latest.month == month


def test_without_both_it_stays_open() -> None:
    earliest, latest = days('<html lang="en"><h1>A bridge</h1><p class="date">06/01/2026</p>')
    assert (latest - earliest).days > 140
