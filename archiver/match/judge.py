"""Given a quotation and a page: does the page say it, and exactly how does it differ where it does not?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from archiver.errors import InputError
from archiver.match import notemarks, pasted
from archiver.match.exact import RANK, SHORT, Encoded, judge_exact
from archiver.match.index import Page, Prepared, prepare
from archiver.match.lexicon import Lexicon, are_told, languages_of, lexicon
from archiver.match.near import judge_near
from archiver.match.places import is_not_shown, match_of
from archiver.match.quotation import Quotation
from archiver.match.torn import in_the_original, without_hyphens
from archiver.model import Judgement, Layer, Notice, Text, Verdict


def judge(quotation: str, page: Prepared | Sequence[Text] | str, *, prefix: str = "", suffix: str = "") -> Judgement:
    """The verdict on a quotation, with every place it rests on, every change and every warning.

    The best layer wins, ties by fewer changes, then by the order of ``Layer``. ``prefix`` and ``suffix`` pick one of several
    places where the same words stand. Never gives ``undecided``: whether the page was read whole is the caller's to know.
    Raises ``InputError`` for an empty quotation. The rules are in docs/judge.md.
    """
    if not quotation.strip():
        raise InputError("the quotation is empty: give the words that are quoted")
    prepared = whole = page if isinstance(page, Prepared) else prepare(page)
    if prepared.unsigned is not None and not notemarks.carries_sign(quotation):
        prepared = prepared.unsigned
    found = _judged(quotation, prepared, (prefix, suffix))
    if not found.holds:
        other = without_hyphens(quotation, prepared)
        again = _judged(other, prepared, (prefix, suffix)) if other != quotation else found
        if (RANK[again.verdict], len(again.changes)) < (RANK[found.verdict], len(found.changes)):
            return in_the_original(again, quotation, other)
        return (
            _without_pasted(quotation, whole, (prefix, suffix))
            or _without_hidden(quotation, whole, (prefix, suffix))
            or found
        )
    return found


def _without_hidden(quotation: str, prepared: Prepared, context: tuple[str, str]) -> Judgement | None:
    """The judgement by what the lines of the page show, told with the recorded text; None unless the quotation holds by that. What a bracket
    may stand for, the whole page must say.
    """
    shown = prepared.unhidden(quotation) if "[" not in quotation else None
    if shown is None:
        return None
    if shown.unsigned is not None and not notemarks.carries_sign(quotation):
        shown = shown.unsigned
    found = _judged(quotation, shown, context)
    if not found.holds:
        return None
    page = next(page for page in prepared.pages if page.text.layer is found.layer)
    return replace(found, matches=tuple(match_of(page, match.spans) for match in found.matches))


def _without_pasted(quotation: str, prepared: Prepared, context: tuple[str, str]) -> Judgement | None:
    """The judgement of a quotation with the signs of notes in it, as its writer's clipboard gave them; None unless it holds without them."""
    signs = pasted.find(quotation, prepared)
    read = pasted.without(quotation, signs)
    if not signs or not read.strip():
        return None
    return pasted.settled(_judged(read, prepared.unsigned or prepared, context), quotation, read, signs, prepared)


def _judged(quotation: str, prepared: Prepared, context: tuple[str, str]) -> Judgement:
    parsed = Quotation(quotation)
    encoded = Encoded.of(parsed, prepared)
    best: Judgement | None = None
    text = quotation.strip()
    for layer in prepared.pages:
        if best is not None and best.holds and text not in layer.text.content:
            continue  # it could hold no better there than it does
        exact = judge_exact(parsed, encoded, layer, prepared, lambda: _vocabulary(parsed, prepared), context)
        if exact is not None and (best is None or RANK[exact.verdict] < RANK[best.verdict]):
            best = exact
        if best is not None and best.verdict is Verdict.VERBATIM:
            break
    if (best is None or not best.holds) and encoded.words and parsed.word_count >= SHORT:
        near = judge_near(parsed, prepared, _vocabulary(parsed, prepared), encoded.words)
        if near is not None and (best is None or RANK[near.verdict] < RANK[best.verdict]):
            best = near
    if best is not None and best.holds:
        best = _as_shown(
            best,
            prepared,
            lambda layer: judge_exact(parsed, encoded, layer, prepared, lambda: _vocabulary(parsed, prepared), context),
        )
    return _with_warnings(best or Judgement(Verdict.ABSENT), parsed, prepared)


def _as_shown(best: Judgement, prepared: Prepared, judge_in: Callable[[Page], Judgement | None]) -> Judgement:
    """What holds in another layer, with what a browser knows of whether a reader is shown it: there that was guessed."""
    layer = next((page for page in prepared.pages if page.text.layer is Layer.RENDERED), None)
    shown = judge_in(layer) if layer is not None and best.layer is not Layer.RENDERED else None
    if shown is None or not shown.holds:
        return best
    if is_not_shown(shown.warnings):
        said = next(notice for notice in shown.warnings if is_not_shown((notice,)))
        return best if is_not_shown(best.warnings) else replace(best, warnings=(*best.warnings, said))
    return shown if is_not_shown(best.warnings) and RANK[shown.verdict] <= RANK[best.verdict] else best


def _vocabulary(parsed: Quotation, prepared: Prepared) -> Lexicon:
    """The word lists of the page's languages and of the quotation's; the English ones where neither is known."""
    of_page = _languages(prepared)
    own = languages_of(parsed.parts[1::2], least=2)[:1]
    return lexicon(of_page + tuple(language for language in own if language not in of_page) or ("en",))


def _languages(prepared: Prepared) -> tuple[str, ...]:
    """Those of the page, looked for once."""
    if not prepared.languages:
        prepared.languages.append(languages_of(prepared.words.folded))
    return prepared.languages[0]


def _with_warnings(judgement: Judgement, parsed: Quotation, prepared: Prepared) -> Judgement:
    notices: list[Notice] = []
    leaves_out = judgement.verdict is Verdict.ELIDED or any(
        notice.code == "cut-in-sentence" for notice in judgement.warnings
    )
    if leaves_out and not are_told(prepared.words.folded, _languages(prepared)):
        notices.append(
            Notice("language-unknown", "what is left out could not be searched for negations and conditions")
        )
    if parsed.word_count < SHORT:
        notices.append(Notice("short", "fewer than three words: judged only as exact text"))
    elif parsed.marks and len(parsed.solid) < SHORT and judgement.verdict is Verdict.ELIDED:
        notices.append(Notice("short", "fewer than three words stand around the omission mark"))
    if judgement.ambiguous:
        notices.append(
            Notice(
                "ambiguous",
                f"the same words stand in {len(judgement.matches)} places: give what stands before or after",
            )
        )
    if parsed.notes and judgement.layer is not None:
        notices.append(Notice("editorial-note", "the quotation carries its writer's note " + ", ".join(parsed.notes)))
    return replace(judgement, warnings=(*judgement.warnings, *notices)) if notices else judgement
