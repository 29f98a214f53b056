"""The addresses of what is derived from a snapshot."""

from __future__ import annotations

import pytest

from archiver.model.snapshoturi import capture_uri, digest_in, snapshot_in, text_uri

SNAPSHOT = "s-" + "ab" * 32


@pytest.mark.parametrize("uri", [capture_uri(SNAPSHOT), text_uri(SNAPSHOT, "article"), text_uri(SNAPSHOT, "raw")])
def test_the_snapshot_is_read_out_of_what_it_was_written_into(uri: str) -> None:
    assert snapshot_in(uri) == SNAPSHOT
    assert digest_in(uri) == "ab" * 32


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "https://example.org/s-1",
        f"https:archiver:text:{SNAPSHOT}",
        f"https://example.org:80:{SNAPSHOT}",
        "urn:archiver:capture",
        "urn:archiver:capture:",
        "urn:archiver:quote:0d4c1f6e-0000-4000-8000-000000000000",
        f"urn:archiver:{SNAPSHOT}",
    ],
)
def test_what_names_no_snapshot_gives_none(uri: str) -> None:
    assert snapshot_in(uri) == ""
    assert digest_in(uri) == ""
