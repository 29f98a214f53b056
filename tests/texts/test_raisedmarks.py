from __future__ import annotations

import re

import pytest
from growth import assert_linear
from hypothesis import given
from hypothesis import strategies as st

from archiver import judge, texts
from archiver.model import Layer
from archiver.texts import document
from archiver.texts.raisedmarks import with_raised_marks

NOTES = "<div><p>1. The order at 14.</p><p><sup>2</sup> The same, at 19.</p><p>[3] Ferry Code.</p></div>"
PROSE = "The committee met in the old town hall for several hours and heard evidence from many people. " * 6


def text(source: str) -> str:
    return document.read(f"<p>{source}").text.partition("\n")[0]


@pytest.mark.parametrize(
    ("source", "drawn"),
    [
        ("They opened the gate.<sup>1</sup> It rained.", "They opened the gate.[1] It rained."),
        ("“They opened the gate.”<sup>4</sup> It rained.", "“They opened the gate.”[4] It rained."),
        ("“They said so.”<sup>4</sup> It rained.", "“They said so.”[4] It rained."),
        ("in <b>March</b>,<sup class=x>12</sup> when", "in March,[12] when"),
        ("in March,<SUP><b>12</b></SUP> when", "in March,[12] when"),
        ("in March,<sup>(12)</sup> when", "in March,[12] when"),
        ("in March.<sup>1,2</sup> Then", "in March.[1],[2] Then"),
        ("in March.<sup>1–3</sup> Then", "in March.[1]–[3] Then"),
        ("in March.<sup>1</sup><sup>,</sup> <sup>2</sup> Then", "in March.[1], 2 Then"),
        ("in March.<sup>1</sup>,<sup>2</sup> Then", "in March.[1],[2] Then"),
        ("the defendants’<sup>3</sup> claim", "the defendants’[3] claim"),
        ("the levy<sup>*</sup> and the toll<sup>&dagger;</sup> rose", "the levy[*] and the toll[†] rose"),
        ('the levy<sup class="footnote">7</sup> rose', "the levy[7] rose"),
        ("他们打开了闸门。<sup>1</sup>后来", "他们打开了闸门。[1]后来"),
        (f"the levy<sup>1</sup> and the toll<sup>2</sup> rose for us.<sup>3</sup> So{NOTES}", "the levy[1] and the toll[2] rose for us.[3] So"),
    ],
)  # fmt: skip
def test_a_raised_sign_behind_the_end_of_a_clause_or_counted_by_the_page_is_in_brackets(
    source: str, drawn: str
) -> None:
    assert text(source) == drawn


@pytest.mark.parametrize(
    ("source", "drawn"),
    [
        ("a slip of 1,400 m<sup>2</sup> and", "a slip of 1,400 m2 and"),
        ("a slip of 1,400 sq. m.<sup>2</sup> and", "a slip of 1,400 sq. m.2 and"),
        ("9.8 m/sec.<sup>2</sup> is", "9.8 m/sec.2 is"),
        ("five square metres<sup>2</sup> of", "five square metres2 of"),
        ("held 10<sup>6</sup> gallons", "held 10⁶ gallons"),
        ("held 1.<sup>6</sup> gallons", "held 1.6 gallons"),
        ('a 5"<sup>2</sup> tile', 'a 5"2 tile'),
        ("on the 1<sup>st</sup> of", "on the 1st of"),
        ("CO<sub>2</sub> and", "CO2 and"),
        ("SO<sub>4</sub><sup>2-</sup> and", "SO42- and"),
        ("Fe<sup>3</sup> and", "Fe3 and"),
        ("the gas,<sup>14</sup>C was", "the gas,14C was"),
        ("the square of velocity<sup>2</sup> is", "the square of velocity2 is"),
        ("x<sup>2</sup> and f’<sup>2</sup> and n!<sup>2</sup> and sin<sup>2</sup> t", "x2 and f’2 and n!2 and sin2 t"),
        ("(a + b)<sup>2</sup> is", "(a + b)2 is"),
        ("now only EUR.<sup>50</sup> each", "now only EUR.50 each"),
        ("our price:<sup>99</sup> cents", "our price:99 cents"),
        ("in 2019<sup>3</sup> when", "in 2019³ when"),
        ("<sup>1</sup> The order", "1 The order"),
        ('in March.<a href="/other"><sup>1</sup></a> Then', "in March.1 Then"),
        ("the levy<sup>1</sup> rose", "the levy1 rose"),
        # counted, but in the wrong order, or twice, or with no note of that number
        (f"the velocity<sup>2</sup> and the levy<sup>1</sup> rose{NOTES}", "the velocity2 and the levy[1] rose"),
        (f"the levy<sup>1</sup>, velocity<sup>2</sup> and the toll<sup>2</sup> rose{NOTES}", "the levy[1], velocity2 and the toll2 rose"),
        ("the levy<sup>1</sup> and velocity<sup>2</sup> rose<div><p>1. The order.</p></div>", "the levy[1] and velocity2 rose"),
    ],
)  # fmt: skip
def test_exponents_ordinals_formulas_and_prices_stay(source: str, drawn: str) -> None:
    assert text(source) == drawn


@pytest.mark.parametrize("layer", [Layer.ARTICLE, Layer.DOCUMENT])
def test_an_honest_quotation_holds_in_each_layer_and_no_changed_number(layer: Layer) -> None:
    body = (
        "<p>The court said that “nobody was warned of the flood.”<sup>1</sup> We see no error in that.<sup>2</sup> The slip has a surface of 1,400 "
        "m<sup>2</sup> and held 10<sup>6</sup> gallons.<sup>3</sup> It was shut in 2019.<sup>4</sup> Then it rained.</p>"
    )
    page = f"<html><body><article><p>{PROSE}</p>{body}<p>{PROSE}</p></article></body></html>"
    found = texts.read(
        payload=page.encode(), content_type="text/html; charset=utf-8", content_encoding=None, url="https://example.org/", status=200,
        truncated=None, references=False,
    )  # fmt: skip
    content = {text.layer: text.content for text in found.texts}[layer]
    assert (
        judge("nobody was warned of the flood.” We see no error in that. The slip has", content).verdict
        == "typographic"
    )
    for words in (
        "warned of the flood.” 3 We see no error",
        "a surface of 1,400 m and held",
        "held 106 gallons",
        "held 10 gallons",
        "shut in 20194. Then it rained",
    ):
        assert not judge(words, content).holds, words


_PIECES = st.lists(
    st.sampled_from(
        [
            "gate", " the ", "10", "x", ".", "”", "[", "(", "<p>", "</p>", "<sup>", "</sup>", "<sup>1</sup>", "<sup>1,2</sup>", "<sup>(3)</sup>",
            "<sup>*</sup>", "<a href=/b>", "</a>", "1", "2", "*", "&dagger;", "<p>1. ", "<b>", "\n", "<", ">", "&", ",",
        ]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(_PIECES)
def test_nothing_comes_in_but_brackets(source: str) -> None:
    def bare(each: str) -> str:
        return re.sub(r"[\[\]()]", "", each)

    assert bare(with_raised_marks(source)) == bare(source)


@pytest.mark.parametrize(
    "piece", ["gate.<sup>1</sup> ", "<sup>", "gate<sup>1,1,1,1", "<p>1 ", "<a><sup>1</sup>", "<sup><b><b><b>1"]
)
def test_it_is_linear(piece: str) -> None:
    assert_linear(with_raised_marks, lambda size: "gate.<sup>1</sup>" + piece * (size // len(piece)), 400_000, 6)
