"""Patterns mean the same on every Python that is supported: what is recorded must not depend on which one read it.

Before Python 3.11.5 (Debian 12 has 3.11.2) a possessive repetition of a group, ``(?:a|bc)*+``, did not go back to where its last repetition began
when that one failed halfway: in ``"b"`` it took the ``b``. It does where the last alternative can only fail, so every such group ends with ``|(?!)``.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _constants as signs  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import archiver

_ONE = {signs.LITERAL, signs.NOT_LITERAL, signs.IN, signs.ANY}


def patterns() -> dict[str, re.Pattern[Any]]:
    """Every pattern that a module keeps, by a place where it stands."""
    found: dict[str, re.Pattern[Any]] = {}
    for module in pkgutil.walk_packages(archiver.__path__, "archiver."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                found.update((f"{module.name}.{name}", item) for item in compiled(value))
    return found


def compiled(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from compiled(item)
    elif isinstance(value, dict):
        for pair in value.items():
            yield from compiled(pair)


def unsafe(tree: Any) -> int:
    """How many possessive repetitions of a group do not end with an alternative that only fails."""
    count = 0
    for sign, value in tree:
        if sign is signs.POSSESSIVE_REPEAT and not (len(value[2]) == 1 and value[2][0][0] in _ONE):
            inside = value[2]
            last = inside[0][1][1][-1] if len(inside) == 1 and inside[0][0] is signs.BRANCH else inside
            count += not fails(last)
        for part in parts(value):
            count += unsafe(part)
    return count


def fails(tree: Any) -> bool:
    """An alternative that is ``(?!)``: some versions write it down as a failure, some as that nothing must not follow."""
    return len(tree) == 1 and (
        tree[0][0] is signs.FAILURE or (tree[0][0] is signs.ASSERT_NOT and not len(tree[0][1][1]))
    )


def parts(value: Any) -> Iterator[Any]:
    if isinstance(value, parser.SubPattern):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from parts(item)


def test_no_repetition_keeps_half_of_what_failed() -> None:
    found = patterns()
    assert len(found) > 300
    assert [
        name for name, pattern in found.items() if unsafe(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))
    ] == []


def test_the_rule_sees_what_goes_wrong() -> None:
    for pattern, wrong in (
        ("(?:a|bc)*+", 1),
        ("x(?:b(?!c))?+", 1),
        ("(?:(?:a|bc)*+|(?!))*+", 1),
        ("(?:a|bc|(?!))*+", 0),
        ("[ab]*+a?+", 0),
    ):
        assert unsafe(parser.parse(pattern)) == wrong, pattern


def test_a_repetition_that_fails_halfway_takes_nothing() -> None:
    found = re.match(r"(?:[^<]++|<(?!/title)|(?!))*+", "a <b>c</b></title>")
    assert found
    assert found.group() == "a <b>c</b>"
