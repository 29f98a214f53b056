"""Pages that only a browser can read, as tests and the benchmark use them."""

from __future__ import annotations

import ipaddress
import json
import struct
import zlib

from website import Website

from archiver.settings import FetchSettings

LOOPBACK = ipaddress.ip_network("127.0.0.1/32")


def fetch_settings(**changes: object) -> FetchSettings:
    """This machine's first loopback address only, so that others can be what is blocked."""
    return FetchSettings(**{"user_agent": "archiver-test", "timeout": 60.0, "allow_net": (LOOPBACK,), **changes})  # type: ignore[arg-type]


SENTENCES = tuple(
    f"The harbour wall of section {number} was raised by {number + 3} feet after the flood of {1870 + number}."
    for number in range(24)
)
PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def png(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes(colour) * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def put_scripted(site: Website) -> str:
    """A page whose text is fetched and drawn by a script, some of it into a shadow tree, some of it hidden by a class."""
    site.put(
        "/api/story",
        json.dumps({"title": "Drawn by scripts", "body": list(SENTENCES)}).encode(),
        Content_Type="application/json",
    )
    return site.put(
        "/scripted",
        b"""<!doctype html><html lang="en"><head><title>Loading</title><style>.gone { display: none }
.boxless { display: contents }</style></head><body>
<div id="root"></div><script>fetch('/api/story').then((answer) => answer.json()).then((story) => {
  document.title = story.title;
  const add = (name, text, where = root) => { const made = document.createElement(name); made.textContent = text; where.append(made); return made; };
  add('h1', story.title);
  story.body.forEach((text) => add('p', text));
  const host = add('div', '');
  add('p', 'These words stand in a shadow tree.', host.attachShadow({ mode: 'open' }));
  const boxless = add('div', '');
  boxless.className = 'boxless';
  add('p', ['These', 'stand', 'in', 'an', 'element', 'without', 'a', 'box.'].join(' '), boxless);
  add('p', 'Nobody is shown this sentence.').className = 'gone';
});</script></body></html>""",
    )


def put_endless(site: Website, most: int) -> str:
    """A list that grows as it is scrolled, to ``most`` entries."""
    return site.put(
        "/endless",
        b"""<!doctype html><title>An endless list</title><div id="list"></div><script>
let entry = 0;
const more = () => { for (let at = 0; at < 8 && entry < MOST; at++) { const made = document.createElement('p'); made.style.height = '200px';
  made.textContent = `Entry ${++entry} of the list that grows.`; list.append(made); } };
more();
addEventListener('scroll', () => { if (scrollY + innerHeight > document.body.scrollHeight - 500) setTimeout(more, 20); });
</script>""".replace(b"MOST", str(most).encode()),
    )


def put_lazy(site: Website, pictures: int) -> str:
    """Pictures that are loaded only once they are near."""
    for number in range(pictures):
        site.put(f"/lazy/{number}.png", png(320, 200, (20 * number % 256, 120, 200)), Content_Type="image/png")
    blocks = "".join(
        f'<div style="height:2600px">Block {number}</div><img loading="lazy" width="320" height="200" src="/lazy/{number}.png">'
        for number in range(pictures)
    )
    return site.put("/lazy", f"<!doctype html><title>Lazy pictures</title>{blocks}".encode())


def put_consent(site: Website, words: str, path: str = "/consent") -> str:
    """A banner over the page; the story comes only once it is refused. Agreeing is told to the server."""
    return site.put(
        path,
        f"""<!doctype html><html><head><meta charset="utf-8"><title>Behind a banner</title></head><body><main id="story"><p>Before.</p></main>
<div id="cookie-banner" role="dialog" style="position:fixed;inset:0;background:#fff;padding:2em"><h2>We value your privacy</h2>
<p>We and our 812 partners store cookies on your device.</p><a href="/policy">Cookie policy</a>
<button onclick="fetch('/agreed')">Accept all</button><button onclick="fetch('/settings')">Settings</button>
<button onclick="document.getElementById('cookie-banner').remove(); fetch('/refused');
 document.getElementById('story').innerHTML = `{PARAGRAPHS}`">{words}</button></div></body></html>""".encode(),
    )
