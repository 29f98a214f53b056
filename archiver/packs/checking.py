"""``archiver verify PACK.wacz``: what `verify.sh` checks, from the zip file itself, and what a script cannot.

(1) the zip file, (2) the manifest, (3) its signature, (4) records, leaves, proofs, the signed head, (5) the signer: the known key or
one to which it handed over, (6) what each record says of itself and of others, (7) everything else, drawn again from the records, (8) stamps,
(9) with ``re_extract`` the texts, drawn again from the payloads, and the verdicts, given again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archiver.errors import MISSHAPEN, DamagedArchive
from archiver.log import Checkpoint, rotation
from archiver.log.handing import HandoverFile
from archiver.log.rotation import Rotation
from archiver.model.kinds import CAPTURE, QUOTE
from archiver.packs import layout
from archiver.packs.anchors import StampCheck
from archiver.packs.collecting import read_head
from archiver.packs.container import Container
from archiver.packs.contents import RecordCheck
from archiver.packs.drawing import draw
from archiver.packs.evidence import Evidence
from archiver.packs.opening import check_signature, open_evidence, open_key, open_manifest
from archiver.packs.quoted import PackedQuote, packed_quotes
from archiver.packs.readers import reader_findings
from archiver.packs.signer import SignerCheck
from archiver.printable import count
from archiver.signing import KeyRing, VerifyingKey
from archiver.verification import Finding
from archiver.verification.reextraction import differences
from archiver.verification.rejudging import Rejudging

if TYPE_CHECKING:
    from archiver.timestamps import Roots

_BOUND = ("archive/", "log/", "texts/", "payloads/", "timestamps/", layout.COPIES, layout.QUOTES, layout.STAMPS)
"""Files that every version draws alike: they are the evidence, or stand in it word for word."""

_ANNOTATIONS = "quotes/"
"""Files that say the same in every version, however it is written: what the record of a quote says, with its positions in bytes."""


@dataclass(frozen=True, slots=True)
class PackCheck:
    """How to verify packs: ``key`` is one that the verifier trusts, ``ring`` holds those met before, ``roots`` gives the roots of time
    stamps that were named for this run (else the verifier's own), ``against`` is a head of the log that was kept elsewhere, ``handover``
    what its owner gave out when its key was exchanged. ``quoted`` is told each quotation when all
    steps have run: where a finding failed, it is worth nothing.
    """

    ring: KeyRing
    key: VerifyingKey | None = None
    re_extract: bool = False
    roots: Callable[[], Roots] | None = None
    against: bytes | None = None
    handover: HandoverFile | None = None
    quoted: Callable[[PackedQuote], None] | None = None

    def findings(self, path: Path) -> Iterator[Finding]:
        """Runs the steps on one pack. A step that fails ends the run, since the next ones stand on it."""
        try:
            evidence = yield from self._steps(path)
            if evidence is not None and self.quoted is not None:
                for quote in packed_quotes(evidence):
                    self.quoted(quote)
        except DamagedArchive as error:
            yield Finding(path.name, "pack", False, str(error))

    def _steps(self, path: Path) -> Generator[Finding, None, Evidence | None]:
        """The findings; returns what was found whole, None where something failed."""
        with Container(path) as container:  # (1)
            for name in layout.REQUIRED:
                if name not in container.names:
                    raise DamagedArchive(f"{name} is missing.")
            files = container.files()
        yield Finding(path.name, "zip", True, f"{len(files)} plain files and nothing else")
        about = open_manifest(files)  # (2)
        yield Finding(layout.FILES, "manifest", True, "every file is the one that is listed, and none is unlisted")
        key = open_key(files)
        check_signature(files, key)  # (3)
        yield Finding(layout.DIGEST, "manifest", True, "signed by the key that the pack names")
        evidence = open_evidence(files, key, about)  # (4)
        signer = SignerCheck(self.ring, self.key, self.handover).finding(evidence)  # (5)
        if signer.ok is False:
            yield signer
            return None
        head = Checkpoint.opened(evidence.checkpoint, key)
        yield Finding(layout.CHECKPOINT, "checkpoint", True, f"signed head of {head.size} leaves")
        yield from self._growth(head, _keys_of(evidence))
        yield Finding(
            layout.LEAVES, "proofs", True, f"{len(evidence.leaves)} records are in the log under the signed head"
        )
        records = RecordCheck(evidence)
        yield from records.findings()  # (6)
        yield from _check_drawn(evidence, files, about)  # (7)
        stamps = StampCheck(self.roots or self._own_roots, self.roots is not None)
        yield from stamps.findings(evidence, records.taken_in)  # (8)
        if self.re_extract:
            yield from _check_extraction(evidence)  # (9)
            yield from _check_verdicts(evidence)
        yield signer
        return evidence

    def _own_roots(self) -> Roots:
        from archiver.timestamps import own_roots

        return own_roots(self.ring.folder)

    def _growth(self, head: Checkpoint, keys: Iterable[VerifyingKey]) -> Iterator[Finding]:
        """Holds the head against others of the same size: a pack has no proof between its head and another.

        ``keys`` are those that the log is known to have had: a head that none of them signed is anybody's.
        """
        subject = layout.CHECKPOINT
        known = self.ring.known_head(head.origin)
        last = read_head(known) if known is not None else None
        if last is not None and last.size == head.size and last.root != head.root:
            yield Finding(
                subject, "growth", False, f"another log of {head.size} leaves than the one verified here last: a fork"
            )
        if self.against is None:
            return
        keys = dict.fromkeys((*keys, *((self.key,) if self.key else ()), *self.ring.known_keys(head.origin)))
        try:
            kept = Checkpoint.opened_by_any(self.against, keys)
        except DamagedArchive as error:
            yield Finding(subject, "growth", False, f"the checkpoint given is no head of this log: {error}")
            return
        if kept.size != head.size:
            detail = f"the pack's head has {head.size} leaves, the checkpoint given {kept.size}: only the archive can prove one from the other"
            yield Finding(subject, "growth", None, detail)
        else:
            ok = kept.root == head.root
            detail = "the checkpoint given is this head" if ok else "another log than the checkpoint given: a fork"
            yield Finding(subject, "growth", ok, detail)


def _keys_of(evidence: Evidence) -> list[VerifyingKey]:
    """The key of a pack, and those that the exchanges in it speak of."""
    exchanges = [Rotation.parse(leaf.record.block) for leaf in evidence.of_kind(rotation.KIND)]
    return [evidence.key, *(key for exchange in exchanges for key in (exchange.old, exchange.new))]


def _check_drawn(evidence: Evidence, files: dict[str, bytes], about: dict[str, object]) -> Iterator[Finding]:
    """Holds every file against what is drawn from the records: what is evidence must be that, what is for readers may be worded otherwise."""
    drawn = draw(evidence)
    kept = {path for path in files if path not in (layout.DATAPACKAGE, layout.DIGEST, layout.FILES)}
    unlike = sorted(path for path in kept | drawn.keys() if files.get(path) != drawn.get(path))
    bound = [path for path in unlike if path.startswith(_BOUND) or not _says_the_same(path, files, drawn)]
    if bound:
        yield Finding(bound[0], "copies", False, "is not what is drawn from the records of the pack")
        return
    worded = [path for path in unlike if not path.startswith(_ANNOTATIONS)]
    alike = count(len((drawn.keys() & kept).difference(worded)), "file", "is", "are")
    yield Finding("verify", "copies", True, f"{alike} what is drawn from the records of the pack")
    yield from reader_findings(worded, files, about)


def _says_the_same(path: str, files: dict[str, bytes], drawn: dict[str, bytes]) -> bool:
    """Whether a file for readers that is a quotation is the one that is recorded, in whatever spelling of JSON."""
    if not path.startswith(_ANNOTATIONS):
        return True
    try:
        return bool(json.loads(files.get(path, b"")) == json.loads(drawn.get(path, b"")))
    except MISSHAPEN:
        return False


def _check_extraction(evidence: Evidence) -> Iterator[Finding]:
    """Draws the texts again. Another reading by the same extractor version is a failure; by another version it is a note."""
    for leaf in evidence.of_kind("capture"):
        capture = leaf.json()
        if capture.get("revisit_of"):
            continue
        try:
            response = evidence.by_record[capture["hops"][-1]["response"]]
            view = (capture.get("browser") or {}).get("dom")
            differing = differences(
                capture, response.record.block, evidence.by_record[view].record.block if view else None
            )
        except MISSHAPEN as error:
            raise DamagedArchive(
                f"The capture of leaf {leaf.index} has not the shape of its kind ({error})."
            ) from error
        name = capture["snapshot"][:14]
        if differing is None:
            yield Finding(name, "re-extract", True, "reads today as it was recorded")
        else:
            detail, is_failure = differing
            yield Finding(name, "re-extract", None if is_failure is None else not is_failure, detail)


def _check_verdicts(evidence: Evidence) -> Iterator[Finding]:
    captures = {leaf.details.uri.rpartition(":")[2]: leaf for leaf in evidence.of_kind(CAPTURE)}

    def capture(snapshot: str) -> dict[str, Any] | None:
        return captures[snapshot].json() if snapshot in captures else None

    def text(record_id: str) -> bytes | None:
        leaf = evidence.by_record.get(record_id)
        return None if leaf is None else leaf.record.block

    quotes = [(f"q-{leaf.details.sha256}", leaf.record.block) for leaf in evidence.of_kind(QUOTE)]
    yield from Rejudging(capture, text).findings(quotes)
