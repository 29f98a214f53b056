"""What a search of an archive answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from archiver.archive import Archive
from archiver.errors import InputError
from archiver.fulltext import Candidate, Filter, Fulltext
from archiver.model import Layer, Snapshot, Verdict
from archiver.searching import search as search_module
from archiver.searching import searching

Add = Callable[..., Snapshot]

BRIDGE = "The bridge over the river Lorn will close on the 13th of May for repairs, the county council said on Monday."
FLOOD = "The flood warning came late, and high water stood in the old town for two days before the army was called."


def test_a_quotation_is_judged_wherever_it_is_found(archive: Archive, add: Add) -> None:
    right = add("/right", BRIDGE)
    wrong = add("/wrong", BRIDGE.replace("13th", "31st"))
    add("/other", FLOOD)
    with searching(archive) as search:
        found = search.quotation("will close on the 13th of May for repairs")
        assert [(hit.snapshot.id, hit.judged.judgement.verdict) for hit in found.hits] == [
            (right.id, Verdict.VERBATIM),
            (wrong.id, Verdict.ALTERED),
        ]
        assert [(change.in_source, change.in_quote) for change in found.hits[1].judged.judgement.changes] == [
            ("31st", "13th")
        ]
        assert found.hits[0].judged.judgement.layer is Layer.ARTICLE
        assert (found.more, found.damaged, search.unread) == (False, 0, 0)


def test_nothing_near_is_no_hit(archive: Archive, add: Add) -> None:
    add("/bridge", BRIDGE)
    with searching(archive) as search:
        assert search.quotation("The ferry sails twice a day from the northern harbour").hits == []
        assert search.words("ferry harbour").hits == []


@pytest.mark.parametrize(
    ("text", "quotation", "verdict"),
    [
        ("Министр сказал, что война всё ещё идёт и конца ей пока не видно.", "война всё ещё идёт и конца", Verdict.VERBATIM),
        ("部长说，战争仍在继续，目前还看不到结束的迹象。", "战争仍在继续，目前还看不到结束", Verdict.VERBATIM),
        ("部长说，战争仍在继续，目前还看不到结束的迹象。", "战争已经继续，目前还看不到结束的迹象", Verdict.ALTERED),
        ("大臣は、戦争がまだ続いており、終わりが見えないと述べた。", "戦争がまだ続いており、終わりが見えない", Verdict.VERBATIM),
        ("장관은 전쟁이 아직 계속되고 있으며 끝이 보이지 않는다고 말했다.", "전쟁이 아직 계속되고 있으며 끝이", Verdict.VERBATIM),
        ("قال الوزير إن الحرب ما زالت مستمرة ولا تبدو لها نهاية قريبة.", "الحرب ما زالت مستمرة ولا تبدو", Verdict.VERBATIM),
        ("รัฐมนตรีกล่าวว่าสงครามยังดำเนินต่อไปและยังไม่เห็นจุดจบ", "สงครามยังดำเนินต่อไปและยังไม่เห็น", Verdict.VERBATIM),
        ("He said: “We will not go – not now, not ever, and that is that.”", 'we will not go - not now, not ever', Verdict.TYPOGRAPHIC),
        (FLOOD, "The flood warning came late … before the army was called", Verdict.ELIDED),
        (FLOOD, "THE FLOOD WARNING CAME LATE, AND HIGH WATER STOOD", None),
    ],
)  # fmt: skip
def test_every_script_and_shape_is_found(
    archive: Archive, add: Add, text: str, quotation: str, verdict: Verdict | None
) -> None:
    snapshot = add("/page", text)
    add("/other", BRIDGE)
    with searching(archive) as search:
        (hit,) = search.quotation(quotation).hits
        assert hit.snapshot.id == snapshot.id
        assert verdict is None or hit.judged.judgement.verdict is verdict


def test_captures_with_the_same_passage_are_one_hit(archive: Archive, add: Add) -> None:
    captures = [add("/page", BRIDGE), add("/page", BRIDGE), add("/page", BRIDGE, FLOOD)]
    with searching(archive) as search:
        (hit,) = search.quotation("will close on the 13th of May").hits
        assert {hit.snapshot.id, *(other.id for other in hit.others)} == {capture.id for capture in captures}
        (words,) = search.words("bridge lorn").hits
        assert {words.snapshot.id, *(other.id for other in words.others)} == {capture.id for capture in captures}
        assert len(search.words("flood").hits[0].others) == 0


def test_limits_and_filters(archive: Archive, add: Add, monkeypatch: pytest.MonkeyPatch) -> None:
    for at in range(4):
        add(f"/page{at}", BRIDGE, f"Only here: {at}")
    with searching(archive) as search:
        found = search.quotation("will close on the 13th of May", limit=3)
        assert (len(found.hits), found.more) == (3, True)
        words = search.words("bridge", limit=3)
        assert (len(words.hits), words.more) == (3, True)
        assert search.words("bridge", Filter(until="2000")).hits == []
        assert search.quotation("will close on the 13th of May", Filter(pages=("com,",))).hits == []
        page = search.words("bridge").hits[0].snapshot.url
        assert "page3" in page
        monkeypatch.setattr(search_module, "MAX_SECONDS", -1.0)
        assert search.quotation("will close on the 13th of May").more
        assert search.words("bridge").more


def test_a_page_captured_often_hides_no_other(archive: Archive, add: Add, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_module, "_MOST_VERSIONS", 2)
    monkeypatch.setattr("archiver.fulltext.index._PAGE", 3)
    other = add("/other", BRIDGE)
    for at in range(8):
        add(
            "/often", BRIDGE, f"Updated in minute {at}, as it is every minute of the whole day, the council says of it."
        )
    with searching(archive) as search:
        for quotation in ("will close on the 13th of May", "will close on the 14th of May for repairs"):
            found = search.quotation(quotation, limit=2)
            assert {hit.snapshot.url for hit in found.hits} >= {other.url}
            assert (len(found.hits), len(found.hits[0].others), found.older) == (2, 1, 6)
        words = search.words("bridge council", limit=9)
        assert (words.hits[-1].snapshot.id, words.older, words.more) == (other.id, 0, False)
        words = search.words("bridge council", limit=2)
        assert words.older + words.more > 0
        assert search.quotation("will close on the 13th of May", limit=9).older == 0


def test_what_cannot_be_a_quotation_is_said(archive: Archive, add: Add) -> None:
    add("/page", BRIDGE)
    with searching(archive) as search:
        for text in ("", "…", "a b " * 10_000):
            with pytest.raises(InputError):
                search.quotation(text)


def test_copies_are_candidates_with_their_snapshots(archive: Archive, add: Add) -> None:
    first = add("/first", BRIDGE, FLOOD)
    add(
        "/other",
        "The council of the northern county has chosen another mayor, as it does every second year in the spring.",
    )
    with searching(archive) as search:
        (names, alike), *_ = search.alike(f"{BRIDGE} {FLOOD}")
        assert names == [first.id]
        assert alike.shared > 0.9


def test_a_text_that_was_changed_is_told_and_does_not_end_the_search(archive: Archive, add: Add) -> None:
    add("/first", BRIDGE)
    second = add("/second", BRIDGE, FLOOD)
    with searching(archive) as search:
        leaf = archive.catalogue.leaf(second.texts[0].leaf)
        path = Path(archive.root) / leaf.file
        data = bytearray(path.read_bytes())
        data[leaf.offset + leaf.length // 2] ^= 1
        path.write_bytes(data)
        found = search.quotation("will close on the 13th of May")
        assert (len(found.hits), found.damaged) == (1, 1)


def test_words_in_another_order_are_weighed_only_where_the_quotation_stands_nowhere(
    archive: Archive, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("/a", "The ferry over the river leaves at ten, and comes back at eleven before the tide has turned.")
    weighed: list[object] = []
    of_words = Fulltext._of_words

    def weigh(self: Fulltext, *asked: Any) -> Iterator[Candidate]:
        weighed.append(asked)
        return of_words(self, *asked)

    monkeypatch.setattr(Fulltext, "_of_words", weigh)
    with searching(archive) as search:
        assert len(search.quotation("leaves at ten, and comes back at eleven").hits) == 1
        assert not weighed
        search.quotation("at eleven the tide comes, has turned and leaves")
        assert weighed


def test_what_the_judge_holds_for_print_is_found_by_the_index(archive: Archive, add: Add) -> None:
    said = "The town wants its CO2 emissions halved by 2035, the mayor said, and every roof of 40 m2 to bear cells."
    typed, printed = add("/typed", said), add("/printed", said.replace("CO2", "CO₂").replace("m2", "m²"))
    both = {typed.id, printed.id}
    with searching(archive) as search:
        for words in ("CO2 emissions", "CO₂ emissions", '"40 m²"'):
            assert {hit.snapshot.id for hit in search.words(words).hits} == both, words
        for quotation in ("wants its CO2 emissions halved", "wants its CO₂ emissions halved"):
            found = search.quotation(quotation).hits
            assert {hit.snapshot.id: hit.judged.judgement.holds for hit in found} == dict.fromkeys(both, True)
