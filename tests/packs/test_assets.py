"""Packs carry the assets of their snapshots, and whoever imports one has them too."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

from remains import faults
from styledsite import listed, styled_page, take
from website import Website

from archiver.archive import Archive
from archiver.capture import Options
from archiver.intake import import_file
from archiver.packs.checking import PackCheck
from archiver.packs.collecting import collect
from archiver.packs.contents import RecordCheck
from archiver.packs.packing import export, pack_files, signing_key
from archiver.verification import Finding


def faulty(archive: Archive, pack: Path) -> list[Finding]:
    return [finding for finding in PackCheck(archive.keys, re_extract=True).findings(pack) if finding.ok is False]


def test_a_pack_has_the_assets_and_what_revisits_stand_on(
    archive: Archive, site: Website, options: Options, tmp_path: Path
) -> None:
    url = styled_page(site)
    take(archive, url, options)
    again = take(archive, url, options)
    evidence = collect(archive, [again.id])
    for item in listed(archive, again).recorded:
        assert item.of is not None
        assert f"<{item.record}>" in evidence.by_record
        assert f"<{item.of}>" in evidence.by_record
    export(archive, [again.id], tmp_path / "page.wacz")
    assert faulty(archive, tmp_path / "page.wacz") == []


def test_the_index_leads_past_a_304_to_the_response(archive: Archive, site: Website, options: Options) -> None:
    url = styled_page(site)
    take(archive, url, options)
    evidence = collect(archive, [take(archive, url, options).id])
    index = gzip.decompress(pack_files(evidence, signing_key(archive))["indexes/index.cdx.gz"]).decode()
    lines = [json.loads(line.split(" ", 2)[2]) for line in index.splitlines()]
    of_image = [line for line in lines if line["url"].endswith("/i.png")]
    assert len(of_image) == 2
    assert {(line["status"], line["mime"], line["offset"]) for line in of_image} == {
        ("200", "image/png", of_image[0]["offset"])
    }


def test_a_pack_without_an_asset_that_it_lists_is_refused(archive: Archive, site: Website, options: Options) -> None:
    snapshot = take(archive, styled_page(site), options)
    evidence = collect(archive, [snapshot.id])
    item = listed(archive, snapshot).recorded[0]
    without = replace(
        evidence, leaves=tuple(leaf for leaf in evidence.leaves if leaf.details.record_id != f"<{item.record}>")
    )
    said = [finding.detail for finding in RecordCheck(without).findings() if finding.ok is False]
    assert any("does not know a record of its asset" in detail for detail in said)


def test_an_imported_pack_has_one_page_and_its_assets_are_no_snapshots(
    archive: Archive, site: Website, options: Options, tmp_path: Path
) -> None:
    snapshot = take(archive, styled_page(site), options)
    export(archive, [snapshot.id], tmp_path / "page.wacz")
    with Archive.create(tmp_path / "other") as other:
        import_file(other, tmp_path / "page.wacz")
        (imported,) = other.catalogue.snapshots()
        assert imported.url == snapshot.url
        kept = {leaf.uri for leaf in other.catalogue.leaves("imported")}
        assert {item.url for item in listed(archive, snapshot).recorded} <= kept
        assert faults(other.root) == []
