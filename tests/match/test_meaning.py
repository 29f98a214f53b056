"""Words that govern others."""

from __future__ import annotations

from archiver.match import meaning, prepare
from archiver.match.lexicon import lexicon

EN = lexicon(("en",))


def test_sentences_end_at_stops_and_lines_not_at_titles() -> None:
    page = prepare("Mr. Smith left. The U.S. forces stayed\nNothing else").pages[0]
    ends = [page.form(k) for k in range(len(page.words)) if meaning.ends_sentence(page, k)]
    assert ends == ["The", "Nothing"]


def test_gaps() -> None:
    page = prepare("It would not, he said, help. It rained. We will pay if they sign.").pages[0]
    governor = meaning.dropped_in_gap(page, 2, 5, EN)
    assert governor is not None
    assert governor.kind.value == "negation"
    assert meaning.dropped_in_gap(page, 6, 8, EN) is None


def test_cuts() -> None:
    page = prepare("No one was killed. He came because the road was open.").pages[0]
    assert meaning.cut_front(page, 1, EN) is not None
    assert meaning.cut_front(page, 6, EN) is None
    assert meaning.cut_back(page, 6, EN) is None
