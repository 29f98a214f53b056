"""Proofs and packs in other people's hands."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from proofs import ask, available, grown_log, pack_questions, questions_of


@pytest.mark.slow
def test_go_agrees_on_proofs(tmp_path: Path) -> None:
    if not available():
        pytest.skip("Go's library is not on this machine (apt install golang-go golang-golang-x-mod-dev)")
    log, hashes = grown_log(tmp_path / "log", 700)
    asked = [*questions_of(log, hashes, random.Random(1), 40), *pack_questions(tmp_path)]
    assert ask([question for question, _ in asked]) == [ours for _, ours in asked]
