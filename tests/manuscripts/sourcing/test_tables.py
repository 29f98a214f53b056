from __future__ import annotations

import pytest
from manuscripts_helpers import paired

A, B = "http://a.org/1", "http://b.org/2"


def table(*rows: str) -> str:
    width = rows[0].count("|") - 1
    return "\n".join([rows[0], "|" + "---|" * width, *rows[1:]]) + "\n"


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (table("| Quotation | Source |", f"| “one two three” | [a]({A}) |", f"| “four five six” | [b]({B}) |"), [[A], [B]]),
        (table("| Source | Quotation |", f"| [a]({A}) | “one two three” |", f"| [b]({B}) | “four five six” |"), [[A], [B]]),
        (table("| Said | When | Where |", f"| “one two three” | 2020 | [a]({A}) |", f"| “four five six” | 2021 | [b]({B}) |"), [[A], [B]]),
        (table("| Said | Where |", "| “one two three” | nowhere |", f"| “four five six” | [b]({B}) |"), [[], [B]]),
        (table("| Where | Said |", f"| [a]({A}) | “one two three” |", "| nowhere | “four five six” |"), [[A], []]),
        (table("| Said | Where |", f"| “one two three” ([b]({B})) | [a]({A}) |"), [[B]]),
        (table("| Said |", "| “one two three” |") + f"\nThen [a]({A}).\n", [[]]),
    ],
)  # fmt: skip
def test_the_source_stands_in_a_cell_beside(text: str, sources: list[list[str]]) -> None:
    assert [found for _, found in paired(text)] == sources
