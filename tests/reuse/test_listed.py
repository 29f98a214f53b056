"""Lists of names and figures are their makers'."""

from reusetexts import HARBOUR, ORCHARD

from archiver.reuse import Kind, ReuseText, compare

PRESENT = (
    "Present were Anna Berger, Tom Hale, Ines Okafor, Ravi Menon, Lucy Trent, Paul Marek, Sofia Lind, Omar Haddad, Grace Obi, Maria Costa, Li Wei, "
    "Peter Novak, Eva Horn, Samuel Ochieng, Nina Falk, Carl Ott, Rosa Vidal, Hugo Brandt, Mina Sato and Ewa Zielinska."
)
FIGURES = " ".join(
    f"{name}: {k}20 in 2022, {k}45 in 2026."
    for k, name in enumerate(["Ashford", "Bayton", "Cleve", "Denham", "Easton", "Hayle"], 1)
)


def test_names_and_figures_that_both_print_are_no_excerpt() -> None:
    for shared in (PRESENT, FIGURES):
        found = compare(
            ReuseText(f"{HARBOUR}\n{shared}\nThen they went."), ReuseText(f"{ORCHARD}\n{shared}\nSo it stands.")
        )
        assert found.kind is Kind.SAME_TOPIC


def test_a_text_in_capitals_throughout_is_no_list() -> None:
    assert compare(ReuseText(HARBOUR.upper()), ReuseText(f"{HARBOUR.upper()}\nGULLS.")).kind is Kind.COPY
