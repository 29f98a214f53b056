"""Documents in zip files."""

from __future__ import annotations

import pytest
from mediasamples import zipped

from archiver.errors import InputError
from archiver.manuscripts.document import Trouble
from archiver.manuscripts.formats.packages import opened, parse


def test_an_encrypted_document_is_said_to_be_one() -> None:
    data = zipped({"META-INF/manifest.xml": "<manifest:encryption-data/>"})
    with pytest.raises(InputError, match=r"^a\.odt cannot be read as a text: it is encrypted\.$"):
        opened(data, "a.odt", "a text")


def test_a_missing_part_is_a_trouble() -> None:
    troubles: list[Trouble] = []

    class Silent:
        def start(self, name: str, attributes: object) -> None: ...
        def end(self, name: str) -> None: ...
        def text(self, data: str, /) -> None: ...

    parse(opened(zipped({"a": "x"}), "a", "b"), "content.xml", Silent(), troubles)
    assert troubles == [Trouble("content.xml: its part 'content.xml' is missing")]
