from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from website import STORY, Website, article

from archiver.archive import Archive
from archiver.capture import Options
from archiver.manuscripts import Acceptance, Report, capture_missing, check, plan_check, read_manuscript
from archiver.manuscripts.sourcing.keys import collect_works

Check = Callable[..., Report]

PAPER = """# The bridge

The bridge "will close on the 31st of May for repairs that the county says cannot wait any longer" [a]({url}/story).
The engineer said "Nobody has been hurt on this bridge, and nobody will be."[^1]

> About 4,200 drivers use the bridge each day, the county says, and some of them
> cross it thrice before noon.
>
> — [County]({url}/story)

Others say "the whole of the matter has long been forgotten by everybody" [gone]({url}/gone).
And "The mayor never promised a new bridge before the year 2030" [here]({url}/story).
He wrote "this is a sentence that nobody gave any source for at all".
And "this one has an unknown key, as so many have today" [@nobody2020, p. 3].
It is said [elsewhere]({url}/lone) too.

[^1]: See {url}/story.
"""


@pytest.fixture
def pages(site: Website) -> Website:
    site.put("/story", STORY)
    site.put(
        "/other", article("Other", "The mayor never promised a new bridge before the year 2030, she said on Monday.")
    )
    site.put("/gone", b"gone", 404)
    return site


@pytest.fixture
def checked(archive: Archive, options: Options, pages: Website, tmp_path: Path) -> Check:
    """Checks a manuscript; ``{url}`` in it is the address of the pages."""

    def run(text: str = PAPER, name: str = "paper.md", acceptances: tuple[Acceptance, ...] = ()) -> Report:
        data = text.replace("{url}", pages.url).encode()
        manuscript = read_manuscript(name, data)
        planned = plan_check(archive, name, manuscript, collect_works(manuscript, tmp_path, ()))
        errors = capture_missing(archive, planned, options, 4, 4, lambda _: None)
        return check(archive, planned, errors, acceptances)

    return run
