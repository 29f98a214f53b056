"""What a look with a browser gave, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archiver.browser.traffic import Refusal, Traffic
from archiver.errors import ArchiverError, BadAnswer, InputError
from archiver.model import Exchange, Notice, Pressed
from archiver.urls import Url, for_display, is_over_https, parse

_SHOWN_REFUSALS = 50


@dataclass(frozen=True, slots=True)
class Rendering:
    """``hops`` are the exchanges that led to the page, the page last; ``others`` all else that it loaded, in order.

    ``dom`` is the page as it stood at the end (UTF-8), ``screenshot`` a PNG, ``print`` a PDF, each None where it could not be had.
    ``shown_url`` is the address that the browser showed at the end. ``refusals`` are requests that were not sent or not answered.
    """

    hops: tuple[Exchange, ...]
    others: tuple[Exchange, ...]
    product: str
    agent: str
    viewport: tuple[int, int]
    shown_url: str
    dom: bytes | None
    dom_cut: bool
    screenshot: bytes | None
    print: bytes | None
    pressed: tuple[Pressed, ...]
    scrolled: int
    refusals: tuple[Refusal, ...]
    notices: tuple[Notice, ...]

    @classmethod
    def made(
        cls, url: Url, things: Mapping[str, Any], hops: Sequence[tuple[str, int]], traffic: Traffic, ended: str
    ) -> Rendering:
        """From what the browser's process said and what went through the proxy.

        Raises what kept the page itself from being fetched (BlockedAddress, NameNotFound ...), BadAnswer where nothing says what.
        """
        exchanges = traffic.exchanges()
        refusals = traffic.refusals()
        chain = _chain(url, hops, exchanges)
        if not chain:
            raise _why_nothing(url, refusals, things)
        dom, cut, shown = things.get("dom", (None, False, ""))
        rest = tuple(exchange for number, (_, exchange) in enumerate(exchanges) if number not in chain)
        notices = [Notice(code, detail) for code, detail in things.get("remarks", ())]
        if ended:
            notices.append(Notice("browser-ended", f"the browser was ended before it was done: {ended}"))
        if dom is None:
            why = things.get("failed") or ended or "the browser shows no page for it"
            notices.append(Notice("not-rendered", f"the page was recorded, but a browser gave no text of it: {why}"))
        if exchanges[chain[0]][1].url != url.href:
            detail = "the browser asked for it over https of itself, since it knows that the host wants that (HSTS)"
            notices.append(Notice("browser-went-to-https", detail))
        if traffic.full:
            notices.append(Notice("browser-limit", f"the page asked for {traffic.full}; the rest was refused"))
        browser = things["browser"]
        return cls(
            hops=tuple(exchanges[number][1] for number in chain),
            others=rest,
            product=f"Chromium {browser['version']}",
            agent=browser["agent"],
            viewport=tuple(things.get("viewport", (1280, 1024))),
            shown_url=shown or url.href,
            dom=dom,
            dom_cut=cut,
            screenshot=things.get("screenshot"),
            print=things.get("print"),
            pressed=tuple(
                Pressed(item["pressed"], item["rule"], item["banner"], item["address"])
                for item in things.get("clicked", ())
            ),
            scrolled=things.get("scrolled", 0),
            refusals=refusals[:_SHOWN_REFUSALS],
            notices=tuple(notices),
        )


def _chain(url: Url, hops: Sequence[tuple[str, int]], exchanges: Sequence[tuple[str, Exchange]]) -> list[int]:
    """The numbers of the exchanges that the browser took for the page, in order, from the first GET of its address on; none without that."""
    chain: list[int] = []
    for address, status in hops:
        wanted = _href(address)
        fitting = [
            n for n, (_, exchange) in enumerate(exchanges) if (exchange.url, exchange.status) == (wanted, status)
        ]
        # a script may have asked for the same address, and been given something else; none is one to which the browser went with what it had
        fitting = [n for n in fitting if _is_of_a_page(exchanges[n][1])] or fitting
        fresh = next((number for number in fitting if number not in chain), None)
        if fresh is not None:
            chain.append(fresh)
        elif fitting:
            again = fitting[0]
            del chain[
                chain.index(again) + 1 :
            ]  # back to a page that the browser still had: what came between was no way to it
    if chain and _begins(url, exchanges[chain[0]][1]):
        return chain
    begun = (
        number for number, (method, exchange) in enumerate(exchanges) if method == "GET" and _begins(url, exchange)
    )
    first = next(begun, None)
    return [] if first is None else [first, *(number for number in chain if number > first)]


def _is_of_a_page(exchange: Exchange) -> bool:
    """Whether the browser asked for what it was to show, and not for a script, a frame or an image. To servers without TLS it says so by the
    older field only."""
    head = exchange.request.partition(b"\r\n\r\n")[0].lower() + b"\r\n"
    if b"\r\nsec-fetch-dest:" in head:
        return b"\r\nsec-fetch-dest: document\r\n" in head
    return b"\r\nupgrade-insecure-requests:" in head


def _begins(url: Url, exchange: Exchange) -> bool:
    """Whether an exchange is of the address that the browser was given, or of that over https, where the browser knows better."""
    return exchange.url == url.href or is_over_https(exchange.url, url.href)


def _href(address: str) -> str:
    try:
        return parse(address).href
    except InputError:
        return ""  # about:blank, or what only a browser takes for an address


def _why_nothing(url: Url, refusals: Sequence[Refusal], things: Mapping[str, Any]) -> ArchiverError:
    for refusal in refusals:
        if refusal.url == url.href and refusal.error is not None:
            return refusal.error
    for refusal in refusals:
        if refusal.error is not None:
            return refusal.error  # an address that the page led to
    why = things.get("failed", "it sent no request for it")
    return BadAnswer(f"The browser could not load {for_display(url.href)} ({why}); try it without --browser.")
