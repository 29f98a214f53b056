"""The ways on which alerts go out, and how one that was not taken is tried again."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from archiver import clock
from archiver.catalogue import Alert, Delivery, WatchState
from archiver.errors import ArchiverError, Stopped
from archiver.watching.command import Command
from archiver.watching.feed import MOST_ENTRIES, feed_of, write_feed
from archiver.watching.schedule import DAY, jittered
from archiver.watching.undelivered import Undelivered
from archiver.watching.webhook import Webhook

FEED, WEBHOOK, COMMAND = "feed", "webhook", "command"

_FIRST_TRY, _LONGEST = 15.0, 6 * 3600.0
HORIZON = 2 * DAY
"""Seconds; a next try further ahead than this was reckoned by a clock that was wrong."""


@dataclass(frozen=True, slots=True)
class Channels:
    """Where alerts go, None for nowhere. ``feed_address`` is where the feed can be fetched, if anywhere."""

    feed: Path | None = None
    feed_address: str | None = None
    webhook: Webhook | None = None
    command: Command | None = None

    @property
    def names(self) -> tuple[str, ...]:
        named = ((FEED, self.feed), (WEBHOOK, self.webhook), (COMMAND, self.command))
        return tuple(name for name, channel in named if channel is not None)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of trying to deliver one alert: ``error`` is empty where it was taken."""

    alert: str
    channel: str
    error: str = ""


def put_feed(state: WatchState, channels: Channels, origin: str) -> None:
    """Writes the feed, where one is wanted, and marks what it holds as delivered. Raises InputError where it cannot be written."""
    if channels.feed is None:
        return
    alerts = state.alerts(MOST_ENTRIES)
    now = clock.stamp()
    data = feed_of(alerts, origin, now, channels.feed_address, state.told())
    write_feed(channels.feed, data)
    owed = state.to_deliver(FEED, float("inf"), float("inf"), limit=-1)
    if owed:
        state.put_delivery(*(replace(delivery, delivered=now, error="") for _, delivery in owed))


def send_all(
    state: WatchState,
    channels: Channels,
    stop: threading.Event,
    said: Callable[[Sent], None],
    *,
    again: bool = False,
) -> None:
    """Tries what is owed on webhook and command, oldest first; a channel that fails waits with all that stands behind.

    ``again`` tries at once what was to wait. It is marked after it was answered: what is killed between goes out once more, with the same id.
    """
    chance = random.Random()  # noqa: S311  # when to try again is no secret
    if channels.webhook is not None:
        hook = channels.webhook
        _send(state, WEBHOOK, lambda alert: hook.send(alert, clock.now(), stop), stop, said, chance, again=again)
    if channels.command is not None:
        command = channels.command
        _send(state, COMMAND, lambda alert: command.run(alert, stop), stop, said, chance, again=again)


def _send(
    state: WatchState,
    channel: str,
    deliver: Callable[[Alert], None],
    stop: threading.Event,
    said: Callable[[Sent], None],
    chance: random.Random,
    *,
    again: bool,
) -> None:
    seen: set[str] = set()
    while not stop.is_set():
        now = clock.now().timestamp()
        owed = state.to_deliver(channel, float("inf") if again else now, now + HORIZON, limit=100 + len(seen))
        owed = [one for one in owed if one[0].id not in seen]
        if not owed:
            return
        seen |= {alert.id for alert, _ in owed}
        for alert, delivery in owed:
            if stop.is_set():
                return
            try:
                deliver(alert)
            except Stopped:
                return
            except ArchiverError as error:
                _failed(state, channel, delivery, error, chance)
                said(Sent(alert.id, channel, str(error)))
                if isinstance(error, Undelivered) and error.alone:
                    continue
                return
            state.put_delivery(replace(delivery, tries=delivery.tries + 1, delivered=clock.stamp(), error=""))
            said(Sent(alert.id, channel))


def _failed(state: WatchState, channel: str, delivery: Delivery, error: ArchiverError, chance: random.Random) -> None:
    """Keeps when to try next: later each time, as asked for where the receiver asks, in a day where it wants no more.

    What waits behind on the channel waits as long: a receiver that is down is not asked once for each alert.
    """
    alone = isinstance(error, Undelivered) and error.alone
    now = clock.now().timestamp()
    tries = delivery.tries + 1
    wait = jittered(min(_FIRST_TRY * 2.0 ** min(tries - 1, 20), _LONGEST), chance)
    if isinstance(error, Undelivered):
        wait = DAY if error.final else max(wait, error.wait or 0.0)
    state.put_delivery(replace(delivery, tries=tries, next_try=now + wait, error=str(error)))
    if alone:
        return
    behind = state.to_deliver(channel, now, now + HORIZON, limit=-1)
    state.put_delivery(*(replace(other, next_try=now + wait) for _, other in behind))
