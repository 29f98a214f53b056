from __future__ import annotations

import pytest

from archiver.verification.advising import next_steps


def steps(*checks: str) -> list[str]:
    return list(next_steps(checks))


@pytest.mark.parametrize(
    ("check", "words"),
    [
        ("growth", "archiver log witness"), ("cosignature", "archiver verify --against"), ("signer", "archiver verify --key"),
        ("member", "archiver --archive COPY verify"), ("tree", "those of the copy"), ("capture", "no copy mends that"),
        ("settings", "put back from a copy"), ("catalogue", "`archiver rebuild`"), ("quotation", "archiver show"), ("re-judge", "today's verdict"),
    ],
)  # fmt: skip
def test_each_kind_of_fault_has_its_step(check: str, words: str) -> None:
    (step,) = steps(check)
    assert words in step
    assert steps() == []


def test_what_comes_of_a_graver_fault_has_no_step_of_its_own() -> None:
    (copy,) = steps("member", "catalogue", "anchor", "settings")
    assert "COPY" in copy, "a catalogue made again from damaged evidence would only lack what is damaged"
    assert len(steps("growth", "catalogue")) == 1
    assert ["witness" in step for step in steps("member", "growth")] == [True, False], "the gravest comes first"
    assert steps("bytes") == steps("erased") == [], "these findings say themselves what to do"
