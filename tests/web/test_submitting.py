"""Pages and quotations that are handed in, and the acts that come of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from webdesks import FALSE, TRUE, desk_over, entered
from website import STORY, Website

from archiver.archive import Archive
from archiver.errors import InputError, ReadOnlyArchive, UnknownId
from archiver.web.acts import MOST_WAITING, Act, Acts, State
from archiver.web.desk import Desk
from archiver.web.submitting import submit


@pytest.fixture
def form(own: Desk) -> Iterator[TestClient]:
    with entered(own) as client:
        yield client


def ended(act: Act) -> Act:
    """The act once it has ended."""
    end = time.monotonic() + 20
    while not act.ended:
        assert time.monotonic() < end
        time.sleep(0.01)
    return act


def sent(desk: Desk, client: TestClient, **fields: str) -> Act:
    answer = client.post("/quote", data={"csrf": desk.access.csrf, **fields})
    assert answer.status_code == 303
    return ended(desk.acts.find(answer.headers["location"].removeprefix("/acts/")))


def test_a_quotation_is_captured_judged_and_recorded(own: Desk, form: TestClient, site: Website) -> None:
    url = site.put("/story", STORY)
    act = sent(own, form, source=url, quotation=FALSE, speaker="Ada Voss", note="from the morning")
    assert (act.state, act.error) == (State.DONE, None)
    assert act.asked == {url.split("/")[2]: 1}
    led = form.get(f"/acts/{act.id}")
    assert (led.status_code, led.headers["location"]) == (303, act.to)
    page = form.get(str(act.to)).text
    assert "13th → 31st" in page
    assert "Ada Voss" in page
    assert "from the morning" in page
    # what was recorded by the act is seen by whoever reads, at once
    assert FALSE in form.get("/").text
    again = sent(own, form, source=url, quotation=TRUE)
    assert again.asked == {}
    with own.reading() as archive:
        assert len(archive.catalogue.quotes()) == 2
        assert len(archive.catalogue.snapshots()) == 1
    fresh = sent(own, form, source=url, quotation=TRUE, note="once more", fresh="1")
    assert len(fresh.asked) == 1


def test_a_page_alone_is_captured(own: Desk, form: TestClient, site: Website) -> None:
    act = sent(own, form, source=site.put("/story", STORY))
    assert str(act.to).startswith("/snapshots/s-")
    assert "Bridge over the Lorn" in form.get(str(act.to)).text


def test_a_snapshot_is_quoted_from(own: Desk, form: TestClient, site: Website) -> None:
    name = str(sent(own, form, source=site.put("/story", STORY)).to).removeprefix("/snapshots/")
    assert sent(own, form, source=name[:14], quotation=TRUE).state is State.DONE


def test_the_live_page_is_looked_at_again(own: Desk, form: TestClient, site: Website) -> None:
    url = site.put("/story", STORY)
    quote = str(sent(own, form, source=url, quotation=TRUE).to)
    site.put("/story", STORY.replace(b"1.7 million", b"1.9 million"))
    answer = form.post("/recheck", data={"csrf": own.access.csrf, "url": url, "back": quote.removeprefix("/quotes/")})
    act = ended(own.acts.find(answer.headers["location"].removeprefix("/acts/")))
    assert (act.error, act.to) == (None, quote)
    assert "page edited, these words unchanged" in form.get(quote).text
    assert "edited-elsewhere" in form.get(f"/sources/{own_snapshot(own)}").text
    assert "1.9" in form.get(f"/diff/{own_snapshot(own, 1)}/{own_snapshot(own)}").text


def own_snapshot(desk: Desk, number: int = 0) -> str:
    with desk.reading() as archive:
        return archive.catalogue.snapshots()[number].id


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"source": "no address", "quotation": TRUE}, "is no web address"),
        ({"source": "ftp://example.org/", "quotation": TRUE}, "only http and https are fetched"),
        ({"source": "https://example.org/", "quotation": "[…]"}, "empty but for marks"),
        ({"source": "https://example.org/", "quotation": "x" * 20_001}, "is too long"),
        ({"source": "https://example.org/", "quotation": TRUE, "note": "x" * 2_001}, "may have 2,000 characters"),
        ({"source": "s-000000000000", "quotation": TRUE}, "No snapshot has the id"),
        ({"source": "", "quotation": TRUE}, "is no web address"),
    ],
)
def test_what_cannot_be_taken_comes_back_in_the_form(
    own: Desk, form: TestClient, fields: dict[str, str], sentence: str
) -> None:
    answer = form.post("/quote", data={"csrf": own.access.csrf, **fields})
    assert answer.status_code in (400, 404)
    assert sentence in answer.text
    assert f'value="{fields["source"]}"' in answer.text
    assert own.acts.all() == []


def test_what_goes_wrong_on_the_way_is_said(own: Desk, form: TestClient, site: Website) -> None:
    act = sent(own, form, source=site.url.replace("127.0.0.1", "169.254.169.254"), quotation=TRUE)
    assert act.state is State.FAILED
    page = form.get(f"/acts/{act.id}")
    assert page.status_code == 200
    assert "It did not work" in page.text
    assert str(act.error).split(";")[0][:20] in page.text
    assert f">{TRUE}</textarea>" in form.get(act.again).text


def test_without_a_network_nothing_is_fetched(own: Desk, site: Website) -> None:
    desk = desk_over(own.root, None)
    try:
        act = ended(submit(desk, site.put("/story", STORY), TRUE))
        assert "--offline" in str(act.error)
        assert "--offline" in str(ended(submit(desk, site.url, "")).error)
        assert site.requests == []
    finally:
        desk.close()


def test_nothing_is_taken_where_nothing_can_be_recorded(desk: Desk) -> None:
    with pytest.raises(ReadOnlyArchive, match="key"):
        submit(desk, "https://example.org/", TRUE)


def test_an_act_can_be_stopped(own: Desk, form: TestClient) -> None:
    begun = threading.Event()

    def work(_: Archive, act: Act) -> str:
        begun.set()
        act.say("Waiting to be stopped.")
        assert act.stop.wait(20)
        return "/"

    first, second = own.do("quote", "first", work), own.do("quote", "second", work)
    assert begun.wait(10)
    page = form.get(f"/acts/{first.id}").text
    assert "Waiting to be stopped." in page
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert form.get(f"/acts/{first.id}/state").json()["state"] == "running"
    assert form.get(f"/acts/{second.id}/state").json()["state"] == "waiting"
    for act in (second, first):
        assert form.post(f"/acts/{act.id}/stop", data={"csrf": own.access.csrf}).status_code == 303
    assert ended(second).state is State.STOPPED
    assert ended(first).state is State.DONE


def test_a_fault_of_ours_ends_one_act_and_not_the_thread(
    own: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def broken(_: Archive, act: Act) -> str:
        raise ZeroDivisionError(act.id)

    act = ended(own.do("quote", "broken", broken))
    assert "fault of archiver itself (ZeroDivisionError)" in str(act.error)
    assert list(tmp_path.glob("archiver-fault-*"))
    assert ended(own.do("quote", "whole", lambda *_: "/")).state is State.DONE


def test_only_so_many_acts_wait() -> None:
    acts = Acts(lambda: pytest.fail("none of them is begun"))
    acts._thread = threading.current_thread()  # nobody works
    for number in range(MOST_WAITING):
        acts.begin(Act("quote", str(number), None), lambda *_: "/")
    with pytest.raises(InputError, match="are waiting already"):
        acts.begin(Act("quote", "one more", None), lambda *_: "/")
    with pytest.raises(UnknownId):
        acts.find("nix")
