from __future__ import annotations

import pytest
from manuscripts_helpers import markdown

from archiver.manuscripts.notes import Notes, page_of

A, B = "http://a.org/1", "http://b.org/2"


def notes(*texts: str) -> Notes:
    signs = "".join(f" x[^{number}]" for number in range(1, len(texts) + 1))
    written = "\n\n".join(f"[^{number}]: {text}" for number, text in enumerate(texts, 1))
    return Notes(markdown(f"Text{signs}.\n\n{written}\n").blocks)


def test_same_as_before_goes_back_to_the_note_before() -> None:
    for same in ("Ibid.", "ibid., p. 9.", "Ebd.", "A. a. O.", "Id.", "Op. cit.", "Ibíd.", "Ídem, p. 3", "同上"):
        (named,) = notes(f"Smith, {A}, p. 3.", same).sources("2")
        assert named.url == A
    assert notes(f"{A}, p. 3.", "Ibid., p. 9.").sources("2")[0].locator == "9"
    assert notes(f"{A}, p. 3.", "Ibid., 9.").sources("2")[0].locator == "9"
    assert notes(f"{A}, p. 3.", "Ibid.").sources("2")[0].locator == "3"
    assert notes("Ibid.").sources("1") == []
    of_two = notes(f"{A}; {B}", "Ibid.", "Ibid.")
    assert of_two.sources("2") == of_two.sources("3") == []
    assert "cites several sources" in (of_two.why("2") or "")


def test_each_of_several_works_has_its_own_page() -> None:
    found = notes(f"Smith, p. 5, {A}; Jones, S. 7, {B}.").sources("1")
    assert [(one.url, one.locator) for one in found] == [(A, "5"), (B, "7")]


def test_what_is_not_there_cites_nothing() -> None:
    assert notes("Smith, a book.").sources("1") == []
    assert notes("x").sources("99") == []
    assert not notes("x").has("99")


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("Smith, p. 12.", "12"),
        ("pp. 12–14", "12–14"),
        ("S. 3", "3"),
        ("p. xii", "xii"),
        ("Smith 2020", None),
        ("top. 5", None),
    ],
)
def test_pages(text: str, page: str | None) -> None:
    assert page_of(text) == page
