"""The watch is killed at random moments while pages change: is what it told in the end what the recorded rechecks say, each thing once?"""

from __future__ import annotations

import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import watchsite

from archiver.archive import Archive
from archiver.catalogue import Watched, WatchState
from archiver.cli.root import run
from archiver.signing import KeyRing
from archiver.urls import page_key
from archiver.watching.feed import MOST_ENTRIES, entry_id
from archiver.watching.schedule import Policy
from archiver.watching.standing import Circumstances, after_look

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105  # of the specification's example
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARCHIVER = [sys.executable, "-m", "archiver.cli"]


@dataclass
class Trial:
    """An archive with ``pages`` quoted pages of a running site, and a watch that tells by feed and webhook."""

    folder: Path
    port: int
    pages: int
    edited: set[int] = field(default_factory=set)

    def make(self) -> None:
        """Makes it, and lets the watch look once, so that what comes after is news."""
        (self.folder / "keys").mkdir()
        hook = f"http://127.0.0.1:{self.port}/hook"
        (self.folder / "keys/settings.toml").write_text(f'webhook = "{hook}"\nwebhook_secret = "{SECRET}"\n')
        assert self.call("init", str(self.folder / "archive")) == 0
        table = self.folder / "quotes.jsonl"
        rows = ({"url": watchsite.url(self.port, n), "quote": watchsite.quotation(n)} for n in range(self.pages))
        table.write_text("".join(json.dumps(item) + "\n" for item in rows))
        assert self.call("check", str(table)) == 0
        assert self.call(*self.watching()) == 0

    def words(self, *words: str) -> list[str]:
        return ["--archive", str(self.folder / "archive"), "--allow-net", "127.0.0.0/8", *words]

    def call(self, *words: str) -> int:
        """In this process: what is not to be killed need not be started."""
        os.environ["ARCHIVER_CONFIG"] = str(self.folder / "keys")
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            return run(self.words(*words))

    def watching(self) -> list[str]:
        feed = str(self.folder / "alerts.xml")
        return ["watch", "--once", "--all", "--pause", "0", "--confirm-after", "0", "--feed", feed, "--json"]

    def kill_one(self, chance: random.Random, longest: float) -> bool:
        """Changes some pages, and kills a watch meanwhile; says whether it was still at work."""
        for page in chance.sample(range(self.pages), max(1, self.pages // 3)):
            watchsite.tell(self.port, f"/{'mend' if page in self.edited else 'edit'}/{page}")
            self.edited ^= {page}
        process = subprocess.Popen(
            [*_ARCHIVER, *self.words(*self.watching())], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
            env={**os.environ, "ARCHIVER_CONFIG": str(self.folder / "keys")},
        )  # fmt: skip
        assert process.stdout is not None
        if chance.random() < 0.8:
            process.stdout.readline()  # else the start is what is killed
        time.sleep(chance.uniform(0.0, longest))
        alive = process.poll() is None
        if alive:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return alive

    def settle(self) -> None:
        """Lets the watch end in peace."""
        assert self.call(*self.watching()) in (0, 1)

    def faults(self) -> list[str]:
        """What is not as it should be, a sentence each."""
        root = self.folder / "archive"
        with Archive.open(root, KeyRing(self.folder / "keys"), read_only=True) as archive:
            looks = archive.catalogue.rechecks.since(0)
            expected, standing = [], dict[str, Watched]()
            for look in looks:
                around = Circumstances(Policy(), time.time(), time.time(), False, random.Random(1))
                item = standing.get(look.surt, Watched(look.surt, look.url, False, 1.0, 0.0))
                standing[look.surt], kind = after_look(item, look, around)
                if kind is not None:
                    expected.append(look.id)
        with WatchState(root / "state.db") as state:
            alerts = list(reversed(state.alerts(1 << 30)))
            owed = state.undelivered(("feed", "webhook"))
        told = [alert.id for alert in alerts]
        faults = [] if told == expected else [f"{len(expected)} alerts were to be made, {len(told)} were"]
        received = json.loads(watchsite.tell(self.port, "/hooks"))
        if {name for name, _ in received} != set(told):
            faults.append(f"{len(set(told))} alerts, {len({name for name, _ in received})} of them came by webhook")
        if len(set(map(tuple, received))) != len(set(told)):
            faults.append("an alert came by webhook with two contents")
        feed = ElementTree.parse(self.folder / "alerts.xml")  # noqa: S314  # our own
        entries = [item.findtext(f"{_ATOM}id") for item in feed.iter(f"{_ATOM}entry")]
        if entries != [entry_id(name) for name in reversed(told)][:MOST_ENTRIES]:
            faults.append(f"{len(told)} alerts, and the feed has {len(entries)} entries")
        if owed:
            faults.append(f"{owed} deliveries are still owed")
        for page in range(self.pages):
            kinds = [alert.kind for alert in alerts if page_key(alert.url) == page_key(watchsite.url(self.port, page))]
            if kinds != ["quote-altered" if number % 2 == 0 else "back" for number in range(len(kinds))]:
                faults.append(f"page {page} told {kinds}")
        if self.call("verify") != 0:
            faults.append("the archive does not verify")
        return faults

    def counts(self) -> tuple[int, int]:
        """(alerts that came by webhook, how often one came again)."""
        received = Counter(name for name, _ in json.loads(watchsite.tell(self.port, "/hooks")))
        return len(received), received.total() - len(received)
