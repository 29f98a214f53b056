"""The line formats that a script reads: one spelling each."""

from __future__ import annotations

import json

import pytest

from archiver.errors import DamagedArchive
from archiver.packs import layout
from archiver.packs.layout import CopyLine, LeafLine, QuoteLine, StampLine


def test_lines_are_read_as_they_are_written() -> None:
    leaves = [LeafLine(3, "a.warc.gz", 0, 10, b"00 {}"), LeafLine(7, "a.warc.gz", 10, 5, b'11 {"a":1}')]
    assert layout.parse_leaves(b"".join(line.text() for line in leaves)) == leaves
    copies = [CopyLine("texts/s-0.article.txt", 3, "block"), CopyLine("payloads/s-0.bin", 7, "payload")]
    assert layout.parse_copies(b"".join(line.text() for line in copies)) == copies
    quotes = [QuoteLine(9, "texts/s-0.article.txt", ((0, 4), (9, 11)), ((0, 3), (8, 10)))]
    assert layout.parse_quotes(b"".join(line.text() for line in quotes)) == quotes
    stamps = [StampLine(12, 11)]
    assert layout.parse_stamps(b"".join(line.text() for line in stamps)) == stamps


@pytest.mark.parametrize(
    ("parse", "data"),
    [
        (layout.parse_leaves, b"3\ta\t0\t10\t00 {}"),
        (layout.parse_leaves, b"03\ta\t0\t10\t00 {}\n"),
        (layout.parse_leaves, b"3\t../a\t0\t10\t00 {}\n"),
        (layout.parse_leaves, b"3\ta\t0\t10\tx\n3\ta\t10\t10\tx\n"),
        (layout.parse_leaves, b"4\ta\t0\t10\tx\n3\ta\t10\t10\tx\n"),
        (layout.parse_copies, b"texts/a\t1\tblock\textra\n"),
        (layout.parse_copies, b"texts/a\t1\tother\n"),
        (layout.parse_copies, b"texts/../a\t1\tblock\n"),
        (layout.parse_quotes, b"1\ttexts/a\t0-1\t\n"),
        (layout.parse_quotes, b"1\ttexts/a\t0-1,\t0-1\n"),
        (layout.parse_quotes, b"1\tarchive/a\t0-1\t0-1\n"),
        (layout.parse_quotes, "1\ttexts/a\t0-1\t0-１\n".encode()),
        (layout.parse_stamps, b"1 2\n"),
        (layout.parse_stamps, b"\n"),
        (layout.parse_stamps, b"99999999999999999999\t1\n"),
    ],
)
def test_other_lines_are_refused(parse: object, data: bytes) -> None:
    with pytest.raises(DamagedArchive):
        parse(data)  # type: ignore[operator]


def test_names() -> None:
    for good in ("texts/s-0123456789ab.article.txt", "log/0.tlog-proof", "datapackage.json", "verify/VERIFY.md"):
        assert layout.NAME.fullmatch(good)
    for bad in (
        "texts/../x",
        "/texts/x",
        "texts/x/y",
        "texts/",
        "texts/.x",
        "texts/-x",
        "x",
        "texts/x\n",
        "other/x",
        "texts/ü",
        "",
    ):
        assert not layout.NAME.fullmatch(bad)


def test_the_manifest_has_a_line_a_file() -> None:
    files = {"texts/a.txt": b"one", "verify/VERIFY.md": b"two"}
    made = layout.datapackage({"title": 'quotes " and\nnewlines, "path"'}, files)
    value = json.loads(made)
    assert [item["path"] for item in value["resources"]] == sorted(files)
    assert made.count(b'"path"') == 2  # a script counts these; what a title says is escaped
    assert sum(line.startswith(b'{"name":') for line in made.split(b"\n")) == 2


def test_what_is_signed_is_no_head_of_a_log() -> None:
    from archiver.log import Checkpoint

    text = layout.signed_message("origin", b"{}", b"").decode()
    with pytest.raises(DamagedArchive):
        Checkpoint.of_text(text)
