"""The reader of DER: what it wrote it reads, and nothing else gets through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.timestamps import der
from archiver.timestamps.der import NotDer


@given(st.sampled_from([der.INTEGER, der.OCTETS, der.SEQUENCE, der.SET, der.FIRST]), st.binary(max_size=70_000))
def test_what_is_written_is_read(tag: int, content: bytes) -> None:
    element = der.read(der.encode(tag, content))
    assert (element.tag, element.inner) == (tag, content)


@given(st.binary(max_size=200))
def test_anything_else_is_refused_and_nothing_raises_otherwise(data: bytes) -> None:
    try:
        element = der.read(data)
        for child in element.children():
            list(child.children())
    except NotDer:
        return
    assert element.whole == data


@pytest.mark.parametrize("data", ["", "30", "3080", "30850000000001", "1f0100", "300100ff", "3005040100"])
def test_what_is_no_element(data: str) -> None:
    with pytest.raises(NotDer):
        list(der.read(bytes.fromhex(data)).children())


def test_parts_in_order() -> None:
    whole = der.read(der.encode(der.SEQUENCE, der.encode(der.OID, b"\x2a") + der.encode(der.OCTETS, b"x")))
    assert [part.inner for part in whole.expect(der.OID, der.OCTETS)] == [b"\x2a", b"x"]
    with pytest.raises(NotDer):
        whole.expect(der.OCTETS)
    with pytest.raises(NotDer):
        whole.expect(der.OID, der.OCTETS, der.OCTETS)
