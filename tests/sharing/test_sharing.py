"""Three archives that follow each other, from end to end: what they tell, what they never tell, and what they do not believe."""

from __future__ import annotations

import contextlib
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote as quote_path
from urllib.request import Request as Asking
from urllib.request import urlopen

import sharingrig as rig

from archiver.archive import Archive
from archiver.capture import LazyPool, Options, capture
from archiver.catalogue import ShareState
from archiver.quoting import Quotation, quote
from archiver.sharing import FORK, STATE
from archiver.sharing.sighting import entry_id
from archiver.sharing.websub import FORM
from archiver.signing import KeyRing
from archiver.urls import page_key, surt
from archiver.verification import Request, Verification

PRIVATE = 10
"""Sources of each archive that it shares with nobody."""

HIDDEN = "127.77.66.55"
"""Where the pages are that nobody else is to know of."""

NOTE, SPEAKER = "ask the harbour master about this", "Petronella Quist"


def opened(root: Path) -> Archive:
    return Archive.open(root, KeyRing(root.parent / "keys"))


def verified(root: Path) -> bool:
    found = Verification(root, Request(), KeyRing(root.parent / "keys"))
    bad = [finding for finding in found.findings() if finding.ok is not True]
    assert not bad
    return found.summary.checked > 0


class Wires:
    """Every byte that goes over a socket of this process, but for those whose other end is at ``unheard``."""

    def __init__(self, unheard: str) -> None:
        self._unheard = unheard
        self.heard: dict[int, bytearray] = {}

    def take(self, opened: socket.socket, data: Any) -> None:
        try:
            ends = {opened.getpeername()[0], opened.getsockname()[0]}
        except OSError:
            ends = set()
        if self._unheard not in ends:
            self.heard.setdefault(id(opened), bytearray()).extend(bytes(data) + b"\n")


@contextmanager
def tapped(unheard: str) -> Iterator[Wires]:
    wires = Wires(unheard)
    kept = {name: getattr(socket.socket, name) for name in ("send", "sendall", "recv", "recv_into")}

    def send(self: socket.socket, data: Any, *more: Any) -> Any:
        wires.take(self, data)
        return kept["send"](self, data, *more)

    def sendall(self: socket.socket, data: Any, *more: Any) -> Any:
        wires.take(self, data)
        return kept["sendall"](self, data, *more)

    def recv(self: socket.socket, *more: Any) -> Any:
        data = kept["recv"](self, *more)
        wires.take(self, data)
        return data

    def recv_into(self: socket.socket, buffer: Any, *more: Any) -> Any:
        count = kept["recv_into"](self, buffer, *more)
        wires.take(self, memoryview(buffer)[:count])
        return count

    try:
        for function in (send, sendall, recv, recv_into):
            setattr(socket.socket, function.__name__, function)
        yield wires
    finally:
        for name, function in kept.items():
            setattr(socket.socket, name, function)


@dataclass
class Secrets:
    """What must be in no byte: words, and digests (hex)."""

    host: str
    words: dict[str, str] = field(default_factory=dict)
    digests: set[str] = field(default_factory=set)
    urls: list[list[str]] = field(default_factory=list)

    def research(self, root: Path, options: Options) -> None:
        """Captures and quotes private pages, and watches them."""
        name = root.parent.name
        mine = [f"{self.host}/secret-{name}-{number}?leak=yes" for number in range(PRIVATE)]
        with opened(root) as archive, archive.recording_many():
            for number, url in enumerate(mine):
                snapshot = capture(archive, url, options)
                said = f"The council of secret-{name}-{number}"
                quote(archive, snapshot.id, Quotation(said, speaker=SPEAKER, note=NOTE), None)
                self.words |= {url: "url", surt(url): "surt", said: "quotation", f"secret-{name}-{number}": "name"}
        rig.watch(root, *mine)
        self.urls.append(mine)

    def learn(self, root: Path) -> None:
        """Takes up what is recorded of private pages, those that were looked at since with them."""
        with opened(root) as archive:
            for snapshot in archive.catalogue.snapshots():
                if "secret" in snapshot.url:
                    self.words |= {str(snapshot.info.title): "title", snapshot.warc_record_id.strip("<>"): "record"}
                    self.digests |= {
                        snapshot.id[2:],
                        snapshot.payload_sha256,
                        *(text.sha256 for text in snapshot.texts),
                    }
            for look in archive.catalogue.rechecks.since(0):
                if "secret" in look.url:
                    record = archive.catalogue.leaf(look.leaf)
                    self.words |= {
                        entry_id(archive.settings.origin, look.id): "entry",
                        record.record_id.strip("<>"): "look",
                    }
                    self.words |= {record.uri: "uri", quote_path(look.url, safe="/:@!$&'()*+,;=~"): "url in a uri"}
                    self.digests |= {look.id[2:]}

    def found_in(self, heard: bytes) -> list[tuple[str, str]]:
        found = [(kind, word) for word, kind in self.words.items() if any(form in heard for form in rig.forms(word))]
        return found + [
            ("digest", name) for name in self.digests if any(form in heard for form in rig.spelt(bytes.fromhex(name)))
        ]


def ask_amiss(station: rig.Station) -> None:
    """What strangers ask: answered with every error there is."""
    host, feed = f"127.0.0.1:{station.port}", f"http://127.0.0.1:{station.port}/shared.atom"
    with urlopen(feed) as answer:
        etag = answer.headers["ETag"]
    with contextlib.suppress(HTTPError):  # 304
        urlopen(Asking(feed, headers={"If-None-Match": etag}))
    form = b"hub.mode=subscribe&hub.topic=http%3A%2F%2Fx%2F&hub.callback=http%3A%2F%2Fx%2F"
    proofs = [("GET", f"/proof/{leaf}", b"", host) for leaf in range(0, station.archive.head().size, 7)]
    for method, path, body, named in (
        *proofs, ("GET", "/nothing", b"", host), ("GET", "/hub", b"", host), ("POST", "/hub", form, host), ("POST", "/hub", b"x", host),
        ("GET", f"/callback/{'u' * 43}", b"", host), ("POST", f"/callback/{'u' * 43}", b"x", host), ("GET", "/shared.atom", b"", "else.example"),
        ("PUT", "/shared.atom", b"", host), ("GET", "/checkpoint", b"", host), ("GET", "/tile/0/000.p/9", b"", host),
    ):  # fmt: skip
        with socket.create_connection(("127.0.0.1", station.port), timeout=10) as opened:
            head = f"{method} {path} HTTP/1.1\r\nHost: {named}\r\nContent-Type: {FORM}\r\nContent-Length: {len(body)}\r\n\r\n"
            opened.sendall(head.encode() + body)
            while opened.recv(65536):
                pass


EVERYTHING = (
    b" 304 ", b" 400 ", b" 404 ", b" 405 ", b" 410 ", b" 421 ", b" 501 ", b"POST /hub", b"hub.callback=", b"hub.challenge=", b"POST /callback/",
    b"X-Hub-Signature: sha256=", b"ETag: ", b"If-None-Match: ", b"User-Agent: ", b"Server: ", b"rel=\"hub\"", b"in-reply-to", b"<id>urn:uuid:",
    b"c2sp.org/tlog-proof@v1", b"/checkpoint",
)  # fmt: skip
"""What must have gone over the wires, for the search to say something of it."""


def learn_of_edits(made: list[rig.Station], urls: list[str], edit: Callable[[int], None]) -> None:
    """Each archive in turn sees an edit of a page; the others learn of it and bear it out."""
    for number, url in enumerate(urls):
        edit(number)
        made[number].look(url)
        for station in made:
            station.wait_for("recheck", url=url, changed=True)
            for by in {other.archive.settings.origin for other in made} - {station.archive.settings.origin}:
                assert station.wait_for("corroboration", url=url, by=by)["agreement"] == "same-text"


def test_three_archives_share_three_sources_and_not_a_byte_of_thirty(
    folders: list[Path], options: Options, running: Callable[[list[rig.Station]], None]
) -> None:
    with rig.site() as public, rig.site(host=HIDDEN, steady=True) as private, tapped(HIDDEN) as wires:
        secrets = Secrets(private.url, {private.url: "host", HIDDEN: "host", NOTE: "note", SPEAKER: "speaker"})
        for root in folders:
            secrets.research(root, options)
        urls = [f"{public.url}/shared-{number}" for number in range(3)]
        made = rig.together(folders, urls)
        running(made)
        for station in made:
            for url in urls:
                station.look(url)
            for url in urls:
                station.wait_for("recheck", url=url)

        def edit(number: int) -> None:
            public.edit(f"shared-{number}")
            private.edit(f"secret-{folders[number].parent.name}-0")
            made[number].look(secrets.urls[number][0])  # what is private is looked at, and changes, meanwhile

        learn_of_edits(made, urls, edit)
        for number, station in enumerate(made):
            station.wait_for("recheck", url=secrets.urls[number][0], changed=True)
        looks = [station.count("recheck", url=url, changed=True) for station in made for url in urls]
        assert looks == [1] * 9
        assert [station.count("recheck") for station in made] == [7] * 3  # nobody kept anybody looking
        assert [station.count("corroboration") for station in made] == [6] * 3
        assert not [told for station in made for told in station.events if told["event"] in ("refused", "note")]
        for station in made:
            ask_amiss(station)
        heard = b"\n".join(bytes(data) for data in wires.heard.values())
    for root in folders:
        secrets.learn(root)
    assert len(secrets.digests) >= 3 * PRIVATE * 3
    assert secrets.found_in(heard) == []
    assert [words for words in EVERYTHING if words.lower() not in heard.lower()] == []
    # that the search finds something: the shared pages are there, in such forms
    shared = made[0].archive.catalogue.snapshots_of(page_key(urls[0]))[-1]
    assert Secrets("", {urls[0]: "url"}, {shared.payload_sha256}).found_in(heard) == [
        ("url", urls[0]),
        ("digest", shared.payload_sha256),
    ]


def test_each_holds_its_own_copy_and_all_verify(
    folders: list[Path], running: Callable[[list[rig.Station]], None]
) -> None:
    with rig.site() as site:
        url = f"{site.url}/bridge"
        made = rig.together(folders, [url])
        running(made)
        for station in made:
            station.look(url)
            station.wait_for("recheck", url=url)
        site.edit("bridge")
        made[0].look(url)
        for station in made[1:]:
            station.wait_for("corroboration", url=url, asked=True)
        site.gone.add("bridge")
        made[1].look(url)
        for station in made:
            station.wait_for("recheck", url=url, drift="gone")
        for station in (made[0], made[2]):
            station.wait_for("corroboration", url=url, agreement="both-gone")
        for station in made:
            shown = [item.said for item in station.archive.catalogue.corroborations.of_page(page_key(url))]
            assert all(said.agreement.holds for said in shown)
    for station in made:
        assert len(station.archive.catalogue.snapshots_of(page_key(url))) >= 3
    for root in folders:
        assert verified(root)


def test_what_was_told_while_nobody_listened_is_not_lost(
    folders: list[Path], running: Callable[[list[rig.Station]], None]
) -> None:
    with rig.site() as site:
        url = f"{site.url}/bridge"
        made = rig.together(folders[:2], [url])
        made[0].start()
        made[0].look(url)
        made[0].wait_for("recheck", url=url)
        site.edit("bridge")
        made[0].look(url)  # the other is not there
        made[0].wait_for("recheck", url=url, changed=True)
        made[1].start()
        assert made[1].wait_for("corroboration", url=url)["asked"]
        made[0].wait_for("corroboration", url=url)
        made[1].end()
        with opened(folders[1]) as archive:  # the note of it is lost: it was killed before it was written
            before = len(archive.catalogue.corroborations.of_page(page_key(url)))
            with ShareState(archive.root / STATE) as state:
                (peer,) = state.peers()
                state.unfollow(peer.feed)
                state.follow(replace(peer, etag=""))
        again = rig.Station(folders[1], reader=LazyPool(small=True))
        again.start()
        (told,) = [item.said.peer.entry for item in again.archive.catalogue.corroborations.of_page(page_key(url))]
        end, heard = time.monotonic() + 10, set[str]()
        while not heard and time.monotonic() < end:
            time.sleep(0.05)
            with ShareState(folders[1] / STATE) as state:
                heard = state.was_heard(peer.feed, [told])
        assert heard == {told}
        assert len(again.archive.catalogue.corroborations.of_page(page_key(url))) == before
        assert again.count("recheck") == 0
        again.end()
        made[0].end()


def test_a_forged_head_is_refused_and_said_and_both_are_kept(
    folders: list[Path], running: Callable[[list[rig.Station]], None], tmp_path: Path
) -> None:
    with rig.site() as site:
        url = f"{site.url}/bridge"
        made = rig.together(folders, [url], every=1.0)
        origin = made[0].archive.settings.origin
        made[0].start()
        made[0].look(url)
        made[0].wait_for("recheck", url=url)
        made[0].end()
        shutil.copytree(folders[0].parent, tmp_path / "copy")
        made[0] = rig.Station(folders[0], port=made[0].port, reader=LazyPool(small=True))
        running(made)
        for station in made[1:]:
            station.look(url)
            station.wait_for("recheck", url=url)
        site.edit("bridge")
        made[0].look(url)
        for station in made[1:]:
            station.wait_for("corroboration", url=url, by=origin)
        made[0].end()
        site.edit("bridge")
        copy = tmp_path / "copy" / "archive"  # the same key, another history
        forged = rig.Station(copy, port=made[0].port, reader=LazyPool(small=True))
        forged.start()
        for number in range(4):
            forged.look(f"{site.url}/bridge")
            forged.wait_for("recheck", url=url)
            forged.events.clear()
            site.edit("bridge")
            if any(station.count("refused") for station in made[1:]) and number > 2:
                break
        for station in made[1:]:
            told = station.wait_for("refused")
            assert told["kind"] == FORK
            assert "kept" in told["why"]
            keys = station.archive.root.parent / "keys"
            (folder,) = (keys / "witness" / "forks").iterdir()  # no peer can fill a disk with forks
            assert {path.name for path in folder.iterdir()} == {"seen-before.checkpoint", "shown-now.checkpoint"}
            with ShareState(station.archive.root / STATE) as state:
                assert {peer.trouble.partition(":")[0] for peer in state.peers()} == {FORK, ""}
            before = station.count("corroboration", by=origin)
            assert before == 1  # what was proven before the fork stays; nothing of it was believed
        assert made[1].count("refused") == made[2].count("refused") == 1  # said once, however often it is told
        forged.end()
