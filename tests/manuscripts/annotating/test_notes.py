from __future__ import annotations

from dataclasses import replace

from annotating_samples import made_of, report_of

from archiver.manuscripts import Acceptance, Report, Unjudged
from archiver.manuscripts.annotating import notes_on

TEXT = "He said “we will not ask the ferrymen to work at night” and left."


def of(reason: Unjudged, **changed: object) -> Report:
    report = report_of("p.docx", made_of("docx", TEXT))
    (finding,) = report.findings
    return replace(report, findings=(replace(finding, unjudged=reason, why="because of it", **changed),))  # type: ignore[arg-type]


def test_a_mistake_has_a_note_and_what_could_not_be_judged_has_none() -> None:
    (note,) = notes_on(of(Unjudged.UNKNOWN_KEY))
    assert note.words == "archiver: not judged (unknown-key). Because of it. [f-0]"
    assert list(notes_on(of(Unjudged.NO_SOURCE))) == []
    assert len(list(notes_on(of(Unjudged.NO_SOURCE), every=True))) == 1


def test_what_was_accepted_has_none_unless_all_have() -> None:
    accepted = Acceptance("f-0", "Ada", "she said so", "2026-01-01T00:00:00Z")
    report = of(Unjudged.UNKNOWN_KEY, accepted=accepted)
    assert list(notes_on(report)) == []
    (note,) = notes_on(report, every=True)
    assert "Accepted by Ada: she said so. [f-0]" in note.words


def test_a_note_is_one_line_and_its_id_is_never_cut() -> None:
    report = of(Unjudged.UNKNOWN_KEY)
    (finding,) = report.findings
    (note,) = notes_on(replace(report, findings=(replace(finding, why="long\n\x1b[31m " * 1000),)))
    assert note.words.endswith("… [f-0]")
    assert note.words.isprintable()
    assert len(note.words) < 1300
