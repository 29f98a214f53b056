"""``--browser`` and ``--cookies`` on the command line, and what `show` gives of a page that was looked at."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from browserpages import SENTENCES, put_scripted
from packs import Stranger
from remains import left_of, rebuilt
from website import STORY, Website

from archiver.archive import Archive
from archiver.browser import VARIABLE, find_browser
from archiver.cli.browsing import BrowserCommand
from archiver.errors import MissingExtra


@pytest.fixture
def with_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    try:
        find_browser()
    except MissingExtra as error:
        pytest.skip(str(error))


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (["--browser", "https://x.org/"], ["--browser=always", "https://x.org/"]),
        (["--browser", "auto", "https://x.org/"], ["--browser=auto", "https://x.org/"]),
        (["https://x.org/", "--browser"], ["https://x.org/", "--browser=always"]),
        (["--browser=never"], ["--browser=never"]),
        (["--", "--browser"], ["--", "--browser"]),
    ],
)
def test_the_word_behind_browser_may_be_missing(
    given: list[str], read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr("click.Command.parse_args", lambda _self, _context, args: seen.append(list(args)) or [])
    BrowserCommand("x").parse_args(None, given)  # type: ignore[arg-type]
    assert seen == [read]


@pytest.mark.slow
def test_the_life_of_a_page_that_a_browser_looked_at(
    archiver, archive: Archive, site: Website, tmp_path: Path, with_a_browser: None
) -> None:
    """Captured (by itself, since it cannot be read without), shown, quoted, verified, packed, checked by a stranger, indexed anew, erased."""
    url = put_scripted(site)
    secret = site.put("/story", STORY)
    root = archive.root
    vkey = archive.key.vkey
    archive.close()

    def run(*words: str):
        return archiver("--archive", str(root), *words)

    plain = json.loads(run("--json", "snapshot", secret).out)
    assert plain["browser"] is None  # it can be read as it is
    several = run("--json", "snapshot", "--fresh", "--page-only", secret, url)
    assert all(json.loads(line)["browser"] is None for line in several.out.splitlines() if "snapshot" in line)
    taken = json.loads(run("--json", "snapshot", url).out)
    name = taken["snapshot"]
    assert taken["browser"]["product"].startswith("Chromium ")
    assert {text["layer"] for text in taken["texts"]} == {"document", "rendered"}

    assert name in run("list").out
    assert "  browser      Chromium" in run("show", name).out
    assert SENTENCES[3] in run("show", name, "--text", "rendered").out
    views = {kind: tmp_path / kind for kind in ("screenshot", "print", "dom")}
    assert run("show", name, *(word for kind, path in views.items() for word in (f"--{kind}", str(path)))).code == 0
    assert views["screenshot"].read_bytes().startswith(b"\x89PNG")
    assert views["print"].read_bytes().startswith(b"%PDF")
    assert "Drawn by scripts" in views["dom"].read_text()
    again = run("show", name, "--screenshot", str(views["screenshot"]))
    assert (again.code, "is there already" in again.err) == (2, True)

    judged = run("--json", "quote", "--offline", name, SENTENCES[3])
    assert (judged.code, json.loads(judged.out)["layer"]) == (0, "rendered")
    assert run("quote", "--offline", name, SENTENCES[3].replace("3", "4")).code == 1
    for more in ((), ("--re-extract",), (name,)):
        assert run("verify", *more).code == 0

    pack = tmp_path / "page.wacz"
    assert run("export", name, json.loads(judged.out)["id"], "--to", str(pack)).code == 0
    assert run("verify", str(pack), "--re-extract").code == 0
    with zipfile.ZipFile(pack) as unzipped:
        assert unzipped.read(f"payloads/{name}.screenshot.png") == views["screenshot"].read_bytes()
        assert unzipped.read(f"payloads/{name}.print.pdf") == views["print"].read_bytes()
    if all(shutil.which(tool) for tool in ("bash", "unzip", "xxd", "openssl", "gzip")):
        code, said = Stranger(tmp_path / "stranger").run(pack, vkey)
        assert (code, "INTACT" in said) == (0, True), said

    with Archive.open(root) as opened:
        before = opened.catalogue.snapshot(opened.find_snapshot(name).id)
        rebuilt(opened)
        assert opened.catalogue.snapshot(before.id) == before
    assert left_of(root, "raised by 3 feet")  # the search for what is left does find it
    assert run("erase", name, "--reason", "asked for", "--yes").code == 0
    # of this page nothing; what was captured of the same address by itself is another page's
    assert left_of(root, SENTENCES[3], "Drawn by scripts", *_starts(views)) == []
    assert run("verify").code == 0
    assert run("show", plain["snapshot"]).code == 0


def _starts(views: dict[str, Path]) -> list[bytes]:
    return [path.read_bytes()[:200] for path in views.values()]


def test_without_a_browser_one_sentence_says_what_to_do(archiver, archive: Archive, site: Website) -> None:
    archive.close()
    done = archiver("--archive", str(archive.root), "snapshot", "--browser", site.url + "/")
    assert done.code == 2
    assert VARIABLE in done.err
    assert site.requests == []


def test_without_the_extra_the_sentence_names_it(archiver, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.close()
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    done = archiver("--archive", str(archive.root), "snapshot", "--browser", "https://example.org/")
    assert done.code == 2
    assert "archiver[browser]" in done.err


def test_cookies_of_a_person(archiver, archive: Archive, site: Website, tmp_path: Path) -> None:
    file = tmp_path / "cookies.txt"
    file.write_text("127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\tplanted-secret\n")
    url = site.put("/mine", STORY)
    archive.close()
    done = archiver("--archive", str(archive.root), "--json", "snapshot", "--cookies", str(file), url)
    assert "with-session" in [notice["code"] for notice in json.loads(done.out)["warnings"]]
    assert site.requests[0][1]["cookie"] == "session=planted-secret"
    assert "planted-secret" not in done.out + done.err
    unused = archiver(
        "--archive", str(archive.root), "quote", "--cookies", str(file), url, "We will not ask the ferrymen"
    )
    assert "--cookies had no part in this" in unused.err
    packed = archiver(
        "--archive", str(archive.root), "export", json.loads(done.out)["snapshot"], "--to", str(tmp_path / "pack.wacz")
    )
    assert "a session that somebody lent" in packed.err
    missing = archiver("--archive", str(archive.root), "snapshot", "--cookies", str(tmp_path / "none"), url)
    assert missing.code == 2


def test_show_of_a_page_that_no_browser_saw(archiver, archive: Archive, site: Website, tmp_path: Path) -> None:
    url = site.put("/story", STORY)
    archive.close()
    archiver("--archive", str(archive.root), "snapshot", url)
    done = archiver("--archive", str(archive.root), "show", url, "--screenshot", str(tmp_path / "p.png"))
    assert done.code == 2
    assert "no browser looked at it" in done.err


@pytest.mark.parametrize(
    ("body", "status", "ways"),
    [
        (b"<title>App</title><div id=root></div><script src=/app.js></script>", 200, ("--browser", "add FILE --url")),
        (b"<title>Log in</title><p>Please log in to continue<form><input><input type=password></form>", 200, ("--cookies FILE", "add FILE --url")),
        (b"<title>No</title><p>Forbidden", 403, ("--browser", "add FILE --url")),
        (b"<title>No</title><p>Not found", 404, ()),
        (STORY, 200, ()),
    ],
)  # fmt: skip
def test_walls_say_what_may_get_past_them(
    archiver, archive: Archive, site: Website, body: bytes, status: int, ways: tuple[str, ...]
) -> None:
    url = site.put("/page", body, status)
    archive.close()
    captured = archiver("--archive", str(archive.root), "snapshot", url).out
    judged = archiver("--archive", str(archive.root), "quote", "--offline", url, "some words that stand nowhere").out
    for said in (captured, judged):
        for way in ("--browser", "--cookies FILE", "add FILE --url"):
            assert (way in said) is (way in ways), said
