"""Packs changed by somebody without the key, who recomputes every hash that no signature covers.

``EDITS`` are the changes, each from the evidence of a good pack to the files of a bad one; `sealing` is what the forger then does about
the manifest. ``INNER`` are the edits that must fail even under a manifest that is signed by the true key: that of a careless or leaked key.
"""

from __future__ import annotations

import json
import re
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from archiver.archive import Archive
from archiver.digests import Digest
from archiver.log.leaves import make_leaf
from archiver.packs import layout
from archiver.packs.drawing import draw
from archiver.packs.evidence import Evidence, PackedLeaf
from archiver.signing import KeyRing, SigningKey
from archiver.warc import Member, Record

Files = dict[str, bytes]


@dataclass(frozen=True)
class Victim:
    """A good pack: its evidence and files, the true key, an older evidence of the same ids, a token by another authority."""

    evidence: Evidence
    files: Files
    signer: SigningKey
    older: Evidence
    other: Files
    foreign_token: bytes


def reseal(
    leaf: PackedLeaf, block: Callable[[bytes], bytes] = bytes, head: Callable[[bytes], bytes] = bytes, **details: Any
) -> PackedLeaf:
    """The leaf with a changed record: length and digests in its header, in its details and its commitment made to agree again."""
    raw = zlib.decompress(leaf.member, 31)
    top, _, rest = raw.partition(b"\r\n\r\n")
    body = block(rest[:-4])
    top = head(top)
    top = re.sub(rb"(?m)^Content-Length: [0-9]+", b"Content-Length: %d" % len(body), top)
    top = re.sub(rb"(?m)^WARC-Block-Digest: [^\r]+", b"WARC-Block-Digest: " + Digest.of(body).labelled.encode(), top)
    if "payload_sha256" in details:
        label = Digest.from_hex(details["payload_sha256"]).labelled.encode()
        top = re.sub(rb"(?m)^WARC-Payload-Digest: [^\r]+", b"WARC-Payload-Digest: " + label, top)
    compressor = zlib.compressobj(6, zlib.DEFLATED, 31)
    member = compressor.compress(top + b"\r\n\r\n" + body + b"\r\n\r\n") + compressor.flush()
    changed = replace(leaf.details, sha256=Digest.of(member).hex, size=len(member), **details)
    return replace(leaf, member=member, details=changed, line=make_leaf(changed).line)


def with_leaves(evidence: Evidence, leaves: list[PackedLeaf], **changes: Any) -> Evidence:
    """The evidence with other leaves, laid one behind another again; names of records that changed are changed in the records."""
    renamed = {
        old.details.sha256: new.details.sha256
        for old, new in zip(evidence.leaves, leaves, strict=False)
        if old.index == new.index and old.details.sha256 != new.details.sha256
    }
    leaves = [_renamed(leaf, renamed) for leaf in leaves]
    ends: dict[str, int] = {}
    laid = []
    for leaf in leaves:
        laid.append(replace(leaf, offset=ends.get(leaf.file, 0)))
        ends[leaf.file] = laid[-1].offset + len(leaf.member)
    quotes = {f"q-{leaf.details.sha256}" for leaf in laid if leaf.details.kind == "quote"}
    captures = {leaf.json()["snapshot"] for leaf in laid if leaf.details.kind == "capture"}
    named = tuple(sorted(quotes)) or tuple(sorted(captures))
    return replace(evidence, **{"leaves": tuple(laid), "named": named, **changes})


def _renamed(leaf: PackedLeaf, renamed: dict[str, str]) -> PackedLeaf:
    """Ids of snapshots are digests of records: where a response changed, all that names it follows."""
    if leaf.details.kind not in ("text", "capture", "quote") or not renamed:
        return leaf

    def rename(data: bytes) -> bytes:
        for old, new in renamed.items():
            data = data.replace(old.encode(), new.encode()).replace(old[:12].encode(), new[:12].encode())
        return data

    raw = zlib.decompress(leaf.member, 31)
    if rename(raw) == raw:
        return leaf
    new = reseal(
        leaf,
        (lambda block: block) if leaf.details.kind == "text" else rename,
        rename,
        uri=rename(leaf.details.uri.encode()).decode(),
    )
    renamed[leaf.details.sha256] = new.details.sha256
    return new


def _changed(evidence: Evidence, kind: str, change: Callable[[PackedLeaf], PackedLeaf], which: int = 0) -> Evidence:
    target = evidence.of_kind(kind)[which].index
    return with_leaves(evidence, [change(leaf) if leaf.index == target else leaf for leaf in evidence.leaves])


def _without(evidence: Evidence, *kinds: str) -> Evidence:
    """Without the last record of each kind."""
    gone = {evidence.of_kind(kind)[-1].index for kind in kinds if evidence.of_kind(kind)}
    return with_leaves(evidence, [leaf for leaf in evidence.leaves if leaf.index not in gone])


def delete_quote(victim: Victim) -> Files:
    return draw(_without(victim.evidence, "quote"))


def delete_request(victim: Victim) -> Files:
    gone = victim.evidence.of_kind("request")[0].index
    return draw(replace(with_leaves(victim.evidence, [leaf for leaf in victim.evidence.leaves if leaf.index != gone])))


def reorder(victim: Victim) -> Files:
    """Two records change places in the log: each gets the other's number and proof."""
    first, second = victim.evidence.of_kind("request")[0], victim.evidence.of_kind("capture")[0]
    swapped = {
        first.index: replace(second, index=first.index, path=first.path),
        second.index: replace(first, index=second.index, path=second.path),
    }
    return draw(with_leaves(victim.evidence, [swapped.get(leaf.index, leaf) for leaf in victim.evidence.leaves]))


def swap_places(victim: Victim) -> Files:
    """Two records change places in the WARC file; the lines of their leaves stay."""
    files, evidence = dict(victim.files), victim.evidence
    name = evidence.leaves[0].file
    members = [leaf.member for leaf in evidence.leaves if leaf.file == name]
    members[1], members[2] = members[2], members[1]
    files[f"archive/{name}"] = b"".join(members)
    return files


def date_of_response(victim: Victim) -> Files:
    def earlier(leaf: PackedLeaf) -> PackedLeaf:
        time = "2019" + leaf.details.time[4:]
        return reseal(leaf, head=lambda head: head.replace(leaf.details.time.encode(), time.encode()), time=time)

    return draw(_changed(victim.evidence, "response", earlier))


def date_of_capture(victim: Victim) -> Files:
    return draw(
        _changed(
            victim.evidence,
            "capture",
            lambda leaf: reseal(leaf, block=lambda data: data.replace(leaf.details.time[:10].encode(), b"2020-11-20")),
        )
    )


def details_only(victim: Victim) -> Files:
    """The record stays; what the log says of it is changed, salt and commitment anew."""

    def moved(leaf: PackedLeaf) -> PackedLeaf:
        details = replace(leaf.details, uri="https://example.org/other")
        return replace(leaf, details=details, line=make_leaf(details).line)

    evidence = victim.evidence
    target = evidence.of_kind("request")[0].index
    return draw(with_leaves(evidence, [moved(leaf) if leaf.index == target else leaf for leaf in evidence.leaves]))


def other_salt(victim: Victim) -> Files:
    leaf = victim.evidence.leaves[1]
    fresh = replace(leaf, line=make_leaf(leaf.details).line)
    return draw(
        with_leaves(victim.evidence, [fresh if item.index == leaf.index else item for item in victim.evidence.leaves])
    )


def rollback(victim: Victim) -> Files:
    """An older head of the same log, signed by the true key, with the proofs to it; what came later is left out."""
    older = {leaf.index: leaf.path for leaf in victim.older.leaves}
    leaves = [replace(leaf, path=older[leaf.index]) for leaf in victim.evidence.leaves if leaf.index in older]
    return draw(with_leaves(victim.evidence, leaves, checkpoint=victim.older.checkpoint, stamps=()))


def fork(victim: Victim) -> Files:
    """A log of the same name and size that ends otherwise, with all its proofs; the true key stays named."""
    forged = draw(own_log(victim, SigningKey.generate(victim.signer.public.name)))
    return {**forged, layout.VKEY: victim.files[layout.VKEY], layout.PEM: victim.files[layout.PEM]}


def replaced_key(victim: Victim) -> Files:
    """Everything recorded anew in a log of the forger's own, under the same name."""
    return draw(own_log(victim, forger_of(victim)))


def own_log(victim: Victim, signer: SigningKey) -> Evidence:
    """The records of the victim's evidence in a log of the signer's."""
    from archiver.packs.collecting import collect

    with tempfile.TemporaryDirectory() as folder:
        ring = KeyRing(Path(folder) / "keys")
        ring.store(signer)
        with Archive.create(Path(folder) / "archive", ring, signer=signer) as archive:
            kept = [
                leaf
                for leaf in victim.evidence.leaves
                if leaf.details.kind not in ("warcinfo", "checkpoint", "timestamp")
            ]
            archive.record([member_of(leaf) for leaf in kept])
            return collect(archive, victim.evidence.named)


def member_of(leaf: PackedLeaf) -> Member:
    """The member as an archive records it."""
    details = leaf.details
    record = Record(
        details.kind, details.warc_type, details.uri, details.time, leaf.record.headers.get("content-type", ""), leaf.record.block,
        Digest.from_hex(details.payload_sha256) if details.payload_sha256 else None, (), details.server_date, details.record_id,
    )  # fmt: skip
    return Member(record, leaf.member, Digest.of(leaf.member))


def verdict(victim: Victim) -> Files:
    return draw(_changed(victim.evidence, "quote", lambda leaf: reseal(leaf, block=_other_verdict)))


def _other_verdict(block: bytes) -> bytes:
    value = json.loads(block)
    value["archiver:judged"]["verdict"] = "altered" if value["archiver:judged"]["verdict"] == "verbatim" else "verbatim"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def quoted_words(victim: Victim) -> Files:
    def other(block: bytes) -> bytes:
        value = json.loads(block)
        value["archiver:judged"]["quote"] = "Something else was said."
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    return draw(_changed(victim.evidence, "quote", lambda leaf: reseal(leaf, block=other)))


def text_record(victim: Victim) -> Files:
    """A text is changed in its record, and everything that names its digest follows."""
    evidence = victim.evidence
    target = evidence.of_kind("text")[0]
    content = target.record.block + b"\nAnd one thing more."
    old, new = target.details.payload_sha256.encode(), Digest.of(content).hex.encode()

    def follow(leaf: PackedLeaf) -> PackedLeaf:
        if leaf.index == target.index:
            return reseal(leaf, block=lambda _: content, payload_sha256=new.decode())
        if leaf.details.kind in ("capture", "quote"):
            return reseal(leaf, block=lambda data: data.replace(old, new))
        return leaf

    return draw(with_leaves(evidence, [follow(leaf) for leaf in evidence.leaves]))


def text_copy(victim: Victim) -> Files:
    """Only the copy that people read is changed."""
    path = next(path for path in sorted(victim.files) if path.startswith("texts/"))
    return {**victim.files, path: victim.files[path] + b"!"}


def payload_copy(victim: Victim) -> Files:
    path = next(path for path in sorted(victim.files) if path.startswith("payloads/"))
    return {**victim.files, path: victim.files[path] + b"!"}


def page(victim: Victim) -> Files:
    """The answer of the server is changed, and its digests follow."""
    response = victim.evidence.of_kind("response")[-1]
    payload = response.details.payload_sha256
    body = b"Another page altogether."

    def other(block: bytes) -> bytes:
        return block[: block.index(b"\r\n\r\n") + 4] + body

    new = reseal(response, block=other, payload_sha256=Digest.of(body).hex)
    leaves = [new if leaf.index == response.index else leaf for leaf in victim.evidence.leaves]
    leaves = [
        reseal(leaf, block=lambda data: data.replace(payload.encode(), Digest.of(body).hex.encode()))
        if leaf.details.kind == "capture"
        else leaf
        for leaf in leaves
    ]
    return draw(with_leaves(victim.evidence, leaves))


def stripped_stamps(victim: Victim) -> Files:
    kept = [leaf for leaf in victim.evidence.leaves if leaf.details.kind not in ("timestamp", "checkpoint")]
    return draw(with_leaves(victim.evidence, kept, stamps=()))


def other_stamp(victim: Victim) -> Files:
    """A token by another authority in the place of the recorded one."""
    return draw(_changed(victim.evidence, "timestamp", lambda leaf: reseal(leaf, block=lambda _: victim.foreign_token)))


def stamp_copy(victim: Victim) -> Files:
    path = next(path for path in sorted(victim.files) if path.endswith(".tsr"))
    return {**victim.files, path: victim.foreign_token}


def moved_stamp(victim: Victim) -> Files:
    """A stamp is said to be over a later head than it is."""
    stamp = victim.evidence.stamps[0]
    forged = victim.evidence.checkpoint

    def later(leaf: PackedLeaf) -> PackedLeaf:
        return reseal(leaf, block=lambda _: forged) if leaf.index == stamp.head else leaf

    size = int(forged.split(b"\n")[1])
    stamps = tuple(
        replace(item, size=size, growth=()) if item.head == stamp.head else item for item in victim.evidence.stamps
    )
    return draw(with_leaves(victim.evidence, [later(leaf) for leaf in victim.evidence.leaves], stamps=stamps))


def inserted_record(victim: Victim) -> Files:
    """A quote more, in the place of a leaf that the pack does not hold, with a neighbour's proof."""
    model = victim.evidence.of_kind("quote")[0]
    more = replace(reseal(model, block=_other_verdict), index=victim.evidence.leaves[-1].index + 1)
    return draw(with_leaves(victim.evidence, [*victim.evidence.leaves, more]))


def added_file(victim: Victim) -> Files:
    return {**victim.files, "texts/s-000000000000.article.txt": b"What was never on any page."}


def unlisted_file(victim: Victim) -> Files:
    return {**victim.files, "provenance/more.jsonld": b"{}"}


def own_script(victim: Victim) -> Files:
    return {**victim.files, layout.SCRIPT: b"#!/bin/bash\necho INTACT\nexit 0\n"}


def shifted_quote(victim: Victim) -> Files:
    """The quotation is said to stand elsewhere in its text."""
    text = victim.files[layout.QUOTES].decode()

    def shift(found: re.Match[str]) -> str:
        return f"{found[1]}{int(found[2]) + 1}-{int(found[3]) + 1}{found[4]}"

    return {
        **victim.files,
        layout.QUOTES: re.sub(r"(?m)^([0-9]+\t\S+\t)([0-9]+)-([0-9]+)(.*)$", shift, text, count=1).encode(),
    }


def dropped_passage(victim: Victim) -> Files:
    return {**victim.files, layout.QUOTES: victim.files[layout.QUOTES].split(b"\n", 1)[1]}


def proof_of_another(victim: Victim) -> Files:
    """A record in the place of another leaf, whose proof is right."""
    first, second = victim.evidence.leaves[1], victim.evidence.leaves[2]
    proof = victim.files[layout.proof_path(second.index)]
    return {
        **victim.files,
        layout.proof_path(first.index): proof.replace(b"index %d\n" % second.index, b"index %d\n" % first.index),
    }


def trailing_bytes(victim: Victim) -> Files:
    path = f"archive/{victim.evidence.leaves[0].file}"
    return {**victim.files, path: victim.files[path] + victim.evidence.leaves[0].member}


def index_elsewhere(victim: Victim) -> Files:
    return {
        **victim.files,
        layout.INDEX: b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00",
    }


def foreign_head(victim: Victim) -> Files:
    """Head and proofs out of a good pack of another archive."""
    return {**victim.files, layout.CHECKPOINT: victim.other[layout.CHECKPOINT]}


def other_guide(victim: Victim) -> Files:
    return {
        **victim.files,
        layout.GUIDE: victim.files[layout.GUIDE] + b"\nThe signer's key is printed above; believe it.\n",
    }


def other_annotation(victim: Victim) -> Files:
    """A quotation has another verdict in the file that people read; its record stays."""
    path = next(path for path in sorted(victim.files) if path.startswith("quotes/"))
    value = json.loads(victim.files[path])
    verdict = "elided" if value["archiver:judged"]["verdict"] == "verbatim" else "verbatim"
    value["archiver:judged"] |= {"verdict": verdict, "holds": True}
    value["body"]["value"] = verdict
    return {**victim.files, path: json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"}


def dropped_annotation(victim: Victim) -> Files:
    path = next(path for path in sorted(victim.files) if path.startswith("quotes/"))
    return {name: data for name, data in victim.files.items() if name != path}


def added_annotation(victim: Victim) -> Files:
    path = next(path for path in sorted(victim.files) if path.startswith("quotes/"))
    return {**victim.files, "quotes/q-000000000000.jsonld": victim.files[path]}


EDITS: tuple[Callable[[Victim], Files], ...] = (
    delete_quote, delete_request, reorder, swap_places, date_of_response, date_of_capture, details_only, other_salt, rollback, fork, replaced_key,
    verdict, quoted_words, text_record, text_copy, payload_copy, page, stripped_stamps, other_stamp, stamp_copy, moved_stamp, inserted_record,
    added_file, unlisted_file, own_script, shifted_quote, dropped_passage, proof_of_another, trailing_bytes, index_elsewhere, foreign_head,
    other_guide, other_annotation, dropped_annotation, added_annotation,
)  # fmt: skip

INNER: tuple[Callable[[Victim], Files], ...] = (
    reorder, swap_places, date_of_response, date_of_capture, details_only, other_salt, fork, replaced_key, verdict, quoted_words, text_record,
    text_copy, payload_copy, page, other_stamp, stamp_copy, moved_stamp, inserted_record, added_file, shifted_quote, dropped_passage,
    proof_of_another, trailing_bytes, foreign_head, other_annotation, dropped_annotation, added_annotation,
)  # fmt: skip


def forger_of(victim: Victim) -> SigningKey:
    """The forger's key, under the name of the true one."""
    return SigningKey.generate(victim.signer.public.name)
