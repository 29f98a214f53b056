"""Arguments of LaTeX's commands."""

from __future__ import annotations

from archiver.manuscripts.formats.latex.arguments import Arguments
from archiver.manuscripts.formats.latex.scan import scan


def arguments(source: str) -> Arguments:
    return Arguments(source, scan(source))


def test_groups() -> None:
    found = arguments(" {a{b}} c")
    group = found.group(0)
    assert group is not None
    assert (found.words(group), group.after) == ("a{b}", 7)
    assert found.group(7) is None


def test_a_group_that_is_never_closed_ends_with_its_paragraph() -> None:
    found = arguments("{a\n\nb")
    group = found.group(0)
    assert group is not None
    assert (found.words(group), group.after) == ("a", 2)


def test_brackets() -> None:
    found = arguments("[a{]}[b]\\]] c [d\n\n]")
    option = found.optional(0)
    assert option is not None
    assert found.words(option) == "a{]}[b]\\]"
    assert found.optional(15) is None
    assert found.optional(11, adjacent=True) is None


def test_past() -> None:
    assert arguments("[a]{b}%\n {c}d").past(0, "omm") == 12
    assert arguments("\\x[1]{b}").past(0, "Mom") == 8


def test_an_address_keeps_its_signs() -> None:
    found = arguments("{http://a/\\%20\\_b~c%d}")
    group = found.group(0)
    assert group is not None
    assert found.address(group).startswith("http://a/%20_b~c%d")
