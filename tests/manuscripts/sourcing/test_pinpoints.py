"""Pages and sections in the notes of citations."""

from __future__ import annotations

import pytest

from archiver.manuscripts.sourcing.pinpoints import locator_of


@pytest.mark.parametrize(
    ("written", "locator"),
    [
        ("12", "12"), ("p. 3", "3"), ("p.\u00a03", "3"), ("pp. 12–14", "12–14"), ("S. 5f.", "5f"), ("Seite 4", "4"), ("p. xii", "xii"), ("с. 7", "7"),
        ("§ 4", "§ 4"), ("chap. 2", "chap. 2"), ("see also", None), ("", None), ("for a survey", None), ("x" * 100 + "1", None),
    ],
)  # fmt: skip
def test_locator_of(written: str, locator: str | None) -> None:
    assert locator_of(written) == locator
