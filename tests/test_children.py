"""Children are asked over pipes, and run no file of the folder in which they are started."""

from __future__ import annotations

import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from archiver import children
from archiver.children import receive, send

TASK = {"payload": b"x" * 70_000, "content_type": "text/html"}


def test_what_is_sent_is_received_and_half_of_it_is_nothing() -> None:
    stream = io.BytesIO()
    send(stream, TASK)
    whole = stream.getvalue()
    assert receive(io.BytesIO(whole)) == TASK
    assert receive(io.BytesIO(whole[:-1])) is None
    assert receive(io.BytesIO(whole[:5])) is None
    assert receive(io.BytesIO(b"")) is None


def test_no_file_of_the_persons_folder_stands_in_for_a_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pickle.py").write_text("open('run', 'w').close()")
    script = (
        "from archiver import children\n"
        "with children.start('archiver.verification.worker') as child:\n"
        "    child.stdin.close()\n"
        "    child.wait()\n"
    )
    monkeypatch.chdir(tmp_path)
    root = str(Path(children.__file__).parent.parent)
    subprocess.run([sys.executable, "-P", "-c", script], env={"PYTHONPATH": root, "PATH": ""}, check=True, timeout=60)
    child = children.start("archiver.verification.worker")
    child.communicate(timeout=60)
    assert not (tmp_path / "run").exists()


def test_two_tasks_of_a_child_at_once_do_not_wait_for_each_other_and_are_not_mixed_up() -> None:
    """More than a pipe holds in both directions: whoever writes must not keep the other from reading."""
    says = "from archiver.children import answer_all; answer_all(lambda task: task * 2)"
    with subprocess.Popen([sys.executable, "-c", says], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        child = children._Child(process)
        with ThreadPoolExecutor(2) as pool:
            tasks = [bytes([number]) * (1 << 20) for number in range(12)]
            assert list(pool.map(child.ask, tasks, timeout=60)) == [(task * 2,) for task in tasks]
        process.kill()
        process.wait()
        with pytest.raises(OSError, match="pipe"):
            child.ask(b"x" * (1 << 20))
