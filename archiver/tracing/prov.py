"""A trace as W3C PROV (https://www.w3.org/TR/prov-dm/), written as PROV-JSON through the `prov` library.

Pages, snapshots and quotations are entities; captures, and the comparing of two texts, activities; who is credited, an agent. A credit is
an attribution with its evidence. ``wasDerivedFrom`` stands between two snapshots only where more than dates shows a direction, and the dates do
not contradict it; all else that was compared is said by the activity that used both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from archiver.clock import stamp
from archiver.credits import Credit, Role
from archiver.digests import Digest
from archiver.errors import MissingExtra
from archiver.printable import printable
from archiver.tracing import wording
from archiver.tracing.values import Copy, Source, Trace, Variant
from archiver.version import __version__

if TYPE_CHECKING:
    from prov.model import ProvDocument

TERMS = "urn:archiver:terms:"
_AGENTS = {
    Role.AUTHOR: "prov:Person",
    Role.AGENCY: "prov:Organization",
    Role.OUTLET: "prov:Organization",
}
_SIGNED = ("json-ld ", "meta", "itemprop ", "element byline", "a[rel=author]", "text, dateline", "text, sign-off")
"""The places that say who made the page's own text; what is guessed out of running text attributes nothing."""

_UNFIT = re.compile(r"[^0-9A-Za-z]+")


def need_prov() -> None:
    """Raises MissingExtra where the `prov` library is not installed."""
    try:
        import prov.model  # noqa: F401
    except ImportError as error:
        raise MissingExtra(
            "PROV-JSON is written by the `prov` library, which is not installed: pip install 'archiver[prov]'."
        ) from error


def prov_json(trace: Trace) -> str:
    """The PROV-JSON of a trace. Raises MissingExtra where the library is not installed."""
    return f"{document(trace).serialize(format='json', indent=1, ensure_ascii=False)}\n"


Attributes = Mapping[str, Any] | Iterable[tuple[str, Any]]


def _fit(attributes: Attributes) -> list[tuple[str, Any]]:
    """Attributes whose strings every serialisation can bear: XML has no control characters, and no reader wants bidi ones."""
    pairs = attributes.items() if isinstance(attributes, Mapping) else attributes
    return [(key, _plain_lines(value) if type(value) is str else value) for key, value in pairs]


def _plain_lines(words: str) -> str:
    return "\n".join(map(printable, words.split("\n")))


def document(trace: Trace) -> ProvDocument:
    """The trace as the library's document."""
    need_prov()
    from prov.model import ProvDocument

    made = ProvDocument()
    for prefix, uri in (
        ("archiver", TERMS),
        ("snapshot", "urn:archiver:snapshot:"),
        ("quote", "urn:archiver:quote:"),
        ("capture", "urn:archiver:capture:"),
        ("page", "urn:archiver:page:"),
        ("name", "urn:archiver:name:"),
        ("compared", "urn:archiver:compared:"),
        ("tool", "urn:archiver:tool:"),
        ("dcterms", "http://purl.org/dc/terms/"),
    ):
        made.add_namespace(prefix, uri)
    tool = made.agent(
        f"tool:{__version__}",
        {"prov:type": _name(made, "prov:SoftwareAgent"), "dcterms:title": f"archiver {__version__}"},
    )
    _agents(made, trace.sources)
    for source in trace.sources:
        _source(made, source, tool)
    for copy in trace.copies:
        _copy(made, trace, copy, tool)
    if trace.quote is not None:
        made.entity(
            f"quote:{trace.quote.id}",
            _fit(
                {
                    "prov:type": _name(made, "archiver:Quotation"),
                    "prov:value": trace.quote.text,
                    "archiver:recorded": trace.quote.created_at,
                }
            ),
        )
        for variant in trace.variants:
            _variant(made, trace.quote.id, variant)
    return made


def _name(made: ProvDocument, name: str) -> Any:
    """A qualified name, so that a type is one and no string."""
    found = made.valid_qualified_name(name)
    return found if found is not None else name


def _source(made: ProvDocument, source: Source, tool: Any) -> None:
    snapshot = source.snapshot
    page = made.entity(
        f"page:{_plain(snapshot.url)}", _fit({"prov:type": _name(made, "archiver:Page"), "prov:location": snapshot.url})
    )
    entity = made.entity(
        f"snapshot:{snapshot.id}",
        _fit(
            [
                ("prov:type", _name(made, "archiver:Snapshot")),
                ("dcterms:title", snapshot.info.title or snapshot.url),
                ("archiver:payloadSha256", snapshot.payload_sha256),
                *_bounds(source),
                *_beside(source),
                *(("archiver:mark", f"{mark.kind.value}: {mark.words[:200]}") for mark in source.marks[:50]),
            ]
        ),
    )
    made.specializationOf(entity, page)
    if snapshot.origin is None:
        activity = made.activity(f"capture:{snapshot.id}", endTime=snapshot.captured_at)
        made.used(activity, page)
        made.wasGeneratedBy(entity, activity, snapshot.captured_at)
        made.wasAssociatedWith(activity, tool)
    for number, credit in enumerate(_attributed(source)):
        made.wasAttributedTo(
            entity,
            f"name:{_plain(credit.agency or credit.name)}",
            f"archiver:credit-{source.id}-{number}",
            _fit(
                {
                    "prov:role": credit.role.value,
                    "archiver:evidence": credit.evidence,
                    "archiver:where": credit.where,
                }
            ),
        )


def _attributed(source: Source) -> list[Credit]:
    """Who the page says, where pages say it, made its own text. Whom it only names, and who made its pictures, is no attribution of the page."""
    return [
        credit
        for credit in source.credits.of(*_AGENTS)
        if credit.where.startswith(_SIGNED) and not credit.where.endswith(", cited")
    ]


def _agents(made: ProvDocument, sources: Sequence[Source]) -> None:
    found: dict[str, Credit] = {}
    for source in sources:
        for credit in _attributed(source):
            found.setdefault(f"name:{_plain(credit.agency or credit.name)}", credit)
    for name, credit in found.items():
        made.agent(name, _fit(_agent(made, credit)))


def _beside(source: Source) -> Iterator[tuple[str, str]]:
    """Credits that attribute nothing of the text."""
    attributed = _attributed(source)
    for credit in source.credits.credits:
        if credit not in attributed:
            kind = "cites" if credit.where.endswith(", cited") else credit.role.value
            yield f"archiver:{kind}", f"{credit.name}: {credit.evidence} ({credit.where})"


def _agent(made: ProvDocument, credit: Credit) -> dict[str, Any]:
    kind = _AGENTS.get(credit.role)
    if credit.agency:
        kind = "prov:Organization"
    elif credit.role is Role.AUTHOR and len(credit.name.split()) < 2 and credit.name.isascii():
        kind = None  # a login name, a first name, a desk: somebody, or several
    known = {"prov:type": _name(made, kind)} if kind else {}
    return {**known, "dcterms:title": credit.agency or credit.name}


def _bounds(source: Source) -> Iterator[tuple[str, str]]:
    """When the page appeared, as far as is known: an interval of claims, so none of PROV's own times."""
    if source.span.earliest is not None:
        yield "archiver:appearedNotBefore", stamp(source.span.earliest)
    if source.span.latest is not None:
        yield "archiver:appearedNotAfter", stamp(source.span.latest)


def _copy(made: ProvDocument, trace: Trace, copy: Copy, tool: Any) -> None:
    subject = trace.subject
    one, other = f"snapshot:{subject.snapshot.id}", f"snapshot:{copy.source.snapshot.id}"
    activity = made.activity(
        f"compared:{subject.id}-{copy.source.id}",
        other_attributes=[
            ("prov:type", _name(made, "archiver:Comparison")),
            ("archiver:kind", copy.reuse.kind.value),
            ("archiver:containmentOfFirst", round(copy.reuse.containment_a, 4)),
            ("archiver:containmentOfSecond", round(copy.reuse.containment_b, 4)),
            *(("archiver:reason", wording.called(reason, subject.id, copy.source.id)) for reason in copy.reuse.reasons),
            ("archiver:direction", wording.direction(copy.reuse, subject.id, copy.source.id)),
        ],
    )
    made.used(activity, one, other_attributes={"prov:role": "first"})
    made.used(activity, other, other_attributes={"prov:role": "second"})
    made.wasAssociatedWith(activity, tool)
    way = copy.reuse.direction
    if way is not None and not way.weak and not trace.against_dates(copy):
        names = {"a": one, "b": other}
        attributes = [
            ("archiver:kind", copy.reuse.kind.value),
            *(("archiver:reason", wording.called(reason, subject.id, copy.source.id)) for reason in way.reasons),
        ]
        made.wasDerivedFrom(names[way.taker], names[way.source], other_attributes=_fit(attributes))


def _variant(made: ProvDocument, quote: str, variant: Variant) -> None:
    entity = made.entity(
        f"quote:{quote}-in-{variant.source.id}",
        _fit(
            [
                ("prov:type", _name(made, "archiver:Passage")),
                ("prov:value", variant.words),
                ("archiver:verdict", variant.judged.judgement.verdict.value),
                *(("archiver:change", change.kind.value) for change in variant.judged.judgement.changes),
            ]
        ),
    )
    made.quotation(entity, f"snapshot:{variant.source.snapshot.id}")
    made.alternateOf(entity, f"quote:{quote}")


def _plain(name: str) -> str:
    """A name or address as the end of an identifier: letters, digits and hyphens, with a digest so that two stay two."""
    return f"{_UNFIT.sub('-', name).strip('-')[:60] or 'n'}-{Digest.of(name.encode(errors='surrogatepass')).hex[:8]}"
