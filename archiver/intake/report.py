"""What became of a file that was handed in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

MAX_PROBLEMS = 1000
"""Problems of one file that are kept; of the rest only the number."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands: ``offset`` in its bytes, and for what was compressed ``inner``, the bytes behind that when
    inflated."""

    offset: int
    inner: int = 0

    def __str__(self) -> str:
        return f"byte {self.offset}" + (f" (and {self.inner} inflated)" if self.inner else "")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be: ``wrong`` where the file is damaged or says what does not hold, else a remark.

    ``code`` is a stable word, ``detail`` one clause that names no address of a page, so that it can outlive an erasure.
    """

    code: str
    place: Place
    detail: str
    wrong: bool = True
    member: str | None = None

    def to_json(self) -> dict[str, Any]:
        value: dict[str, Any] = {
            "code": self.code,
            "offset": self.place.offset,
            "detail": self.detail,
            "wrong": self.wrong,
        }
        if self.place.inner:
            value["inner"] = self.place.inner
        if self.member is not None:
            value["member"] = self.member
        return value

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Problem:
        place = Place(int(value["offset"]), int(value.get("inner", 0)))
        return cls(str(value["code"]), place, str(value["detail"]), bool(value["wrong"]), value.get("member"))


@dataclass(slots=True)
class Imported:
    """What an import did. ``records`` counts what became of the records: ``recorded``, ``known`` (the archive had them already) and
    ``left-out``; ``snapshots`` are the ids of the pages among them. ``before`` is the moment of an earlier whole import of the same
    file, of which the rest then speaks.
    """

    file: str
    sha256: str
    size: int
    form: str
    records: Counter[str] = field(default_factory=Counter)
    snapshots: list[str] = field(default_factory=list)
    pages: int = 0
    problems: list[Problem] = field(default_factory=list)
    more_problems: int = 0
    wrong: bool = False
    before: str | None = None

    def note(self, problem: Problem) -> None:
        self.wrong = self.wrong or problem.wrong
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(problem)
        else:
            self.more_problems += 1

    @property
    def empty(self) -> bool:
        """True where not one record of the file could be taken."""
        return not (self.records["recorded"] or self.records["known"])

    def to_json(self) -> dict[str, Any]:
        """As the import record holds it: what came of the file, nothing of the pages in it."""
        return {
            "v": 1,
            "file": self.file,
            "sha256": self.sha256,
            "size": self.size,
            "form": self.form,
            "records": {name: self.records[name] for name in ("recorded", "known", "left-out")},
            "pages": self.pages,
            "problems": [problem.to_json() for problem in self.problems],
            "more_problems": self.more_problems,
            "wrong": self.wrong,
        }
