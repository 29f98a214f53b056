"""A page with assets on the tests' own web site."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import replace

from website import Answer, Website, article

from archiver.archive import Archive
from archiver.capture import AssetRun, Options, capture
from archiver.model import AssetList, Snapshot, assets_of

WORDS = "The bridge over the river Lorn will close on the 13th of May for repairs that cannot wait."
BODY = f"<p>{WORDS}</p>"


def noise(seed: int, size: int = 3000) -> bytes:
    return random.Random(seed).randbytes(size)


def lasting(body: bytes, kind: str, etag: str) -> Callable[[Mapping[str, str]], Answer]:
    """An answer with an ETag, and 304 to whoever names it."""

    def answer(headers: Mapping[str, str]) -> Answer:
        if headers.get("if-none-match") == etag:
            return Answer(b"", 304, {"ETag": etag})
        return Answer(body, 200, {"Content-Type": kind, "ETag": etag})

    return answer


def styled_page(site: Website, path: str = "/page", title: str = "A page that has its looks") -> str:
    """Puts a page with a style sheet, a font in it, and two images, one of which the sheet names; gives its URL."""
    head = '<link rel="stylesheet" href="/s.css">'
    body = article(title, WORDS).decode().replace("</head>", f"{head}</head>")
    site.put(path, body.replace("</article>", '<img src="/i.png"></article>').encode())
    sheet = b"@font-face{font-family:f;src:url(/f.woff2)} body{background:url(/b.png)}"
    site.routes["/s.css"] = lasting(sheet, "text/css", '"s"')
    site.routes["/f.woff2"] = lasting(noise(1), "font/woff2", '"f"')
    site.routes["/i.png"] = lasting(noise(2), "image/png", '"i"')
    site.routes["/b.png"] = lasting(noise(3), "image/png", '"b"')
    return site.url + path


def take(archive: Archive, url: str, options: Options, run: AssetRun | None = None) -> Snapshot:
    """Captures a page with its assets."""
    return capture(archive, url, replace(options, assets=run or AssetRun.of_one_page()))


def listed(archive: Archive, snapshot: Snapshot) -> AssetList:
    """The assets of a snapshot as its capture record lists them."""
    found = assets_of(json.loads(archive.capture_record(snapshot)))
    assert found is not None
    return found


def kinds(archive: Archive) -> list[str]:
    """The kinds of all leaves but those that every archive begins with."""
    return [leaf.kind for leaf in archive.catalogue.leaves() if leaf.kind not in ("warcinfo", "settings", "erased")]
