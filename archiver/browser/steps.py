"""What is done with a page once it is there, in this order: it settles, its consent banner is refused, it is scrolled to its end, and
then its elements, its picture and its print are taken. Every step is bounded; one that fails is said, and the next goes on.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archiver.browser import consentrules
from archiver.browser.task import Task
from archiver.model.text import NOT_SHOWN

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, CDPSession, Frame, Page, Request

_SCRIPTS = Path(__file__).parent / "scripts"
_QUIET = 0.4  # seconds without a request under way that count as settled
_STILL_QUIET = 0.15  # once it has settled and was only scrolled or pressed since
_MOMENT = 50  # milliseconds
_LARGEST_PICTURE = 16_384  # pixels: no surface of the browser is higher, and a picture beyond repeats itself
_WIDEST_PICTURE = 4_096
_AFTER_PRESS = 0.6  # seconds that a banner gets to go away
_FRAMES = 20  # of a page that are looked into for a banner
_TRIES = 5  # of a script of ours, on a page that goes on to others
_PAUSE = 60  # milliseconds on each screen while scrolling

Say = Callable[[str, Any], None]


@dataclass
class Steps:
    """One page and what is known of it; ``say`` hands on each thing as soon as it is there."""

    context: BrowserContext
    page: Page
    task: Task
    say: Say
    under_way: set[Request] = field(default_factory=set)
    changed: float = field(default_factory=time.monotonic)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    loaded: int = 0

    def watch(self) -> None:
        """Counts the requests under way from here on."""

        def begun(request: Request) -> None:
            self.under_way.add(request)
            self.changed = time.monotonic()

        def ended(request: Request) -> None:
            self.under_way.discard(request)
            self.changed = time.monotonic()

        def navigated(frame: Frame) -> None:
            self.loaded += frame == self.page.main_frame

        self.page.on("framenavigated", navigated)
        self.page.on("request", begun)
        self.page.on("requestfinished", ended)
        self.page.on("requestfailed", ended)

    def run(self) -> None:
        """All steps. Raises what playwright raises where the page or the browser is gone."""
        self.settle(self.task.settle, _QUIET)
        for step in (self.refuse_consent, self.scroll):
            try:
                step()
            except StepFailed as error:
                self.remark("step-failed", f"{step.__name__.replace('_', ' ')}: {error}")
        try:
            self.serialise()
        except StepFailed as error:
            self.say("failed", f"its elements could not be written out ({error})")
        loaded = self.loaded
        self.picture()
        self.print()
        if self.loaded != loaded:
            self.remark(
                "moved-on",
                "the page went on to another while its picture was taken: text and picture may not be of the same page",
            )

    def open(self) -> str:
        """Goes to the page and waits until it has been read to its end; gives the reason where the browser shows none.

        Playwright's own way would wait for whatever page this one tries to go on to as well.
        """
        session = self.context.new_cdp_session(self.page)
        try:
            answer = session.send("Page.navigate", {"url": self.task.url})
        finally:
            session.detach()
        if answer.get("errorText") or answer.get("isDownload"):
            return str(answer.get("errorText") or "the browser takes it for a download")[:200]
        end = time.monotonic() + self.task.load
        while time.monotonic() < end:
            with suppress(StepFailed):
                if self.world("state", None) != "loading":
                    break
            self.page.wait_for_timeout(_MOMENT)
        return ""

    def settle(self, seconds: float, quiet: float = _STILL_QUIET) -> None:
        """Waits until nothing has been under way for a moment, or the time is over."""
        began = time.monotonic()
        while time.monotonic() < began + seconds:
            if not self.under_way and time.monotonic() - max(self.changed, began) > quiet:
                return
            self.page.wait_for_timeout(_MOMENT)
        if self.under_way:
            self.remark(
                "not-settled", f"the page was still asking for {len(self.under_way)} things after {seconds:g} s"
            )

    def remark(self, code: str, detail: str) -> None:
        if code not in [known for known, _ in self.remarks]:
            self.remarks.append((code, detail))

    def world(self, script: str, argument: object) -> Any:
        """Runs one of our scripts in the page, apart from the page's own; again where the page went on to another meanwhile.

        Raises StepFailed.
        """
        from playwright.sync_api import Error

        for left in range(_TRIES, 0, -1):
            try:
                return self._in_page(script, argument)
            except Error as error:
                if left == 1 or self.page.is_closed():
                    raise StepFailed(_first_line(error)) from error
                self.page.wait_for_timeout(2 * _MOMENT)
        raise StepFailed("it was not tried")

    def _in_page(self, script: str, argument: object) -> Any:
        from playwright.sync_api import Error

        session = self.context.new_cdp_session(self.page)
        try:
            frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
            return _evaluate(session, frame, _call(script, argument))
        finally:
            with suppress(Error):
                session.detach()

    def frames(self, script: str, argument: object) -> Iterator[Any]:
        """Runs it in each frame of the page, as far as one can be had; gives what it says there."""
        from playwright.sync_api import Error

        expression = _call(script, argument)
        sessions: list[Page | Frame] = [self.page]
        sessions += [frame for frame in self.page.frames[1:_FRAMES] if frame.url.startswith("http")]
        for place in sessions:
            try:
                session = self.context.new_cdp_session(place)
            except Error:
                continue  # a frame in the same process as the page, which is met below that
            try:
                top = session.send("Page.getFrameTree")["frameTree"]
                for frame in _frames_below(top, with_top=place is not self.page):
                    with suppress(Error, StepFailed):
                        yield _evaluate(session, frame, expression)
            finally:
                with suppress(Error):
                    session.detach()

    def refuse_consent(self) -> None:
        """Presses what refuses, in the page or in a frame of it; a second banner gets a second look."""
        rules = {
            "about": consentrules.ABOUT,
            "refuse": consentrules.REFUSE,
            "necessary": consentrules.NECESSARY,
            "selectors": consentrules.SELECTORS,
        }
        presses = []
        left = None
        for _ in range(2):
            found = self._look_for_consent(rules)
            left = found.get("open") if found else None
            if not found or "pressed" not in found:
                break
            presses.append(found)
            self.page.wait_for_timeout(_AFTER_PRESS * 1000)
            self.settle(self.task.settle / 2)
        self.say("clicked", presses)
        if left:
            self.remark(
                "consent-not-closed",
                f"a banner that asks for consent ({left}) offers no way to refuse; it was left as it is",
            )

    def _look_for_consent(self, rules: dict[str, Any]) -> dict[str, Any] | None:
        found: dict[str, Any] | None = self.world("consent", rules)
        if found and "pressed" in found:
            return found
        for inside in self.frames("consent", rules):
            if inside and "pressed" in inside:
                return dict(inside)
        return found

    def scroll(self) -> None:
        """To the end of the page, on and on while it grows, within bounds; and back to its beginning."""
        at, before = 0.0, -1.0
        end = time.monotonic() + self.task.scroll_seconds
        seen: dict[str, Any] = {}
        while True:
            left = end - time.monotonic()
            seen = self.world(
                "scroll", {"from": at, "most": self.task.max_height, "pause": _PAUSE, "seconds": max(left, 0.1)}
            )
            at = seen["at"]
            self.settle(min(self.task.settle, max(left, 0.5)))
            if at >= self.task.max_height or left <= 0:
                break
            if seen["height"] <= before:
                break
            before = seen["height"]
        if at >= self.task.max_height:
            self.remark(
                "scroll-capped", f"the page goes on below {self.task.max_height} pixels; it was loaded to there"
            )
        elif time.monotonic() >= end:
            self.remark(
                "scroll-capped",
                f"the page was still growing after {self.task.scroll_seconds:g} s; it was loaded to there",
            )
        self.world("top", None)
        self.settle(self.task.settle)
        self.say("scrolled", int(at))

    def serialise(self) -> None:
        """The elements as they are now."""
        made = self.world("serialise", {"limit": self.task.max_dom, "mark": NOT_SHOWN})
        if made["url"].startswith("chrome-error:"):
            raise NoPage("the browser shows an error page of its own")
        if made["cut"]:
            self.remark(
                "dom-cut", f"the page has more than {self.task.max_dom} characters of elements; they are kept to there"
            )
        self.say("dom", (made["html"].encode("utf-8", "replace"), made["cut"], made["url"]))

    def picture(self) -> None:
        """The whole page as a PNG, as far down as a picture can go."""
        from playwright.sync_api import Error

        try:
            size = self.world("top", None)
            options: dict[str, Any] = {}
            width, height = min(size["width"], _WIDEST_PICTURE), min(size["height"], _LARGEST_PICTURE)
            if (width, height) != (size["width"], size["height"]):
                options["clip"] = {"x": 0, "y": 0, "width": max(width, self.task.viewport[0]), "height": height}
                self.remark(
                    "screenshot-cut",
                    f"the page is {size['width']} by {size['height']} pixels; the picture shows the first {width} by {height}",
                )
            data = self.page.screenshot(
                full_page=True, type="png", animations="disabled", timeout=self.task.step * 1000, **options
            )
            self.say("screenshot", data)
        except (Error, StepFailed) as error:
            self.remark("no-screenshot", f"no picture could be taken ({_first_line(error)})")

    def print(self) -> None:
        """The page as the browser prints it."""
        from playwright.sync_api import Error

        try:
            data = self.page.pdf(print_background=True, format="A4")
            if len(data) > self.task.max_print:
                self.remark("no-print", f"the print is larger than {self.task.max_print >> 20} MiB; it is not kept")
            else:
                self.say("print", data)
        except Error as error:
            self.remark("no-print", f"the page could not be printed ({_first_line(error)})")


class StepFailed(Exception):
    """One of our scripts could not be run in the page."""


class NoPage(Exception):
    """There is nothing to be shown."""


def _evaluate(session: CDPSession, frame: str, expression: str) -> Any:
    made = session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "archiver"})
    answer = session.send(
        "Runtime.evaluate",
        {
            "expression": expression,
            "contextId": made["executionContextId"],
            "returnByValue": True,
            "awaitPromise": True,
        },
    )
    if "exceptionDetails" in answer:
        raise StepFailed(str(answer["exceptionDetails"].get("text", ""))[:200])
    return answer["result"].get("value")


def _frames_below(top: dict[str, Any], *, with_top: bool) -> list[str]:
    """The ids of all frames in a tree of them, as many as are looked into."""
    found = [top["frame"]["id"]] if with_top else []
    waiting = list(top.get("childFrames", ()))
    while waiting and len(found) < _FRAMES:
        tree = waiting.pop(0)
        waiting += tree.get("childFrames", ())
        if tree["frame"].get("url", "").startswith(("http", "about:")):
            found.append(tree["frame"]["id"])
    return found


def _call(script: str, argument: object) -> str:
    return f"{(_SCRIPTS / f'{script}.js').read_text('utf-8').rstrip()}({json.dumps(argument)})"


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]
