"""The answers to whoever asks, without a server: exact routes, shared records alone, and hostile input as a matter of course."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from website import Website

from archiver.archive import Archive
from archiver.catalogue import ShareState
from archiver.log import Checkpoint
from archiver.net.listening import Answered, Asked
from archiver.rechecking import Recheck
from archiver.sharing import STATE, Desk, Tellings, new_peer
from archiver.sharing.atom import read_feed
from archiver.sharing.hub import MOST, Hub, Place
from archiver.sharing.proofs import Shown, check
from archiver.sharing.published import Published
from archiver.sharing.websub import FORM, SUBSCRIBE, Asking, Intent, sign
from archiver.signing import SigningKey

BASE, TOKEN = "http://here.example:8765", "t" * 43


@dataclass
class Pushes:
    got: list[bytes] = field(default_factory=list)

    def secret(self, token: str) -> str | None:
        return "secret" if token == TOKEN else None

    def meant(self, token: str, intent: Intent) -> bool:
        return token == TOKEN and intent.topic == "topic"

    def pushed(self, _token: str, body: bytes) -> None:
        read_feed(body, BASE)
        self.got.append(body)


@dataclass
class Asks:
    asked: list[Asking] = field(default_factory=list)


Ask = Callable[..., Answered]


@pytest.fixture
def pushes() -> Pushes:
    return Pushes()


@pytest.fixture
def hub(archive: Archive) -> Hub:
    """It is not entered: nothing is sent."""
    place = Place(archive.settings.origin, BASE, archive.root / STATE)
    return Hub(place, Tellings(archive), None, lambda _: None, lambda _: None)  # type: ignore[arg-type]


@pytest.fixture
def ask(archive: Archive, pushes: Pushes, hub: Hub) -> Iterator[Ask]:
    tellings = Tellings(archive)
    desk = Desk(BASE, {"here.example:8765"}, archive.settings.origin, tellings, Published(archive), hub, pushes)

    def ask(path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answered:
        path, _, query = path.partition("?")
        given = {"host": "here.example:8765", **{name.replace("_", "-"): value for name, value in headers.items()}}
        return desk.answer(Asked(method, path, query, given, body, "127.0.0.1"))

    return ask


def test_the_feed_and_its_validator(ask: Ask, shared: str) -> None:
    answered = ask("/shared.atom")
    headers = dict(answered.headers)
    assert (answered.status, answered.media_type) == (200, "application/atom+xml")
    assert headers["Link"] == f'<{BASE}/hub>; rel="hub", <{BASE}/shared.atom>; rel="self"'
    assert [entry.url for entry in read_feed(answered.body, BASE).entries] == [shared]
    assert ask("/shared.atom", if_none_match=headers["ETag"]).status == 304
    assert ask("/shared.atom", if_none_match=f'"x", W/{headers["ETag"]}').status == 304
    assert ask("/shared.atom", if_none_match='"x"').status == 200


def test_a_proof_of_what_is_told_can_be_checked_with_the_key_alone(archive: Archive, ask: Ask, shared: str) -> None:
    (entry,) = read_feed(ask("/shared.atom").body, BASE).entries
    shown = Shown(ask(f"/proof/{entry.leaf}").body, ask(f"/proof/{entry.text_leaf}").body)
    proven = check(entry, shown, archive.key)
    assert proven.text
    assert proven.record.details.uri == shared
    assert proven.record.head == Checkpoint.opened(ask("/checkpoint").body, archive.key)


def test_of_no_other_record_there_is_a_proof_and_none_can_be_told_from_what_is_not_there(
    archive: Archive, ask: Ask, shared: str
) -> None:
    (entry,) = read_feed(ask("/shared.atom").body, BASE).entries
    nothing = ask("/no-such-thing")
    assert nothing.status == 404
    size = archive.head().size
    for leaf in {*range(size + 3), 10**14} - set(entry.leaves):
        assert ask(f"/proof/{leaf}") == nothing
    for path in (
        "/proof/",
        "/proof/-1",
        "/proof/01",
        f"/proof/{entry.leaf}/",
        f"/proof/{entry.leaf}%00",
        "/",
        "//shared.atom",
        "/Shared.atom",
    ):
        assert ask(path) == nothing
    with ShareState(archive.root / STATE) as state:
        state.unshare(state.shared()[0].key)
    assert ask(f"/proof/{entry.leaf}") == nothing


def test_tiles_as_much_of_them_as_is_asked_for_and_no_entries(archive: Archive, ask: Ask, shared: str) -> None:
    size = archive.head().size
    whole = ask(f"/tile/0/000.p/{size}")
    assert (whole.status, len(whole.body)) == (200, 32 * size)
    assert (
        ask(f"/tile/0/000.p/{size - 1}").body == whole.body[:-32]
    )  # that of an older head, for who saw it a moment ago
    for path in (
        f"/tile/0/000.p/{size + 1}", "/tile/0/000", "/tile/0/000.p/0", "/tile/0/000.p/256", "/tile/1/000.p/1", "/tile/0/001.p/1",
        "/tile/entries/000.p/1", "/tile/0/../../details/000", "/tile/0/x000/000.p/1", "/tile/00/000.p/1", "/tile/0/000.p/01",
        "/tile/99/000.p/1",
    ):  # fmt: skip
        assert ask(path).status == 404, path


def test_another_host_is_not_answered(ask: Ask) -> None:
    assert ask("/shared.atom", host="evil.example").status == 421
    assert ask("/shared.atom", host="HERE.example:8765").status == 200
    assert ask("/shared.atom", host="").status == 421


def test_other_methods(ask: Ask) -> None:
    answered = ask("/shared.atom", "POST")
    assert (answered.status, dict(answered.headers)) == (405, {"Allow": "GET"})
    assert ask("/hub").status == 405


def test_whom_this_archive_follows_shows_in_no_answer_of_its_hub(archive: Archive, ask: Ask, hub: Hub) -> None:
    def wish(callback: str, topic: str = f"{BASE}/shared.atom") -> Answered:
        return ask("/hub", "POST", Asking(SUBSCRIBE, topic, callback).form(), content_type=FORM)

    with ShareState(archive.root / STATE) as state:
        state.follow(new_peer("http://peer.example:81/shared.atom", SigningKey.generate("peer.example/log").public))
    taken = wish("http://peer.example:81/callback/x")
    assert (taken.status, taken.body) == (202, b"")
    for callback in (
        "http://peer.example/callback/x",
        "https://peer.example:81/callback/x",
        "http://peer.example:81/delete?everything",
        "http://169.254.169.254/",
        "http://evil.example/",
    ):
        assert wish(callback) == taken
    for number in range(4 * MOST):
        assert wish(f"http://peer.example:81/callback/{number}") == taken
    assert 0 < len(hub._asked) <= 8
    assert {name.rpartition("/")[0] for name in hub._asked} == {"http://peer.example:81/callback"}
    assert wish("http://peer.example:81/x", "http://here.example:8765/other").status == 400
    assert ask("/hub", "POST", b"x" * 9000, content_type=FORM).status == 400
    assert ask("/hub", "POST", Asking(SUBSCRIBE, BASE, BASE).form()).status == 400  # no form


def test_a_hub_that_we_asked_gets_its_challenge_back_and_no_other(ask: Ask) -> None:
    query = "hub.mode=subscribe&hub.topic={}&hub.challenge=ch&hub.lease_seconds=300"
    answered = ask(f"/callback/{TOKEN}?{query.format('topic')}")
    assert (answered.status, answered.body) == (200, b"ch")
    nothing = ask("/no-such-thing")
    assert ask(f"/callback/{TOKEN}?{query.format('other')}") == nothing
    assert ask(f"/callback/{'u' * 43}?{query.format('topic')}") == nothing
    assert ask(f"/callback/{TOKEN}") == nothing
    assert ask("/callback/short") == nothing


def test_a_push_counts_where_it_is_signed(ask: Ask, pushes: Pushes, shared: str) -> None:
    body = ask("/shared.atom").body
    assert ask(f"/callback/{TOKEN}", "POST", body, x_hub_signature=sign("secret", body)).status == 202
    assert pushes.got == [body]
    for signature in ("", sign("other", body), sign("secret", body + b"x")):
        assert ask(f"/callback/{TOKEN}", "POST", body, x_hub_signature=signature).status == 202
    assert ask(f"/callback/{'u' * 43}", "POST", body).status == 410
    assert ask(f"/callback/{TOKEN}", "POST", b"junk", x_hub_signature=sign("secret", b"junk")).status == 400
    assert pushes.got == [body]


def test_what_is_recorded_meanwhile_is_in_the_next_answer(
    ask: Ask, shared: str, site: Website, look: Callable[[str], Recheck], edition: Callable[[int], bytes]
) -> None:
    before, head = ask("/shared.atom"), ask("/checkpoint").body
    site.put("/bridge", edition(2))
    look(shared)
    assert len(read_feed(ask("/shared.atom").body, BASE).entries) == 2
    assert ask("/shared.atom").headers != before.headers
    assert ask("/checkpoint").body != head
