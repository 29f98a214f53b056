"""What every fuzz target has in common: inputs that are changed at random, and what counts as a fault of one call."""

# ruff: noqa: E501  # lists of odd values are read as they stand

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FrameType

from archiver.errors import ArchiverError

SECONDS = 5.0
"""Processor time that one input may take."""

MEGABYTES = 500
"""Memory that one input of less than 1 MB may add."""

MOST_BYTES = 1 << 20
_HANG = 60  # seconds of processor time after which a call is broken off, so that its place is known
_STANDS = 900  # seconds by the clock after which one is that waits for something; a busy machine gives it little time


class Broken(AssertionError):
    """What must hold of every input does not hold of this one."""


class _Hangs(BaseException):  # no handler for errors may take it
    pass


@dataclass(frozen=True, slots=True)
class Target:
    """``make`` gives another input for each state of the chance, ``run`` hands it over; what it raises outside the error tree is a fault."""

    name: str
    make: Callable[[random.Random], bytes]
    run: Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """``what`` is one line, the same for the same fault as far as that can be said; ``trace`` is where it happened."""

    what: str
    trace: str
    data: bytes

    @property
    def name(self) -> str:
        return hashlib.sha256(self.data).hexdigest()[:12]


def trial(target: Target, data: bytes) -> Fault | None:
    """Hands one input to the target; None where nothing is wrong."""
    _reset_peak()
    before = _memory("VmRSS")
    began = time.process_time()
    try:
        with _broken_off():
            target.run(data)
    except ArchiverError:
        pass
    except (Exception, _Hangs) as error:  # noqa: BLE001  # that is what is looked for
        return _fault(error, data)
    took, more = time.process_time() - began, (_memory("VmHWM") - before) / 1024
    if took > SECONDS and len(data) <= MOST_BYTES:
        return Fault(f"takes {took:.1f} s of processor time", "", data)
    if more > MEGABYTES and len(data) <= MOST_BYTES:
        return Fault(f"takes {more:.0f} MB of memory", "", data)
    return None


def _fault(error: BaseException, data: bytes) -> Fault:
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if "/archiver/" in frame.filename] or frames
    last = inside[-1]
    said = " ".join(str(error).split())[:300]
    where = "" if isinstance(error, Broken) else f" at {Path(last.filename).name}:{last.lineno}"
    return Fault(f"{type(error).__name__.lstrip('_')}{where}: {said}", "".join(traceback.format_exception(error)), data)


@contextmanager
def _broken_off() -> Iterator[None]:
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def works(_: int, __: FrameType | None) -> None:
        raise _Hangs(f"not done after {_HANG} s of processor time")

    def stands(_: int, __: FrameType | None) -> None:
        raise _Hangs(f"not done after {_STANDS} s")

    before = signal.signal(signal.SIGPROF, works), signal.signal(signal.SIGALRM, stands)
    signal.setitimer(signal.ITIMER_PROF, _HANG)
    signal.alarm(_STANDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)
        for number, handler in zip((signal.SIGPROF, signal.SIGALRM), before, strict=True):
            signal.signal(number, handler)


def _reset_peak() -> None:
    with suppress(OSError):  # Linux only: elsewhere memory is not looked at
        Path("/proc/self/clear_refs").write_text("5")


def _memory(field: str) -> int:
    """In kB; 0 where the system does not say."""
    with suppress(OSError, ValueError, IndexError):
        return int(Path("/proc/self/status").read_text().split(f"{field}:", 1)[1].split(None, 1)[0])
    return 0


def mutated(data: bytes, chance: random.Random, words: Sequence[bytes] = (), others: Sequence[bytes] = ()) -> bytes:
    """Bytes flipped, taken out, put in, moved, repeated up to a megabyte, spliced with another input; ``words`` are those of the format."""
    edited = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 5, 9))):
        at = chance.randrange(len(edited) + 1)
        how = chance.randrange(9)
        if how == 0 and edited:
            edited[at % len(edited)] ^= 1 << chance.randrange(8)
        elif how == 1:
            edited[at:at] = chance.randbytes(chance.randint(1, 8))
        elif how == 2:
            del edited[at : at + chance.choice((1, 2, 5, 20, 200))]
        elif how in (3, 4) and words:
            word = chance.choice(words)
            edited[at : at + (len(word) if how == 3 else 0)] = word
        elif how == 5 and edited:
            start = chance.randrange(len(edited))
            edited[at:at] = edited[start : start + chance.choice((1, 4, 30, 300))]
        elif how == 6:
            _repeat(edited, at, chance, words)
        elif how == 7 and others:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            edited[at:] = other[start:]
        elif how == 8:
            edited[at:at] = chance.choice(ODD)
    return bytes(edited[:MOST_BYTES])


def _repeat(edited: bytearray, at: int, chance: random.Random, words: Sequence[bytes]) -> None:
    """What grows faster than the input shows where a piece stands many times, once and nested in itself."""
    length = chance.choice((1, 2, 3, 8, 20, 60))
    piece = bytes(edited[at : at + length]) or b"("
    if words and chance.random() < 0.5:
        piece = b"".join(chance.choice(words) for _ in range(chance.choice((1, 1, 2, 3)))) or piece
    times = chance.choice((3, 30, 300, 3000)) if chance.random() < 0.9 else 40_000
    edited[at:at] = piece * min(times, 50_000 // len(piece))


Seeds = Callable[[], Sequence[bytes]]


def changed(seeds: Seeds, words: Sequence[bytes] = ()) -> Callable[[random.Random], bytes]:
    """Inputs made from these seeds by chance; the seeds are made at the first need."""
    known = cache(lambda: tuple(seeds()))
    return lambda chance: mutated(chance.choice(known()), chance, words, known())


ODD = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", "\u202e".encode(), "\u0301".encode() * 5, "\u2028".encode(), b"\x85", b"\x0c", b"\r", b"\n\n",
    "\U000e0041".encode(), "\ufdfa".encode(), "İ".encode(), "ß".encode(), "\u00ad".encode(), b"9" * 5000, b"-1", b"1e999", b"99999999999999999999",
    b"&#x110000;", b"&#0;", b"%00", b"\x1b[31m", "\ud7ff\ue000\ufffe".encode(), "᷀".encode() * 40,
)  # fmt: skip


def fuzz(target: Target, seed: int, seconds: float = 0.0, most: int = 0) -> Iterator[tuple[int, Fault | None]]:
    """Inputs in a row, each numbered from 0: for so many seconds of processor time, children's included, or ``most`` of them. The same seed
    gives the same inputs."""
    end = _worked() + seconds
    number = 0
    while (number < most) if most else (_worked() < end):
        yield number, trial(target, target.make(random.Random(f"{target.name}/{seed}/{number}")))
        number += 1


def _worked() -> float:
    return sum(os.times()[:4])


def keep(folder: Path, target: Target, fault: Fault, seed: int, number: int) -> Path:
    """Writes what broke the target, and beside it what it was and how to repeat it."""
    place = folder / target.name
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"{fault.name}.bin"
    path.write_bytes(fault.data)
    how = f"python benchmarks/fuzz.py {target.name} --repeat {path}"
    about = {
        "what": fault.what,
        "seed": seed,
        "number": number,
        "how to repeat": how,
        "trace": fault.trace.splitlines(),
    }
    path.with_suffix(".json").write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return path
