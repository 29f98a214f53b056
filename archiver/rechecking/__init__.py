"""The live page, again: what became of a source since it was quoted."""

from archiver.model import Drift
from archiver.rechecking.acts import CONFIRM_AFTER, Pending, first_look, recheck, second_look
from archiver.rechecking.away import Away, away_of
from archiver.rechecking.comparing import compared, diff_of
from archiver.rechecking.finding import Recheck
from archiver.rechecking.look import Look
from archiver.rechecking.many import Outcome, recheck_all
from archiver.rechecking.met import Met
from archiver.rechecking.sources import Cited, cited_sources, first_seen
from archiver.rechecking.standings import PLACED, Standing

__all__ = [
    "CONFIRM_AFTER",
    "PLACED",
    "Away",
    "Cited",
    "Drift",
    "Look",
    "Met",
    "Outcome",
    "Pending",
    "Recheck",
    "Standing",
    "away_of",
    "cited_sources",
    "compared",
    "diff_of",
    "first_look",
    "first_seen",
    "recheck",
    "recheck_all",
    "second_look",
]
