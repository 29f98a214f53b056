"""What a pack brings for people and for replay tools: signed with the rest, held against what this version draws, and never evidence.

The signature covers these files, so whoever is named as the signer wrote them, in the words of their version. What they say beyond the
records nobody checked, whatever version they name: that is told, and no doubt about the evidence. A script is another thing than words, since
it gives the verdict in our place: one that no version is known to write is always warned of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archiver.digests import Digest
from archiver.packs import layout
from archiver.packs.guide import script
from archiver.urls import for_display
from archiver.verification import Finding
from archiver.version import TOOL

SCRIPTS = (
    "a166c4ff628fd809f41cac466bf914dad2d31115da38d38ffb19c5ee2051551b",
    "bd2d41be9bf89a0d5accc8d6023096137615b3362849d7b003c81fef1fffd75b",
    "51acf8e6b9def309dd2da1940bae9068bb71a5aab5af26ae6dce51e8a2f72685",
    "bf5ae34eabe327227bf69102c7ad7045b246246a18850e4605f2ed182d97700b",
    "ef089756a2c55068d5010efdc6ab0705ca5fa48c013f6e52b4ef31d163f91d76",
)
"""SHA-256 of every `verify.sh` that was written into packs since the format was frozen, the one of today last."""

STRANGE_SCRIPT, WORDING = "script", "wording"
"""The checks of these findings."""

_KINDS = {
    layout.GUIDE: "its guide",
    layout.PAGES: "its list of pages",
    layout.INDEX: "its index for replay tools",
    layout.PROVENANCE: "its provenance",
}
_RUN = "verify/"
"""The folder whose files a guide tells people to run."""


def reader_findings(unlike: Sequence[str], files: Mapping[str, bytes], about: Mapping[str, Any]) -> Iterator[Finding]:
    """What is to be said of the files for readers that are ``unlike`` what this version draws: notes, and a warning of strange scripts."""
    for path in unlike:
        if path == layout.GUIDE or not path.startswith(_RUN):
            continue
        if path not in files:
            yield Finding(
                path, WORDING, True, "is missing: take the one that is published; the evidence is not touched by that"
            )
        elif Digest.of(files[path]).hex in SCRIPTS and path == layout.SCRIPT:
            newest = Digest.of(script()).hex
            yield Finding(
                path, WORDING, True,
                f"an older version of archiver wrote this one; use that of today (SHA-256 {newest}) in its place. The evidence is not touched "
                "by that",
            )  # fmt: skip
        else:
            yield Finding(
                path, STRANGE_SCRIPT, None,
                f"do not rely on this {path.removeprefix(_RUN)}: it is not one that this version writes, nor an earlier one, and may say that "
                "all is well whatever it finds. Take the verify.sh that is published. The evidence was checked without it",
            )  # fmt: skip
    others = [path for path in unlike if not path.startswith(_RUN)]
    for paths in ([layout.GUIDE] if layout.GUIDE in unlike else [], others):
        if paths:
            yield _noted(paths, files, about)


def _noted(paths: Sequence[str], files: Mapping[str, bytes], about: Mapping[str, Any]) -> Finding:
    names = ", ".join(_KINDS.get(path, path) for path in paths[:5])
    how = "worded otherwise than" if all(path in files for path in paths) else "missing, or not worded as"
    software = for_display(str(about.get("software")), 40)
    return Finding(
        paths[0], WORDING, True,
        f"{names}: {how} this version of archiver would word it ({TOOL}; the pack says it is by {software}); the evidence is "
        "not touched by that. What stands there is its signer's word alone: go by what is said here",
    )  # fmt: skip
