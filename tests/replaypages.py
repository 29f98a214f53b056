"""Pages that try to reach the live web, and markup that tries to run a script: what a replay must make harmless.

The strings are in ``data/hostile_markup.json``: ``L`` is an address of the live web, ``R`` a call, ``{}`` where another string stands,
``{n}`` a number.
"""

from __future__ import annotations

import json
from pathlib import Path

_DATA = json.loads((Path(__file__).parent / "data" / "hostile_markup.json").read_text("utf-8"))
_LIVE = "http://live.test/{n}"
_RUN = "hit({n})"

HOSTILE: tuple[str, ...] = tuple(
    text.replace("L", _LIVE)
    for text in (*_DATA["markup"], *(f"<style>{css}</style><p title=x>x" for css in _DATA["css"]))
)
"""Each as the head or body of a page of its own."""


def _scripts() -> tuple[str, ...]:
    plain = [*_DATA["handled"], *_DATA["scripted"]]
    found = list(plain)
    for number, frame in enumerate(_DATA["breakouts"]):
        found += [frame.replace("{}", plain[(number * 7 + step * 11) % len(plain)]) for step in range(4)]
    return tuple(item.replace("R", _RUN) for item in found)


SCRIPTS = _scripts()
"""More than 200 strings, each of which would run a script in some place of a page."""
