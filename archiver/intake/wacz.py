"""WACZ files (1.0 to 1.1.1): a zip file of WARC files with a list of what is in it and the digest of each.

https://specs.webrecorder.net/wacz/1.1.1/
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import quote

from archiver import clock, urls
from archiver.archive import Archive
from archiver.digests import Digest
from archiver.errors import InputError, UnknownId
from archiver.intake import labels
from archiver.intake.importing import How, Progress, StreamImport
from archiver.intake.report import Imported, Place, Problem
from archiver.intake.returned import Erased
from archiver.intake.sealing import FileName
from archiver.intake.source import Source
from archiver.intake.zipguard import BROKEN, Entry, GuardedZip, warc_entries
from archiver.texts.scalars import join_surrogates
from archiver.warc import Record, seal

BESIDE = "import-file"
_DATAPACKAGE, _DIGEST = "datapackage.json", "datapackage-digest.json"
_MAX_JSON = 4 << 20
_MAX_PAGES = 32 << 20
_MAX_LISTED = 200_000
_MAX_BESIDE = 8 << 20
_PIECE = 1 << 20
_ELSEWHERE = ("archive/", "indexes/", "pages/", "raw/")


@dataclass(frozen=True, slots=True)
class _Resource:
    path: str
    label: str


def import_wacz(archive: Archive, file: BinaryIO, result: Imported, how: How, progress: Progress) -> None:
    """Imports the WARC files of a WACZ, and keeps what it says of itself. Raises InputError where it is refused as a whole."""
    zipped = GuardedZip(file, result.file)
    package = _datapackage(zipped, result)
    warcs = warc_entries(zipped)
    if package.get("profile") == "multi-wacz-package" or (
        not warcs and any(name.endswith(".wacz") for name in zipped.entries)
    ):
        raise InputError(f"{result.file} is a package of several WACZ files; import each of them by itself.")
    if not warcs:
        raise InputError(f"{result.file} is no WACZ file: there is no WARC file in its folder archive/.")
    _check_digests(zipped, package, result)
    listed = frozenset(_listed(zipped))
    done = 0
    for entry in warcs:
        name = FileName(result.file, result.sha256, entry.name)

        def tell(consumed: int, before: int = done) -> None:
            progress(before + consumed)

        try:
            opened = zipped.open(entry)
        except BROKEN as error:
            result.note(Problem("unreadable", Place(0), f"it cannot be read ({error})", member=entry.name))
            continue
        with opened:
            StreamImport(archive, name, result, how, listed).run(Source(opened), tell)
        done += entry.info.compress_size
    # of a package in which something was erased, what lay beside the records was erased too
    if not result.empty and (not how.returned or how.returned.erased is Erased.TAKE):
        _keep_beside(archive, zipped, result)


def _datapackage(zipped: GuardedZip, result: Imported) -> dict[str, Any]:
    data = zipped.read(_DATAPACKAGE, _MAX_JSON)
    if data is None:
        result.note(
            Problem("no-datapackage", Place(0), "it has no datapackage.json, so its files are checked against nothing")
        )
        return {}
    try:
        package = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{result.file} is no WACZ file: its datapackage.json is no JSON ({error}).") from error
    if not isinstance(package, dict):
        raise InputError(f"{result.file} is no WACZ file: its datapackage.json is no JSON object.")
    _check_signed(zipped, data, result)
    return package


def _check_signed(zipped: GuardedZip, data: bytes, result: Imported) -> None:
    """The digest of datapackage.json, which a file beside it states and may sign. Signatures of others are kept, and not judged."""
    stated = zipped.read(_DIGEST, _MAX_JSON)
    if stated is None:
        return
    try:
        value = json.loads(stated)
        holds = labels.check(str(value["hash"]), data)
    except (ValueError, RecursionError, LookupError, TypeError):
        holds, value = None, {}
    if holds is None:
        result.note(
            Problem("digest-unreadable", Place(0), "the digest in it cannot be read", wrong=False, member=_DIGEST)
        )
    elif not holds:
        result.note(
            Problem("digest-wrong", Place(0), f"does not have the digest that {_DIGEST} states", member=_DATAPACKAGE)
        )
    if isinstance(value, dict) and "signedData" in value:
        detail = "it is signed; the signature is kept, and was not checked"
        result.note(Problem("signed", Place(0), detail, wrong=False, member=_DIGEST))


def _resources(package: dict[str, Any]) -> Iterator[_Resource]:
    """Path and labelled digest of each file that the package lists, in the forms of version 1.0 and later."""
    listed = package.get("resources")
    for item in listed if isinstance(listed, list) else []:
        if not isinstance(item, dict) or not isinstance(item.get("path"), str):
            continue
        stats = item.get("stats")
        label = _word(item.get("hash")) or _word(stats.get("hash") if isinstance(stats, dict) else None)
        yield _Resource(
            _word(item["path"]), label if ":" in label else f"{_word(item.get('hashing')) or 'sha256'}:{label}"
        )


def _word(value: object) -> str:
    """A string of somebody's JSON, which may hold half a character that no file can be written with; empty for anything else."""
    return join_surrogates(value) if isinstance(value, str) else ""


def _check_digests(zipped: GuardedZip, package: dict[str, Any], result: Imported) -> None:
    """Every file against the digest that the package states, and whether each is there and listed."""
    seen = {_DATAPACKAGE, _DIGEST}
    for resource in _resources(package):
        entry = zipped.entries.get(resource.path)
        if resource.path in seen:
            continue
        seen.add(resource.path)
        member = resource.path[:200]
        if entry is None:
            result.note(Problem("missing", Place(0), "is listed in datapackage.json and is not there", member=member))
            continue
        try:
            holds = _has_digest(zipped, entry, resource.label)
        except BROKEN as error:
            result.note(Problem("unreadable", Place(0), f"it cannot be read ({error})", member=member))
            continue
        if holds is None:
            detail = "its digest in datapackage.json cannot be read"
            result.note(Problem("digest-unreadable", Place(0), detail, wrong=False, member=member))
        elif not holds:
            result.note(
                Problem(
                    "digest-wrong", Place(0), "does not have the digest that datapackage.json states", member=member
                )
            )
    if package:
        for name in sorted(zipped.entries.keys() - seen):
            result.note(
                Problem("unlisted", Place(0), "is not listed in datapackage.json", wrong=False, member=name[:200])
            )


def _has_digest(zipped: GuardedZip, entry: Entry, label: str) -> bool | None:
    return labels.check_pieces(label, _pieces(zipped, entry))


def _pieces(zipped: GuardedZip, entry: Entry) -> Iterator[bytes]:
    with zipped.open(entry) as opened:
        while piece := opened.read(_PIECE):
            yield piece


def _listed(zipped: GuardedZip) -> Iterator[str]:
    """The keys of the addresses that the lists of pages name; a list that cannot be read names none: it is a hint, no more."""
    count = 0
    for name, entry in sorted(zipped.entries.items()):
        if not name.startswith("pages/") or not name.endswith(".jsonl") or entry.size > _MAX_PAGES:
            continue
        try:
            data = zipped.read(name, _MAX_PAGES) or b""
        except InputError:
            continue
        for line in data.split(b"\n"):
            if count >= _MAX_LISTED:
                return
            try:
                yield urls.page_key(json.loads(line)["url"])
            except (ValueError, LookupError, TypeError, AttributeError, RecursionError, InputError):
                continue
            count += 1


def _keep_beside(archive: Archive, zipped: GuardedZip, result: Imported) -> None:
    """What the package says of itself, and the proofs that came with it, as records of their own.

    WARC files, indexes and lists of pages are left out: their records are in the archive, and an erasure must not have to look into
    lists.
    """
    members, total, now = [], 0, clock.stamp()
    for name, entry in sorted(zipped.entries.items()):
        total += entry.size
        if name.startswith(_ELSEWHERE) or total > _MAX_BESIDE:
            total -= entry.size
            continue
        try:
            data = zipped.read(name, _MAX_BESIDE) or b""
        except InputError:
            continue  # its digest was looked at, so it is reported
        uri = f"urn:archiver:import:{result.sha256}:{quote(name)}"
        record_id = f"<{uri}>"
        try:
            archive.catalogue.leaf_of_record(record_id)
        except UnknownId:
            digest = Digest.of(data)
            members.append(
                seal(
                    Record(BESIDE, "resource", uri, now, "application/octet-stream", data, digest, record_id=record_id)
                )
            )
    archive.record(members)
