"""Pages built anew: what is on the lists stays, what would do something goes."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from archiver.replay import rewriting
from archiver.replay.addresses import Addresses
from archiver.replay.replaying import document
from archiver.replay.rewriting import Page

Html = Callable[..., str]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p class=a id='b'>x &amp; y &lt;b&gt;</p>", '<p class="a" id="b">x &amp; y &lt;b&gt;</p>'),
        ("<p onclick=f() style='color:red'>x", '<p style="color:red">x'),
        ("<script>f()</script><p>x<!-- c --></p>", "<p>x</p>"),
        ("<noscript><b>x</b></noscript>", "<b>x</b>"),
        ("<template><b>x</b></template>y", "y"),
        ("<iframe><p>x</iframe>y", "y"),
        ("<iframe><p>x", "<p>x"),
        ("<form action=/a><input name=q value=v></form>", '<form><input value="v" type="text" readonly=""></form>'),
        ("<button formaction=/a>x</button>", '<button type="button">x</button>'),
        ("<input type=hidden value=t><input type=password value=s>", '<input type="text" value="">'),
        ("<xmp><b></xmp>", "<pre>&lt;b&gt;</pre>"),
        ("<x-story data-a=1>x</x-story>", '<x-story data-a="1">x</x-story>'),
        ("<unknown>x</unknown>", "x"),
        ("<a href='#n'>x</a>", '<a href="#n">x</a>'),
        ("<a href='http://page.test/story#n'>x</a>", '<a href="#n">x</a>'),
        ("<svg viewBox='0 0 1 1'><path d='M0'/></svg>", '<svg viewbox="0 0 1 1"><path d="M0"/></svg>'),
        ("<textarea></b>x&lt;</textarea>", '<textarea readonly="">\n&lt;/b&gt;x&lt;</textarea>'),
        ("<ruby>漢<rt>kan</rt></ruby>", "<ruby>漢<rt>kan</rt></ruby>"),
        ("<video><p>x</video>", "<video></video>"),
        ("<li popover>x", '<li popover="">x'),
        ("<style type=text/less>a</style><style media=print>p{}</style>", '<style media="print">p{}</style>'),
    ],
)  # fmt: skip
def test_a_page_is_built_anew(html: Html, source: str, expected: str) -> None:
    assert html(source) == expected


def test_a_link_leads_out_of_the_frame_to_who_shows_the_replay(html: Html) -> None:
    built = html("<base href='/sub/'><a href='page?a=1#b' target=_self title=t ping=/p>x</a>")
    there = "/replay/s/m/link/http%3A%2F%2Fpage.test%2Fsub%2Fpage%3Fa%3D1"
    assert built == f'<a href="{there}" target="_top" title="http://page.test/sub/page?a=1">x</a>'


@pytest.mark.parametrize("address", ["mailto:a@b.test", "javascript:f()", "ftp://a.test/", "http://", "/" + "a" * 5000])
def test_a_link_to_no_page_leads_nowhere_and_says_where_it_led(html: Html, address: str) -> None:
    built = html(f"<a href='{address}' target=_top>x</a>")
    assert built.startswith('<a href="#archiver-no-target" title=')
    assert built.endswith(' aria-disabled="true">x</a>')


def test_a_frame_is_named(html: Html) -> None:
    assert "A frame with another page stood here: http://other.test/f" in html(
        "<iframe src='http://other.test/f'></iframe>"
    )


def test_what_is_recorded_is_named_and_all_else_is_not(html: Html) -> None:
    assets = ("http://page.test/i.png", "http://page.test/s.css")
    built = html(
        "<link rel=stylesheet href=s.css><link rel=stylesheet href=t.css><img src=i.png alt=a><img src=j.png alt=b>",
        assets=assets,
    )
    assert built.count("/replay/s/m/asset/") == 2
    assert built.count("<link") == 1
    assert '<img alt="b">' in built
    assert "page.test" not in built


def test_a_set_of_images_keeps_those_that_are_recorded(html: Html) -> None:
    built = html("<img srcset='i.png 1x, j.png 2x' sizes=50vw>", assets=("http://page.test/j.png",))
    assert " 2x" in built
    assert " 1x" not in built


def test_an_image_that_waits_for_scripts_is_shown(html: Html) -> None:
    assets = ("http://page.test/i.png",)
    assert "/asset/" in html("<img data-src=i.png src='data:image/gif;base64,R0'>", assets=assets)
    assert html("<img data-src=i.png><noscript><img src=i.png></noscript>", assets=assets).count("/asset/") == 1


def test_what_a_browser_did_not_show_stays_hidden(html: Html) -> None:
    assert html("<p archiver-hidden>x", rendered=True).endswith('<p archiver-hidden="">x')
    assert html("<p archiver-hidden>x") == "<p>x"


def test_a_page_that_a_browser_wrote_out_needs_no_noscript(html: Html) -> None:
    assert "x" not in html("<noscript><b>x</b></noscript>", rendered=True).partition("</style>")[2]
    assert '<template shadowrootmode="open"><b>x</b></template>' in html(
        "<div><template shadowrootmode=open><b>x</b></template></div>", rendered=True
    )


def test_xhtml_closes_what_it_says_is_closed(html: Html) -> None:
    assert html("<div/><p>x</p>", xml=True) == "<div></div><p>x</p>"


def test_deep_pages_are_whole_and_quick(html: Html) -> None:
    assert html("<div>" * 50_000 + "deep").endswith("deep")
    assert html("<iframe>" * 20_000 + "deep").endswith("deep")


@pytest.mark.parametrize(
    ("source", "standard"),
    [
        ("<!DOCTYPE html><p>x", True),
        ("\n<!-- c --><!doctype HTML><html>", True),
        (
            '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">',
            True,
        ),
        ('<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">', False),
        ('<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2//EN">', False),
        ("<p>x<!DOCTYPE html>", False),
        ("<p>x", False),
    ],
)
def test_a_page_is_laid_out_by_the_rules_that_it_was_written_for(
    rebuilt: Callable[..., Page], source: str, standard: bool
) -> None:
    page = rebuilt(source)
    assert page.standard is standard
    assert document(page).startswith(b"<!DOCTYPE html>") is standard


def test_declarations_without_end_are_not_each_held_against_what_stands_before_them(html: Html) -> None:
    before = time.process_time()
    assert "end" in html(" " * 200_000 + "<!x>" * 50_000 + "end")
    assert time.process_time() - before < 2  # it was quadratic: 10 s


def test_an_address_that_is_long_to_read_is_not_read_for_each_link() -> None:
    names = Addresses("/replay/s/m", {}, f"http://page.test/{'a' * 60_000}/")
    read = [names.absolute(str(number)) for number in range(1_000)]
    assert read[0] is not None
    assert read[-1] is None
    assert Addresses("/replay/s/m", {}, "http://page.test/").absolute("x") == "http://page.test/x"


def test_a_page_of_tags_alone_is_cut(html: Html, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rewriting, "MAX_TOKENS", 5)
    assert html("<p>one</p>" * 2 + "<b>two</b>") == "<p>one</p>" * 2 + "<b>two"
