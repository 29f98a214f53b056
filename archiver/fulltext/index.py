"""The index itself: what is put in, and what is found."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import log
from pathlib import Path
from typing import Any

from archiver.fulltext import schema, store, terms
from archiver.fulltext.filters import EVERYTHING, Filter
from archiver.fulltext.query import Query
from archiver.fulltext.reading import Content, read
from archiver.fulltext.store import Unavailable, UnusableIndex, telling
from archiver.fulltext.values import ORDERLESS, Alike, Candidate, Capture

_OMITTED = re.compile(r"[\[［〔][^\]］〕]*[\]］〕]|[(（]\s*(?:\.{3}|…|⋯)\s*[)）]|\.{3,}|…|⋯")
_MOST_ASKED = 40  # shingles of a quotation that are looked for
_ENOUGH = 12  # of them that no text has all of by chance
_COMMON = 2000  # parts, or texts, that have a shingle or word from which on it tells little
_USUAL = 700  # shingles of a part
_MOST_VOTES = 200_000
_EMPTIED = "The search index was emptied by another process meanwhile; try again."
_LEAST_OF_BEST = 0.4  # of the most that any text has
_NEAR = 5  # shingles within which two must stand
_BY_CHANCE = 2  # such pairs that texts have by chance
_MOST_WEIGHED = 20_000
MOST_CAPTURES = 1000
_MOST_PAGES = 50
_FEW = 6  # shingles that some texts have by chance
_PAGE = 500
_AT_ONCE = 250  # texts that are handed to SQLite by one statement, as one string in memory
_RARE_WORDS = 12
_MOST_WEIGHED_ROWS = 60_000
_SCALE = 100
_MOST_SAMPLED = 384  # shingles of a text that copies are looked for with; a statement of SQLite takes 500

_CHANCE = 4.0  # standard deviations


class Fulltext:
    """An open index; use it as a context manager, in one thread at a time. ``path`` is None for one in memory."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self._connection = connection
        self.path = path
        self._name = path or "in memory"
        self._generation = self._now()

    def __enter__(self) -> Fulltext:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    # what is in it

    def about(self) -> dict[str, str]:
        """What was written down of the archive that it is of."""
        return {str(name): str(value) for name, value in self._all("SELECT name, value FROM about")}

    def size(self) -> tuple[int, int]:
        """(captures, different texts)."""
        row = self._all("SELECT (SELECT count(*) FROM captures), (SELECT count(*) FROM texts)")[0]
        return int(row[0]), int(row[1])

    def bytes_used(self) -> int:
        """The size of its file."""
        return int(self._all("PRAGMA page_count")[0][0]) * int(self._all("PRAGMA page_size")[0][0])

    def digests(self) -> set[bytes]:
        """Under which digests there are texts."""
        return {bytes(row[0]) for row in self._all("SELECT digest FROM texts")}

    def has(self, digest: bytes) -> bool:
        """Whether there is a text under a digest."""
        return bool(self._all("SELECT 1 FROM texts WHERE digest = ?", digest))

    def keep_little(self) -> None:
        """Lets go of memory, and takes little of it from here on: for one that is kept open to be asked now and then."""
        self._all("PRAGMA cache_size=-6000")
        self._all("PRAGMA shrink_memory")

    def captures(self, text: int, where: Filter = EVERYTHING) -> list[str]:
        """The ids of the snapshots that have a text, newest first, the first thousand."""
        condition, values = where.condition()
        rows = self._all(
            f"SELECT snapshot FROM captures WHERE text = ? AND {condition} ORDER BY captured_at DESC, leaf DESC LIMIT {MOST_CAPTURES}",  # noqa: S608
            text,
            *values,
        )
        return [str(row[0]) for row in rows]

    def pages(self, text: int) -> list[str]:
        """The keys of the pages that have a text, some of them where there are very many."""
        rows = self._all(f"SELECT DISTINCT page FROM captures WHERE text = ? LIMIT {_MOST_PAGES}", text)  # noqa: S608
        return [str(row[0]) for row in rows]

    # putting in

    def clear(self) -> None:
        """Takes everything out, so that nothing of it is left in the file."""
        with telling(self._name):
            store.clear(self._connection)
            self._connection.execute("VACUUM")
        self._generation = self._now()

    def add(self, captures: Sequence[Capture], contents: Mapping[bytes, Content], about: Mapping[str, str]) -> None:
        """Puts captures in, all or none, and writes down ``about``. ``contents`` has the texts that are not there yet; what another
        process put in meanwhile stays. Raises Unavailable, also where another process emptied the index since it was opened."""
        run = self._connection.execute
        with telling(self._name):
            run("BEGIN IMMEDIATE")
            try:
                if self._now() != self._generation:
                    raise Unavailable(_EMPTIED)
                numbers = self._add_texts(contents)
                rows = []
                for item in captures:
                    number = numbers.get(item.digest) or self._number(item.digest)
                    if number is None:
                        raise Unavailable(_EMPTIED)
                    rows.append((item.leaf, item.snapshot, number, item.captured_at, item.page))
                self._connection.executemany("INSERT OR REPLACE INTO captures VALUES (?, ?, ?, ?, ?)", rows)
                self._connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", list(about.items()))
                run("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    run("ROLLBACK")
                raise

    def _now(self) -> str:
        return str(self._all("SELECT value FROM about WHERE name = 'generation'")[:1])

    def _number(self, digest: bytes) -> int | None:
        rows = self._connection.execute("SELECT id FROM texts WHERE digest = ?", (digest,)).fetchall()
        return int(rows[0][0]) if rows else None

    def _add_texts(self, contents: Mapping[bytes, Content]) -> dict[bytes, int]:
        run = self._connection.execute
        text, part = run(
            "SELECT (SELECT coalesce(max(id), 0) FROM texts), (SELECT coalesce(max(id), 0) FROM parts)"
        ).fetchone()
        numbers: dict[bytes, int] = {}
        words: list[str] = []
        parts: list[tuple[int, int, int]] = []
        shingles: list[str] = []
        for digest, content in contents.items():
            if self._number(digest) is not None:
                continue
            words.append(content.words)
            numbers[digest] = text + len(words)
            for names, size in content.parts:
                shingles.append(names)
                parts.append((part + len(shingles), numbers[digest], size))
        self._connection.executemany("INSERT INTO texts VALUES (?, ?)", [(n, digest) for digest, n in numbers.items()])
        self._connection.executemany("INSERT INTO parts VALUES (?, ?, ?)", parts)
        # one statement for many, so that other threads run meanwhile: SQLite gives Python's lock back only while a statement runs
        for table, first, values in (("words", text + 1, words), ("shingles", part + 1, shingles)):
            put = f"INSERT INTO {table} (rowid, x) SELECT key + ?, value FROM json_each(?)"  # noqa: S608
            for at in range(0, len(values), _AT_ONCE):
                run(put, (first + at, json.dumps(values[at : at + _AT_ONCE], ensure_ascii=False)))
        return numbers

    def settle(self) -> None:
        """Merges what was put in piece by piece, after much of it; the file gets smaller and quicker."""
        with telling(self._name):
            for table in schema.FULL_TEXT:
                self._connection.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608
            self._connection.execute("VACUUM")

    # finding

    def words(self, query: Query, where: Filter = EVERYTHING) -> Iterator[int]:
        """Texts that have the words, those that came last first; with others where the query is not ``exact``."""
        at = 1 << 62
        while found := self._words(query, where, at):  # in pages, so that nobody who writes has to wait for who reads
            yield from found
            at = found[-1]

    def _words(self, query: Query, where: Filter, before: int) -> list[int]:
        sql, values = "SELECT rowid FROM words WHERE words MATCH ?", [query.expression()]
        for phrase in query.needed():
            numbers = terms.names(phrase.shingles()).split()
            sql += " AND rowid IN (SELECT p.text FROM shingles s JOIN parts p ON p.id = s.rowid WHERE shingles MATCH ?)"
            values.append(_every(numbers))
        sql += f" AND rowid < {before} ORDER BY rowid DESC LIMIT {_PAGE}"
        return [int(row[0]) for row in self._rows(*self._filtered(sql, "rowid", values, where))]

    def count(self, query: Query, where: Filter = EVERYTHING) -> int:
        """How many texts have the words; at most so many where the query is not ``exact``."""
        sql = "SELECT count(*) FROM words WHERE words MATCH ?"
        with telling(self._name):
            return int(
                self._connection.execute(*self._filtered(sql, "rowid", [query.expression()], where)).fetchone()[0]
            )

    def passages(
        self,
        quotation: str,
        where: Filter = EVERYTHING,
        most: int = _MOST_WEIGHED,
        orderless: Callable[[], bool] = lambda: True,
    ) -> Iterator[Candidate]:
        """Texts that may have a quotation, the likeliest first: those with all of it, then those with much of it, last those that
        have many of its words, whatever their order; of the latter two ``most`` each. The last are dear: ``orderless`` is asked, once the others
        have been given, whether they are wanted."""
        pieces = [terms.read(terms.cut(piece)) for piece in _OMITTED.split(quotation)]
        numbers = list(dict.fromkeys(name for piece in pieces for name in terms.names(piece.shingles).split()))
        words = sorted(word.decode() for word in set[bytes]().union(*(piece.words for piece in pieces)))
        seen: set[int] = set()
        for find in (self._whole, self._much, self._of_words):
            if find == self._of_words and not orderless():
                return
            for candidate in find(_spread(numbers, _MOST_ASKED), words, where, most):
                if candidate.text not in seen:
                    seen.add(candidate.text)
                    yield candidate

    def _whole(self, numbers: list[str], words: list[str], where: Filter, _: int) -> Iterator[Candidate]:
        """Those with all shingles, every one of them; where these are few, so that chance may give them, with all words too."""
        if not numbers:
            return
        sql = "SELECT s.rowid, p.text FROM shingles s JOIN parts p ON p.id = s.rowid WHERE shingles MATCH ?"
        values = [_every(_spread(numbers, _ENOUGH))]
        if len(numbers) < _FEW and words:
            sql += " AND p.text IN (SELECT rowid FROM words WHERE words MATCH ?)"
            values.append(_every(words))
        at = 1 << 62
        while True:
            page = f"{sql} AND s.rowid < {at} ORDER BY s.rowid DESC LIMIT {_PAGE}"
            found = self._numbers(*self._filtered(page, "p.text", values, where))
            for _, text in found:
                yield Candidate(text, 1.0)
            if len(found) < _PAGE:
                return
            at = found[-1][0]

    def _much(self, numbers: list[str], words: list[str], where: Filter, most: int) -> Iterator[Candidate]:
        """Those with two shingles or more that stand near one another; where no one has many, those first that have many of the words too."""
        asked = [
            f'"{name}" AND ({_any(after)})'
            for at, name in enumerate(numbers)
            if (after := numbers[at + 1 : at + 1 + _NEAR])
        ]
        found = self._votes("shingles", asked, 1, where, _MOST_WEIGHED) if asked else []
        votes = dict(
            reversed([item for item in found if item[1] >= found[0][1] * _LEAST_OF_BEST])
        )  # of several parts the best
        ranks: dict[int, float] = dict(votes)
        if len(votes) > 1 and found[0][1] <= _BY_CHANCE:
            known = self._rarest("words", words)[:_RARE_WORDS]
            for word in known:
                # the plus keeps SQLite from asking anew for each of the texts
                sql = "SELECT rowid FROM words WHERE words MATCH ? AND +rowid IN (SELECT value FROM json_each(?))"
                for (text,) in self._numbers(sql, (f'"{word}"', json.dumps(list(votes)))):
                    ranks[text] += _BY_CHANCE / len(known)
        for text in sorted(votes, key=lambda text: (-ranks[text], -text))[:most]:
            yield Candidate(text, min(0.99, (votes[text] + 1) / len(numbers)))

    def _of_words(self, numbers: list[str], words: list[str], where: Filter, most: int) -> Iterator[Candidate]:
        """Those with many of the words, whatever their order, and with single shingles; what is rare counts for more."""
        rare = [*self._counted("words", words)[:_RARE_WORDS], *self._counted("shingles", numbers)]
        texts = self._texts()
        asked: list[tuple[str, str, int]] = []
        total = 0
        for count, name, table in sorted(rare):
            total += count
            if asked and total > _MOST_WEIGHED_ROWS:
                break
            # an erasure may have emptied the index since they were counted
            asked.append((table, f'"{name}"', max(1, round(_SCALE * log(max(texts, count) / count)))))
        if not asked:
            return
        one = {
            "words": "SELECT rowid AS at, {} AS weight FROM words WHERE words MATCH ?",
            "shingles": "SELECT p.text AS at, {} AS weight FROM shingles s JOIN parts p ON p.id = s.rowid WHERE shingles MATCH ?",
        }
        every = " UNION ALL ".join(one[table].format(weight) for table, _, weight in asked)
        found = f"SELECT at, sum(weight) AS weight, count(*) AS votes FROM ({every}) GROUP BY at"  # noqa: S608
        sql = f"SELECT at, weight FROM ({found}) WHERE votes >= {min(2, len(asked))} ORDER BY weight DESC, at DESC LIMIT {most}"  # noqa: S608
        whole = sum(weight for _, _, weight in asked)
        for text, weight in self._numbers(*self._filtered(sql, "at", [match for _, match, _ in asked], where)):
            yield Candidate(text, ORDERLESS / 2 * min(1.0, weight / whole))

    def alike(self, text: str, most: int = 50) -> list[Alike]:
        """Texts that share passages with a text, by how much: more of its shingles than chance would give them."""
        content = read([text])
        numbers = sorted({name for names, _ in content.parts for name in names.split()})
        asked = [f'"{name}"' for name in self._rarest("shingles", _spread(numbers, _MOST_SAMPLED))]
        if not asked:
            return []
        out: dict[int, Alike] = {}
        for part, votes in self._votes(
            "shingles", asked, max(1, min(4, len(asked) // 2)), EVERYTHING, 4000, parts=True
        ):
            row = self._numbers("SELECT text, size FROM parts WHERE id = ?", (part,))
            if not row:
                continue
            of, size = row[0]
            chance = len(asked) * size / terms.BUCKETS
            sure = votes - chance
            if sure <= _CHANCE * (chance + 0.25) ** 0.5:
                continue
            shared = min(1.0, sure / len(asked))
            found = Alike(of, shared, min(1.0, shared * len(numbers) / max(1, size)))
            if of not in out or found.shared > out[of].shared:
                out[of] = found
        return sorted(out.values(), key=lambda item: (-max(item.shared, item.of_it), -item.shared, -item.text))[:most]

    def _counted(self, table: str, asked: Sequence[str]) -> list[tuple[int, str, str]]:
        """(how many texts or parts have it, what was asked for, the table), the rarest first; at most so many, beyond which it tells little."""
        # of the shingles each is in so many parts by chance
        tells = self._texts() // 10 if table == "words" else self._parts() * 4 * _USUAL // terms.BUCKETS
        most = max(_COMMON, tells)
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT {most})"  # noqa: S608
        counted = [(int(self._all(sql, f'"{name}"')[0][0]), name, table) for name in asked]
        return sorted(item for item in counted if item[0])

    def _rarest(self, table: str, asked: Sequence[str]) -> list[str]:
        """What was asked for and is there, the rarest first, as far as it tells anything and is quickly gone through."""
        out: list[str] = []
        total = 0
        for count, name, _ in self._counted(table, asked):
            total += count
            if out and (count >= _COMMON or total > _MOST_VOTES):
                break
            out.append(name)
        return out

    def _texts(self) -> int:
        return int(self._all("SELECT coalesce(max(id), 0) FROM texts")[0][0])

    def _parts(self) -> int:
        return int(self._all("SELECT coalesce(max(id), 0) FROM parts")[0][0])

    def _votes(
        self, table: str, asked: Sequence[str], least: int, where: Filter, most: int, *, parts: bool = False
    ) -> list[tuple[int, int]]:
        """(text or part, how many of the expressions it answers), the most first."""
        one = f"SELECT rowid AS at FROM {table} WHERE {table} MATCH ?"  # noqa: S608
        votes = f"SELECT at, count(*) AS votes FROM ({' UNION ALL '.join([one] * len(asked))}) GROUP BY at HAVING votes >= {least}"  # noqa: S608
        text = "p.text" if table == "shingles" and not parts else "at"
        join = "JOIN parts p ON p.id = at" if text == "p.text" else ""
        sql = f"SELECT {text}, votes FROM ({votes}) {join} WHERE 1"  # noqa: S608
        order = f" ORDER BY votes DESC, at DESC LIMIT {most}"
        found = self._numbers(*self._filtered(sql + order, text, list(asked), where))
        return [(text, votes) for text, votes in found]

    def _filtered(self, sql: str, column: str, values: list[str], where: Filter) -> tuple[str, list[Any]]:
        if not where:
            return sql, values
        condition, more = where.condition()
        head, order, tail = sql.partition(" ORDER BY")
        return f"{head} AND {column} IN (SELECT text FROM captures WHERE {condition}){order}{tail}", [*values, *more]  # noqa: S608

    def _rows(self, sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        with telling(self._name):
            return self._connection.execute(sql, values).fetchall()

    def _numbers(self, sql: str, values: Sequence[object]) -> list[tuple[int, ...]]:
        """Rows of numbers; raises UnusableIndex where somebody wrote something else."""
        rows = self._rows(sql, values)
        if any(type(value) is not int for row in rows for value in row):
            raise UnusableIndex(f"The search index {self._name} has a row that is not what `archiver` writes.")
        return rows

    def _all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self._rows(sql, values)


def _every(names: Sequence[str]) -> str:
    return " AND ".join(f'"{name}"' for name in names)


def _any(names: Sequence[str]) -> str:
    return " OR ".join(f'"{name}"' for name in names)


def _spread(items: list[str], most: int) -> list[str]:
    """So many of them, from all over."""
    if len(items) <= most:
        return items
    return [items[at * len(items) // most] for at in range(most)]
