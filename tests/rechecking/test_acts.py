"""Every drift, by what a page on a real server does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pdffiles import Pdf, text
from rechecking.conftest import COUNT, DATE, SPEECH, Source
from website import STORY, Answer, Website, article

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.errors import BlockedAddress, InputError, Stopped
from archiver.model import Drift, Exchange, Reading, Verdict
from archiver.quoting import Quotation, quote
from archiver.rechecking import Pending, diff_of, first_look, recheck, second_look
from archiver.rechecking.retryafter import LONGEST

WITHOUT_SPEECH = STORY.replace(
    "“We will not ask the ferrymen to work at night,” said county engineer Ada Voss. ".encode(), b""
)
NOT_FOUND = b"<!DOCTYPE html><title>Page not found</title><h1>Page not found</h1><p>Sorry, there is no such page.</p>"
CONSENT = article(
    "Before you continue",
    "We use cookies and your consent. " * 6,
    "Accept all cookies. Cookie settings. Privacy and consent.",
)


def unread(exchange: Exchange, *, references: bool = False) -> Reading:
    raise AssertionError("a page that did not change is not read")


def test_the_same_payload_is_not_read_and_is_recorded_in_the_commit_of_its_capture(source: Source) -> None:
    source.quoted(SPEECH, COUNT)
    size = source.archive.head().size
    found = recheck(source.archive, source.url, source.options, read=unread)
    assert (found.drift, found.changed, found.exit_code, found.quotes) == (Drift.UNCHANGED, False, 0, ())
    assert [standing.verdict for standing in found.standings] == [Verdict.VERBATIM] * 2
    kinds = [leaf.kind for leaf in source.archive.catalogue.leaves()][size:]
    assert kinds == ["revisit", "request", "capture", "recheck"]
    assert (source.last().id, source.last().snapshot) == (found.id, found.snapshot.id if found.snapshot else "")


def test_not_modified(source: Source) -> None:
    source.put(STORY, ETag='"1"')
    capture(source.archive, source.url, source.options)
    source.site.routes["/story"] = lambda headers: Answer(status=304 if headers.get("if-none-match") == '"1"' else 500)
    for _ in range(2):
        found = recheck(source.archive, source.url, source.options, read=unread)
        assert (found.drift, found.reason) == (Drift.UNCHANGED, "not modified, says the server")


def test_an_edit_elsewhere_and_its_second_time(source: Source) -> None:
    source.quoted(SPEECH).edit("1.7 million", "1.9 million")
    found = source.again()
    assert (found.drift, found.changed, found.exit_code) == (Drift.EDITED_ELSEWHERE, True, 0)
    again = recheck(source.archive, source.url, source.options, read=unread)
    assert (again.drift, again.changed) == (Drift.UNCHANGED, False)
    assert again.previous is not None
    assert again.previous.id != found.previous.id if found.previous else False


def test_an_altered_quotation_is_said_at_once_and_stays_altered(source: Source) -> None:
    source.quoted(SPEECH, DATE).edit("13th", "31st")
    found = source.again()
    assert (found.drift, found.exit_code, len(found.looks)) == (Drift.QUOTE_ALTERED, 1, 1)
    (lost,) = found.lost
    assert (lost.was, lost.verdict, lost.quote.text) == (Verdict.VERBATIM, Verdict.ALTERED, DATE)
    assert lost.judged is not None
    (change,) = lost.judged.judgement.changes
    assert (change.kind, change.in_quote, change.in_source) == ("number", "13th", "31st")
    again = recheck(source.archive, source.url, source.options, read=unread)
    assert (again.drift, again.changed, again.exit_code) == (Drift.QUOTE_ALTERED, False, 1)
    (told,) = (told for told in again.to_json()["quotes"] if told["drift"])
    assert (told["verdict"], told["was"], told["changes"][0]["in_source"]) == ("altered", "verbatim", "31st")
    source.put(STORY)
    back = source.again()
    assert (back.drift, back.reason) == (
        Drift.EDITED_ELSEWHERE,
        "the article was edited; all 2 quotations stand, 1 of them again",
    )
    source.edit("1.7 million", "1.9 million")
    assert source.again().reason.endswith("all 2 quotations still stand")


def test_what_changed_can_be_read(source: Source) -> None:
    source.quoted(DATE)
    same = diff_of(source.archive, source.again())
    assert same is not None
    assert same.same
    source.edit("13th", "31st")
    diff = diff_of(source.archive, source.again())
    assert diff is not None
    assert [(item.id, item.state) for item in diff.quotes] == [(source.quotes[0].id, "altered")]
    source.put(b"<h1>Gone</h1>", 410)
    assert diff_of(source.archive, source.again()) is None
    source.put(STORY.replace(b"13th", b"31st"))
    assert source.again().drift is Drift.QUOTE_ALTERED
    source.put(b"<h1>Gone</h1>", 410)
    source.again()
    source.put(STORY)
    assert source.again().reason.endswith("; the quotation stands again")


def test_furniture_is_no_edit_and_what_stands_in_it_is_looked_for(source: Source) -> None:
    footer = "Terms of use and much more that nobody reads"
    body = STORY.replace(b"Terms of use", footer.encode())
    source.quoted(SPEECH, footer, body=body)
    source.edit("Home | News", "Home | News | Sport | 12 new comments", body)
    found = source.again()
    assert (found.drift, len(found.quotes)) == (Drift.UNCHANGED, 2)
    source.edit("much more", "many things", body)
    found = source.again()
    assert (found.drift, found.lost[0].quote.text) == (Drift.QUOTE_ALTERED, footer)


def test_removed_is_said_of_two_looks(source: Source) -> None:
    source.quoted(SPEECH).put(WITHOUT_SPEECH)
    first = first_look(source.archive, source.url, source.options)
    assert isinstance(first, Pending)
    assert (first.drift, source.archive.catalogue.rechecks.since(0)) == (Drift.QUOTE_REMOVED, [])
    found = second_look(source.archive, first, source.options)
    assert (found.drift, found.exit_code, len(found.looks)) == (Drift.QUOTE_REMOVED, 1, 2)
    assert len(source.last().told["looks"]) == 2
    again = recheck(source.archive, source.url, source.options, read=unread)
    assert (again.drift, len(again.looks), again.changed) == (Drift.QUOTE_REMOVED, 1, False)


@pytest.mark.parametrize(
    ("second", "drift", "code"),
    [
        (Answer(CONSENT, 200, {"Content-Type": "text/html"}), Drift.RESTRICTED, 3),
        (Answer(b"<h1>Forbidden</h1>", 403, {"Content-Type": "text/html"}), Drift.RESTRICTED, 3),
        (Answer(b"oh", 503, {"Content-Type": "text/html"}), Drift.UNREACHABLE, 3),
        (Answer(STORY, 200, {"Content-Type": "text/html; charset=utf-8"}), Drift.UNCHANGED, 0),
        (
            Answer(STORY.replace(b"1.7", b"1.9"), 200, {"Content-Type": "text/html; charset=utf-8"}),
            Drift.EDITED_ELSEWHERE,
            0,
        ),
    ],
)
def test_what_the_second_look_sees_counts(
    source: Source, page: Callable[..., Answer], second: Answer, drift: Drift, code: int
) -> None:
    source.quoted(SPEECH).answers(page(NOT_FOUND if code else WITHOUT_SPEECH), second)
    found = source.again()
    assert (found.drift, found.exit_code, len(found.looks)) == (drift, code, 2)
    assert "at a first look" in found.reason


@pytest.mark.parametrize(
    ("answer", "met"),
    [
        (Answer(b"<h1>Not found</h1>", 404), "no-such-page"),
        (Answer(b"<h1>Gone</h1>", 410), "no-such-page"),
        (Answer(NOT_FOUND, 200, {"Content-Type": "text/html"}), "soft-404"),
    ],
)
def test_gone(source: Source, answer: Answer, met: str) -> None:
    source.quoted(SPEECH).answers(answer)
    found = source.again()
    assert (found.drift, found.looks[-1].met.code, found.exit_code, len(found.looks)) == (Drift.GONE, met, 1, 2)
    assert [standing.holds for standing in found.standings] == [None]
    again = source.again()
    assert (again.drift, len(again.looks), again.changed) == (Drift.GONE, 1, False), (
        "two looks said it, and this is another"
    )


def test_a_page_that_a_snapshot_has_shown_since_is_gone_after_two_looks_again(source: Source) -> None:
    source.quoted(SPEECH).put(b"<h1>Gone</h1>", 410)
    assert (source.again().drift, len(source.again().looks)) == (Drift.GONE, 1)
    source.put(STORY)
    capture(source.archive, source.url, source.options)
    source.put(b"<h1>Gone</h1>", 410)
    found = source.again()
    assert (found.drift, len(found.looks)) == (Drift.GONE, 2)


def test_words_that_a_snapshot_has_shown_since_are_removed_after_two_looks_again(source: Source) -> None:
    source.quoted(SPEECH).put(WITHOUT_SPEECH)
    assert (source.again().drift, len(source.again().looks)) == (Drift.QUOTE_REMOVED, 1)
    source.put(STORY)
    capture(source.archive, source.url, source.options)
    source.put(WITHOUT_SPEECH)
    found = source.again()
    assert (found.drift, len(found.looks)) == (Drift.QUOTE_REMOVED, 2)


def test_a_name_that_is_gone_and_name_servers_that_do_not_answer(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    source.quoted(SPEECH)
    errors = [socket.gaierror(socket.EAI_NONAME, "no"), socket.gaierror(socket.EAI_AGAIN, "later")]
    url = source.url.replace("127.0.0.1", "localhost")
    capture(source.archive, url, source.options)
    for error, drift, looks in zip(errors, (Drift.GONE, Drift.UNREACHABLE), (2, 1), strict=True):

        def fail(*_: Any, error: OSError = error, **__: Any) -> Any:
            raise error

        monkeypatch.setattr(socket, "getaddrinfo", fail)
        found = recheck(source.archive, url, source.options, confirm_after=0)
        assert (found.drift, found.snapshot, len(found.looks)) == (drift, None, looks)
        assert source.last().told["looks"][-1]["snapshot"] is None


@pytest.mark.parametrize(
    ("answer", "drift"),
    [
        (Answer(b"no", 401), Drift.RESTRICTED),
        (Answer(b"slow down", 429, {"Retry-After": "120"}), Drift.RESTRICTED),
        (Answer(CONSENT, 200, {"Content-Type": "text/html"}), Drift.RESTRICTED),
        (
            Answer(b"<html><script>draw()</script><body></body></html>", 200, {"Content-Type": "text/html"}),
            Drift.RESTRICTED,
        ),
        (Answer(b"oh", 500), Drift.UNREACHABLE),
        (Answer(b"wait", 408), Drift.UNREACHABLE),
        (None, Drift.UNREACHABLE),
        (Answer(b"", 204), Drift.UNREACHABLE),
    ],
)
def test_what_says_nothing_of_the_text(source: Source, answer: Answer | None, drift: Drift) -> None:
    source.quoted(SPEECH)
    source.site.routes["/story"] = answer
    found = source.again()
    assert (found.drift, found.exit_code, found.lost, len(found.looks)) == (drift, 3, (), 1)
    assert found.looks[0].retry_after == (120 if answer is not None and answer.status == 429 else None)
    source.put(STORY)
    back = source.again()
    assert (back.drift, back.changed) == (Drift.UNCHANGED, True)


def test_a_busy_server_may_say_until_when_in_the_form_of_old(source: Source) -> None:
    source.quoted(SPEECH).put(b"slow down", 429, Retry_After="Sat Nov 21 00:00:00 2099")  # RFC 9110 section 5.6.7
    assert source.again().looks[0].retry_after == LONGEST


def test_a_part_of_a_page_is_none(source: Source, page: Callable[..., Answer]) -> None:
    source.quoted(SPEECH, COUNT)
    cut = STORY[: STORY.index(b"About 4,200") + 30]
    source.answers(page(cut))
    found = source.again()
    assert (found.drift, found.looks[-1].met.code) == (Drift.UNREACHABLE, "cut")
    assert found.reason == "the page ends in the middle, as it did not before"
    assert source.again().drift is Drift.UNREACHABLE, "half a page of last time is not the page"


MUCH = "".join(
    f"<li>Story number {number} of the valley, which is one of very many that you may like as well.</li>"
    for number in range(60)
)


@pytest.mark.parametrize(
    ("title", "words", "drift"),
    [
        ("Page not found", "Have a look at our other stories.", Drift.GONE),
        ("Log in to read on", "With an account you see all our stories.", Drift.RESTRICTED),
        ("Bridge over the Lorn to close for repairs", "Subscribe to continue reading.", Drift.RESTRICTED),
        ("Bridge over the Lorn to close for repairs", "The county says no more about this.", Drift.QUOTE_REMOVED),
    ],
)
def test_a_wall_with_much_beside_it_is_none_the_less_one(
    source: Source, page: Callable[..., Answer], title: str, words: str, drift: Drift
) -> None:
    source.quoted(SPEECH, body=STORY.replace(b"</main>", f"</main><ul>{MUCH}</ul>".encode()))
    source.answers(page(article(title, words).replace(b"</main>", f"</main><ul>{MUCH}</ul>".encode())))
    assert [source.again().drift, source.again().drift] == [drift, drift], "the wall of last time is not the page"


@pytest.mark.parametrize(
    ("title", "words", "button", "drift"),
    [
        ("We value your privacy", "We and our partners store information on a device, such as cookies.", "Accept all", Drift.RESTRICTED),
        ("Ihre Wahl", "Wir und unsere Partner speichern Cookies auf Ihrem Gerät.", "Alle akzeptieren", Drift.RESTRICTED),
        ("The council on cookies", "The council and its partners store cookies, it says.", "More stories", Drift.QUOTE_REMOVED),
    ],
)  # fmt: skip
def test_a_short_consent_wall_without_the_usual_title(
    source: Source, page: Callable[..., Answer], title: str, words: str, button: str, drift: Drift
) -> None:
    source.quoted(SPEECH)
    wall = article(title, words).replace(b"</main>", f"<button>{button}</button></main>".encode())
    source.answers(page(wall))
    assert [source.again().drift, source.again().drift] == [drift, drift]


def test_a_page_that_lost_much_of_its_text_is_looked_at_twice_before_it_is_called_altered(
    source: Source, page: Callable[..., Answer]
) -> None:
    source.quoted(DATE, SPEECH)
    small = article(
        "Bridge over the Lorn to close for repairs",
        "The bridge over the river Lorn will close on the 31st of May for repairs.",
    )
    source.answers(page(small), page(STORY))
    found = source.again()
    assert (found.drift, len(found.looks)) == (Drift.UNCHANGED, 2)


def test_moves(source: Source, page: Callable[..., Answer]) -> None:
    source.quoted(SPEECH)
    source.site.put("/new/story", STORY)
    source.answers(page(b"", 301, Location="/new/story"))
    found = source.again()
    assert (found.drift, found.moved_to, found.exit_code, found.changed) == (
        Drift.MOVED,
        f"{source.site.url}/new/story",
        0,
        True,
    )
    assert "for good" in found.reason
    assert "all quotations stand there" in found.reason
    again = source.again()
    assert (again.drift, again.changed, again.exit_code) == (Drift.MOVED, False, 0), (
        "it is not where it was quoted, and that is no news"
    )


def test_a_move_to_where_the_words_are_not(source: Source, page: Callable[..., Answer]) -> None:
    source.quoted(SPEECH)
    source.site.put(
        "/", article("The Lorn Courier", "Today's news of the valley are many, and none of them is of a bridge.")
    )
    source.answers(page(b"", 302, Location="/"))
    found = source.again()
    assert (found.drift, found.exit_code, len(found.looks)) == (Drift.MOVED, 1, 2)
    assert "the front page" in found.reason
    assert found.lost[0].verdict is Verdict.ABSENT


@pytest.mark.parametrize("target", ["/story/", "/story?seen=1"])
def test_no_move(source: Source, page: Callable[..., Answer], target: str) -> None:
    source.quoted(SPEECH)
    source.site.put(target, STORY)
    source.answers(page(b"", 302, Location=target))
    assert source.again().drift is Drift.UNCHANGED


def test_a_page_that_names_another_address_as_its_own(source: Source) -> None:
    named = STORY.replace(b"</title>", b'</title><link rel="canonical" href="https://other.example/story">')
    source.quoted(SPEECH).put(named)
    found = source.again()
    assert (found.drift, found.moved_to, found.exit_code) == (Drift.MOVED, "https://other.example/story", 0)
    again = source.again()
    assert (again.drift, again.changed) == (Drift.MOVED, False)


def test_an_edit_of_a_page_that_names_another_address_is_an_edit(source: Source) -> None:
    named = STORY.replace(b"</title>", b'</title><link rel="canonical" href="/elsewhere">')
    source.quoted(DATE).edit("13th", "31st", named)
    assert source.again().drift is Drift.QUOTE_ALTERED


def test_a_page_that_only_sends_its_readers_on(source: Source) -> None:
    source.quoted(SPEECH)
    source.site.put("/archive/story", STORY)
    stub = article("Moved", "This story has moved to our archive, where all our older stories are to be found now.")
    source.put(stub.replace(b"</title>", b'</title><meta http-equiv="refresh" content="0; url=/archive/story">'))
    found = source.again()
    assert (found.drift, found.moved_to, found.exit_code) == (Drift.MOVED, f"{source.site.url}/archive/story", 0)
    assert [look.id is not None for look in found.looks] == [True, True]


def test_what_never_held_makes_no_drift(source: Source) -> None:
    source.quoted(SPEECH)
    false = quote(
        source.archive, source.url, Quotation("The bridge will close on the 14th of May for repairs"), source.options
    )
    assert not false.holds
    source.put(WITHOUT_SPEECH.replace(b"13th", b"31st").replace(b"1.7", b"1.9"))
    found = source.again()
    assert [standing.quote.text for standing in found.lost] == [SPEECH]


def test_each_quotation_is_held_against_its_own_snapshot(source: Source) -> None:
    source.quoted(DATE).edit("13th", "31st")
    capture(source.archive, source.url, source.options)
    later = quote(source.archive, source.url, Quotation(DATE.replace("13th", "31st")), source.options)
    assert later.holds
    found = source.again()
    assert (found.drift, [standing.drift for standing in found.standings]) == (
        Drift.QUOTE_ALTERED,
        [Drift.QUOTE_ALTERED, None],
    )
    source.put(STORY)
    assert [standing.drift for standing in source.again().standings] == [None, Drift.QUOTE_ALTERED]


def test_the_same_words_of_two_speakers(source: Source) -> None:
    source.quoted()
    for speaker in ("Ada Voss", "Somebody else"):
        assert quote(source.archive, source.url, Quotation(SPEECH, speaker), source.options).holds
    source.edit("ferrymen", "boatmen")
    found = source.again()
    assert [told["speaker"] for told in found.to_json()["quotes"]] == ["Ada Voss", "Somebody else"]
    assert len(found.lost) == 2


def test_a_page_that_was_never_seen(source: Source) -> None:
    source.put(STORY)
    found = source.again()
    assert (found.drift, found.previous, found.reason, found.changed) == (Drift.UNCHANGED, None, "first seen", False)


def test_of_a_page_that_was_never_seen_and_is_not_there_it_is_said_that_nothing_is_on_record(source: Source) -> None:
    """“gone” by itself says that it was there."""
    source.put(b"<h1>Not found</h1>", 404)
    found = source.again()
    assert (found.drift, found.previous, found.exit_code) == (Drift.GONE, None, 1)
    assert found.reason.startswith("nothing was ever recorded of it, and the server answered 404; so it was at ")
    again = source.again()
    assert again.reason == "no earlier snapshot shows the page, and the server answered 404"
    assert not again.changed
    other = replace(source, path="/other")
    other.put(STORY)
    other.again()
    other.put(b"<h1>Not found</h1>", 404)
    assert other.again().reason.startswith("the server answered 404; so it was at ")


def test_what_leaves_the_article_is_said(source: Source) -> None:
    source.quoted(SPEECH)
    teaser = f'</article></main><aside class="teaser"><p>“{SPEECH},” said county engineer Ada Voss.</p></aside>'
    source.put(WITHOUT_SPEECH.replace(b"</article></main>", teaser.encode()))
    found = source.again()
    assert found.drift is Drift.EDITED_ELSEWHERE
    assert "left-article" in [notice.code for judged in found.quotes for notice in judged.judgement.warnings]


@pytest.mark.parametrize("hidden", ["hidden", "style='display:none'"])
def test_words_that_readers_are_not_shown_any_more_are_removed_though_the_text_is_the_same(
    source: Source, hidden: str
) -> None:
    words = "Reprints of this report need the consent of the county"
    page = STORY.replace(b"</main>", f"</main><footer><p class=x>{words}.</p></footer>".encode())
    source.quoted(words, body=page).put(page.replace(b"class=x", hidden.encode()))
    found = source.again()
    assert (found.drift, found.exit_code) == (Drift.QUOTE_REMOVED, 1)
    assert source.again().drift is Drift.QUOTE_REMOVED
    source.put(page)
    assert source.again().exit_code == 0


def test_where_nothing_can_be_recorded_it_is_looked_at_all_the_same(source: Source) -> None:
    source.quoted(SPEECH, DATE)
    source.archive.make_read_only()
    size = source.archive.head().size
    assert source.again().drift is Drift.UNCHANGED
    source.edit("13th", "31st")
    found = source.again()
    assert (found.drift, found.id, found.snapshot, found.exit_code) == (Drift.QUOTE_ALTERED, None, None, 1)
    source.put(b"<h1>Not found</h1>", 404)
    assert source.again().drift is Drift.GONE
    assert source.archive.head().size == size


def test_a_wish_to_stop_ends_the_pause(source: Source) -> None:
    source.quoted(SPEECH).put(WITHOUT_SPEECH)
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    with pytest.raises(Stopped):
        recheck(source.archive, source.url, replace(source.options, stop=stop), confirm_after=600)
    assert source.archive.catalogue.rechecks.since(0) == []


def test_what_must_not_be_asked_raises(archive: Archive, options: Options, site: Website) -> None:
    with pytest.raises(BlockedAddress):
        recheck(archive, site.url, replace(options, fetch=replace(options.fetch, allow_net=())))
    with pytest.raises(InputError):
        recheck(archive, "mailto:ada@example.org", options)


def test_a_pdf(source: Source) -> None:
    for words, drift in (("13th", Drift.UNCHANGED), ("31st", Drift.QUOTE_ALTERED)):
        line = text(72, 700, f"It closed on the {words} of May, said the engineer, and nobody knew why.")
        source.put(Pdf().page(line).build(), Content_Type="application/pdf")
        assert source.again().drift is drift
        if words == "13th":
            assert quote(source.archive, source.url, Quotation("closed on the 13th of May"), source.options).holds


def test_the_revision_of_a_wiki_is_named(source: Source) -> None:
    body = STORY.replace(b"</title>", b'</title><script>RLCONF={"wgRevisionId":1184470931,"wgArticleId":1};</script>')
    source.quoted(SPEECH, body=body)
    source.put(body.replace(b"1184470931", b"1184470999").replace(b"1.7", b"1.9"))
    assert source.again().revision == "1184470999"
    assert source.again().revision == "1184470999"


def test_what_is_hardly_near_is_looked_at_twice(source: Source, page: Callable[..., Answer]) -> None:
    """Half a page without the quoted sentence has another one that shares a few of its words."""
    other = "That the rules for bridges and ferries were broken is what the high (constitutional) court will now have to examine."
    first = article("Bridge", "The county takes what it can get.", "That is what the court will now look into.", other)
    source.quoted("That is what the court will now look into.", body=first)
    source.answers(page(article("Bridge", "The county takes what it can get.", other)), page(first))
    found = source.again()
    assert (found.drift, len(found.looks), found.lost) == (Drift.UNCHANGED, 2, ())
    source.put(first.replace(b"will now look", b"will soon look"))
    found = source.again()
    assert (found.drift, len(found.looks)) == (Drift.QUOTE_ALTERED, 1)
