from __future__ import annotations

from watchlooks import look, quote

from archiver.watching.wording import make_alert


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
