"""Texts, payloads, quotes, index, pages and provenance, as they are drawn from the records."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace

import pytest
from forgery import Victim, reseal, with_leaves
from hypothesis import given
from hypothesis import strategies as st
from packsamples import Stamped

from archiver.digests import Digest
from archiver.errors import DamagedArchive
from archiver.packs import layout
from archiver.packs.drawing import byte_places, draw
from archiver.packs.evidence import Evidence
from archiver.urls import surt


@given(st.text(), st.data())
def test_places_in_bytes(text: str, data: st.DataObject) -> None:
    points = data.draw(st.sets(st.integers(0, len(text))))
    assert byte_places(text, points) == {point: len(text[:point].encode()) for point in points}


def test_texts_and_payloads_are_what_the_log_committed_to(victim: Victim) -> None:
    by_index = victim.evidence.by_index
    lines = layout.parse_copies(victim.files[layout.COPIES])
    assert {line.how for line in lines} == {"block", "payload", "gzip"}
    for line in lines:
        if line.how == "gzip":
            coded = victim.files[line.path.replace(".decoded", "")]
            assert gzip.decompress(coded) == victim.files[line.path]
        elif line.path.startswith(("texts/", "payloads/")):
            assert Digest.of(victim.files[line.path]).hex == by_index[line.index].details.payload_sha256


def test_positions_in_bytes_and_code_points_cut_the_same_words(made: tuple[Victim, Stamped, list[Evidence]]) -> None:
    for evidence in made[2]:
        files = draw(evidence)
        quotes = {leaf.index: leaf.json()["archiver:judged"] for leaf in evidence.of_kind("quote")}
        for line in layout.parse_quotes(files[layout.QUOTES]):
            data = files[line.path]
            by_bytes = " … ".join(data[start:end].decode() for start, end in line.in_bytes)
            by_points = " … ".join(data.decode()[start:end] for start, end in line.points)
            assert by_bytes == by_points
            assert by_points in [match["exact"] for match in quotes[line.index]["matches"]]


def test_a_quote_is_a_web_annotation_with_both_positions(victim: Victim) -> None:
    path = next(path for path in victim.files if path.startswith("quotes/"))
    annotation = json.loads(victim.files[path])
    selectors = {item["type"] for item in annotation["target"]["selector"]}
    assert {"TextQuoteSelector", "TextPositionSelector", "DataPositionSelector"} == selectors
    assert annotation["archiver:passages"][0]["file"] in victim.files
    assert annotation["archiver:id"].startswith(path.removeprefix("quotes/").removesuffix(".jsonld"))


def test_the_index_lists_responses_and_revisits_where_they_lie(made: tuple[Victim, Stamped, list[Evidence]]) -> None:
    evidence = made[2][-1]
    files = draw(evidence)
    lines = gzip.decompress(files[layout.INDEX]).decode().splitlines()
    assert lines == sorted(lines)
    kinds = [leaf.details.warc_type for leaf in evidence.leaves]
    assert len(lines) == kinds.count("response") + kinds.count("revisit")
    for line in lines:
        key, stamp, rest = line.split(" ", 2)
        fields = json.loads(rest)
        assert key == surt(fields["url"])
        member = files[f"archive/{fields['filename']}"][int(fields["offset"]) :][: int(fields["length"])]
        record = gzip.decompress(member)
        assert f"WARC-Target-URI: {fields['url']}".encode() in record
        assert stamp in record.split(b"WARC-Date: ")[1][:20].decode().replace("-", "").replace(":", "").replace("T", "")
        assert fields["status"] in ("200", "302")
        assert fields["mime"] in ("text/html", "warc/revisit")


def test_pages(made: tuple[Victim, Stamped, list[Evidence]]) -> None:
    evidence = made[2][-1]
    first, *pages = [json.loads(line) for line in draw(evidence)[layout.PAGES].decode().splitlines()]
    assert first["format"] == "json-pages-1.0"
    assert len(pages) == len(evidence.of_kind("capture"))
    assert all(page["url"].startswith("https://example.org/") and page["ts"].endswith("Z") for page in pages)


def test_provenance_is_json_ld_that_names_everything(victim: Victim) -> None:
    value = json.loads(victim.files[layout.PROVENANCE])
    kinds = [node["@type"] for node in value["@graph"]]
    assert {"prov:Agent", "prov:SoftwareAgent", "prov:Activity", "prov:Entity"} == set(kinds)
    assert kinds.count("prov:Activity") == len(victim.evidence.of_kind("capture"))
    ids = {node["@id"] for node in value["@graph"]}
    for node in value["@graph"]:
        used = node.get("prov:wasDerivedFrom", node.get("prov:used"))
        assert used is None or used in ids, used


def test_the_guide_shows_what_a_page_says_of_itself_as_words_only(victim: Victim) -> None:
    """In lines that Markdown takes as they are: a title must not add headings, links or pictures."""
    text = victim.files[layout.GUIDE].decode()
    assert victim.evidence.key.vkey in text
    contents = text.split("## What is in this pack\n")[1].split("\n## ")[0]
    assert all(line.startswith("    ") or not line for line in contents.split("\n"))


def test_the_guide_dates_a_quotation_and_its_page_each_by_its_own_record(victim: Victim) -> None:
    contents = victim.files[layout.GUIDE].decode().split("## What is in this pack\n")[1].split("\n## ")[0]
    quote = victim.evidence.of_kind("quote")[0]
    page = quote.json()["archiver:snapshot"][:14]
    assert f"      recorded  {quote.details.time}\n      page      {page}, listed below\n" in contents
    assert f"page      {page}, recorded" not in contents


def test_records_of_no_shape_are_refused(victim: Victim) -> None:
    for kind, block in (
        ("capture", b"{}"),
        ("capture", b"[]"),
        ("capture", b"no json"),
        ("quote", b'{"archiver:judged": {"matches": 5}}'),
        ("quote", b'{"archiver:judged": {"matches": [{"spans": [{"start": 5, "end": 99999999}]}]}}'),
        ("quote", b'{"x": "\\ud800", "archiver:judged": {"matches": []}, "target": {}}'),
        ("quote", b"[" * 100_000),
    ):
        target = victim.evidence.of_kind(kind)[-1].index
        leaves = [
            reseal(leaf, block=lambda _, block=block: block) if leaf.index == target else leaf
            for leaf in victim.evidence.leaves
        ]
        laid = replace(victim.evidence, leaves=tuple(leaves))
        with pytest.raises(DamagedArchive):
            draw(laid)


def test_a_text_whose_address_is_a_path_is_refused(victim: Victim) -> None:
    target = victim.evidence.of_kind("text")[0]
    odd = replace(target, details=replace(target.details, uri="urn:archiver:text:s-0:../../x"))
    with pytest.raises(DamagedArchive, match="no pack can hold"):
        draw(
            with_leaves(victim.evidence, [odd if leaf.index == odd.index else leaf for leaf in victim.evidence.leaves])
        )
