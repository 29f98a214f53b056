from __future__ import annotations

import csv
import io
from collections.abc import Callable

from archiver.manuscripts import Report
from archiver.manuscripts.reports import table

Check = Callable[..., Report]


def rows_of(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.render(report))))


def test_a_row_for_each_quotation(checked: Check) -> None:
    rows = rows_of(checked())
    assert [row["verdict"] for row in rows] == [
        "altered", "verbatim", "altered", "undecided", "absent", "no-source", "unknown-key",
    ]  # fmt: skip
    assert rows[0]["changes"] == "number: 13th → 31st"
    assert [row["holds"] for row in rows] == ["no", "yes", "no", "", "no", "", ""]
    assert rows[6]["key"] == "nobody2020"
    assert rows[6]["locator"] == "3"
    assert rows[0]["finding"].startswith("f-")


def test_no_cell_is_a_formula(checked: Check) -> None:
    text = 'He said "=HYPERLINK(1) and so much more of it" and "+1 and so on and on and on" and "@SUM of it all and more" here.\n'
    rows = rows_of(checked(text))
    assert len(rows) == 3
    for row in rows:
        assert row["quote"].startswith("'")
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
