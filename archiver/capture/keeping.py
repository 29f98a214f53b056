"""A public archive is asked to keep a copy of a page that was just fetched, and what it says goes into the capture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from ipaddress import ip_address

from archiver import net
from archiver.capture.options import Options
from archiver.capture.records import CaptureContext
from archiver.memento import ask_to_keep
from archiver.model import WHOLE_PAGE, Exchange, Notice


def keep(context: CaptureContext, page: str, exchanges: Sequence[Exchange], options: Options) -> CaptureContext:
    """The context with the answer where the person wishes for a public copy. That none is kept fails no capture; it is a warning of it.

    A page of an inside address is not made known to anybody, nor is one that was no page.
    """
    if options.keeper is None:
        return context
    why = _not_for_the_public(exchanges)
    if why is None:
        timing = exchanges[-1].timing
        kept = ask_to_keep(page, options.keeper, options.fetch, options.keeper_told, options.stop, timing)
        context, why = replace(context, kept=kept), kept.why
    if why is None:
        return context
    return replace(context, warnings=(*context.warnings, Notice("no-public-copy", f"no public copy was kept: {why}")))


def _not_for_the_public(exchanges: Sequence[Exchange]) -> str | None:
    if any(exchange.address and net.reason_to_block(ip_address(exchange.address)) for exchange in exchanges):
        return "the page has an inside address, of which nobody else is told"
    if exchanges[-1].status not in (*WHOLE_PAGE, 304):
        return f"the server answered {exchanges[-1].status}, so there is nothing to keep"
    return None
