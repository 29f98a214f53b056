"""What an alert says: a line, a few lines, and an object for programs. Plain text; whoever puts it into a form escapes it for that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from archiver.catalogue import Alert
from archiver.model import SHORT_ID, Drift, StoredRecheck
from archiver.printable import printable, shorten
from archiver.urls import for_display, redact_userinfo
from archiver.watching.standing import BACK

_TITLES = {
    Drift.QUOTE_ALTERED.value: "Quotation altered",
    Drift.QUOTE_REMOVED.value: "Quotation removed",
    Drift.GONE.value: "Page gone",
    Drift.MOVED.value: "Page moved",
    Drift.RESTRICTED.value: "Page restricted",
    Drift.UNREACHABLE.value: "Page unreachable",
    Drift.EDITED_ELSEWHERE.value: "Page edited",
    BACK: "As before again",
}
_SAYS = {
    Drift.QUOTE_ALTERED.value: "The source does not say any more what is quoted from it.",
    Drift.QUOTE_REMOVED.value: "The page is there; what is quoted from it is not.",
    Drift.GONE.value: "The page is not there any more.",
    Drift.MOVED.value: "Another address answers now.",
    Drift.RESTRICTED.value: "The page has not been shown for several looks; that says nothing of its text.",
    Drift.UNREACHABLE.value: "The page could not be reached for several looks; that says nothing of its text.",
    Drift.EDITED_ELSEWHERE.value: "The page was edited; every quotation still holds.",
    BACK: "What was told before is over.",
}
_MOST_QUOTES, _MOST_CHANGES = 20, 10  # of one alert; the record has them all
_WIDTH = 400
_INDENT = "  "
"""Before every line that may begin with words of a page: programs that send mail take `~` and `.` at the edge for orders."""


def make_alert(kind: str, look: StoredRecheck, words_of: Callable[[str], str]) -> Alert:
    """The alert of a recorded look; ``words_of`` gives the quotation of a quote's id."""
    told = look.told
    url = redact_userinfo(look.url)
    title = f"{_TITLES.get(kind, kind)}: {for_display(url, 120)}"
    quotes = [_quote(item, words_of) for item in told["quotes"]]
    data = {
        "schema_version": 1,
        "id": look.id,
        "kind": kind,
        "url": url,
        "drift": look.drift.value,
        "reason": shorten(told["reason"], _WIDTH),
        "moved_to": told["moved_to"] and redact_userinfo(told["moved_to"]),
        "revision": told["revision"],
        "snapshot": look.snapshot,
        "previous": look.previous,
        "checked_at": look.time,
        "quotes": quotes[:_MOST_QUOTES],
        "more_quotes": max(len(quotes) - _MOST_QUOTES, 0),
    }
    return Alert(look.id, url, look.time, kind, title, _words(kind, data), data)


def _quote(item: dict[str, Any], words_of: Callable[[str], str]) -> dict[str, Any]:
    changes = [
        {name: shorten(change[name], 200) for name in ("kind", "in_quote", "in_source")}
        for change in item.get("changes", [])[:_MOST_CHANGES]
    ]
    return {
        "id": str(item["quote"]),
        "quote": shorten(words_of(str(item["quote"])), _WIDTH),
        "verdict": item["verdict"],
        "was": item["was"],
        "drift": item["drift"],
        "changes": changes,
    }


def _words(kind: str, data: dict[str, Any]) -> str:
    lines = [_SAYS.get(kind, kind), ""]

    def say(name: str, words: str) -> None:
        lines.append(f"{_INDENT}{name:<10} {words}")

    say("source", for_display(data["url"]))
    say("drift", data["drift"] + (f": {data['reason']}" if data["reason"] else ""))
    if data["moved_to"]:
        say("moved to", for_display(str(data["moved_to"])))
    if data["revision"]:
        say("revision", shorten(str(data["revision"]), 100))
    seen = f"as {data['snapshot'][:SHORT_ID]}" if data["snapshot"] else "nothing was seen"
    say("looked", f"{data['checked_at']}, {seen}")
    if data["previous"]:
        say("before", data["previous"][:SHORT_ID])
    for quote in data["quotes"]:
        if not quote["drift"] and kind != BACK:
            continue
        lines.append("")
        say("quoted", f"“{printable(quote['quote'])}”")
        say("verdict", f"{quote['verdict']} ({quote['id'][:SHORT_ID]}, was {quote['was']})")
        for change in quote["changes"]:
            say(change["kind"], f"“{change['in_quote']}” is now “{change['in_source']}”")
    if data["more_quotes"]:
        lines += ["", f"{_INDENT}and {data['more_quotes']} more quotations of this page"]
    lines += ["", f"{_INDENT}archiver show {for_display(data['url'])}"]
    return "\n".join(lines) + "\n"
