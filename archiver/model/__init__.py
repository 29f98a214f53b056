"""The values that every floor passes around: frozen, without behaviour beyond their own form."""

from archiver.model.asset import Asset, AssetCounts, AssetList, FailedAsset, Role, StoredAsset, assets_of
from archiver.model.browser import VIEWS, BrowserView, Pressed
from archiver.model.cohort import CohortReport, CohortRow, RowCounts, RowOutcome, StoredCohort
from archiver.model.corroboration import Agreement, Corroboration, StoredCorroboration
from archiver.model.exchange import Exchange, Headers
from archiver.model.judgement import Change, ChangeKind, Judgement, Match, Verdict
from archiver.model.kinds import ERASURE, KINDS, LASTING, Trait, having
from archiver.model.memento import Memento
from archiver.model.notice import (
    NOT_TRUSTED,
    REDIRECT_LOOP,
    UNREADABLE_DOCUMENT,
    UNREADABLE_MEDIA,
    WITH_SESSION,
    Notice,
)
from archiver.model.origin import IMPORTED, MEMENTO, NOTICES_OF_ORIGIN, SUPPLIED, Origin
from archiver.model.recheck import STOOD_BEFORE, Drift, StoredRecheck
from archiver.model.reference import Reference, References
from archiver.model.snapshot import SHORT_ID, WHOLE_PAGE, Quote, Snapshot, StoredLeaf, StoredText
from archiver.model.text import Decoding, Layer, PageInfo, Place, Reading, Span, Text
from archiver.model.tombstone import ERASED, Tombstone

__all__ = [
    "ERASED",
    "ERASURE",
    "IMPORTED",
    "KINDS",
    "LASTING",
    "MEMENTO",
    "NOTICES_OF_ORIGIN",
    "NOT_TRUSTED",
    "REDIRECT_LOOP",
    "SHORT_ID",
    "STOOD_BEFORE",
    "SUPPLIED",
    "UNREADABLE_DOCUMENT",
    "UNREADABLE_MEDIA",
    "VIEWS",
    "WHOLE_PAGE",
    "WITH_SESSION",
    "Agreement",
    "Asset",
    "AssetCounts",
    "AssetList",
    "BrowserView",
    "Change",
    "ChangeKind",
    "CohortReport",
    "CohortRow",
    "Corroboration",
    "Decoding",
    "Drift",
    "Exchange",
    "FailedAsset",
    "Headers",
    "Judgement",
    "Layer",
    "Match",
    "Memento",
    "Notice",
    "Origin",
    "PageInfo",
    "Place",
    "Pressed",
    "Quote",
    "Reading",
    "Reference",
    "References",
    "Role",
    "RowCounts",
    "RowOutcome",
    "Snapshot",
    "Span",
    "StoredAsset",
    "StoredCohort",
    "StoredCorroboration",
    "StoredLeaf",
    "StoredRecheck",
    "StoredText",
    "Text",
    "Tombstone",
    "Trait",
    "Verdict",
    "assets_of",
    "having",
]
