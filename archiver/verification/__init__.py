"""The offline check of everything: signature, tree, bytes, records, texts, anchors."""

from archiver.verification.findings import Finding, Summary
from archiver.verification.verification import Request, Verification

__all__ = ["Finding", "Request", "Summary", "Verification"]
