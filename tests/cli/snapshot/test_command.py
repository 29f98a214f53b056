from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from conftest import Ran
from website import STORY, Website

Run = Callable[..., Ran]


def test_a_spreadsheet_of_addresses_is_a_list(made: Run, site: Website, tmp_path: Path) -> None:
    file = tmp_path / "links.csv"
    file.write_text(
        f'no;title;link\n1;"Costs; again";{site.put("/a", STORY)}\n2;a book;\n3;typo;www.example.org/page\n',
        "utf-8-sig",
    )
    ran = made("snapshot", "--input", file)
    assert ran.code == 3
    assert f"200  {site.url}/a" in ran.out
    assert "1 of 1 page recorded." in ran.err
    assert "line 4: 'www.example.org/page' is no web address; give https://www.example.org/page." in ran.err
    assert "(1 request)" in ran.err
