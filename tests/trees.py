"""What lies in a folder, to see that nothing was changed there."""

from __future__ import annotations

from pathlib import Path


def state_of(root: Path) -> dict[str, tuple[int, bytes | None]]:
    """Every file with its content and time: what must not change where nothing may be written."""
    return {
        path.relative_to(root).as_posix(): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else None)
        for path in root.rglob("*")
    }
