"""Erasing: nothing of it is left anywhere, the rest is untouched, and the tombstone verifies."""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import LOOPBACK, Ran
from remains import erased, faults, inflated, left_of, rebuilt
from website import Website, article

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.catalogue import Shared, ShareState, WatchState
from archiver.erasure import erase, make_plan
from archiver.errors import ArchiveError, ErasedId, InputError, ReadOnlyArchive, UnknownId
from archiver.model import Snapshot
from archiver.quoting import Quotation, quote
from archiver.urls import page_key
from archiver.verification import Request, Verification

SECRET = "The zyxomma colony at Quellbruck numbers exactly forty-one hives this summer."
TITLE = "A private letter about the zyxomma"
PUBLIC = "The bridge over the river Lorn will close on the 13th of May for repairs, the county council said."


def page(title: str, words: str) -> bytes:
    return article(
        title, words, "And a second paragraph that makes the page long enough to be read as an article at all."
    )


def blocks(archive: Archive) -> dict[str, bytes]:
    """Every record that can be read, by its id."""
    return {
        leaf.record_id: archive.stored_record(leaf).block
        for leaf in archive.catalogue.leaves()
        if leaf.kind != "erased"
    }


@pytest.fixture
def filled(archive: Archive, site: Website, options: Options) -> Callable[[], tuple[Snapshot, Snapshot]]:
    """Fills the archive with a secret page (quoted and revisited) and a public one; gives the snapshots of both."""

    def fill() -> tuple[Snapshot, Snapshot]:
        secret_url = site.put("/quite-private", page(TITLE, SECRET))
        public_url = site.put("/public", page("Bridge to close", PUBLIC))
        first = capture(archive, public_url, options)
        secret = capture(archive, secret_url, options)
        quote(archive, secret.id, Quotation("exactly forty-one hives", "Kim", "a note on hives"), None)
        quote(archive, secret.id, Quotation("exactly forty-two hives"), None)
        capture(archive, secret_url, options)  # a revisit
        quote(archive, first.id, Quotation("will close on the 13th of May"), None)
        return secret, first

    return fill


def test_nothing_is_left_and_the_tombstone_verifies(
    archive: Archive, filled: Callable[..., tuple[Snapshot, Snapshot]]
) -> None:
    secret, public = filled()
    root = archive.root
    body = page(TITLE, SECRET)
    assert left_of(root, secret.url, SECRET, TITLE, "forty-two hives", body), "it was there"
    before = blocks(archive)
    old = {leaf.index: leaf for leaf in archive.catalogue.leaves()}
    plan = make_plan(archive, [secret.short_id])
    assert len(plan.snapshots) == 2
    assert len(plan.quotes) == 2
    assert plan.revisits == (next(item.id for item in plan.snapshots if item.revisit_of),)
    done = erase(archive, plan, "court order 12/26")
    digests = [secret.payload_sha256, *(text.sha256 for text in secret.texts)]
    archive.close()
    assert (
        left_of(
            root, secret.url, "/quite-private", SECRET, TITLE, "zyxomma", "forty-two", "a note on hives", body, *digests
        )
        == []
    )
    record_ids = [leaf.record_id for leaf in plan.leaves]
    assert left_of(root, *record_ids) == []
    assert faults(root) == []
    (found,) = erased(root)
    assert found.ok
    assert found.subject == secret.short_id
    assert "court order 12/26" in found.detail
    assert done.tombstone.erased_at in found.detail
    for name in (*plan.revisits, *(item.id for item in plan.quotes)):
        assert name[:14] in found.detail
    assert set(found.quotes) == {item.id for item in plan.quotes}
    with Archive.open(root) as again:
        assert again.notices == []
        rebuilt(again)
        gone = {leaf.record_id for leaf in plan.leaves}
        kept = {record_id: block for record_id, block in before.items() if record_id not in gone}
        assert {name: block for name, block in blocks(again).items() if name in before} == kept
        assert again.catalogue.snapshot(public.id).url == public.url
        assert [item.snapshot for item in again.catalogue.quotes()] == [public.id]
        assert {leaf.index for leaf in again.catalogue.leaves() if leaf.kind == "erased"} == {
            leaf.index for leaf in plan.leaves
        }
        assert {old[leaf.index].kind for leaf in plan.leaves} == {
            "request",
            "response",
            "revisit",
            "text",
            "capture",
            "quote",
        }


def test_an_erased_id_says_when_and_why(archive: Archive, filled: Callable[..., tuple[Snapshot, Snapshot]]) -> None:
    secret, _ = filled()
    plan = make_plan(archive, [secret.id])
    erase(archive, plan, "a mistake")
    for name in (secret.id, secret.short_id, *plan.revisits):
        with pytest.raises(ErasedId, match=r"erased on \d{4}-.*: a mistake"):
            archive.find_snapshot(name)
    for item in plan.quotes:
        with pytest.raises(ErasedId, match="a mistake"):
            archive.find_quote(item.short_id)
    with pytest.raises(ErasedId):
        quote(archive, secret.id, Quotation("x"), None)
    with pytest.raises(ErasedId):
        make_plan(archive, [secret.id])


def test_the_page_captured_again_is_a_full_record(
    archive: Archive, filled: Callable[..., tuple[Snapshot, Snapshot]], options: Options
) -> None:
    secret, _ = filled()
    erase(archive, make_plan(archive, [secret.id]), "a mistake")
    again = capture(archive, secret.url, options)
    assert again.revisit_of is None
    assert SECRET in "".join(text.content for text in archive.texts(again))
    assert faults(archive.root) == []


def test_a_quote_by_itself(archive: Archive, filled: Callable[..., tuple[Snapshot, Snapshot]]) -> None:
    secret, _ = filled()
    wrong = next(item for item in archive.catalogue.quotes(secret.id) if "two" in item.text)
    plan = make_plan(archive, [wrong.short_id])
    assert (plan.snapshots, len(plan.leaves), plan.dependents) == ((), 1, ())
    erase(archive, plan, "misread")
    assert left_of(archive.root, "forty-two hives") == []
    assert faults(archive.root) == []
    assert len(archive.catalogue.quotes(secret.id)) == 1
    erase(archive, make_plan(archive, [secret.id]), "and the rest")
    assert left_of(archive.root, SECRET, secret.url) == []
    assert faults(archive.root) == []
    assert len(erased(archive.root)) == 2
    rebuilt(archive)


def test_a_revisit_by_itself_leaves_what_it_stood_on(
    archive: Archive, filled: Callable[..., tuple[Snapshot, Snapshot]]
) -> None:
    secret, _ = filled()
    (revisit,) = archive.catalogue.dependents(secret.id)
    plan = make_plan(archive, [revisit])
    assert {leaf.kind for leaf in plan.leaves} == {"request", "revisit", "capture"}
    assert plan.others == (secret.id,)
    erase(archive, plan, "double")
    assert faults(archive.root) == []
    assert SECRET in "".join(text.content for text in archive.texts(archive.find_snapshot(secret.id)))


def test_all_snapshots_of_a_url(
    archive: Archive, filled: Callable[..., tuple[Snapshot, Snapshot]], site: Website, options: Options
) -> None:
    secret, public = filled()
    site.put("/quite-private", page(TITLE, SECRET + " And more."))
    capture(archive, secret.url, options)
    site.put("/short", b"", 302, Location="/quite-private")
    redirected = capture(archive, site.url + "/short", options)
    assert redirected.final_url == secret.url
    with pytest.raises(InputError, match="--all"):
        make_plan(archive, [secret.url])
    single = make_plan(archive, [secret.id])
    assert len(single.others) == 1
    plan = make_plan(archive, [secret.url], whole_pages=True)
    assert len(plan.snapshots) == 4
    erase(archive, plan, "privacy request")
    assert left_of(archive.root, secret.url, "quite-private", SECRET, TITLE, "/short") == []
    assert faults(archive.root) == []
    assert [item.id for item in archive.catalogue.snapshots()] == [public.id]
    rebuilt(archive)


def test_what_stays_and_speaks_of_it_is_named(archive: Archive, site: Website, options: Options) -> None:
    body = page(TITLE, SECRET)
    secret = capture(archive, site.put("/quite-private", body), options)
    linking = capture(
        archive, site.put("/links", b"<p>see <a href='" + secret.url.encode() + b"'>this</a></p>" + b"." * 200), options
    )
    longer = capture(
        archive, site.put("/quite-private/more", page("Another page", "It says nothing of the other page.")), options
    )
    mirror = capture(archive, site.put("/mirror", body, Content_Type="text/html"), options)
    plan = make_plan(archive, [secret.id])
    assert mirror.revisit_of is None
    assert linking.id in plan.mentions
    assert longer.id not in plan.mentions
    assert plan.alike == (mirror.id,)


def test_a_mirror_that_stands_on_it_goes_with_it(archive: Archive, site: Website, options: Options) -> None:
    body = page(TITLE, SECRET)
    secret = capture(archive, site.put("/quite-private", body), options)
    mirror = capture(archive, site.put("/mirror", body), options)
    assert mirror.revisit_of == secret.id
    quote(archive, mirror.id, Quotation("exactly forty-one hives"), None)
    plan = make_plan(archive, [secret.id])
    assert plan.revisits == (mirror.id,)
    assert len(plan.quotes) == 1
    erase(archive, plan, "court order")
    assert left_of(archive.root, secret.url, SECRET, TITLE, "/mirror") == []
    assert faults(archive.root) == []


def test_places_where_copies_linger(archive: Archive, filled: Callable[..., tuple[Snapshot, Snapshot]]) -> None:
    secret, _ = filled()
    leaf = archive.catalogue.leaf(secret.response_leaf)
    member = (archive.root / leaf.file).read_bytes()[leaf.offset : leaf.offset + leaf.length]
    (archive.root / "quarantine").mkdir()
    (archive.root / "quarantine" / "x.warc.gz.1-2").write_bytes(member)
    state = sqlite3.connect(archive.root / "state.db")
    state.execute("CREATE TABLE runs (list TEXT, first_leaf INTEGER, started TEXT, finished TEXT)")
    state.execute("INSERT INTO runs VALUES ('digest-of-one-address', 1, '2026', NULL)")
    state.commit()
    state.close()
    erase(archive, make_plan(archive, [secret.id]), "court order")
    assert left_of(archive.root, secret.url, SECRET, "digest-of-one-address") == []
    assert list((archive.root / "quarantine").iterdir()) == []
    assert not (archive.root / "locks" / "erasure.writing").exists()


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("", "needs a reason"),
        ("   ", "needs a reason"),
        ("two\nlines", "one line"),
        ("x" * 1001, "one line"),
        ("the page {bare} was wrong", "repeats the address"),
        (f"because of “{TITLE.upper()}”", "repeats the title"),
    ],
)
def test_reasons_that_are_refused(
    archive: Archive, filled: Callable[..., tuple[Snapshot, Snapshot]], reason: str, words: str
) -> None:
    secret, _ = filled()
    size = archive.head().size
    with pytest.raises(InputError, match=words):
        erase(archive, make_plan(archive, [secret.id]), reason.replace("{bare}", secret.url.partition("://")[2]))
    assert archive.head().size == size


def test_a_damaged_record_goes_too(archive: Archive, filled: Callable[..., tuple[Snapshot, Snapshot]]) -> None:
    secret, public = filled()
    for index in (secret.response_leaf, secret.texts[0].leaf, secret.capture_leaf):
        leaf = archive.catalogue.leaf(index)
        path = archive.root / leaf.file
        data = bytearray(path.read_bytes())
        data[leaf.offset + leaf.length - 5] ^= 1  # the sum at its end: what it says can still be read by hand
        path.write_bytes(data)
    assert len(faults(archive.root)) >= 3
    erase(archive, make_plan(archive, [secret.id]), "court order")
    assert left_of(archive.root, secret.url, SECRET, TITLE) == []
    assert faults(archive.root) == []
    assert archive.texts(archive.find_snapshot(public.id))


def test_damage_that_cannot_be_told_apart_is_said(
    archive: Archive, filled: Callable[..., tuple[Snapshot, Snapshot]]
) -> None:
    secret, public = filled()
    stays = archive.catalogue.leaf(public.capture_leaf)
    goes = archive.catalogue.leaf(public.capture_leaf + 1)
    assert goes.index in {leaf.index for leaf in make_plan(archive, [secret.id]).leaves}
    path = archive.root / stays.file
    data = bytearray(path.read_bytes())
    data[stays.offset + stays.length - 6] ^= 1
    data[goes.offset + goes.length - 6] ^= 1
    path.write_bytes(data)
    done = erase(archive, make_plan(archive, [secret.id]), "court order")
    assert "cannot be told apart" in done.notices[0]
    assert [finding.ok for finding in faults(archive.root)].count(False) >= 1


def test_what_others_recorded_meanwhile_is_not_passed_over(
    archive: Archive, filled: Callable[..., tuple[Snapshot, Snapshot]]
) -> None:
    secret, public = filled()
    plan = make_plan(archive, [secret.id])
    with Archive.open(archive.root) as other:
        quote(other, public.id, Quotation("over the river Lorn"), None)
    erase(archive, plan, "nothing of it changed")
    assert faults(archive.root) == []
    plan = make_plan(archive, [public.id])
    with Archive.open(archive.root) as other:
        quote(other, public.id, Quotation("for repairs"), None)
    size = archive.head().size
    with pytest.raises(ArchiveError, match="recorded meanwhile"):
        erase(archive, plan, "now it did")
    assert archive.head().size == size
    assert faults(archive.root) == []


def test_a_file_that_another_process_writes_to_is_left_alone(
    archive: Archive, filled: Callable[..., tuple[Snapshot, Snapshot]]
) -> None:
    secret, _ = filled()
    with Archive.open(archive.root) as other:
        size = other.head().size
        with pytest.raises(ArchiveError, match="Another process is recording into warc/"):
            erase(other, make_plan(other, [secret.id]), "court order")
        assert other.head().size == size
        assert faults(archive.root) == []
    with Archive.open(archive.root) as third:
        assert third.notices == []
        archive.close()
        erase(third, make_plan(third, [secret.id]), "court order")
    assert left_of(archive.root, secret.url, SECRET) == []


def test_another_reader_and_writer_go_on(
    archive: Archive, filled: Callable[..., tuple[Snapshot, Snapshot]], options: Options
) -> None:
    """An open archive in another process finds what was moved, refuses what is gone, and records on."""
    secret, public = filled()
    last = archive.catalogue.quotes(public.id)[0]
    moved = archive.catalogue.leaf(last.leaf)
    with Archive.open(archive.root) as other:
        capture(other, public.url + "?other", options)  # into a segment of its own
        gone = other.catalogue.snapshot(secret.id)
        erase(archive, make_plan(archive, [secret.id]), "court order")
        assert other.catalogue.leaf(last.leaf).offset < moved.offset
        assert other.stored_record(moved).block
        from archiver.quoting import Judge, record_quotes

        judged = Judge(other).judge(Quotation("river Lorn"), public)
        assert record_quotes(other, [(judged, Quotation("river Lorn"))])[0].id
        from dataclasses import replace

        with pytest.raises(ErasedId):
            record_quotes(other, [(replace(judged, snapshot=gone), Quotation("river Lorn"))])
        capture(other, public.url + "?third", options)
    assert faults(archive.root) == []
    rebuilt(archive)


def test_beside_a_verification(
    archive: Archive, filled: Callable[..., tuple[Snapshot, Snapshot]], monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, _ = filled()
    plan = make_plan(archive, [secret.id])
    monkeypatch.setattr("archiver.archive.removal._READER_SECONDS", 0.1)
    under_way = Verification(archive.root, Request()).findings()
    next(under_way)
    next(under_way)  # the state is read now
    size = archive.head().size
    with pytest.raises(ArchiveError, match="is being verified"):
        erase(archive, plan, "court order")
    assert archive.head().size == size
    assert [finding for finding in under_way if finding.ok is False] == []
    (archive.root / "locks" / "reading-1-dead.lock").touch()  # of one that died
    erase(archive, plan, "court order")
    assert list((archive.root / "locks").glob("reading-*")) == []
    assert faults(archive.root) == []


def test_read_only_and_without_the_key(archive: Archive, filled: Callable[..., tuple[Snapshot, Snapshot]]) -> None:
    secret, _ = filled()
    archive.close()
    with (
        Archive.open(archive.root, read_only=True) as reading,
        pytest.raises(ReadOnlyArchive, match="nothing was erased"),
    ):
        erase(reading, make_plan(reading, [secret.id]), "court order")
    key = archive.keys.signing_path(archive.key.name)
    key.rename(key.with_suffix(".away"))
    with Archive.open(archive.root) as keyless, pytest.raises(ReadOnlyArchive, match="signing key"):
        erase(keyless, make_plan(keyless, [secret.id]), "court order")
    assert faults(archive.root) == []


def test_names_that_name_nothing(archive: Archive, filled: Callable[..., tuple[Snapshot, Snapshot]]) -> None:
    secret, _ = filled()
    for name, error, words in (
        ("s-ffffffffffff", UnknownId, "No snapshot"),
        ("q-ffffffffffff", UnknownId, "No quote"),
        (f"urn:archiver:text:{secret.id}:article", InputError, "name the snapshot"),
        ("t-0123456789ab", InputError, "no id"),
        ("https://example.org/never", UnknownId, "no snapshot of"),
    ):
        with pytest.raises(error, match=words):
            make_plan(archive, [name], whole_pages=True)


@pytest.mark.parametrize("how", ["beside", "within"])
def test_members_that_were_put_back_are_found_and_taken_out_again(
    archive: Archive, filled: Callable[..., tuple[Snapshot, Snapshot]], how: str
) -> None:
    secret, _ = filled()
    plan = make_plan(archive, [secret.id])
    file = archive.root / plan.leaves[0].file
    old = file.read_bytes()
    gone = b"".join(old[leaf.offset : leaf.offset + leaf.length] for leaf in plan.leaves)
    erase(archive, plan, "court order")
    archive.close()
    now = file.read_bytes()
    if how == "beside":
        file.with_name("back.warc.gz").write_bytes(gone)
    else:
        start = plan.leaves[0].offset
        file.write_bytes(now[:start] + gone + now[start:])
    bad = faults(archive.root)
    assert [(finding.check, finding.ok) for finding in bad] == [("erased", False)]
    assert f"{len(plan.leaves)} erased records lie here" in bad[0].detail
    with Archive.open(archive.root) as again:
        again.take_out_again()
        rebuilt(again)
    assert faults(archive.root) == []
    assert left_of(archive.root, secret.url, SECRET) == []
    assert file.read_bytes() == now


def test_a_details_file_that_was_put_back(archive: Archive, filled: Callable[..., tuple[Snapshot, Snapshot]]) -> None:
    secret, _ = filled()
    details = archive.root / "log" / "details" / "000"
    lines = details.read_bytes().split(b"\n")
    plan = make_plan(archive, [secret.id])
    erase(archive, plan, "court order")
    now = details.read_bytes().split(b"\n")
    details.write_bytes(b"\n".join(lines[: len(lines) - 1] + now[len(lines) - 1 :]))
    unfinished = [finding for finding in faults(archive.root) if finding.check == "erased"]
    assert [finding.ok for finding in unfinished] == [None]
    assert "--again" in unfinished[0].detail
    archive.take_out_again()
    assert faults(archive.root) == []
    assert left_of(archive.root, secret.url) == []


def test_the_command(archiver: Callable[..., Ran], site: Website) -> None:
    url = site.put("/quite-private", page(TITLE, SECRET))
    assert archiver("init", "archive").code == 0
    shot = archiver("snapshot", url, "--json").lines[0]["snapshot"]
    assert archiver("quote", shot, "exactly forty-one hives").code == 0
    told = archiver("erase", shot, "--reason", "court order")
    assert told.code == 2
    assert "--yes" in told.err
    dry = archiver("erase", "--all", url, "--dry-run", "--json")
    assert dry.code == 0
    (planned,) = dry.lines
    assert (planned["erased"], planned["snapshots"][0]["url"], len(planned["quotes"])) == (False, url, 1)
    assert archiver("verify").code == 0
    assert "needs a reason" in archiver("erase", shot, "--yes").err
    done = archiver("erase", shot, "--reason", "court order", "--yes", "--json")
    assert done.code == 0
    (said,) = done.lines
    assert (said["erased"], said["snapshots"], said["reason"]) == (True, [shot], "court order")
    assert url not in done.out + done.err
    checked = archiver("verify", "--json")
    assert checked.code == 0
    assert [line["subject"] for line in checked.lines if line.get("check") == "erased"] == [shot]
    named = archiver("verify", shot, "--json")
    assert named.code == 0
    assert [line["ok"] for line in named.lines if line.get("subject") == shot] == [True, True]
    for words in (("show", shot), ("quote", shot, "hives"), ("erase", shot, "--reason", "x", "--yes")):
        ran = archiver(*words)
        assert ran.code == 2
        assert re.search(rf"{shot} was erased on \S+: court order", ran.err)
    assert archiver("erase", "--again").code == 0
    assert "Name what" in archiver("erase", "--reason", "x").err
    words = json.dumps([path.name for path in Path("archive").rglob("*")])
    assert "quite-private" not in words
    assert left_of(Path("archive"), url, SECRET, TITLE) == []
    copied = [
        archiver("snapshot", site.put(path, page("Other", b"its own")), "--json").lines[0]["snapshot"]
        for path in ("/one", "/two")
    ]
    aloud = archiver("erase", copied[0], "--reason", "court order", "--yes").out
    assert f"Gone along, since they repeat its bytes, for whatever address: {copied[1]}" in aloud
    assert "/two" not in aloud


def test_gzip_is_what_the_search_sees_through() -> None:
    assert b"hidden" in inflated(b"xx" + gzip.compress(b"hidden") + gzip.compress(b"more"))


def test_from_python(site: Website, tmp_path: Path) -> None:
    import archiver
    from archiver.settings import FetchSettings

    url = site.put("/quite-private", page(TITLE, SECRET))
    settings = FetchSettings("archiver/test", timeout=20, allow_net=(LOOPBACK,))
    with archiver.Archive.create(tmp_path / "own") as archive:
        archive.quote(url, "exactly forty-one hives", settings=settings)
        stone = archive.erase(url, reason="privacy request", whole_pages=True)
        assert (len(stone.snapshots), len(stone.quotes)) == (1, 1)
        assert all(finding.ok is not False for finding in archive.verify())
    assert left_of(tmp_path / "own", url, SECRET) == []


@pytest.mark.parametrize("how", ["watched", "taken from the watch", "shared"])
def test_a_page_that_no_watch_has_looked_at_yet_is_forgotten_too(
    archive: Archive, site: Website, options: Options, how: str
) -> None:
    """Else its address stays, and the next round records anew what had to go."""
    state = archive.root / "state.db"
    pages = [site.put(path, page(path, PUBLIC)) for path in ("/quite-private", "/twice", "/other")]
    snapshots = [capture(archive, url, options) for url in pages]
    site.put("/twice", page("again", SECRET))
    capture(archive, pages[1], options)
    with WatchState(state) as watch, ShareState(state) as sharing:
        for url in pages:
            if how == "taken from the watch":
                watch.remove(page_key(url), url, 1.0)
            else:
                watch.add(page_key(url), url, None, 3600.0, 1.0)
            if how == "shared":
                sharing.share(Shared(page_key(url), url, 1, "2026-11-22T12:00:00Z"))
    erase(archive, make_plan(archive, [item.id for item in snapshots[:2]]), "asked for")
    assert left_of(archive.root, "quite-private") == []
    with WatchState(state) as watch, ShareState(state) as sharing:
        # of the second another snapshot stays, the third was not asked for
        assert watch.keys() == {*map(page_key, pages[1:])}
        assert len(sharing.shared()) == (2 if how == "shared" else 0)
