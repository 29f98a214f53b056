from __future__ import annotations

from website import STORY, Website, article

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.quoting import choose, not_the_page


def test_the_last_good_snapshot_answers_and_a_newer_bad_one_is_named(
    archive: Archive, site: Website, options: Options
) -> None:
    url = site.put("/story", STORY)
    assert choose(archive, url) is None
    good = capture(archive, url, options)
    choice = choose(archive, url)
    assert choice is not None
    assert (choice.snapshot, choice.notices()) == (good, ())
    site.put("/story", article("Not found", "Nothing here."), 404)
    gone = capture(archive, url, options)
    choice = choose(archive, url)
    assert choice is not None
    assert (choice.snapshot, choice.newer) == (good, gone)
    (notice,) = choice.notices()
    assert notice.code == "newer-not-the-page"
    assert gone.short_id in notice.detail
    assert "404" in notice.detail
    site.put("/story", article("Back", "The page is back, with these words of its own."))
    back = capture(archive, url, options)
    choice = choose(archive, url)
    assert choice is not None
    assert (choice.snapshot, choice.newer) == (back, None)


def test_what_is_not_the_page(archive: Archive, site: Website, options: Options) -> None:
    assert not_the_page(capture(archive, site.put("/a", STORY), options)) is None
    assert not_the_page(capture(archive, site.put("/b", STORY, 403), options)) == "the server answered 403"
    assert not_the_page(capture(archive, site.put("/c", STORY, 206), options)) == "the server answered 206"
    login = article("Log in", "").replace(b"<article>", b"<form><input type=password></form><article>")
    assert not_the_page(capture(archive, site.put("/d", login), options)) == "the page asks for a log-in"
    pdf = site.put("/e", b"%PDF-1.7 \x00", Content_Type="application/pdf")
    assert not_the_page(capture(archive, pdf, options)) is None
