"""Two texts compared: each kind on texts written for it, and what must hold of any texts."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reusetexts import HARBOUR, ORCHARD

from archiver.reuse import Kind, Reuse, ReuseText, compare

MENU = """Home
News
Sport
Weather
We use cookies to improve our site. See our privacy policy.
Sign up for our newsletter
"""


def text(content: str, **known: object) -> ReuseText:
    return ReuseText(content, **known)  # type: ignore[arg-type]


def kind(a: str, b: str) -> Kind:
    return compare(text(a), text(b)).kind


def test_a_text_with_another_headline_and_lead_is_a_copy() -> None:
    found = compare(text(HARBOUR), text("Quay to close\nShips must go elsewhere for months.\n" + HARBOUR))
    assert found.kind is Kind.COPY
    assert found.containment_a == 1.0
    assert found.direction is None
    assert any("no direction" in reason for reason in found.reasons)


def test_a_copy_inside_a_much_longer_text_is_a_copy() -> None:
    longer = ORCHARD.replace("apple", "pear") + "\n" + HARBOUR + "\n" + ORCHARD[:200]
    found = compare(text(HARBOUR), text(longer))
    assert found.kind is Kind.COPY
    assert found.containment_a > 0.95 > 0.7 > found.containment_b


def test_small_edits_leave_one_passage() -> None:
    edited = HARBOUR.replace("late on Tuesday", "on Tuesday night").replace("eleven", "twelve").replace("asked", "told")
    found = compare(text(HARBOUR), text(edited))
    assert found.kind is Kind.COPY
    assert len(found.passages) == 1
    assert len(found.passages[0].pieces) > 3


def test_texts_of_other_things_are_no_copy() -> None:
    found = compare(text(HARBOUR), text(ORCHARD))
    assert (found.kind, found.passages, found.direction) == (Kind.NO_COPY, (), None)


def test_a_wire_story_in_part() -> None:
    ours = "(Reuters) - " + HARBOUR
    theirs = "The islands wait for their boats, and nobody knows for how long they will.\n" * 4 + HARBOUR[:420]
    found = compare(text(ours), text(theirs))
    assert found.kind is Kind.PARTIAL_WIRE_COPY
    assert found.direction is None
    assert any("Reuters" in reason for reason in found.reasons)


def test_agencies_may_be_given() -> None:
    theirs = "The islands wait for their boats, and nobody knows for how long they will.\n" * 4 + HARBOUR[:420]
    assert compare(text(HARBOUR, agencies=("EFE",)), text(theirs)).kind is Kind.PARTIAL_WIRE_COPY


def test_a_statement_that_a_paper_prints() -> None:
    issuer = text(HARBOUR, url="https://www.harbourboard.example/quay")
    paper = text(
        "Repairs ahead, as the Harbourboard said in a statement.\n" + HARBOUR, url="https://gazette.example/a/1"
    )
    found = compare(issuer, paper)
    assert found.kind is Kind.PRESS_RELEASE
    assert found.direction is not None
    assert (found.direction.source, found.direction.taker, found.direction.weak) == ("a", "b", False)


def test_one_long_passage_is_an_excerpt() -> None:
    other = "\n".join(
        f"{line} That is what the growers told us in the year {k}." for k, line in enumerate(ORCHARD.splitlines() * 2)
    )
    longer = HARBOUR + "\nThe mayor hopes for a mild winter. " * 20
    found = compare(text(longer), text(other + "\n" + "\n".join(HARBOUR.splitlines()[1:4])))
    assert found.kind is Kind.EXCERPT


SAID = "We looked at every single pillar twice before we dared to send anybody down there again"


def test_words_of_one_mouth_are_no_copy() -> None:
    found = compare(text(f"{HARBOUR}\n“{SAID},” said Ida Holm, who leads the works."), text(f'{ORCHARD}\n"{SAID}."'))
    assert found.kind is Kind.SHARED_QUOTATION
    assert found.passages[-1].speech_a == found.passages[-1].speech_b == 1.0


def test_a_paper_that_names_the_other_cites_it() -> None:
    one = text(f"{HARBOUR}\n“{SAID},” said Ida Holm.", url="https://coastherald.example/quay")
    two = text(
        f"{ORCHARD}\nAccording to the Coast Herald, the works are slow. “{SAID},” one of them said.",
        url="https://valley.example/",
    )
    found = compare(one, two)
    assert found.kind is Kind.CITES
    assert (found.direction and found.direction.source) == "a"
    assert any("Coast Herald" in reason for reason in found.reasons)


def test_names_and_titles_are_no_copy() -> None:
    title = "Ida Holm, deputy head of works at the harbour board of the city of Sund,"
    found = compare(text(f"{HARBOUR}\n{title} was there."), text(f"{ORCHARD}\nNobody had asked {title} for her view."))
    assert found.kind is Kind.SAME_TOPIC


def test_one_address_at_two_times() -> None:
    one = text(HARBOUR, url="https://paper.example/quay?utm_source=x")
    two = text(HARBOUR[:300], url="https://web.archive.org/web/20240101000000/http://www.paper.example/quay")
    assert compare(one, two).kind is Kind.SAME_PAGE_LATER


def test_one_text_under_two_addresses_of_a_site_is_one_page() -> None:
    one, two = (text(HARBOUR, canonical=f"https://www.paper.example/articles/12{end}") for end in ("", ".php"))
    assert compare(one, two).kind is Kind.SAME_PAGE_LATER


def test_a_front_page_as_canonical_link_makes_no_page_the_same() -> None:
    one, two = (
        text(content, url=f"https://paper.example/{k}", canonical="https://paper.example/")
        for k, content in enumerate((HARBOUR, ORCHARD))
    )
    assert compare(one, two).kind is Kind.NO_COPY


def test_a_canonical_link_elsewhere_says_who_has_it_from_whom() -> None:
    one = text(HARBOUR, url="https://paper.example/quay")
    two = text(HARBOUR, url="https://portal.example/x1", canonical="https://www.paper.example/quay")
    found = compare(two, one)
    assert found.kind is Kind.COPY
    assert found.direction
    assert (found.direction.source, found.direction.weak) == ("b", False)
    assert "canonical" in found.direction.reasons[0]


def day(number: int) -> datetime:
    return datetime(2024, 5, number, tzinfo=UTC)


def test_dates_alone_are_weak_and_only_where_they_do_not_overlap() -> None:
    early, late = text(HARBOUR, earliest=day(1), latest=day(2)), text(HARBOUR, earliest=day(3), latest=day(4))
    found = compare(late, early)
    assert found.direction
    assert (found.direction.source, found.direction.weak) == ("b", True)
    unsure = compare(early, text(HARBOUR, earliest=day(2), latest=day(4)))
    assert unsure.direction is None
    assert any("overlap" in reason for reason in unsure.reasons)


def test_furniture_of_one_site_is_no_copy() -> None:
    tail = "The Coast Herald is owned by its readers, who elect its editors each spring.\nWrite to the desk if you saw a mistake here."
    one, two = (
        text(f"{MENU}{content}\n{tail}", url=f"https://coastherald.example/{k}")
        for k, content in enumerate((HARBOUR, ORCHARD))
    )
    found = compare(one, two)
    assert found.kind is Kind.NO_COPY
    assert any(passage.furniture for passage in found.passages)


def test_phrases_known_to_be_common_do_not_count() -> None:
    note = (
        "This text was made by the students of the school of journalism in the city of Sund during their second year."
    )
    one, two = text(f"{note}\n{HARBOUR}"), text(f"{note}\n{ORCHARD}")
    assert compare(one, two).kind is not Kind.NO_COPY
    assert compare(one, two, common=[note]).kind is Kind.NO_COPY


CHINESE = (
    "港务局星期二晚上决定关闭东码头，进行可能持续到春天的维修。工程师在八月的检查中发现四十根柱子中有十一根出现裂缝。前往岛屿"
    "的渡轮将改从鱼市场出发，卡车必须走环路。"
)


def test_languages_without_spaces() -> None:
    other = "北部山谷的苹果种植者预计，今年的收成将是十年来最少的，因为四月最后一周出现霜冻。"
    found = compare(text(CHINESE), text(other + CHINESE + other))
    assert found.kind is Kind.COPY
    assert found.containment_a == 1.0
    assert kind(CHINESE, other) is Kind.NO_COPY


WORDS = st.lists(st.sampled_from(HARBOUR.replace("\n", " \n ").split(" ")), max_size=60).map(" ".join)
ANY = st.one_of(st.text(max_size=120), WORDS)


@given(ANY)
def test_a_text_is_a_copy_of_itself(content: str) -> None:
    found = compare(text(content), text(content))
    if any(char.isalnum() for char in content):
        assert (found.containment_a, found.containment_b) == (1.0, 1.0)
        assert found.kind is (Kind.COPY if len(content.split()) > 60 else found.kind)
        assert found.kind in (Kind.COPY, Kind.SAME_TOPIC)


def swapped(found: Reuse) -> tuple[object, ...]:
    passages = {passage.swapped() for passage in found.passages}
    return found.kind, found.containment_b, found.containment_a, passages, found.direction and found.direction.swapped()


@given(ANY, ANY)
def test_sides_may_be_exchanged(a: str, b: str) -> None:
    one, two = text(a, url="https://a.example/1"), text(b, url="https://b.example/1")
    there, back = compare(one, two), compare(two, one)
    assert swapped(back)[:3] == (there.kind, there.containment_a, there.containment_b)
    assert swapped(back)[3] == set(there.passages)


@given(ANY, ANY)
def test_spans_are_of_the_texts_and_their_pieces_equal(a: str, b: str) -> None:
    for passage in compare(text(a), text(b)).passages:
        assert 0 <= passage.start_a < passage.end_a <= len(a)
        assert 0 <= passage.start_b < passage.end_b <= len(b)
        for piece in passage.pieces:
            one, two = a[piece.start_a : piece.end_a], b[piece.start_b : piece.end_b]
            assert letters(one) == letters(two)


def letters(content: str) -> str:
    return "".join(char for char in content.casefold() if char.isascii() and char.isalnum())


@pytest.mark.parametrize("pair", [(HARBOUR, ORCHARD), (HARBOUR, HARBOUR), (HARBOUR, HARBOUR[:420] + ORCHARD)])
def test_furniture_in_both_changes_nothing(pair: tuple[str, str]) -> None:
    assert kind(*pair) is kind(*(MENU + content + "\n" + MENU for content in pair))


def test_repeats_without_end_are_bounded() -> None:
    found = compare(text("the sea and the sea " * 4000), text("and the sea the sea " * 4000))
    assert len(found.passages) <= 1000


RELATIONS = {
    "copy": Kind.COPY,
    "excerpt": Kind.EXCERPT,
    "wire-copy-partial": Kind.PARTIAL_WIRE_COPY,
    "press-release": Kind.PRESS_RELEASE,
    "shared-quote": Kind.SHARED_QUOTATION,
    "same-topic": Kind.SAME_TOPIC,
    "same-page-later": Kind.SAME_PAGE_LATER,
}


def test_the_seed_texts_are_no_copies(shared: Path) -> None:
    seeds = [text(path.read_text("utf-8")) for path in sorted((shared / "seeds").glob("0*.txt"))]
    assert len(seeds) == 5
    assert {compare(one, two).kind for one, two in combinations(seeds, 2)} == {Kind.NO_COPY}


def test_the_written_texts_of_real_pairs(shared: Path) -> None:
    """Those pairs whose texts lie there as plain text; the others are drawn from their pages by ``benchmarks/reuse.py``."""
    folder = shared / "corpus" / "reuse"
    seen = 0
    for line in (folder / "natural-pairs.jsonl").read_text("utf-8").splitlines():
        pair = json.loads(line)
        paths = [folder.parent / pair[f"html_{side}"].replace(".html.gz", ".txt") for side in "ab"]
        if all(path.is_file() for path in paths):
            one, two = (
                text(path.read_text("utf-8"), url=pair[f"url_{side}"]) for path, side in zip(paths, "ab", strict=True)
            )
            if pair["relation"] in ("copy", "excerpt", "shared-quote", "same-topic"):
                assert compare(one, two).kind is RELATIONS[pair["relation"]]
                seen += 1
    assert seen >= 4


def test_walls_and_error_pages_are_no_copies_of_one_another() -> None:
    notice = (
        "We use cookies to show you advertising that fits. By clicking accept all you agree to the use of cookies. "
        "Read more in our privacy policy."
    )
    assert kind(notice, notice) is Kind.NO_COPY
    assert kind("404 Not Found\nThe page was moved.", "404 Not Found\nThe page was moved.") is Kind.SAME_TOPIC


def test_a_statement_in_french_marks_is_speech() -> None:
    said = (
        "«\u00a0Nous avons demandé quatre fois de l'argent pour ces piliers et quatre fois on nous a répondu qu'il n'y en avait pas cette année, "
        "alors que personne ne s'étonne de voir le quai fermé et les bateaux ailleurs, comme nous l'avions écrit dans chacune de nos lettres.\u00a0»"
    )
    assert kind(f"{HARBOUR}\n{said}", f"{ORCHARD}\n{said}\nPuis il se tut.") is Kind.SHARED_QUOTATION


def test_a_note_on_a_correction_is_furniture() -> None:
    note = (
        "An earlier version of this article gave a wrong number of pillars. There are forty of them and not fourteen, as was said in the first "
        "edition, and the article has been changed so that it says this in each place."
    )
    assert kind(f"{HARBOUR}\n{note}", f"{ORCHARD}\n{note}") is Kind.NO_COPY
