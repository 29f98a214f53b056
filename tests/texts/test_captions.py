"""The words of captions without their times."""

from __future__ import annotations

import pytest

from archiver import texts
from archiver.texts import captions

VTT = """WEBVTT - council meeting

STYLE
::cue { color: red }

NOTE nobody says this

intro
00:01.000 --> 00:04.000 align:start
<v.loud Ada Voss>We will <i>not</i> ask the ferrymen
to work at night &amp; in fog.

2
01:00:04.000 --> 01:00:06.500
to work at night &amp; in fog.
<00:00:05.000>Never.
"""
SRT = "1\r\n00:00:01,000 --> 00:00:02,000\r\nThe bridge\r\nwill close.\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\n1914 was a bad year.\r\n"


def test_what_is_spoken_is_the_text_and_nothing_else() -> None:
    text = captions.read(VTT)
    assert text is not None
    assert text.content == "We will not ask the ferrymen\nto work at night & in fog.\nNever."


def test_a_line_that_is_a_number_is_kept_where_it_is_spoken() -> None:
    text = captions.read("1\n00:01,0 --> 00:02,0\n1914\n")
    assert text is not None
    assert text.content == "1914"


@pytest.mark.parametrize("kind", ["text/srt", "application/x-subrip", "Application/X-SubRip; charset=utf-8"])
def test_the_media_type_says_how_it_is_read(kind: str) -> None:
    (text,) = texts.read(SRT.encode(), content_type=kind).texts
    assert (text.content, text.extractor) == ("The bridge\nwill close.\n1914 was a bad year.", "archiver-captions")


def test_captions_without_a_cue_hold_no_text() -> None:
    assert captions.read("WEBVTT\n\nNOTE nothing\n") is None
    assert texts.read(b"WEBVTT\n", content_type="text/vtt").wall is not None


def test_several_parts_in_one_are_not_read_as_markup() -> None:
    mht = b"MIME-Version: 1.0\r\n\r\n--x\r\n<html><body><p>The p=C3=ADer</p></body></html>"
    reading = texts.read(mht, content_type="multipart/related; boundary=x")
    assert reading.texts == ()
    assert reading.notices[0].code == "unreadable-media"
