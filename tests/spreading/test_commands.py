"""Commands whose work is spread say and record what they say and record without."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clusters import kill, local
from conftest import Ran
from website import Website, article

from archiver.archive import Archive
from archiver.spreading.cluster import Cluster
from archiver.verification.worker import Crew

Run = Callable[..., Ran]

WORDS = "The ferry over the Lorn will sail at noon on each day of the week number {}, says the county, and on no other."


@pytest.fixture
def pages(tmp_path: Path, site: Website) -> None:
    urls = [site.put(f"/{n}", article(f"Ferry {n}", WORDS.format(n), WORDS.format(n + 100))) for n in range(5)]
    (tmp_path / "urls").write_text("\n".join(urls))
    rows = [{"url": url, "quote": f"day of the week number {n}, says the county"} for n, url in enumerate(urls)]
    (tmp_path / "table.jsonl").write_text("\n".join(json.dumps(row) for row in rows))


def recorded(root: Path) -> list[Any]:
    """What is recorded of each page but for times and addresses in the archive."""
    with Archive.open(root) as archive:
        found = [archive.catalogue.snapshot(item.id) for item in archive.catalogue.snapshots()]
        return sorted(
            (item.url, item.payload_sha256, item.info, [text.content for text in archive.texts(item)]) for item in found
        )


def test_spread_over_workers_it_is_the_same(
    archiver: Run, pages: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="the extra [scale] is not installed")
    submit, done = Cluster.submit, set()

    def noted(self: Cluster, do: Any, tasks: Any) -> Any:
        done.add(do.__name__)
        return submit(self, do, tasks)

    monkeypatch.setattr(Cluster, "submit", noted)
    for name in ("plain", "spread"):
        assert archiver("init", name).code == 0
    with local(workers=1) as cluster:
        there = ("--scheduler", cluster.scheduler_address)
        said = archiver("snapshot", "--archive", "spread", "--input", "urls", *there)
        assert (said.code, said.err.count(f"went to the workers of the scheduler at {there[1]}")) == (0, 1)
        assert archiver("snapshot", "--archive", "plain", "--input", "urls").code == 0
        assert recorded(tmp_path / "spread") == recorded(tmp_path / "plain")
        judged = [
            [
                (line["verdict"], line["matches"])
                for line in archiver("check", "table.jsonl", "--archive", name, "--json", *more).lines
            ]
            for name, more in (("spread", there), ("plain", ()))
        ]
        assert judged[0] == judged[1]
        assert {verdict for verdict, _ in judged[0]} == {"verbatim"}
        found = [
            archiver("search", "--archive", name, "--json", "day of the week number 3, says the county", *more).lines
            for name, more in (("spread", there), ("plain", ()))
        ]
        assert [(hits[0]["url"][-2:], hits[0]["verdict"], len(hits)) for hits in found] == [("/3", "verbatim", 5)] * 2
        assert archiver("rebuild", "--archive", "spread", *there).code == 0
        (segment,) = (tmp_path / "spread" / "warc").rglob("*.warc.gz")
        damaged = bytearray(segment.read_bytes())
        damaged[len(damaged) // 2] ^= 1
        segment.write_bytes(damaged)
        checked = [archiver("verify", "--archive", "spread", "--json", *more) for more in ((), there)]
        assert checked[0].code == checked[1].code == 1
        assert checked[0].lines == checked[1].lines
    assert done == {"read_sent", "cut_sent", "check_sent"}


def test_verify_loses_nothing_with_a_worker_that_dies(
    archiver: Run, pages: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="the extra [scale] is not installed")
    archiver("init", "archive")
    archiver("snapshot", "--input", "urls")
    _, expected = (archiver("verify", "--json").lines for _ in range(2))  # the second knows the log from the first
    run = Crew.run
    with local() as cluster:

        def dying(self: Crew, tasks: Any) -> Any:
            if len(cluster.scheduler.workers) == 2:
                kill(cluster, 0)
            return run(self, tasks)

        monkeypatch.setattr(Crew, "run", dying)
        assert archiver("verify", "--json", "--scheduler", cluster.scheduler_address).lines == expected
        assert len(cluster.scheduler.workers) == 1


def test_where_it_does_not_go_it_is_refused(archiver: Run) -> None:
    archiver("init", "archive")
    for call, why in (
        (("snapshot", "https://example.org/", "--scheduler", "local"), "--scheduler goes with a list"),
        (("verify", "--offline", "--scheduler", "tcp://192.0.2.1:8786"), "--offline forbids a scheduler at an address"),
        (("verify", "x.wacz", "--scheduler", "local"), "--scheduler are for archives"),
    ):
        ran = archiver(*call)
        assert ran.code == 2
        assert why in ran.err
