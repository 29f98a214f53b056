"""Denials that stand behind the verb, where a quotation is cut before them."""

from __future__ import annotations

import pytest

from archiver.match import judge
from archiver.match.index import prepare
from archiver.match.late import late_denial
from archiver.match.lexicon import lexicon
from archiver.model import ChangeKind, Judgement, Verdict

GERMAN = "Der Rat der Stadt trat am Abend zusammen, und die Frage war bis zuletzt offen. {} Das sagte die Sprecherin am Montag."
ENGLISH = "The council met in the evening, and the matter was open to the last. {} So said the spokeswoman on Monday."
DUTCH = "De raad van de stad kwam die avond bijeen en de vraag bleef tot het einde open. {} Dat zei de woordvoerster op maandag."
SWEDISH = "Stadens råd samlades på kvällen och frågan var öppen till slutet. {} Det sade talespersonen på måndagen."
DANISH = "Byens råd mødtes om aftenen, og spørgsmålet var åbent til det sidste. {} Det sagde talskvinden mandag."
NORWEGIAN = "Byens råd møttes om kvelden, og spørsmålet var åpent til slutten. {} Det sa talskvinnen på mandag."


def judged(frame: str, sentence: str) -> Judgement:
    kept, dropped = sentence.split(" / ")
    return judge(kept, frame.format(f"{kept} {dropped}"))


@pytest.mark.parametrize(
    ("frame", "sentence", "denial"),
    [
        (GERMAN, "Der Minister unterstützt den Plan / nicht mehr.", "nicht"),
        (GERMAN, "Der Bürgermeister kam / nicht zur Sitzung.", "nicht"),
        (GERMAN, "Die Fähre fährt am Sonntag / nie nach Emden.", "nie"),
        (GERMAN, "Der Kreis stützt den Plan / keineswegs in dieser Form.", "keineswegs"),
        (GERMAN, "Der Plan hilft den Leuten / kaum über den Winter.", "kaum"),
        (GERMAN, "Der Plan nützt / weder der Stadt noch dem Land.", "weder"),
        (GERMAN, "Der Minister und die Ministerin kamen / nicht zur Sitzung.", "nicht"),
        (GERMAN, "Der Minister, ein Jurist, stützt den Plan / nicht länger.", "nicht"),
        (GERMAN, "Der Minister unterstützt den Plan / der Stadt aus Sorge um das Geld nicht.", "nicht"),
        (GERMAN, "Der Minister unterstützt den Plan / der Stadt nicht, sagte sie.", "nicht"),
        (GERMAN, "Der Minister unterstützt den Plan / der Stadt nicht und schweigt.", "nicht"),
        (GERMAN, "Fahren Sie / nicht bei Rot über die Brücke.", "nicht"),
        (GERMAN, "Die Fähre fährt / nicht zu Ostern.", "nicht"),
        (GERMAN, "Der Minister weiß / nichts von dem Plan der Stadt.", "nichts"),
        (GERMAN, "In der Halle kam / niemand zu Schaden.", "niemand"),
        (ENGLISH, "The minister supports the plan for the bridge / no longer.", "no longer"),
        (ENGLISH, "The plan will help the town / not at all, she added.", "not at all"),
        (ENGLISH, "The ferry has been repaired / not yet.", "not yet"),
        (ENGLISH, "The minister knows / nothing of the plan for the bridge.", "nothing"),
        (ENGLISH, "Last year the ferry carried / nobody to the island.", "nobody"),
        (DUTCH, "De minister steunt het plan / niet langer.", "niet"),
        (DUTCH, "Het plan helpt de mensen / nauwelijks de winter door.", "nauwelijks"),
        (SWEDISH, "Ministern stöder planen / inte längre.", "inte"),
        (DANISH, "Ministeren støtter planen / ikke længere.", "ikke"),
        (NORWEGIAN, "Ministeren støtter planen / aldri mer.", "aldri"),
    ],
)  # fmt: skip
def test_a_clause_that_is_cut_before_its_denial_is_altered(frame: str, sentence: str, denial: str) -> None:
    found = judged(frame, sentence)
    assert (found.verdict, [(change.kind, change.in_source) for change in found.changes]) == (
        Verdict.ALTERED, [(ChangeKind.NEGATION, denial)],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        (GERMAN, "Der Plan hilft / nicht nur der Stadt, er hilft allen."),  # affirmed
        (GERMAN, "Der Plan gelang / nicht zuletzt wegen der Helfer."),
        (GERMAN, "Der Plan gelang / nicht ohne die Helfer."),
        (GERMAN, "Die Fähre fährt / nicht am Sonntag, sondern am Montag."),  # denies the day
        (ENGLISH, "The cargo held / nothing but sand and stones."),
        (ENGLISH, "The visitor met / none other than the mayor."),
        (ENGLISH, "The boats and / nothing else were saved."),
        (SWEDISH, "Färjan går / inte på söndag, utan på måndag."),
        (GERMAN, "Das Wetter war schlecht, / nicht aber die Laune."),  # another clause
        (GERMAN, "Das Wetter war schlecht / und besser wird es nicht."),
        (GERMAN, "Das Wetter war schlecht und / nicht besser als gestern."),  # the link hangs in the air
    ],
)
def test_what_is_not_denied_by_what_follows_holds_without_a_word(frame: str, sentence: str) -> None:
    found = judged(frame, sentence)
    assert found.holds
    assert {notice.code for notice in found.warnings} <= {"cut-in-sentence", "short"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Sie sagte, dass | die neue Brücke / nicht vor dem Winter fertig wird.",  # no verb
        "Sie blieb, weil der Bürgermeister aus Emden / nicht kam.",
        "Das wissen Leute, die den alten Plan / nicht kennen.",
        "Das wissen Leute, mit denen der neue Rat / nicht spricht.",
        "Sie versprach, den alten Plan / nicht zu ändern.",
        "Ich habe | den langen Bericht des Ausschusses / nicht gelesen.",  # the verb is left out
        "Die Fähre fährt / nicht immer pünktlich am Sonntag.",
        "Die Fähre fährt / am Sonntag nicht immer pünktlich.",  # may deny what follows it alone
        "Der lange Bericht / des Ausschusses wurde nicht gelesen.",
        "Der lange Bericht / überzeugte den Rat nicht.",
    ],
)
def test_words_without_their_verb_hold_and_the_denial_is_told(sentence: str) -> None:
    kept, _ = sentence.rpartition("| ")[2].split(" / ")
    found = judge(kept, GERMAN.format(sentence.replace("| ", "").replace(" / ", " ")))
    assert found.holds
    (notice,) = [notice for notice in found.warnings if notice.code == "hidden-denial"]
    assert "nicht" in notice.detail


@pytest.mark.parametrize(
    "sentence",
    ["In the great hall / nobody moved for a minute.", "When the ship came / nobody was there to meet it."],
)
def test_a_denied_subject_denies_nothing_that_is_kept(sentence: str) -> None:
    assert judged(ENGLISH, sentence).holds


def test_where_there_is_none() -> None:
    german = lexicon(("de",))
    (page,) = prepare("Er kam. Nicht am Sonntag, nicht am Montag, er kam").pages
    assert late_denial(page, 0, 2, german) is None  # another sentence
    assert late_denial(page, 0, len(page.words), german) is None
    (page,) = prepare("He came not for the money").pages
    assert late_denial(page, 0, 2, lexicon(("en",))) is None
