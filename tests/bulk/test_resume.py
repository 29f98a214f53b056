from __future__ import annotations

import pytest
from website import STORY, Website

from archiver.archive import Archive
from archiver.bulk import ListRun, read_list
from archiver.capture import Options, capture
from archiver.errors import InputError


def test_a_run_goes_on_until_each_url_is_recorded_and_then_begins_anew(
    archive: Archive, site: Website, options: Options
) -> None:
    first, second = site.put("/first", STORY), site.put("/second", STORY)
    capture(archive, first, options)  # before the run began: it does not count
    wanted = read_list(f"{first}\n{second}#part\n".encode())
    run = ListRun.begin(archive, wanted, fresh=False)
    assert run.missing() == list(wanted.wanted)
    capture(archive, first, options)
    assert not run.finish()
    again = ListRun.begin(archive, wanted, fresh=False)
    assert [item.line for item in again.missing()] == [2]
    assert len(ListRun.begin(archive, wanted, fresh=True).missing()) == 2
    capture(archive, first, options)
    capture(archive, f"{second}#part", options)
    assert again.finish()
    assert len(ListRun.begin(archive, wanted, fresh=False).missing()) == 2


def test_another_list_is_another_run(archive: Archive, site: Website, options: Options) -> None:
    url = site.put("/a", STORY)
    ListRun.begin(archive, read_list(url.encode()), fresh=False)
    capture(archive, url, options)
    assert ListRun.begin(archive, read_list(f"{url}\n{url}b".encode()), fresh=False).missing() != []
    assert ListRun.begin(archive, read_list(f"# mine\n{url}".encode()), fresh=False).missing() == []


def test_a_list_without_a_url_is_refused(archive: Archive) -> None:
    with pytest.raises(InputError, match="no URL"):
        ListRun.begin(archive, read_list(b"# nothing\n"), fresh=False)
