from __future__ import annotations

import pytest

from archiver.rechecking.moves import move_of, move_to

OLD = "https://example.org/news/2026/bridge"


@pytest.mark.parametrize(
    ("to", "status"),
    [
        (OLD, 200),
        ("http://example.org/news/2026/bridge", 301),
        ("https://www.example.org/news/2026/bridge/", 308),
        (OLD + "?consent=1", 302),
        ("https://example.org/archive/bridge", 301),  # where it was when it was quoted
    ],
)
def test_no_move(to: str, status: int) -> None:
    assert move_of(OLD, ["https://example.org/archive/bridge"], ((OLD, status), (to, 200))) is None


@pytest.mark.parametrize(
    ("to", "status", "words"),
    [
        ("https://example.org/bridge", 301, "another address of its site answers for good"),
        ("https://example.org/bridge", 307, "answers for now"),
        ("https://example.org/news/2026/Bridge", 301, "another address of its site"),
        (OLD + "?page=2", 301, "for good"),
        ("https://courier.example/bridge", 302, "another host, courier.example, answers for now"),
        ("https://example.org/", 302, "leads to the front page of a site for now"),
        ("https://courier.example/", 301, "leads to the front page of a site for good"),
        ("https://example.org/news/", 301, "leads to a page above it for good"),
    ],
)
def test_moves(to: str, status: int, words: str) -> None:
    move = move_of(OLD, [OLD], ((OLD, status), (to, 200)))
    assert move is not None
    assert (move.to, words in move.words) == (to, True)


@pytest.mark.parametrize(
    ("to", "moved"), [("id=99", True), ("", True), ("id=5&session=7", False), ("session=7&id=5", False)]
)
def test_another_page_of_the_same_script_is_a_move_also_for_now(to: str, moved: bool) -> None:
    script = "http://example.org/index.php?"
    found = move_of(f"{script}id=5", (), ((f"{script}id=5", 302), (f"{script}{to}", 200)))
    assert (found is not None) is moved


def test_one_redirect_for_now_on_the_way_is_not_for_good() -> None:
    move = move_of(OLD, [], ((OLD, 301), ("https://example.org/a", 302), ("https://example.org/b", 200)))
    assert move is not None
    assert not move.lasting


def test_what_a_page_names_itself() -> None:
    move = move_to(OLD, "/elsewhere", lasting=True)
    assert move is not None
    assert (move.to, move.named) == ("https://example.org/elsewhere", True)
    for same in (OLD, "#part", "//www.example.org/news/2026/bridge", "http://", "javascript:alert(1)"):
        assert move_to(OLD, same, lasting=True) is None
