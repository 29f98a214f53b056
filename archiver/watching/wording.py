"""What an alert says: a line, a few lines, and an object for programs. Plain text; whoever puts it into a form escapes it for that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from archiver.catalogue import Alert
from archiver.errors import MISSHAPEN
from archiver.model import SHORT_ID, Drift, StoredRecheck, Verdict
from archiver.printable import count, printable, shorten
from archiver.rechecking import PLACED
from archiver.urls import for_display, redact_userinfo
from archiver.watching.advice import advice
from archiver.watching.laststood import LastStood
from archiver.watching.standing import BACK, NOTE

_TITLES = {
    Drift.QUOTE_ALTERED.value: "Quotation altered",
    Drift.QUOTE_REMOVED.value: "Quotation removed",
    Drift.GONE.value: "Page gone",
    Drift.MOVED.value: "Page moved",
    Drift.RESTRICTED.value: "Page restricted",
    Drift.UNREACHABLE.value: "Page unreachable",
    Drift.EDITED_ELSEWHERE.value: "Page edited",
    NOTE: "Note of correction or withdrawal",
    BACK: "As before again",
}
_SAYS = {
    Drift.QUOTE_ALTERED.value: "The source does not say any more what is quoted from it.",
    Drift.QUOTE_REMOVED.value: "The page is there; what is quoted from it is not.",
    Drift.GONE.value: "The page is not there.",
    Drift.MOVED.value: "Another address answers now.",
    Drift.RESTRICTED.value: "The page has not been shown for several looks; that says nothing of its text.",
    Drift.UNREACHABLE.value: "The page could not be reached for several looks; that says nothing of its text.",
    Drift.EDITED_ELSEWHERE.value: "The page was edited; every quotation still holds.",
    NOTE: "The page says of itself now that it was corrected or withdrawn; no quotation was lost by it.",
    BACK: "What was told before is over.",
}
_SAYS_PLACED = (
    "The page was edited; what is quoted still stands on it, but not all of it where or as it stood: read it there."
)
_IN_PART = "As before again, in part"
_SAYS_IN_PART = "A part of what was told before is over; what is quoted below is not on the page as it was quoted."
_MOST_QUOTES, _MOST_CHANGES = 20, 10  # of one alert; the record has them all
_FIRST = 3  # of the quotations that did not drift; their number is said
_WIDTH = 400
_INDENT = "  "
"""Before every line that may begin with words of a page: programs that send mail take `~` and `.` at the edge for orders."""


Last = Callable[[str], LastStood | None]
"""How a quote stood, by its id, when its page was seen before; None where that is not known any more."""


def make_alert(kind: str, look: StoredRecheck, words_of: Callable[[str], str], last_of: Last = lambda _: None) -> Alert:
    """The alert of a recorded look; ``words_of`` gives the quotation of a quote's id. Those that drifted come first."""
    told = look.told
    url = redact_userinfo(look.url)
    in_part = kind == BACK and any(item["drift"] for item in told["quotes"])
    title = f"{_IN_PART if in_part else _TITLES.get(kind, kind)}: {for_display(url, 120)}"
    held = [item for item in told["quotes"] if Verdict(item["was"]).holds]
    never = [item for item in told["quotes"] if not Verdict(item["was"]).holds]
    items = [*sorted(held, key=lambda item: not item["drift"]), *never]
    data = {
        "schema_version": 1,
        "id": look.id,
        "kind": kind,
        "url": url,
        "drift": look.drift.value,
        "reason": shorten(told["reason"], _WIDTH),
        "note": look.note,
        "moved_to": told["moved_to"] and redact_userinfo(told["moved_to"]),
        "revision": told["revision"],
        "snapshot": look.snapshot,
        "previous": look.previous,
        "checked_at": look.time,
        "stood": len(held),
        "quotes": [_quote(item, words_of, last_of) for item in items[:_MOST_QUOTES]],
        "more_quotes": max(len(items) - _MOST_QUOTES, 0),
    }
    placed = kind == Drift.EDITED_ELSEWHERE and any(
        warning["code"] in PLACED for item in told["quotes"] for warning in item.get("warnings", ())
    )
    says = _SAYS_PLACED if placed else _SAYS_IN_PART if in_part else _SAYS.get(kind, kind)
    return Alert(look.id, url, look.time, kind, title, _words(says, data), data)


def _quote(item: dict[str, Any], words_of: Callable[[str], str], last_of: Last) -> dict[str, Any]:
    changes = [
        {name: shorten(change[name], 200) for name in ("kind", "in_quote", "in_source")}
        for change in item.get("changes", [])[:_MOST_CHANGES]
    ]
    name = str(item["quote"])
    last = last_of(name) if item["verdict"] == Verdict.UNDECIDED else None
    return {
        "id": name,
        "quote": shorten(words_of(name), _WIDTH),
        "verdict": item["verdict"],
        "was": item["was"],
        "drift": item["drift"],
        "last": last and last.to_json(),
        "changes": changes,
    }


def _words(says: str, data: dict[str, Any]) -> str:
    lines = [says, "", _said("source", for_display(data["url"]))]
    lines.append(_said("drift", data["drift"] + (f": {data['reason']}" if data["reason"] else "")))
    if data["moved_to"]:
        lines.append(_said("moved to", for_display(str(data["moved_to"]))))
    if data["revision"]:
        lines.append(_said("revision", shorten(str(data["revision"]), 100)))
    seen = f"as {data['snapshot'][:SHORT_ID]}" if data["snapshot"] else "nothing was seen"
    lines.append(_said("looked", f"{data['checked_at']}, {seen}"))
    if data["previous"]:
        lines.append(_said("before", data["previous"][:SHORT_ID]))
    return "\n".join([*lines, *_details(data)]) + "\n"


def details(data: dict[str, Any]) -> list[str]:
    """Why there is an alert, the quotations that it is about and what to do next, of its object for programs: lines that are indented, with empty
    ones between; none of one that cannot be read, as another version may have written it."""
    try:
        return _lines(data)
    except MISSHAPEN:
        return []


def _lines(data: dict[str, Any]) -> list[str]:
    reason = data.get("reason")
    return [*([_said("because", printable(reason))] if reason else []), *_details(data)]


def _details(data: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    quotes = data.get("quotes", ())
    lost = [quote for quote in quotes if quote["drift"]]
    others = [quote for quote in quotes if not quote["drift"] and Verdict(quote["was"]).holds]
    shown = [*lost, *others[: max(_FIRST - len(lost), 0)]]
    for quote in shown:
        lines += ["", *_quoted(quote)]
    more = data.get("stood", len(lost) + len(others)) - len(shown)
    if more > 0:
        lines += ["", f"{_INDENT}and {count(more, 'more quotation')} of this page"]
    steps = [_said(why, command) for why, command in advice(data)]
    return [*lines, "", *steps] if steps else lines


def _quoted(quote: dict[str, Any]) -> list[str]:
    name, last = quote["id"][:SHORT_ID], quote.get("last")
    lines = [_said("quoted", f"“{printable(quote['quote'])}”")]
    if last is not None:
        lines.append(_said("last", f"{last['verdict']} at {last['at']}, in {last['snapshot']} ({name})"))
    else:
        lines.append(_said("verdict", f"{quote['verdict']} ({name}, was {quote['was']})"))
    lines += [
        _said(change["kind"], _changed(change["in_quote"].strip(), change["in_source"].strip()))
        for change in quote["changes"]
    ]
    return lines


def _changed(quoted: str, source: str) -> str:
    if not source:
        return f"“{quoted}” is left out now"
    return f"“{quoted}” is now “{source}”" if quoted else f"“{source}” is put in now"


def _said(name: str, words: str) -> str:
    return f"{_INDENT}{name:<10} {words}"
