"""Brackets at the ends of a quotation."""

from __future__ import annotations

import pytest
from between_bars import sides_of

from archiver.match import judge
from archiver.match.edges import clash
from archiver.match.sides import Hole
from archiver.model import Verdict

SOURCE = (
    "The mill will open again on 12 March in Oslo. Judge Karl Moss sold the land to a museum for nine dollars. "
    "Lawyers say that Hall burned the ledger. The clerk knew of it."
)


@pytest.mark.parametrize(
    ("quote", "kind"),
    [
        ("The mill will open again on [13 March]", "number"),
        ("The mill will open again on 12 [April]", "date"),
        ("The mill will open again on 12 March in [Rome]", "word-replaced"),
        ("The mill will open again on 12 March [in Rome]", "word-replaced"),
        ("Judge Karl Moss sold the land to [the bank]", "word-replaced"),
        ("[The clerk] burned the ledger.", "name"),
    ],
)
def test_another_fact_is_no_explanation(quote: str, kind: str) -> None:
    found = judge(quote, SOURCE)
    assert found.verdict.value == "spliced"
    assert kind in {change.kind.value for change in found.changes}


@pytest.mark.parametrize(
    "quote",
    [
        "The mill will open again [in Norway]",
        "The mill will open again on 12 March [2031]",
        "The mill will open again on 12 March in [the city of Oslo]",
        "[The judge] sold the land to a museum",
        "Judge Karl Moss sold the land to a museum [in Rome]",
        "The clerk knew of [the fire].",
    ],
)
def test_an_explanation_holds(quote: str) -> None:
    assert judge(quote, SOURCE).verdict.value == "elided"


@pytest.mark.parametrize(
    ("inner", "marked", "told"),
    [
        ("in Rome", "He fell |on Monday then| late.", None), ("in Rome", "He fell |in Oslo then| late.", ("word-replaced", "Oslo")),
        ("in June", "He fell |in May then| late.", ("date", "May")), ("in", "He fell |in May then| late.", None),
        ("5", "He fell in |6 bays| late.", ("number", "6")), ("6", "He fell in |6 bays| late.", None),
        ("six", "He fell in |6 bays| late.", None), ("one", "He fell in |6 bays| late.", ("word-replaced", "6")),
        ("1950", "He fell in |May| late.", ("date", "May")), ("May", "He fell in |1950| late.", ("date", "1950")),
        ("June", "He fell in |May 1950| late.", ("date", "May 1950")), ("may", "He fell in |June| late.", ("word-replaced", "June")),
        ("the mayor", "He met |the clerk of it| late.", ("word-replaced", "the clerk")), ("the mayor", "He saw |clerks| late.", None),
        ("the mayor", "He fell to |clerks| late.", ("word-replaced", "clerks")),
        ("later", "He fell to |clerks| late.", ("word-replaced", "clerks")),
        ("who fled", "He fell to |clerks| late.", ("word-replaced", "clerks")),
        ("contractors", "He fell to |clerks| late.", ("word-replaced", "clerks")),
        ("Moss", "He fell to |Hall| late.", ("word-replaced", "Hall")),
        ("Hall", "He fell to |Hall Moss 5 bays| late.", ("word-replaced", "Hall Moss 5")), ("in Rome", "He fell |at Oslo| late.", None),
        ("Rome", "He fell |quickly| late.", None),
    ],
)  # fmt: skip
def test_a_bracket_at_the_end_may_not_say_another_fact(inner: str, marked: str, told: tuple[str, str] | None) -> None:
    sides, first, last = sides_of(marked)
    found = clash(inner.split(), Hole(3, 3, first, last), sides)
    assert (None if found is None else (found.kind, sides.page.slice(found.first, found.last))) == told


@pytest.mark.parametrize(
    ("inner", "marked", "told"),
    [
        ("He", "It |allegedly| fell then.", ("modal", "allegedly")), ("allegedly", "It |allegedly| fell then.", None),
        ("He", "Then |all but| fell it.", ("modal", "all but")), ("They", "|Only they| fell then.", ("quantifier", "Only they")),
        ("Only they", "|Only they| fell then.", None), ("Men", "|Only they| fell then.", None), ("They", "|Now they| fell then.", None),
        ("They", "|Only the ferries| fell then.", ("quantifier", "Only the ferries")),
        ("They", "|Almost the whole fleet| fell then.", ("quantifier", "Almost the whole fleet")),
        ("Only they", "|Only the ferries| fell then.", None), ("They", "|Now the ferries| fell then.", None),
        ("5", "Then |6| fell then.", ("number", "6")), ("April", "In |May| fell then.", ("date", "May")),
        ("The clerk", "Then |Moss| said it. The clerk left.", ("name", "Moss")),
        ("The clerk", "Then |Moss| said it. The clerk Moss left.", None), ("The clerk", "Then |Moss| boats it. The clerk left.", None),
        ("A clerk", "Then |boats| said it. The clerk left.", None), ("Clerk", "Then |Moss| said it. The clerk left.", None),
        ("The clerk", "Then |Moss| said it. No such man left.", None),
    ],
)  # fmt: skip
def test_a_bracket_at_the_front_may_not_swallow_what_limits_or_name_another(
    inner: str, marked: str, told: tuple[str, str] | None
) -> None:
    sides, first, last = sides_of(marked)
    found = clash(inner.split(), Hole(0, 0, first, last), sides)
    assert (None if found is None else (found.kind, sides.page.slice(found.first, found.last))) == told


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("They probably left the town.", "[They] left the town."),
        ("They must sell the hall.", "[They] sell the hall."),
        ("They refused to sell the hall.", "[They] sell the hall."),
        ("They declined to sell the hall.", "[They] sell the hall."),
        ("The town declined to sell the hall.", "[the town] s[old] the hall."),
        ("They tried to sell the hall.", "[They] sell the hall."),
        ("They would have sold the hall.", "[They] sold the hall."),
        ("They used to sell bread there.", "[They] sell bread there."),
        ("The board asked whether he took the money.", "[Ruiz] took the money."),
        ("The board asked whether the clerk took the money.", "[Ruiz] took the money."),
        ("We will know if Moss took the money.", "[She] took the money."),
    ],
)
def test_a_bracket_that_names_the_subject_may_not_swallow_what_its_verb_hangs_on(page: str, quote: str) -> None:
    found = judge(quote, page)
    assert found.verdict.value == "spliced"
    assert [change.kind.value for change in found.changes] == ["modal"]


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("They quickly left the town.", "[They] left the town."),
        ("The board says that he took the money.", "[Ruiz] took the money."),
        ("In May he left the town.", "[he] left the town."),
        ("In May she left the town.", "[The owner] left the town."),
        ("They refused to sell the hall.", "[to] sell the hall."),
        ("They probably left the town.", "[The owners] probably left the town."),
    ],
)
def test_it_may_name_it_where_it_swallows_nothing(page: str, quote: str) -> None:
    assert judge(quote, page).holds


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("The doors reopen at 10:30 p.m. on Friday.", "The doors reopen at 10:30 [a.m.]"),
    ],
)  # fmt: skip
def test_another_half_of_the_day_at_the_end_is_another_time(page: str, quote: str) -> None:
    assert judge(quote, page).verdict in (Verdict.SPLICED, Verdict.ALTERED)
