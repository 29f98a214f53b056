"""The same manuscript in six formats gives the same report: texts of our own, written as `benchmarks/pairing.py` writes them."""

from __future__ import annotations

from pathlib import Path

import pairing
import pytest
from patterns import ALL
from renderings import FORMATS
from writing import Author, Written

from archiver.archive import Archive

SENTENCES = {
    "en": [
        "The wall was rebuilt within four months, at the town’s own cost", "Nobody was told before the sluice was opened on that Monday",
        "Forty of the 300 families had not come back by the spring", "The harbour master had warned of it twice, and in writing",
        "What the river took in one night it did not give back in ten years", "We counted the boats in the morning, and three were missing",
    ],
    "de": [
        "Die Mauer wurde binnen vier Monaten wieder aufgebaut", "Niemand erfuhr davon, bevor man das Wehr am Montag öffnete",
        "Vierzig der 300 Familien waren im Frühjahr noch nicht zurück", "Der Hafenmeister hatte zweimal schriftlich davor gewarnt",
        "Was der Fluß in einer Nacht nahm, gab er in zehn Jahren nicht wieder", "Am Morgen zählten wir die Boote, und drei fehlten",
    ],
}  # fmt: skip


def written(language: str, seed: int, patterns: tuple[pairing.Pattern, ...]) -> Written:
    count = 0

    def take() -> tuple[str, str]:
        nonlocal count
        count += 1
        known = SENTENCES[language]
        return f"{known[count % len(known)]}, {count} said", f"https://example.org/{language}/{count}?a=1&b=2"

    author = Author(seed, language, take, keys=True)
    if author.own == "‘’":
        author.own = "“”"  # single marks that nothing closes in their paragraph are not told from apostrophes
    for pattern in patterns:
        pattern(author)
    return author.out


@pytest.mark.parametrize("pattern", ALL, ids=lambda pattern: pattern.__name__)
@pytest.mark.parametrize("language", SENTENCES)
def test_each_way_of_writing_is_understood_alike(
    language: str, pattern: pairing.Pattern, archive: Archive, tmp_path: Path
) -> None:
    for seed in range(2):  # `benchmarks/pairing.py` writes whole manuscripts with many
        manuscript = written(language, seed, (pattern,))
        reports = {}
        for form in FORMATS:
            folder = tmp_path / f"{seed}-{form}"
            folder.mkdir()
            reports[form] = pairing.report(manuscript, form, folder, archive)
            sums = pairing.count(manuscript, reports[form], show=False)
            assert (sums["found"], sums["got it"]) == (sums["quotations"], sums["with a source"]), form
            assert (sums["too many"], sums["asides judged"]) == (0, 0), form
        assert all(report == reports["markdown"] for report in reports.values())


def test_the_measure_can_fail() -> None:
    manuscript = written("en", 1, (ALL[0],))
    truth = manuscript.truths[0]
    wrong = pairing.count(
        manuscript, [pairing.Said(truth.text, frozenset({"https://example.org/other"}), True)], show=False
    )
    assert (wrong["found"], wrong["got it"], wrong["said"], wrong["said rightly"]) == (1, 0, 1, 0)
    more = pairing.count(manuscript, [pairing.Said("other words", frozenset({"x"}), True)], show=False)
    assert (more["found"], more["too many"], more["said"]) == (0, 1, 1)
