"""What a declaration states of each page, each quotation and the log: names and values out of the records, none said to be more than it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from archiver.log import rotation
from archiver.log.rotation import Rotation
from archiver.model import SUPPLIED, VIEWS, WITH_SESSION, BrowserView, Origin, Verdict
from archiver.packs.collecting import certificates_of
from archiver.packs.evidence import Evidence, PackedLeaf, Stamp
from archiver.packs.guide import plain
from archiver.packs.statements import Way
from archiver.urls import for_display
from archiver.warc import REVISIT_NOT_MODIFIED

Row = tuple[str, str]

_LONGEST = 2000
_CLOCK = "(clock of the computer used)"


def way_of(capture: Mapping[str, Any]) -> Way:
    """How a page came in. Raises KeyError or ValueError for an origin that says nothing known."""
    origin = capture.get("origin")
    if origin is not None:
        return Way(origin["kind"])
    return Way.LOOKED if capture.get("browser") is not None else Way.FETCHED


def ways_of(capture: Mapping[str, Any]) -> set[Way]:
    """That, and whether it was with a session that a person lent."""
    lent = any(notice["code"] == WITH_SESSION for notice in capture["warnings"])
    return {way_of(capture), Way.LENT} if lent else {way_of(capture)}


def capture_facts(evidence: Evidence, leaf: PackedLeaf) -> Iterator[Row]:
    """The rows of one page, by the way in which it came."""
    capture = leaf.json()
    last = capture["hops"][-1]
    response = evidence.by_record[last["response"]]
    yield "snapshot", plain(capture["snapshot"])
    match way_of(capture):
        case Way.FETCHED:
            yield from _fetched(capture, response)
        case Way.LOOKED:
            yield from _looked(capture, response, evidence)
        case Way.IMPORTED:
            yield from _imported(capture, response)
        case Way.SUPPLIED:
            yield from _supplied(capture)
        case Way.MEMENTO:
            yield from _at_second_hand(capture, response)
    if capture.get("revisit_of"):
        yield "stands on", f"{plain(capture['revisit_of'])}, which is listed too: {_why_the_same(capture, response)}"
    yield "title", plain(capture["info"]["title"] or "(none)")
    yield "SHA-256, content", plain(capture["payload_sha256"])
    yield (
        "SHA-256, record",
        f"{response.details.sha256} (compressed, as it is stored; entry {response.index} of the register)",
    )
    for text in capture["texts"]:
        yield (
            f"SHA-256, {plain(text['layer'])}",
            f"{plain(text['sha256'])} (text by {plain(text['extractor'])} {plain(text['version'])})",
        )
    for notice in capture["warnings"]:
        yield "warning", f"{plain(notice['code'])}: {plain(notice['detail'])}"


def _fetched(capture: Mapping[str, Any], response: PackedLeaf) -> Iterator[Row]:
    yield "fetched", "by this software"
    behind = " (what stands behind # is not sent)" if "#" in capture["url"] else ""
    yield "address asked for", f"{for_display(capture['url'])}{behind}"
    yield from _answered(capture, response)


def _looked(capture: Mapping[str, Any], response: PackedLeaf, evidence: Evidence) -> Iterator[Row]:
    view = BrowserView.from_json(capture["browser"])
    yield (
        "looked at with a browser",
        f"{plain(view.product)}, window of {view.viewport[0]} by {view.viewport[1]} pixels",
    )
    yield "address asked for", for_display(capture["url"])
    yield from _answered(capture, response)
    if view.address != capture["url"]:
        yield "address shown at the end", for_display(view.address)
    for item in view.pressed:
        yield (
            "button pressed",
            f"{plain(item.words)} (in {plain(item.banner or 'a banner')}, at {for_display(item.address)})",
        )
    for name in VIEWS:
        record = getattr(view, name)
        if record is not None:
            leaf = evidence.by_record[record]
            yield f"SHA-256, {name}", f"{plain(leaf.details.payload_sha256 or '')} (entry {leaf.index} of the register)"


def _at_second_hand(capture: Mapping[str, Any], response: PackedLeaf) -> Iterator[Row]:
    origin = Origin.from_json(capture["origin"])
    memento = origin.memento
    if memento is None:
        raise ValueError("a copy at second hand without its archive")
    yield "copy at second hand", "fetched by this software from a public archive, NOT from the page's address"
    yield "address of the page", for_display(capture["url"])
    yield "archive states: of", for_display(memento.original)
    yield "archive states: date", plain(memento.datetime)
    if memento.wished:
        yield "date asked for", plain(memento.wished)
    yield "archive", f"{plain(memento.archive)}, asked through {for_display(memento.timegate)}"
    if not memento.raw:
        yield "form", "as the archive shows it: its banner and rewritten links may be in the content"
    yield from _answered(capture, response)


def _answered(capture: Mapping[str, Any], response: PackedLeaf) -> Iterator[Row]:
    *redirects, last = capture["hops"]
    for hop in redirects:
        yield (
            "redirect" if 300 <= hop["status"] < 400 else "before it",
            f"status {plain(hop['status'])} at {for_display(hop['url'])}",
        )
    if last["url"] != capture["url"].partition("#")[0]:
        yield "address that answered", for_display(last["url"])
    yield "asked", f"{plain(last.get('started') or capture['captured_at'])} {_CLOCK}"
    yield "answered until", f"{plain(last['ended'])} {_CLOCK}" if last.get("ended") else "[NOT RECORDED]"
    yield "server's own time", plain(response.details.server_date or "none given")
    yield "answer", f"status {plain(last['status'])}"
    yield from _media_type(capture, "")
    if last.get("via"):
        yield "through the proxy", plain(last["via"])
    connection = [last.get("address", ""), *last.get("protocols", ()), last.get("cipher", "")]
    yield "server", ", ".join(plain(word) for word in connection if word) or "[NOT RECORDED]"
    for digest in sorted(certificates_of(dict(capture))):
        yield "certificate", f"SHA-256 {plain(digest)}"


def _imported(capture: Mapping[str, Any], response: PackedLeaf) -> Iterator[Row]:
    origin, last = capture["origin"], capture["hops"][-1]
    yield (
        "imported",
        "NOT fetched by this software; what is marked “file” is stated by the file named here and by nobody else",
    )
    if origin.get("claims") == SUPPLIED:
        yield (
            "file: supplied",
            "the page had been supplied by a person to the archive that the file is from, and was not fetched there",
        )
    yield "file", plain(origin["file"])
    if origin.get("member"):
        yield "in it", plain(origin["member"])
    yield "SHA-256, file", plain(origin["sha256"])
    if origin.get("offset") is not None:
        yield "record", f"begins at byte {plain(origin['offset'])}"
    yield "imported at", f"{plain(origin['imported_at'])} {_CLOCK}"
    yield "file: address", for_display(capture["url"])
    yield "file: date", plain(capture["captured_at"])
    if response.details.server_date:
        yield "file: server's time", plain(response.details.server_date)
    if response.details.warc_type in ("response", "revisit"):
        yield "file: answer", f"status {plain(last['status'])}"
    yield from _media_type(capture, "file: ")
    server = [last.get("address", ""), *last.get("protocols", ())]
    if any(server):
        yield "file: server", ", ".join(plain(word) for word in server if word)


def _supplied(capture: Mapping[str, Any]) -> Iterator[Row]:
    origin = capture["origin"]
    yield "supplied", "by a person, as a file; NOT fetched, and no answer of a server"
    yield "file", plain(origin["file"])
    yield "SHA-256, file", plain(origin["sha256"])
    yield "added at", f"{plain(origin['added_at'])} {_CLOCK}"
    if capture["url"].startswith("urn:"):
        yield "address", "none was stated"
    else:
        yield "address stated", f"{for_display(capture['url'])} (by that person; not checked)"
    yield "type", plain(capture["media_type"])
    if origin.get("note"):
        yield "note", f"{_words(origin['note'])} (by that person)"


def _media_type(capture: Mapping[str, Any], mark: str) -> Iterator[Row]:
    """A revisit has no type of its own: the one in its capture record is that of the snapshot that it stands on."""
    if not capture.get("revisit_of"):
        yield f"{mark}type", plain(capture["media_type"])


def _why_the_same(capture: Mapping[str, Any], response: PackedLeaf) -> str:
    imported = way_of(capture) is Way.IMPORTED
    if response.record.headers.get("warc-profile") == REVISIT_NOT_MODIFIED:
        who = "according to the file the server" if imported else "the server"
        return f"{who} stated that the page had not changed since that one, and sent no content"
    if imported:
        return "the file does not hold its content, and states that it was that one's"
    return "the content that came has the same SHA-256 digest as that one's, and is not stored a second time"


def quote_facts(leaf: PackedLeaf) -> Iterator[Row]:
    """The rows of one quotation."""
    annotation = leaf.json()
    judged: dict[str, Any] = annotation["archiver:judged"]
    yield "quotation", f"q-{leaf.details.sha256} (entry {leaf.index} of the register)"
    yield "words quoted", _words(judged["quote"])
    yield "verdict", f"{plain(judged['verdict'])}: {_MEANING[Verdict(judged['verdict'])]}"
    for match in judged["matches"]:
        spans = ", ".join(f"{span['start']} to {span['end']}" for span in match["spans"])
        yield "words in the text", _words(match["exact"])
        yield "where", f"characters {spans} of the {plain(judged['layer'])} text (counted from 0, the end not included)"
    for change in judged.get("changes", ()):
        yield (
            "difference",
            f"{plain(change['kind'])}: text {plain(change['in_source'])!r}, quotation {plain(change['in_quote'])!r}",
        )
    for notice in judged.get("warnings", ()):
        yield "warning", f"{plain(notice['code'])}: {plain(notice['detail'])}"
    yield "snapshot", plain(annotation["archiver:snapshot"])
    yield "recorded", f"{plain(annotation['created'])} {_CLOCK}"
    if annotation.get("archiver:speaker"):
        yield "attributed to", f"{plain(annotation['archiver:speaker'])} (as the operator entered it; not checked)"


_MEANING = {
    Verdict.VERBATIM: "the words stand in the text character for character",
    Verdict.TYPOGRAPHIC: "the words stand in the text; the two differ in typography only",
    Verdict.ELIDED: "the words stand in the text in parts: omissions or insertions are marked, or the page interrupts the speech",
    Verdict.ALTERED: "NOT as quoted: a passage of the text comes near, but differs",
    Verdict.SPLICED: "NOT as quoted: the parts are joined in a way that misleads",
    Verdict.ABSENT: "NOT found in the text",
    Verdict.UNDECIDED: "could not be decided",
}


def _words(text: object) -> str:
    """Words quoted: never shortened without saying so."""
    words = plain(text, 1 << 30)
    return (
        words
        if len(words) <= _LONGEST
        else f"{plain(words, _LONGEST)} [SHORTENED HERE; {len(words)} characters in the record]"
    )


def log_facts(evidence: Evidence, ways: Collection[Way]) -> Iterator[Row]:
    """The rows of register, key and timestamps."""
    origin, size, root = evidence.checkpoint.decode().split("\n")[:3]
    yield "register", plain(origin)
    for leaf in evidence.of_kind(rotation.KIND):
        exchange = Rotation.parse(leaf.record.block)
        how = (
            "the old one was lost, and did not vouch for the new one"
            if exchange.lost
            else "the old one signed that too"
        )
        yield "earlier key", exchange.old.vkey
        yield "exchanged", f"at entry {leaf.index}, {plain(exchange.time)} {_CLOCK}; {how}"
    yield "public key", evidence.key.vkey
    yield "signed head", f"{size} entries, root hash {root}"
    if not evidence.stamps:
        yield "timestamps", f"none: {_without_stamps(ways)}"
    for stamp in evidence.stamps:
        leaf = evidence.by_index[stamp.token]
        yield (
            "timestamp",
            f"states {leaf.details.time}, over the first {stamp.size} entries (RFC 3161; entry {leaf.index})",
        )
        yield "", f"if it is good, which `archiver verify` checks: {_covered(evidence, stamp)}"


def _without_stamps(ways: Collection[Way]) -> str:
    rest = ["those by the clock of the computer used rest on section 2 alone"]
    if Way.IMPORTED in ways:
        rest.append("those marked “file” on the file alone")
    return f"of the times above, {', and '.join(rest)}"


def _covered(evidence: Evidence, stamp: Stamp) -> str:
    """What a stamp says of the time of the entries that the declaration is about."""
    about = [leaf.index for leaf in evidence.leaves if leaf.details.kind in ("capture", "quote")]
    later = [index for index in about if index >= stamp.size]
    if not later:
        return "all that sections 3 and 4 name was entered in the register no later than that"
    if len(later) < len(about):
        return f"what sections 3 and 4 name was entered no later than that, but for the entries {', '.join(map(str, later))}"
    if min(about) > stamp.token:
        return "all that sections 3 and 4 name was entered in the register after that"
    return "it says nothing of the time of what sections 3 and 4 name"
