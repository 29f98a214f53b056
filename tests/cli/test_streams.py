from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from archiver.cli.root import root, run

SAMPLE = Path(__file__).parents[2] / "archive"
FULL = Path("/dev/full")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")


def unheard(*arguments: str, stdout: bool = False, stderr: bool = False) -> int:
    """The exit code of a command whose streams have lost their reader before it began."""
    read, write = os.pipe()
    os.close(read)
    try:
        gone, kept = write, subprocess.DEVNULL
        return subprocess.run(
            [sys.executable, "-m", "archiver.cli", *arguments],
            stdout=gone if stdout else kept,
            stderr=gone if stderr else kept,
            check=False,
        ).returncode
    finally:
        os.close(write)


@pytest.mark.parametrize(("stdout", "stderr"), [(True, False), (False, True), (True, True)])
def test_the_exit_code_is_the_commands_own_where_nobody_listens(*, stdout: bool, stderr: bool) -> None:
    assert unheard("--archive", str(SAMPLE), "verify", stdout=stdout, stderr=stderr) == 3, "its signer is unknown"
    assert unheard("--archive", str(SAMPLE), "list", stdout=stdout, stderr=stderr) == 0
    assert unheard("no-such-command", stdout=stdout, stderr=stderr) == 2


@pytest.mark.parametrize("arguments", [["--help"], ["verify", "--help"], ["--version"]])
def test_help_is_no_failure_where_nobody_listens(arguments: list[str]) -> None:
    assert unheard(*arguments, stdout=True) == 0


def test_a_pipe_of_its_own_that_broke_is_no_success(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def breaking() -> None:
        raise BrokenPipeError

    monkeypatch.setattr(type(root), "get_command", lambda *_: breaking)
    assert run(["list"]) == 2
    assert "ended before it was done" in capsys.readouterr().err


@pytest.mark.skipif(not FULL.exists(), reason="a device that is always full")
@pytest.mark.parametrize(
    ("arguments", "code"), [(["list"], 2), (["list", "--json"], 2), (["--help"], 2), (["verify", "--json"], 3)]
)
def test_an_answer_that_a_full_disk_does_not_take_is_no_success(arguments: list[str], code: int) -> None:
    command = [sys.executable, "-m", "archiver.cli", "--archive", str(SAMPLE), *arguments]
    with FULL.open("wb") as full:
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert ran.returncode == code, ran.stderr
        assert "Not all of the output could be written: No space left on device;" in ran.stderr
        assert "Traceback" not in ran.stderr
        unheard_remarks = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=full, check=False)
    assert unheard_remarks.returncode == (3 if code == 3 else 0), "remarks are not the answer"
