"""Where everything in a pack came from, as W3C PROV in JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from archiver.digests import Digest
from archiver.packs.evidence import Evidence

_CONTEXT: dict[str, Any] = {
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/",
    "archiver": "urn:archiver:terms:",
    "prov:startedAtTime": {"@type": "xsd:dateTime"},
    "prov:endedAtTime": {"@type": "xsd:dateTime"},
    "prov:generatedAtTime": {"@type": "xsd:dateTime"},
    **{
        name: {"@type": "@id"}
        for name in (
            "prov:used",
            "prov:wasGeneratedBy",
            "prov:wasDerivedFrom",
            "prov:wasAssociatedWith",
            "prov:wasAttributedTo",
        )
    },
}


def provenance(evidence: Evidence, texts: dict[str, bytes]) -> bytes:
    """Captures as activities, what they recorded as entities, the tool and the key as agents."""
    key = f"urn:archiver:key:{evidence.key.name}+{evidence.key.key_id.hex()}"
    graph: list[dict[str, Any]] = [
        {
            "@id": key,
            "@type": "prov:Agent",
            "archiver:verifierKey": evidence.key.vkey,
            "dcterms:description": "the holder of the log's key",
        }
    ]
    graph += [
        {"@id": _tool(tool), "@type": "prov:SoftwareAgent", "dcterms:title": tool}
        for tool in sorted({leaf.details.tool for leaf in evidence.leaves})
    ]
    for leaf in evidence.of_kind("capture"):
        graph += _capture(leaf.json(), _tool(leaf.details.tool), key)
    files = {Digest.of(data).hex: path for path, data in texts.items()}
    for leaf in evidence.of_kind("quote"):
        annotation = leaf.json()
        text = annotation.get("archiver:text", {}).get("sha256")
        quote: dict[str, Any] = {
            "@id": annotation["id"], "@type": "prov:Entity", "archiver:id": f"q-{leaf.details.sha256}",
            "prov:generatedAtTime": annotation["created"], "prov:wasAttributedTo": key,
            "prov:wasDerivedFrom": f"urn:sha256:{text}" if text else f"urn:archiver:snapshot:{annotation['archiver:snapshot']}",
        }  # fmt: skip
        if text in files:
            quote["archiver:file"] = files[text]
        graph.append(quote)
    return json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1).encode() + b"\n"


def _capture(capture: dict[str, Any], tool: str, key: str) -> list[dict[str, Any]]:
    snapshot = f"urn:archiver:snapshot:{capture['snapshot']}"
    activity = f"urn:archiver:capture:{capture['snapshot']}"
    hops = capture["hops"]
    used = _used(capture)
    entity: dict[str, Any] = {
        "@id": snapshot, "@type": "prov:Entity", "prov:wasGeneratedBy": activity, "prov:generatedAtTime": capture["captured_at"],
        "archiver:payloadSha256": capture["payload_sha256"],
    }  # fmt: skip
    if capture.get("revisit_of"):
        entity["prov:wasDerivedFrom"] = f"urn:archiver:snapshot:{capture['revisit_of']}"
    texts = [
        {
            "@id": f"urn:sha256:{text['sha256']}", "@type": "prov:Entity", "prov:wasDerivedFrom": snapshot,
            "archiver:layer": text["layer"], "archiver:extractor": f"{text['extractor']} {text['version']}",
        }
        for text in capture["texts"]
    ]  # fmt: skip
    started = [hop["started"] for hop in hops if hop.get("started")]
    ended = [hop["ended"] for hop in hops if hop.get("ended")]
    return [
        *used,
        {
            "@id": activity, "@type": "prov:Activity", "prov:used": used[-1]["@id"], "prov:wasAssociatedWith": [tool, key],
            **({"prov:startedAtTime": started[0]} if started else {}), **({"prov:endedAtTime": ended[-1]} if ended else {}),
        },
        entity,
        *([] if capture.get("revisit_of") else texts),
    ]  # fmt: skip


def _used(capture: dict[str, Any]) -> list[dict[str, Any]]:
    """The page, and where it is at second hand, the copy that was fetched in its place, with the date that its archive claims."""
    page = {"@id": capture["url"], "@type": "prov:Entity"}
    origin = capture.get("origin")
    memento = origin.get("memento") if isinstance(origin, dict) else None
    if not isinstance(memento, dict):
        return [page]
    copy = {"@id": memento["uri"], "@type": "prov:Entity", "prov:wasDerivedFrom": memento["original"]}
    return [page, copy | {"archiver:mementoDatetime": memento["datetime"]}]


def _tool(tool: str) -> str:
    return f"urn:archiver:tool:{tool.replace(' ', ':')}"
