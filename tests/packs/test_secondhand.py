"""Packs of copies at second hand, of pages that came through a proxy, and of pages of which a public copy was asked for."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

from malformed import answer, members, record
from mementos import Copied, PublicArchive, SavePageNow, just_now
from proxying import proxying
from website import STORY

from archiver import quoting
from archiver.capture import SecondHand, capture, capture_copy
from archiver.memento import Keeper, Wish
from archiver.packs import layout
from archiver.packs.collecting import collect
from archiver.packs.declaration import Form, draft
from archiver.packs.packing import export
from archiver.proxies import parse_proxy
from archiver.quoting import Quotation

WORDS = "4,200 drivers use the bridge each day"


def test_a_copy_at_second_hand_is_said_to_be_one(archive, site, options, tmp_path: Path, archiver) -> None:
    page = f"{site.url}/story"
    copies = PublicArchive(site)
    copies.put(page, [Copied("20140126200624", STORY)])
    snapshot = capture_copy(archive, page, options, SecondHand(Wish(copies.gate)))
    judged = quoting.quote(archive, page, Quotation(WORDS), None)
    export(archive, [judged.id or ""], tmp_path / "copy.wacz")
    with zipfile.ZipFile(tmp_path / "copy.wacz") as file:
        guide, provenance = file.read(layout.GUIDE).decode(), json.loads(file.read(layout.PROVENANCE))
    assert "NOT from its address, but at second hand" in guide
    assert "2014-01-26T20:06:24Z" in guide
    (activity,) = (item for item in provenance["@graph"] if item["@type"] == "prov:Activity")
    assert activity["prov:used"] == snapshot.final_url
    (copy,) = (item for item in provenance["@graph"] if item["@id"] == snapshot.final_url)
    assert (copy["prov:wasDerivedFrom"], copy["archiver:mementoDatetime"]) == (page, "2014-01-26T20:06:24Z")
    for form in Form:
        words = " ".join(draft(collect(archive, [judged.id or ""]), form).split())
        assert "NOT from the page's address" in words
        assert "asked the public archive that is named there" in words
        assert "2014-01-26T20:06:24Z" in words
    ran = archiver("verify", tmp_path / "copy.wacz", "--key", archive.key.vkey, "--re-extract")
    assert ran.code == 0, ran.out + ran.err
    assert "NOT fetched from there by the signer's software: a copy of it was" in " ".join(ran.out.split())


def test_who_checks_a_pack_is_told_of_what_was_supplied_or_imported(
    archive, site, options, tmp_path: Path, archiver
) -> None:
    saved, crawl, out = tmp_path / "saved.html", tmp_path / "crawl.warc", tmp_path / "out.wacz"
    saved.write_bytes(STORY)
    crawl.write_bytes(members([record("response", "https://old.example/story", answer(STORY))]))
    for page, command in (
        ("https://a.example/story", ("add", saved, "--url", "https://a.example/story")),
        ("https://old.example/story", ("import", crawl)),
        (f"{site.url}/story", ("snapshot", "--page-only", f"{site.url}/story")),
    ):
        archiver(*command)
        archiver("quote", page, WORDS)
    ids = [line["id"] for line in archiver("--json", "list", "--quotes").lines]
    archiver("export", *ids, "--to", out)
    told = {one["url"]: one["second_hand"] for one in archiver("--json", "verify", out).lines[-1]["quotes"]}
    assert told == {
        "https://a.example/story": "a person supplied the file saved.html, whose word the address is",
        "https://old.example/story": "it was imported with the file crawl.warc, whose word address, date and answer are",
        f"{site.url}/story": None,
    }


def test_an_import_of_the_pack_keeps_it_at_second_hand(archive, site, options, tmp_path: Path, archiver) -> None:
    page = f"{site.url}/story"
    copies = PublicArchive(site)
    copies.put(page, [Copied("20140126200624", STORY)])
    snapshot = capture_copy(archive, page, options, SecondHand(Wish(copies.gate)))
    export(archive, [snapshot.id], tmp_path / "copy.wacz")
    archiver("init", tmp_path / "other")
    ran = archiver("--archive", tmp_path / "other", "import", tmp_path / "copy.wacz")
    assert ran.code == 0, ran.err
    lines = archiver("--archive", tmp_path / "other", "--json", "list").lines
    # the bytes are the public archive's, under its address; the page's own address has no snapshot that could pass for fetched
    assert [line["origin"]["kind"] for line in lines] == ["imported"] * len(lines)
    assert page not in [line["url"] for line in lines]


def test_a_pack_with_a_proxy_and_a_public_copy_passes(archive, site, options, tmp_path: Path, archiver) -> None:
    site.put("/story", STORY)
    page = "http://page.example/story"
    SavePageNow(site, {"status": "success", "timestamp": just_now(), "original_url": page})
    with proxying(leads={"page.example": int(site.url.rpartition(":")[2])}) as proxy:
        proxied = replace(options.fetch, proxy=parse_proxy(f"socks5h://ada:secret@127.0.0.1:{proxy.port}"))
        keeper = Keeper(f"{site.url}/save", wait=2.0, pause=0.01)
        snapshot = capture(archive, page, replace(options, fetch=proxied, keeper=keeper))
    assert snapshot.warnings == ()
    evidence = export(archive, [snapshot.id], tmp_path / "kept.wacz")
    assert len([leaf for leaf in evidence.leaves if leaf.details.uri.startswith(f"{site.url}/save")]) == 4
    words = " ".join(draft(evidence, Form.TEXT).split())
    assert f"through the proxy socks5h://127.0.0.1:{proxy.port} " in words
    assert b"secret" not in (tmp_path / "kept.wacz").read_bytes()
    ran = archiver("verify", tmp_path / "kept.wacz", "--key", archive.key.vkey, "--re-extract")
    assert ran.code == 0, ran.out + ran.err
