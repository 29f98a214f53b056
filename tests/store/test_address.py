from __future__ import annotations

from pathlib import Path

import pytest

from archiver.errors import InputError
from archiver.store import Address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("s3://bucket/a/b", Address("s3", "bucket", "a/b")),
        ("s3://bucket", Address("s3", "bucket", "")),
        ("gs://bucket/a/", Address("gs", "bucket", "a")),
        ("az://container/x=1", Address("az", "container", "x=1")),
        ("file:///data/archive", Address("file", "", "/data/archive")),
    ],
)
def test_an_address_is_read_and_written(text: str, address: Address) -> None:
    assert Address.parse(text) == address
    assert Address.parse(Path(text)) == address  # the command line makes paths of what it is given
    assert Address.parse(str(address)) == address


@pytest.mark.parametrize("text", ["archive", "/data/s3", "c:/data", "http://host/x", "s3"])
def test_a_folder_is_no_address(text: str) -> None:
    assert Address.parse(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "s3://",
        "s3:///x",
        "s3://b/../x",
        "s3://bucket/a b",
        "s3://buc ket",
        "s3://bucket/a//b",
        "file://",
        "file:///a/../b",
        "gs://x/%2e",
    ],
)
def test_what_names_nothing_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        Address.parse(text)
