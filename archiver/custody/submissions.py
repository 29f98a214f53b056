"""What a witness is shown: the head of somebody's log, and how it grew out of an older one. From a file, or from where it is published."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from archiver.errors import BadAnswer, DamagedArchive, InputError
from archiver.log import Checkpoint, layout
from archiver.log.handing import SHORT_NAME, HandoverFile
from archiver.log.merkle import HASH_SIZE, TILE_WIDTH
from archiver.log.proofs import Prover, consistency_text
from archiver.net import fetch
from archiver.settings import FetchSettings
from archiver.signing.keys import strict_base64
from archiver.texts.content import decode
from archiver.urls import for_display

LARGEST = 1 << 20
_MOST_HASHES = 63  # https://c2sp.org/tlog-witness
_OLD = re.compile(r"old (0|[1-9][0-9]{0,17})")


class Shown(Protocol):
    """``checkpoint`` is a signed note that nobody has judged yet; ``published`` says whether it is what everybody is shown now."""

    checkpoint: bytes
    published: bool

    def proof(self, old: int, head: Checkpoint) -> tuple[bytes, ...]:
        """That the head grew out of one of ``old`` leaves. Raises InputError or DamagedArchive where there is no such proof."""

    def source(self) -> str:
        """Where it is from, for a sentence."""

    def handover(self) -> HandoverFile | None:
        """What is shown of exchanges of the log's key, None where there is nothing. Raises InputError where it cannot be used."""


def write_submission(old: int, proof: Sequence[bytes], checkpoint: bytes) -> bytes:
    """A head with its proof as C2SP tlog-witness hands them to a witness."""
    return consistency_text(old, proof, checkpoint)


class FileShown:
    """Reads a file: a bare checkpoint, or one behind ``old N`` and a proof, as `archiver log consistency` writes it.

    Raises InputError where it is neither.
    """

    published = False

    def __init__(self, data: bytes, name: str, handover: HandoverFile | None = None) -> None:
        self._name = name
        self._handover = handover
        self._old: int | None = None
        self._proof: tuple[bytes, ...] = ()
        self.checkpoint = data
        if len(data) > LARGEST:
            raise InputError(f"{name} is too large to be a checkpoint.")
        if data.startswith(b"old "):
            head, blank, self.checkpoint = data.partition(b"\n\n")
            lines = head.decode("utf-8", "replace").split("\n")
            found = _OLD.fullmatch(lines[0])
            try:
                self._proof = tuple(strict_base64(line) for line in lines[1:])
            except ValueError as error:
                raise InputError(f"{name} holds a proof that is not readable.") from error
            if not found or not blank or len(lines) > 1 + _MOST_HASHES or any(len(h) != HASH_SIZE for h in self._proof):
                raise InputError(f"{name} is not a checkpoint behind a proof, as `archiver log consistency` writes it.")
            self._old = int(found[1])

    def proof(self, old: int, head: Checkpoint) -> tuple[bytes, ...]:
        if self._old != old:
            has = "no proof" if self._old is None else f"a proof from {self._old} leaves on"
            raise InputError(
                f"{self._name} has {has}, but this witness saw {old} leaves of {head.origin} last: ask its owner for the file that "
                f"`archiver log consistency {old}` writes."
            )
        return self._proof

    def source(self) -> str:
        return self._name

    def handover(self) -> HandoverFile | None:
        return self._handover


class PublishedShown:
    """Reads a log where it is published (C2SP tlog-tiles): ``base`` is the URL under which ``checkpoint`` and ``tile/`` lie.

    Every request goes through the guard of `archiver.net`. Raises as `archiver.net.fetch` does, and BadAnswer.
    """

    published = True

    def __init__(self, base: str, settings: FetchSettings, handover: HandoverFile | None = None) -> None:
        if "?" in base or "#" in base:
            raise InputError(
                f"{for_display(base)} cannot be where a log is published: leave out what begins with ? or #."
            )
        self._handover = handover
        self._base = base.rstrip("/")
        self._settings = settings
        self.requests: Counter[str] = Counter()
        self.checkpoint = self._get("checkpoint")

    def proof(self, old: int, head: Checkpoint) -> tuple[bytes, ...]:
        prover = Prover(self._tile, head.size)
        if head.size and prover.root() != head.root:
            raise DamagedArchive(
                f"The tiles under {for_display(self._base)} do not hash to the checkpoint beside them: they were changed, or are of "
                "another moment; try again."
            )
        return prover.consistency(old)

    def source(self) -> str:
        return for_display(self._base)

    def handover(self) -> HandoverFile | None:
        if self._handover is not None:
            return self._handover
        try:
            return HandoverFile.parse(self._get(SHORT_NAME))
        except (BadAnswer, DamagedArchive):
            return None  # then the new key has to be named

    def _tile(self, level: int, index: int, width: int) -> bytes:
        try:
            data = self._get(layout.tile_path(level, index, width))
        except BadAnswer:
            if width == TILE_WIDTH:
                raise
            data = self._get(layout.tile_path(level, index))  # it was completed meanwhile, and the part taken away
        if len(data) < width * HASH_SIZE:
            raise DamagedArchive(f"A tile under {for_display(self._base)} is too short.")
        return data[: width * HASH_SIZE]

    def _get(self, name: str) -> bytes:
        url = f"{self._base}/{name}"
        exchanges = fetch(url, self._settings)
        for exchange in exchanges:
            self.requests[exchange.url.split("/")[2]] += 1
        last = exchanges[-1]
        content = decode(last.body, last.header("content-encoding"))
        if last.status != 200:
            raise BadAnswer(f"{for_display(url)} answers with status {last.status}: is a log published there?")
        if last.truncated or content.why or len(content.payload) > LARGEST:
            raise BadAnswer(f"{for_display(url)} did not come whole, or is too large.")
        return content.payload
