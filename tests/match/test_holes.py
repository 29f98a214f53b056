"""What lies between runs."""

from __future__ import annotations

from archiver.match import judge


def codes(quote: str, source: str) -> set[str]:
    return {notice.code for notice in judge(quote, source).warnings}


def test_far_omissions_are_told() -> None:
    lines = "\n".join(f"Line {k} tells of boats and nets." for k in range(9))
    source = f"The harbour was closed on Monday.\n{lines}\nIt was opened again in June."
    found = judge("The harbour was closed on Monday. […] It was opened again in June.", source)
    assert found.verdict.value == "spliced"
    assert "far-ellipsis" in {notice.code for notice in found.warnings}


def test_omissions_over_two_line_ends_hold_with_a_warning() -> None:
    source = "The harbour was closed on Monday.\nBoats stayed out.\nIt was opened again in June."
    found = judge("The harbour was closed on Monday. […] It was opened again in June.", source)
    assert found.verdict.value == "elided"
    assert "across-paragraphs" in {notice.code for notice in found.warnings}
    assert len(found.matches[0].spans) == 2
    assert found.matches[0].exact.count(" … ") == 1


def test_reference_marks_are_not_heard() -> None:
    assert judge("It fell in 1902. It was rebuilt.", "It fell in 1902.[12] It was rebuilt.").holds
    assert not judge("It fell in 1902. It was rebuilt.", "It fell in 1902 [twice]. It was rebuilt.").holds
