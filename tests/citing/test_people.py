from __future__ import annotations

import pytest

from archiver.citing.people import csl_name


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ines Okafor", {"family": "Okafor", "given": "Ines"}),
        ("Okafor, Ines", {"family": "Okafor", "given": "Ines"}),
        ("Vincent van der Berg", {"family": "Berg", "given": "Vincent", "non-dropping-particle": "van der"}),
        ("J.-P. O’Neill", {"family": "O’Neill", "given": "J.-P."}),
        ("Reuters", {"literal": "Reuters"}),
        ("BBC News", {"literal": "BBC News"}),
        ("The Associated Press", {"literal": "The Associated Press"}),
        ("Department of Health, London", {"literal": "Department of Health, London"}),
        ("毛泽东", {"literal": "毛泽东"}),
        ("Ines Okafor and Mara Lind", {"literal": "Ines Okafor and Mara Lind"}),
        ("ines okafor", {"literal": "ines okafor"}),
        ("Martin Luther King Jr.", {"family": "King", "given": "Martin Luther", "suffix": "Jr."}),
        ("Sammy Davis, Jr.", {"family": "Davis", "given": "Sammy", "suffix": "Jr."}),
        ("John Smith III", {"family": "Smith", "given": "John", "suffix": "III"}),
        ("Ines Okafor, Reuters", {"literal": "Ines Okafor, Reuters"}),
        ("van Gogh, Vincent", {"family": "van Gogh", "given": "Vincent"}),
        ("van Gogh", {"literal": "van Gogh"}),
        ("de Volkskrant", {"literal": "de Volkskrant"}),
        ("Al Jazeera", {"literal": "Al Jazeera"}),
        ("Der Spiegel", {"literal": "Der Spiegel"}),
        ("Agence France-Presse", {"literal": "Agence France-Presse"}),
        ("Human Rights Watch", {"literal": "Human Rights Watch"}),
        ("European Commission", {"literal": "European Commission"}),
    ],
)
def test_people_and_bodies(name: str, parts: dict[str, str]) -> None:
    assert csl_name(name) == parts
