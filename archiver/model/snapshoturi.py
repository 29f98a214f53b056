"""The target URIs of what is derived from a snapshot: ``urn:archiver:capture:s-<digest>``, ``urn:archiver:text:s-<digest>:<layer>``. The digest
is that of the response it was captured with.
"""

from __future__ import annotations

from archiver.model.kinds import CAPTURE, TEXT


def capture_uri(snapshot: str) -> str:
    """The address of the capture record of a snapshot, named by its id, ``s-<digest>``."""
    return f"urn:archiver:{CAPTURE}:{snapshot}"


def text_uri(snapshot: str, layer: str) -> str:
    """The address of a text that was drawn from a snapshot."""
    return f"urn:archiver:{TEXT}:{snapshot}:{layer}"


def snapshot_in(uri: str) -> str:
    """The id of the snapshot, ``s-<digest>``, in the address of what is derived from it; empty where there is none."""
    parts = uri.split(":", 4)
    return parts[3] if parts[:2] == ["urn", "archiver"] and parts[3:] and parts[3].startswith("s-") else ""


def digest_in(uri: str) -> str:
    """The digest (hex) in the address of what is derived from a snapshot; empty where there is none."""
    return snapshot_in(uri).removeprefix("s-")
