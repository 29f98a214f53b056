from __future__ import annotations

import pytest
from website import STORY, Answer, Website

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.manuscripts import read_manuscript
from archiver.manuscripts.linkfixes import _WRITTEN, LinkFix, _replaced, fixes, known_links, links_of, replace_links


def redirect(site: Website, path: str, target: str, status: int) -> str:
    site.routes[path] = Answer(b"", status, {"Location": target})
    return site.url + path


def found(archive: Archive, options: Options, *links: str) -> list[LinkFix]:
    for url in links:
        capture(archive, url, options)
    return fixes(archive, known_links(archive, links))


def test_links_are_listed_once_in_their_order() -> None:
    text = "A [b](https://b.c/1) <https://b.c/2> [b](https://b.c/1) [m](mailto:a@b.c) https://b.c/3.\n"
    assert links_of(read_manuscript("p.md", text.encode())) == ("https://b.c/1", "https://b.c/2", "https://b.c/3")


def test_what_moved_for_good_leads_where_it_went_for_good(archive: Archive, options: Options, site: Website) -> None:
    site.put("/new", STORY)
    redirect(site, "/tonight", "/new", 302)
    redirect(site, "/old", "/tonight", 301)
    (fix,) = found(archive, options, f"{site.url}/old#part")
    assert fix.replacement == f"{site.url}/tonight#part"
    assert fix.why.startswith("moved for good")


@pytest.mark.parametrize(("status", "target"), [(302, "/new"), (307, "/new"), (301, "/"), (301, "/broken")])
def test_what_moved_for_a_while_or_to_nowhere_stays(
    archive: Archive, options: Options, site: Website, status: int, target: str
) -> None:
    site.put("/new", STORY)
    site.put("/", STORY)
    site.put("/broken", b"no", 500)
    redirect(site, "/old", target, status)
    assert found(archive, options, f"{site.url}/old") == []


def test_what_is_gone_has_a_public_copy_or_says_where_to_look(
    archive: Archive, options: Options, site: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = site.put("/story", STORY)
    good = capture(archive, url, options)
    site.put("/story", b"gone", 410)
    (fix,) = found(archive, options, url)
    assert fix.replacement is None
    assert "the server answered 410" in fix.why
    assert "archiver snapshot --memento" in fix.why
    copy = "https://web.archive.org/web/20200101000000/" + url
    kept = {"service": "x", "asked_at": "2020-01-01T00:00:00Z", "memento": copy, "why": None}
    attested = archive.attested

    def with_copy(snapshot: object) -> object:
        signed, record = attested(snapshot)  # type: ignore[arg-type]
        return signed, record | ({"kept": kept} if signed.id == good.id else {})

    monkeypatch.setattr(archive, "attested", with_copy)
    (fix,) = fixes(archive, known_links(archive, [url]))
    assert fix.replacement == copy


OLD = "https://a.b/c?x=1&y=2"


def fixed(text: str, name: str, old: str = OLD, new: str = "https://n.e/w?q=%20&z=1") -> str | None:
    manuscript = read_manuscript(name, text.encode())
    result = replace_links(text.encode(), name, manuscript, [LinkFix(old, new, "moved")])
    return result.data.decode() if result.made else None


def test_an_address_is_replaced_where_it_stands_whole_and_nowhere_else() -> None:
    text = (
        "See [one](https://a.b/c) and <https://a.b/c>, https://a.b/c. Not [two](https://a.b/cd), https://a.b/c/d, https://a.b/c.html, "
        "https://a.b/c?x nor https://web.archive.org/web/2020/https://a.b/c.\r\n"
    )
    assert fixed(text, "p.md", "https://a.b/c", "https://n.e/(w)") == (
        "See [one](https://n.e/%28w%29) and <https://n.e/%28w%29>, https://n.e/%28w%29. Not [two](https://a.b/cd), https://a.b/c/d, "
        "https://a.b/c.html, https://a.b/c?x nor https://web.archive.org/web/2020/https://a.b/c.\r\n"
    )


def test_what_stands_behind_a_name_in_a_template_is_replaced_and_what_stands_in_a_query_is_not() -> None:
    text = "|url=https://a.b/c|title=https://x.y/?to=https://a.b/c and href=https://a.b/c>\n"
    assert _replaced(text, "https://a.b/c", "N") == "|url=N|title=https://x.y/?to=https://a.b/c and href=N>\n"


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("latex", "https://n.e/w\\%20(1)?q=a\\#b&z=_"), ("html", "https://n.e/w%20(1)?q=a#b&amp;z=_"), ("markdown", "https://n.e/w%20%281%29?q=a#b&z=_"),
        ("wikitext", "https://n.e/w%20(1)?q=a#b&z=_"), ("plain", "https://n.e/w%20(1)?q=a#b&z=_"),
    ],
)  # fmt: skip
def test_an_address_is_written_as_its_format_wants(kind: str, written: str) -> None:
    assert _WRITTEN[kind]("https://n.e/w%20(1)?q=a#b&z=_") == written


def test_definitions_of_links_are_replaced_too() -> None:
    text = "See [one][1].\n\n[1]: https://a.b/c?x=1&y=2 'title'\n"
    assert fixed(text, "p.md") == "See [one][1].\n\n[1]: https://n.e/w?q=%20&z=1 'title'\n"


def test_a_link_that_is_not_written_so_is_left_and_told() -> None:
    text = "See [one](https://a.b/c\\_d).\n"
    manuscript = read_manuscript("p.md", text.encode())
    assert links_of(manuscript) == ("https://a.b/c_d",)
    wished = [LinkFix("https://a.b/x", "https://n.e/", "moved"), LinkFix("https://a.b/y", None, "gone")]
    result = replace_links(text.encode(), "p.md", manuscript, wished)
    assert result.data == text.encode()
    assert result.made == ()
    assert ["not written so" in one.why for one in result.left] == [True, False]
