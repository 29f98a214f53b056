"""Taking a capture out for good: what it takes with it, the tombstone that stays, and what still speaks of it."""

from archiver.erasure.erase import Erased, check_reason, erase
from archiver.erasure.plan import Plan, make_plan

__all__ = ["Erased", "Plan", "check_reason", "erase", "make_plan"]
