"""Damaged files of every medium, in the short form of `benchmarks/media.py`: no exception, no empty text, nothing that takes long."""

from __future__ import annotations

import media as benchmark
import pytest

from archiver import texts
from archiver.texts import payload


def test_damaged_files_do_no_harm() -> None:
    faults, longest = benchmark.fuzz(seed=7, count=400)
    assert faults == []
    assert longest < benchmark.LONGEST


def test_known_sentences_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert benchmark.recall([list(benchmark.SENTENCES), [sentence[::-1] for sentence in benchmark.SENTENCES[:3]]])
    assert "docx" in capsys.readouterr().out


@pytest.mark.parametrize("name", benchmark.EVERY)
def test_every_medium_has_a_most_and_says_what_is_cut(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make, kind = benchmark.EVERY[name]
    monkeypatch.setattr(payload, "MAX_CHARACTERS", 300)
    found = texts.read(make(benchmark.SENTENCES * 5), content_type=kind)
    assert found.texts or found.wall
    assert not any(text.complete for text in found.texts)


@pytest.mark.parametrize("name", benchmark.EVERY)
def test_a_cut_answer_and_an_error_page_are_told(name: str) -> None:
    make, kind = benchmark.EVERY[name]
    data = make(benchmark.SENTENCES)
    assert not texts.read(data, content_type=kind, truncated="length").complete
    wall = texts.read(data, content_type=kind, status=404).wall
    assert wall is not None
    assert wall.code == "no-such-page"
    found = texts.read(
        b"<!DOCTYPE html><html><body><p>Please log in to download this file.</p></body></html>", content_type=kind
    )
    if kind != "multipart/related":
        assert [text.content for text in found.texts][-1] == "Please log in to download this file."
