"""The table of kinds: what is drawn from it elsewhere, and that the documents know every kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.anchoring import stamping
from archiver.archive import timekeeping
from archiver.archive.indexing import INDEXED_KINDS
from archiver.erasure import plan, survey
from archiver.model import KINDS, LASTING, Trait, having
from archiver.verification import bundles

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize("kind", KINDS)
def test_the_documents_name_every_kind(kind: str) -> None:
    assert f"| `{kind}` |" in (ROOT / "docs" / "format.md").read_text(encoding="utf-8")


def test_what_stays_is_never_searched_for_what_goes() -> None:
    """But where a person's reason stands in it."""
    assert LASTING - having(Trait.SILENT) == {"key-rotation", "clock", "erasure"}


def test_sets_elsewhere_are_drawn_from_the_table() -> None:
    assert having(Trait.OF_AN_ANCHOR) == stamping._OWN_KINDS == {"checkpoint", "timestamp", "certificate", "warcinfo"}
    assert having(Trait.INDEXED) == INDEXED_KINDS
    assert having(Trait.LOOKED_UP) == bundles._LOOKED_UP
    assert having(Trait.OF_THE_LOG) == bundles.EVIDENCE <= bundles._LOOKED_UP & LASTING
    assert set(timekeeping._DATED_HERE) == having(Trait.DATED_HERE)
    assert having(Trait.BODY) == survey._BODIES > survey._EXCHANGE
    assert ("import-file", {"imported"}, {"import", "recheck", "corroboration", "cohort", "cohort-rows"}) == (
        plan._BESIDE,
        plan._LOOSE,
        plan._REPORTS,
    )


def test_a_kind_that_nobody_entered_has_no_traits() -> None:
    assert all("note" not in having(trait) for trait in Trait)
