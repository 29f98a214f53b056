"""What must hold for every text: cut sentences hold whatever their print, changed words never do, offsets cut the words out."""

from __future__ import annotations

import unicodedata

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from archiver.match import align, explain, judge, prepare
from archiver.model import Layer, Text, Verdict

WORDS = [
    "river",
    "council",
    "harbour",
    "storm",
    "winter",
    "market",
    "village",
    "ladder",
    "orange",
    "window",
    "garden",
    "letter",
    "captain",
    "island",
    "copper",
    "silver",
    "engine",
    "basket",
    "thunder",
    "meadow",
]
VERBS = ["opened", "closed", "carried", "watched", "painted", "followed", "counted", "measured"]
CHOICE = st.sampled_from(WORDS)
SENTENCE = st.builds(
    lambda a, verb, b, number, c: f"The {a} {verb} the {b} with {number} {c}s on Friday.",
    CHOICE,
    st.sampled_from(VERBS),
    CHOICE,
    st.integers(11, 98),
    CHOICE,
)
TEXT = st.lists(SENTENCE, min_size=3, max_size=8, unique=True)

TYPOGRAPHY = {
    "plain": lambda text: text,
    "spaces": lambda text: text.replace(" ", "\u00a0", 3).replace(" ", "\n", 1),
    "soft hyphens": lambda text: text.replace("ou", "o\u00adu").replace("er", "e\u200br"),
    "ligature": lambda text: text.replace("fi", "ﬁ").replace("ff", "ﬀ"),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "marks": lambda text: f"“{text}”",
    "guillemets": lambda text: f"« {text} »",
    "comma": lambda text: text[:-1] + ",",
    "no stop": lambda text: text[:-1],
    "small": lambda text: text[0].lower() + text[1:],
}


@given(TEXT, st.data(), st.sampled_from(sorted(TYPOGRAPHY)))
def test_whole_sentences_hold_whatever_is_done_to_their_print(
    sentences: list[str], data: st.DataObject, name: str
) -> None:
    source = " ".join(sentences)
    first = data.draw(st.integers(0, len(sentences) - 1))
    last = data.draw(st.integers(first + 1, len(sentences)))
    quote = TYPOGRAPHY[name](" ".join(sentences[first:last]))
    found = judge(quote, source)
    assert found.verdict in (Verdict.VERBATIM, Verdict.TYPOGRAPHIC)
    assert not found.changes


@given(TEXT, st.data())
def test_a_cut_inside_a_sentence_holds_and_warns(sentences: list[str], data: st.DataObject) -> None:
    words = data.draw(st.sampled_from(sentences))[:-1].split()
    first = data.draw(st.integers(1, 4))
    found = judge(" ".join(words[first : first + 5]), " ".join(sentences))
    assert found.holds
    assert "cut-in-sentence" in {notice.code for notice in found.warnings}


@given(TEXT, st.data())
def test_one_changed_digit_never_holds(sentences: list[str], data: st.DataObject) -> None:
    source = " ".join(sentences)
    sentence = data.draw(st.sampled_from(sentences))
    place = data.draw(st.sampled_from([k for k, char in enumerate(sentence) if char.isdigit()]))
    digit = data.draw(st.sampled_from("123456789"))
    changed = sentence[:place] + digit + sentence[place + 1 :]
    assume(changed not in source)
    assert not judge(changed, source).holds


@given(TEXT, st.data(), st.sampled_from(["not", "never", "no longer"]))
def test_an_added_or_dropped_negation_never_holds(sentences: list[str], data: st.DataObject, negation: str) -> None:
    sentence = data.draw(st.sampled_from(sentences))
    verb = sentence.split()[2]
    denied = sentence.replace(f" {verb} ", f" {negation} {verb} ", 1)
    source = " ".join(sentences)
    assert not judge(denied, source).holds
    assert not judge(sentence, source.replace(sentence, denied)).holds
    dropped = sentence.replace(f" {verb} ", " … ", 1)
    assert not judge(dropped, source.replace(sentence, denied)).holds


@given(TEXT, st.data())
def test_two_words_exchanged_never_hold(sentences: list[str], data: st.DataObject) -> None:
    sentence = data.draw(st.sampled_from(sentences))
    words = sentence[:-1].split()
    one, two = sorted(data.draw(st.lists(st.integers(1, len(words) - 1), min_size=2, max_size=2, unique=True)))
    assume(words[one] != words[two])
    words[one], words[two] = words[two], words[one]
    changed = " ".join(words) + "."
    assume(changed not in " ".join(sentences))
    assert not judge(changed, " ".join(sentences)).holds


@given(TEXT, st.data())
def test_the_verdict_does_not_depend_on_the_order_of_the_layers(sentences: list[str], data: st.DataObject) -> None:
    texts = [
        Text(Layer.ARTICLE, " ".join(sentences[:-1]), "a", "1"),
        Text(Layer.DOCUMENT, "\n".join(sentences), "b", "1"),
        Text(Layer.EMBEDDED, " ".join(reversed(sentences)), "c", "1"),
    ]
    quote = data.draw(st.sampled_from(sentences)) + data.draw(st.sampled_from(["", " Nothing else.", " …"]))
    assert judge(quote, texts) == judge(quote, texts[::-1]) == judge(quote, [texts[1], texts[2], texts[0]])


@given(TEXT, st.data())
def test_offsets_cut_the_words_out_of_the_recorded_text(sentences: list[str], data: st.DataObject) -> None:
    source = "\n".join(sentences)
    words = data.draw(st.sampled_from(sentences)).split()
    del words[data.draw(st.integers(1, len(words) - 2))]
    found = judge(" ".join(words), source)
    for match in found.matches:
        assert match.exact == " … ".join(source[span.start : span.end] for span in match.spans)
        assert source[: match.spans[0].start].endswith(match.prefix)
        assert source[match.spans[-1].end :].startswith(match.suffix)
    for change in found.changes:
        assert source[change.source_start :].startswith(change.in_source)
    assert len(explain(found)) == len(found.changes)


@settings(max_examples=300)
@given(st.text(max_size=60), st.text(max_size=120))
def test_no_text_whatever_breaks_it(quote: str, source: str) -> None:
    assume(quote.strip())
    prepared = prepare(source)
    found = judge(quote, prepared)
    assert found == judge(quote, prepared)
    segments = align(found, quote)
    if segments:
        assert "".join(segment.quote for segment in segments) == quote
        assert "".join(segment.source for segment in segments) == found.matches[0].exact


@given(st.text(alphabet="ab .,…[]“”-1", max_size=40), st.text(alphabet="ab .,…[]“”-1", max_size=80))
def test_few_signs_do_not_break_it_either(quote: str, source: str) -> None:
    assume(quote.strip())
    found = judge(quote, source)
    if found.verdict is Verdict.VERBATIM:
        assert quote.strip() in source
