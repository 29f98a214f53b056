"""What a verification says of assets: damaged, missing, or listed otherwise than they are."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from styledsite import listed, styled_page, take
from tampering import cut_out, damage
from website import Website

from archiver.archive import Archive
from archiver.capture import AssetRun, Options
from archiver.errors import DamagedArchive
from archiver.quoting import Quotation, quote
from archiver.verification import Finding, Request, Verification
from archiver.warc import Record, seal


def failed(archive: Archive, **request: Any) -> list[Finding]:
    return [finding for finding in Verification(archive.root, Request(**request)).findings() if finding.ok is False]


def test_a_damaged_asset_is_found_and_its_pages_named_but_no_quote(
    archive: Archive, site: Website, options: Options
) -> None:
    run = AssetRun(2, 2, 2)
    one = take(archive, styled_page(site, "/one", "One page that is styled"), options, run)
    two = take(archive, styled_page(site, "/two", "Another page that is styled"), options, run)
    quote(archive, one.id, Quotation("will close on the 13th of May"), options)
    image = next(item for item in listed(archive, one).recorded if item.url.endswith("/i.png"))
    damage(archive.root, archive.catalogue.leaf_of_record(f"<{image.record}>"))
    (finding,) = failed(archive)
    assert {page.snapshot for page in finding.pages} == {one.id, two.id}
    assert finding.quotes == ()


@pytest.mark.parametrize("whole", [True, False])
def test_a_missing_asset_is_found(archive: Archive, site: Website, options: Options, whole: bool) -> None:
    snapshot = take(archive, styled_page(site), options)
    image = listed(archive, snapshot).recorded[1]
    cut_out(archive.root, archive.catalogue.leaf_of_record(f"<{image.record}>"))
    assert failed(archive, **({} if whole else {"snapshots": frozenset({snapshot.id})}))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda asset: asset.update(sha256="00" * 32), "its payload digest is another"),
        (lambda asset: asset.update(of=asset["record"], sha256="00" * 32), "its payload digest is another"),
    ],
)
def test_a_list_that_says_otherwise_than_the_records_is_found(
    archive: Archive, site: Website, options: Options, change: Callable[[dict[str, Any]], None], said: str
) -> None:
    snapshot = take(archive, styled_page(site), options)
    capture = json.loads(archive.capture_record(snapshot))
    change(capture["assets"]["recorded"][0])
    # by somebody with the key, who records a second capture of the same snapshot
    forged = record(capture)
    archive.record([seal(forged)])
    assert any(said in finding.detail for finding in failed(archive))


def test_a_list_that_names_what_is_not_there_is_not_recorded(archive: Archive, site: Website, options: Options) -> None:
    capture = json.loads(archive.capture_record(take(archive, styled_page(site), options)))
    capture["assets"]["recorded"][0]["record"] = "urn:uuid:00000000-0000-0000-0000-000000000000"
    with pytest.raises(DamagedArchive):
        archive.record([seal(record(capture))])


def record(capture: dict[str, Any]) -> Record:
    block = json.dumps(capture).encode()
    uri = f"urn:archiver:capture:{capture['snapshot']}"
    return Record("capture", "metadata", uri, capture["captured_at"], "application/json", block)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE assets SET sha256 = '00'",
        "UPDATE assets SET url = 'http://other.example/'",
        "UPDATE shown SET position = position + 10",
        "DELETE FROM shown",
        "DELETE FROM assets",
        "INSERT INTO assets VALUES (99, NULL, 'http://x.example/', 200, '00')",
        "INSERT INTO shown VALUES (99, 0, 3)",
        "UPDATE snapshots SET assets = NULL",
    ],
)
def test_a_catalogue_that_says_otherwise_is_found(archive: Archive, site: Website, options: Options, sql: str) -> None:
    take(archive, styled_page(site), options)
    archive.close()
    with sqlite3.connect(archive.root / "catalogue.db") as connection:
        connection.execute(sql)
    connection.close()
    assert {finding.check for finding in failed(archive)} == {"catalogue"}
