"""What is verified where snapshots and quotes are named."""

from __future__ import annotations

import pytest
from conftest import SealedArchive

from archiver.errors import InputError, UnknownId
from archiver.verification.naming import request_for


def test_nothing_named_is_everything(sealed: SealedArchive) -> None:
    request, held = request_for(sealed.root, [])
    assert request.everything
    assert held == []


def test_a_quote_brings_its_snapshot_and_whether_it_holds(sealed: SealedArchive) -> None:
    request, held = request_for(sealed.root, [sealed.quotes[0][:14]])
    assert request.quotes == {sealed.quotes[0]}
    assert request.snapshots is not None
    assert request.snapshots <= set(sealed.snapshots)
    assert [(finding.check, finding.subject) for finding in held] == [("quotation", sealed.quotes[0][:14])]


def test_a_snapshot_brings_its_quotes_and_a_revisit_what_it_repeats(sealed: SealedArchive) -> None:
    first, _ = request_for(sealed.root, [sealed.snapshots[0]])
    assert first.quotes
    requests = [request_for(sealed.root, [name])[0].snapshots for name in sealed.snapshots]
    assert any(named is not None and len(named) == 2 for named in requests)


@pytest.mark.parametrize(
    ("name", "error"), [("q-00000000", UnknownId), ("example", InputError), ("s-\x1b[31m", InputError)]
)
def test_what_is_no_id_is_said_harmlessly(sealed: SealedArchive, name: str, error: type[InputError]) -> None:
    with pytest.raises(error) as said:
        request_for(sealed.root, [name])
    assert "\x1b" not in str(said.value)
