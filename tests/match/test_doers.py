"""Who did what is kept behind an omission mark, and what was done to it."""

from __future__ import annotations

import pytest

from archiver.match import judge, prepare
from archiver.match.doers import other_antecedent
from archiver.match.lexicon import lexicon
from archiver.model import Verdict


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("The chairman resigned after the auditor admitted the fraud.", "The chairman … admitted the fraud."),
        ("The chairman resigned when the auditor admitted the theft.", "The chairman … admitted the theft."),
        ("The clerk left as the manager burned the files.", "The clerk … burned the files."),
        ("The pilot survived because the navigator opened the hatch.", "The pilot … opened the hatch."),
        ("The senator backed the bill although her husband had attacked it.", "The senator … had attacked it."),
        ("The drug was tested on mice while the vaccine was approved for use in children.", "The drug … was approved for use in children"),
        ("Le président a démissionné après que le ministre a avoué la fraude.", "Le président … a avoué la fraude."),
        ("Vaccinated children were ill less often, although the study could not prove it.", "Vaccinated children … could not prove it"),
        ("Smith was warned, and Jones fined £900 for the theft.", "Smith was … fined £900 for the theft."),
        ("Lee, who was cleared of murder, and Roe, who was convicted of it, left.", "Lee … was convicted of it"),
        ("Lee met Ann Roe, who was convicted of it.", "Lee … was convicted of it."),
        ("Three of the five men were freed and two jailed for life.", "Three of the five men were … jailed for life."),
        ("Ann told Bob that Carol stole the ring.", "Ann … stole the ring."),
        ("Iran says the navy attacked a tanker.", "Iran … attacked a tanker."),
    ],
)  # fmt: skip
def test_a_deed_is_not_given_to_somebody_else(page: str, quote: str) -> None:
    assert judge(quote, page).verdict in (Verdict.SPLICED, Verdict.ALTERED)


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("The chairman after the meeting in the old hall resigned at once.", "The chairman … resigned at once."),
        ("The pilot who had opened the hatch survived the crash.", "The pilot … survived the crash."),
        ("The economy before the war was strong.", "The economy … was strong."),
        ("The minister said that the bridge, which was built in 1900, was safe.", "The minister said that the bridge … was safe."),
        ("The workers since the strike was called have stayed at home.", "The workers … have stayed at home."),
        ("The bridge was opened by the King, and the next day closed for repairs.", "The bridge was … closed for repairs."),
        ("He was tried, and in Leeds acquitted of the theft.", "He was … acquitted of the theft."),
        ("Lee, a friend of Roe, who was convicted of it, left.", "Lee … was convicted of it"),
        ("It is like the plan announced in March, which aimed to help all.", "It is like the plan … aimed to help all."),
        ("Lee, who was convicted of it, left.", "Lee … was convicted of it"),
        ("The chairman left when he was ill.", "The chairman … was ill."),
        ("The man, who had been in York, resigned.", "The man … resigned."),
        ("He said the plan, which was old and tired, was dead.", "He said the plan … was dead."),
    ],
)  # fmt: skip
def test_what_is_left_out_beside_a_subject_takes_no_deed_with_it(page: str, quote: str) -> None:
    assert judge(quote, page).verdict is Verdict.ELIDED


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("The court convicted him of fraud but acquitted him of bribery.", "The court convicted him of … bribery."),
        ("She was convicted of theft but cleared of murder.", "She was convicted … murder."),
        ("Fue condenado por robo pero absuelto de asesinato.", "Fue condenado por … asesinato."),
        ("Mrs Quaye, 44, of Ashby, denies murder but admits manslaughter.", "Mrs Quaye, 44, of Ashby, denies … manslaughter."),
        ("The army freed the miners but shot the guards.", "The army freed … the guards."),
        ("He loves his wife but hates his brother.", "He loves … his brother."),
        ("The army freed the miners and shot the guards.", "The army freed … the guards."),
        ("The fire killed two dogs and injured nine men.", "The fire killed … nine men."),
        ("He was born in 1900 in Leeds and died in York.", "He was born in 1900 in … York."),
        ("The law was passed by the Lords and sent back by the Commons.", "The law was passed by the … Commons."),
        ("The law was passed by the Lords and voted down by the Commons.", "The law was passed by the … Commons."),
        ("She bought the house from Lee and sold it to Roe.", "She bought the house from … Roe."),
        ("The law was passed by the Lords and thrown out by the Commons.", "The law was passed by the … Commons."),
    ],
)  # fmt: skip
def test_what_one_deed_was_done_to_is_not_given_to_another(page: str, quote: str) -> None:
    assert judge(quote, page).verdict in (Verdict.SPLICED, Verdict.ALTERED)


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("The army freed the miners and shot the guards.", "The army … shot the guards."),
        ("The council bought the mill and the barn and the old house.", "The council bought … the old house."),
        ("They saw women and men in York.", "They saw … in York."),
        ("They painted a red and rusted gate in May.", "They painted … gate in May."),
        ("The shop sells apples and pears and plums in York.", "The shop sells apples … in York."),
        ("She gave a well planned and executed two-year course.", "She gave a … two-year course."),
        ("He was tired but happy with the result.", "He was … happy with the result."),
    ],
)  # fmt: skip
def test_one_deed_may_keep_what_it_was_done_to(page: str, quote: str) -> None:
    assert judge(quote, page).verdict is Verdict.ELIDED


def test_an_article_that_begins_a_sentence_is_no_relative() -> None:
    page = prepare("Der Bau verfiel, sagte Lee: Die ist alt.").pages[0]
    assert other_antecedent(page, 2, 6, lexicon(("de",))) is None
    page = prepare("Der Bau verfiel, sagte Lee, die ist alt.").pages[0]
    assert other_antecedent(page, 2, 6, lexicon(("de",))) == "Lee, die"
