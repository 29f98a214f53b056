"""``archiver watch`` as a person calls it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from atomreader import read_atom
from conftest import Ran
from website import STORY, Website

from archiver.catalogue import Delivery, WatchState

Run = Callable[..., Ran]
EDITED = STORY.replace(b"13th", b"31st")
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def page(made: Run, site: Website) -> str:
    """A page with a recorded quotation."""
    url = site.put("/story", STORY)
    assert made("quote", url, "will close on the 13th of May").code == 0
    return url


def test_a_watch_tells_by_every_way_and_says_what_it_did(made: Run, site: Website, page: str, tmp_path: Path) -> None:
    config = Path(os.environ["ARCHIVER_CONFIG"], "settings.toml")
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(f'webhook = "{site.put("/hook", b"")}"\nwebhook_secret = "{SECRET}"\n')
    out, feed = tmp_path / "mail", tmp_path / "alerts.xml"
    code = f"import sys; open({str(out)!r}, 'a').write(sys.stdin.read())"
    command = f"{sys.executable} -c {json.dumps(code)}"
    ways = ("--feed", feed, "--command", command, "--pause", "0", "--confirm-after", "0")
    first = made("watch", "--once", *ways)
    assert (first.code, "1 recheck, 0 alerts." in first.err, "none was due" in first.err, first.out) == (
        0,
        True,
        False,
        "",
    )
    idle = made("watch", "--once", *ways)
    assert (idle.code, "Of 1 watched source none was due; the next is in " in idle.err) == (0, True), idle.err
    site.put("/story", EDITED)
    ran = made("watch", "--once", "--all", *ways)
    assert ran.code == 1
    assert "quote-altered" in ran.out
    assert "Quotation altered" in ran.out
    assert "(webhook, 1 alert)" in ran.err
    assert "Quotation altered" in out.read_text()
    assert [entry.category for entry in read_atom(feed.read_bytes())] == ["quote-altered"]
    (body,) = site.bodies
    assert json.loads(body)["data"]["quotes"][0]["changes"][0]["in_source"] == "31st"
    assert SECRET not in ran.out + ran.err
    still = made("watch", "--once", "--all", *ways)
    assert (still.code, still.out) == (1, ""), "it is no news"
    assert "1 source is as before, which is no news, but counts for the exit code:\n  quote-altered " in still.err
    assert f" {page}: " in still.err
    assert "as before" not in made("watch", "--once", "--all", "--quiet", *ways).err
    again = made("watch", "--once", "--all", "--json", *ways)
    assert [(line["event"], line["drift"]) for line in again.lines] == [("recheck", "quote-altered")]
    (told,) = made("watch", "alerts", "--json").lines
    assert {item["channel"] for item in told["deliveries"] if item["delivered"]} == {"feed", "webhook", "command"}
    assert made("watch", "alerts", "--undelivered").out == ""
    assert made("verify").code == 0


def test_a_page_that_is_gone_and_one_that_was_retracted_are_told_with_their_quotations(
    made: Run, site: Website, page: str
) -> None:
    other = site.put("/other", STORY)
    assert made("quote", other, "some of them cross it twice before noon").code == 0
    made("watch", "--once", "--pause", "0")
    note = b"<p>This article has been retracted by the editors.</p></article>"
    site.put("/other", STORY.replace(b"</article>", note))
    site.put("/story", b"<h1>Gone</h1>", 410)
    ran = made("watch", "--once", "--all", "--pause", "0", "--confirm-after", "0")
    listed = made("watch", "alerts")
    for words in (
        "Page gone: ",
        "“will close on the 13th of May”",
        "verbatim at 20",
        "archiver export q-",
        "Note of correction or withdrawal: ",
        "“some of them cross it twice before noon”",
    ):
        assert words in ran.out
        assert words in listed.out
    told = {line["kind"]: line for line in made("watch", "alerts", "--json").lines}
    assert told["note"]["note"].startswith("This article has been retracted")
    assert told["gone"]["quotes"][0]["last"]["verdict"] == "verbatim"


def test_what_a_watch_recorded_is_stamped_where_authorities_are_configured(made: Run, page: str) -> None:
    assert made("timestamp", "--set-authorities", "http://127.0.0.1:1/tsa").code == 0
    assert "time stamp" in made("watch", "--once").err


def test_what_could_not_be_delivered_is_said_and_owed(made: Run, site: Website, page: str) -> None:
    made("watch", "--once")
    site.put("/story", EDITED)
    broken = f"{sys.executable} -c 'import sys; sys.exit(7)'"
    ran = made("watch", "--once", "--all", "--pause", "0", "--command", broken)
    assert ran.code == 1
    assert "Not delivered by command, and tried again: The command" in ran.err
    assert "Not all is delivered yet; `archiver watch alerts --undelivered`" in ran.err
    owed = made("watch", "alerts", "--undelivered")
    assert (owed.code, "not delivered yet, 1 try:" in owed.out, "ended with 7" in owed.out) == (3, True, True)


def test_the_token_in_the_address_of_a_webhook_is_nowhere_shown(
    made: Run, site: Website, page: str, tmp_path: Path
) -> None:
    Path(os.environ["ARCHIVER_CONFIG"], "settings.toml").write_text(f'webhook_secret = "{SECRET}"\n')
    made("watch", "--once")
    site.put("/story", EDITED)
    ran = [
        made("watch", "--once", "--all", "--webhook", f"http://127.0.0.1:{port}/T0K3N?s3cret=1") for port in (22, 1024)
    ]
    assert [one.code for one in ran] == [2, 1]
    with WatchState(tmp_path / "archive/state.db") as state:
        (alert,) = state.alerts(1)
        said = "http://me@hooks.example:22/T0K3N?s3cret=1 is not fetched: port 22"  # as it was kept before
        state.put_delivery(Delivery(alert.id, "webhook", tries=1, error=said))
    ran += [made("watch", "alerts"), made("watch", "alerts", "--json"), made("watch", "list", "--json")]
    assert "http://hooks.example:22 is not fetched" in ran[2].out
    assert not [one for one in ran if "T0K3N" in one.out + one.err or "s3cret" in one.out + one.err]


def test_sources_are_added_from_files_listed_and_removed(made: Run, site: Website, page: str, tmp_path: Path) -> None:
    other = site.put("/other", STORY)
    (tmp_path / "paper.md").write_text(
        f"The county says that it “will close on the 13th of May” ([source]({other})).\n"
    )
    (tmp_path / "refs.bib").write_text(f"@online{{a, title = {{A}}, url = {{{site.url}/bib}}}}\n")
    (tmp_path / "table.csv").write_text(f"url,quote\n{site.url}/table,words\n")
    ran = made("watch", "add", "paper.md", "refs.bib", "table.csv", "--every", "12h", "--json")
    assert [line["url"] for line in ran.lines] == [other, f"{site.url}/bib", f"{site.url}/table"]
    assert "note" not in ran.lines[0]
    assert made("watch", "add", other).out == f"watched before  {other}\n"
    for every, option in (("5m", "--at-least 5m"), ("3w", "--at-most 21d")):
        ran = made("watch", "add", f"{site.url}/table", "--every", every, "--json")
        assert option in ran.err
        assert option in ran.lines[0]["note"]
    listed = {line["url"]: line for line in made("watch", "list", "--json").lines}
    assert listed.keys() == {page, other, f"{site.url}/bib", f"{site.url}/table"}
    assert (listed[other]["interval"], listed[page]["interval"], listed[page]["drift"]) == (43200, 86400, None)
    assert made("watch", "remove", page, other).code == 0
    assert {line["url"] for line in made("watch", "list", "--json").lines} == {f"{site.url}/bib", f"{site.url}/table"}
    assert "2 sources watched" in made("watch", "list").err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--every", "soon"), "no span of time"), (("--every", "1h", "--at-least", "1d"), "must lie between"),
        (("--offline",), "needs the network"), (("--feed-url", "https://example.org/"), "goes with --feed"),
        (("--webhook", "https://example.org/"), "settings.toml beside your keys"), (("--command", "mail 'x"), "check its quote marks"),
        (("--once", "add", "https://example.org/"), "for the watch itself"), (("remove", "https://example.org/"), "is not watched"),
        (("add", "example.org"), "no whole address"),
        (("add", "urn:archiver:supplied:00"), "no web page's address"), (("add", "s-0123456789ab"), "is the id of a snapshot"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_sentence(made: Run, words: tuple[str, ...], said: str) -> None:
    ran = made("watch", *words)
    assert ran.code in (2, 3)
    assert said in ran.err
    assert ran.err.count("archiver: ") == 1


def test_a_watch_ends_in_order_when_it_is_told_to(made: Run, page: str, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "archiver.cli",
        "--archive",
        str(tmp_path / "archive"),
        "--allow-net",
        "127.0.0.0/8",
        "watch",
        "--json",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["drift"] == "unchanged"
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Ended: 1 recheck, 0 alerts." in err
    assert made("verify").code == 0


def test_an_edit_round_the_quoted_words_is_told_with_what_it_is(made: Run, site: Website, page: str) -> None:
    made("watch", "--once")
    site.put("/story", STORY.replace(b"for repairs that", b"for a feast that"))
    ran = made("watch", "--once", "--all", "--pause", "0")
    assert (ran.code, "in a sentence that reads otherwise now" in ran.out, "still holds" in ran.out) == (0, True, False)
    site.put("/story", STORY.replace(b"for repairs that", b"for a feast that").replace(b"twice before noon", b"twice"))
    assert "still holds" not in made("watch", "--once", "--all", "--pause", "0").out
