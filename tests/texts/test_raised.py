from __future__ import annotations

import time

import pytest

from archiver import judge, texts
from archiver.texts import document
from archiver.texts.raised import with_raised_digits

PROSE = "The committee met in the old town hall for several hours and heard evidence from many people. " * 6


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("10<sup>2</sup> m", "10² m"), ("10<SUP class=x> 12 </SUP> m", "10 ¹² m"), ("<i>10</i><sup>-6</sup>", "10⁻⁶"), ("101<sub>2</sub>", "101₂"),
        ('in 2014<sup id="r3"><a href="#n3">3</a></sup>,', "in 2014[3],"), ('10<sup><a href="/powers">2</a></sup>', "10²"),
        ("1<sup>st</sup>", "1st"), ("H<sub>2</sub>O", "H2O"), ("so.<sup>3</sup> It", "so.3 It"), ("10 <sup>2</sup>", "10 2"),
        ("2014<sup>[3]</sup>", "2014[3]"), ("10<sup>2</sub>", "102"), ("10<sup>2a</sup>", "102a"),
    ],
)  # fmt: skip
def test_digits_above_and_below_the_line_are_not_those_of_the_number(source: str, text: str) -> None:
    assert document.read(f"<p>{source}</p>").text == text


def test_no_layer_of_a_page_says_102_where_it_shows_a_power_of_ten() -> None:
    page = (
        f"<html><body><article><p>{PROSE}</p><p>The cost was 10<sup>2</sup> euros in all.</p></article></body></html>"
    )
    reading = texts.read(
        payload=page.encode(), content_type="text/html; charset=utf-8", content_encoding=None, url="https://example.org/", status=200,
        truncated=None, references=False,
    )  # fmt: skip
    assert len(reading.texts) == 2
    for text in reading.texts:
        assert not judge("The cost was 102 euros", text.content).holds
        assert judge("The cost was 10² euros", text.content).holds


def test_it_is_linear() -> None:
    began = time.process_time()
    for piece in ("1<sup>", "1</i></i>", "1<sup><a ", "1<sup>" + " " * 9, "1<sup a", "<sup>1"):
        with_raised_digits(piece * (200_000 // len(piece)))
    assert time.process_time() - began < 2
