"""Pages of the tests' own that tell one story: an agency's, its copy, a spun copy, and one that has nothing to do with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archiver.archive import Archive
from archiver.intake.supplied import Given, add_file
from archiver.model import Snapshot

QUOTATION = "We will stand against the closure of the bridge until the last ferry has sailed"
SPUN = "We will stand once morest the closure of the bridge until the last ferry has sailed"

_STORY = (
    (
        "The council of the harbour town voted on Monday to close the old iron bridge in May, a decision that cuts the road to the northern "
        "shore for at least two years while engineers replace the bearings that have rusted through."
    ),
    f"“{QUOTATION},” the mayor, Ada Lorne, told reporters after the vote, which went nine to seven and which nobody had expected.",
    (
        "Some four thousand people cross the river each morning, according to the port authority, and the two ferries that are left can carry "
        "fewer than half of them, even if they sail through the night and in the fog of the winter months."
    ),
    (
        "The ministry of transport said that it had offered to pay for a temporary crossing, but that the town had to find the land for its "
        "ramps, and that no such land was in sight along the quays of the old harbour."
    ),
    "Shopkeepers on the northern shore fear for their trade, and three of them have asked a court to look at the vote before the work begins.",
)
_BOX = "Mark Moe is a world traveler and journalist for the Spun Post. With a curious mind, he brings a unique perspective to the world."


def _page(title: str, head: str, before: str, after: str, story: tuple[str, ...] = _STORY) -> str:
    body = "".join(f"<p>{words}</p>" for words in (before, *story, after) if words)
    top = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
    return f"{top}<body><article><h1>{title}</h1>{body}</article></body></html>"


def _dated(stamp: str) -> str:
    return f'<meta property="article:published_time" content="{stamp}">'


PAGES = {
    "https://wire.example/bridge": _page(
        "Harbour town votes to close its bridge", _dated("2026-03-02T08:00:00+00:00"),
        "", "(Reporting by Ann Roe. Editing by Bob Moss)", (f"HARBOUR TOWN (Reuters) - {_STORY[0]}", *_STORY[1:]),
    ),
    "https://gazette.example/news/bridge": _page(
        "Bridge to close for two years", _dated("2026-03-02T12:00:00+00:00"),
        "Our readers on the northern shore will have a long way to work from May on, the council decided.", "Source: Reuters",
    ),
    "https://spun.example/bridge": _page(
        "Bridge news", "", "", _BOX,
        tuple(words.replace("against", "once morest").replace("after", "following") for words in _STORY),
    ),
    "https://garden.example/beans": _page(
        "Beans", "", "Runner beans want a warm bed and a long pole, and they want both before the middle of June, as every gardener knows.",
        "They are picked young, before the seeds show, and they are eaten with butter, with salt, and with nothing else at all.", (),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """The snapshots of the pages above."""

    wire: Snapshot
    gazette: Snapshot
    spun: Snapshot
    garden: Snapshot


def told(archive: Archive, folder: Path) -> Told:
    """All pages recorded as supplied."""
    snapshots = []
    for number, (url, page) in enumerate(PAGES.items()):
        path = folder / f"page{number}.html"
        path.write_text(page, encoding="utf-8")
        snapshots.append(add_file(archive, path, Given(url=url))[0])
    return Told(*snapshots)
