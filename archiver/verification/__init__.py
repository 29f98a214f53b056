"""Checks an archive offline: whether every byte is what was recorded, and whether the quotations stand where they were anchored."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archiver.verification.findings import Finding, Summary
    from archiver.verification.request import Request
    from archiver.verification.verification import Verification

__all__ = ["Finding", "Request", "Summary", "Verification"]


def __getattr__(name: str) -> Any:
    """Loads the room when it is asked for: its worker processes start sooner without what only their parent needs."""
    if name in __all__:
        from archiver.verification import findings, verification

        return getattr(findings if name in ("Finding", "Summary") else verification, name)
    raise AttributeError(f"module 'archiver.verification' has no attribute {name!r}")
