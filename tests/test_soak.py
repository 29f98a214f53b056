"""What `benchmarks/soak.py` calls a fault, and a soak of some seconds; the long form takes hours."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import soak
import soaktruth
from soakcalls import Around, Call, Command
from soakplace import Place
from soakserver import Sample, growth

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes of POSIX")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    (tmp_path / "kept").mkdir()
    (tmp_path / "disk").mkdir()
    return Place(tmp_path / "disk", tmp_path / "kept", 1, "token")


class Saying(Place):
    """Runs a line of Python instead of a command."""

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-c", words[0]]


SAYS = "import sys; print({out!r}, end=''); print({err!r}, file=sys.stderr); sys.exit({code})"


@pytest.mark.parametrize(
    ("out", "err", "code", "around", "fault"),
    [
        ('{"a": 1}\n', "", 0, Around(), None),
        ("", "archiver: There is no page; try another.", 3, Around(), None),
        ('{"a": 1}', "", 0, Around(), "not ended"),
        ("hello\n", "", 0, Around(), "not JSON"),
        ("", "Traceback (most recent call last):", 0, Around(), "traceback"),
        ("", "archiver: This is a fault of archiver itself (KeyError).", 2, Around(full=True), "traceback"),
        ("", "", 2, Around(), "without a word"),
        ("", "archiver: it went", 2, Around(), "not a sentence"),
        ("", "archiver: No space left on device.", 2, Around(), "exit code 2: archiver: No space"),
        ("", "archiver: No space left on device.", 2, Around(full=True), None),
        ("", "archiver: The clock of this machine is wrong.", 2, Around(), "exit code 2"),
        ("", "archiver: The clock of this machine is wrong.", 2, Around(offset="-3d"), None),
        ("", "archiver: The record is damaged.", 1, Around(full=True, clock_wrong=True, erasing=True), "exit code 1"),
        ('{"check": "catalogue", "ok": null, "detail": "no space left on device"}\n', "", 3, Around(full=True), None),
        ('{"check": "bytes", "ok": null, "detail": "a run that broke off left it empty"}\n', "", 3, Around(), None),
        ('{"subject": "a", "check": "bytes", "ok": null, "detail": "it is odd"}\n', "", 3, Around(), "3: a: it is odd"),
        ('{"error": "q-1 was erased."}\n', "Contacted nobody.", 2, Around(erasing=True), None),
        ('{"error": "q-1 was erased."}\n', "Contacted nobody.", 2, Around(), "exit code 2: q-1"),
        ("", "archiver: What is this.", 5, Around(), "exit code 5"),
    ],
)
def test_what_a_command_may_say(place: Place, out: str, err: str, code: int, around: Around, fault: str | None) -> None:
    codes = frozenset({0, 3} if "no page" in err else {0})
    command = Command("test", (SAYS.format(out=out, err=err, code=code),), codes)
    call = Call.start(1, command, Saying(place.disk, place.kept, 1, "token"), around, None)
    call.process.wait(60)
    call.closed()
    told = call.fault()
    assert (told is None) if fault is None else (fault in str(told))


def test_a_file_that_is_left_is_a_fault_and_that_of_a_killed_process_is_none(place: Place) -> None:
    words = "import tempfile, time; open(tempfile.mkstemp()[1]); print('{}', flush=True); time.sleep({seconds})"
    saying = Saying(place.disk, place.kept, 1, "token")
    leaving = Call.start(1, Command("test", (words.replace("{seconds}", "0"),), frozenset({0})), saying, Around(), None)
    leaving.process.wait(60)
    assert "temporary" in str(leaving.fault())
    killed = Call.start(2, Command("test", (words.replace("{seconds}", "60"),), frozenset({0})), saying, Around(), None)
    while not killed.out.stat().st_size:
        pass
    assert [call for _, call, _ in soaktruth.stale("token")] == ["000002"]
    killed.process.kill()
    killed.around.killed = "itself"
    killed.process.wait(60)
    assert killed.fault() is None
    for call in (leaving, killed):
        call.closed()


@pytest.mark.slow
def test_the_truth_misses_what_was_acknowledged_and_is_not_there(place: Place) -> None:
    truth = soaktruth.Truth(place)
    assert truth.call("init", str(place.archive)).code == 0
    assert list(truth._lost()) == []
    truth.acknowledged.add("s-0123456789ab")
    assert "1 of 1 acknowledged are not there" in next(iter(truth._lost()))
    with closing(sqlite3.connect(place.archive / "catalogue.db")) as catalogue, catalogue:
        catalogue.execute("UPDATE leaves SET kind = 'capture'")
    assert "the catalogue is not that of a rebuild: leaves has" in next(iter(truth._rebuilt()))
    assert set(truth.left_over()) >= {"crash marks", "locks of readers", "segments"}


def test_growth_is_told_from_figures_that_go_up_and_down() -> None:
    def samples(*memory: float, handles: int = 20) -> list[Sample]:
        return [Sample(each, handles + int(each > 200), 8, 0) for each in memory]

    assert not any(grows for _, _, grows in growth(samples(*[90, 120, 80, 110] * 5)).values())
    assert growth(samples(*range(100, 200, 5)))["memory"] == (110.0, 185.0, True)
    assert not growth(samples(*range(100, 200, 5)))["handles"][2]


@pytest.mark.slow
def test_a_soak_of_some_seconds(tmp_path: Path) -> None:
    script = [sys.executable, soak.__file__, "--minutes", "0.05", "--seed", "5", "--jobs", "2", "--keep", str(tmp_path)]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Nothing was lost" in done.stdout
