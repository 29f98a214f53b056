"""The layer that is drawn from what a browser wrote out."""

from __future__ import annotations

from archiver.model import Decoding, Layer, Notice, PageInfo, Reading, Text
from archiver.texts import document, rendered


def read(dom: str, **options: object):
    return rendered.read(dom.encode(), url="https://x.org/", status=200, **options)  # type: ignore[arg-type]


def test_marks_decide_and_names_do_not() -> None:
    shown = read(
        '<p hidden>Shown by a style sheet.</p><p style="display:none">So is this.</p><p archiver-hidden="">Hidden by one.</p><p>Plain.</p>'
    )
    assert shown.text.content == "Shown by a style sheet.\nSo is this.\nHidden by one.\nPlain."
    assert [shown.text.content[span.start : span.end] for span in shown.text.unseen] == ["Hidden by one."]


def test_a_page_that_hides_most_of_itself_is_believed() -> None:
    shown = read("<p>Words.</p><div archiver-hidden=''>" + "<p>Hidden words.</p>" * 50 + "</div>")
    assert sum(span.end - span.start for span in shown.text.unseen) > 500


def test_shadow_trees_are_text_and_other_templates_are_not() -> None:
    shown = read(
        '<x-y><template shadowrootmode="open"><p>In the shadow.</p><template>Not used.</template></template><p>In the light.</p></x-y>'
    )
    assert shown.text.content == "In the shadow.\nNot used.\nIn the light."
    assert [shown.text.content[span.start : span.end] for span in shown.text.unseen] == ["Not used."]


def test_a_page_as_it_came_cannot_use_the_mark() -> None:
    page = document.read("<p archiver-hidden=''>Words.</p>")
    assert page.unseen == ()


def test_what_is_cut_is_incomplete() -> None:
    assert not read("<p>Words.</p>", cut=True).text.complete


def test_nothing_shown() -> None:
    assert read("<html></html>").text is None


def test_joined_is_a_wall_only_where_both_are() -> None:
    thin = Notice("thin-page", "thin")
    plain = Reading(
        (Text(Layer.EMBEDDED, "e", "x", "1"),), PageInfo(language="de"), Decoding(None, None, "utf-8"), thin
    )
    shown = rendered.Shown(Text(Layer.RENDERED, "words", "x", "1"), PageInfo(title="T", language="en"), None)
    both = rendered.joined(plain, shown)
    assert both.wall is None
    assert both.complete
    assert [text.layer for text in both.texts] == [Layer.RENDERED, Layer.EMBEDDED]
    assert both.info == PageInfo(title="T", language="en")  # a shell for scripts says little of what it holds
    page = rendered.joined(Reading(plain.texts, plain.info, plain.decoding), shown)
    assert page.info == PageInfo(title="T", language="de")
    still = rendered.joined(plain, rendered.Shown(None, PageInfo(), Notice("bot-check", "x")))
    assert still.wall == Notice("bot-check", "x")
    assert rendered.joined(Reading((), PageInfo(), plain.decoding), rendered.Shown(None, PageInfo(), thin)).wall is None


def test_a_short_page_that_scripts_drew_is_whole_and_a_spinner_is_not() -> None:
    script = "<script>draw()</script>"
    short = read(f"<h1>Harbour wall holds</h1><p>The wall held through the night, the harbour master said.</p>{script}")
    dense = read(f"<p>港の壁は一晩中持ちこたえたと港長は述べた。</p>{script}")
    assert (short.wall, dense.wall) == (None, None)
    for waiting in (
        "<p>Loading…</p>",
        "<ul><li>Home<li>News<li>Contact us<li>Terms of use</ul><p>Please wait</p>",
        "<p>読み込み中</p>",
    ):
        wall = read(waiting + script).wall
        assert wall is not None
        assert wall.code == "thin-page"
