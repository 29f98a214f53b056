from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from archiver.manuscripts import Report, Trouble
from archiver.manuscripts.document import Manuscript
from archiver.manuscripts.reports import github

Check = Callable[..., Report]
COMMAND = re.compile(r"::(error|warning|notice) ((?:\w+=[^,:]*,?)+)::(.*)")


def unescaped(text: str) -> str:
    for code, sign in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, sign)
    return text


def test_each_remark_is_one_command(checked: Check) -> None:
    lines = github.render(checked(), "docs/paper.md").splitlines()
    assert lines[0].startswith(
        "::error file=docs/paper.md,line=3,endLine=3,col=12,endColumn=99,title=Altered quotation::“will close"
    )
    assert lines[1].startswith("::error file=docs/paper.md,line=6,endLine=7,title=Altered quotation::")
    assert [line.split(" ")[0] for line in lines[2:]] == ["::warning", "::error", "::notice", "::warning", "::notice"]
    assert all(COMMAND.fullmatch(line) for line in lines)
    assert "speakers were not checked" in lines[-1]


@given(st.text(max_size=60), st.text(min_size=1, max_size=30))
def test_no_text_ends_a_command_or_begins_one(why: str, path: str) -> None:
    report = Report("x.md", Manuscript("markdown", (), ""), (), troubles=(Trouble(why, 3),))
    lines = github.render(report, path).split("\n")
    assert len(lines) == 3
    found = COMMAND.fullmatch(lines[0])
    assert found is not None
    assert found[1] == "warning"
    properties = dict(pair.split("=", 1) for pair in found[2].split(","))
    assert properties["line"] == "3"
    assert properties.keys() == {"file", "line", "title"}


def test_percent_colon_comma_and_line_ends_are_escaped(checked: Check) -> None:
    report = replace(checked("Words.\n"), troubles=(Trouble("100% of it\n::error::no", 1),))
    line = github.render(report, "a,b:c%.md").splitlines()[0]
    assert line.startswith("::warning file=a%2Cb%3Ac%25.md,line=1,title=")
    assert "100%25 of it ::error::no" in line
