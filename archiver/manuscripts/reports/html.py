"""The report as one HTML file that asks for nothing: no script, no font, no image, no connection, by its own Content-Security-Policy.

Every word of the manuscript and of the sources is escaped, and rid of what would steer the text (control and bidirectional characters);
each stands in a ``bdi`` of its own. Differences are shown by colour and by signs, so that they are seen on grey paper and heard by
those who listen.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from html import escape

from archiver import match
from archiver.errors import InputError
from archiver.manuscripts.report import Cited, Finding, Report, Status
from archiver.manuscripts.reports.remarks import RULES, because, page_words, place_words, reasons, rule_of, source_words
from archiver.manuscripts.reports.style import STYLE
from archiver.model import Match
from archiver.printable import printable, shorten
from archiver.urls import for_display, parse_page
from archiver.version import __version__

_GROUPS = (
    ("fails", "Does not hold", "✗"),
    ("undecided", "Could not be decided", "?"),
    ("unjudged", "Not judged", "–"),
    ("remarked", "Holds, with a remark", "!"),
    ("accepted", "Accepted before", "✓"),
    ("holds", "Holds", "✓"),
)
_FOLDED = ("accepted", "holds")


def render(report: Report, at: str) -> str:
    """The whole file; ``at`` is when the check was made (UTC, RFC 3339)."""
    name = _text(report.name)
    body = "\n".join(_body(report, at))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy()}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>Quotations in {name}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _policy() -> str:
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def group_of(finding: Finding) -> str:
    """Under which heading a finding stands."""
    if finding.accepted is not None:
        return "accepted"
    return "remarked" if finding.remarks else finding.status.value


def _body(report: Report, at: str) -> Iterator[str]:
    groups: dict[str, list[tuple[int, Finding]]] = {name: [] for name, _, _ in _GROUPS}
    for number, finding in enumerate(report.findings, 1):
        groups[group_of(finding)].append((number, finding))
    yield '<a class="skip" href="#findings">Skip to the findings</a>'
    yield f"<header><h1>Quotations in <bdi>{_text(report.name)}</bdi></h1>"
    yield f'<p class="soft">Checked {_text(at)} with archiver {_text(__version__)}; read as {_text(report.manuscript.format)}.</p></header>'
    yield "<main>"
    yield '<section aria-labelledby="coverage"><h2 id="coverage">Coverage</h2><ul class="tally">'
    yield from (
        f'<li class="{name}"><b>{len(groups[name]):,}</b><span aria-hidden="true">{sign}</span> {title}</li>'
        for name, title, sign in _GROUPS
        if groups[name] or name not in ("accepted", "remarked")
    )
    yield f"</ul><p>{_text(report.coverage())}</p></section>"
    yield from _jump_list(groups)
    yield '<div id="findings">'
    for name, title, sign in _GROUPS:
        if groups[name]:
            yield from _group(name, title, sign, groups[name])
    yield "</div>"
    yield from _rest(report)
    yield "</main>"
    yield (
        "<footer><p>A verdict says whether the recorded text of the source has these words; it does not say whether they are true, who said "
        "them, or what the page says today.</p></footer>"
    )


def _jump_list(groups: dict[str, list[tuple[int, Finding]]]) -> Iterator[str]:
    shown = [(name, title) for name, title, _ in _GROUPS if groups[name] and name not in _FOLDED]
    if not shown:
        return
    yield '<nav aria-label="Findings that need a look"><h2>To look at</h2>'
    for name, title in shown:
        yield f'<p class="{name}"><span class="verdict">{title}: {len(groups[name]):,}</span></p><ol>'
        for number, finding in groups[name]:
            yield (
                f'<li><a href="#f{number}">{_text(_verdict_word(finding))}, {_text(place_words(finding.where))}</a>: '
                f"<bdi>“{_text(shorten(finding.quotation, 90))}”</bdi></li>"
            )
        yield "</ol>"
    yield "</nav>"


def _group(name: str, title: str, sign: str, findings: Sequence[tuple[int, Finding]]) -> Iterator[str]:
    heading = f"{title} ({len(findings):,})"
    yield f'<section class="{name}"><h2>{heading}</h2>'
    if name in _FOLDED:
        yield f"<details><summary>Show {len(findings):,}</summary>"
    for number, finding in findings:
        yield from _article(number, finding, name, sign)
    if name in _FOLDED:
        yield "</details>"
    yield "</section>"


def _article(number: int, finding: Finding, group: str, sign: str) -> Iterator[str]:
    yield f'<article class="{group}" id="f{number}"><h3><span class="verdict"><span aria-hidden="true">{sign} </span>'
    yield f'{_text(_verdict_word(finding))}</span> <span class="place">{_text(place_words(finding.where))}</span></h3>'
    yield from _words(finding)
    yield "<dl>"
    for term, description in _details(finding):
        yield f"<dt>{term}</dt><dd>{description}</dd>"
    yield "</dl></article>"


def _verdict_word(finding: Finding) -> str:
    if finding.unjudged is not None or finding.judged is None:
        return finding.unjudged.words if finding.unjudged is not None else "not judged"
    if finding.nowhere is not None:
        return "source leads nowhere"
    return finding.judged.judgement.verdict.value


def _words(finding: Finding) -> Iterator[str]:
    """Quotation and source over each other where they differ, else the quotation."""
    judged = finding.judged
    segments = (
        match.align(judged.judgement, judged.quotation) if judged is not None and finding.unjudged is None else ()
    )
    differs = any(segment.part is not match.Part.SAME for segment in segments)
    quoted = f"<bdi>{_text(finding.quotation)}</bdi>"
    if judged is not None and differs and any(segment.source for segment in segments):
        mine, theirs = match.to_rows(segments)
        quoted = f"<bdi>{_row(mine, 'del', '[−', '−]')}</bdi>"
        source = _row(theirs, "ins", "{+", "+}")
    elif not finding.pieces or judged is None or finding.unjudged is not None:
        yield f"<blockquote>{quoted}</blockquote>"
        yield from _passage_elsewhere(finding)
        return
    if finding.pieces:  # what the marks leave out is told in full
        parts = ((match.Part.SAME if one.quoted else match.Part.ONLY_SOURCE, one.words) for one in finding.pieces)
        source = _row(tuple(parts), "ins", "{+", "+}")
    yield f'<div class="comparison"><p><span class="side">Quoted</span> {quoted}</p>'
    yield f"{_source_row('Source', judged.judgement.matches[0], source)}</div>"


def _passage_elsewhere(finding: Finding) -> Iterator[str]:
    """The words as another page has them, where the source does not."""
    matches = finding.elsewhere.judged.judgement.matches if finding.elsewhere is not None else ()
    if matches:
        yield f'<div class="comparison">{_source_row("Other page", matches[0], _text(matches[0].exact))}</div>'


def _source_row(side: str, found: Match, words: str) -> str:
    return (
        f'<p><span class="side">{side}</span> <bdi><span class="context">…{_text(found.prefix)}</span>{words}'
        f'<span class="context">{_text(found.suffix)}…</span></bdi></p>'
    )


def _row(pieces: Sequence[tuple[match.Part, str]], tag: str, opening: str, closing: str) -> str:
    return "".join(_piece(part, text, tag, opening, closing) for part, text in pieces)


def _piece(part: match.Part, text: str, tag: str, opening: str, closing: str) -> str:
    if part is match.Part.SAME:
        return _text(text)
    if part is match.Part.OMITTED:
        return f'<span class="omitted">{_text(text)}</span>'
    words = text.rstrip()
    after = text[len(words) :]
    return f'<{tag}><span class="sign">{opening}</span>{_text(words)}<span class="sign">{closing}</span></{tag}>{_text(after)}'


def _details(finding: Finding) -> Iterator[tuple[str, str]]:
    judged = finding.judged
    rule = rule_of(finding)
    if finding.unjudged is not None or judged is None:
        yield "Because", _text(finding.why or because(finding))
    elif finding.nowhere is not None:
        yield "Because", _text(finding.nowhere)
    elif finding.status is not Status.HOLDS:
        yield "Because", "<br>".join(_text(one) for one in reasons(judged.judgement))
    yield from ((term, linked) for term, linked in [("Source", _source(finding.source))] if linked)
    if finding.elsewhere is not None:
        other = finding.elsewhere
        yield (
            "Stands in" if other.judged.holds else "Stands otherwise in",
            f"{_link(other.snapshot.url)} <code>{_text(other.snapshot.short_id)}</code>",
        )
    if finding.page is not None and not finding.page.agrees:
        yield "Page", _text(page_words(finding))
    elif finding.page is not None:
        yield "Page", f"{_text(shorten(finding.page.cited, 40))}, as cited"
    if judged is not None and judged.snapshot is not None:
        snapshot = judged.snapshot
        layer = f", layer {_text(judged.judgement.layer.value)}" if judged.judgement.layer is not None else ""
        yield (
            "Judged against",
            f"<code>{_text(snapshot.short_id)}</code>, captured {_text(snapshot.captured_at)}{layer}",
        )
        for notice in judged.judgement.warnings[1 if judged.holds is None else 0 :]:
            yield "Note", _text(f"{notice.code}: {notice.detail}")
    if judged is not None and judged.tolerated:
        yield "Tolerated", "<br>".join(_text(one) for one in reasons(judged.judgement))
    rule = RULES["remark"] if rule is None and finding.remarks else rule
    if rule is not None and finding.accepted is None:
        yield "To do", _text(rule.help)
    if finding.accepted is not None:
        accepted = finding.accepted
        yield "Accepted", _text(f"by {shorten(accepted.by, 80)}, {accepted.at}: {shorten(accepted.reason, 400)}")
    yield "Finding", f"<code>{_text(finding.short_id)}</code>"


def _source(cited: Cited | None) -> str:
    if cited is None:
        return ""
    if cited.url is None:
        return _text(source_words(cited))
    beside = source_words(cited).removeprefix(for_display(cited.url))
    return _link(cited.url) + _text(beside)


def _link(url: str) -> str:
    """A link where it is an address of a web page; nothing else is ever one."""
    try:
        href = parse_page(url).href
    except InputError:
        return f"<bdi>{_text(for_display(url))}</bdi>"
    return f'<a href="{_text(href)}" rel="noopener noreferrer nofollow"><bdi>{_text(for_display(url))}</bdi></a>'


def _rest(report: Report) -> Iterator[str]:
    if report.lone:
        yield f"<section><h2>Cited, but nothing is quoted from it ({len(report.lone):,})</h2><ul>"
        for one in report.lone:
            named = _link(one.url) if one.url else f"<code>{_text(shorten(one.key or '', 100))}</code>"
            yield f'<li>{named} <span class="place">{_text(place_words(one.where))}</span></li>'
        yield "</ul></section>"
    if report.unread:
        yield f"<section><h2>Sources that could not be read ({len(report.unread):,})</h2><ul>"
        yield from (f"<li>{_link(url)}</li>" for url in report.unread)
        yield "</ul></section>"
    if report.troubles:
        yield f"<section><h2>Parts of the manuscript that could not be read ({len(report.troubles):,})</h2><ul>"
        for trouble in report.troubles:
            place = f"line {trouble.line}: " if trouble.line else ""
            yield f"<li>{_text(place + trouble.why)}</li>"
        yield "</ul></section>"


def _text(words: str) -> str:
    return escape(printable(words), quote=True)
