"""From the files of a pack back to the evidence: every record held against its leaf, every leaf against the signed head."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from typing import Any

from archiver.digests import Digest
from archiver.errors import DamagedArchive, InputError
from archiver.log import Checkpoint
from archiver.log.leaves import entry_of, open_line
from archiver.log.merkle import leaf_hash
from archiver.log.proofs import consistency_opening, consistent, included, inclusion_opening, parse_proof
from archiver.packs import layout
from archiver.packs.collecting import read_head
from archiver.packs.evidence import Evidence, PackedLeaf, Stamp
from archiver.packs.layout import LeafLine
from archiver.signing import VerifyingKey

_SIGNATURE = re.compile(rb'    "signature": "([A-Za-z0-9+/]{86}==)"')
_ID = re.compile(r"[sq]-[0-9a-f]{64}")
_Files = Mapping[str, bytes]


def open_key(files: _Files) -> VerifyingKey:
    """The key that a pack names, in both spellings; raises DamagedArchive."""
    try:
        key = VerifyingKey.from_vkey(files[layout.VKEY].decode())
        pem = key.pem()
    except (UnicodeDecodeError, InputError, ValueError) as error:
        raise DamagedArchive(f"{layout.VKEY} is no verifier key.") from error
    if files[layout.VKEY] != key.vkey.encode() + b"\n":
        raise DamagedArchive(f"{layout.VKEY} is no verifier key.")
    if files[layout.PEM] != pem:
        raise DamagedArchive(f"{layout.PEM} is another key than {layout.VKEY}.")
    return key


def open_manifest(files: _Files) -> dict[str, Any]:
    """What ``datapackage.json`` says, held against the files that are there. Raises DamagedArchive, naming a file that is not as listed."""
    listed = dict(line.split("  ", 1)[::-1] for line in _text(files, layout.FILES).splitlines() if "  " in line)
    actual = {path for path in files if path not in (layout.DATAPACKAGE, layout.DIGEST, layout.FILES)}
    for path in sorted(actual | listed.keys()):
        if path not in listed:
            raise DamagedArchive(f"{path} is not listed in {layout.FILES}.")
        if path not in actual:
            raise DamagedArchive(f"{path} is missing.")
        if Digest.of(files[path]).hex != listed[path]:
            raise DamagedArchive(f"{path} is not the file that {layout.FILES} lists.")
    if files[layout.FILES] != layout.files_list(dict(files)):
        raise DamagedArchive(f"{layout.FILES} is not in its one spelling.")
    try:
        package = json.loads(files[layout.DATAPACKAGE])
        about = {name: value for name, value in package.items() if name != "resources"}
        inner = {path: data for path, data in files.items() if path not in (layout.DATAPACKAGE, layout.DIGEST)}
        expected = layout.datapackage(about, inner)
    except (ValueError, AttributeError, RecursionError) as error:
        raise DamagedArchive(f"{layout.DATAPACKAGE} is not readable.") from error
    if expected != files[layout.DATAPACKAGE]:
        raise DamagedArchive(f"{layout.DATAPACKAGE} lists other files than there are, or is not in its one spelling.")
    return about


def check_signature(files: _Files, key: VerifyingKey) -> None:
    """The manifest must be signed by the key; raises DamagedArchive."""
    found = _SIGNATURE.search(files[layout.DIGEST])
    signature = found[1].decode() if found else ""
    package, listed = files[layout.DATAPACKAGE], files[layout.FILES]
    if files[layout.DIGEST] != layout.digest_file(package, listed, key.vkey, signature):
        raise DamagedArchive(f"{layout.DIGEST} is not that of this pack.")
    if not key.accepts(base64.b64decode(signature), layout.signed_message(key.name, package, listed)):
        raise DamagedArchive("The manifest is not signed by this key: something was changed after it was signed.")


def open_evidence(files: _Files, key: VerifyingKey, about: Mapping[str, Any]) -> Evidence:
    """Records, leaves and proofs, each held against the next up to the head that the key signed. Raises DamagedArchive."""
    checkpoint = files[layout.CHECKPOINT]
    head = Checkpoint.opened(checkpoint, key)
    ends: dict[str, int] = {}
    leaves = []
    for line in layout.parse_leaves(files[layout.LEAVES]):
        leaves.append(_open_leaf(files, line, head, checkpoint, ends.get(line.file, 0)))
        ends[line.file] = line.offset + line.size
    if not leaves:
        raise DamagedArchive("The pack holds no records.")
    for path, data in files.items():
        if path.startswith("archive/") and ends.get(path.removeprefix("archive/")) != len(data):
            raise DamagedArchive(f"{path} holds bytes that belong to no leaf.")
    by_index = {leaf.index: leaf for leaf in leaves}
    stamps = tuple(
        _open_stamp(files, by_index, line, head, checkpoint) for line in layout.parse_stamps(files[layout.STAMPS])
    )
    named = about.get("archiver:named")
    if not isinstance(named, list) or not all(isinstance(name, str) and _ID.fullmatch(name) for name in named):
        raise DamagedArchive(f"{layout.DATAPACKAGE} does not say what the pack was asked for.")
    return Evidence(key, checkpoint, tuple(leaves), stamps, tuple(named))


def _open_leaf(files: _Files, line: LeafLine, head: Checkpoint, checkpoint: bytes, end: int) -> PackedLeaf:
    whole = files.get(f"archive/{line.file}", b"")
    member = whole[line.offset : line.offset + line.size]
    if line.offset != end or not line.size or len(member) != line.size:
        raise DamagedArchive(f"The record of leaf {line.index} is not where {layout.LEAVES} says.")
    entry = entry_of(line.line)
    details = open_line(line.line, entry) if entry else None
    if details is None:
        raise DamagedArchive(f"The details of leaf {line.index} are not readable.")
    if Digest.of(member).hex != details.sha256 or details.size != line.size:
        raise DamagedArchive(f"The record of leaf {line.index} ({details.kind}) is not the one that was recorded.")
    try:
        path = parse_proof(files[layout.proof_path(line.index)], checkpoint, inclusion_opening(line.index))
    except KeyError as error:
        raise DamagedArchive(f"The proof of leaf {line.index} is missing.") from error
    if not included(leaf_hash(entry), line.index, head.size, path, head.root):
        raise DamagedArchive(f"Leaf {line.index} ({details.kind}) is not in the log under the signed head.")
    return PackedLeaf(line.index, line.file, line.offset, member, line.line, details, path)


def _open_stamp(
    files: _Files, leaves: Mapping[int, PackedLeaf], line: layout.StampLine, head: Checkpoint, checkpoint: bytes
) -> Stamp:
    token, stamped = leaves.get(line.token), leaves.get(line.head)
    if token is None or stamped is None or (token.details.kind, stamped.details.kind) != ("timestamp", "checkpoint"):
        raise DamagedArchive(f"A line of {layout.STAMPS} names no stamp of this pack.")
    past = read_head(stamped.record.block)
    if past is None or past.origin != head.origin:
        raise DamagedArchive(f"Stamp {line.token} is over no head of this log.")
    try:
        growth = parse_proof(files[f"timestamps/{line.head}.consistency"], checkpoint, consistency_opening(past.size))
    except KeyError as error:
        raise DamagedArchive(f"The proof that the stamped head {line.head} is of this log is missing.") from error
    if past.size == 0 or not consistent(past.size, head.size, past.root, head.root, growth):
        raise DamagedArchive(f"The stamped head {line.head} is not a beginning of this log.")
    return Stamp(line.token, line.head, past.size, growth)


def _text(files: _Files, path: str) -> str:
    try:
        return files[path].decode("ascii")
    except UnicodeDecodeError as error:
        raise DamagedArchive(f"{path} is not readable.") from error
