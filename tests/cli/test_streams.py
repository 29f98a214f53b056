from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from archiver.cli.root import root, run

SAMPLE = Path(__file__).parents[2] / "archive"
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
