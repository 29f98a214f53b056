from __future__ import annotations

import pytest
from manuscripts_helpers import markdown

from archiver.manuscripts.sourcing.notes import Notes, page_of

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


def test_a_page_in_the_words_or_the_title_that_a_note_quotes_is_not_the_page_cited() -> None:
    assert notes(f"“Read page 212 again”, {A}").sources("1")[0].locator is None
    assert notes(f"“Read page 212 again”, {A}, p. 3").sources("1")[0].locator == "3"
    assert notes(f"“Read page 212”, {A}; “Or page 213”, {B}").sources("1")[1].locator is None


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


@pytest.mark.parametrize(
    ("said", "url"),
    [
        ("*Smith*, *supra* note 1, at 462.", A),
        ("But see supra note 1.", A),
        ("See note 1 above.", A),
        ("Smith, *supra* note [^1].", A),
        ("Vgl. oben Fn. 1.", A),
        ("Smith, op. cit.", A),
        ("Cf. Smith, supra, at 5.", A),
        ("See id.", B),
        ("Accord *id.* at 3.", B),
        ("E.g., ibid.", B),
        ("Same.", B),
    ],
)
def test_a_note_stands_for_the_source_of_another(said: str, url: str) -> None:
    (named,) = notes(f"Smith, {A}.", f"Jones, {B}.", said).sources("3")
    assert named.url == url


def test_the_page_that_a_reference_gives_is_its_own() -> None:
    found = notes(f"Smith, {A}, at 3.", "Smith, supra note 1, at 462.", "See id.", "Id. at 5.")
    assert [found.sources(label)[0].locator for label in "1234"] == ["3", "462", "462", "5"]


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        ((f"{A}; {B}.", "Id."), "several sources"),
        ((f"Smith, {A}; H. Maine, Ancient Law 12 (1861).", "Id."), "several sources"),
        ((f"Smith, {A}.", "Supra notes 1–2."), "several notes"),
        ((f"Smith, {A}.", "Supra note 9."), "cannot be told"),
        ((f"Smith, {A}.", "H. Maine, Ancient Law 12 (1861).", "Id."), "names no address"),
        ((f"Smith, {A}.", "H. Maine, Ancient Law 12 (1861); id. at 14."), "no address is given"),
        ((f"Smith, {A}.", "Jones, supra."), "names Jones"),
        ((f"Smith, {A}.", "Supra note 2."), "names no address"),
    ],
)
def test_what_a_note_stands_for_is_said_and_not_guessed(texts: tuple[str, ...], why: str) -> None:
    found = notes(*texts)
    last = str(len(texts))
    assert found.sources(last) == []
    assert why in (found.why(last) or "")


def test_a_name_says_which_of_several_sources_of_a_note_is_meant() -> None:
    (named,) = notes(f"Smith, {A}; Jones, {B}.", "Jones, supra note 1.").sources("2")
    assert named.url == B


def test_an_earlier_source_of_the_same_note_goes_before_the_note_before() -> None:
    found = notes(f"Smith, {A}.", f"Jones, {B}; id. at 7.")
    assert [one.url for one in found.sources("2")] == [B]


def test_endless_references_forward_are_given_up() -> None:
    found = notes(*(f"Infra note {number + 2}." for number in range(200)))
    assert found.sources("1") == []


def test_a_number_that_contradicts_the_name_beside_it_names_no_source() -> None:
    """A note was put in between, and the numbers in the text stayed as they were."""
    kole, voss = f"Jane Kole, The Bridge, {A}", f"Voss, The Mill, {B}"
    found = notes(kole, voss, "See Kole, supra note 2, at 5.")
    assert found.sources("3") == []
    assert found.why("3") == "note 3 refers to Kole in note 2, which names no Kole; note 1 does"
    assert notes(kole, voss, "KOLE (n 2)").sources("3") == []


@pytest.mark.parametrize(
    ("second", "third"),
    [
        (f"Voss, The Mill, {B}", "Voss, supra note 2"),
        (f"Voss, The Mill, {B}", "VOSS (n 2)"),
        (f"Voss, The Mill, {B}", "Mill, supra note 2"),  # a title
        (f"Voss, The Mill, {B}", "Marsh, supra note 2"),  # whom no note names
        (f"Voss, The Mill, {B}", "Bridge, supra note 2"),  # another note has it, and no author of that name
        (B, "Kole, supra note 2"),  # an address alone may be hers
    ],
)
def test_a_name_that_contradicts_nothing_goes_by_the_number(second: str, third: str) -> None:
    (named,) = notes(f"Kole, The Bridge, {A}", second, third).sources("3")
    assert named.url == B


def test_a_note_that_stands_for_another_is_not_held_to_have_the_name_itself() -> None:
    (named,) = notes(f"Kole, The Bridge, {A}", "Id., at 3.", "Kole, supra note 2").sources("3")
    assert named.url == A
