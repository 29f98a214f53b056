"""RO-Crate 1.1 metadata around packs, as research repositories read it: the folder of a pack becomes a crate that the pack is a file of.

https://www.researchobject.org/ro-crate/specification/1.1/. Nothing in a pack changes by it. Where the folder is a crate already, whoever
made it, the pack is added to it and the rest of its description stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote as percent

from archiver import clock, durable
from archiver.digests import Digest
from archiver.errors import MISSHAPEN, ArchiveError, InputError
from archiver.model import Origin
from archiver.packs.evidence import Evidence
from archiver.printable import printable, shorten
from archiver.version import __version__

FILE = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
_PROFILE = "https://w3id.org/ro/crate/1.1"
_FORMAT = "https://specs.webrecorder.net/wacz/1.1.1/"
_TERMS = {"sha256": "https://schema.org/sha256"}
"""Not in the context of RO-Crate 1.1; in that of 1.2."""

_MAX_BYTES = 64 << 20
_LONGEST = 500  # characters of a title or name
Entity = dict[str, Any]


def describe(pack: Path, data: bytes, evidence: Evidence) -> Path:
    """Writes the metadata of the crate that the pack's folder is; ``data`` are the pack's bytes. Returns its path.

    Raises InputError where a file of that name is there that is no RO-Crate metadata, ArchiveError where it cannot be written.
    """
    target = pack.parent / FILE
    document = _read(target) if target.exists() else _new(pack.parent)
    graph = {entity["@id"]: entity for entity in document["@graph"]}
    _forget(graph, _part(pack))
    for entity in (*_context(), *_entities(pack, data, evidence)):
        graph[entity["@id"]] = entity
    root = graph[_root_of(graph, target)]
    parts = root.get("hasPart", [])
    parts = parts if isinstance(parts, list) else [parts]
    root["hasPart"] = _compact([*(part for part in parts if part != {"@id": _part(pack)}), {"@id": _part(pack)}])
    document |= {"@context": _with_terms(document["@context"]), "@graph": list(graph.values())}
    try:
        durable.replace_file(target, json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n")
    except OSError as error:
        raise ArchiveError(f"{target} cannot be written: {error.strerror or error}.") from error
    return target


def check(pack: Path) -> None:
    """Raises InputError where the folder of the pack has metadata that no pack can be added to."""
    target = pack.parent / FILE
    if target.exists():
        _root_of({entity["@id"]: entity for entity in _read(target)["@graph"]}, target)


def _part(pack: Path) -> str:
    """The file's name as a relative URI."""
    return percent(pack.name, safe="")


def _new(folder: Path) -> dict[str, Any]:
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"Evidence for quotations: {folder.absolute().name or 'packs'}",
        "description": "Quotations and the web pages that they were taken from, each pack with the records, proofs and keys to check it by.",
        "datePublished": clock.stamp(clock.now())[:10],
        "license": {"@id": "#rights"},
        "hasPart": [],
    }
    descriptor: Entity = {
        "@id": FILE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": _PROFILE},
        "about": {"@id": "./"},
    }
    rights: Entity = {
        "@id": "#rights",
        "@type": "CreativeWork",
        "name": "No licence was given",
        "description": (
            "The recorded pages belong to their publishers; they are kept as evidence of what was quoted. Whoever deposits these files "
            "says here under which terms."
        ),
    }
    return {"@context": CONTEXT, "@graph": [descriptor, root, rights]}


def _read(target: Path) -> dict[str, Any]:
    """A crate's metadata, which may be anybody's."""
    try:
        if target.stat().st_size > _MAX_BYTES:
            raise InputError(f"{target} is larger than any description of a crate.")
        document = json.loads(target.read_bytes())
        graph = document["@graph"]
        ids = [entity["@id"] for entity in graph]
        if not all(isinstance(name, str) for name in ids) or not document["@context"]:
            raise ValueError
    except OSError as error:
        raise InputError(f"{target} cannot be read: {error.strerror or error}.") from error
    except MISSHAPEN as error:
        raise InputError(
            f"{target} is no RO-Crate metadata; move it away, or write the pack into another folder."
        ) from error
    found: dict[str, Any] = document
    return found


def _root_of(graph: Mapping[str, Entity], target: Path) -> str:
    """The root data entity: what the descriptor is about."""
    descriptor = graph.get(FILE) or graph.get(f"./{FILE}")
    about = descriptor.get("about") if descriptor else None
    name = about.get("@id") if isinstance(about, dict) else None
    if not isinstance(name, str) or name not in graph:
        raise InputError(f"{target} names no root of a crate; move it away, or write the pack into another folder.")
    return name


def _with_terms(context: Any) -> list[Any]:
    known = context if isinstance(context, list) else [context]
    return known if _TERMS in known else [*known, _TERMS]


def _forget(graph: dict[str, Entity], part: str) -> None:
    """Takes out what an earlier pack of the same name brought, and nothing else speaks of."""
    old = graph.pop(part, None)
    if old is None:
        return
    spoken = json.dumps([entity for name, entity in graph.items() if not name.startswith("urn:archiver:")])
    for name in [name for name in graph if name.startswith("urn:archiver:")]:
        if json.dumps({"@id": name}) not in spoken:
            del graph[name]


def _context() -> list[Entity]:
    return [
        {"@id": _FORMAT, "@type": "WebSite", "name": "Web Archive Collection Zipped (WACZ) 1.1.1"},
        {
            "@id": f"urn:archiver:tool:{__version__}",
            "@type": "SoftwareApplication",
            "name": "archiver",
            "version": __version__,
        },
    ]


def _entities(pack: Path, data: bytes, evidence: Evidence) -> list[Entity]:
    captures = [leaf.json() for leaf in evidence.of_kind("capture")]
    quotes = [(f"q-{leaf.details.sha256}", leaf.json()) for leaf in evidence.of_kind("quote")]
    pages = [{"@id": _snapshot_id(capture["snapshot"])} for capture in captures]
    said = [{"@id": _quote_id(annotation)} for _, annotation in quotes]
    file: Entity = {
        "@id": _part(pack),
        "@type": "File",
        "name": f"Evidence pack {pack.name}",
        "description": "Records, proofs, key and time stamps of these quotations; VERIFY.md inside says how to check them without the software.",
        "encodingFormat": ["application/wacz", {"@id": _FORMAT}],
        "contentSize": str(len(data)),
        "sha256": Digest.of(data).hex,
        "dateCreated": clock.stamp(clock.now()),
        "identifier": f"sha256:{Digest.of(data).hex}",
        "about": _compact(pages),
        **({"mentions": _compact(said)} if said else {}),
    }
    action: Entity = {
        "@id": f"#export-{_part(pack)}",
        "@type": "CreateAction",
        "name": f"Export of {pack.name}",
        "instrument": {"@id": f"urn:archiver:tool:{__version__}"},
        "object": _compact([*pages, *said]),
        "result": {"@id": _part(pack)},
    }
    return [file, action, *map(_page, captures), *(_quotation(name, annotation) for name, annotation in quotes)]


def _compact(items: list[Entity]) -> Entity | list[Entity]:
    """One alone, as the specification wants it, else the list."""
    return items[0] if len(items) == 1 else items


def _page(capture: Mapping[str, Any]) -> Entity:
    """A snapshot. It came about when it was captured or taken in; what others say of when they had the page stands in the description."""
    info = capture.get("info") or {}
    return {
        "@id": _snapshot_id(capture["snapshot"]),
        "@type": "WebPage",
        "name": shorten(info.get("title") or capture["url"], _LONGEST),
        "url": capture["url"],
        "dateCreated": (capture.get("origin") or {}).get("at") or capture["captured_at"],
        "description": printable(f"{_taken(capture)}; SHA-256 of its payload {capture['payload_sha256']}."),
    }


def _taken(capture: Mapping[str, Any]) -> str:
    """How the page came into the archive: only what was fetched from its own server is called captured."""
    if not capture.get("origin"):
        return f"The page as it was captured on {capture['captured_at']}"
    origin = Origin.from_json(capture["origin"])
    return f"Taken in on {origin.at}: {origin.notice(capture['url'], capture['captured_at']).detail}"


def _quotation(name: str, annotation: Mapping[str, Any]) -> Entity:
    judged = annotation.get("archiver:judged") or {}
    verdict, speaker = judged.get("verdict"), annotation.get("archiver:speaker")
    about = [
        *([f"Verdict against that page: {verdict}."] if verdict else []),
        *([f"Speaker, as it was given and not checked: {shorten(speaker, _LONGEST)}."] if speaker else []),
    ]
    return {
        "@id": _quote_id(annotation),
        "@type": "Quotation",
        "identifier": name,
        "text": judged.get("quote") or "",
        "dateCreated": annotation["created"],
        "isBasedOn": {"@id": _snapshot_id(annotation["archiver:snapshot"])},
        **({"description": " ".join(about)} if about else {}),
    }


def _quote_id(annotation: Mapping[str, Any]) -> str:
    return f"urn:archiver:quote:{annotation['id'].removeprefix('urn:uuid:')}"


def _snapshot_id(name: str) -> str:
    return f"urn:archiver:snapshot:{name}"
