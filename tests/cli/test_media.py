"""Sources that are no web pages, as a person quotes them: fetched, and handed in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from mediasamples import DOCX, EVERY, docx, run
from website import Website

Run = Callable[..., Ran]
WORDS = [
    "The bridge over the river Lorn will close on the 13th of May for repairs.",
    "Nobody has been hurt on this bridge, and nobody will be hurt on it.",
    "About 4,200 drivers use the bridge each day, the county says.",
]
TRUE = "Nobody has been hurt on this bridge, and nobody will be hurt on it."
ALTERED = "The bridge over the river Lorn will close on the 31st of May for repairs."
ABSENT = "The ferrymen of the valley have asked for higher wages since spring."
ENDINGS = {
    "docx": "docx", "odt": "odt", "epub": "epub", "srt": "srt", "vtt": "vtt", "json feed": "json", "rss": "rss", "mhtml": "mht",
    "single file": "html",
}  # fmt: skip
NET = ("--allow-net", "127.0.0.0/8")


def verdicts(made: Run, source: str, *options: str) -> list[tuple[str, int]]:
    ran = [made("quote", source, words, "--json", *options) for words in (TRUE, ALTERED, ABSENT)]
    return [(one.lines[0]["verdict"], one.code) for one in ran]


@pytest.mark.parametrize("name", EVERY)
def test_a_source_of_every_medium_is_fetched_judged_and_read_again(made: Run, site: Website, name: str) -> None:
    make, kind = EVERY[name]
    url = site.put("/source", make(WORDS), Content_Type=kind)
    assert verdicts(made, url, *NET) == [("verbatim", 0), ("altered", 1), ("absent", 1)]
    ran = made("verify", "--re-extract")
    assert (ran.code, "1 snapshots read today as they were recorded" in ran.out) == (0, True)


@pytest.mark.parametrize("name", EVERY)
def test_a_file_of_every_medium_is_added_and_judged(made: Run, tmp_path: Path, name: str) -> None:
    make, _ = EVERY[name]
    (tmp_path / f"source.{ENDINGS[name]}").write_bytes(make(WORDS))
    added = made("add", f"source.{ENDINGS[name]}", "--json").lines[0]
    assert added["text_complete"] is True
    assert verdicts(made, added["snapshot"], "--offline") == [("verbatim", 0), ("altered", 1), ("absent", 1)]
    assert made("verify", "--re-extract").code == 0


def test_captions_say_when_it_was_said(made: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.vtt").write_text(
        "WEBVTT\n\n00:01:00.500 --> 00:01:02.000\n>> We will not ask\n\n00:01:02.000 --> 00:01:04.250\nthe ferrymen to work.\n\n"
        "00:01:05.000 --> 00:01:06.000\n>> Never.\n"
    )
    snapshot = made("add", "talk.vtt", "--json").lines[0]["snapshot"]
    ran = made("quote", snapshot, "We will not ask the ferrymen to work.", "--json")
    (match,) = ran.lines[0]["matches"]
    assert (ran.lines[0]["verdict"], match["time"], match["page"]) == (
        "verbatim",
        {"begin": "00:01:00.500", "end": "00:01:04.250"},
        None,
    )
    quoted = ran.lines[0]["id"]
    ran = made("quote", snapshot, "We will not ask the ferrymen to work.")
    assert "spoken    00:01:00.500 to 00:01:04.250" in ran.out
    assert made("export", quoted, "--to", "a.wacz").code == 0
    assert made("verify", "a.wacz", "--re-extract").code == 0
    assert made("rebuild").code == 0
    assert (
        made("quote", snapshot, "the ferrymen to work", "--json").lines[0]["matches"][0]["time"]["begin"]
        == "00:01:02.000"
    )
    assert made("verify", "--re-extract").code == 0


def test_a_document_under_no_media_type_is_told_by_its_bytes(made: Run, site: Website) -> None:
    make, _ = EVERY["docx"]
    url = site.put("/download?id=3", make(WORDS), Content_Type="application/octet-stream")
    assert verdicts(made, url, *NET)[0] == ("verbatim", 0)


def test_deleted_text_was_not_said(made: Run, tmp_path: Path) -> None:
    deleted = f'<w:del w:id="1" w:author="A">{run("not ")}</w:del>'
    (tmp_path / "a.docx").write_bytes(docx(f"<w:p>{run('It will ')}{deleted}{run('be closed on Monday.')}</w:p>"))
    snapshot = made("add", "a.docx", "--json").lines[0]["snapshot"]
    assert made("quote", snapshot, "It will not be closed on Monday.", "--json").lines[0]["verdict"] == "altered"
    assert made("quote", snapshot, "It will be closed on Monday.", "--json").lines[0]["verdict"] == "verbatim"


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (
            EVERY["docx"][0](WORDS)[:-60],
            DOCX,
            "the Word document cannot be read: it is a zip file that is cut or damaged",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, DOCX, "a Word document"),
        (b"\x00\x00\x00 ftypmp42" + bytes(99), "video/mp4", "a video (video/mp4) is not read by this version"),
        (docx(""), DOCX, "the Word document holds no text"),
    ],
)
def test_what_cannot_be_read_is_undecided_in_one_sentence(
    made: Run, site: Website, data: bytes, kind: str, words: str
) -> None:
    url = site.put("/source", data, Content_Type=kind)
    ran = made("quote", url, TRUE, *NET)
    assert ran.code == 3
    assert words in ran.out
    assert ran.err.count("\n") <= 1
    assert "Traceback" not in ran.out + ran.err
    assert made("verify", "--re-extract").code == 0


def test_what_an_older_archiver_could_not_read_is_read_when_it_is_added_again(
    made: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.docx").write_bytes(EVERY["docx"][0](WORDS))
    with monkeypatch.context() as older:
        older.setattr("archiver.texts.readers.READERS", {})
        snapshot = made("add", "a.docx", "--json").lines[0]["snapshot"]
        assert "not read by this version" in made("quote", snapshot, TRUE).out
    assert "record it again" in made("quote", snapshot, TRUE).out
    ran = made("verify", "--re-extract")
    assert (ran.code, "nothing then" in ran.out) == (0, True)
    again = made("add", "a.docx", "--json").lines[0]
    assert (again["new"], again["snapshot"] != snapshot) == (True, True)
    assert made("quote", again["snapshot"], TRUE).code == 0
    assert made("add", "a.docx", "--json").lines[0]["new"] is False
