"""The hook of pre-commit and the action of GitHub, run as their files say."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from conftest import Ran
from website import STORY, Website

from archiver.cli import hook
from archiver.manuscripts.readers import ENDINGS

Run = Callable[..., Ran]
ROOT = Path(__file__).resolve().parent.parent
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


@pytest.fixture
def papers(archiver: Run, site: Website, tmp_path: Path) -> Iterator[Path]:
    """A folder with an archive that has one page, and three manuscripts: one holds, one does not, one cites a page that is not there."""
    assert archiver("init", "archive").code == 0
    url = site.put("/story", STORY)
    archiver("snapshot", url)
    (tmp_path / "good.md").write_text(f'He said "some of them cross it twice before noon" [a]({url}).\n')
    (tmp_path / "bad one.md").write_text(f'He said "some of them cross it thrice before noon" [a]({url}).\n')
    (tmp_path / "new.md").write_text(f'He said "some of them cross it twice before noon" [a]({site.url}/other).\n')
    site.requests.clear()
    return tmp_path


def hooked(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The hook's entry as it stands in the file, as pre-commit runs it."""
    program, *words = shlex.split(HOOK["entry"])
    assert program == "python"
    command = [sys.executable, *words, *HOOK.get("args", []), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def called(*arguments: str) -> int:
    """The hook in this process, for what does not hang on how it is started: a program of its own takes a second."""
    return hook.main([*HOOK.get("args", []), *arguments])


def state(folder: Path) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(("catalogue.db", "state.db")) and "locks" not in path.parts
    }


def test_the_hook_fails_on_what_does_not_hold_and_touches_nothing(papers: Path, site: Website) -> None:
    before = state(papers)
    bad = hooked(papers, "good.md", "bad one.md", "new.md")
    assert (called("good.md", "new.md"), bad.returncode) == (0, 1), bad.stderr
    assert "twice → thrice" in bad.stdout
    assert "bad one.md:" in bad.stderr
    assert site.requests == []
    assert state(papers) == before


@pytest.mark.usefixtures("papers")
def test_the_hook_is_strict_on_wish_and_hands_options_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert called("--strict", "new.md") == 3
    assert called("--strict", "good.md") == 0
    assert called("--nonsense", "good.md") == 2
    assert called("no such.md") == 2
    capsys.readouterr()
    assert called("--json", "good.md") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["verdict"] == "verbatim"


def test_the_hook_takes_the_manuscripts_that_can_be_read() -> None:
    files = re.compile(HOOK["files"])
    assert [ending for ending in ENDINGS if not files.search(f"a/b{ending}")] == [".txt", ".text"]
    assert not files.search("a/b.py")
    assert HOOK["require_serial"] is True


def test_a_manuscript_whose_name_begins_with_a_dash_is_checked(papers: Path) -> None:
    for name in ("-bad.md", "--strict.md"):
        (papers / name).write_text((papers / "bad one.md").read_text())
        assert called(name) == 1


def plant(folder: Path) -> None:
    """Puts modules into the folder that would leave a sign if they were run."""
    for name in ("json", "click", "pip", "venv", "archiver/__init__", "archiver/cli/__init__", "archiver/cli/hook"):
        file = folder / f"{name}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"open({str(folder / 'pwned')!r}, 'w').close()\n")


def test_no_module_of_the_repository_is_run_by_the_hook(papers: Path) -> None:
    plant(papers)
    assert hooked(papers, "bad one.md").returncode == 1
    assert not (papers / "pwned").exists()


def test_pre_commit_takes_the_hook() -> None:
    program = shutil.which("pre-commit", path=str(Path(sys.executable).parent)) or shutil.which("pre-commit")
    if program is None:
        pytest.skip("pre-commit is not installed")
    ran = subprocess.run(
        [program, "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout


def test_an_interruption_is_the_worst(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = iter([1, 130, 0])
    monkeypatch.setattr(hook, "run", lambda _: next(codes))
    assert hook.main(["a.md", "b.md", "c.md"]) == 130


@dataclass(frozen=True)
class Step:
    """What a step of the action did."""

    code: int
    out: str
    err: str
    outputs: Mapping[str, str]
    summary: str
    installed: str


STAND_IN = (
    'for word; do case "$word" in sarif=*) log="${word#sarif=}" ;; esac; done; case "$word" in good.md) code=0 ;; "bad one.md") code=1 ;; '
    'new.md) code=3 ;; *) exit 2 ;; esac; echo \'{"runs": [{"properties": {"coverage": "stood in"}}]}\' > "$log"; exit $code'
)
"""What `archiver check` does with the manuscripts of `papers`, as the tests of the hook and of the whole action see it do, without doing it."""


@pytest.fixture
def act(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Step]:
    """Runs the action's ``run`` steps in bash, inputs as the file says; Python and pip are stood in for, and pip's call is kept.

    With ``stood_in`` the checks are stood in for too, where it is their exit codes that matter.
    """
    bash = shutil.which("bash")
    if bash is None or os.name == "nt":
        pytest.skip("the action runs in bash")
    temp = tmp_path_factory.mktemp("runner")
    (temp / "bin").mkdir()
    stub = temp / "bin/python3"
    # makes the venv's python a script that runs this one, but for pip
    stub.write_text(
        '#!/bin/bash\nset -e\n[ "$1 $2 $3" = \'-I -m venv\' ]\nmkdir -p "$4/bin"\n'
        "cat > \"$4/bin/python\" <<'END'\n#!/bin/bash\n"
        f'if [ "$3" = pip ]; then echo "$*" >> {shlex.quote(str(temp / "pip"))}; exit; fi\n'
        f'if [ "$4 $STOOD_IN" = "check yes" ]; then {STAND_IN}; fi\n'
        f'exec {shlex.quote(sys.executable)} "$@"\nEND\n'
        'chmod +x "$4/bin/python"\n'
    )
    stub.chmod(0o755)

    def run(*, stood_in: bool = False, **inputs: str) -> Step:
        given = {name.replace("_", "-"): value for name, value in inputs.items()}
        assert given.keys() <= ACTION["inputs"].keys()
        values = {name: given.get(name, str(spec.get("default", ""))) for name, spec in ACTION["inputs"].items()}
        output, summary = temp / "output", temp / "summary"
        output.write_text("")
        summary.write_text("")
        environment = os.environ | {
            "PATH": f"{temp / 'bin'}:{os.environ['PATH']}", "RUNNER_TEMP": str(temp), "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_WORKSPACE": str(papers), "PYTHONPATH": str(ROOT),
            "STOOD_IN": "yes" if stood_in else "no",
        }  # fmt: skip
        said = ["", ""]
        code = 0
        for step in ACTION["runs"]["steps"]:
            assert step["shell"] == "bash"
            assert "${{" not in step["run"]
            own = {name: expanded(value, values) for name, value in step["env"].items()}
            command = [bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            ran = subprocess.run(
                command, cwd=papers, env=environment | own, capture_output=True, text=True, check=False
            )
            said = [said[0] + ran.stdout, said[1] + ran.stderr]
            code = ran.returncode
            if code:
                break
        outputs = dict(line.split("=", 1) for line in output.read_text().splitlines())
        return Step(code, said[0], said[1], outputs, summary.read_text(), (temp / "pip").read_text())

    return run


def expanded(value: str, inputs: Mapping[str, str]) -> str:
    if value == "${{ github.action_path }}":
        return str(ROOT)
    name = re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", value)
    assert name is not None
    return inputs[name[1]]


def test_the_action_annotates_writes_reports_and_fails(act: Callable[..., Step], papers: Path) -> None:
    step = act(files="*.md", offline="true")
    assert step.code == 1, step.err
    assert step.outputs == {"sarif": "archiver-reports/sarif", "html": "archiver-reports/html", "exit-code": "1"}
    assert "::error file=bad one.md,line=1," in step.out
    logs = sorted((papers / "archiver-reports/sarif").iterdir())
    assert [log.name for log in logs] == ["001-bad_one.md.sarif", "002-good.md.sarif", "003-new.md.sarif"]
    runs = [json.loads(log.read_text())["runs"][0] for log in logs]
    assert [len(run["results"]) for run in runs] == [1, 0, 1]
    assert len({run["automationDetails"]["id"] for run in runs}) == 3
    assert len(list((papers / "archiver-reports/html").iterdir())) == 3
    assert step.summary.count("- 1 quotation: ") == 3
    assert set(ACTION["outputs"]) == set(step.outputs)


def test_the_action_installs_itself_with_its_extras(act: Callable[..., Step]) -> None:
    step = act(files="good.md", offline="true", stood_in=True)
    assert step.code == 0, step.err
    assert step.installed == f"-I -m pip install --quiet {ROOT}[all]\n"


@pytest.mark.parametrize(
    ("files", "fail_on", "code", "worst"),
    [
        ("good.md", "fails", 0, "0"), ("new.md", "fails", 0, "3"), ("new.md", "undecided", 3, "3"), ("new.md\ngood.md", "undecided", 3, "3"),
        ("bad one.md\nnew.md", "never", 0, "1"), ("no such.md", "fails", 2, "2"), ("no such.md\nbad one.md", "fails", 1, "1"),
    ],
)  # fmt: skip
def test_what_the_action_fails_on(act: Callable[..., Step], files: str, fail_on: str, code: int, worst: str) -> None:
    step = act(files=files, fail_on=fail_on, offline="true", stood_in=True)
    assert (step.code, step.outputs["exit-code"]) == (code, worst), step.err


@pytest.mark.parametrize(
    "inputs",
    [{"files": "*.none"}, {"files": "good.md", "fail_on": "always"}, {"files": "good.md", "output": "a\nexit-code=0"}],
)
def test_wrong_inputs_are_said(act: Callable[..., Step], inputs: dict[str, str]) -> None:
    step = act(**inputs)
    assert step.code == 2
    assert step.out.startswith("::error title=archiver::")


def test_no_input_is_a_command_and_no_remark_a_workflow_command(act: Callable[..., Step], papers: Path) -> None:
    name = "a$(touch pwned)`touch pwned`;touch pwned.md"
    (papers / name).write_text('::error::no "it was said so by them all" ##[error]no\n')
    step = act(files="a*.md", options="--bibliography\n##[error]$(touch pwned)", offline="true")
    assert step.code == 2
    assert not (papers / "pwned").exists()
    assert all(line.startswith("| ") for line in step.err.splitlines())
    assert "##[" not in step.err


def test_no_module_or_report_of_the_repository_is_taken(act: Callable[..., Step], papers: Path) -> None:
    plant(papers)
    reports = papers / "archiver-reports/sarif"
    reports.mkdir(parents=True)
    (reports / "001-no_such.md.sarif").write_text('{"runs": [{"properties": {"coverage": "all is well"}}]}')
    step = act(files="no such.md\nbad one.md", offline="true")
    assert step.code == 1, step.err
    assert not (papers / "pwned").exists()
    assert "all is well" not in step.summary
