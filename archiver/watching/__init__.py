"""Sources under watch: looked at when they are due, and whoever listens is told what is new, once.

`Watch` is the loop; ``on_recheck`` and ``companions`` are where others join it. What it remembers is in ``state.db``
(`archiver.catalogue.WatchState`).
"""

from archiver.watching.channels import COMMAND, FEED, WEBHOOK, Channels, Sent
from archiver.watching.command import Command
from archiver.watching.listening import Listener, Settings
from archiver.watching.schedule import Policy, in_words, parse_interval
from archiver.watching.watch import STATE, Watch
from archiver.watching.webhook import Webhook, hosts_only
from archiver.watching.wording import details

__all__ = [
    "COMMAND",
    "FEED",
    "STATE",
    "WEBHOOK",
    "Channels",
    "Command",
    "Listener",
    "Policy",
    "Sent",
    "Settings",
    "Watch",
    "Webhook",
    "details",
    "hosts_only",
    "in_words",
    "parse_interval",
]
