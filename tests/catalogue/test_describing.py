"""The catalogue in words: nothing of the schema is left out, and the questions have the answers that docs/sql.md shows."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from archiver.archive import Archive
from archiver.catalogue import schema
from archiver.catalogue.describing import QUESTIONS, TABLES, Question, metadata

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/sql.md").read_text(encoding="utf-8")
QUOTE = "q-279786267cd4"
ELSEWHERE = ("since_changed", "weak_captures", "not_fetched")
"""What the archive in the repository has nothing of."""


def asked(connection: sqlite3.Connection, question: Question, quote: str = QUOTE) -> list[list[str]]:
    """What ``sqlite3 -header`` prints."""
    found = connection.execute(question.sql, {"quote": quote} if ":quote" in question.sql else {})
    rows = [["" if value is None else str(value) for value in row] for row in found]
    return [[column[0] for column in found.description], *rows]


@pytest.fixture(scope="module")
def sample() -> Iterator[sqlite3.Connection]:
    with Archive.open(ROOT / "archive") as archive:
        yield archive.catalogue.connection.conn


def test_every_table_and_column_is_described() -> None:
    assert {name: tuple(table.columns) for name, table in TABLES.items()} == schema.columns()
    words = [text for table in TABLES.values() for text in (table.words, *table.columns.values())]
    assert [text for text in words if not text.endswith(".")] == []
    assert [name for name, table in TABLES.items() if table.label and table.label not in table.columns] == []


def test_every_table_is_in_the_page() -> None:
    assert [name for name in TABLES if f"`{name}`" not in PAGE] == []


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_the_page_shows_each_question_with_its_answer(sample: sqlite3.Connection, question: Question) -> None:
    shown = re.search(
        rf"### {re.escape(question.title)}\n\n`{question.name}`\n\n```sql\n(.*?)\n```\n\n```\n(.*?)\n```\n",
        PAGE,
        re.DOTALL,
    )
    assert shown is not None
    assert shown[1] == question.sql
    head, *rows = (line.split("|") for line in shown[2].splitlines())
    answer = asked(sample, question)
    assert head == answer[0]
    assert rows
    if question.name not in ELSEWHERE:
        assert rows == answer[1:]


def test_questions_that_the_sample_has_nothing_of() -> None:
    questions = {question.name: question for question in QUESTIONS}
    with closing(sqlite3.connect(":memory:")) as connection:
        schema.migrations.apply(Database(connection))

        def add(table: str, **values: object) -> None:
            connection.execute(
                f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",  # noqa: S608
                tuple(values.values()),
            )

        add("snapshots", id="s-1", surt="a", url="A", status=200, complete=1)
        add("snapshots", id="s-2", surt="b", url="B", status=404, complete=1, wall='{"code": "no-such-page"}')
        add("snapshots", id="s-3", surt="c", url="C", status=200, complete=1, origin='{"kind": "supplied"}')
        add("quotes", id="q-1", leaf=1, snapshot="s-1", verdict="verbatim", url="A")
        add("quotes", id="q-2", leaf=2, snapshot="s-3", verdict="absent", url="C")
        add("rechecks", id="r-1", leaf=3, surt="a", url="A", drift="gone", time="1")
        add("rechecks", id="r-2", leaf=4, surt="a", url="A", drift="quote-altered", time="2")
        changed, weak, given = (asked(connection, questions[name])[1:] for name in ELSEWHERE)
        assert changed == [["A", "quote-altered", "2", "1"]]
        assert weak == [["s-2", "B", "404", "no-such-page"]]
        assert given == [["q-2", "supplied", "absent", "C"]]
        add("rechecks", id="r-3", leaf=5, surt="a", url="A", drift="unchanged", time="3")
        assert asked(connection, questions["since_changed"])[1:] == []


def test_the_metadata_is_json_in_the_form_of_datasette() -> None:
    (database,) = json.loads(json.dumps(metadata()))["databases"].values()
    assert database["tables"]["quotes"]["columns"]["verdict"].startswith("verbatim")
    assert database["tables"]["_sqlite_migrations"] == {"hidden": True}
    assert set(database["queries"]["room"]) == {"title", "sql"}
