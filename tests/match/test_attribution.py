"""Remarks that interrupt a speech."""

from __future__ import annotations

from archiver.match.attribution import interrupts
from archiver.match.lexicon import lexicon

EN, JA = lexicon(("en",)), lexicon(("ja",))


def test_remarks() -> None:
    assert interrupts(",” ", ["she", "said"], ", “", [" "], EN)
    assert not interrupts(", ", ["she", "said"], ", ", [" "], EN)
    assert not interrupts("” ", ["and", "the", "minister"], " “", [" ", " "], EN)
    assert not interrupts(",” ", ["she", "did", "not", "say"], ", “", [" "] * 3, EN)
    assert interrupts("」", list("と述べ"), "、「", [""] * 2, JA)
    assert not interrupts(",” ", ["said"] * 40, ", “", [" "] * 39, EN)


def test_marks_close_before_a_remark_and_open_after_it() -> None:
    german = lexicon(("de",))
    assert interrupts("“, ", ["sagte", "sie"], " „", [" "], german)
    assert interrupts(" “", ["she", "said"], ",” ", [" "], EN)
    assert not interrupts("“ ", ["she", "said"], " ”", [" "], EN), "no stop or comma shows where the speech breaks off"
    assert not interrupts(",” ", ["she", "left"], ", “", [" "], EN)
    assert not interrupts(",” ", ["she", "said", "we", "go"], ", “", [" ", " “", " "], EN)
    assert interrupts(",” ", ["she", "s", "said"], ", “", ["’", " "], EN)
    assert not interrupts(",” ", [], ", “", [], EN)


def test_a_remark_has_two_dozen_words_and_two_sentences_at_most() -> None:
    words = ["said", *["boats"] * 23]
    assert interrupts(",” ", words, ", “", [" "] * 23, EN)
    assert not interrupts(",” ", [*words, "boats"], ", “", [" "] * 24, EN)
    assert interrupts(",” ", words, ", “", [" ", ". ", *[" "] * 21], EN)
    assert not interrupts(",” ", words, ", “", [" ", ". ", ". ", *[" "] * 20], EN)
    assert interrupts(",” ", ["said", "J", "R", "Boats"], ", “", [" ", ". ", ". "], EN), "initials end no sentence"
    assert not interrupts(",” ", list("と述べ") * 9, ", “", [""] * 26, JA)


def test_dashes_set_a_remark_off_where_the_language_has_it_so() -> None:
    spanish, russian = lexicon(("es",)), lexicon(("ru",))
    assert interrupts(" —", ["dijo", "el", "alcalde"], "— ", [" ", " "], spanish)
    assert interrupts(", — ", ["сказал", "мэр"], ", — ", [" "], russian)
    assert not interrupts(" — ", ["said", "she"], " — ", [" "], EN), "an aside of the writer's"
    assert not interrupts(" —", ["según", "el", "alcalde"], "— ", [" ", " "], spanish), (
        "who answers for it is no remark"
    )
    assert not interrupts(" —", ["no", "dijo", "el", "alcalde"], "— ", [" "] * 3, spanish)
    assert not interrupts(" —", ["dijo", "no"], "— ", [" "], spanish)
    assert not interrupts(" —", ["dijo", "ella"], ", ", [" "], spanish)
    assert not interrupts(" —", ["dijo", "Ana", "Luego", "cayó"], "— ", [" ", ". ", " "], spanish)
    assert not interrupts(" —", ["dijo", *["ayer"] * 12], "— ", [" "] * 12, spanish)
