"""A manuscript checked: what is missing is captured, every quotation judged against what is meant by it, and recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace

from archiver import urls
from archiver.archive import Archive
from archiver.bulk import Outcome, capture_all
from archiver.capture import Options, is_gone
from archiver.errors import ArchiverError, NameNotFound
from archiver.manuscripts.document import Trouble
from archiver.manuscripts.elsewhere import find_elsewhere
from archiver.manuscripts.languages import other_language
from archiver.manuscripts.locators import check_page
from archiver.manuscripts.nearby import find_nearby
from archiver.manuscripts.passages import Passages
from archiver.manuscripts.planning import Plan, Planned
from archiver.manuscripts.report import (
    Acceptance,
    Finding,
    LoneSource,
    Report,
    Status,
    Unjudged,
    finding_id,
)
from archiver.manuscripts.titles import is_title_of
from archiver.manuscripts.weighing import counting, page_of, works
from archiver.model import Verdict
from archiver.quoting import (
    SNAPSHOT_DAMAGED,
    Choice,
    Editions,
    Judge,
    Judged,
    Quotation,
    choose,
    judged_or_undecided,
    record_quotes,
    undecided,
)
from archiver.quoting.choosing import not_the_page
from archiver.quoting.editions import HELD

_BETTER = (
    Verdict.VERBATIM, Verdict.TYPOGRAPHIC, Verdict.ELIDED, Verdict.ALTERED, Verdict.SPLICED, Verdict.UNDECIDED, Verdict.ABSENT,
)  # fmt: skip
"""Of several sources the one counts that comes first here: what may stand in one that could not be read is not absent."""

Errors = Mapping[str, ArchiverError]
"""Why addresses could not be captured, by `urls.page_key`."""


def capture_missing(
    archive: Archive, planned: Plan, options: Options, jobs: int, per_host: int, progress: Callable[[Outcome], None]
) -> Errors:
    """Captures the sources that the archive has no snapshot of. What is captured stays, however it ends: the next check goes on there."""
    errors: dict[str, ArchiverError] = {}
    if planned.missing:
        with closing(capture_all(archive, planned.missing, options, jobs, per_host)) as outcomes:
            for outcome in outcomes:
                progress(outcome)
                if outcome.error is not None:
                    errors[urls.page_key(outcome.wanted.url)] = outcome.error
    return errors


def check(
    archive: Archive,
    planned: Plan,
    errors: Errors,
    acceptances: Iterable[Acceptance] = (),
    *,
    tolerate_minor: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> Report:
    """Judges every quotation of the plan, records the verdicts, and reports. Fetches nothing. A source whose snapshot is damaged is undecided.

    Raises DamagedArchive where more than that is damaged: the log, or what the disk gives."""
    verdicts = _Judging(archive, planned, errors, tolerate_minor).run(progress)
    findings = [
        _finding(archive, planned, one, verdicts.get(number, ())) for number, one in enumerate(planned.quotations)
    ]
    findings, whole = _with_elsewhere(archive, _with_editions(archive, _recorded(archive, findings)))
    nearby = find_nearby(archive, planned, findings)
    findings = [replace(one, elsewhere=nearby[at]) if at in nearby else one for at, one in enumerate(findings)]
    passages = Passages(archive)
    findings = [replace(one, pieces=passages.pieces(one.judged)) if one.judged else one for one in findings]
    accepted = {acceptance.finding: acceptance for acceptance in acceptances}
    findings = [_accepted(finding, accepted) for finding in findings]
    unread = {finding.judged.url: None for finding in findings if finding.judged and finding.status is Status.UNDECIDED}
    lone = tuple(LoneSource(planned.places.at(one.block, one.at), one.url, one.key) for one in planned.pairing.lone)
    troubles = planned.troubles
    troubles += tuple(Trouble(words) for words in _unsaid_damage(findings))
    if not whole:
        troubles += (
            Trouble(
                "not all of the archive was searched for quotations that their source does not have: it took too long, or the "
                "search index could not be made (`archiver search` says why)"
            ),
        )
    return Report(
        planned.name, planned.manuscript, tuple(findings), lone, planned.pairing.sentences, troubles, tuple(unread)
    )


class _Judging:
    """One page after another, so that each is prepared once."""

    def __init__(self, archive: Archive, planned: Plan, errors: Errors, tolerate_minor: bool) -> None:
        self._archive = archive
        self._plan = planned
        self._errors = errors
        self._minor = tolerate_minor
        self._choices: dict[str, Choice | None] = {}

    def run(self, progress: Callable[[int], None]) -> dict[int, tuple[Judged, ...]]:
        """The verdicts of each quotation, by its number, in the order of its sources."""
        work = [
            (str(one.cited[source].url), number, source)
            for number, one in enumerate(self._plan.quotations)
            for source in one.judged_against
        ]
        pages = {url: place for place, url in enumerate(dict.fromkeys(url for url, _, _ in work))}
        judge = Judge(self._archive)
        found: dict[tuple[int, int], Judged] = {}
        for done, (url, number, source) in enumerate(sorted(work, key=lambda item: (pages[item[0]], item[1:])), 1):
            judged = self._judge(judge, self._plan.quotations[number], url)
            found[number, source] = replace(judged, tolerate_minor=self._minor)
            progress(done)
        result: dict[int, tuple[Judged, ...]] = {}
        for (number, _), judged in sorted(found.items(), key=lambda item: item[0]):
            result[number] = (*result.get(number, ()), judged)
        return result

    def _judge(self, judge: Judge, one: Planned, url: str) -> Judged:
        words = one.pair.passage.text
        if url not in self._choices:
            self._choices[url] = choose(self._archive, url)
        choice = self._choices[url]
        if choice is None:
            error = self._errors.get(urls.page_key(url))
            why = str(error) if error else "there is no snapshot of this source, and none was to be taken"
            code = "no-such-host" if isinstance(error, NameNotFound) else "not-captured"
            return Judged(words, url, None, undecided(code, why))
        return judged_or_undecided(self._archive, judge, Quotation(words), choice, url)


def _finding(archive: Archive, planned: Plan, one: Planned, tried: Sequence[Judged]) -> Finding:
    passage = one.pair.passage
    where = planned.places.of(passage)
    if one.unjudged is not None or not tried:
        named = one.cited[0].url or one.cited[0].source.key if one.cited else None
        reason = one.unjudged or Unjudged.NO_ADDRESS
        identity = finding_id(passage.text, named, reason.value)
        return Finding(identity, where, passage, one.cited, unjudged=reason, why=one.why)
    unclear = _unclear(one, tried)
    if unclear is not None:
        identity = finding_id(passage.text, one.cited[0].url, Unjudged.AMBIGUOUS.value)
        return Finding(
            identity, where, passage, one.cited, tried=tuple(tried), unjudged=Unjudged.AMBIGUOUS, why=unclear
        )
    number = min(counting(one, tried), key=lambda at: _BETTER.index(tried[at].judgement.verdict))
    judged = replace(tried[number], location=where.to_json())
    best = one.judged_against[number]
    finding = Finding(
        finding_id(passage.text, judged.url, judged.judgement.verdict.value),
        where,
        passage,
        one.cited,
        judged,
        best,
        tuple(tried),
        page=check_page(one.cited[best].source.locator, judged) if judged.holds else None,
        nowhere=_nowhere(judged),
    )
    return _not_to_be_judged(archive, finding, title=one.title and not one.pair.direct)


def _unclear(one: Planned, tried: Sequence[Judged]) -> str | None:
    """Why no verdict is given where another source than the one that has the words, or lacks them, may be meant; None where one is.

    Sources that are cited together for a quotation are one: it is enough that one has it. Where it cannot be told which is meant, one that
    has the words excuses none that has them not.
    """
    having = [number for number in counting(one, tried) if tried[number].holds]
    if one.pair.unsure and having and len({page_of(one, one.judged_against[number]) for number in having}) < works(one):
        had = ", ".join(urls.for_display(tried[number].url) for number in having)
        return f"{works(one)} sources may be meant, and only {had} is known to have it: cite the one that is meant behind the quotation"
    lost = next((cited.source.why for cited in one.cited if cited.source.why is not None), None)
    if lost is not None and not having:
        return f"{lost}; the other source that is cited is not known to have it"
    return None


def _not_to_be_judged(archive: Archive, finding: Finding, *, title: bool) -> Finding:
    """What was not found, and need not be: the name of a work, or words of another language than the page's. ``title``: it looks like one,
    and no source stands directly with it. What a source stands with is a title only where that source has it."""
    judged = finding.judged
    if judged is None or judged.holds is not False or judged.snapshot is None:
        return finding
    if is_title_of(judged.quotation, finding.source, judged.snapshot):
        return replace(finding, unjudged=Unjudged.TITLE, why="the title of its source")
    if judged.judgement.verdict is not Verdict.ABSENT:
        return finding
    if title:
        return replace(
            finding, unjudged=Unjudged.TITLE, why="the title of a work, as it seems; its source does not have it"
        )
    languages = other_language(judged.quotation, archive, judged.snapshot)
    if languages is not None:
        why = f"a translation, as it seems: the quotation is in {languages[0]}, its source in {languages[1]}"
        return replace(finding, unjudged=Unjudged.TRANSLATION, why=why)
    return finding


def _nowhere(judged: Judged) -> str | None:
    """That the address leads nowhere, and how that is known; None where it does, or it cannot be told."""
    if judged.holds is not None:
        return None
    if judged.snapshot is None:
        first = judged.judgement.warnings[0]
        return f"the address leads nowhere: {first.detail}" if first.code == "no-such-host" else None
    if is_gone(judged.snapshot):
        why = not_the_page(judged.snapshot) or "there is no such page"
        return f"the address leads nowhere: {why} ({judged.snapshot.captured_at})"
    return None


def _recorded(archive: Archive, findings: list[Finding]) -> list[Finding]:
    """The verdicts that count are recorded in one commit; those against other sources that might have been meant are not."""
    places = [at for at, finding in enumerate(findings) if finding.judged is not None and finding.unjudged is None]
    judged = [(one, Quotation(one.quotation)) for at in places if (one := findings[at].judged) is not None]
    result = list(findings)
    for at, recorded in zip(places, record_quotes(archive, judged), strict=True):
        result[at] = replace(findings[at], judged=recorded)
    return result


def _with_editions(archive: Archive, findings: list[Finding]) -> list[Finding]:
    """Each that fails with a notice where another snapshot of its page has the words; noticed after recording, since it is no part of the
    verdict against the snapshot that answers for the page."""
    editions = Editions(archive, Judge(archive))
    made = []
    for finding in findings:
        if finding.judged is not None and finding.unjudged is None:
            noted = editions.noted(finding.judged, Quotation(finding.judged.quotation))
            finding = replace(finding, judged=noted)
        made.append(finding)
    return made


def _with_elsewhere(archive: Archive, findings: list[Finding]) -> tuple[list[Finding], bool]:
    absent = {
        at: finding.judged
        for at, finding in enumerate(findings)
        if finding.judged is not None
        and finding.unjudged is None
        and finding.judged.judgement.verdict is Verdict.ABSENT
        and not any(notice.code in HELD for notice in finding.judged.judgement.warnings)
    }
    found, whole = find_elsewhere(archive, absent) if absent else ({}, True)
    return [replace(finding, elsewhere=found.get(at)) for at, finding in enumerate(findings)], whole


def _unsaid_damage(findings: Sequence[Finding]) -> Iterator[str]:
    """What is damaged, and no finding's verdict says: another source has the words, or lacks them for certain."""
    hidden: dict[str, str] = {}
    for finding in findings:
        for judged in finding.tried:
            first = judged.judgement.warnings[:1]
            if (
                first
                and first[0].code == SNAPSHOT_DAMAGED
                and (finding.judged is None or judged.url != finding.judged.url)
            ):
                hidden[judged.url] = first[0].detail
    for url, why in hidden.items():
        yield f"{urls.for_display(url)}: {why}"


def _accepted(finding: Finding, accepted: Mapping[str, Acceptance]) -> Finding:
    """Only what is amiss can be accepted: one that holds by now needs nobody's word."""
    acceptance = accepted.get(finding.id)
    return replace(finding, accepted=acceptance) if acceptance is not None and finding.holds is not True else finding
