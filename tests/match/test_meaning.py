"""Words that govern others."""

from __future__ import annotations

import pytest
from between_bars import page_at, told

from archiver.match import judge, meaning, prepare
from archiver.match.lexicon import lexicon
from archiver.model import Verdict

EN = lexicon(("en",))


def test_sentences_end_at_stops_and_lines_not_at_titles() -> None:
    page = prepare("Mr. Smith left. The U.S. forces stayed\nNothing else").pages[0]
    ends = [page.form(k) for k in range(len(page.words)) if meaning.ends_sentence(page, k)]
    assert ends == ["The", "Nothing"]


def test_a_short_word_before_a_figure_ends_nothing_and_before_words_it_does() -> None:
    page = prepare(
        "Read Art. IV and No. 5 of Nov. 12. No. I was away. No. They left. Both met in Nov. Congress sat."
    ).pages[0]
    ends = [page.form(k) for k in range(len(page.words)) if meaning.ends_sentence(page, k)]
    assert ends == ["No", "I", "No", "They", "Both", "Congress"]


@pytest.mark.parametrize(
    "title",
    [
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Prof",
        "Sen",
        "Rep",
        "Gov",
        "Gen",
        "Lt",
        "Col",
        "Sgt",
        "Maj",
        "Capt",
        "St",
        "Jr",
        "Sr",
        "vs",
        "bzw",
        "Inc",
        "Ltd",
        "Corp",
        "Co",
        "Hon",
        "Rev",
        "Sra",
        "Dra",
        "Mme",
        "Mlle",
    ],
)
def test_no_sentence_ends_behind_a_title(title: str) -> None:
    page = prepare(f"they met {title}. Harper twice").pages[0]
    assert [k for k in range(1, len(page.words)) if meaning.ends_sentence(page, k)] == []


@pytest.mark.parametrize(
    "word", ["No", "Nr", "Abs", "Art", "Jan", "Feb", "Mar", "Apr", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec"]
)
def test_no_sentence_ends_between_a_short_word_and_its_figure(word: str) -> None:
    for figure, ends in (("12", []), ("IV", []), ("Harper", [3])):
        page = prepare(f"they met {word}. {figure} twice").pages[0]
        assert [k for k in range(1, len(page.words)) if meaning.ends_sentence(page, k)] == ends, figure


def test_gaps() -> None:
    page = prepare("It would not, he said, help. It rained. We will pay if they sign.").pages[0]
    governor = meaning.dropped_in_gap(page, 2, 5, EN)
    assert governor is not None
    assert governor.kind.value == "negation"
    assert meaning.dropped_in_gap(page, 6, 8, EN) is None


@pytest.mark.parametrize(
    ("marked", "governor"),
    [
        ("The mayor |probably then quietly| took it.", ("modal", "probably then quietly")),
        ("The mayor |probably then very quietly| took it.", None), ("The mayor |quietly probably| took it.", ("modal", "quietly probably")),
        ("The mayor |then quietly probably so| took it.", None), ("The mayor |then probably so| took it.", None),
        ("The mayor |only| took it.", ("quantifier", "only")), ("The mayor |then only| took it.", None),
        ("The mayor |then only just| took it.", None), ("The mayor |only some| took it.", None),
        ("The mayor |never| took it.", ("negation", "never")), ("It rained. |The mayor never slept.| He took it.", None),
        ("It rained. |The mayor never| took it.", ("negation", "The mayor never")),
        ("We go |unless it rains|, they said.", ("modal", "unless it rains")), ("We go|, if it rains|, to town.", ("modal", "if it rains")),
        ("We go |provided that| it rains.", ("modal", "provided that")), ("We go |provided| food here.", None),
        ("We go |if| it rains.", ("modal", "if")), ("We go |now and if| it rains.", ("modal", "if")),
        ("We go |now if| it rains.", ("modal", "if")), ("We go now |and| if it rains.", None), ("We go|, if| it rains.", ("modal", "if")),
        ("We say |that if| it rains.", ("modal", "if")), ("We go |only if| it rains.", ("modal", "if")),
        ("We go |quietly if| it rains.", ("modal", "if")), ("|If| it rains, we go.", ("modal", "If")),
        ("If we go|, if it stops,| if it rains.", None), ("He met 20 |or more| people.", ("quantifier", "or more")),
        ("He met 20 |to 30| people.", ("number", "to 30")), ("He met 20 |percent of the| people.", ("unit", "percent")),
        ("He met 20|, or more,| people.", None), ("He met |20 or more| people.", None), ("He met the |former| mayor.", ("modal", "former")),
        ("He met the |former| is mayor.", None), ("He met the |accused of| is mayor.", ("modal", "accused of")),
        ("He met a man |accused of| theft.", ("modal", "accused of")), ("He met the |former|, mayor.", None),
        ("He met |more than| 20 people.", ("quantifier", "more than")), ("He met |two of the| people.", ("quantifier", "two of the")),
        ("He met |the two of the| people.", ("quantifier", "the two of the")), ("The mayor |denied| it.", ("negation", "denied")),
        ("The mayor |then denied| it.", ("negation", "then denied")),
        ("It rained. |The mayor denied that| it fell.", ("negation", "The mayor denied that")),
    ],
)  # fmt: skip
def test_a_gap_hides_what_governs_the_words_on_either_side(marked: str, governor: tuple[str, str] | None) -> None:
    page, first, last = page_at(marked)
    assert told(meaning.dropped_in_gap(page, first, last, EN), page) == governor


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("He denied now and then that |it fell.", None), ("He denied that |it fell.", "denied that"), ("He denied it, and |it fell.", None),
        ("About |20 fell.", "About"), ("The price is about |20 now.", "about"), ("He denied a b |it fell.", "denied a b"),
        ("He denied a b c |it fell.", "denied a b c"), ("He denied a b c d |it fell.", None), ("He came, about |20 fell.", "about"),
        ("About |boats fell.", None), ("About |$ 20 fell.", "About"),
    ],
)  # fmt: skip
def test_the_words_before_a_cut_on_which_the_rest_hangs(marked: str, words: str | None) -> None:
    page, first, _ = page_at(marked)
    found = meaning.governing_words(page, first, EN)
    assert (None if found is None else page.slice(*found)) == words


@pytest.mark.parametrize(("between", "told"), [(9, True), (10, True), (11, False), (12, False)])
def test_a_verb_at_the_end_denies_what_is_near_it(between: int, told: bool) -> None:
    kept = "大臣は橋が危険だった"
    page = prepare(kept + "こ" * between + "否定した。").pages[0]
    found = meaning.governing_after(page, len(kept), lexicon(("ja",)))
    assert found == ((len(kept), len(kept) + between + 2) if told else None)
    assert meaning.governing_after(page, len(kept), lexicon(("en", "ja"))) is None


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("He left. Then", True), ("He left.Then", False), ("He met U.S. Then", False), ("He met U.S. then", False), ("He met Mr. Then", False),
        ("He met e.g. then", False), ("He met him! then", True), ("He met him… Then", True), ("He met 5. Then", True), ("He met。then", True),
        ("He met .Then", True), ("He left: then", False), ("No. 5 is", False), ("He is A. Then", False), ("He is a. Then", True),
        ("He left ?! then", True), ("He met.… then", True), ("He left\nthen", True), ("A。b", True), ("港。口", True),
    ],
)  # fmt: skip
def test_a_sentence_ends_before_the_last_word(text: str, ends: bool) -> None:
    page = prepare(text).pages[0]
    assert meaning.ends_sentence(page, len(page.words) - 1) is ends


@pytest.mark.parametrize(
    ("quotation", "page"),
    [
        ("We will sign the treaty … the council agrees to it", "We will sign the treaty if the council agrees to it."),
        ("We will sign the treaty … the council agrees to it", "We will sign the treaty in May if the council agrees to it."),
        ("Firmaremos el tratado … el consejo acepta el plan", "Firmaremos el tratado si el consejo acepta el plan."),
        ("… they rains hard over the hills of the town", "If it rains hard over the hills of the town we go."),
    ],
)  # fmt: skip
def test_the_if_of_what_is_kept_may_not_be_left_out(quotation: str, page: str) -> None:
    found = judge(quotation, page)
    assert found.verdict.value == "spliced"
    assert found.changes[-1].kind.value == "modal"


@pytest.mark.parametrize(
    ("language", "marked", "governor"),
    [
        ("en", "We don|'t| go.", ("negation", "t")), ("en", "He asked |if| if it rains we go.", ("modal", "if")),
        ("en", "He goes |if it rains.| They go.", ("modal", "if it rains")), ("en", "He goes |if it rains| now.", None),
        ("en", "He left |in May| on foot.", None), ("en", "He left |last May| on foot.", None), ("en", "He |may| leave.", ("modal", "may")),
        ("en", "HE |MAY| LEAVE.", ("modal", "MAY")),
        ("fr", "Nous partons |demain et si| la pluie vient.", ("modal", "si")), ("fr", "Nous partons |demain ici si| la pluie vient.", None),
        ("fr", "Nous partons et |si| la pluie vient.", ("modal", "si")), ("fr", "Il dit |que si| la pluie vient.", ("modal", "si")),
        ("fr", "Nous partons |seulement si| la pluie vient.", ("modal", "si")), ("pt", "Vamos |hoje só se| chover muito.", ("modal", "se")),
        ("pt", "Dizem |que se| chover muito.", ("modal", "se")), ("pt", "Vamos, |se| chover muito.", ("modal", "se")),
        ("pt", "Vamos |hoje, se| chover.", ("modal", "se")), ("pt", "Vamos. |Se| chover muito.", ("modal", "Se")),
        ("pt", "Ele |se| lembra muito.", None), ("pt", "Vamos |hoje aqui se| chover muito.", None),
    ],
)  # fmt: skip
def test_an_if_at_the_end_of_a_gap_governs_where_it_heads_a_clause_and_a_month_governs_nothing(
    language: str, marked: str, governor: tuple[str, str] | None
) -> None:
    page, first, last = page_at(marked)
    assert told(meaning.dropped_in_gap(page, first, last, lexicon((language,))), page) == governor


def test_a_page_that_ends_on_a_condition_is_judged() -> None:
    assert judge("We go to the town", "We go to the town, unless").changes[0].in_source == "unless"


def test_a_sentence_is_looked_through_for_forty_words_either_way() -> None:
    page = prepare(" ".join(f"w{k}" for k in range(100)) + ". End here").pages[0]
    assert [meaning.clause_start(page, token) for token in (0, 1, 39, 40, 41, 90)] == [0, 0, 0, 0, 1, 50]
    assert [meaning.clause_end(page, token) for token in (1, 59, 60, 61, 99, 101)] == [41, 99, 100, 100, 100, 102]
    assert meaning.clause_start(page, 101) == 100


@pytest.mark.parametrize(
    ("marked", "parts"),
    [
        ("One |two three| four.", ["two three"]), ("One |two. Three| four.", ["two", "Three"]), ("One. |Two. Three| four.", ["Three"]),
        ("One |two. Three.| Four.", ["two"]), ("One. |Two. Three.| Four.", []), ("One |two. Three. Four| five.", ["two", "Four"]),
    ],
)  # fmt: skip
def test_of_a_gap_what_belongs_to_a_kept_sentence(marked: str, parts: list[str]) -> None:
    page, first, last = page_at(marked.replace(".|", "|."))
    assert [page.slice(*part) for part in meaning.torn_sentences(page, first, last)] == parts


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("The hall (not the church) was sold in May.", "The hall … was sold in May."),
        ("The firm, never profitable, was sold in June.", "The firm … was sold in June."),
        ("Sein Sohn Anton, nicht er selbst, gründete die Zeitung.", "Sein Sohn Anton […] gründete die Zeitung."),
    ],
)  # fmt: skip
def test_a_remark_that_denies_itself_alone_may_be_left_out(page: str, quote: str) -> None:
    assert judge(quote, page).verdict is Verdict.ELIDED


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("La empresa, sin permiso, levanta el muro del puente en abril.", "La empresa […] levanta el muro del puente en abril."),
        ("The company, without a permit, built the wall of the bridge.", "The company … built the wall of the bridge."),
        ("They will, never, build the wall of the bridge.", "They will … build the wall of the bridge."),
    ],
)  # fmt: skip
def test_how_something_was_done_may_not(page: str, quote: str) -> None:
    assert judge(quote, page).verdict in (Verdict.SPLICED, Verdict.ALTERED)
