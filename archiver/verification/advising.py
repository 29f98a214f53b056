"""What to do after a check that failed, a sentence for each kind of fault: what is mended by a copy, what by `rebuild`, and what by nobody.

A finding says itself what to do where it knows more than its kind: with bytes that nobody recorded, changed settings, what an erasure left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_GROWTH = frozenset({"growth", "cosignature"})
_DAMAGE = frozenset({"member", "tree", "details", "checkpoint", "files"})
_CONTRADICTION = frozenset(
    {
        "record",
        "capture",
        "anchor",
        "recheck",
        "corroboration",
        "cohort",
        "times",
        "timestamp",
        "key-rotation",
        "erasure",
    }
)
_AGAIN = frozenset({"re-extract", "re-judge"})


def next_steps(failed: Iterable[str]) -> Iterator[str]:
    """The steps for the checks that failed, the gravest first; a fault that comes of a graver one has none of its own."""
    checks = set(failed)
    if checks & _GROWTH:
        yield (
            "Record nothing here, and keep this archive as it is: it is evidence of what was done. Look for the newest copy of it, and have each "
            "witness say which head they saw (`archiver log witness` on their side); `archiver verify --against CHECKPOINT` in each copy shows "
            "which one grew from that head."
        )
    if "signer" in checks:
        yield (
            "Rely on nothing here until the archive's owner has told you their key by another way than the archive (their page, a letter); then "
            "`archiver verify --key KEY`."
        )
    if checks & _DAMAGE:
        yield (
            "Find a copy in which `archiver --archive COPY verify` holds, set the files named above aside, and put those of the copy in their "
            "place. Nothing makes evidence again that no copy has: neither `archiver rebuild` nor a new snapshot, which shows the page of today."
        )
    elif checks & _CONTRADICTION:
        yield (
            "These records lie as they were signed, and are not true to one another: no copy mends that. Ask whoever holds the key how they came "
            "about; cite nothing that stands on them, and record it anew (`archiver snapshot`, `archiver quote`)."
        )
    if "settings" in checks and not checks & _DAMAGE:
        yield "archive.toml is put back from a copy, or as the finding says; the evidence does not depend on it."
    if "catalogue" in checks and not checks & (_GROWTH | _DAMAGE):
        yield "`archiver rebuild` makes the catalogue again from the evidence."
    if "quotation" in checks:
        yield "The quotation is what has to be mended, not the archive: `archiver show` with its id says what the source has in its place."
    if checks & _AGAIN:
        yield (
            "What was recorded is whole, and is read or judged otherwise today: look at it with `archiver show`, and `archiver quote` gives the "
            "quotation today's verdict."
        )
