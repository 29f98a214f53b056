"""ARC files."""

from __future__ import annotations

import io

import pytest

from archiver.intake import arc
from archiver.intake.records import ForeignRecord, read_records
from archiver.intake.source import Source

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The pier</p>"


def test_a_line_of_version_1_with_a_blank_in_the_address() -> None:
    line = arc.parse(b"http://example.org/a b 192.0.2.1 20140216050221 text/html 59\n", 1)
    assert line is not None
    assert (line.url, line.address, line.date, line.length) == (
        "http://example.org/a b", "192.0.2.1", "2014-02-16T05:02:21Z", 59,
    )  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"x\n",
        b"filedesc://x 0.0.0.0 20140301000000 text/plain -1\n",
        b"http://a/ 0.0.0.0 20140216050221 text/html abc\n",
    ],
)
def test_what_is_no_such_line(line: bytes) -> None:
    assert arc.parse(line, None if line.startswith(b"filedesc") else 1) is None


def test_a_date_that_is_none_is_empty() -> None:
    line = arc.parse(b"http://a/ 0.0.0.0 201404010000000000 text/html 1\n", 1)
    assert line is not None
    assert line.date == ""


@pytest.mark.parametrize(("version", "columns"), [(b"1 0 x", b""), (b"2 0 x", b" 200 - - 0 file")])
def test_both_versions_are_read(version: bytes, columns: bytes) -> None:
    data = b"filedesc://x 0.0.0.0 20140216050221 text/plain%b %d\n%b\n" % (columns, len(version), version)
    for address in (b"http://example.org/a", b"dns:example.org"):
        data += b"%b 192.0.2.1 20140216050222 text/html%b %d\n%b\n" % (address, columns, len(ANSWER), ANSWER)
    found = [item for item in read_records(Source(io.BytesIO(data))) if isinstance(item, ForeignRecord)]
    assert [item.type for item in found] == ["metadata", "response", "response"]
    assert found[1].block == ANSWER
    assert found[1].get("warc-date") == "2014-02-16T05:02:22Z"
    assert found[1].get("warc-target-uri") == "http://example.org/a"
