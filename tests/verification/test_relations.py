"""Which records captures and quotes stand on, as the children read it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from samples import page_members, quote_member
from tampering import with_json

from archiver.verification.bundles import key_of
from archiver.verification.relations import Relation, RelationTask, parts_of, relations
from archiver.warc import Member

KEY = b"k" * 16
SNAPSHOT, MEMBERS = page_members("https://example.org/1", b"<p>one</p>", "It is a wall, not a miracle.")
REQUEST, RESPONSE, TEXT, CAPTURE = MEMBERS
QUOTE = quote_member(SNAPSHOT, MEMBERS, text="It is a wall, not a miracle.")


def keys(*names: str) -> bytes:
    return b"".join(key_of(name, KEY) for name in names)


def written(path: Path, *members: Member) -> RelationTask:
    at, listed = 0, []
    for leaf, member in enumerate(members, 10):
        listed.append((leaf, at, member.size, member is QUOTE))
        at += member.size
    path.write_bytes(b"".join(member.data for member in members))
    return RelationTask(str(path), listed, KEY)


def test_a_capture_names_its_records_and_a_quote_its_snapshot(tmp_path: Path) -> None:
    task = written(tmp_path / "x", CAPTURE, QUOTE)
    own = [member.record.record_id for member in (REQUEST, RESPONSE, TEXT)]
    assert relations(task) == [Relation(10, "", keys(*own)), Relation(11, SNAPSHOT)]


def test_what_a_browser_and_a_public_archive_gave_is_of_the_capture_too(tmp_path: Path) -> None:
    def beside(value: dict[str, Any]) -> None:
        value["browser"] = {"dom": "<urn:dom>", "screenshot": None}
        value["kept"] = {"records": ["<urn:kept>"]}
        value["revisit_of"] = "s-1"

    (found,) = relations(written(tmp_path / "x", with_json(CAPTURE, beside)))
    assert found.snapshot == "s-1"
    assert found.own.endswith(keys("<urn:kept>", "<urn:dom>"))


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value.update(hops=7),
        lambda value: value["hops"][0].update(request=["x"]),
        lambda value: value.update(texts=[{}]),
        lambda value: value.update(revisit_of=1),
        lambda value: value.update(browser=[1]),
        lambda value: value.update(kept="x"),
    ],
)
def test_what_is_no_capture_is_left_to_its_own_finding(tmp_path: Path, change: Callable[[Any], object]) -> None:
    assert [one.leaf for one in relations(written(tmp_path / "x", with_json(CAPTURE, change), QUOTE))] == [11]


def test_what_cannot_be_read_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    task = written(tmp_path / "x", CAPTURE, QUOTE)
    data = bytearray((tmp_path / "x").read_bytes())
    data[CAPTURE.size // 2] ^= 1
    (tmp_path / "x").write_bytes(data)
    assert [one.leaf for one in relations(task)] == [11]
    (tmp_path / "x").unlink()
    assert relations(task) == []
    task = written(tmp_path / "x", QUOTE, CAPTURE)
    monkeypatch.setattr("archiver.warc.members.LARGEST_TEXT", min(QUOTE.size, CAPTURE.size))
    assert len(parts_of(task)) == 1
    read: list[int] = []

    def reading(_: str, __: int, length: int) -> bytes:
        read.append(length)
        return b""

    relations(task, reading)
    assert read == [min(QUOTE.size, CAPTURE.size)], "what no record of its kind is, is not taken into memory"


def test_no_more_is_read_than_was_said(tmp_path: Path) -> None:
    task, read = written(tmp_path / "x", TEXT, CAPTURE, QUOTE), []
    task = RelationTask(task.path, task.members[1:], KEY)

    def reading(path: str, offset: int, length: int) -> bytes:
        read.append((path, offset, length))
        return Path(path).read_bytes()[offset : offset + length]

    assert relations(task, reading) == relations(task)
    assert read == parts_of(task)
