from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from archiver.catalogue import Alert, State, Watched, WatchState, forget_watched
from archiver.errors import ArchiveError

ONE = Watched("org,example)/1", "https://example.org/1", False, 60.0, 100.0)
ALERT = Alert("r-1", ONE.url, "2026-11-21T12:00:00Z", "gone", "Page gone", "It is gone.\n", {"kind": "gone"})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.db"


def test_it_stands_beside_what_else_is_remembered(path: Path) -> None:
    with State(path) as state:
        state.begin_run("a", 10, "t1", fresh=False)
    with WatchState(path) as watch:
        assert (watch.sources(), watch.mark(), watch.next_due(), watch.heard()) == ([], None, None, 0.0)
    with State(path) as state:
        assert state.begin_run("a", 20, "t2", fresh=False) == (10, "t1")
    path.write_bytes(b"nonsense" * 1000)
    with pytest.raises(ArchiveError, match="no evidence"):
        WatchState(path)


def test_sources_come_stay_and_go(path: Path) -> None:
    with WatchState(path) as watch:
        assert watch.add_cited([(ONE.key, ONE.url), ("k2", "https://example.org/2")], 60.0, 100.0) == 2
        assert watch.add_cited([(ONE.key, ONE.url)], 60.0, 999.0) == 0
        assert watch.sources() == [Watched("k2", "https://example.org/2", False, 60.0, 100.0), ONE]
        assert not watch.add(ONE.key, ONE.url, 7.0, 60.0, 200.0)
        assert watch.remove("k2", "https://example.org/2", 100.0)
        assert not watch.remove("k2", "https://example.org/2", 100.0)
        assert watch.add_cited([("k2", "https://example.org/2")], 60.0, 100.0) == 0  # a person took it away
        assert [(item.key, item.interval, item.added) for item in watch.sources()] == [(ONE.key, 7.0, True)]
        assert watch.keys() == {ONE.key, "k2"}
        assert watch.add("k2", "https://example.org/2", None, 60.0, 300.0)
        assert (watch.count(), watch.next_due()) == (2, 100.0)


def test_what_is_due_and_what_a_wrong_clock_put_off(path: Path) -> None:
    with WatchState(path) as watch:
        for key, now in (("late", 50.0), ("now", 100.0), ("later", 200.0), ("lost", 1e12)):
            watch.add(key, f"https://example.org/{key}", None, 60.0, now)
        assert [item.key for item in watch.due(100.0, 1e6)] == ["late", "now", "lost"]
        watch.put_off(["late", "later"], 150.0)
        assert {item.key: item.due for item in watch.sources()} == {"now": 100, "late": 150, "later": 200, "lost": 1e12}


def test_hosts_that_are_left_alone(path: Path) -> None:
    with WatchState(path) as watch:
        watch.hold("a", 200.0)
        watch.hold("b", 90.0)
        watch.hold("c", 1e12)
        assert watch.held(100.0, 1e6) == {"a": 200.0}
        assert watch.held(300.0, 1e6) == {}


def test_what_is_taken_in_is_one_step_and_an_alert_is_known_by_its_id(path: Path) -> None:
    with WatchState(path) as watch:
        watch.add_cited([(ONE.key, ONE.url)], ONE.interval, ONE.due)
        changed = replace(ONE, due=500.0, drift="gone", told={"away": True})
        assert watch.take_in([changed], [ALERT], ["feed", "webhook"], 7, 90.0) == [ALERT]
        assert watch.take_in([changed], [ALERT], ["feed", "webhook", "command"], 8, 0.0) == []
    with WatchState(path) as watch:
        assert (watch.source(ONE.key), watch.mark(), watch.heard()) == (changed, 8, 90.0)
        assert watch.alerts(10) == [ALERT]
        assert [item.channel for item in watch.deliveries([ALERT.id])[ALERT.id]] == ["feed", "webhook"]


def test_a_look_that_is_taken_in_takes_back_nothing_that_a_person_decided_meanwhile(path: Path) -> None:
    with WatchState(path) as watch, WatchState(path) as other:
        watch.add_cited([("away", "https://e.org/away"), ("named", "https://e.org/named")], 60.0, 100.0)
        seen = [replace(item, looked="t", due=500.0) for item in watch.sources()]
        other.remove("away", "https://e.org/away", 110.0)
        other.add("named", "https://e.org/named", None, 60.0, 110.0)
        watch.take_in([*seen, replace(ONE, looked="t")], [], (), 1, 0.0)  # ONE was erased meanwhile
        assert [(item.key, item.added, item.due) for item in watch.sources()] == [("named", True, 500.0)]
        assert watch.keys() == {"away", "named"}


def test_what_speaks_of_an_erased_page_goes_and_the_rest_stays(path: Path) -> None:
    forget_watched(path, lambda _: True, lambda _: False)  # where there is none, nothing is made
    assert not path.exists()
    other = Watched("k2", "https://example.org/2", True, 60.0, 100.0, looked="2026-11-21T12:00:00Z")
    looked = replace(ONE, looked="2026-11-21T12:00:00Z")
    new = Watched("k3", "https://example.org/3", True, 60.0, 100.0)
    told = [
        replace(ALERT, data={"snapshot": "s-1", "quotes": []}),
        replace(ALERT, id="r-2", url=other.url, data={"snapshot": "s-2"}),
    ]
    of_quote = replace(
        ALERT, id="r-3", url=other.url, data={"snapshot": None, "quotes": [{"id": "q-1", "quote": "secret words"}]}
    )
    with WatchState(path) as watch:
        watch.add_cited([(item.key, item.url) for item in (looked, other, new)], ONE.interval, ONE.due)
        watch.take_in([looked, other, new], [*told, of_quote], ["webhook"], 5, 0.0)
    forget_watched(path, {"q-1"}.__contains__, {"k2"}.__contains__)
    with WatchState(path) as watch:
        assert [item.key for item in watch.sources()] == [
            "k2",
            "k3",
        ]  # one that was never captured says nothing of what was erased
        assert [alert.id for alert in watch.alerts(10)] == ["r-2"]
        assert (watch.undelivered(["webhook"]), watch.mark()) == (1, 5)
    assert b"secret words" not in path.read_bytes()


@pytest.mark.parametrize(
    "change",
    [
        "watched SET told = '['", "watched SET told = '[1]'", "watched SET told = '{\"quotes\": 5}'", "watched SET due = 'x'",
        "alerts SET data = '{'", "alerts SET data = '[]'", "alerts SET data = '{\"quotes\": 1}'", "deliveries SET tries = 'x'",
    ],
)  # fmt: skip
def test_what_no_archiver_wrote_is_said_and_no_fault_of_ours(path: Path, change: str) -> None:
    with WatchState(path) as state:
        state.add_cited([(ONE.key, ONE.url)], 60.0, 100.0)
        state.take_in([], [ALERT], ["feed"], 1, 0.0)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(f"UPDATE {change}")
    with WatchState(path) as state:
        read = state.sources if change.startswith("watched") else partial(state.to_deliver, "feed", 1.0, 2.0)
        with pytest.raises(ArchiveError, match="can be moved away"):
            read()


def test_deliveries_wait_and_are_done(path: Path) -> None:
    with WatchState(path) as watch:
        second = replace(ALERT, id="r-2")
        watch.take_in([], [ALERT, second], ["webhook"], 1, 0.0)
        ((_, owed), (_, other)) = watch.to_deliver("webhook", 0.0, 1e6)
        watch.put_delivery(replace(owed, tries=1, next_try=50.0, error="down"))
        assert [alert.id for alert, _ in watch.to_deliver("webhook", 49.0, 1e6)] == ["r-2"]
        assert [alert.id for alert, _ in watch.to_deliver("webhook", 50.0, 1e6)] == ["r-1", "r-2"]
        watch.put_delivery(replace(other, delivered="2026-11-21T12:00:00Z"))
        assert (watch.undelivered(["webhook"]), watch.undelivered(["feed"]), watch.undelivered([])) == (1, 0, 0)
        assert watch.next_try(["webhook"]) == 50.0
