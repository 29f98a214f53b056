"""That a page was looked at with a browser, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

VIEWS = ("dom", "screenshot", "print")
"""What a browser may leave of a page: kinds of records, and fields of `BrowserView` that hold their ids."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button that was pressed to refuse consent: its ``words``, the ``rule`` that chose it, the ``banner`` it stood in, and the
    ``address`` of the page or frame.
    """

    words: str
    rule: str
    banner: str
    address: str

    def to_json(self) -> dict[str, str]:
        return {"words": self.words, "rule": self.rule, "banner": self.banner, "address": self.address}


@dataclass(frozen=True, slots=True)
class BrowserView:
    """``product`` is the browser with its version, ``agent`` what it called itself, ``viewport`` width and height in CSS pixels.

    ``address`` is what it showed at the end. ``scrolled`` is how many pixels down it went, ``cut`` whether the page had more elements than
    are kept. ``dom``, ``screenshot`` and ``print`` are the record ids of the page as it stood, its picture and its print, None where
    there is none. What the page loaded beside itself are its assets.
    """

    product: str
    agent: str
    viewport: tuple[int, int]
    address: str
    scrolled: int
    cut: bool = False
    pressed: tuple[Pressed, ...] = ()
    dom: str | None = None
    screenshot: str | None = None
    print: str | None = None

    def to_json(self) -> dict[str, Any]:
        """As a capture record holds it."""
        return {
            "product": self.product,
            "agent": self.agent,
            "viewport": list(self.viewport),
            "address": self.address,
            "scrolled": self.scrolled,
            "cut": self.cut,
            "pressed": [item.to_json() for item in self.pressed],
            "dom": self.dom,
            "screenshot": self.screenshot,
            "print": self.print,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> BrowserView:
        """Raises LookupError or TypeError where it is none."""
        width, height = value["viewport"]
        numbers = (width, height, value["scrolled"])
        words = (value["product"], value["agent"], value["address"])
        records = tuple(value.get(name) for name in VIEWS)
        if not all(type(number) is int for number in numbers) or not all(isinstance(word, str) for word in words):
            raise TypeError("a view in a browser that is none")
        if type(value["cut"]) is not bool or not all(isinstance(record, str | None) for record in records):
            raise TypeError("a view in a browser with records that are none")
        pressed = tuple(Pressed(**item) for item in value["pressed"])
        if not all(isinstance(word, str) for item in pressed for word in item.to_json().values()):
            raise TypeError("a press of a button that is none")
        product, agent, address = words
        return cls(product, agent, (width, height), address, value["scrolled"], value["cut"], pressed, *records)
