from reusetexts import HARBOUR

from archiver.reuse import body, repeated, words


def prose(text: str, *common: str) -> str:
    read = words.read(text, words.Forms())
    found = body.find(read, common)
    return " ".join(read.form(k) for k in range(len(read)) if found.mask[k])


def test_menus_and_notes_are_no_prose() -> None:
    page = f"Home\nNews\nSport\n{HARBOUR}\nWe use cookies. Read our privacy policy.\nMore stories from the coast"
    assert prose(page) == prose(HARBOUR)


def test_a_menu_on_one_line_is_no_prose() -> None:
    menu = " | ".join(["Home", "News of the coast, and more", "Sport", "Weather"] * 5) + "."
    assert prose(f"{menu}\n{HARBOUR}") == prose(HARBOUR)


def test_a_text_of_short_lines_is_taken_whole() -> None:
    assert prose("Sea\nSand\nGulls over\nthe pier") == "Sea Sand Gulls over the pier"


def test_wrapped_lines_are_one_block() -> None:
    assert prose("A long sentence that somebody has\nwrapped in the middle of the line\nby hand.") != ""
    assert "wrapped" in prose(HARBOUR + "\nA long sentence that somebody has\nwrapped in the middle.")


def test_common_phrases_are_left_out_whatever_their_capitals() -> None:
    assert "owned" not in prose(HARBOUR + "\nThis paper is owned by its readers.", "OWNED BY ITS READERS")


def test_lines_of_many_pages_are_found() -> None:
    pages = [f"Our paper since 1908.\nText {k}." for k in range(3)]
    assert repeated(pages) == {"our paper since 1908."}
    assert repeated(pages[:2]) == frozenset()


def test_a_headline_ends_without_a_stop() -> None:
    read = words.read("Quay to close\nThe board voted.", words.Forms())
    assert [body.is_headline(read, *block) for block in body.find(read).blocks] == [True, False]


def test_a_text_of_nothing_but_notes_has_no_prose() -> None:
    wall = "Quay to close\nYou have read all your free articles of this month. Subscribe now to go on reading. Log in to your account."
    read = words.read(wall, words.Forms())
    found = body.find(read)
    assert (found.size, found.told) == (0, True)
