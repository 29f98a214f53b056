"""Erasing beside the rest: what was imported or supplied, packs that are made before and afterwards, an exchanged key."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from malformed import members, plain_zip
from remains import faults, left_of, rebuilt
from website import Website, article

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.erasure import erase, make_plan
from archiver.errors import ErasedId
from archiver.intake import Given, add_file, import_file
from archiver.packs.packing import export
from archiver.quoting import Quotation, quote

SECRET = "The zyxomma colony at Quellbruck numbers exactly forty-one hives this summer."
TITLE = "A private letter about the zyxomma"
PUBLIC = "The bridge over the river Lorn will close on the 13th of May for repairs, the county council said."
PAGE = article(TITLE, SECRET, "And a second paragraph that makes the page long enough to be read as an article at all.")
OTHER = article("Bridge to close", PUBLIC, "And a second paragraph that makes this page long enough as well.")


def foreign(url: str, body: bytes, number: int, *beside: bytes) -> list[bytes]:
    """A page of somebody else's WARC file, with a request and a note that only refer to it."""
    page = f"<urn:uuid:00000000-0000-4000-8000-00000000000{number}>"
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    head = {"WARC-Date": "2026-11-01T00:00:00Z"}
    return [
        _record("response", page, http, "application/http; msgtype=response", {**head, "WARC-Target-URI": url}),
        _record("request", page.replace("4000", "4001"), b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request",
                {**head, "WARC-Target-URI": url, "WARC-Concurrent-To": page}),
        _record("metadata", page.replace("4000", "4002"), b"fetchTimeMs: 4", "application/warc-fields",
                {**head, "WARC-Refers-To": page}),
        *beside,
    ]  # fmt: skip


def _record(kind: str, record_id: str, block: bytes, media_type: str, fields: dict[str, str]) -> bytes:
    lines = [f"WARC-Type: {kind}", f"WARC-Record-ID: {record_id}", f"Content-Type: {media_type}"]
    lines += [f"{name}: {value}" for name, value in fields.items()] + [f"Content-Length: {len(block)}"]
    return ("WARC/1.0\r\n" + "\r\n".join(lines) + "\r\n\r\n").encode() + block + b"\r\n\r\n"


URL, PUBLIC_URL = "https://hives.example/letter", "https://example.org/bridge"


@pytest.mark.parametrize("form", ["warc", "wacz"])
def test_an_imported_page_goes_with_all_that_came_beside_it(archive: Archive, tmp_path: Path, form: str) -> None:
    warc = members([*foreign(URL, PAGE, 1), *foreign(PUBLIC_URL, OTHER, 2)])
    path = tmp_path / f"other.{form}{'.gz' if form == 'warc' else ''}"
    beside = {"datapackage.json": b'{"title":"two pages"}', "texts/1.txt": SECRET.encode()}
    path.write_bytes(warc if form == "warc" else plain_zip(**{"archive/a.warc.gz": warc, **beside}))
    result = import_file(archive, path)
    assert result.pages == 2, result.problems
    secret = archive.latest_snapshot(URL)
    public = archive.latest_snapshot(PUBLIC_URL)
    assert secret is not None
    assert public is not None
    plan = make_plan(archive, [secret.id])
    assert [leaf.kind for leaf in plan.leaves].count("imported") == 3
    erase(archive, plan, "court order")
    assert left_of(archive.root, URL, "hives.example", SECRET, TITLE) == []
    assert faults(archive.root) == []
    assert PUBLIC in "".join(text.content for text in archive.texts(archive.find_snapshot(public.id)))
    assert sum(leaf.kind == "imported" for leaf in archive.catalogue.leaves()) == 3
    rebuilt(archive)


def test_a_file_that_was_supplied(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "quite-private.html"
    path.write_bytes(PAGE)
    for given in (Given(), Given(url=URL, note="from the zyxomma archive")):
        snapshot, _ = add_file(archive, path, given)
        erase(archive, make_plan(archive, [snapshot.id]), "court order")
        assert left_of(archive.root, SECRET, TITLE, "quite-private", "zyxomma", "hives.example") == []
        assert faults(archive.root) == []


def test_packs_made_before_and_afterwards(archive: Archive, site: Website, options: Options, tmp_path: Path) -> None:
    secret = capture(archive, site.put("/quite-private", PAGE), options)
    public = capture(archive, site.put("/public", OTHER), options)
    quoted = quote(archive, secret.id, Quotation("exactly forty-one hives"), None)
    kept = quote(archive, public.id, Quotation("will close on the 13th of May"), None)
    export(archive, [str(quoted.id)], tmp_path / "before.wacz")
    erase(archive, make_plan(archive, [secret.id]), "court order")
    for name in (secret.id, str(quoted.id)):
        with pytest.raises(ErasedId, match="court order"):
            export(archive, [name], tmp_path / "never.wacz")
    export(archive, [str(kept.id)], tmp_path / "after.wacz")
    (tmp_path / "unpacked").mkdir()
    with zipfile.ZipFile(io.BytesIO((tmp_path / "after.wacz").read_bytes())) as zipped:
        zipped.extractall(tmp_path / "unpacked")
    assert left_of(tmp_path / "unpacked", "quite-private", SECRET, TITLE, secret.id) == []
    assert left_of(archive.root, "quite-private", SECRET, TITLE) == []


def test_a_pack_of_its_own_that_was_imported(archive: Archive, site: Website, options: Options, tmp_path: Path) -> None:
    """Its records are known already, but the files beside them hold the texts once more."""
    secret = capture(archive, site.put("/quite-private", PAGE), options)
    export(archive, [secret.id], tmp_path / "own.wacz")
    import_file(archive, tmp_path / "own.wacz")
    erase(archive, make_plan(archive, [site.url + "/quite-private"], whole_pages=True), "court order")
    assert left_of(archive.root, "quite-private", SECRET, TITLE) == []
    assert faults(archive.root) == []


def test_after_the_key_was_exchanged(archiver: Callable[..., Ran], site: Website) -> None:
    url = site.put("/quite-private", PAGE)
    assert archiver("init", "archive").code == 0
    shot = archiver("snapshot", url, "--json").lines[0]["snapshot"]
    assert archiver("log", "key", "rotate", "--reason", "a new year", "--yes").code in (0, 2)
    assert archiver("erase", shot, "--reason", "court order", "--yes").code == 0
    checked = archiver("verify", "--json")
    assert checked.code == 0, checked.out
    assert left_of(Path("archive"), url, SECRET) == []
