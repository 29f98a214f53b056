"""What lies in a bucket is a stranger's: whatever its shape, it is one sentence, and names no file of this machine."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archiver.errors import DamagedArchive
from archiver.log import Details, make_leaf
from archiver.sequencing.bundle import Bundle
from archiver.sequencing.pending import Announced

SEGMENT = "warc/2026/11/20261121000000000-0123456789abcdef.warc.gz"
LINE = make_leaf(Details("text", "0" * 64, 7, "<urn:x>", "conversion", "urn:x", "2026-11-21T00:00:00Z", "x")).line
GOOD = Announced(SEGMENT, 7, (LINE,))
BUNDLE = Bundle(2, 3, bytes(32), {"tile/0/000.p/3": b"abc", "details/000": b"x\n"}, ((SEGMENT, 1),), (GOOD.name,))


def test_an_announcement_is_read_as_it_was_written() -> None:
    assert Announced.parse(GOOD.name, GOOD.to_bytes()) == GOOD


def test_a_bundle_is_read_as_it_was_written() -> None:
    assert Bundle.parse(BUNDLE.name, BUNDLE.to_bytes()) == BUNDLE


@pytest.mark.parametrize(
    "change",
    [
        {"segment": "../../etc/passwd"}, {"segment": "warc/2026/11/../../x.warc.gz"}, {"segment": 5}, {"size": 8}, {"size": "7"},
        {"lines": []}, {"lines": ["-"]}, {"lines": [5]}, {"lines": None}, {"lines": [LINE.decode() + "\n"]}, {"v": 2},
        {"segment": SEGMENT.replace("20261121", "20261122")},
    ],
)  # fmt: skip
def test_an_announcement_of_another_shape_is_refused(change: dict[str, Any]) -> None:
    told = json.loads(GOOD.to_bytes()) | change
    with pytest.raises(DamagedArchive):
        Announced.parse(GOOD.name, json.dumps(told).encode())


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"[" * 50000, b"\xff", b'{"v":1}', b"null"])
def test_what_is_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedArchive):
        Announced.parse(GOOD.name, data)
    with pytest.raises(DamagedArchive):
        Bundle.parse(BUNDLE.name, data)


@pytest.mark.parametrize(
    "change",
    [
        {"files": [["../checkpoint", 3], ["details/000", 2]]}, {"files": [["checkpoint", 5]]}, {"files": [["details/000", 2]]},
        {"files": [["details/000", -1]]}, {"pending": ["archive.toml"]}, {"segments": [["x", 1]]}, {"segments": [[SEGMENT, 0]]},
        {"segments": {}}, {"size": 4}, {"root": "zz"}, {"v": 3}, {"first": None, "size": None},
    ],
)  # fmt: skip
def test_a_bundle_of_another_shape_is_refused(change: dict[str, Any]) -> None:
    line, _, rest = BUNDLE.to_bytes().partition(b"\n")
    with pytest.raises(DamagedArchive):
        Bundle.parse(BUNDLE.name, json.dumps(json.loads(line) | change).encode() + b"\n" + rest)
