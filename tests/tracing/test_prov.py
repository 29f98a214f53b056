"""PROV-JSON: as the kept library reads it back, and no derivation without a sign."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from storied import Story

from archiver.credits import Credit, Credits, Role
from archiver.errors import MissingExtra
from archiver.intake.supplied import Given, add_file
from archiver.reuse import Direction
from archiver.searching import searching
from archiver.tracing import trace_quote, trace_snapshot
from archiver.tracing.prov import document, need_prov, prov_json
from archiver.tracing.values import Trace

PLACES = ("json-ld ", "meta", "element byline", "text, dateline", "text, sign-off")
model = pytest.importorskip("prov.model")


def derivations(trace: Trace) -> list[tuple[str, ...]]:
    found = document(trace).get_records(model.ProvDerivation)
    return [tuple(str(value) for _, value in record.formal_attributes[:2]) for record in found]


def test_it_is_read_back_as_it_was_written(story: Story) -> None:
    for trace in (
        trace_snapshot(story.archive, story.search, story.pages.wire),
        trace_quote(story.archive, story.search, story.quote),
    ):
        assert model.ProvDocument.deserialize(content=prov_json(trace), format="json") == document(trace)


def test_attributions_carry_their_evidence(story: Story) -> None:
    found = document(trace_snapshot(story.archive, story.search, story.pages.wire)).get_records(model.ProvAttribution)
    said = [{str(name): str(value) for name, value in record.attributes} for record in found]
    assert "Reuters" in " ".join(each["archiver:evidence"] for each in said if each.get("prov:role") == "agency")
    assert all(each["archiver:where"].startswith(PLACES) for each in said)


@pytest.mark.parametrize(
    ("role", "where", "attributed"),
    [
        (Role.AUTHOR, "json-ld author", True),
        (Role.AUTHOR, "meta[name=author]", True),
        (Role.AUTHOR, "element byline", True),
        (Role.AGENCY, "text, dateline", True),
        (Role.AGENCY, "text, sign-off", True),
        (Role.OUTLET, "json-ld publisher", True),
        (Role.OUTLET, "address", False),
        (Role.AUTHOR, "text, name alone", False),
        (Role.AUTHOR, "text, author box", False),
        (Role.AGENCY, "text, cited", False),
        (Role.SOURCE, "text, source line", False),
        (Role.EDITOR, "json-ld editor", False),
        (Role.PHOTO, "text, photo credit", False),
    ],
)
def test_only_who_signs_is_an_agent(story: Story, role: Role, where: str, attributed: bool) -> None:
    trace = trace_snapshot(story.archive, story.search, story.pages.wire)
    credit = Credit(role, "Nora Quill", None, "Nora Quill", where)
    made = document(replace(trace, subject=replace(trace.subject, credits=Credits((credit,))), copies=(), variants=()))
    assert len(list(made.get_records(model.ProvAttribution))) == attributed
    assert any("Nora-Quill" in str(record.identifier) for record in made.get_records(model.ProvAgent)) is attributed
    assert (
        "Nora Quill: Nora Quill"
        in prov_json(replace(trace, subject=replace(trace.subject, credits=Credits((credit,)))))
    ) is not attributed


def test_a_single_word_is_somebody_or_several(story: Story) -> None:
    trace = trace_snapshot(story.archive, story.search, story.pages.wire)
    credits = tuple(Credit(Role.AUTHOR, name, None, name, "meta[name=author]") for name in ("nquill", "Nora Quill"))
    made = document(replace(trace, subject=replace(trace.subject, credits=Credits(credits)), copies=(), variants=()))
    types = {
        str(agent.identifier): str(agent.get_attribute("prov:type")) for agent in made.get_records(model.ProvAgent)
    }
    assert ["Person" in kind for name, kind in types.items() if "nquill" in name] == [False]
    assert ["Person" in kind for name, kind in types.items() if "Nora-Quill" in name] == [True]


def test_a_derivation_only_where_something_shows_it(story: Story) -> None:
    trace = trace_snapshot(story.archive, story.search, story.pages.wire)
    (copy,) = [copy for copy in trace.copies if copy.source.id == story.pages.gazette.short_id]
    assert derivations(trace) == []

    def shown(direction: Direction) -> list[tuple[str, ...]]:
        reuse = replace(copy.reuse, direction=direction)
        return derivations(replace(trace, copies=(replace(copy, reuse=reuse),)))

    wire, gazette = f"snapshot:{story.pages.wire.id}", f"snapshot:{story.pages.gazette.id}"
    assert shown(Direction("a", "b", False, ("it says so",))) == [(gazette, wire)]
    assert shown(Direction("a", "b", True, ("its date",))) == []
    assert shown(Direction("b", "a", False, ("it says so",))) == []  # the dates say the contrary


def test_whom_a_page_only_cites_is_no_author_of_it(story: Story) -> None:
    trace = trace_snapshot(story.archive, story.search, story.pages.gazette)
    agents = {str(record.identifier) for record in document(trace).get_records(model.ProvAgent)}
    assert not any("port-authority" in name.lower() for name in agents)


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "prov.model", None)
    with pytest.raises(MissingExtra, match=r"archiver\[prov\]"):
        need_prov()


def test_words_of_pages_are_fit_for_every_serialisation(story: Story, tmp_path: Path) -> None:
    evil = "Eve \\u001b[2J\\u202e \\ud800 \\u0000 <b>&"
    head = f'<script type="application/ld+json">{{"@type":"NewsArticle","author":{{"@type":"Person","name":"{evil}"}}}}</script>'
    page = tmp_path / "evil.html"
    page.write_text(f"<title>Quay\x1b[2J</title>{head}<p>{'The quay was opened again. ' * 9}</p>", encoding="utf-8")
    snapshot = add_file(story.archive, page, Given(url="https://evil.example/"))[0]
    with searching(story.archive) as search:
        written = prov_json(trace_snapshot(story.archive, search, snapshot))
    assert not {"\x1b", "\u202e", "\x00"} & set(written)
    made = model.ProvDocument.deserialize(content=written, format="json")
    assert "Eve" in made.serialize(format="xml")
