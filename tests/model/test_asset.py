"""The list of assets in a capture record: what is written is what is read, and what is no list is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archiver.model import Asset, AssetCounts, AssetList, FailedAsset, Role, assets_of

SHA = "ab" * 32
ASSET = Asset("https://example.org/a.css", Role.STYLE, 200, "urn:uuid:1", SHA, 10, "text/css")
FULL = Asset(
    "https://example.org/i.png", Role.IMAGE, 200, "urn:uuid:4", SHA, 5, "image/png", "urn:uuid:2", "https://cdn.example/i.png", ("urn:uuid:3",),
    "urn:uuid:5", "https://example.org/a.css", '"e"', "Sat, 14 Mar 2026 09:00:00 GMT",
)  # fmt: skip
LIST = AssetList(
    (ASSET, FULL),
    (FailedAsset("https://example.org/x", Role.FONT, "no", 404),),
    (("too-many", 3),),
    (SHA,),
    "Accept: */*",
)


def test_a_list_is_read_back_as_it_was_written() -> None:
    assert AssetList.from_json(json.loads(json.dumps(LIST.to_json()))) == LIST


def test_the_counts_say_how_many_were_found_and_what_became_of_them() -> None:
    assert LIST.counts == AssetCounts(2, 1, (("too-many", 3),), 15)
    assert LIST.counts.found == 6
    assert AssetCounts.from_json(LIST.counts.to_json()) == LIST.counts


def test_what_is_not_there_is_left_out() -> None:
    assert ASSET.to_json().keys() == {"url", "role", "status", "record", "sha256", "size", "media_type"}


def test_ids_have_no_brackets_so_that_an_eraser_from_before_leaves_shared_records_alone() -> None:
    assert "<" not in json.dumps(LIST.to_json())


def test_the_records_of_an_asset_are_all_that_it_stands_on() -> None:
    assert FULL.records == ("urn:uuid:3", "urn:uuid:5", "urn:uuid:2", "urn:uuid:4")
    assert FULL.address == "https://cdn.example/i.png"


def test_a_role_of_a_later_version_is_some_other() -> None:
    assert Asset.from_json({**ASSET.to_json(), "role": "hologram", "later": 1}).role == Role.OTHER


def test_a_record_without_a_list_or_with_one_of_a_later_version_says_nothing() -> None:
    assert assets_of({}) is None
    assert assets_of({"assets": {**LIST.to_json(), "v": 2}}) is None


@pytest.mark.parametrize(
    "change",
    [
        {"counts": {**LIST.counts.to_json(), "recorded": 7}},
        {"counts": None},
        {"recorded": {}},
        {"recorded": [{**ASSET.to_json(), "sha256": "zz"}]},
        {"recorded": [{**ASSET.to_json(), "sha256": SHA.upper()}]},
        {"recorded": [{**ASSET.to_json(), "status": -1}]},
        {"recorded": [{**ASSET.to_json(), "of": 4}]},
        {"recorded": [{}]},
        {"failed": [{"url": "x"}]},
        {"certificates": ["1"]},
        {"request": 3},
    ],
)
def test_what_is_no_list_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises((LookupError, TypeError, ValueError, AttributeError)):
        AssetList.from_json({**LIST.to_json(), **change})
