"""Who signed a pack, by what the verifier knows: the keys that were named or met, and how the log's key was exchanged."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archiver.errors import ArchiverError
from archiver.log import Checkpoint, rotation
from archiver.log.handing import HandoverFile
from archiver.log.rotation import Rotation
from archiver.packs import layout
from archiver.packs.evidence import Evidence
from archiver.signing import KeyRing, VerifyingKey
from archiver.verification import Finding
from archiver.verification.key_checks import Handover, KeyHistory

OTHER_KEY = ("other_key", True)
"""The fact of a finding: whole, but by another key under the same name than the one that is known."""


@dataclass(frozen=True, slots=True)
class SignerCheck:
    """``named`` is a key that the verifier trusts, ``ring`` holds those met before, ``handover`` is what the log's owner gave out when its
    key was exchanged."""

    ring: KeyRing
    named: VerifyingKey | None = None
    handover: HandoverFile | None = None

    def finding(self, evidence: Evidence) -> Finding:
        """What is to be said of the key of a pack whose records, proofs and head hold under it."""
        key = evidence.key
        try:
            expected = self.named or self.ring.known(key.name)
        except ArchiverError as error:
            return Finding(layout.VKEY, "signer", None, str(error))
        if expected is None:
            return Finding(
                layout.VKEY, "signer", None,
                f"intact, signer unknown: anybody could have made it; get the signer's key by another way than this pack (their page, a "
                f"letter) and name it with --key. The pack names {key.vkey}",
            )  # fmt: skip
        if expected == key:
            return Finding(layout.VKEY, "signer", True, f"signed by the known key {key.vkey}")
        forward = self._handed_over_to(evidence, expected)
        if forward.ok is not False or key.name != expected.name:
            return forward
        return self._former(evidence, expected)

    def _handed_over_to(self, evidence: Evidence, expected: VerifyingKey) -> Finding:
        """By the exchanges that the pack itself brings: does the known key lead to that of the pack?"""
        history = KeyHistory((), lambda _: None)
        history.handovers += [
            Handover(leaf.index, Rotation.parse(leaf.record.block)) for leaf in evidence.of_kind(rotation.KIND)
        ]
        said = history.signer(evidence.key, expected)
        return replace(
            said, subject=layout.VKEY, detail=said.detail.replace("the archive names", "the pack is signed by")
        )

    def _former(self, evidence: Evidence, expected: VerifyingKey) -> Finding:
        """The other way round: is the key of the pack one that the known key followed?"""
        key = evidence.key
        last = self.handover.last_of(key, expected) if self.handover else None
        if self.handover is not None and last is not None:
            fault = self.handover.fault(Checkpoint.opened(evidence.checkpoint, key), key, expected)
            if fault is not None:
                return Finding(
                    layout.VKEY, "signer", False, f"signed by {key.vkey}, an older key of this log, but {fault}"
                )
            return Finding(
                layout.VKEY, "signer", True,
                f"signed by {key.vkey}, the key of this log until {last.time}; the hand-over to {expected.vkey}, which you know, proves that "
                "what the pack holds was in the log then",
            )  # fmt: skip
        known = self.named is None and key in self.ring.known_keys(key.name)
        who = (
            f"signed by {key.vkey}, which was this log's key before it was exchanged; whoever got hold of that key could have made it since"
            if known
            else f"signed by {key.vkey}, another key under the same name than {expected.vkey}, which you know: it may be of a time before the "
            "key was exchanged, or somebody else's, since anybody can use the name"
        )
        given = "the hand-over that was given does not lead from the one to the other; " if self.handover else ""
        what_to_do = (
            "this log's own key is on this machine: `archiver log handover --to FILE`, run in its archive, writes the hand-over; name it with "
            "--handover"
            if self._holds(expected)
            else "get the hand-over from the log's owner (`archiver log handover` writes it there) and name it with --handover, or ask for a "
            "new pack"
        )
        return Finding(
            layout.VKEY, "signer", None,
            f"not confirmed: {who}; {given}{what_to_do}",
            facts=(OTHER_KEY,),
        )  # fmt: skip

    def _holds(self, key: VerifyingKey) -> bool:
        """Whether the private half of a key is on this machine, as far as its files may be read."""
        try:
            return self.ring.path_of(key) is not None
        except ArchiverError:
            return False
