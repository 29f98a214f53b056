from reusetexts import HARBOUR, ORCHARD

from archiver.reuse import Kind, ReuseText, compare

ABOUT = "About Sund Harbour\nSund Harbour serves forty ferries a day and employs two hundred people, most of whom live within sight of its cranes."


def test_a_sender_s_note_under_two_texts_is_no_copy() -> None:
    found = compare(ReuseText(f"{HARBOUR}\n{ABOUT}"), ReuseText(f"{ORCHARD}\n{ABOUT}"))
    assert found.kind is Kind.NO_COPY
    assert any(passage.furniture.startswith("whole paragraphs") for passage in found.passages)


def test_the_same_words_amid_a_text_count() -> None:
    inside = f"{ABOUT}\n{ORCHARD}\n{ORCHARD.replace('a', 'e')}"
    found = compare(ReuseText(f"{HARBOUR}\n{ABOUT}"), ReuseText(inside))
    assert found.kind is not Kind.NO_COPY


def test_a_text_that_is_most_of_both_is_not_its_own_note() -> None:
    lead = "The boats must go elsewhere, and nobody on the islands knows for how long they will be away from the quay. "
    one, two = (
        ReuseText(HARBOUR, url="https://a.example/1"),
        ReuseText(f"{lead * 2}\n{HARBOUR}", url="https://a.example/2"),
    )
    assert compare(one, two).kind is Kind.SAME_PAGE_LATER


def test_what_speaks_to_the_reader_under_two_papers_of_one_house_is_no_copy() -> None:
    house = (
        "The Coast Group prints nine daily papers and reaches two million readers every week with them. If you have a story for us, write to the "
        "desk at any hour of the day, and one of our reporters will get back to you as soon as he can get hold of a telephone or a boat."
    )
    one, two = (
        ReuseText(f"{HARBOUR}\n{house}", "https://a.example/1"),
        ReuseText(f"{ORCHARD}\n{house}", "https://b.example/1"),
    )
    assert compare(one, two).kind is Kind.NO_COPY
    more = ReuseText(f"{HARBOUR[:500]}\n{ORCHARD}\n{house}", "https://b.example/2")
    assert compare(one, more).kind is not Kind.NO_COPY


def test_a_writer_s_profile_and_a_note_on_the_article_under_two_texts_are_no_copy() -> None:
    profile = (
        "Ann Roe is a writer and former sailor who lives with two dogs on the northern shore. She has written four books on quays, the last of "
        "which won the prize of the county, and teaches at the school for sailors every other winter."
    )
    note = (
        "This article was written with the help of machines and looked at by an editor. The publisher takes no liability for the figures given, "
        "nor for losses that anybody may suffer who acts on them without asking somebody who knows."
    )
    for words in (profile, note):
        assert compare(ReuseText(f"{HARBOUR}\n{words}"), ReuseText(f"{ORCHARD}\n{words}")).kind is Kind.NO_COPY
