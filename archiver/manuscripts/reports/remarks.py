"""What a report has to say of a manuscript, finding by finding: a rule that was broken, how grave it is, and a sentence for people.

Every form of report says the same, because all of them are made from these.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from archiver import match
from archiver.manuscripts.locators import locator_words
from archiver.manuscripts.report import Cited, Finding, Report, Unjudged, Where
from archiver.model import Judgement, Verdict
from archiver.printable import printable, shorten
from archiver.quoting import Judged
from archiver.quoting.editions import HELD
from archiver.quoting.judge import LED_ON
from archiver.urls import for_display


class Level(StrEnum):
    """How grave it is, in the words that SARIF uses (GitHub's workflow commands say ``notice`` for ``note``)."""

    ERROR = "error"  # it does not hold
    WARNING = "warning"  # it could not be decided, or the manuscript itself is at fault
    NOTE = "note"  # there was nothing to judge by


@dataclass(frozen=True, slots=True)
class Rule:
    """What can be wrong. ``title`` is two or three words, ``says`` one sentence, ``help`` what to do about it."""

    id: str
    level: Level
    title: str
    says: str
    help: str


RULES = {
    rule.id: rule
    for rule in (
        Rule(
            "altered", Level.ERROR, "Altered quotation",
            "A near passage stands in the source, but words, numbers or inner punctuation of the quotation differ from it.",
            "Quote what the source says, or mark what you left out with an ellipsis and what you put in with brackets.",
        ),
        Rule(
            "spliced", Level.ERROR, "Spliced quotation",
            "Words of the source are joined in a way that misleads.",
            "Quote the passages one by one, in the order in which they stand, and keep what limits or negates them.",
        ),
        Rule(
            "absent", Level.ERROR, "Quotation not in its source",
            "Neither the quotation nor anything near it stands in the source.",
            "Look whether another source is meant; take the quotation out where none has it.",
        ),
        Rule(
            "leads-nowhere", Level.WARNING, "Source leads nowhere",
            "The address of the source leads nowhere, so the quotation could not be judged.",
            "Look whether the source ever was there; cite a copy in a public archive where it was.",
        ),
        Rule(
            "undecided", Level.WARNING, "Quotation not decided",
            "The source could not be read whole, so the quotation could not be judged.",
            "Let it be captured (without --offline), read it yourself, or record a copy that you have with `archiver add`.",
        ),
        Rule(
            "unknown-key", Level.WARNING, "Unknown citation key",
            "No bibliography has the key that is cited.",
            "Mend the key, or name the bibliography that has it.",
        ),
        Rule(
            "unknown-note", Level.WARNING, "Unknown note",
            "There is no note for the sign that stands in the text.",
            "Write the note, or take its sign out.",
        ),
        Rule(
            "ambiguous", Level.WARNING, "Source not clear",
            "Several sources are named before the quotation, not all of them have it, and which is meant cannot be told from the text.",
            "Cite the one that is meant directly behind the quotation.",
        ),
        Rule(
            "unclosed", Level.WARNING, "Unclosed quotation",
            "A quotation mark is opened and not closed.",
            "Put the closing mark where the quotation ends.",
        ),
        Rule(
            "other-page", Level.WARNING, "Other page cited",
            "The quotation holds, but it stands on another page than the one that is cited.",
            "Cite the page on which it stands.",
        ),
        Rule(
            "remark", Level.NOTE, "Holds, with a remark",
            "The source has the words, but something that the reader of the quotation is not shown may change what they say.",
            "Read the passage in its source, and say what was left out where it matters.",
        ),
        Rule(
            "unread", Level.WARNING, "Part of the manuscript not read",
            "Something in the manuscript could not be read; quotations in it were not checked.",
            "Mend what the sentence names.",
        ),
        Rule(
            "no-source", Level.NOTE, "Quotation without a source",
            "No source is named in the sentence of the quotation or beside it.",
            "Cite the source with the quotation.",
        ),
        Rule(
            "no-address", Level.NOTE, "Source without an address",
            "A source is cited, but not where it can be read.",
            "Give its address or DOI in the bibliography.",
        ),
    )
}  # fmt: skip
"""Every rule by its id. Too short quotations, titles and translations break none: they are counted in the coverage, not reported."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A rule that something in the manuscript breaks: where, one or two sentences about it, and the finding that it belongs to."""

    rule: Rule
    where: Where
    message: str
    finding: Finding | None = None


def remarks(report: Report) -> Iterator[Remark]:
    """All that is amiss, in the order of the findings, then what could not be read. What was accepted is left out."""
    for finding in report.findings:
        yield from remarks_on(finding)
    for trouble in report.troubles:
        where = Where(paragraph=0, line=trouble.line)
        yield Remark(RULES["unread"], where, _sentence(trouble.why))


def remarks_on(finding: Finding) -> Iterator[Remark]:
    """What is amiss with one quotation; nothing where it holds, was accepted, or was not to be judged."""
    rule = rule_of(finding)
    if finding.accepted is None and rule is not None:
        yield Remark(rule, finding.where, f"“{shorten(finding.quotation, 160)}”: {because(finding)}", finding)
    if finding.remarks and finding.accepted is None:
        words = f"“{shorten(finding.quotation, 160)}”: {because(finding)}"
        yield Remark(RULES["remark"], finding.where, words, finding)
    if finding.page is not None and not finding.page.agrees and finding.accepted is None:
        yield Remark(RULES["other-page"], finding.where, page_words(finding), finding)


def rule_of(finding: Finding) -> Rule | None:
    """The rule that the finding breaks, as if nobody had accepted it; None where there is none."""
    if finding.unjudged is not None or finding.judged is None:
        return RULES.get((finding.unjudged or Unjudged.NO_SOURCE).value)
    if finding.judged.holds is True:
        return None
    if finding.nowhere is not None:
        return RULES["leads-nowhere"]
    return RULES[finding.judged.judgement.verdict.value]


_SAYS = {
    Verdict.VERBATIM: "the source says exactly this",
    Verdict.TYPOGRAPHIC: "the source says this; only its typography differs",
    Verdict.ELIDED: "the source says this, with what is left out or put in marked as it should be",
    Verdict.ALTERED: "the source says something else",
    Verdict.SPLICED: "the source's words are joined in a way that misleads",
    Verdict.ABSENT: "the source does not say this, nor anything near it",
    Verdict.UNDECIDED: "this could not be decided",
}
_MOST_CHANGES = 6


def because(finding: Finding) -> str:
    """Why the finding is what it is, in sentences, with the source and where else the words do stand."""
    return " ".join(_sentence(part) for part in _parts(finding))


def _parts(finding: Finding) -> Iterator[str]:
    judged = finding.judged
    if finding.unjudged is not None or judged is None:
        yield finding.why or "it was not judged"
    elif finding.nowhere is not None:
        yield finding.nowhere
    else:
        yield from reasons(judged.judgement)
        yield from (notice.detail for notice in finding.remarks)
        yield from of_the_page(judged)
    named = source_words(finding.source)
    if named:
        yield f"Source: {named}"
    if judged is not None and judged.snapshot is not None:
        yield f"Judged against {judged.snapshot.short_id}, captured {judged.snapshot.captured_at}"
    if finding.elsewhere is not None:
        other = finding.elsewhere
        word = other.judged.judgement.verdict.value
        how = "It does stand" if other.judged.holds else "It stands otherwise"
        yield f"{how} in {for_display(other.snapshot.url)} ({other.snapshot.short_id}: {word})"


def of_the_page(judged: Judged) -> Iterator[str]:
    """Where redirects led that the page does not have a quotation, and that another snapshot of it does, a clause each."""
    yield from (notice.detail for notice in judged.judgement.warnings if notice.code in (LED_ON, *HELD))


def reasons(judgement: Judgement) -> Iterator[str]:
    """What the verdict rests on, a clause each."""
    if judgement.holds is None and judgement.warnings:
        yield printable(judgement.warnings[0].detail)
        return
    told = match.explain(judgement)
    if not told:
        yield _SAYS[judgement.verdict]
        return
    yield "; ".join(shorten(sentence, 200) for sentence in told[:_MOST_CHANGES])
    if len(told) > _MOST_CHANGES:
        yield f"And {len(told) - _MOST_CHANGES} more changes"


def page_words(finding: Finding) -> str:
    """That another page is cited than the one on which the passage stands."""
    page = finding.page
    if page is None:
        return ""
    printed = f" (printed as {shorten(page.label, 20)})" if page.label not in (None, str(page.page)) else ""
    return f"“{shorten(finding.quotation, 80)}” is cited as page {shorten(page.cited, 40)} and stands on page {page.page}{printed}."


def source_words(cited: Cited | None) -> str:
    """How the manuscript names the source: its address, key, note and page; empty where it names none."""
    if cited is None:
        return ""
    source = cited.source
    named = [
        f"key {shorten(source.key, 80)}" if source.key is not None else "",
        f"note {shorten(source.note, 40)}" if source.note is not None else "",
        locator_words(source.locator) if source.locator is not None else "",
    ]
    beside = ", ".join(word for word in named if word)
    if cited.url is None:
        return beside
    return f"{for_display(cited.url)} ({beside})" if beside else for_display(cited.url)


def place_words(where: Where) -> str:
    """``line 12, note 3``; ``paragraph 4`` where the file has no lines; empty where the place is not known."""
    if where.line is not None:
        words = f"line {where.line}"
    elif where.paragraph:
        words = f"paragraph {where.paragraph}"
    else:
        return ""
    page = f", page {where.page}" if where.page is not None else ""
    return f"{words}{page}{f', note {shorten(where.footnote, 40)}' if where.footnote is not None else ''}"


def _sentence(words: str) -> str:
    words = printable(words).strip()
    words = words[:1].upper() + words[1:]
    return words if words.endswith((".", "!", "?")) else f"{words}."
