"""RO-Crate metadata around packs: by the rules of the specification, and as somebody else's reader has it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from forgery import Victim

from archiver import clock
from archiver.archive import Archive
from archiver.digests import Digest
from archiver.errors import InputError
from archiver.intake.supplied import Given, add_file
from archiver.packs.evidence import Evidence
from archiver.packs.packing import export, zipped
from archiver.packs.rocrate import CONTEXT, FILE, describe
from archiver.quoting import Judge, Quotation, record_quotes


@pytest.fixture
def crate(made: tuple[Victim, object, list[Evidence]], tmp_path: Path) -> tuple[Path, Evidence]:
    """A folder with one pack, described."""
    victim, _, evidence = made
    pack = tmp_path / "my pack.wacz"
    pack.write_bytes(zipped(victim.files))
    describe(pack, pack.read_bytes(), evidence[0])
    return tmp_path, evidence[0]


def entities(folder: Path) -> dict[str, dict[str, Any]]:
    graph = json.loads((folder / FILE).read_text("utf-8"))["@graph"]
    assert len({entity["@id"] for entity in graph}) == len(graph)
    return {entity["@id"]: entity for entity in graph}


def references(value: Any) -> list[str]:
    if isinstance(value, dict):
        return (
            [value["@id"]] if set(value) == {"@id"} else [name for item in value.values() for name in references(item)]
        )
    return [name for item in value for name in references(item)] if isinstance(value, list) else []


def test_the_rules_of_the_specification(crate: tuple[Path, Evidence]) -> None:
    folder, _ = crate
    assert json.loads((folder / FILE).read_text("utf-8"))["@context"][0] == CONTEXT
    graph = entities(folder)
    descriptor, root = graph[FILE], graph["./"]
    assert descriptor["@type"] == "CreativeWork"
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert descriptor["about"] == {"@id": "./"}
    assert root["@type"] == "Dataset"
    assert all(root[name] for name in ("name", "description", "datePublished", "license"))
    assert root["hasPart"] == {"@id": "my%20pack.wacz"}
    known = {*graph, "https://w3id.org/ro/crate/1.1"}
    assert [name for entity in graph.values() for name in references(entity) if name not in known] == []
    assert all(
        not isinstance(value, dict) or set(value) == {"@id"} for entity in graph.values() for value in entity.values()
    )


def test_the_pack_is_described_as_it_is(crate: tuple[Path, Evidence]) -> None:
    folder, evidence = crate
    data = (folder / "my pack.wacz").read_bytes()
    graph = entities(folder)
    file = graph["my%20pack.wacz"]
    assert (file["contentSize"], file["sha256"]) == (str(len(data)), Digest.of(data).hex)
    quotations = [entity for entity in graph.values() if entity["@type"] == "Quotation"]
    pages = [entity for entity in graph.values() if entity["@type"] == "WebPage"]
    assert len(quotations) == len(evidence.of_kind("quote"))
    assert {page["url"] for page in pages} == {leaf.json()["url"] for leaf in evidence.of_kind("capture")}
    assert all(quotation["text"] and quotation["isBasedOn"]["@id"] in graph for quotation in quotations)


def test_a_supplied_file_was_not_captured_and_a_speaker_not_checked(archive: Archive, tmp_path: Path) -> None:
    words = "The bridge will close on Monday for a year, she said."
    (tmp_path / "a.html").write_text(f"<title>Bridge \x1b[2J\u202e</title><p>{words}</p>", encoding="utf-8")
    snapshot = add_file(archive, tmp_path / "a.html", Given(url="https://a.example/"))[0]
    wanted = Quotation("will close on Monday for a year", speaker="Ada\u202e Lorne")
    record_quotes(archive, [(Judge(archive).judge(wanted, snapshot), wanted)])
    (quote,) = archive.catalogue.quotes(snapshot.id)
    evidence = export(archive, [quote.id], tmp_path / "a.wacz")
    before = clock.stamp(clock.now())
    describe(tmp_path / "a.wacz", (tmp_path / "a.wacz").read_bytes(), evidence)
    graph = entities(tmp_path)
    (page,) = [entity for entity in graph.values() if entity["@type"] == "WebPage"]
    (said,) = [entity for entity in graph.values() if entity["@type"] == "Quotation"]
    assert "supplied by the person who keeps this archive (a.html), not fetched" in page["description"]
    assert "captured" not in page["description"]
    assert "Speaker, as it was given and not checked: Ada\ufffd Lorne." in said["description"]
    assert not {"\x1b", "\u202e"} & set(page["name"])
    assert page["dateCreated"] == snapshot.captured_at
    assert before <= graph["a.wacz"]["dateCreated"] <= clock.stamp(clock.now())
    assert "example.org" not in (tmp_path / FILE).read_text("utf-8")


def test_somebody_elses_reader_takes_it(crate: tuple[Path, Evidence]) -> None:
    reader = pytest.importorskip("rocrate.rocrate")
    read = reader.ROCrate(crate[0])
    assert [entity.id for entity in read.data_entities] == ["my%20pack.wacz"]
    assert read.license.id == "#rights"


def test_a_second_pack_is_added_and_a_new_one_of_the_same_name_takes_its_place(
    crate: tuple[Path, Evidence], made: tuple[Victim, object, list[Evidence]]
) -> None:
    folder, evidence = crate
    before = entities(folder)
    describe(folder / "my pack.wacz", b"new", evidence)
    graph = entities(folder)
    assert graph["my%20pack.wacz"]["contentSize"] == "3"
    assert graph.keys() == before.keys()
    describe(folder / "other.wacz", b"other", made[2][-1])
    assert entities(folder)["./"]["hasPart"] == [{"@id": "my%20pack.wacz"}, {"@id": "other.wacz"}]


def test_a_crate_of_somebody_else_keeps_what_it_says(crate: tuple[Path, Evidence]) -> None:
    folder, evidence = crate
    document = json.loads((folder / FILE).read_text("utf-8"))
    for entity in document["@graph"]:
        if entity["@id"] == "./":
            entity |= {"name": "My thesis", "license": {"@id": "https://creativecommons.org/licenses/by/4.0/"}}
    document["@graph"].append({"@id": "#me", "@type": "Person", "name": "Me"})
    (folder / FILE).write_text(json.dumps(document), encoding="utf-8")
    describe(folder / "other.wacz", b"other", evidence)
    graph = entities(folder)
    assert graph["#me"]["name"] == "Me"
    assert (graph["./"]["name"], graph["./"]["license"]["@id"][:8]) == ("My thesis", "https://")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"@graph": 1, "@context": "x"}', '{"@graph": [{}], "@context": "x"}', '{"@graph": [{"@id": 7}], "@context": "x"}',
     '{"@graph": [], "@context": "x"}', '{"@graph": [{"@id": "ro-crate-metadata.json", "about": "x"}], "@context": "x"}', "[" * 100_000],
)  # fmt: skip
def test_what_is_no_crate_is_left_alone(made: tuple[Victim, object, list[Evidence]], tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="move it away"):
        describe(tmp_path / "a.wacz", b"", made[2][0])
    assert (tmp_path / FILE).read_text("utf-8") == text
