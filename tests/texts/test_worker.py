from __future__ import annotations

import io
import subprocess
import sys

from website import STORY

from archiver import texts
from archiver.children import receive, send

TASK = {"payload": STORY, "content_type": "text/html"}


def test_it_answers_until_its_input_ends() -> None:
    tasks = io.BytesIO()
    send(tasks, TASK)
    command = [sys.executable, "-m", "archiver.texts.worker"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        for _ in range(2):
            child.stdin.write(tasks.getvalue())
            child.stdin.flush()
            assert receive(child.stdout) == texts.read(**TASK)
        child.stdin.close()
        assert child.wait(timeout=20) == 0
