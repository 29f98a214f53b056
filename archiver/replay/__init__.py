"""Recorded pages shown again, without harm: nothing runs, nothing is asked of anybody but this archive, the quotation is marked.

::

    page, asset        what an address of a replay is answered with, out of the archive (replaying, recorded)
     ├ rewriting       the page built anew out of its tokens: what is not on a list is not in it (allowed)
     ├ styles          style sheets and style attributes: what they name is the archive's, or nothing
     ├ addresses       what a page names -> the address in this replay, where it was recorded
     └ marking         where the words of a quotation stand in the page that is shown
"""

from __future__ import annotations

from archiver.replay.replaying import SANDBOX, asset, page
from archiver.replay.values import Marking, Replayed, ReplayedAsset

__all__ = ["SANDBOX", "Marking", "Replayed", "ReplayedAsset", "asset", "page"]
