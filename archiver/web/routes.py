"""The table of routes: every address that the server answers, and the view that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.responses import Response

from archiver.web import feed, mementos
from archiver.web.api import document
from archiver.web.api.table import BODY, OPERATIONS
from archiver.web.views import (
    access,
    diffs,
    log,
    overview,
    packs,
    quotation,
    receiving,
    replaying,
    search,
    snapshots,
    source,
    sources,
    submit,
    tracing,
)
from archiver.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Way:
    """An address: ``path`` as Starlette writes it, the ``view``, ``post`` where it takes a form of at most ``largest`` bytes."""

    path: str
    view: Callable[[Visit], Response]
    post: bool = False
    largest: int = BODY


ROUTES: tuple[Way, ...] = (
    Way("/", overview.show),
    Way("/sources", sources.show),
    Way("/sources/{key:path}", source.show),
    Way("/snapshots", snapshots.by_address),
    Way("/snapshots/{id}", snapshots.show),
    Way("/snapshots/{id}/screenshot", snapshots.screenshot),
    Way("/snapshots/{id}/{view}.png", snapshots.picture),
    Way("/snapshots/{id}/{view}.pdf", snapshots.picture),
    Way("/quotes/{id}", quotation.show),
    Way("/diff/{a}/{b}", diffs.show),
    Way("/trace/{id}", tracing.show),
    Way("/trace/{id}/picture.svg", tracing.picture),
    Way("/search", search.show),
    Way("/quote", submit.form),
    Way("/quote", submit.take, post=True),
    Way("/recheck", submit.again, post=True),
    Way("/acts/{id}", submit.act),
    Way("/acts/{id}/state", submit.act_json),
    Way("/acts/{id}/stop", submit.stop, post=True),
    Way("/packs", packs.form),
    Way("/packs", packs.check, post=True, largest=packs.LARGEST),
    Way("/log", log.show),
    Way("/log/checkpoint", log.checkpoint),
    Way("/log/proofs/{leaf}", log.proof),
    Way("/access", access.another, post=True),
    Way("/snapshots/{id}/replay", replaying.show),
    Way("/replay/{id}/{mark}/page", replaying.framed),
    Way("/replay/{id}/{mark}/page/{quote}", replaying.framed),
    Way("/replay/{id}/{mark}/asset/{key}", replaying.asset),
    Way("/replay/{id}/{mark}/link/{address:path}", replaying.clicked),
    Way("/snapshots/{id}/link", replaying.link),
    Way("/timegate/{url:path}", mementos.timegate),
    Way("/timemap/link/{url:path}", mementos.timemap_link),
    Way("/timemap/json/{url:path}", mementos.timemap_json),
    Way("/memento/{url:path}", mementos.memento),
    Way("/api/openapi.json", document.show),
    *(Way(each.path, each.view, post=each.body is not None, largest=each.largest) for each in OPERATIONS),
    Way("/browser", receiving.guide),
    Way("/received", receiving.show),
    Way("/feed.atom", feed.show),
)
