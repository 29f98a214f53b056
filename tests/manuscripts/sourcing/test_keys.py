from __future__ import annotations

import sys
from pathlib import Path

import pytest
from manuscripts_helpers import markdown

from archiver.manuscripts.sourcing.keys import collect_works

CSL = '[{"id": "a", "URL": "http://%s.org/a"}]'


def test_named_files_go_before_what_the_manuscript_asks_for(tmp_path: Path) -> None:
    (tmp_path / "own.json").write_text(CSL % "own")
    (tmp_path / "given.json").write_text(CSL % "given")
    manuscript = markdown("---\nbibliography: own.json\n---\n\nText [@a].\n")
    found = collect_works(manuscript, tmp_path).find("a")
    assert found is not None
    assert found.url == "http://own.org/a"
    found = collect_works(manuscript, tmp_path, [tmp_path / "given.json"]).find("a")
    assert found is not None
    assert found.url == "http://given.org/a"


def test_bibliographies_beside_are_read_only_where_keys_are_cited_and_none_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "beside.ris").write_text("TY  - ELEC\nID  - a\nUR  - http://beside.org/a\nER  - \n")
    assert collect_works(markdown("Text [@a]."), tmp_path).find("a") is not None
    assert collect_works(markdown("Text."), tmp_path).entries == {}


def test_what_is_missing_broken_or_outside_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "paper"
    folder.mkdir()
    (tmp_path / "outside.json").write_text(CSL % "outside")
    (folder / "broken.json").write_text("[{")
    (folder / "link.json").symlink_to(tmp_path / "outside.json")
    manuscript = markdown(
        "---\nbibliography: [../outside.json, link.json, missing.bib, broken.json, /etc/passwd, refs.yaml]\n---\n\nText [@a].\n"
    )
    works = collect_works(manuscript, folder)
    assert works.entries == {}
    said = [trouble.why for trouble in works.troubles]
    assert [why.split(" is")[0] for why in said[:2]] == [
        "the bibliography ../outside.json",
        "the bibliography link.json",
    ]
    assert "missing.bib, which the manuscript asks for, is not there" in said[2]
    assert any(why.startswith("the bibliography refs.yaml is of a kind that is not read") for why in said)
    assert any(why.startswith("broken.json") for why in said)
    assert "the bibliography /etc/passwd is not in the manuscript's folder: name it with --bibliography" in said


def test_a_missing_extra_is_said_once_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bibtexparser", None)
    for name in ("a.bib", "b.bib", "c.bib"):
        (tmp_path / name).write_text("@misc{a, url = {http://a.org}}")
    (tmp_path / "references.json").write_text(CSL % "json")
    works = collect_works(markdown("Text [@a]."), tmp_path)
    (trouble,) = works.troubles
    assert trouble.why.startswith("a.bib cannot be read, nor others of the kind: ")
    assert "pip install 'archiver[cite]'" in trouble.why
    assert works.find("a") is not None


def test_a_file_that_is_named_and_lies_beside_is_read_once(tmp_path: Path) -> None:
    file = tmp_path / "refs.ris"
    file.write_text(
        "TY  - ELEC\nID  - a\nUR  - http://a.org/1\nER  - \nTY  - ELEC\nID  - a\nUR  - http://b.org/2\nER  - \n"
    )
    works = collect_works(markdown("Text [@a] [@b]."), tmp_path, [file])
    assert len(works.troubles) == len({trouble.why for trouble in works.troubles}) == 1
