"""The words of captions, and when they are said."""

from __future__ import annotations

import pytest
from growth import assert_linear
from hypothesis import given
from hypothesis import strategies as st

from archiver import match, texts
from archiver.model import Place, Text, Verdict
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
<v Ben>Ne<00:00:05.000>ver.
"""
SRT = "1\r\n00:00:01,000 --> 00:00:02,000\r\nThe bridge\r\nwill close.\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\n1914 was a bad year.\r\n"
# as a machine writes them: each line is shown twice, words come one by one, and a blank holds the place of a line
ROLLING = """WEBVTT
Kind: captions

00:00:00.080 --> 00:00:02.070 align:start position:0%
 
hello<00:00:00.500><c> everyone</c>

00:00:02.070 --> 00:00:02.080 align:start position:0%
hello everyone
 

00:00:02.080 --> 00:00:04.000 align:start position:0%
hello everyone
the<00:00:03.000><c> bridge</c> will

00:00:04.000 --> 00:00:04.010 align:start position:0%
the bridge will
 

00:00:04.010 --> 00:00:06.000 align:start position:0%
the bridge will
not close on monday &gt;&gt; never

00:00:06.000 --> 00:00:08.000
not close on monday &gt;&gt; never
said the engineer
"""  # noqa: W293


def drawn(source: str) -> Text:
    text = captions.read(source)
    assert text is not None
    return text


def test_what_is_spoken_is_the_text_and_nothing_else() -> None:
    text = drawn(VTT)
    assert text.content == "We will not ask the ferrymen to work at night & in fog.\nNever."
    assert text.places == (Place(0, begin=1000, end=4000), Place(56, begin=3_604_000, end=3_606_500))


def test_a_quotation_across_cues_holds_and_says_when() -> None:
    text = drawn(
        "1\n00:01:01,500 --> 00:01:03,000\nNo one was\n\n2\n00:01:03,000 --> 00:01:05,250\nkilled on this bridge.\n"
    )
    judged = match.judge("No one was killed on this bridge.", [text])
    assert judged.verdict is Verdict.VERBATIM
    assert judged.matches[0].to_json()["time"] == {"begin": "00:01:01.500", "end": "00:01:05.250"}
    assert match.judge("was killed on this bridge", [text]).verdict is Verdict.ALTERED  # what was cut off turns it
    assert match.judge("killed on this bridge.", [text]).matches[0].begin == 63_000


def test_lines_that_are_shown_again_are_said_once() -> None:
    text = drawn(ROLLING)
    assert text.content == "hello everyone the bridge will not close on monday\nnever said the engineer"
    assert [place.begin for place in text.places] == [80, 2080, 4010, 6000]


def test_a_line_that_grows_is_said_once() -> None:
    words = ["the", "bridge", "will", "not", "be", "closed", "on", "monday", "said", "the", "engineer"]
    cues = [f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\n{' '.join(words[: n + 1])}\n" for n in range(len(words))]
    rows = [f"{n}\n00:01:{n:02},000 --> 00:01:{n + 1:02},000\n{'abc'[n // 2]} row\n" for n in range(6)]
    assert drawn("\n".join([*rows, *cues])).content == f"{' '.join(words)} a row b row c row"


def test_what_somebody_says_twice_is_there_twice() -> None:
    text = drawn(
        "1\n00:00:01,000 --> 00:00:02,000\nNo.\n\n2\n00:00:02,000 --> 00:00:03,000\nNo.\n\n3\n00:00:03,000 --> 00:00:04,000\nNo way.\n"
    )
    assert text.content == "No. No. No way."


def test_another_speaker_begins_a_line() -> None:
    text = drawn(
        "1\n00:00:01,000 --> 00:00:02,000\n- Will it close?\n– It will.\n\n2\n00:00:03,000 --> 00:00:04,000\n>> When? >>> Never.\n"
    )
    assert text.content == "Will it close?\nIt will.\nWhen?\nNever."


@pytest.mark.parametrize(
    "source",
    [
        "The council\n– which never met –\nand Israel\n- Egypt too - agreed.",
        "The council\n\n2\n00:00:02,000 --> 00:00:03,000\n– Which never met – and Israel - Egypt too - agreed.",
    ],
)
def test_a_dash_inside_a_sentence_is_kept(source: str) -> None:
    text = drawn(f"1\n00:00:01,000 --> 00:00:02,000\n{source}\n")
    assert text.content.lower() == "the council – which never met – and israel - egypt too - agreed."


def test_sounds_and_marks_of_style_are_left_out() -> None:
    cues = (
        "{\\an8}<font color='red'>We will</font>\n[Applause]", "(laughs)", "♪ not <I>close</I> ♪\\Nit.", "(And I mean it.) [sic]",
        "(SPD)\nand <more words>",
    )  # fmt: skip
    source = "\n".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{cue}\n" for n, cue in enumerate(cues))
    assert drawn(source).content == "We will not close it. (And I mean it.) [sic] (SPD) and <more words>"


def test_reading_aids_are_left_out() -> None:
    assert drawn("WEBVTT\n\n00:01.000 --> 00:02.000\n<ruby>橋<rt>はし</rt></ruby>を閉鎖").content == "橋を閉鎖"


def test_a_line_that_is_a_number_is_kept_where_it_is_spoken() -> None:
    assert drawn("1\n00:01,0 --> 00:02,0\n1914\n").content == "1914"


def test_a_cue_with_an_empty_row_is_whole() -> None:
    text = drawn(
        "1\n00:00:01,000 --> 00:00:02,000\nThe bridge\n\nwill close.\n\n2\n00:00:02,000 --> 00:00:03,000\nSoon.\n"
    )
    assert text.content == "The bridge will close. Soon."


def test_cues_are_in_the_order_of_their_times() -> None:
    text = drawn("2\n00:00:05,000 --> 00:00:06,000\nsecond\n\n1\n00:00:01,000 --> 00:00:02,000\nfirst\n")
    assert text.content == "first second"


@pytest.mark.parametrize(
    "kind", ["text/srt", "application/x-subrip", "Application/X-SubRip; charset=utf-8", "text/plain", None]
)
def test_the_media_type_or_the_bytes_say_how_it_is_read(kind: str | None) -> None:
    (text,) = texts.read(SRT.encode(), content_type=kind).texts
    assert (text.content, text.extractor) == ("The bridge will close. 1914 was a bad year.", "archiver-captions")


def test_captions_without_a_cue_hold_no_text() -> None:
    assert captions.read("WEBVTT\n\nNOTE nothing\n") is None
    assert texts.read(b"WEBVTT\n", content_type="text/vtt").wall is not None


ROWS = [
    "WEBVTT", "", " ", "1", "00:01.000 --> 00:02.000", "99:99:99,999 --> 00:00:00,000", ">> a", "- b c", "a", "<v X>", "-->", "♪", "\x00",
]  # fmt: skip


@given(st.lists(st.sampled_from(ROWS), max_size=30))
def test_any_rows_give_places_inside_the_text(rows: list[str]) -> None:
    text = captions.read("\n".join(rows))
    if text is not None:
        assert text.places[0].start == 0
        starts = [place.start for place in text.places]
        assert starts == sorted(set(starts))
        assert starts[-1] < len(text.content)
        assert all(
            place.begin is not None and place.end is not None and place.begin <= place.end for place in text.places
        )


def test_long_files_end_in_time() -> None:
    spoken = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n"
    assert_linear(drawn, lambda n: spoken + "a < b [ ( > > - \n" * n, 300_000, seconds=15)
    assert_linear(
        drawn, lambda n: "WEBVTT\n\n" + "00:00:01.000 --> 00:00:02.000\nthe bridge\n\n" * n, 50_000, seconds=15
    )
