"""Every view over a small archive: what a reader comes for stands in it."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from urllib.parse import quote as in_url

import pytest
from authority import Authority
from starlette.testclient import TestClient
from webdesks import FALSE, TRUE, desk_over, entered
from website import STORY, Website, article

from archiver import anchoring
from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.log.proofs import InclusionProof
from archiver.packs.packing import export
from archiver.quoting import Quotation, quote
from archiver.settings import FetchSettings
from archiver.signing import KeyRing
from archiver.timestamps import own_roots
from archiver.timestamps.roots import FOLDER
from archiver.urls import page_key
from archiver.web.desk import Desk
from archiver.web.routes import ROUTES


def words(page: str) -> str:
    """What a reader sees of a page: its text without tags, on one line."""
    return " ".join(re.sub(r"<[^>]+>", "", page).replace("&#39;", "'").replace("&#34;", '"').split())


def test_the_overview_says_the_state_of_each_citation(client: TestClient, ids: dict[str, str]) -> None:
    said = words(client.get("/").text)
    assert "All 3" in said
    assert "✓ Hold 1 ✗ Do not hold 1 ? Undecided 1" in said
    assert "✗ altered: 13th → 31st" in said
    assert "? undecided: the server answered with status 404" in said
    assert ids["true"][:14] in said


@pytest.mark.parametrize(("state", "there", "absent"), [("holds", TRUE, FALSE), ("fails", FALSE, TRUE)])
def test_the_overview_lists_those_of_one_state(client: TestClient, state: str, there: str, absent: str) -> None:
    page = client.get(f"/?state={state}").text
    assert there in page
    assert absent not in page


def test_lists_that_are_kept_say_what_is_new_at_once(own: Desk, site: Website, options: Options) -> None:
    client = entered(own)
    assert "Nothing is cited yet" in client.get("/").text == client.get("/").text
    assert "No page is recorded yet" in client.get("/sources").text
    url = site.put("/story", STORY)
    with Archive.open(own.root) as archive:
        quote(archive, url, Quotation(TRUE), options)
    assert "holds" in words(client.get("/").text)
    assert client.get("/?state=fails").text != client.get("/?state=holds").text
    assert client.get("/?page=2").status_code != 200 == client.get("/").status_code
    assert url in client.get("/sources").text
    assert "not the page" not in client.get("/sources").text
    with Archive.open(own.root) as archive:
        capture(archive, site.put("/gone", STORY, 404), options)
    assert "not the page: the server answered 404" in words(client.get("/sources").text)
    assert url not in client.get("/sources?after=zz").text


def test_a_quotation_shows_verdict_change_context_proof_and_forms(client: TestClient, ids: dict[str, str]) -> None:
    page = client.get(f"/quotes/{ids['false'][:14]}").text
    said = words(page)
    assert "<del>31st</del> of May" in page, "a blank beside it is not struck out"
    assert "13th" in page.partition("<ins>")[2].partition("</ins>")[0]
    assert "the source says “13th”, the quotation “31st”" in said
    assert "number" in said
    assert "The bridge over the river Lorn" in said
    assert "Intact." in said
    assert f"SHA-256{ids['false'][2:]}" in said.replace(" ", "").replace("SHA-256", "SHA-256")
    assert "no time stamp of an outside authority yet" in said
    assert "{{cite web" in said
    assert "@online" in said
    assert "Ada Voss" in said
    assert "a note" in said


def test_a_snapshot_without_quotations_leads_to_those_of_its_page(own: Desk, site: Website, options: Options) -> None:
    url = site.put("/story", STORY)
    with Archive.open(own.root) as archive:
        quoted = quote(archive, url, Quotation(TRUE), options)
        newer = capture(archive, url, options).short_id
    client = entered(own)
    assert f'<a href="/sources/{newer}">All of this page</a>' in client.get(f"/snapshots/{newer}").text
    assert str(quoted.id)[:14] in client.get(f"/sources/{newer}").text


def test_a_snapshot_shows_its_text_with_the_quotations_marked(client: TestClient, ids: dict[str, str]) -> None:
    page = client.get(f"/snapshots/{ids['story']}").text
    assert f'<mark class="holds">{TRUE}</mark>' in page
    assert re.search(r'<mark class="fails">[^<]*13th of May', page)
    assert f'id="{ids["true"][:14]}"' in page
    assert f'href="#about-{ids["true"][:14]}"' in page
    assert "“Nobody has been hurt on this bridge" in page
    assert client.get(f"/snapshots/{ids['story']}?layer=document").status_code == 200
    assert client.get(f"/snapshots/{ids['story']}?layer=pdf").status_code == 404
    assert client.get(f"/snapshots/{ids['story']}?layer=nix").status_code == 400
    assert client.get(f"/snapshots/{ids['story']}?part=2").status_code == 404
    assert client.get(f"/snapshots/{ids['story']}/screenshot").status_code == 404
    assert client.get(f"/snapshots/{ids['story']}/screenshot.png").status_code == 404


def test_a_source_has_its_timeline_and_citations(client: TestClient, ids: dict[str, str]) -> None:
    key = page_key(ids["url"])
    listed = client.get("/sources").text
    assert f'href="/sources/{in_url(key, safe="")}"' in listed
    for name in (in_url(key, safe=""), ids["story"], in_url(ids["url"], safe="")):
        said = words(client.get(f"/sources/{name}").text)
        assert "Bridge over the Lorn to close for repairs" in said
        assert "first snapshot · 2 quotes" in said
        assert FALSE in said
    assert client.get("/sources/org,example)/nothing").status_code == 404
    assert (
        client.get(f"/snapshots?url={in_url(ids['url'], safe='')}").headers["location"] == f"/snapshots/{ids['story']}"
    )


def test_words_and_quotations_are_found(client: TestClient) -> None:
    found = client.get("/search?q=ferrymen").text
    assert '<mark class="holds">ferrymen</mark>' in found
    said = words(
        client.get("/search", params={"q": "the bridge over the river Lorn will close on the 14th of May"}).text
    )
    assert "✗ altered" in said
    assert "13th of May" in said
    assert "No snapshot has these words." in words(client.get("/search?q=elephants").text)
    assert "No snapshot of those chosen below has these words." in words(
        client.get("/search?q=ferrymen&until=1999").text
    )
    assert "Two words" not in client.get("/search").text
    assert client.get("/search?q=ferrymen&since=yesterday").status_code == 400
    assert client.get("/search", params={"q": "ferrymen", "until": "1999"}).text.count("<mark") == 0


def test_a_trace_has_its_picture_and_its_words(client: TestClient, ids: dict[str, str]) -> None:
    page = client.get(f"/trace/{ids['story']}")
    assert "who signs it" in words(page.text)
    picture = client.get(f"/trace/{ids['story']}/picture.svg")
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert "script-src" not in picture.headers["content-security-policy"]
    assert picture.headers["content-security-policy"].startswith("default-src 'none'")
    assert TRUE in words(client.get(f"/trace/{ids['true']}").text)


def test_the_log_shows_head_and_leaves_and_gives_proofs(client: TestClient, desk: Desk, ids: dict[str, str]) -> None:
    with desk.reading() as archive:
        head, leaf = archive.head(), archive.find_quote(ids["true"]).leaf
    said = words(client.get("/log").text)
    assert f"{head.size} leaves, root {head.root.hex()}" in said
    proof = InclusionProof.parse(client.get(f"/log/proofs/{leaf}").content)
    assert proof.index == leaf
    assert client.get("/log/checkpoint").text.splitlines()[1] == str(head.size)
    assert client.get(f"/log/proofs/{head.size}").status_code == 400
    assert client.get("/log/proofs/x").status_code == 400
    assert client.get("/log?page=2").status_code == 404


def test_a_pack_is_checked_as_on_the_command_line(
    cited: tuple[Path, dict[str, str]], tmp_path: Path, client: TestClient, desk: Desk
) -> None:
    pack = tmp_path / "p.wacz"
    with Archive.open(cited[0], KeyRing(cited[0].parent / "config")) as archive:
        export(archive, [cited[1]["true"]], pack)
    good = pack.read_bytes()
    broken = good.replace(b"datapackage.json", b"datapackage.jsoX", 1)
    for sent, sentence in ((good, "Intact, signer unknown."), (broken, "Broken: this is not what its signer made")):
        answer = client.post(
            "/packs",
            files={"pack": ("<b>x</b>.wacz", sent)},
            data={"csrf": desk.access.csrf, "again": "1" if sent is good else ""},
        )
        assert answer.status_code == 200
        assert sentence in words(answer.text)
        assert "&lt;b&gt;x&lt;/b&gt;.wacz" in answer.text
        assert ("found, word for word" in words(answer.text)) is (sent is good)
    with desk.reading() as archive:
        key = archive.key.vkey
    known = client.post("/packs", files={"pack": ("p.wacz", good)}, data={"csrf": desk.access.csrf, "key": key})
    assert "the signer is known" in words(known.text)
    assert client.post("/packs", data={"csrf": desk.access.csrf}).status_code == 400
    assert (
        client.post("/packs", files={"pack": ("p", good)}, data={"csrf": desk.access.csrf, "key": "x"}).status_code
        == 400
    )


def test_what_is_not_there_is_said_in_a_sentence(client: TestClient) -> None:
    for path, status in (
        ("/quotes/q-000000000000", 404), ("/quotes/x", 400), ("/snapshots/s-000000000000", 404), ("/diff/s-0000/s-0001", 404),
        ("/?page=0", 400), ("/?page=99", 404), ("/?page=x", 400), ("/?state=odd", 400), ("/acts/0123", 404), ("/nowhere", 404),
        ("/trace/q-0000", 404), ("/snapshots?url=nonsense", 400), ("/static/nix.css", 404), ("/static/../app.py", 404),
    ):  # fmt: skip
        answer = client.get(path)
        assert (path, answer.status_code) == (path, status)
        assert "Traceback" not in answer.text
    assert client.request("DELETE", "/").status_code == 405


def test_an_empty_archive_says_what_to_do(own: Desk) -> None:
    client = entered(own)
    assert "Nothing is cited yet." in words(client.get("/").text)
    assert "No page is recorded yet." in words(client.get("/sources").text)
    for path in ("/search?q=words", "/log", "/packs", "/quote"):
        assert client.get(path).status_code == 200


def test_long_lists_come_in_pages(
    cited: tuple[Path, dict[str, str]], monkeypatch: pytest.MonkeyPatch, client: TestClient
) -> None:
    monkeypatch.setattr("archiver.web.facts.listing.PER_PAGE", 2)
    first, second = client.get("/").text, client.get("/?page=2").text
    assert first.count('<li class="citation ') == 2
    assert second.count('<li class="citation ') == 1
    assert "3–3 of 3" in words(second)
    monkeypatch.setattr("archiver.web.facts.listing.PER_PAGE", 1)
    pages = [client.get("/sources").text]
    while more := re.search(r'rel="next" href="([^"]+)"', pages[-1]):
        pages.append(client.get(f"/sources{more[1]}").text)
    assert [page.count('class="name"') for page in pages] == [1, 1]
    back = re.search(r'rel="prev" href="([^"]+)"', pages[1])
    assert back
    again = client.get(f"/sources{back[1]}").text
    assert names_of(again) == names_of(pages[0]) != names_of(pages[1])
    assert 'rel="prev"' not in again
    assert "There are no more sources." in words(client.get("/sources?after=zz").text)


def names_of(page: str) -> list[str]:
    """The sources that a list names."""
    return re.findall(r'class="name"><a href="([^"]+)"', page)


def test_no_character_turns_words_round_on_a_page(own: Desk, site: Website) -> None:
    turned = "the bridge \u202ewill close\u202c on the 13th"
    with Archive.open(own.root) as archive:
        url = site.put(
            "/turned",
            article(
                "A \u202epage",
                f"This is what the county says: {turned}, and it is so.",
                "More words of an article. " * 20,
            ),
        )
        options = Options(FetchSettings("archiver/test", timeout=20, allow_net=(ipaddress.ip_network("127.0.0.0/8"),)))
        found = quote(archive, url, Quotation(turned, "Ada \u202eVoss"), options)
    client = entered(own)
    assert found.snapshot is not None
    for path in (
        "/",
        f"/quotes/{found.id}",
        f"/snapshots/{found.snapshot.id}",
        f"/sources/{found.snapshot.id}",
        "/search?q=county",
        f"/trace/{found.id}",
    ):
        page = client.get(path).text
        assert "\u202e" not in page, path
        assert "\ufffd" in page, path


def test_no_route_is_there_twice() -> None:
    assert len({(way.path, way.post) for way in ROUTES}) == len(ROUTES)


def test_the_sample_archive_of_the_repository_is_shown_whole() -> None:
    desk = desk_over(Path(__file__).resolve().parents[2] / "archive", None)
    try:
        client = entered(desk)
        with desk.reading() as archive:
            paths = [f"/quotes/{quote.id}" for quote in archive.catalogue.quotes()]
            paths += [f"/snapshots/{snapshot.id}" for snapshot in archive.catalogue.snapshots(8)]
        for path in ["/", "/sources", "/log", "/quote", *paths]:
            assert client.get(path).status_code == 200
        assert "read-only" in words(client.get("/quote").text)
    finally:
        desk.close()


def test_time_stamps_are_told_beside_the_proof(own: Desk, authority: Authority, site: Website) -> None:
    with Archive.open(own.root) as archive:
        options = Options(FetchSettings("archiver/test", timeout=20, allow_net=(ipaddress.ip_network("127.0.0.0/8"),)))
        found = quote(archive, site.put("/story", STORY), Quotation(TRUE), options)
        trusted = archive.keys.folder / FOLDER
        trusted.mkdir(parents=True)
        (trusted / "root.pem").write_bytes(authority.root_file.read_bytes())
        anchoring.stamp(archive, [authority.url], anchoring.Asking(options.fetch, own_roots(archive.keys.folder)))
    client = entered(own)
    for _ in range(2):  # the second time from what was judged the first
        assert "recorded no later than 20" in words(client.get(f"/quotes/{found.id}").text)
    assert "could have backdated only what was recorded after" in words(client.get("/log").text)
