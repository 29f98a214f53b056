"""What the time stamps in a pack prove to a verifier with roots of their own, and what they leave to the holder of the key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from archiver import clock
from archiver.errors import ArchiverError, BadTimestamp
from archiver.log import Checkpoint
from archiver.log.stamped import anchor_of
from archiver.model.kinds import CLOCK
from archiver.packs.evidence import Evidence, Stamp
from archiver.signing import parse_note
from archiver.timestamps.window import Anchor, Window
from archiver.verification import Finding
from archiver.verification.clock_checks import without_noted
from archiver.verification.times import Times

if TYPE_CHECKING:
    from archiver.timestamps import Roots

_SUBJECT = "timestamps"


@dataclass(frozen=True, slots=True)
class StampCheck:
    """``roots`` is asked for only where there are stamps. ``demanded`` says that the verifier named roots for this run: then a stamp that
    leads to none of them is undecided, where otherwise it is only not relied upon."""

    roots: Callable[[], Roots]
    demanded: bool = False

    def findings(self, evidence: Evidence, taken_in: Iterable[tuple[int, datetime]] = ()) -> Iterator[Finding]:
        """A finding for each stamp, one for the times that the records claim, and one for what the key's holder could have backdated.

        ``taken_in`` are leaves of imported captures, with the time at which this was done.
        """
        anchors: list[Anchor] = []
        if evidence.stamps:
            yield from self._stamps(evidence, anchors)
        window = Window(tuple(anchors), Checkpoint.of_text(parse_note(evidence.checkpoint).text).size)
        if anchors:
            yield from _times(evidence, window, taken_in)
            for leaf in evidence.of_kind("capture"):
                yield Finding(leaf.json()["snapshot"][:14], "window", True, window.words_of(leaf.index))
        else:
            words = "whoever holds the signing key could have written and dated all of it at any time"
            yield Finding(_SUBJECT, "window", True, f"no time stamp in the pack that can be relied upon here: {words}")

    def _stamps(self, evidence: Evidence, anchors: list[Anchor]) -> Iterator[Finding]:
        try:
            roots = self._with_helpers(evidence)
        except ArchiverError as error:
            yield Finding(_SUBJECT, "timestamp", None, f"{len(evidence.stamps)} time stamps were not checked: {error}")
            return
        for stamp in evidence.stamps:
            subject = f"timestamps/{stamp.token}.tsr"
            try:
                ok, detail, anchor = _judged(evidence, stamp, roots)
            except BadTimestamp as error:
                yield Finding(subject, "timestamp", False, str(error))
                continue
            if ok:
                anchors.append(anchor)
            elif not self.demanded:
                ok, detail = True, f"it is of this log, but not relied upon: {detail}"
            words = f"the first {stamp.size} leaves were there at {clock.stamp(anchor.time)}"
            yield Finding(subject, "timestamp", ok, f"{words}: {detail}" if anchors else detail)

    def _with_helpers(self, evidence: Evidence) -> Roots:
        """The verifier's roots, and the certificates that the pack brings: they may stand between, and are trusted in nothing."""
        from archiver.timestamps import Roots
        from archiver.timestamps.certificates import load_der

        roots, brought = self.roots(), []
        for leaf in evidence.of_kind("certificate"):
            try:
                brought.append(load_der(leaf.record.block))
            except ValueError:
                continue
        return Roots(roots.trusted, (*roots.helpers, *brought))


def _judged(evidence: Evidence, stamp: Stamp, roots: Roots) -> tuple[bool | None, str, Anchor]:
    from archiver.timestamps import judge_token, read_token  # a tenth of a second that only packs with stamps pay

    token = read_token(evidence.by_index[stamp.token].record.block)
    judged = judge_token(token, evidence.by_index[stamp.head].record.block, roots)
    if judged.ok is False:
        raise BadTimestamp(judged.detail)
    return judged.ok, judged.detail, anchor_of(token, stamp.size, stamp.token)


def _times(evidence: Evidence, window: Window, taken_in: Iterable[tuple[int, datetime]]) -> Iterator[Finding]:
    """Records must not claim times that the stamps contradict, but where somebody else captured them, who dates them then."""
    kinds = {leaf.details.sha256: leaf.details.kind for leaf in evidence.leaves}
    times = Times(window, lambda digest, _: kinds.get(digest, ""))
    found = [(leaf.index, fault) for leaf in evidence.leaves if (fault := times.fault(leaf.index, leaf.details))]
    notes = [leaf.index for leaf in evidence.of_kind(CLOCK)]
    wrong, noted = without_noted(found, notes, lambda index: evidence.by_index[index].record.block)
    yield from noted
    wrong += times.taken_in(taken_in)
    for index, fault in wrong:
        kind = evidence.by_index[index].details.kind
        yield Finding(f"leaf {index}", "times", False, f"{kind} record: {fault}")
    if not wrong:
        yield Finding(_SUBJECT, "times", True, "no record claims a time that the time stamps contradict")
