from __future__ import annotations

from collections.abc import Callable

import pytest
from authority import Authority
from store_faults import Depot

from archiver.anchoring.records import checkpoint_member, timestamp_member
from archiver.sequencing import KeeperArchive
from archiver.timestamps import read_token


@pytest.fixture
def stamp(depot: Depot, authority: Authority) -> Callable[..., None]:
    """Has the head stamped, as `archiver timestamp` does."""

    def call(store: object = None) -> None:
        with KeeperArchive.open_keeper(depot.copy("keeper", store), depot.keys) as archive:
            archive.ready()
            note = archive.log.checkpoint()
            head = checkpoint_member(note)
            token = read_token(authority.token(note))
            archive.record([head, timestamp_member(token, head.record.record_id, "http://authority.example/")])

    return call


@pytest.fixture
def stamped(depot: Depot, stamp: Callable[..., None]) -> None:
    """One page, under a stamp."""
    with depot.writer() as writer:
        depot.record(writer, "first")
    stamp()
