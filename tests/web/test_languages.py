"""Words of pages are marked with their language, and keep the shape of their letters."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from webdesks import desk_over, entered
from website import Website

from archiver.archive import Archive
from archiver.capture import Options
from archiver.quoting import Quotation, quote
from archiver.web.templating import shown

PAGES = {
    "ja": ("橋の閉鎖", "郡の技師は「夜に働かせない」と言った。橋は五月十三日に閉鎖される。", "夜に働かせない"),
    "fa-IR": ("می\u200cخواهم", "می\u200cخواهم بگویم که پل بسته می\u200cشود و مردم نمی\u200cتوانند بگذرند.", "بگویم که پل بسته می\u200cشود"),
    '"><b>': ("Odd", "The bridge over the river Lorn will close on the 13th of May.", "will close on the 13th of May"),
}  # fmt: skip


def test_every_view_says_the_language_of_the_words(site: Website, options: Options, tmp_path: Path) -> None:
    places: list[tuple[str, str, str, str, str]] = []
    with Archive.create(tmp_path / "archive") as archive:
        for at, (tongue, (title, text, words)) in enumerate(PAGES.items()):
            head = f"<!DOCTYPE html><html lang='{tongue}'><meta charset=utf-8><title>{title}</title>"
            url = site.put(f"/{at}", f"{head}<article><h1>{title}</h1><p>{text}</p></article>".encode())
            judged = quote(archive, url, Quotation(words), options)
            assert judged.snapshot is not None
            places.append((words, title, tongue if tongue[0].isalpha() else "", judged.snapshot.id, str(judged.id)))
    desk = desk_over(tmp_path / "archive", None)
    client = entered(desk)
    try:
        for words, title, tongue, snapshot, name in places:
            for path in (
                "/",
                "/sources",
                f"/quotes/{name}",
                f"/snapshots/{snapshot}",
                f"/sources/{snapshot}",
                f"/search?q={words}&as=words",
            ):
                page = html.document_fromstring(client.get(path).content)
                wanted = title if path.startswith(("/so", "/search")) else words
                holders = [it for it in page.find(".//main").iter() if wanted in (it.text or "")]  # type: ignore[union-attr]
                holders = [it for it in holders if it.tag not in ("code", "pre", "summary", "input", "mark")]
                assert holders, (path, wanted)
                for holder in holders:
                    assert holder.xpath("string(ancestor-or-self::*[@lang][1]/@lang)") == tongue, (
                        path,
                        html.tostring(holder),
                    )
    finally:
        desk.close()


@pytest.mark.parametrize(
    ("text", "seen"),
    [("می\u200cخواهم", "می\u200cخواهم"), ("क्\u200dष", "क्\u200dष"), ("👩\u200d🚒", "👩\u200d🚒"), ("a\u200cb", "ab"), ("\u202ea\u200b", "\ufffda")],
)  # fmt: skip
def test_what_joins_letters_stays_and_what_only_hides_goes(text: str, seen: str) -> None:
    assert shown(text) == seen
    assert shown(f"{text}{'x' * 50}", 10) == f"{seen}{'x' * 50}"[:9] + "…"
