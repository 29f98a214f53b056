"""From the assets that came to the records that are kept: each payload once in the whole archive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from archiver.archive import Archive
from archiver.capture.assetrun import AssetRun, Fetched
from archiver.capture.gathering import Gathered, Wanted
from archiver.capture.onrecord import on_record
from archiver.capture.records import SealedAssets, StandIn, media_type, response_record
from archiver.digests import Digest
from archiver.model import Asset, AssetList, Exchange, FailedAsset, Notice, Role, StoredLeaf
from archiver.warc import REVISIT_NOT_MODIFIED, REVISIT_SAME_PAYLOAD, Member, Record, seal

_REVISIT_FROM = 512
"""Bytes of a payload that is not stored again: the record that says so is no smaller."""


@dataclass(slots=True)
class AssetSealing:
    """Seals the assets of one capture; ``sealed`` are those whose records are new, for `AssetRun.remember`."""

    archive: Archive
    run: AssetRun
    sealed: list[tuple[Fetched, Asset]] = field(default_factory=list)
    _members: list[Member] = field(default_factory=list)
    _own: dict[str, StandIn] = field(default_factory=dict)

    def seal(self, gathered: Gathered) -> SealedAssets:
        """What is to be recorded of the assets, and the list of them. The caller holds the run's ``sealing``, until it is recorded."""
        recorded: list[Asset] = []
        failed: list[FailedAsset] = []
        listed: dict[str, None] = {}
        shown: dict[bytes, None] = {}
        requests: list[Exchange] = []
        doubts: dict[Notice, None] = {}
        for wanted, result in gathered.results:
            if isinstance(result, FailedAsset):
                failed.append(result)
                continue
            listed |= dict.fromkeys(result.certificates)
            shown |= dict.fromkeys(der for exchange in result.exchanges for der in exchange.certificates)
            requests += result.exchanges
            doubts |= dict.fromkeys(result.doubts)
            recorded.append(self._asset(wanted, result))
        left_out = tuple(sorted(gathered.left_out.items()))
        assets = AssetList(tuple(recorded), tuple(failed), left_out, tuple(sorted(listed)), _alike(requests))
        return SealedAssets(tuple(self._members), assets, tuple(shown), tuple(doubts))

    def _asset(self, wanted: Wanted, fetched: Fetched) -> Asset:
        asset = self.run.stored(fetched)  # another page may have recorded it since it was fetched for both
        if asset is None:
            asset = self._recorded(fetched)
            self.sealed.append((fetched, asset))
        return replace(asset, url=wanted.url, role=wanted.reference.role, found_in=wanted.found_in)

    def _recorded(self, fetched: Fetched) -> Asset:
        *before, final = fetched.exchanges
        through = tuple(_bare(self._add(response_record(exchange, None))) for exchange in before)
        known, stand_in = fetched.known, None
        if known is not None:
            sha256 = Digest.of(known.payload).hex
            size, status = len(known.payload), known.status
            stand_in = _stand_in(known.leaf, sha256, REVISIT_NOT_MODIFIED)
        else:
            sha256, size, status = Digest.of(final.body).hex, len(final.body), final.status
            stand_in = self._same_payload(sha256) if size >= _REVISIT_FROM else None
        record_id = self._add(record := response_record(final, stand_in))
        if stand_in is None:
            self._own[sha256] = StandIn(record_id, record.uri, record.date, sha256, REVISIT_SAME_PAYLOAD)

        def header(name: str) -> str | None:
            return final.header(name) or (known.header(name) if known else None)

        return Asset(
            fetched.url, Role.OTHER, status, _bare(record_id), sha256, size, media_type(header("content-type")),
            _bare(stand_in.record_id) if stand_in else None, final.url if final.url != fetched.url else None, through,
            etag=header("etag"), last_modified=header("last-modified"),
        )  # fmt: skip

    def _add(self, record: Record) -> str:
        self._members.append(seal(record))
        return record.record_id

    def _same_payload(self, sha256: str) -> StandIn | None:
        own = self._own.get(sha256)
        if own is not None:
            return own
        known = self.archive.catalogue.assets.with_payload(sha256)
        found = on_record(self.archive, known.payload_leaf, sha256) if known is not None else None
        return _stand_in(found.leaf, sha256, REVISIT_SAME_PAYLOAD) if found else None


def _stand_in(leaf: StoredLeaf, sha256: str, profile: str) -> StandIn:
    return StandIn(leaf.record_id, leaf.uri, leaf.time, sha256, profile)


def _alike(exchanges: Iterable[Exchange]) -> str | None:
    """The lines that all requests have alike: with the address, and the validators of the record that a 304 refers to, the whole request."""
    alike: dict[str, None] | None = None
    for exchange in exchanges:
        lines = exchange.request.decode("latin-1").split("\r\n")[1:]
        mine = dict.fromkeys(line for line in lines if line)
        alike = mine if alike is None else {line: None for line in alike if line in mine}
    lines = [line for line in alike or () if not line.lower().startswith("host:")]
    return "\r\n".join(lines) or None


def _bare(record_id: str) -> str:
    return record_id[1:-1]
