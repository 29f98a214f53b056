"""Stamping the head of an archive: who owes what, asked all at once, everything that came kept in one commit.

What is stamped is always the head as it is now. It contains every earlier head, so an authority that did not answer owes one stamp, however
much was recorded meanwhile: the queue holds authorities, not checkpoints.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from archiver import clock
from archiver.anchoring.anchors import kept_tokens
from archiver.anchoring.asking import Asking, ask
from archiver.anchoring.records import certificate_member, checkpoint_member, checkpoint_uri, timestamp_member
from archiver.archive import Archive
from archiver.catalogue import StampQueue, Standing
from archiver.digests import Digest
from archiver.errors import ArchiverError, BlockedAddress, InputError
from archiver.log import Checkpoint
from archiver.model import Trait, having
from archiver.model.kinds import CHECKPOINT
from archiver.timestamps import Roots, Token, TokenJudgement
from archiver.timestamps.certificates import encoded
from archiver.timestamps.window import parse_time, spoiling
from archiver.warc import Member

AUTOMATIC = 5.0
"""Seconds that an authority has to answer after a run: nobody waits longer for what can be had later."""

RENEW = timedelta(days=183)
_FIRST_PAUSE = timedelta(minutes=5)
_LONGEST_PAUSE = timedelta(hours=6)
_OWN_KINDS = having(Trait.OF_AN_ANCHOR)


@dataclass(frozen=True, slots=True)
class Stamped:
    """What became of one authority. Exactly one of ``token`` and ``error`` is there, or neither: then there was nothing to stamp."""

    authority: str
    size: int
    token: Token | None = None
    judged: TokenJudgement | None = None
    error: str = ""
    refused: bool = False

    @property
    def queued(self) -> bool:
        """Whether it is worth asking again; it is not where the guard refuses the address."""
        return bool(self.error) and not self.refused


def stamp(
    archive: Archive, authorities: Sequence[str], asking: Asking, lasting: datetime | None = None
) -> list[Stamped]:
    """Has the head stamped by each authority and keeps the tokens; who does not answer, or not as it should, is queued.

    A token whose signer's certificate ends no later than ``lasting`` is not kept: it would renew nothing. Raises ArchiveError where
    the archive cannot be written to.
    """
    note = archive.log.checkpoint()
    head = Checkpoint.opened(note, archive.key)
    with ThreadPoolExecutor(max(1, len(authorities))) as pool:
        results = list(pool.map(lambda url: _ask(url, note, head.size, asking, lasting), authorities))
    members = _members(archive, note, results)
    if members:
        archive.record(members)
    _keep_standing(archive, results)
    return results


def queue(archive: Archive, authorities: Sequence[str], why: str) -> list[Stamped]:
    """Sends nothing, and notes that the authorities owe a stamp of the head as it is."""
    results = [Stamped(url, archive.head().size, error=why) for url in authorities]
    _keep_standing(archive, results)
    return results


def after_run(archive: Archive, asking: Asking | None) -> list[Stamped]:
    """What a run ends with: the configured authorities stamp what is new. It never raises and takes no longer than `AUTOMATIC`.

    ``asking`` None (``--offline``) sends nothing; what is owed is found out by the next run that may.
    """
    authorities = archive.settings.timestamp_authorities
    if asking is None or not authorities or not archive.records or not archive.takes_stamps:
        return []
    try:
        wanted = [url for url in due(archive, authorities) if _may_be_asked(archive, url)]
        quick = replace(asking, fetch=replace(asking.fetch, timeout=min(AUTOMATIC, asking.fetch.timeout)))
        return stamp(archive, wanted, quick) if wanted else []
    except (ArchiverError, OSError) as error:
        archive.notices.append(f"The time stamps could not be taken: {error} What was recorded is safe.")
        return []


def due(archive: Archive, authorities: Sequence[str]) -> list[str]:
    """The authorities that have not stamped all that is recorded."""
    with _queue(archive) as stored:
        standings = [stored.standing(url) for url in authorities]
    oldest = min((standing.size for standing in standings), default=0)
    newest = _newest_of_interest(archive, oldest)
    return [standing.url for standing in standings if standing.size <= newest]


def later(archive: Archive, start: int) -> int:
    """How many leaves from ``start`` on are no parts of anchors themselves."""
    return sum(archive.catalogue.leaf(index).kind not in _OWN_KINDS for index in range(start, archive.head().size))


def owing(archive: Archive) -> tuple[str, ...]:
    """The authorities that were asked and still owe a stamp, configured or not."""
    with _queue(archive) as stored:
        return tuple(standing.url for standing in stored.all() if standing.queued)


def _newest_of_interest(archive: Archive, start: int) -> int:
    """The number of the newest leaf from ``start`` on that is no part of an anchor itself; -1 where there is none."""
    for index in range(archive.head().size - 1, start - 1, -1):
        if archive.catalogue.leaf(index).kind not in _OWN_KINDS:
            return index
    return -1


def ending(archive: Archive, roots: Roots, ahead: timedelta = RENEW) -> datetime | None:
    """When the last of the certificates ends of those tokens that have to be stamped again, None where none has to be.

    These are the tokens that verify now, but whose signer's certificate ends within ``ahead``, and for which none stands that lasts
    longer. After its end a token still verifies at its own time; but who breaks the key then could make such tokens.
    """
    anchors = [anchor for kept in kept_tokens(archive, roots) if (anchor := kept.anchor)]
    return max((anchor.expires for anchor in spoiling(anchors, clock.now(), ahead) if anchor.expires), default=None)


def _ask(url: str, note: bytes, size: int, asking: Asking, lasting: datetime | None) -> Stamped:
    try:
        token, judged = ask(url, note, asking)
    except ArchiverError as error:
        return Stamped(url, size, error=str(error), refused=isinstance(error, InputError | BlockedAddress))
    if lasting is not None and (token.expires is None or token.expires <= lasting):
        return Stamped(url, size)
    return Stamped(url, size, token, judged)


def _members(archive: Archive, note: bytes, results: Sequence[Stamped]) -> list[Member]:
    """The head, each token, and what their chains need beyond the certificates that the tokens bring."""
    tokens = [result for result in results if result.token]
    if not tokens:
        return []
    members: list[Member] = []
    last = archive.catalogue.newest_of(CHECKPOINT)
    if last is not None and last.uri == checkpoint_uri(note):
        record_id = last.record_id
    else:
        members.append(checkpoint_member(note))
        record_id = members[0].record.record_id
    lacking: dict[bytes, None] = {}
    for result in tokens:
        token, judged = result.token, result.judged
        if token is None or judged is None:
            continue
        lacking |= {encoded(item): None for item in judged.chain if item not in token.certificates}
        members.append(timestamp_member(token, record_id, result.authority))
    new = [der for der in lacking if not archive.catalogue.certificate_known(Digest.of(der).hex)]
    return [*(certificate_member(der) for der in new), *members]


def _queue(archive: Archive) -> StampQueue:
    return StampQueue(archive.root / "state.db")


def _may_be_asked(archive: Archive, url: str) -> bool:
    with _queue(archive) as stored:
        next_try = parse_time(stored.standing(url).next_try)
    return next_try is None or next_try <= clock.now()


def _keep_standing(archive: Archive, results: Sequence[Stamped]) -> None:
    now = clock.now()
    with contextlib.suppress(ArchiverError), _queue(archive) as stored:
        for result in results:
            if not result.refused:
                stored.put(_standing(stored.standing(result.authority), result, now))


def _standing(old: Standing, result: Stamped, now: datetime) -> Standing:
    if not result.queued:
        return Standing(result.authority, result.size, clock.stamp(now))
    pause = min(_FIRST_PAUSE * 2 ** min(old.tries, 20), _LONGEST_PAUSE)
    return replace(
        old,
        queued=old.queued or clock.stamp(now),
        tries=old.tries + 1,
        next_try=clock.stamp(now + pause),
        error=result.error,
    )
