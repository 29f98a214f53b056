from __future__ import annotations

from archiver.manuscripts.document import Manuscript
from archiver.manuscripts.quotations import Form, Passage
from archiver.manuscripts.report import Acceptance, Finding, Report, Status, Unjudged, Where, finding_id
from archiver.model import Judgement, Verdict
from archiver.quoting import Judged

PASSAGE = Passage(Form.MARKS, "the words", ())


def finding(verdict: Verdict | None = None, **more: object) -> Finding:
    judged = Judged("the words", "http://a.org", None, Judgement(verdict)) if verdict else None
    return Finding("f-0", Where(1, 2), PASSAGE, judged=judged, **more)  # type: ignore[arg-type]


def test_what_a_finding_comes_to() -> None:
    assert (finding(Verdict.ELIDED).status, finding(Verdict.ELIDED).holds) == (Status.HOLDS, True)
    assert (finding(Verdict.ABSENT).status, finding(Verdict.ABSENT).holds) == (Status.FAILS, False)
    assert (finding(Verdict.UNDECIDED).status, finding(Verdict.UNDECIDED).holds) == (Status.UNDECIDED, None)
    assert (finding(unjudged=Unjudged.NO_SOURCE).status, finding(unjudged=Unjudged.NO_SOURCE).holds) == (
        Status.UNJUDGED,
        True,
    )
    assert finding(unjudged=Unjudged.UNKNOWN_KEY).holds is None
    assert finding(Verdict.ABSENT, unjudged=Unjudged.TRANSLATION).status is Status.UNJUDGED
    accepted = Acceptance("f-0", "Ada", "why", "2026-11-20T21:49:00Z")
    assert finding(Verdict.ABSENT, accepted=accepted).holds is True


def test_the_id_is_of_words_source_and_verdict() -> None:
    same = finding_id("the  words\n", "http://a.org", "absent")
    assert same == finding_id("the words", "http://a.org", "absent")
    assert len({same, finding_id("the word", "http://a.org", "absent"), finding_id("the words", None, "absent")}) == 3
    assert len({same, finding_id("the words", "http://a.org", "altered")}) == 2
    assert same.startswith("f-")
    assert len(same) == 66


def test_coverage_is_told_in_words() -> None:
    manuscript = Manuscript("markdown", ())
    found = (finding(Verdict.VERBATIM), finding(Verdict.ABSENT), finding(unjudged=Unjudged.SHORT))
    words = Report("a.md", manuscript, found, sentences=1, unread=("http://a.org",)).coverage()
    assert words == (
        "3 quotations: 1 holds, 1 does not, 0 could not be decided, 1 was not judged (1 short). 1 source could not be "
        "read. 1 sentence cites a source without quoting it and was not checked; speakers were not checked."
    )
