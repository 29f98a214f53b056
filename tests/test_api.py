from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from authority import Authority
from conftest import LOOPBACK
from mementos import Copied, PublicArchive
from website import STORY, Website

import archiver
from archiver.bulk import BadRow
from archiver.errors import ArchiverError, InputError, ReadOnlyArchive
from archiver.quoting import Judged
from archiver.settings import FetchSettings


def test_the_interface_of_the_package() -> None:
    assert sorted(archiver.__all__) == ["Archive", "__version__", "judge"]
    assert archiver.judge("on the 31st of May", "It closed on the 13th of May.").verdict == "altered"
    with pytest.raises(AttributeError):
        _ = archiver.nothing


def test_snapshot_quote_verify(tmp_path: Path, site: Website) -> None:
    settings = FetchSettings("test", allow_net=(LOOPBACK,))
    archiver.Archive.create(tmp_path / "a").close()
    with archiver.Archive.open(tmp_path / "a") as archive:
        url = site.put("/story", STORY)
        assert archive.snapshot(url, settings).status == 200
        assert archive.quote(url, "some of them cross it twice before noon").holds
        assert all(finding.ok for finding in archive.verify(re_extract=True))


def test_a_copy_of_a_public_archive(tmp_path: Path, site: Website) -> None:
    copies = PublicArchive(site)
    page = f"{site.url}/story"
    copies.put(page, [Copied("20140126200624", STORY), Copied("20190531120000", STORY)])
    settings = FetchSettings("test", allow_net=(LOOPBACK,))
    with archiver.Archive.create(tmp_path / "archive") as archive:
        copy = archive.copy(page, datetime(2014, 2, 1, tzinfo=UTC), copies.gate, settings)
        assert copy.origin is not None
        assert copy.origin.memento is not None
        assert copy.origin.memento.datetime == "2014-01-26T20:06:24Z"
        judged = archive.quote(page, "4,200 drivers use the bridge each day", settings=settings)
        assert (judged.snapshot, judged.judgement.warnings[0].code) == (copy, "second-hand")


def test_without_the_signing_key_nothing_is_fetched(tmp_path: Path, site: Website) -> None:
    settings = FetchSettings("test", allow_net=(LOOPBACK,))
    url = site.put("/story", STORY)
    with archiver.Archive.create(tmp_path / "a") as archive:
        archive.snapshot(url, settings)
        path = archive.keys.path_of(archive.key)
    assert path is not None
    path.unlink()
    before = len(site.requests)
    with archiver.Archive.open(tmp_path / "a") as archive:
        with pytest.raises(ReadOnlyArchive, match="signing key"):
            archive.snapshot(url, settings)
        with pytest.raises(ReadOnlyArchive, match="signing key"):
            archive.quote(site.put("/other", STORY), "some of them cross it twice before noon", settings=settings)
        judged = archive.quote(url, "some of them cross it twice before noon", settings=settings)
    assert (judged.holds, judged.id) == (True, None), "judged against what is there"
    assert len(site.requests) == before


def test_what_was_recorded_is_stamped_when_it_is_closed(tmp_path: Path, site: Website, authority: Authority) -> None:
    settings = FetchSettings("test", allow_net=(LOOPBACK,))
    url = site.put("/story", STORY)
    root = tmp_path / "a"
    archiver.Archive.create(root, timestamp_authorities=(authority.url,)).close()
    with archiver.Archive.open(root) as archive:
        archive.verify()
    assert archive.stamps == (), "nothing was recorded"
    with pytest.raises(ZeroDivisionError), archiver.Archive.open(root) as archive:  # noqa: PT012
        archive.snapshot(url, settings)
        raise ZeroDivisionError
    assert archive.stamps == ()
    with archiver.Archive.open(root) as archive:
        archive.stamping = False
        archive.snapshot(url, settings)
    assert archive.stamps == ()
    with archiver.Archive.open(root) as archive:
        archive.quote(url, "some of them cross it twice before noon", settings=settings)
    (stamped,) = archive.stamps
    assert stamped.token is not None
    with archiver.Archive.open(root) as archive:
        assert len(list(archive.catalogue.leaves("timestamp"))) == 1


def test_what_was_verified_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with archiver.Archive.create(tmp_path / "a") as archive:
        key, note = archive.key, archive.log.checkpoint()
    monkeypatch.setenv("ARCHIVER_CONFIG", str(tmp_path / "stranger"))
    with archiver.Archive.open(tmp_path / "a") as archive:
        assert any(finding.ok is None for finding in archive.verify())
        assert archive.keys.known(key.name) is None
        assert all(finding.ok for finding in archive.verify(key=key.vkey))
        assert (archive.keys.known(key.name), archive.keys.known_head(key.name)) == (key, note)


def test_importing_the_package_is_cheap() -> None:
    code = "import sys, archiver; sys.exit('archiver.api' in sys.modules or 'trafilatura' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_many_quotations_at_once(tmp_path: Path, site: Website) -> None:
    settings = FetchSettings("test", allow_net=(LOOPBACK,))
    url = site.put("/story", STORY)
    asked = [
        (url, "some of them cross it twice before noon"),
        ("nonsense", "some words"),
        (url, "…"),
        (f"{site.url}/lost", "some words that nobody said"),
        (url, "some of them never cross it twice before noon"),
    ]
    with archiver.Archive.create(tmp_path / "a") as archive:
        true, bad, empty, lost, false = archive.check(iter(asked), settings)
        assert isinstance(true, Judged)
        assert isinstance(false, Judged)
        assert isinstance(lost, Judged)
        assert (true.holds, lost.holds, false.holds) == (True, None, False)
        assert [isinstance(item, BadRow) and bool(item.why) for item in (bad, empty)] == [True, True]
        assert archive.find_quote(str(true.id)).verdict == "verbatim"
        with pytest.raises(InputError, match="Unicode"):
            archive.check([(url, "half a \ud800 pair")], settings)
        assert archive.check([]) == ()


def test_a_manuscript(tmp_path: Path, site: Website) -> None:
    settings = FetchSettings("test", allow_net=(LOOPBACK,))
    url = site.put("/story", STORY)
    (tmp_path / "draft.md").write_text(
        "“Some of them cross it twice before noon” [@a]. “Nobody was there at all that day” [@a]."
    )
    (tmp_path / "refs.json").write_text(json.dumps([{"id": "a", "URL": url}]))
    with archiver.Archive.create(tmp_path / "a") as archive:
        report = archive.check_manuscript(str(tmp_path / "draft.md"), [tmp_path / "refs.json"], settings)
        assert [finding.holds for finding in report.findings] == [True, False]
        for missing in (tmp_path / "none.md", tmp_path, "a\0b.md"):
            with pytest.raises(InputError):
                archive.check_manuscript(missing)


def test_threads_share_an_archive(tmp_path: Path, site: Website) -> None:
    settings = FetchSettings("test", allow_net=(LOOPBACK,))
    urls = [site.put(f"/story{number}", STORY) for number in range(6)]
    with archiver.Archive.create(tmp_path / "a") as archive, ThreadPoolExecutor(6) as pool:
        judged = list(
            pool.map(lambda url: archive.quote(url, "some of them cross it twice before noon", settings=settings), urls)
        )
        cited = list(pool.map(lambda one: archive.cite(str(one.id), "ris"), judged))
        assert all(one.holds for one in judged)
        assert len(set(cited)) == 6
        assert all(finding.ok for finding in archive.verify())


@pytest.mark.parametrize(
    "act",
    [
        lambda archive: archive.cite("https://example.org/"),
        lambda archive: archive.cite("s-\ud800"),
        lambda archive: archive.cite("https://example.org/", style="x" * 5000),
        lambda archive: archive.cite("https://example.org/", style="a\0b"),
        lambda archive: archive.cite("https://example.org/", "odt"),
        lambda archive: archive.snapshot("https://\ud800/"),
        lambda archive: archive.quote("https://example.org/", "half a \ud800 pair"),
        lambda archive: archive.export(["s-0000"], to="x.wacz"),
        lambda archive: archive.erase("s-0000", reason="why"),
        lambda archive: archive.verify(key="no key"),
    ],
)
@pytest.mark.parametrize("closed", [False, True])
def test_what_goes_wrong_is_of_one_tree(act: Callable[[Any], Any], closed: bool, tmp_path: Path) -> None:
    archive = archiver.Archive.create(tmp_path / "a")
    if closed:
        archive.close()
    try:
        with pytest.raises(ArchiverError):
            act(archive)
    finally:
        archive.close()
