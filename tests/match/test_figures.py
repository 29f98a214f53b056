"""Figures that an omission mark may not bring into the place of others."""

from __future__ import annotations

import pytest

from archiver.match import judge
from archiver.model import Verdict


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("Profit was £61m, down from £64m a year ago.", "Profit was … £64m a year ago."),
        ("Town beat County 4–3 after trailing 3–0.", "Town beat County … 3–0."),
        ("They sold 30 boats in May and 40 in March.", "They sold 30 boats … in March."),
        ("They sold 30 boats in May and 40 boats in March.", "They sold 30 boats … in March."),
        ("Prices rose by 3.2 per cent in June and 4.1 per cent in July.", "Prices rose by 3.2 per cent … in July."),
        ("Los precios subieron un 3,2 por ciento en junio y un 4,1 por ciento en julio.", "Los precios subieron un 3,2 por ciento … en julio."),
        ("They sold thirty boats in May and forty cars in March.", "They sold thirty boats … in March."),
        ("30 boats were sold in May and 40 in March.", "30 boats … in March."),
        ("Fares stay at £4.50 for adults and £2 for children.", "Fares stay at £4.50 for […] children."),
        ("It was the second-worst fire since 1974.", "It was the […] worst fire since 1974."),
        ("It was the 3rd largest fire.", "It was the … largest fire."),
        ("C'était le deuxième plus grand incendie.", "C'était le … plus grand incendie."),
        ("They won two games at home and one in Lorn.", "They won two games … in Lorn."),
        ("He ran 30 miles in the rain and won 2 medals in Rome.", "He ran 30 miles … in Rome."),
        ("Ella vendió 30 barcos en mayo y 40 coches en marzo.", "Ella vendió 30 barcos … en marzo."),
        ("It lost $3 million in Lorn and $4 million in Denby.", "It lost $3 million … in Denby."),
        ("It fell in 88 of 408 cases in the first group and in 71 of 204 (34.8%) in the other.", "It fell in 88 of 408 cases … in the other."),
        ("It fell in 88 of 408 cases (21%) in the first group and in 71 of 204 (34%) in the other.", "It fell in 88 of 408 cases … in the other."),
        ("It will fall to 4 °C in the valleys, 2 °C on the coast.", "It will fall to 4 °C … on the coast."),
    ],
)  # fmt: skip
def test_a_figure_is_not_put_into_the_place_of_another(page: str, quote: str) -> None:
    found = judge(quote, page)
    assert found.verdict is Verdict.SPLICED
    assert {change.kind.value for change in found.changes} == {"number"}


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("He was there in 1920, 1930 and 1940.", "He was there in … 1940."),
        ("In 2019, some 40 people came.", "In 2019 … 40 people came."),
        ("They sold 30 boats (12 of them red) in May.", "They sold 30 boats … in May."),
        (
            "It fell in 88 of 408 cases (21%) in the first group and in 71 of 204 (34%) in the other.",
            "It fell in 88 of 408 cases … in the first group",
        ),
        ("It rose from 112 in May to 130 in March.", "It rose from 112 … to 130 in March."),
        ("They sold 30 boats and 40 oars in March.", "They sold 30 boats … in March."),
        ("The rate was 21% in the first group of 408 in 2019.", "The rate was 21% … in 2019."),
        ("In 1990 he lived in Rome and 3 years later in Paris.", "In 1990 he lived … in Paris."),
        ("The 3 men lived in the mine and, after 20 days, in tents.", "The 3 men lived … in tents."),
        (
            "It has 10 engines, allowing anybody to sail at 40 and 60 knots on high seas.",
            "It has 10 engines … on high seas.",
        ),
        ("It was the first large fire there.", "It was the … large fire there."),
        ("He left on the second of May.", "He left on the … of May."),
        ("The score was 3–1 at first and 4–2 at the end.", "The score was 3–1 at first … 4–2 at the end."),
    ],
)
def test_a_figure_may_stay_where_it_stood(page: str, quote: str) -> None:
    assert judge(quote, page).verdict is Verdict.ELIDED


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("Tickets cost £12 per adult and £5 per child.", "Tickets cost £12 … per child."),
        ("Tickets cost £12 per adult and £5 per child.", "Tickets cost £12 per … child."),
        ("Las entradas cuestan 12 euros por adulto y 5 euros por niño.", "Las entradas cuestan 12 euros … por niño."),
        ("Operating margin contracted by 120 basis points to 14.2 percent.", "Operating margin contracted by 120 … percent."),
        ("The rate fell by 3 points to 7 per cent.", "The rate fell by 3 … per cent."),
        ("The panel met at 9 a.m. on Monday and at 3 p.m. on Thursday.", "The panel met at 9 … p.m. on Thursday"),
        ("The panel met at 9 a.m. on Monday and at 3 p.m. on Thursday.", "The panel met at 9 a.m. … on Thursday"),
        ("Ferries leave at 6 a.m. and 4 p.m. daily from the pier.", "Ferries leave at 6 … p.m. daily from the pier."),
        ("The fund lost 4% in May after gaining 9% in April.", "The fund lost 4% … in April"),
    ],
)  # fmt: skip
def test_a_figure_is_not_given_the_rate_unit_or_time_of_another(page: str, quote: str) -> None:
    assert judge(quote, page).verdict in (Verdict.SPLICED, Verdict.ALTERED)


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("Shares of 30, 40 and 50 per cent were reported.", "Shares of 30 … and 50 per cent were reported."),
        ("The panel met at 9 a.m. on Monday in the old hall at York.", "The panel met at 9 a.m. … in the old hall at York."),
    ],
)  # fmt: skip
def test_a_figure_keeps_what_stands_behind_it(page: str, quote: str) -> None:
    assert judge(quote, page).verdict is Verdict.ELIDED


@pytest.mark.parametrize(
    ("quotation", "source"),
    [
        ("5 mg per day for children", "The dose is <5 mg per day for children."),
        ("The dose is … 10 mg for adults.", "The dose is <5 mg for children and ≥10 mg for adults."),
        ("Growth was 3.5", "Growth was 3.5 × 10⁶ cells."),
        ("a fine of 3 … euros is due", "Here a fine of 3 750 euros is due."),
        ("It was signed in 44", "It was signed in 44 BCE by Rome."),
        ("Doctors left after 2030 patients came", "Doctors left after 20-\n30 patients came"),
        ("Lee and Cole were given … ten years", "Lee and Cole were given five and ten years respectively."),
    ],
)
def test_a_figure_keeps_its_signs(quotation: str, source: str) -> None:
    assert judge(quotation, source).verdict in {Verdict.ALTERED, Verdict.SPLICED, Verdict.ABSENT}
