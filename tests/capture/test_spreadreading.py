"""A run that is ended records no page without the texts that others were drawing, and what they cannot draw is drawn here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from clusters import Direct
from website import STORY

from archiver.capture import ReadingPool, read_here, readers
from archiver.capture import spreadreading as rules
from archiver.capture.spreadreading import SpreadReading
from archiver.errors import Stopped
from archiver.hands import Answers, lend
from archiver.model import Exchange

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
PAGE = Exchange(
    url="http://example.org/", request=b"", response=HEAD + STORY, interim=b"", head_length=len(HEAD), http_version="1.1",
    status=200, reason="OK", headers=(("Content-Type", "text/html"),), body=STORY, truncated=None, address="127.0.0.1", port=80,
    protocols=("http/1.1",), cipher=None, certificates=(), started=datetime.now(UTC), ended=datetime.now(UTC),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _no_children(monkeypatch: pytest.MonkeyPatch) -> None:
    class Here(ReadingPool):
        def __init__(self, workers: int | None = None) -> None:
            del workers

        def draw(self, task: dict[str, Any]) -> Any:
            from archiver import texts

            return texts.read(**task)

    monkeypatch.setattr(rules, "ReadingPool", Here)
    monkeypatch.setattr(rules, "LazyPool", _Fallback)


class _Fallback:
    def __call__(self, exchange: Exchange, *, references: bool = False) -> str:
        return f"{exchange.url} read by a child of this process, with references: {references}"

    def halt(self) -> None: ...

    def close(self) -> None: ...


def test_hands_that_were_lent_read_what_this_process_reads() -> None:
    hands = Direct()
    with lend(hands), readers() as read:
        assert read(PAGE, references=True) == read_here(PAGE, references=True)
    assert hands.sizes == [1]
    rules._pools.clear()


def test_what_they_cannot_do_a_child_of_this_process_does() -> None:
    with SpreadReading(Direct(able=lambda _: False)) as read:
        assert read(PAGE) == "http://example.org/ read by a child of this process, with references: False"


def test_a_run_that_is_ended_takes_no_reading() -> None:
    class Ended(Direct):
        def submit(self, do: Any, tasks: Sequence[Any]) -> Any:
            assert (do, len(tasks)) == (rules.read_sent, 1)
            read.halt()
            return self

        def answers(self, halted: Callable[[], bool] | None = None) -> Answers | None:
            assert halted is not None
            assert halted()
            return None

    with SpreadReading(Ended()) as read:
        with pytest.raises(Stopped, match="was being read when the run was ended"):
            read(PAGE)
        with pytest.raises(Stopped):
            read(PAGE)
