"""A comparison as people see it: in a terminal, as HTML, as unified text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from difflooks import STORY, look

from archiver.diffing import compare, to_html, to_terminal, to_unified

NEW = (STORY[0].replace("13th", "31st"), STORY[2], STORY[1], STORY[3].replace(" for them", ""))
QUOTE = "will close on the 13th of May"
HOSTILE = "The mayor \x1b[2Jsaid \u202enothing\u202c of <script>alert(1)</script> & 13 ships."


def test_the_terminal_marks_what_changed_without_colour_too() -> None:
    lines = to_terminal(compare(look(*STORY, name="one"), look(*NEW, name="two"), [QUOTE]), colour=False)
    text = "\n".join(lines)
    assert lines[:3] == [
        "--- one",
        "+++ two",
        "The article text changed: 2 passages changed, 1 passage removed, 1 passage moved.",
    ]
    assert "quotation ALTERED: the page says it otherwise now\n  “will close on the 13th of May”" in text
    assert "close on the [-13th-]*{+31st+}* of May for repairs" in text
    assert "    number     13th → 31st" in text
    assert "1 sentence moved from paragraph 3 to paragraph 2" in text
    assert "2 million [-for them-]." in text
    assert "[-A ferry may carry those who walk" in text
    assert "\x1b" not in text
    assert "\x1b[31m" in "\n".join(to_terminal(compare(look(*STORY), look(*NEW)), colour=True))


def test_of_many_quotations_of_which_nothing_changed_the_number_is_said() -> None:
    words = STORY[2].split()
    calm = [" ".join(words[at : at + 4]) for at in range(4)]
    old, new = look(*STORY), look(STORY[0].replace("13th", "31st"), *STORY[1:])
    few = "\n".join(to_terminal(compare(old, new, [QUOTE, *calm]), colour=False))
    assert few.count("still holds\n") == 4
    never = ["the moon is made of cheese", "and nobody ever went there"]
    many = "\n".join(to_terminal(compare(old, new, [QUOTE, *calm, *never]), colour=False))
    assert "quotation ALTERED: the page says it otherwise now\n  “will close on the 13th of May”" in many
    assert "4 quotations still holds" not in many
    assert "4 quotations: still holds (--json lists all)" in many
    assert "2 quotations: did not hold in the older page either (--json lists all)" in many
    assert calm[0] not in many.split("ALTERED")[0]


def test_what_is_broken_comes_first_in_every_form() -> None:
    diff = compare(look(*STORY), look(*NEW), ["the moon is made of cheese", "About 4,200 drivers", QUOTE])
    for text in ("\n".join(to_terminal(diff, colour=False)), "\n".join(to_unified(diff)), to_html(diff)):
        places = [text.index(words) for words in (QUOTE, "About 4,200 drivers", "the moon is made of cheese")]
        assert places == sorted(places)
    assert [quote.text for quote in diff.gravest_first] == [QUOTE, "About 4,200 drivers", "the moon is made of cheese"]


def test_unified_text_has_a_line_for_each_sentence() -> None:
    lines = to_unified(compare(look(*STORY), look(*NEW), [QUOTE]))
    assert lines[:2] == ["--- the older page", "+++ the newer page"]
    at = lines.index("@@ -1,1 +1,1 @@ 1 sentence changed in paragraph 1: number")
    assert lines[at + 1 : at + 3] == [f"-{STORY[0]}", f"+{NEW[0]}"]
    assert {line[:1] for line in lines} == {"-", "+", "#", "@", " "}


def test_nothing_of_a_page_steers_whoever_looks() -> None:
    diff = compare(look(STORY[0], HOSTILE), look(STORY[0], HOSTILE.replace("13", "31")), ["said"])
    for lines in (to_terminal(diff, colour=False), to_unified(diff), [to_html(diff)]):
        text = "\n".join(lines)
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert "<script" not in to_html(diff)
    assert "&lt;script&gt;" in to_html(diff)


class _Checked(HTMLParser):
    """Every element is closed; what is put in and taken out has a name."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.labels: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ins", "del"):
            self.labels.append(dict(attrs)["aria-label"] or "")
        assert not {"src", "href", "onload"} & dict(attrs).keys()
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_loads_nothing() -> None:
    page = to_html(compare(look(*STORY), look(*NEW), [QUOTE, "drivers use the bridge each day"]))
    checked = _Checked()
    checked.feed(page)
    assert checked.open == []
    assert all(checked.labels)
    assert "added, number: 31st" in checked.labels
    assert "prefers-color-scheme: dark" in page
    assert not re.search(r"url\(|@import|https?://", page)


def test_a_long_passage_keeps_its_ends() -> None:
    one = f"It began {'and went on ' * 60}until 13 ships came {'and more came ' * 60}to the harbour."
    lines = to_terminal(compare(look(one), look(one.replace("13", "31"))), colour=False)
    shown = next(line for line in lines if "[-13-]" in line)
    assert shown.count("[…]") == 2
    assert len(shown) < 400


def test_the_terminal_shows_first_what_does_not_hold_any_more() -> None:
    standing = "The council met on Tuesday."
    old, new = (
        [standing, "The bridge will close on the 13th of May."],
        [standing, "The bridge will close on the 31st of May."],
    )
    diff = compare(look(*old), look(*new), ["The council met on Tuesday", "close on the 13th of May"])
    said = [line for line in to_terminal(diff, colour=False) if line.startswith("quotation")]
    assert said == ["quotation ALTERED: the page says it otherwise now", "quotation still holds"]
