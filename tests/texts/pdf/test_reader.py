"""The child process: what comes back as a Reading, and what keeps a file from being read."""

from __future__ import annotations

import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from growth import LONG
from pdffiles import Pdf, column, text

from archiver import texts
from archiver.model import Layer, Notice, Reading
from archiver.texts.pdf import limits, reader

WORDS = "Nobody was hurt when the bridge was closed."


def read(data: bytes, **others: str) -> Reading:
    return texts.read(data, content_type="application/pdf", **others)


def told(data: bytes) -> Notice:
    """Why there is no text."""
    found = read(data)
    assert (found.texts, found.complete) == ((), False)
    (notice,) = found.notices
    assert "\n" not in notice.detail
    return notice


def bomb(size: int) -> bytes:
    """818 bytes, or thereabouts, that become so many."""
    squeeze = zlib.compressobj(1)
    data = b"".join(squeeze.compress(bytes(1 << 20)) for _ in range(size >> 20)) + squeeze.flush()
    data = zlib.compress(zlib.compress(data, 9), 9)
    file = Pdf().page("q Q").build()
    start = file.rindex(b"<< /Length", 0, file.rindex(b"/Type /Page"))
    end = file.index(b"endstream", start)
    stream = b"<< /Length %d /Filter [/FlateDecode /FlateDecode /FlateDecode] >>\nstream\n%s\n" % (len(data), data)
    return file[:start] + stream + file[end:]


def test_a_text_with_its_pages() -> None:
    found = read(Pdf().page(text(72, 700, WORDS)).page(text(72, 700, "Another page.")).build())
    (drawn,) = found.texts
    assert (drawn.layer, drawn.content, drawn.complete) == (Layer.PDF, f"{WORDS}\nAnother page.", True)
    assert (drawn.extractor, drawn.version) == ("archiver-pdf", reader.version())
    assert [(place.start, place.page) for place in drawn.places] == [(0, 1), (len(WORDS) + 1, 2)]
    assert found.complete


def test_the_same_bytes_give_the_same_text() -> None:
    file = Pdf().page(column(72, 700, [WORDS] * 30)).build()
    assert read(file).texts == read(file).texts


def test_bytes_that_are_a_pdf_are_one_whatever_they_are_called() -> None:
    assert texts.read(Pdf().page(text(72, 700, WORDS)).build(), content_type="text/html").texts[0].content == WORDS


def test_an_error_page_for_a_pdf_is_no_pdf() -> None:
    found = texts.read(
        b"<!DOCTYPE html><html><body><p>No such paper.</p></body></html>", content_type="application/pdf"
    )
    assert [item.layer for item in found.texts if item.layer is Layer.PDF] == []


def test_a_bomb_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """At a third of the memory, which lets others be read; at the whole of it with ``ARCHIVER_SIZES=long``."""
    if not LONG:
        monkeypatch.setattr(limits, "MEMORY", 340 << 20)
        words = f"from archiver.texts.pdf import limits, worker; limits.MEMORY = {limits.MEMORY}; worker.main()"
        monkeypatch.setattr(
            reader.children,
            "start",
            lambda _: subprocess.Popen(
                [sys.executable, "-P", "-c", words], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            ),
        )
    assert read(Pdf().page(text(72, 700, WORDS)).build()).texts[0].content == WORDS
    assert told(bomb(limits.MEMORY)).code == "pdf-limits"


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LONGEST", 0.01)
    assert "within 0.01 s" in told(Pdf().page(text(72, 700, WORDS)).build()).detail


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE", 10)
    assert "larger than" in told(Pdf().page(text(72, 700, WORDS)).build()).detail


def test_no_process_to_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> subprocess.Popen[bytes]:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(reader.children, "start", refuse)
    assert "no process could be started" in told(Pdf().page(text(72, 700, WORDS)).build()).detail


@pytest.mark.parametrize("answer", [{}, {"content": 3}, {"error": "pdf-limits", "why": "x"}])
def test_an_answer_of_another_shape_is_a_crash(answer: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_asked", lambda _: answer)
    assert told(Pdf().page(text(72, 700, WORDS)).build()).code == "pdf-limits"


def test_a_missing_page_is_one_whatever_its_medium() -> None:
    found = texts.read(Pdf().page(text(72, 700, WORDS)).build(), content_type="application/pdf", status=404)
    assert found.wall is not None
    assert found.wall.code == "no-such-page"


def test_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_LIBRARIES", ("no_such_library",))
    notice = told(Pdf().page(text(72, 700, WORDS)).build())
    assert (notice.code, "archiver[pdf]" in notice.detail) == ("pdf-extra", True)


def test_cut_bytes_make_the_text_incomplete() -> None:
    found = texts.read(Pdf().page(text(72, 700, WORDS)).build(), content_type="application/pdf", truncated="length")
    assert not found.complete


def test_damaged_files_of_every_kind_give_no_traceback(shared: Path) -> None:
    import random

    good = (shared / "corpus/pdf/pypdf/multilang.pdf").read_bytes()
    chance = random.Random(1)
    for changes in (1, 30, 300):
        data = bytearray(good)
        for _ in range(changes):
            data[chance.randrange(len(data))] = chance.randrange(256)
        found = read(bytes(data[: chance.randrange(len(data))]))
        assert all("\n" not in notice.detail for notice in found.notices)
        assert found.texts or found.notices


def test_a_file_that_takes_long_is_read_as_far_as_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process, since a child does not know of the patch."""
    from archiver.texts.pdf import document

    monkeypatch.setattr(document, "SECONDS", -1)
    with pytest.raises(document.Unreadable):
        document.read(Pdf().page(text(72, 700, WORDS)).build())
    clock = iter([0.0, 0.0, 9.0, 9.0, 9.0])
    monkeypatch.setattr(document, "SECONDS", 5)
    monkeypatch.setattr(document.time, "process_time", lambda: next(clock))
    read_so_far = document.read(Pdf().page(text(72, 700, WORDS)).page(text(72, 700, WORDS)).build())
    assert read_so_far["why"] == "only the first 1 of 2 pages were read"
    assert read_so_far["notices"][0][0] == "pdf-limits"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for the process under /proc")
def test_a_child_does_not_outlive_who_asked() -> None:
    """A parent that is killed while its child reads takes the child with it."""
    program = (
        "import subprocess, sys, time; child = subprocess.Popen([sys.executable, '-P', '-m', 'archiver.texts.pdf.worker']); "
        "print(child.pid, flush=True); time.sleep(600)"
    )
    # the child reads from us, who keep the pipe open: it does not end because its input does
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = Path("/proc") / parent.stdout.readline().decode().strip()
        _until(lambda: len(list((child / "task").iterdir())) > 1)  # the thread that looks after its parent
        assert _is_running(child)
        parent.kill()
        parent.wait()
        _until(lambda: not _is_running(child))


def _until(true: Callable[[], bool]) -> None:
    ended = time.monotonic() + 60
    while not true():
        assert time.monotonic() < ended
        time.sleep(0.05)


def _is_running(process: Path) -> bool:
    """False for one that has ended, though nobody has asked how."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
