"""Archives that follow each other: an edit that one sees is known to the others at once, and each bears out what the others saw."""

from archiver.sharing.acting import Borne
from archiver.sharing.desk import Desk
from archiver.sharing.follower import FORK, UNPROVEN, Refusal
from archiver.sharing.following import new_peer, refuse_second_key
from archiver.sharing.pace import Pace
from archiver.sharing.sharing import Choices, Ear, Sharing
from archiver.sharing.telling import STATE, Tellings, tell

__all__ = [
    "FORK",
    "STATE",
    "UNPROVEN",
    "Borne",
    "Choices",
    "Desk",
    "Ear",
    "Pace",
    "Refusal",
    "Sharing",
    "Tellings",
    "new_peer",
    "refuse_second_key",
    "tell",
]
