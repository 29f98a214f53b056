"""A whole bibliography, there and back: ``snapshot --from`` and ``cite --into``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from website import STORY, Website

from archiver.cli.cite import into

BIB = """@online{{story, title = {{A}}, url = {{{url}/story}}}}
@online{{other, title = {{B}}, url = {{{url}/other}}}}
@online{{lost,
  url = {{{url}/lost}}
}}
@book{{paper, title = {{On paper}}}}
"""


@pytest.fixture
def refs(made: Callable[..., Ran], site: Website, tmp_path: Path) -> Path:
    for path in ("/story", "/other"):
        site.put(path, STORY)
    site.put("/lost", b"<h1>Gone</h1>", 410)
    (tmp_path / "refs.bib").write_text(BIB.format(url=site.url))
    return tmp_path / "refs.bib"


def test_there_and_back(made, refs: Path, site) -> None:
    ran = made("snapshot", "--from", "refs.bib")
    assert ran.code == 0, ran.err
    assert "3 of 3 pages recorded." in ran.err
    assert "1 entry without an address:\n  line 6: paper" in ran.err
    assert f"line 3: 410  {site.url}/lost" in ran.err
    before = refs.read_bytes()
    ran = made("cite", "--into", "refs.bib")
    assert ran.code == 3
    assert ran.out.count("archivesha256 = {") == 2
    assert refs.read_bytes() == before
    assert "2 entries got archive fields, 0 had them." in ran.err
    assert (
        f"1 entry not archived; `archiver snapshot --from FILE` captures them:\n  line 3: lost  {site.url}/lost"
        in ran.err
    )
    assert made("cite", "--into", "refs.bib", "--output", "refs.bib").code == 3
    assert refs.read_text() == ran.out
    assert made("cite", "--into", "refs.bib", "--output", "refs.bib").code == 3
    assert refs.read_text() == ran.out
    assert made("cite", "--into", "refs.bib").out == ran.out


def test_a_broken_bibliography_is_told_and_the_rest_captured(made, refs: Path) -> None:
    with refs.open("a") as file:
        file.write("@misc{story, url={nonsense}}\n@misc{cut, title={\n")
    ran = made("snapshot", "--from", "refs.bib")
    assert ran.code == 3
    assert "3 of 3 pages recorded." in ran.err
    assert "line 7: The key story stands there a second time (first on line 1); the first one counts." in ran.err
    assert "1 line is no URL:\n  line 7: 'nonsense' is no web address" in ran.err
    assert "1 line is no entry that can be read:\n  line 8: The entry that begins with @misc{cut" in ran.err


def test_programs(made, refs: Path, tmp_path: Path, site) -> None:
    lines = made("--json", "snapshot", "--from", "refs.bib").lines
    assert [line.get("state") for line in lines] == ["no-address", None, None, None]
    assert made("--json", "cite", "--into", "refs.bib").code == 2
    lines = made("--json", "cite", "--into", "refs.bib", "--output", "new.bib").lines
    assert [(line["key"], line["state"]) for line in lines] == [
        ("story", "added"), ("other", "added"), ("lost", "not-archived"), ("paper", "no-address"),
    ]  # fmt: skip
    assert lines[0]["location"] == {"line": 1}
    assert (tmp_path / "new.bib").read_text().count("archivesnapshot") == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["cite", "--into", "refs.bib", "q-0123"], "no ids"), (["cite", "--into", "nowhere.bib"], "does not exist"),
        (["cite", "s-0123456789ab", "--output", "x"], "goes with --into"), (["cite", "--into", "refs.bib", "--output", "taken.bib"], "there already"),
        (["snapshot", "--from", "refs.bib", "https://example.org/"], "one of the three"), (["snapshot", "--from", "notes.txt"], "no bibliography"),
        (["cite", "--into", "notes.txt"], "no bibliography"),
    ],
)  # fmt: skip
def test_a_wrong_call(made, refs: Path, tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "taken.bib").write_text("")
    (tmp_path / "notes.txt").write_text("words")
    ran = made(*arguments)
    assert (ran.code, said in ran.err, ran.out) == (2, True, "")


def test_other_kinds(made, site, tmp_path: Path) -> None:
    page = site.put("/story", STORY)
    (tmp_path / "refs.json").write_text(json.dumps([{"id": "a", "type": "webpage", "URL": page}], indent=2))
    (tmp_path / "refs.ris").write_text(f"TY  - ELEC\nUR  - {page}\nER  - \n")
    for name in ("refs.json", "refs.ris"):
        assert made("snapshot", "--from", name).code == 0
        ran = made("cite", "--into", name)
        assert (ran.code, ran.out.count("s-") >= 1) == (0, True)
    assert json.loads(made("cite", "--into", "refs.json").out)[0]["custom"]["archiver"]["payload_sha256"]


def test_what_somebody_wrote_meanwhile_stays(made, refs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made("snapshot", "--from", "refs.bib")
    real = into.add_archive_fields

    def slowly(*arguments: Any) -> Any:
        refs.write_text(refs.read_text() + "@misc{new}\n")
        return real(*arguments)

    monkeypatch.setattr(into, "add_archive_fields", slowly)
    ran = made("cite", "--into", "refs.bib", "--output", "refs.bib")
    assert (ran.code, "was changed while its entries were looked up" in ran.err) == (2, True)
    assert refs.read_text().endswith("@misc{new}\n")
    assert "archivesha256" not in refs.read_text()


def test_a_read_only_file_stays(made, refs: Path) -> None:
    made("snapshot", "--from", "refs.bib")
    before = refs.read_bytes()
    refs.chmod(0o444)
    ran = made("cite", "--into", "refs.bib", "--output", "refs.bib")
    assert (ran.code, "may not be written to" in ran.err, refs.read_bytes()) == (2, True, before)


def test_a_linked_file_is_written_where_it_is(made, refs: Path, tmp_path: Path) -> None:
    made("snapshot", "--from", "refs.bib")
    (tmp_path / "elsewhere").mkdir()
    real = tmp_path / "elsewhere" / "real.bib"
    refs.rename(real)
    real.chmod(0o600)
    refs.symlink_to(real)
    made("cite", "--into", "refs.bib", "--output", "refs.bib")
    assert (refs.is_symlink(), "archivesha256" in real.read_text(), real.stat().st_mode & 0o777) == (True, True, 0o600)
    assert [path.name for path in real.parent.iterdir()] == ["real.bib"]
