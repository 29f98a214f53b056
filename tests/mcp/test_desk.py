"""What an assistant may ask for, without the protocol."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import SealedArchive
from desks import desk_of
from website import STORY, Website

from archiver import erasure
from archiver.archive import Archive
from archiver.capture import Options
from archiver.errors import BlockedAddress, InputError, UnknownId
from archiver.mcp.desk import MOST, MOST_IN_DRAFT, Desk


@pytest.fixture
def desk(tmp_path: Path, options: Options) -> Desk:
    Archive.create(tmp_path / "a").close()
    return desk_of(tmp_path / "a", options)


def test_a_true_quotation_may_be_printed(desk: Desk, site: Website) -> None:
    said = desk.quote(site.put("/story", STORY), "some of them cross it twice before noon")
    assert said["holds"] is True
    assert said["id"].startswith("q-")
    assert said["advice"].startswith("The source says exactly this.")
    assert said["id"] in said["advice"]


def test_an_altered_one_may_not_and_what_the_source_has_is_said(desk: Desk, site: Website) -> None:
    said = desk.quote(site.put("/story", STORY), "will close on the 31st of May for repairs", "Ada Voss")
    assert (said["verdict"], said["holds"], said["speaker_checked"]) == ("altered", False, False)
    assert said["advice"].startswith("Do not give this as a quotation")
    assert "13th" in said["advice"]


def test_what_could_not_be_read_is_not_called_verified(desk: Desk, site: Website) -> None:
    said = desk.quote(site.put("/gone", b"not here", 404), "some words of the page that went away")
    assert said["holds"] is None
    assert said["advice"].startswith("Not decided, so do not call it verified")


def test_many_come_back_in_order_with_sums(desk: Desk, site: Website) -> None:
    url = site.put("/story", STORY)
    said = desk.check(
        [
            (url, "Nobody has been hurt on this bridge, and nobody will be."),
            (url, "Somebody has been hurt on this bridge, and nobody will be."),
            ("ftp://example.org/x", "words from a place that is no page"),
            (url, "  "),
        ]
    )
    assert [item.get("holds") for item in said["results"]] == [True, False, None, None]
    assert (said["hold"], said["do_not_hold"], said["undecided"], said["speakers_checked"]) == (1, 1, 2, False)
    assert all("advice" in item for item in said["results"])


def test_a_page_is_captured_anew(desk: Desk, site: Website) -> None:
    url = site.put("/story", STORY)
    assert desk.snapshot(url)["status"] == desk.snapshot(url)["status"] == 200
    assert sum(path == "/story" for path, _ in site.requests) == 2


def test_offline_nothing_is_fetched(tmp_path: Path, site: Website) -> None:
    Archive.create(tmp_path / "a").close()
    desk, url = desk_of(tmp_path / "a", None), site.put("/story", STORY)
    with pytest.raises(InputError, match="--offline"):
        desk.snapshot(url)
    assert desk.check([(url, "some of them cross it twice before noon")])["undecided"] == 1
    assert site.requests == []


def test_addresses_inside_stay_blocked(tmp_path: Path) -> None:
    from archiver.settings import FetchSettings

    Archive.create(tmp_path / "a").close()
    desk = desk_of(tmp_path / "a", Options(FetchSettings("test")))
    for url in ("http://127.0.0.1/admin", "http://169.254.169.254/latest/meta-data/"):
        with pytest.raises(BlockedAddress):
            desk.quote(url, "the secret of the house")


@pytest.mark.parametrize(
    ("quotations", "said"),
    [([], "no quotation"), ([("https://example.org/", "a b c")] * (MOST + 1), "too many"), ([("https://example.org/", "a" * 20_001)], "too long")],
)  # fmt: skip
def test_what_is_no_fair_call_is_refused(desk: Desk, quotations: list[tuple[str, str]], said: str) -> None:
    with pytest.raises(InputError, match=said):
        desk.check(quotations)


def test_verify_says_whether_it_is_intact(sealed: SealedArchive) -> None:
    desk = desk_of(sealed.root, None)
    assert desk.verify()["ok"]
    assert desk.verify(sealed.quotes[0])["advice"] == "Intact."
    with pytest.raises(UnknownId):
        desk.verify("q-" + "0" * 64)
    path = next(sealed.root.glob("warc/**/*.warc.gz"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    said = desk.verify()
    assert not said["ok"]
    assert said["findings"]
    assert said["advice"].startswith("Do not rely on this")


def test_what_was_erased_is_not_called_intact(desk: Desk, site: Website) -> None:
    said = desk.quote(site.put("/story", STORY), "some of them cross it twice before noon")
    with Archive.open(desk.root) as archive:
        erasure.erase(archive, erasure.make_plan(archive, [said["snapshot"]], whole_pages=False), "a test")
    for name in (said["id"], said["snapshot"]):
        verified = desk.verify(name)
        assert verified["ok"]
        assert verified["advice"].startswith("It was erased, so do not call it verified")
        assert [finding["subject"] for finding in verified["findings"]] == [name]
    assert desk.verify()["advice"] == "Intact."


def test_a_draft_is_read_for_its_quotations(desk: Desk, site: Website) -> None:
    url = site.put("/story", STORY)
    said = desk.check_draft(
        f"It says “some of them cross it twice before noon” ([a]({url})). It costs “7.1 million crowns and no more”, [they say]({url}).\n\n"
        "And “nobody knows where this one comes from at all”.\n"
    )
    assert [item["status"] for item in said["results"]] == ["holds", "fails", "unjudged"]
    assert [item["advice"].split(",")[0] for item in said["results"]][1:] == [
        "Do not give this as a quotation: the source does not say this",
        "Not checked",
    ]
    assert (said["holds"], said["fails"], said["speakers_checked"]) == (1, 1, False)


def test_a_draft_in_a_form_that_is_none_is_refused(desk: Desk) -> None:
    with pytest.raises(InputError, match="markdown, latex"):
        desk.check_draft("x", "pdf")


def test_a_draft_that_is_none_is_refused(desk: Desk) -> None:
    many = "“Some words that nobody said” (<https://a.example/{}>). "
    with pytest.raises(InputError, match="in parts of at most"):
        desk.check_draft("".join(many.format(number) for number in range(MOST + 1)))
    with pytest.raises(InputError, match="in parts of at most"):
        desk.check_draft(many.format(0) * (MOST_IN_DRAFT + 1))
    with pytest.raises(InputError, match="quotation marks is too much"):
        desk.check_draft('"a ' * 60_000)


def test_a_name_is_no_book(desk: Desk) -> None:
    with pytest.raises(InputError, match="speaker's name"):
        desk.quote("https://a.example/", "some words that somebody said", "S" * 10_000)


def test_advice_tells_the_remark_on_what_holds_and_the_change_of_what_does_not(
    tmp_path: Path, site: Website, options: Options
) -> None:
    Archive.create(tmp_path / "a").close()
    url = site.put("/story", STORY)
    desk = desk_of(tmp_path / "a", options)
    held = desk.quote(url, "some of [the drivers] cross it twice before noon")["advice"]
    assert "Read the passage before you use it." in held
    assert "[the drivers] stands for “them”." in held
    failed = desk.quote(url, "some of them cross it thrice before noon")["advice"]
    assert "something else. The source says “twice”, the quotation “thrice”." in failed


def test_a_live_page_that_is_as_it_was_makes_no_false_quotation_true(desk: Desk, site: Website) -> None:
    """An assistant was told that the live page still says what was quoted, of a quotation that is altered, and of none at all."""
    url = site.put("/story", STORY)
    assert "verifies none" in desk.recheck(url)["advice"]
    desk.quote(url, "will close on the 31st of May for repairs")
    said = desk.recheck(url)
    assert (said["drift"], [quote["holds"] for quote in said["quotes"]]) == ("unchanged", [False])
    assert "still says" not in said["advice"]
    assert "1 quotation on record of this page does not hold" in said["advice"]
    desk.quote(url, "some of them cross it twice before noon")
    both = desk.recheck(url)["advice"]
    assert both.startswith("The live page still says what was quoted. 1 quotation on record of this page does not hold")


def test_a_page_that_is_gone_is_not_said_to_have_been_quoted(
    desk: Desk, site: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archiver.rechecking.acts._wait", lambda *_: None)
    url = site.put("/story", STORY)
    desk.snapshot(url)
    site.put("/story", b"gone", 410)
    assert desk.recheck(url)["advice"] == ("There is no such live page, and no quotation of it that held is on record.")


def test_an_empty_id_is_not_the_whole_archive(desk: Desk) -> None:
    assert desk.verify()["ok"]
    for nothing in ("", " "):
        with pytest.raises(InputError, match="is no id"):
            desk.verify(nothing)


def test_an_address_that_is_none_is_not_given_back_whole(desk: Desk) -> None:
    refused, short = desk.check([("x" * 100_000, "some words of it"), ("gopher://x/", "some words of it")])["results"]
    assert len(str(refused)) < 4_000
    assert "too long" in refused["error"]
    assert short["url"] == "gopher://x/"


def test_a_quotation_that_left_its_sentence_is_not_affirmed(desk: Desk, site: Website) -> None:
    words = "some of them cross it twice before noon"
    url = site.put("/story", STORY)
    desk.quote(url, words)
    site.put("/story", STORY.replace(words.encode(), f"the county says that {words}".encode()))
    for _ in range(2):
        said = desk.recheck(url)["advice"]
        assert "still says" not in said
        assert "Read the passage before you use them." in said
        assert "The sentence that it stood in reads otherwise now" in said
