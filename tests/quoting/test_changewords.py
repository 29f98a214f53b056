from __future__ import annotations

from archiver.quoting.changewords import change_words


def test_it_reads_from_the_source_to_the_quotation_and_later_from_the_quotation_to_the_page() -> None:
    assert change_words("number", "31st", "13th") == "13th → 31st"
    assert change_words("number", "13th", "31st", became=True) == "13th → 31st"
    assert change_words("word-added", " not\n ", "") == "(nothing) → not"
    assert change_words("word-added", "not", "", became=True) == "not → (left out)"


def test_words_in_another_order_are_no_words_that_became_others() -> None:
    assert change_words("order", "twice", "") == "“twice” stands elsewhere in the source"
    assert change_words("order", "twice", "", became=True) == "“twice” stands elsewhere now"


def test_words_of_strangers_steer_nobody_and_have_an_end() -> None:
    assert change_words("word-dropped", "", "only\u202e") == "only\ufffd → (left out)"
    assert change_words("name", "a" * 99, "b", width=5) == "b → aaaa…"
    assert change_words("order", "a" * 99, "", width=5) == "“aaaa…” stands elsewhere in the source"


def test_on_a_page_it_reads_so_whichever_way_its_words_run() -> None:
    def told(kind: str, source: str, quotation: str) -> str:
        return change_words(kind, quotation, source, isolated=True)

    assert told("number", "13th", "31st") == "13th → 31st"
    assert told("word-replaced", "قديم", "جديد") == "\u2068قديم\u2069 → \u2068جديد\u2069"
    assert told("word-dropped", "לא\u202e", "") == "\u2068לא\ufffd\u2069 → (left out)"
    assert told("order", "", "جديد") == "“\u2068جديد\u2069” stands elsewhere in the source"
