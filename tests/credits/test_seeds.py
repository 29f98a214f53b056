"""The five seed texts: what their notes say is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver import credits
from archiver.credits import Credits, Role


def seed(shared: Path, number: int) -> Credits:
    found = sorted((shared / "seeds").glob(f"{number:03d}_*.txt"))
    if not found:
        pytest.skip("the seed texts are not beside the repository")
    return credits.read(None, found[0].read_text("utf-8"), None)


def named(read: Credits, *roles: Role) -> set[str]:
    return {credit.name for credit in read.of(*roles)}


def test_a_text_that_only_cites(shared: Path) -> None:
    read = seed(shared, 0)
    assert named(read, Role.SOURCE) == {"KBS", "Korean Central News Agency"}
    assert read.signers == ()
    assert read.agencies == ()


def test_a_digest_of_two_agencies(shared: Path) -> None:
    read = seed(shared, 1)
    thanked = {c.name for c in read.credits if c.where == "text, with information from"}
    assert thanked == {"Archyde", "Agencia EFE"}
    assert named(read, Role.PHOTO) == {"Korean Central News Agency", "Reuters", "Associated Press"}
    assert {"Yonhap News Agency", "Korean Central News Agency"} <= {
        c.name for c in read.credits if c.where == "text, cited"
    }
    assert read.agencies == ("Agencia EFE",)


def test_a_story_of_reuters(shared: Path) -> None:
    read = seed(shared, 2)
    assert read.agencies == ("Reuters",)
    assert named(read, Role.AUTHOR) == {"Josh Smith"}
    assert named(read, Role.EDITOR) == {"Jerry Doyle"}
    assert read.signers == ("Josh Smith",)
    assert read.contradictions == ()


def test_an_author_box_against_a_source_line(shared: Path) -> None:
    read = seed(shared, 3)
    (contradiction,) = read.contradictions
    assert contradiction.kind == "author-against-source"
    assert (contradiction.one.name, contradiction.other.name) == ("Mark Jones", "Dong-A Ilbo")
    assert contradiction.one.evidence.startswith("Mark Jones is a world traveler and journalist")
    assert contradiction.other.evidence == "Source: Donga"
    assert "Rodong Sinmun" in named(read, Role.SOURCE)


def test_a_slash_at_the_end(shared: Path) -> None:
    read = seed(shared, 4)
    (tag,) = [c for c in read.credits if c.where == "text, sign-off"]
    assert (tag.name, tag.agency, tag.evidence) == ("happy news", None, "/happy news")
    assert "Yonhap News Agency" in named(read, Role.SOURCE)


def test_evidence_stands_where_it_is_said_to(shared: Path) -> None:
    for number in range(5):
        path = min((shared / "seeds").glob(f"{number:03d}_*.txt"))
        text = path.read_text("utf-8")
        for credit in credits.read(None, text, None).credits:
            assert credit.start is not None
            assert text[credit.start :].startswith(credit.evidence)
