"""Which quote marks have no partner, and the many that only seem to have none."""

from __future__ import annotations

import re

import pytest

from archiver.marks import quotemarks
from archiver.marks.prose import prose_of

LAWFUL = {
    "apostrophes": "The dogs’ owners said it wasn’t the ’90s any more, and ’twas a pity for rock ’n’ roll in general.",
    "British single quotes": "The minister said it was ‘the dogs’ fault’ and that he ‘wouldn’t know’ what the owners’ plans were.",
    "inches": 'The screen measures 15" across and stands 6\'2" high, which is more than the 13" that it had before.',
    "minutes and seconds": "Nach 3.14‘47‘‘ überquerte der Landesmeister elf Sekunden vor dem Kollegen das Ziel in der Stadt.",
    "curly inches": "The screen measures 15” across and stands high, which is more than the 13” that it had before it.",
    "inches inside a quotation": '"It is a 15" screen that we sell," he said about the new machine on the stage in Berlin today.',
    "a quotation over paragraphs": "“We must act now, and we must act as one nation.\n\n“We will not wait for others,” she said in parliament.",
    "straight over paragraphs": '"We must act now, and we must act as one nation.\n\n"We will not wait for others," she said in parliament.',
    "Spanish goes on": "«Debemos actuar ahora y debemos hacerlo juntos.\n»No vamos a esperar más», dijo ella ayer por la tarde.",
    "two that open and one that closes": 'Der Dichter sagte dazu: "„Vor einigen Monaten lud er mich ein, und das war für mich eine besondere Ehre."',
    "nested": "He said: “The note read “come at once” and nothing else was written on the page.” That was all he said.",
    "German": "Er sagte: „Wir müssen jetzt handeln, und zwar alle zusammen.“ Danach ging er aus dem Saal hinaus.",
    "German guillemets": "Er sagte: »Wir müssen jetzt handeln, und zwar alle zusammen.« Danach ging er aus dem Saal hinaus.",
    "French": "Il a dit : « Nous devons agir maintenant et tous ensemble. » Puis il a quitté la salle sans un mot.",
    "Swedish": "Han sade: ”Vi måste handla nu och vi måste göra det tillsammans.” Sedan gick han ut ur salen.",
    "Russian closes two at once": "Сетевое издание «Газета «Труд» выходит каждый день, кроме воскресенья и праздничных дней года.",
    "breadcrumbs": "Home » News » South Africa » Severe storms escalate in Gauteng, and residents are urged to stay home",
    "a teaser that breaks off": "Representative rips the tweets of the president as “witness intimidation and\nNews and more of it.",
    "a teaser with an ellipsis": 'He called for a public debate and pointed out that "the paper paid zero federal tax ... Read More.',
    "a pull quote": "Trabajamos todas las administraciones coordinadas para acabar con este infierno”",
    "Chinese": "他说：“我们现在必须采取行动，而且必须共同行动，这是我们大家的责任。”随后他离开了会场，没有回答记者的提问。",
    "Japanese": "彼は「今すぐ行動しなければならない」と述べ、会場を後にした。その後「質問には答えない」とも語った。",
    "verse": "He quoted: “Tyger Tyger, burning bright,\nIn the forests of the night;\nWhat immortal hand or eye,\nCould frame thy fearful symmetry?”",
}  # fmt: skip

BROKEN = {
    "closed twice": "He said: “We are ready for peace in the region.”⟦ And the rest of the world.”⟧",
    "never closed": "He said: ⟦“We are ready for peace in the region. Then he left the room and went home.⟧",
    "never opened": "⟦We are ready for peace in the region,”⟧ he said in the evening to the press.",
    "straight": 'He said: ⟦"We are ready for peace. Then he left.⟧\nThe next day, nothing at all was heard of the minister.',
    "German": "Er sagte: ⟦„Wir müssen jetzt handeln, und zwar alle zusammen. Danach ging er hinaus.⟧",
    "Danish": "Sådan er det hele nu:\n⟦»Vi vil vise alle, at det kan meget mere end det, siger hun.⟧",
    "Chinese": "他说：⟦“我们现在必须采取行动，而且必须共同行动，这是我们的责任。随后他离开了会场，没有回答提问。⟧",
}
"""The words of the mark stand in ⟦⟧."""


@pytest.mark.parametrize("case", LAWFUL)
def test_lawful_quote_marks_draw_nothing(case: str) -> None:
    prose = prose_of(LAWFUL[case], None)
    assert list(quotemarks.broken(prose, quotemarks.pairs(prose))) == []


@pytest.mark.parametrize("case", BROKEN)
def test_a_mark_without_a_partner_is_found(case: str) -> None:
    _, words, _ = re.split("[⟦⟧]", BROKEN[case])
    prose = prose_of(re.sub("[⟦⟧]", "", BROKEN[case]), None)
    assert [mark.words for mark in quotemarks.broken(prose, quotemarks.pairs(prose))] == [words]


def test_a_quotation_over_paragraphs_is_kept_apart() -> None:
    prose = prose_of(LAWFUL["a quotation over paragraphs"], None)
    of = quotemarks.pairs(prose)
    assert of.continued == (0,)
    (doubtful,) = quotemarks.doubtful(prose, of)
    assert "as one quotation over two paragraphs would" in doubtful.why


def test_quotations_are_given_without_their_marks() -> None:
    text = "He said “yes” and ‘no’, she „ja“, they «oui»; 彼は「はい」と言った。"
    assert [text[one.start : one.end] for one in quotemarks.pairs(prose_of(text, None)).quoted] == [
        "yes",
        "ja",
        "oui",
        "はい",
    ]
