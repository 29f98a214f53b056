from __future__ import annotations

from collections.abc import Callable

from conftest import Ran
from website import STORY, Website

Run = Callable[..., Ran]


def test_all_are_taken_or_none_and_each_is_told(made: Run, site: Website) -> None:
    one, two = (site.put(path, STORY) for path in ("/one", "/two"))
    for put, take, state in (("add", "remove", "watched"), ("share", "unshare", "shared")):
        assert made("watch", put, one, one).out == f"{state}  {one}\n"
        assert made("watch", put, one).out == f"{state} before  {one}\n"
        if state == "watched":
            refused = made("watch", take, one, two)
            assert (refused.code, refused.out, f"{two} is not {state}; `archiver watch" in refused.err) == (2, "", True)
        else:
            assert made("watch", take, one, two).code == 2
        assert made("watch", put, one).out == f"{state} before  {one}\n", "nothing was taken"
        assert made("watch", take, one, "--json").lines == [{"schema_version": 1, "url": one, state: False}]
