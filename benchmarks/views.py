"""Every view of `archiver serve` in a real Chromium under axe-core, in both themes, wide and narrow; pictures of them to look at.

    npm install axe-core; python benchmarks/views.py --axe node_modules/axe-core/axe.min.js [--pictures FOLDER] [--keep]

The archive is made here, of pages of the tests' own site: quotations that hold, do not, and could not be decided; pages that changed, moved, went,
were looked at again; scripts from right to left and without blanks; names, addresses and words without end. A fault of axe-core of any degree, a
page that is wider than the screen, an error in the console and a request to anywhere else are told; the exit code is 1 then.

``--keep`` leaves the server running until Ctrl-C, and prints port and token, for schemathesis. It fetches nothing then: addresses are made up.
"""

from __future__ import annotations

import argparse
import ipaddress
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote as escaped

from bench import ROOT

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.packs.packing import export
from archiver.quoting import Quotation, quote
from archiver.rechecking import recheck
from archiver.settings import FetchSettings
from archiver.signing import KeyRing
from archiver.web.desk import Desk
from archiver.web.running import listening_on, server_for

sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "web")]

from webdesks import FALSE, GONE, TRUE, desk_over  # noqa: E402  # of the tests, which are no package
from website import STORY, Website, article, website  # noqa: E402  # of the tests, which are no package

WIDTHS = (400, 1200)
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
ARABIC = "سيغلق الجسر فوق نهر لورن في الثالث عشر من مايو لإجراء إصلاحات"
JAPANESE = "ローン川にかかる橋は、五月十三日から修理のため通行止めになると郡が発表した。"
TABLE = "<table><tr><th>Name</th><th>Year</th></tr><tr><td>Ada Voss</td><td>1871</td></tr></table>"


def filled(folder: Path, site: Website, options: Options) -> dict[str, str]:
    """Makes the archive; gives ids of what the views are of."""
    ids: dict[str, str] = {}

    def cite(name: str, url: str, words: str, speaker: str | None = None, note: str | None = None) -> None:
        found = quote(archive, url, Quotation(words, speaker, note), options)
        assert found.snapshot is not None
        ids[name], ids[f"{name}-page"] = str(found.id), found.snapshot.id

    with Archive.create(folder / "archive", KeyRing(folder / "config")) as archive:
        story = site.put("/story", STORY)
        cite("true", story, TRUE, "Ada Voss", "for chapter 2")
        cite("false", story, FALSE)
        cite("absent", story, "Nobody ever wrote these words about any bridge of any river")
        cite("elided", story, "The bridge over the river Lorn will close … for repairs")
        cite("gone", site.put("/missing", b"not here", 404), GONE)
        long = site.put(f"/{'a-very-long-path/' * 12}?q={'long' * 60}", article(LONG, f"{LONG} {LONG}", TABLE))
        cite("long", long, LONG, LONG, LONG)
        cite("arabic", site.put("/ar", article(ARABIC, ARABIC).replace(b'"en"', b'"ar"')), ARABIC)
        cite("japanese", site.put("/ja", article(JAPANESE, JAPANESE).replace(b'"en"', b'"ja"')), JAPANESE)
        for name, after, status in (
            ("edited", STORY.replace(b"1.7 million", b"1.9 million"), 200),
            ("altered", STORY.replace(b"twice before noon", b"thrice before noon"), 200),
            ("went", b"gone", 410),
            ("broken", b"later", 503),
        ):
            url = site.put(f"/{name}", STORY)
            cite(name, url, TRUE)
            site.put(f"/{name}", after, status)
            (capture if name == "edited" else recheck)(archive, url, options)
        ids["newer"] = next(each.id for each in archive.catalogue.snapshots() if each.url.endswith("/edited"))
        copy = site.put("/copy", STORY.replace(b"Bridge over", b"A bridge over"))
        cite("copy", copy, TRUE)
        for number in range(30):
            cite("last", story, " ".join(["Some words", str(number), "that nobody wrote there"]))
        export(archive, [ids["true"]], folder / "good.wacz")
    pack = (folder / "good.wacz").read_bytes()
    (folder / "bad.wacz").write_bytes(pack.replace(b"datapackage.json", b"datapackage.jsoX", 1))
    ids["url"] = story
    return ids


def addresses(ids: dict[str, str]) -> dict[str, str]:
    """The views by a short name."""

    def of(prefix: str, *names: str) -> dict[str, str]:
        return {f"{prefix} {name}": f"/{prefix}/{ids[name]}" for name in names}

    return {
        "citations": "/", "citations 2": "/?page=2", "holds": "/?state=holds", "fails": "/?state=fails", "undecided": "/?state=undecided",
        "no page": "/?page=99", "no state": "/?state=x", "sources": "/sources", **of("sources", "true-page", "edited-page", "went-page"),
        **of("snapshots", "true-page", "gone-page", "long-page", "arabic-page", "newer"),
        **of("quotes", "true", "false", "absent", "elided", "gone", "long", "arabic", "japanese", "altered", "went", "broken"),
        "replay": f"/snapshots/{ids['true-page']}/replay?quote={ids['false']}", "no snapshot": f"/snapshots/s-{'0' * 64}",
        "diff": f"/diff/{ids['edited-page']}/{ids['newer']}", **of("trace", "true-page", "copy"),
        "search": "/search?q=ferrymen", "search nearly": f"/search?q={escaped(FALSE)}", "search nothing": "/search?q=zzzz", "search empty": "/search",
        "add": "/quote", "add filled": f"/quote?source={escaped(ids['url'])}&quotation={escaped(TRUE)}", "packs": "/packs", "log": "/log",
        "browser": "/browser", "nothing": "/nothing",
    }  # fmt: skip


@contextmanager
def served(folder: Path, site: Website, *, offline: bool = False) -> Iterator[tuple[Desk, dict[str, str]]]:
    options = Options(FetchSettings("archiver/views", timeout=20, allow_net=(ipaddress.ip_network("127.0.0.0/8"),)))
    os.environ["ARCHIVER_CONFIG"] = str(folder / "config")
    ids = filled(folder, site, options)
    listening = listening_on(0)
    desk = desk_over(folder / "archive", None if offline else options, listening.getsockname()[1])
    server = server_for(desk)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield desk, ids
    finally:
        server.should_exit = True
        thread.join(10)
        desk.close()


class Looking:
    """A browser window at one width in one theme; ``faults`` is what was found so far."""

    def __init__(self, tab: Any, axe: str, name: str, width: int, pictures: Path | None) -> None:
        self.tab, self.axe, self.name, self.width, self.pictures = tab, axe, name, width, pictures
        self.faults: list[str] = []
        self.seen = 0
        tab.on("pageerror", lambda error: self.faults.append(f"{name}: {error}"))

    def only(self, own: str) -> None:
        """Tells of every request to anywhere but addresses that begin so."""
        self.tab.on(
            "request",
            lambda asked: None if asked.url.startswith(own) else self.faults.append(f"{self.name}: asked {asked.url}"),
        )

    def look(self, view: str) -> None:
        """At the page as it is."""
        self.seen += 1
        where = f"{self.name}, {view}"
        wide = self.tab.evaluate("document.documentElement.scrollWidth")
        if wide > self.width:
            self.faults.append(f"{where}: {wide} px wide")
        if self.pictures:
            self.tab.screenshot(
                path=self.pictures / f"{view.replace(' ', '-')}-{self.name.replace(' ', '-')}.png", full_page=True
            )
        self.tab.evaluate(self.axe)
        found = self.tab.evaluate("axe.run(document, {iframes: false})")
        for fault in found["violations"]:
            nodes = "; ".join(" ".join(map(str, node["target"])) for node in fault["nodes"][:3])
            self.faults.append(f"{where}: {fault['impact']} {fault['id']}: {fault['help']} ({nodes})")


def walked(looking: Looking, desk: Desk, ids: dict[str, str], folder: Path) -> None:
    """Through every view, and through the forms."""
    tab, base = looking.tab, f"http://127.0.0.1:{desk.access.port}"
    looking.only(f"{base}/")
    tab.goto(desk.access.link())
    tab.wait_for_url(f"{base}/")
    for view, path in addresses(ids).items():
        tab.goto(base + path)
        looking.look(view)
    for name in ("good", "bad"):
        tab.goto(f"{base}/packs")
        tab.locator("input[type=file]").set_input_files(folder / f"{name}.wacz")
        tab.locator("main form button").first.click()
        tab.wait_for_load_state()
        looking.look(f"pack {name}")
    tab.goto(f"{base}/quote")
    tab.locator("[name=source]").fill("nonsense")
    tab.locator("[name=quotation]").fill("words")
    tab.locator("main form button").first.click()
    tab.wait_for_load_state()
    looking.look("add refused")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--axe", type=Path, help="axe.min.js of axe-core")
    parser.add_argument("--pictures", type=Path, help="a folder for pictures of every view")
    parser.add_argument("--keep", action="store_true", help="only serve the archive, until Ctrl-C")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        website() as site,
        served(Path(name), site, offline=options.keep) as (desk, ids),
    ):
        if options.keep:
            print(f"http://127.0.0.1:{desk.access.port} token {desk.access.token}\n{desk.access.link()}", flush=True)
            threading.Event().wait()
        if options.axe is None:
            parser.error("--axe is needed")
        return looked(desk, ids, Path(name), options.axe.read_text("utf-8"), options.pictures)


def looked(desk: Desk, ids: dict[str, str], folder: Path, axe: str, pictures: Path | None) -> int:
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if program is None:
        sys.exit("There is no Chromium on this machine.")
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    faults, seen = [], 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for scheme in ("dark", "light"):
            for width in WIDTHS:
                # without the policy, which keeps axe-core out like any other script
                context = browser.new_context(
                    color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True
                )
                looking = Looking(context.new_page(), axe, f"{scheme} {width}", width, pictures)
                walked(looking, desk, ids, folder)
                print(
                    f"{looking.name}: {looking.seen} pages, {len(looking.faults)} faults",
                    *looking.faults,
                    sep="\n  ",
                    flush=True,
                )
                faults += looking.faults
                seen += looking.seen
                context.close()
        browser.close()
    print(f"{seen} pages looked at, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
