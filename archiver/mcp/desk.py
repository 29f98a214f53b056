"""What an assistant may ask for: capture, judge, check, verify. Nothing here can take anything out, or read a file that was not named for it.

Every answer is JSON as the command line gives it, with ``advice``: what to do with the words, in a sentence that cannot be misread.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from archiver import manuscripts, match, urls
from archiver.archive import Archive, is_id
from archiver.bulk import BadRow, check_rows, plan, rows_of
from archiver.capture import AssetRun, Options, capture
from archiver.errors import InputError
from archiver.manuscripts.sourcing.keys import Works
from archiver.model import SHORT_ID, Drift, Verdict
from archiver.printable import count
from archiver.quoting import Judged, Quotation, quote, remarks_of
from archiver.quoting.editions import HELD
from archiver.rechecking import Recheck, recheck
from archiver.signing import KeyRing
from archiver.verification import Finding, Summary, Verification
from archiver.verification.naming import ERASED_NAME, request_for

MOST = 500
"""Quotations that one call may bring."""

FORMS = {"markdown": ".md", "latex": ".tex", "html": ".html", "wikitext": ".wikitext", "plain": ".txt"}
"""How a draft may be written, and the ending of such files."""

MOST_IN_DRAFT = 2_000
"""Quotations that a draft may have, and MOST addresses that are not captured yet: more is no draft, but a way to have us fetch."""

_LONGEST_DRAFT = 1_000_000
_MOST_MARKS = 50_000  # quotation marks of a draft, those of HTML's attributes too: each is looked at before it is known what is quoted
_MARKS = re.compile('["“”„«»「」]')
_LONGEST_NAME = 1_000  # characters of a speaker's name
_LONGEST = 20_000  # characters of a quotation; a longer one is a page, not a quotation
_LONGEST_REFUSED = 2_000  # characters of an address that is given back with what is wrong with it
_SHOWN = 200  # findings of a damaged archive that are worth an assistant's while

_TRUE = {
    Verdict.VERBATIM: "The source says exactly this.",
    Verdict.TYPOGRAPHIC: "The source says this; only its typography differs.",
    Verdict.ELIDED: "The source says this, with what is left out or put in marked as it should be.",
}
_FALSE = {
    Verdict.ALTERED: "Do not give this as a quotation: the source says something else.",
    Verdict.SPLICED: "Do not give this as a quotation: the source's words are joined in a way that misleads.",
    Verdict.ABSENT: "Do not give this as a quotation: the source does not say this, nor anything near it.",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """``opened`` opens the archive in ``root`` for one act, ``options`` says how to capture there (None: nothing is fetched), ``jobs`` how
    many at once in all and to one host.
    """

    root: Path
    opened: Callable[[], AbstractContextManager[Archive]]
    options: Callable[[Archive], Options | None]
    jobs: Callable[[Archive], tuple[int, int]]

    def snapshot(self, url: str) -> dict[str, Any]:
        """Captures a page anew. Raises as `archiver.capture.capture` does, InputError where nothing may be fetched."""
        urls.parse_page(url)
        with self.opened() as archive:
            options = self.options(archive)
            if options is None:
                raise InputError("Nothing may be fetched here: the server was started with --offline.")
            return capture(archive, url, self._of_one(archive, options)).to_json()

    def quote(self, source: str, quotation: str, speaker: str | None = None) -> dict[str, Any]:
        """Judges a quotation and records it with its verdict; captures the page where there is no snapshot of it.

        Raises InputError, UnknownId, BlockedAddress, NetworkError, ArchiveError.
        """
        _check_length(quotation)
        if speaker is not None and len(speaker) > _LONGEST_NAME:
            raise InputError(
                f"A speaker's name of {len(speaker):,} characters is too long; send at most {_LONGEST_NAME:,}."
            )
        if not is_id(source, "s-"):
            urls.parse_page(source)
        with self.opened() as archive:
            options = self.options(archive)
            asked = self._of_one(archive, options) if options is not None else None
            return answer(quote(archive, source, Quotation(quotation, speaker), asked))

    def recheck(self, url: str) -> dict[str, Any]:
        """Looks at the live page again and judges every quotation of it that is on record. Raises InputError, BlockedAddress, ArchiveError."""
        urls.parse_page(url)
        with self.opened() as archive:
            options = self.options(archive)
            if options is None:
                raise InputError("Nothing may be fetched here: the server was started with --offline.")
            found = recheck(archive, url, options)
            return found.to_json() | {"advice": _advice_on_drift(found)}

    def check(self, quotations: Sequence[tuple[str, str]]) -> dict[str, Any]:
        """Judges many (URL, quotation) at once; what is missing is captured first. In the order in which they came."""
        if not quotations:
            raise InputError("There is no quotation to check.")
        if len(quotations) > MOST:
            raise InputError(f"{len(quotations)} quotations are too many for one call; send at most {MOST} at once.")
        for _, words in quotations:
            _check_length(words)
        with self.opened() as archive:
            options = self.options(archive) if archive.records else None
            found = list(
                check_rows(archive, plan(archive, rows_of(quotations)), options, *self.jobs(archive), lambda _: None)
            )
        judged = [item for item in found if isinstance(item, Judged)]
        held = sum(item.holds is True for item in judged)
        failed = sum(item.holds is False for item in judged)
        return {
            "results": [answer(item) if isinstance(item, Judged) else _refused(item) for item in found],
            "hold": held,
            "do_not_hold": failed,
            "undecided": len(found) - held - failed,
            "speakers_checked": False,
        }

    def check_draft(self, text: str, form: str = "markdown") -> dict[str, Any]:
        """Finds the quotations of a draft and the sources meant by them, captures what is missing, judges. ``form`` is a key of FORMS.

        Works that are cited by key are not known here: such a quotation has no address, and that is said. Raises InputError.
        """
        if form not in FORMS:
            raise InputError(f"A draft is one of {', '.join(FORMS)}; {form[:40]!r} is none of them.")
        if len(text) > _LONGEST_DRAFT:
            raise InputError(
                f"A draft of {len(text):,} characters is too long for one call; send at most {_LONGEST_DRAFT:,}."
            )
        if len(_MARKS.findall(text)) > _MOST_MARKS:
            raise InputError(
                f"A draft of more than {_MOST_MARKS:,} quotation marks is too much for one call; send it in parts."
            )
        name = f"draft{FORMS[form]}"
        manuscript = manuscripts.read_manuscript(name, text.encode("utf-8", "replace"))
        with self.opened() as archive:
            options = self.options(archive) if archive.records else None
            planned = manuscripts.plan_check(archive, name, manuscript, Works({}))
            _check_size(planned)
            errors: manuscripts.Errors = {}
            if options is not None:
                errors = manuscripts.capture_missing(archive, planned, options, *self.jobs(archive), lambda _: None)
            report = manuscripts.check(archive, planned, errors)
        found = [finding.to_json() | {"advice": _advice_on(finding)} for finding in report.findings]
        return {
            "results": found,
            "sources_without_quotation": [one.to_json() for one in report.lone],
            "troubles": [trouble.why for trouble in report.troubles],
            **report.summary()["summary"],
        }

    def verify(self, name: str | None = None) -> dict[str, Any]:
        """Checks offline that the evidence is intact: all of it, or what one snapshot or quote stands on. Changes and remembers nothing.

        Raises InputError, UnknownId, ArchiveError.
        """
        request, held = request_for(self.root, [name] if name is not None else [])
        verification = Verification(self.root, request, KeyRing())
        findings = [*verification.findings(), *held]
        bad = [finding for finding in findings if finding.ok is not True]
        failed = sum(finding.ok is False for finding in bad)
        summary = Summary(len(findings), failed, len(bad) - failed)
        erased = [finding for finding in held if finding.check == ERASED_NAME]
        said = {
            "findings": [finding.to_json() for finding in (*erased, *bad[:_SHOWN])],
            "advice": _intact(summary, erased),
        }
        return summary.to_json() | said

    @staticmethod
    def _of_one(archive: Archive, options: Options) -> Options:
        return replace(options, assets=AssetRun.of_one_page(polite=archive.settings.per_host))


def answer(judged: Judged) -> dict[str, Any]:
    """The JSON of a judged quotation, with what to do about it."""
    return judged.to_json() | {"advice": advice(judged)}


def advice(judged: Judged) -> str:
    """What a writer is to do with the words."""
    judgement = judged.judgement
    if judgement.holds is None:
        why = judgement.warnings[0].detail if judgement.warnings else "the source could not be read"
        return f"Not decided, so do not call it verified: {why}."
    if judgement.holds:
        cited = f" Recorded as {judged.id[:SHORT_ID]}." if judged.id else " Judged, not recorded."
        remarked = remarks_of(judgement)
        look = " Read the passage before you use it." if remarked else ""
        others = [notice for notice in judgement.warnings if notice not in remarked]
        said = "".join(f" {_sentence(notice.detail)}" for notice in (*remarked, *others))
        return f"{_TRUE[judgement.verdict]}{look}{cited}{said}"
    changes = "".join(f" {_sentence(words)}" for words in match.explain(judgement))
    right = f" The source has: {judgement.matches[0].exact}" if judgement.matches else ""
    held = "".join(f" {_sentence(notice.detail)}" for notice in judgement.warnings if notice.code in HELD)
    return f"{_FALSE[judgement.verdict]}{changes}{held}{right}"


def _sentence(words: str) -> str:
    words = words.strip()
    return f"{words[:1].upper()}{words[1:]}" + ("" if words.endswith((".", "!", "?")) else ".")


def _advice_on_drift(found: Recheck) -> str:
    """What a look at the live page says of the quotations that held where they were recorded. That a page is as it was makes no other one true."""
    held = [one for one in found.standings if one.was.holds]
    never = sum(not one.was.holds and not one.holds for one in found.standings)
    if found.exit_code == 3:
        said = "Nothing is known of the live page now; what was recorded of it stays."
    elif found.drift is Drift.GONE and not held:
        said = "There is no such live page, and no quotation of it that held is on record."
    elif found.exit_code:
        said = "The live page does not say any more what was quoted: cite the recorded snapshot, with its date."
    elif not held:
        said = "No quotation of this page that held is on record, so this verifies none."
    elif all(one.holds for one in held):
        remarks = dict.fromkeys(notice.detail for one in held for notice in one.remarks)
        said = "The live page still says what was quoted."
        if remarks:
            said = "The words that were quoted are still on the live page. Read the passage before you use them."
            said += "".join(f" {_sentence(words)}" for words in remarks)
    else:
        said = "Not every quotation that held is found on the live page as it is judged today: read its warnings before you use it."
    if never:
        do = "does" if never == 1 else "do"
        said += f" {count(never, 'quotation')} on record of this page {do} not hold: do not print what has not `holds` true."
    return said


def _advice_on(finding: manuscripts.Finding) -> str:
    if finding.judged is not None and finding.unjudged is None:
        return advice(finding.judged)
    return f"Not checked, so do not call it verified: {finding.why or 'it was not judged'}."


def _refused(row: BadRow) -> dict[str, Any]:
    url = row.url
    if url is not None and len(url) > _LONGEST_REFUSED:
        url = f"{url[:_LONGEST_REFUSED]}…"
    return {
        "error": row.why,
        "url": url,
        "quote": row.quote,
        "holds": None,
        "advice": f"Not checked, so do not call it verified: {row.why}",
    }


def _intact(summary: Summary, erased: Sequence[Finding]) -> str:
    if summary.ok and erased:
        return "It was erased, so do not call it verified: the rest is intact, and what it was can be shown to nobody any more."
    if not summary.ok:
        return "Do not rely on this: something is not as it was recorded, or a quotation does not hold. A person must look at the findings."
    return "Intact, as far as it could be decided; see the findings." if summary.undecided else "Intact."


def _check_size(planned: manuscripts.Plan) -> None:
    quotations, pages = len(planned.quotations), len(planned.missing)
    if quotations > MOST_IN_DRAFT or pages > MOST:
        raise InputError(
            f"A draft of {quotations:,} quotations, for which {pages:,} pages would be captured, is too much for one call; send it in parts "
            f"of at most {MOST_IN_DRAFT:,} and {MOST:,}."
        )


def _check_length(words: str) -> None:
    if len(words) > _LONGEST:
        raise InputError(
            f"A quotation of {len(words):,} characters is too long for one call; send at most {_LONGEST:,}."
        )
