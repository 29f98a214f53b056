"""The assets of a snapshot, in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import click

from archiver.archive import Archive
from archiver.cli.saying.output import shorten
from archiver.cli.saying.words import count
from archiver.model import AssetCounts, Snapshot, assets_of
from archiver.urls import for_display

_SHOWN = 5
_REASONS = {
    "other-font-format": "fonts in formats that browsers do not load",
    "too-many": "more than one page may bring",
    "too-large": "more bytes than one page may bring",
    "no-time": "no time was left",
    "too-deep": "style sheets in style sheets",
    "long-srcset": "more sizes of one image",
    "long-style": "style sheets too long to be read whole",
    "long-page": "more elements than are looked at",
    "no-address": "no addresses",
    "not-http": "not on the web",
}


assets_option = click.option(
    "--assets/--page-only",
    default=None,
    help="Record the images, styles and fonts of the pages too, or leave them; else they are for a single URL, and not for several.",
)


def assets_words(counts: AssetCounts) -> str:
    """``17 of 18 assets (1.2 MB), 1 failed; left out: 3 (more sizes of one image)``."""
    asked = counts.recorded + counts.failed
    if not counts.found:
        return "none named"
    words = f"{counts.recorded:,} of {count(asked, 'asset')} ({_size(counts.size)})"
    if counts.failed:
        words += f", {counts.failed:,} failed"
    left_out = [f"{number:,} ({_REASONS.get(reason, shorten(reason, 40))})" for reason, number in counts.left_out]
    return f"{words}; left out: {', '.join(left_out)}" if left_out else words


def asset_list(archive: Archive, snapshot: Snapshot) -> dict[str, Any]:
    """``{"asset_list": ...}``: the assets as the capture record lists them; None as its value where they were not asked for."""
    listed = assets_of(json.loads(archive.capture_record(snapshot))) if snapshot.assets else None
    value = listed.to_json() if listed else None
    return {"asset_list": value and {name: value[name] for name in ("recorded", "failed")}}


def say_assets(say: Callable[[str], None], archive: Archive, snapshot: Snapshot) -> None:
    """Lines about the assets of a snapshot, and which were not to be had."""
    if snapshot.assets is None:
        return
    say(f"  assets       {assets_words(snapshot.assets)}")
    listed = assets_of(json.loads(archive.capture_record(snapshot))) if snapshot.assets.failed else None
    for failed in listed.failed[:_SHOWN] if listed else ():
        say(f"  not had      {for_display(failed.url)}: {shorten(failed.error, 200)}")
    if snapshot.assets.failed > _SHOWN:
        say(f"  not had      and {snapshot.assets.failed - _SHOWN:,} more (--json has them all)")


def _size(number: int) -> str:
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if number >= factor:
            return f"{number / factor:.1f} {unit}"
    return f"{number} bytes"
