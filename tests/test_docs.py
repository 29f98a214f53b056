"""What the documents promise is there."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from archiver.cli.root import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_readme_shows_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"archiver {name}" not in readme] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_files_that_a_page_names_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [target.partition("#")[0] for target in re.findall(r"\]\(([^)]+)\)", text) if "://" not in target]
    named = re.findall(r"`((?:tests|benchmarks|docs|archiver|tools)/[\w/.-]+)`", text)
    missing = [name for name in links if name and not (page.parent / name).exists()]
    missing += [name for name in named if not (ROOT / name).exists()]
    assert missing == []


def test_no_page_names_a_command_that_is_not_there() -> None:
    for page in PAGES:
        for name in re.findall(r"`archiver (?:--\S+ )*([a-z]+)", page.read_text(encoding="utf-8")):
            assert name in COMMANDS, f"{page.name}: {name}"


@pytest.mark.skipif(not shutil.which("xxd"), reason="the example needs xxd")
def test_the_leaf_that_is_checked_by_hand_is_right() -> None:
    text = (ROOT / "docs/format.md").read_text(encoding="utf-8")
    (commands,) = (block for block in re.findall(r"```\n(.*?)```", text, re.DOTALL) if "sed -n" in block)
    ran = subprocess.run(["bash", "-c", commands], cwd=ROOT, capture_output=True, text=True, check=True)
    made, stored = ran.stdout.splitlines()
    assert stored == f'"commitment":"{made.split()[0]}"'


def test_the_python_page_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code = "\n".join(
        re.findall(r"```python\n(.*?)```", (ROOT / "docs/python.md").read_text(encoding="utf-8"), re.DOTALL)
    )
    promised = re.findall(r"# -> (.*)$", code, re.MULTILINE)
    exec(compile(code, "docs/python.md", "exec"), {"__name__": "docs"})  # noqa: S102  # that is what a reader does
    assert capsys.readouterr().out.splitlines() == promised
    assert promised
