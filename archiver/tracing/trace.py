"""Tracing one snapshot or one quotation through an archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archiver import dating, reuse
from archiver.archive import Archive
from archiver.errors import DamagedArchive, InputError, NothingToTrace, UnknownId
from archiver.model import Quote, Snapshot
from archiver.quoting import Judge, Quotation
from archiver.reuse import Kind
from archiver.searching import Search
from archiver.searching.hits import QuotationHit
from archiver.tracing.gathering import claims_of, gather, reuse_text
from archiver.tracing.values import Copy, Source, Tie, Trace, Variant
from archiver.urls import page_key

MOST_COMPARED = 40
"""Texts that are laid beside the traced one."""

MOST_VERSIONS = 2
"""Texts of one address that are compared: those that share most."""

MOST_VARIANTS = 12
"""Pages with the quotation that are read whole; all pairs of them are compared."""

_UNLIKE = (Kind.NO_COPY, Kind.SAME_TOPIC)


def trace_snapshot(archive: Archive, search: Search, snapshot: Snapshot) -> Trace:
    """Where the text of a snapshot comes from, and who else in the archive has it.

    Raises NothingToTrace where it has no text, DamagedArchive where its records are not what was recorded.
    """
    subject = gather(archive, snapshot)
    found = _copies(archive, search, subject)
    compared = len(found.copies)
    like = tuple(copy for copy in found.copies if copy.reuse.kind not in _UNLIKE)
    order = dating.order(claims_of([subject, *(copy.source for copy in like)]))
    unlike = compared - len(like)
    return Trace(subject, None, like, (), (), order, compared, unlike, found.cut, search.unread, found.versions)


def trace_quote(archive: Archive, search: Search, quote: Quote) -> Trace:
    """Which pages of the archive print a recorded quotation, how each has it, and what ties them to one another.

    Raises as `trace_snapshot` does, for the snapshot that the quotation was recorded against.
    """
    subject = gather(archive, archive.catalogue.snapshot(quote.snapshot))
    found = search.quotation(quote.text, limit=MOST_VARIANTS)
    variants = list(_own(archive, quote, subject, found.hits))
    for hit in found.hits:
        source = subject if hit.snapshot.id == subject.snapshot.id else _gathered(archive, hit.snapshot)
        if source is not None:
            variants.append(Variant(source, hit.judged, tuple(hit.others)))
    sources = {source.id: source for source in (subject, *(variant.source for variant in variants))}
    order = dating.order(claims_of(list(sources.values())))
    ties = tuple(_ties(quote.text, list(sources.values())))
    return Trace(subject, quote, (), tuple(variants), ties, order, len(variants), 0, found.more, search.unread)


def _own(archive: Archive, quote: Quote, subject: Source, hits: Iterable[QuotationHit]) -> Iterator[Variant]:
    """The page that the quotation was recorded against, where so many others have it that the search left that one out."""
    if any(subject.snapshot.id == one.id for hit in hits for one in (hit.snapshot, *hit.others)):
        return
    judged = Judge(archive).judge(Quotation(quote.text, speaker=quote.speaker), subject.snapshot)
    if judged.judgement.matches:
        yield Variant(subject, judged, ())


@dataclass(frozen=True, slots=True)
class _Compared:
    copies: list[Copy]
    cut: bool
    versions: int


def _copies(archive: Archive, search: Search, subject: Source) -> _Compared:
    """What the index holds for candidates, compared: copies of the same page first, then by how much they share. Of the many texts that one
    address may have had, few are compared, so that they leave room for other pages."""
    own = {capture.id for capture in subject.captures if _same_text(capture, subject.snapshot)} | {subject.snapshot.id}
    found: list[Copy] = []
    text = reuse_text(subject)
    seen: Counter[str] = Counter()
    for names, _ in search.alike(subject.body, 2 * MOST_COMPARED + len(subject.captures)):
        for address, page in _pages(archive, [name for name in names if name not in own]).items():
            seen[address] += 1
            if seen[address] > MOST_VERSIONS:
                continue
            if len(found) >= MOST_COMPARED:
                return _Compared(_sorted(found), True, _beyond(seen))
            read = (_gathered(archive, snapshot) for snapshot in page[:5])
            source = next((one for one in read if one is not None), None)
            if source is not None:
                more = tuple(snapshot for snapshot in page if snapshot.id != source.snapshot.id)
                found.append(Copy(source, reuse.compare(text, reuse_text(source)), more))
    return _Compared(_sorted(found), False, _beyond(seen))


def _beyond(seen: Counter[str]) -> int:
    return sum(count - MOST_VERSIONS for count in seen.values() if count > MOST_VERSIONS)


def _pages(archive: Archive, names: Sequence[str]) -> dict[str, list[Snapshot]]:
    """The snapshots that have one text, by their addresses: who has it word for word at another address is another page."""
    pages: dict[str, list[Snapshot]] = {}
    for name in names:
        try:
            snapshot = archive.catalogue.snapshot(name)
        except UnknownId:
            continue
        url = snapshot.final_url or snapshot.url
        try:
            key = page_key(url)
        except InputError:  # a file from no address
            key = url
        pages.setdefault(key, []).append(snapshot)
    return pages


def _sorted(copies: list[Copy]) -> list[Copy]:
    kinds = list(Kind)
    return sorted(
        copies,
        key=lambda copy: (kinds.index(copy.reuse.kind), -max(copy.reuse.containment_a, copy.reuse.containment_b)),
    )


def _same_text(one: Snapshot, other: Snapshot) -> bool:
    return {text.sha256 for text in one.texts} == {text.sha256 for text in other.texts}


def _gathered(archive: Archive, snapshot: Snapshot) -> Source | None:
    """None where it cannot be read: `verify` says why, and it is nobody's copy."""
    try:
        return gather(archive, snapshot)
    except (NothingToTrace, DamagedArchive):
        return None


def _ties(quotation: str, sources: Sequence[Source]) -> Iterator[Tie]:
    """Each two of the pages that have it in the body of their text."""
    for pair in reuse.variants(quotation, [reuse_text(source) for source in sources]).pairs:
        yield Tie(sources[pair.a].id, sources[pair.b].id, pair.independent, pair.reasons)
