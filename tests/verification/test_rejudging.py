"""A verdict that the key's holder signed and no judge gave is found when the quotation is judged again, in the archive and in a pack."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tampering import with_json
from website import STORY, Website

from archiver.archive import Archive
from archiver.capture import Options, capture
from archiver.model import Judgement, Snapshot, Verdict
from archiver.packs.checking import PackCheck
from archiver.packs.packing import export
from archiver.quoting import Judge, Quotation, record_quotes
from archiver.quoting.annotation import annotation_member
from archiver.signing import KeyRing
from archiver.verification import Finding, Request, Verification
from archiver.warc import Member

ALTERED = "About 4,900 drivers use the bridge each day"
TRUE = "some of them cross it twice before noon"

Record = Callable[[str, Callable[[Judgement], Judgement]], str]


@pytest.fixture
def snapshot(archive: Archive, site: Website, options: Options) -> Snapshot:
    return capture(archive, site.put("/story", STORY), options)


def lied(archive: Archive, snapshot: Snapshot, words: str, change: Callable[[Judgement], Judgement]) -> Member:
    judged = Judge(archive).judge(Quotation(words), snapshot)
    return annotation_member(replace(judged, judgement=change(judged.judgement)), None, None)


def faults(archive: Archive, **request: Any) -> list[Finding]:
    found = Verification(archive.root, Request(**request), archive.keys).findings()
    return [finding for finding in found if finding.ok is not True]


LIES: dict[str, tuple[str, Callable[[Judgement], Judgement], str]] = {
    "an altered one called typographic": (
        ALTERED, lambda j: replace(j, verdict=Verdict.TYPOGRAPHIC, changes=()), "recorded as typographic, judged again altered",
    ),
    "a true one called absent": (TRUE, lambda _: Judgement(Verdict.ABSENT), "judged again verbatim"),
    "a true one left undecided": (TRUE, lambda _: Judgement(Verdict.UNDECIDED), "judged again verbatim"),
    "a change that is another": (
        ALTERED, lambda j: replace(j, changes=(replace(j.changes[0], severity="minor"),)), "other changes",
    ),
    "a warning left out": ("use the bridge each day", lambda j: replace(j, warnings=()), "without the warning cut-in-sentence"),
}  # fmt: skip


@pytest.mark.parametrize("case", LIES)
def test_a_verdict_that_no_judge_gave(case: str, archive: Archive, snapshot: Snapshot, tmp_path: Path) -> None:
    words, change, said = LIES[case]
    (leaf,) = archive.record([lied(archive, snapshot, words, change)])
    assert faults(archive) == [], "nothing in it contradicts itself"
    (fault,) = faults(archive, re_extract=True)
    assert (fault.check, fault.ok, fault.subject) == ("re-judge", False, f"q-{leaf.sha256}"[:14])
    assert said in fault.detail
    pack = tmp_path / "x.wacz"
    export(archive, [f"q-{leaf.sha256}"], pack)
    check = PackCheck(KeyRing(tmp_path / "none"), archive.key, re_extract=True)
    assert [finding.detail for finding in check.findings(pack) if finding.ok is False] == [fault.detail]


def test_an_altered_one_called_verbatim_needs_no_judging(archive: Archive, snapshot: Snapshot) -> None:
    archive.record([lied(archive, snapshot, ALTERED, lambda j: replace(j, verdict=Verdict.VERBATIM, changes=()))])
    assert "are not those that are quoted" in faults(archive)[0].detail


def test_by_another_version_it_is_a_note_unless_the_answer_turns(archive: Archive, snapshot: Snapshot) -> None:
    def older(value: dict[str, Any]) -> None:
        value["generator"]["name"] = "archiver 0.0.1"

    spelt = lied(archive, snapshot, TRUE, lambda j: replace(j, verdict=Verdict.TYPOGRAPHIC))
    archive.record([with_json(spelt, older)])
    assert faults(archive, re_extract=True) == []
    said = [
        f
        for f in Verification(archive.root, Request(re_extract=True), archive.keys).findings()
        if f.check == "re-judge"
    ]
    assert "recorded as typographic, judged again verbatim: another verdict (archiver 0.0.1 then" in said[0].detail
    turned = lied(archive, snapshot, ALTERED, lambda j: replace(j, verdict=Verdict.TYPOGRAPHIC, changes=()))
    archive.record([with_json(turned, older)])
    (fault,) = faults(archive, re_extract=True)
    assert (fault.check, fault.ok) == ("re-judge", None)


QUOTED = [
    Quotation(TRUE),
    Quotation(ALTERED),
    Quotation("The bridge … will close on the 13th of May"),
    Quotation("the bridge", prefix="hurt on this"),
    Quotation("the bridge"),
    Quotation("bridge", suffix="each day"),
    Quotation("Nothing of this kind was ever written anywhere near here."),
    Quotation("nobody will be", speaker="Ada Voss", note="see page 4"),
    Quotation("“We will not ask the ferrymen to work at night,” said county engineer Ada Voss."),
]


def test_what_the_judge_gave_is_given_again(archive: Archive, site: Website, options: Options) -> None:
    pages = [
        capture(archive, site.put("/story", STORY), options), capture(archive, site.put("/gone", STORY, 404), options),
        capture(archive, site.put("/twice", STORY + STORY), options), capture(archive, site.put("/empty", b""), options),
    ]  # fmt: skip
    again = capture(archive, site.url + "/story", options)
    assert again.revisit_of
    judge = Judge(archive)
    record_quotes(archive, [(judge.judge(quote, page), quote) for quote in QUOTED for page in (*pages, again)])
    assert faults(archive, re_extract=True) == []
    named = frozenset(quote.id for quote in archive.catalogue.quotes()[:2])
    request = Request(re_extract=True, snapshots=frozenset(), quotes=named)
    said = [f.detail for f in Verification(archive.root, request, archive.keys).findings() if f.check == "re-judge"]
    assert said == ["2 quotes are judged today as they were recorded"]


def test_a_title_that_no_reading_gave(archive: Archive, site: Website, options: Options, tmp_path: Path) -> None:
    from archiver.capture import records

    real = records._capture_json

    def lie(*arguments: Any) -> dict[str, Any]:
        value = real(*arguments)
        value["info"]["title"] = "Official minutes"
        return value

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "_capture_json", lie)
        made = capture(archive, site.put("/story", STORY), options)
    assert faults(archive) == []
    (fault,) = faults(archive, re_extract=True)
    assert "its title reads otherwise today (Official minutes then, Bridge over the Lorn" in fault.detail
    export(archive, [made.id], tmp_path / "x.wacz")
    found = PackCheck(KeyRing(tmp_path / "none"), archive.key, re_extract=True).findings(tmp_path / "x.wacz")
    assert [finding.detail for finding in found if finding.ok is False] == [fault.detail]
    assert json.loads(archive.capture_record(made))["info"]["title"] == "Official minutes"
