from __future__ import annotations

from watchlooks import look, quote

from archiver.watching.laststood import LastStood
from archiver.watching.wording import details, make_alert

STOOD = LastStood("verbatim", "2026-11-20T08:00:00Z", "s-0123456789ab")


def test_what_an_alert_says() -> None:
    one = look("quote-altered", quote("altered", ("13th", "31st")))
    alert = make_alert("quote-altered", one, lambda _: "closed on the 13th")
    assert alert.id == one.id
    assert alert.title == "Quotation altered: https://example.org/page"
    assert "quoted     “closed on the 13th”" in alert.words
    assert "number     “13th” is now “31st”" in alert.words
    (said,) = alert.data["quotes"]
    assert (said["quote"], said["verdict"], said["was"]) == ("closed on the 13th", "altered", "verbatim")
    assert (alert.data["kind"], alert.data["drift"], alert.data["url"]) == ("quote-altered",) * 2 + (
        "https://example.org/page",
    )


def test_a_page_that_is_gone_is_told_with_what_stood_on_it_and_what_to_do() -> None:
    names = [f"q-{number:064x}" for number in range(5)]
    quotes = [quote("undecided", name=name) for name in names]
    quotes[0] |= {"was": "absent"}
    one = look("gone", *quotes, seen=False, url="https://example.org/a?b&c")
    alert = make_alert("gone", one, lambda name: f"words of {name[-1]}", lambda _: STOOD)
    assert [said["last"] for said in alert.data["quotes"]] == [STOOD.to_json()] * 5
    assert alert.data["stood"] == 4
    lines = alert.words.splitlines()
    assert [line for line in lines if "quoted " in line] == [
        f"  quoted     “words of {number}”" for number in (1, 2, 3)
    ]
    assert f"  last       verbatim at 2026-11-20T08:00:00Z, in s-0123456789ab ({names[1][:14]})" in lines
    assert "  and 1 more quotation of this page" in lines
    first = names[1][:14]
    assert lines[-5:] == [
        f"  our copy   archiver show {first}",
        f"  its proof  archiver export {first} {names[2][:14]} {names[3][:14]} --to FILE.wacz",
        f"  cite it    archiver cite {first}",
        "  copies     archiver snapshot --memento 'https://example.org/a?b&c'",
        "  history    archiver show 'https://example.org/a?b&c'",
    ]


def test_a_move_names_the_quotations_and_those_that_drifted_first() -> None:
    lost = quote("altered", ("13th", "31st"), name="q-" + "f" * 64)
    many = [quote(name=f"q-{number:064x}") for number in range(30)]
    place = "https://xn--mnchen-3ya.de/" + "n" * 300
    moved = look("moved", *many, lost, moved_to=place)
    alert = make_alert("moved", moved, lambda name: f"words {name[-1]}")
    assert alert.words.count("quoted ") == 3
    assert alert.words.index("words f") < alert.words.index("words 0")
    assert "and 28 more quotations of this page" in alert.words
    assert "  verdict    verbatim (q-000000000000, was verbatim)" in alert.words
    assert f"  new place  archiver snapshot {place}" in alert.words, "whole, and with one name of its host"


def test_words_that_are_left_out_or_put_in_are_said_so() -> None:
    one = look("quote-altered", quote("altered", ("not", ""), ("", "never ")))
    words = make_alert("quote-altered", one, lambda _: "x").words
    assert "“not” is left out now" in words
    assert "“never” is put in now" in words


def test_a_note_of_the_page_is_told_with_its_words() -> None:
    one = look("edited-elsewhere", quote(), note="This article has been retracted.")
    alert = make_alert("note", one, lambda _: "closed on the 13th")
    assert alert.title.startswith("Note of correction or withdrawal: ")
    assert alert.data["note"] == "This article has been retracted."
    assert "  compare    archiver diff s-bbbbbbbbbbbb s-" in alert.words


def test_no_line_of_it_begins_with_words_of_a_page() -> None:
    hostile = "x\n.\n~!rm -rf ~\nFrom: me\r\n~|sh"
    one = look("moved", quote("altered", (hostile, hostile)), moved_to=f"https://example.org/{hostile}")
    alert = make_alert("moved", one, lambda _: hostile)
    assert "\n" not in alert.title
    assert all(line.startswith("  ") for line in alert.words.splitlines()[1:] if line)
    assert alert.words.splitlines()[0] == "Another address answers now."


def test_a_page_with_very_many_quotations_gives_an_alert_of_some_size() -> None:
    many = [quote("altered", *[("a" * 2000, "b" * 2000)] * 20, name=f"q-{number:064x}") for number in range(60)]
    alert = make_alert("quote-altered", look("quote-altered", *many), lambda _: "c" * 20_000)
    assert alert.data["more_quotes"] == 40
    assert len(alert.words) < 150_000
    assert len(str(alert.data)) < 150_000


def test_what_is_over_in_part_is_not_told_as_over() -> None:
    """A page that was away is there again, and what is quoted from it is still altered: “What was told before is over” is not so."""
    one = look("quote-altered", quote("altered", ("13th", "31st")), quote(name="q-" + "c" * 64))
    alert = make_alert("back", one, lambda _: "closed on the 13th")
    assert alert.title == "As before again, in part: https://example.org/page"
    assert alert.words.startswith("A part of what was told before is over; ")
    whole = make_alert("back", look("unchanged", quote()), lambda _: "closed on the 13th")
    assert whole.title.startswith("As before again: ")
    assert whole.words.startswith("What was told before is over.")


def test_an_alert_that_another_version_wrote_has_no_details() -> None:
    assert details({}) == []
    assert details({"url": "https://example.org/", "drift": "gone", "quotes": [{"drift": None}]}) == []


def test_an_edit_round_the_words_is_not_told_as_one_that_left_them_as_they_were() -> None:
    moved = quote("verbatim") | {"warnings": [{"code": "sentence-changed", "detail": "it reads otherwise"}]}
    for said, item in (
        ("every quotation still holds", quote("verbatim")),
        ("not all of it where or as it stood", moved),
    ):
        alert = make_alert("edited-elsewhere", look("edited-elsewhere", item), lambda _: "words")
        assert said in alert.words
