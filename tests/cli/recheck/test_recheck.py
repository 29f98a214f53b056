from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from website import STORY, Website

from archiver.archive import Archive
from archiver.errors import InputError, Unreachable
from archiver.rechecking import many

WORDS = "close on the 13th of May for repairs"
OTHERS = "some of them cross it twice before noon"


@pytest.fixture
def url(archiver: Callable[..., Ran], site: Website) -> str:
    address = site.put("/story", STORY)
    assert archiver("init").code == 0
    assert archiver("quote", address, WORDS).code == 0
    return address


def test_without_an_argument_all_that_is_quoted_with_the_words_that_changed(
    archiver: Callable[..., Ran], site: Website, url: str
) -> None:
    other = site.put("/other", STORY)
    archiver("quote", other, OTHERS)
    site.put("/story", STORY.replace(b"13th", b"31st"))
    ran = archiver("recheck")
    assert ran.code == 1
    for words in (
        "quote-altered",
        "number        13th → 31st",
        "⟦close on the 31st of May for repairs⟧",
        "`archiver cite q-",
        "unchanged",
    ):
        assert words in ran.out
    assert "2 sources: 1 quote-altered, 1 unchanged." in ran.err
    assert "Contacted 127.0.0.1" in ran.err
    again = archiver("recheck", "--json")
    assert (again.code, [line["url"] for line in again.lines]) == (1, [url, other])
    first = again.lines[0]
    assert (first["drift"], first["changed"], first["quotes"][0]["changes"][0]["in_source"]) == (
        "quote-altered",
        False,
        "31st",
    )
    assert {"schema_version", "url", "snapshot", "previous", "drift", "quotes"} <= first.keys()
    assert "13th → 31st" in archiver("recheck", url).out, "as often as it is asked"
    shown = archiver("show", url)
    assert "Timeline" in shown.out
    assert archiver("show", url, "--json").lines[-1]["timeline"]["quotes"][0]["verdicts"][-1]["verdict"] == "altered"


def test_of_a_quotation_that_did_not_hold_it_is_said_that_it_does_now(
    archiver: Callable[..., Ran], site: Website, url: str
) -> None:
    assert archiver("quote", url, "close on the 31st of May for repairs").code == 1
    assert archiver("quote", url, "some of them cross it thrice before noon").code == 1
    site.put("/story", STORY.replace(b"13th", b"31st"))
    said = archiver("recheck", url).out
    assert "  did not hold when it was quoted, and does now: “close on the 31st of May for repairs”" in said
    assert said.count("so this is no drift: q-") == 1, "the other one"


def test_ids_and_what_has_no_live_page(archiver: Callable[..., Ran], url: str, tmp_path: Path) -> None:
    (line,) = archiver("list", "--quotes", "--json").lines
    for name in (line["id"], line["snapshot"], url):
        assert archiver("recheck", name).code == 0
    (tmp_path / "note.txt").write_text("A note that somebody has of the bridge and its repairs.")
    supplied = archiver("add", "note.txt", "--json").lines[0]
    ran = archiver("recheck", supplied["snapshot"])
    assert (ran.code, "no live page" in ran.err) == (2, True)
    assert archiver("recheck", "s-ffffffffffff").code == 2


def test_what_cannot_be(archiver: Callable[..., Ran], url: str, site: Website, monkeypatch: pytest.MonkeyPatch) -> None:
    other = site.put("/other", STORY)
    archiver("quote", other, OTHERS)
    first_look = many.first_look
    errors = {url: Unreachable("Nobody is there."), other: InputError("It must not be asked.")}

    def failing(archive: object, item: str, *_: object) -> None:
        raise errors[item]

    monkeypatch.setattr(many, "first_look", failing)
    ran = archiver("recheck")
    assert (ran.code, "2 failed:" in ran.err, f"  {other}: It must not be asked." in ran.err) == (3, True, True)
    assert ran.err.rstrip().endswith(f"To try what failed again: archiver recheck {url}")
    monkeypatch.setattr(many, "first_look", first_look)
    ran = archiver("--offline", "recheck")
    assert (ran.code, "--offline forbids it" in ran.err) == (2, True)
    site.routes["/story"] = None
    assert archiver("recheck").code == 3
    assert archiver("recheck", "nonsense").code == 2


def test_an_archive_without_quotations(archiver: Callable[..., Ran]) -> None:
    archiver("init")
    ran = archiver("recheck")
    assert (ran.code, "Nothing is quoted" in ran.err) == (2, True)


def test_a_manuscript_and_a_table(archiver: Callable[..., Ran], site: Website, url: str, tmp_path: Path) -> None:
    site.put("/story", STORY.replace(b"13th", b"31st"))
    other = site.put("/other", STORY)
    (tmp_path / "paper.md").write_text(
        f"The county says that “it will {WORDS}” [here]({url}).\n\nAnd “{OTHERS}”, says [another]({other}).\n"
    )
    ran = archiver("recheck", "paper.md", "--json", "--confirm-after", "0")
    assert [(line["url"], line["drift"], line["reason"]) for line in ran.lines][1] == (other, "unchanged", "first seen")
    assert ran.lines[0]["drift"] == "quote-altered"
    assert ran.lines[1]["quotes"][0]["verdict"] == "verbatim"
    (tmp_path / "table.jsonl").write_text(
        f'{{"url": "{other}", "quote": "{OTHERS}"}}\n{{"url": "nope", "quote": "x y z"}}\n'
    )
    ran = archiver("recheck", "table.jsonl", "--json")
    assert (ran.code, ran.lines[0]["location"], ran.lines[1]["drift"]) == (3, {"line": 2}, "unchanged")


def test_where_the_quotations_of_files_stand_is_said(
    archiver: Callable[..., Ran], site: Website, url: str, tmp_path: Path
) -> None:
    (tmp_path / "paper.md").write_text(
        f"# Bridges\n\nIt is to “{WORDS}” [here]({url}).\n\nAnd “{OTHERS}” [too]({url}), again “{WORDS}” [here]({url}).\n"
    )
    (tmp_path / "table.csv").write_text(f"url,quote\n{url},{WORDS}\n")
    site.put("/story", STORY.replace(b"13th", b"31st"))
    checked = {
        line["quote"]: line["location"] for line in archiver("check", "paper.md", "--json").lines if "quote" in line
    }
    ran = archiver("recheck", "paper.md", "table.csv")
    assert ran.code == 1
    for words in (
        "      in        paper.md, line 3, column 10\n",
        "      in        paper.md, line 5, column",
        "      in        table.csv, line 2\n",
        f"    paper.md, line 5, column 5: verbatim  “{OTHERS}”",
    ):
        assert words in ran.out
    (line,) = archiver("recheck", "paper.md", "table.csv", "--json").lines
    altered, held = line["quotes"]
    assert held["location"] == {"file": "paper.md", **checked[OTHERS]}
    assert altered["location"]["line"] == 3
    assert [(place["file"], place["line"]) for place in altered["locations"]] == [
        ("paper.md", 3),
        ("paper.md", 5),
        ("table.csv", 2),
    ]
    (line,) = archiver("recheck", url, "--json").lines
    assert line["quotes"][0]["location"] is None
    site.put("/story", b"<h1>Gone</h1>", 410)
    gone = archiver("recheck", "paper.md", "--confirm-after", "0")
    assert "paper.md, line 3, column 10: undecided" in gone.out


def test_a_quotation_that_was_recorded_of_two_snapshots_is_told_once_for_its_place(
    archiver: Callable[..., Ran], site: Website, url: str, tmp_path: Path
) -> None:
    (tmp_path / "paper.md").write_text(f"And “{OTHERS}” [too]({url}).\n")
    for number in range(2):
        site.put("/story", STORY.replace(b"</body>", b"<footer>%d</footer></body>" % number))
        archiver("snapshot", url)
        archiver("check", "paper.md")
    assert len(archiver("list", "--quotes", "--json").lines) > 1
    assert archiver("recheck", "paper.md").out.count("paper.md, line 1") == 1


def test_what_a_file_quotes_is_recorded_once_and_stays_anchored_where_it_held(
    archiver: Callable[..., Ran], site: Website, url: str, tmp_path: Path
) -> None:
    (tmp_path / "paper.md").write_text(f"The bridge is to “{WORDS}” [here]({url}).\n")
    (tmp_path / "table.csv").write_text(f"url,quote\n{url},{WORDS}\n")
    site.put("/story", STORY.replace(b"13th", b"31st"))
    for name in ("paper.md", "table.csv", "paper.md", "table.csv"):
        (line,) = archiver("recheck", name, "--json").lines
        assert line["drift"] == "quote-altered"
        assert [quote["was"] for quote in line["quotes"]] == ["verbatim"], name
    assert len(archiver("list", "--quotes", "--json").lines) == 1


def test_an_interrupted_run_goes_on(
    archiver: Callable[..., Ran], site: Website, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [site.put(f"/{number}", STORY) for number in range(3)]
    for other in others:
        archiver("quote", other, OTHERS)
    from archiver.cli.recheck import command

    show, seen = command._Run._show, list[str]()

    def interrupting(run: object, found: object) -> None:
        show(run, found)  # type: ignore[arg-type]
        seen.append(found.url)  # type: ignore[attr-defined]
        raise KeyboardInterrupt

    monkeypatch.setattr(command._Run, "_show", interrupting)
    ran = archiver("--jobs", "1", "--per-host", "1", "recheck", "--json")
    assert (ran.code, len(seen)) == (130, 1)
    assert "go on" in ran.lines[-1]["error"]
    monkeypatch.setattr(command._Run, "_show", show)
    before = len(site.requests)
    ran = archiver("recheck", "--json")
    done = 4 - len(ran.lines)
    assert ran.code == 0
    assert done >= 1
    assert f"{done} of 4 are rechecked since" in ran.err
    assert len(site.requests) - before == 4 - done
    assert len(archiver("recheck", "--json").lines) == 4, "then it begins anew"


def test_read_only_it_says_so(archiver: Callable[..., Ran], site: Website, url: str, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        archive.make_read_only()
    site.put("/story", STORY.replace(b"13th", b"31st"))
    ran = archiver("recheck", "--json")
    assert (ran.code, ran.lines[0]["drift"], ran.lines[0]["id"]) == (1, "quote-altered", None)
    assert "Looked, not recorded." in ran.err


def test_read_only_it_shows_what_the_page_says_as_a_recorded_look_does(
    archiver: Callable[..., Ran], site: Website, url: str, tmp_path: Path
) -> None:
    """Also where an earlier recheck saw the same edit, so that nothing has to be judged."""
    site.put("/story", STORY.replace(b"13th", b"31st"))
    recorded = [line for line in archiver("recheck").out.splitlines() if "      " in line[:6]]
    assert any("source" in line and "31st" in line for line in recorded)
    with Archive.open(tmp_path / "archive") as archive:
        archive.make_read_only()
    looked = archiver("recheck")
    assert "Looked, not recorded." in looked.err
    assert [line for line in looked.out.splitlines() if "      " in line[:6]] == recorded


def test_an_erasure_says_how_many_rechecks_go_with_it(archiver: Callable[..., Ran], site: Website, url: str) -> None:
    assert archiver("recheck", url).code == 0
    (quote,) = archiver("list", "--quotes", "--json").lines
    plain = archiver("erase", quote["id"], "--reason", "asked for", "--dry-run")
    assert "With it goes 1 recheck, since each names it or its address" in plain.out
    assert archiver("recheck", url).code == 0
    first = archiver("list", "--json").lines[0]["snapshot"]
    assert archiver("erase", first, "--reason", "asked for", "--dry-run", "--json").lines[0]["rechecks"] == 2
    done = archiver("erase", first, "--reason", "asked for", "--yes")
    assert "With it go 2 rechecks" in done.out
    assert "Timeline" not in archiver("show", url).out
