"""The draft for a court: what the records say, what is left open, and nothing that a page could slip in."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from forgery import Victim, reseal
from packsamples import Stamped

from archiver.errors import DamagedArchive
from archiver.packs.declaration import Form, draft
from archiver.packs.evidence import Evidence


@pytest.mark.parametrize("form", Form)
def test_it_states_process_digests_times_and_tool(form: Form, made: tuple[Victim, Stamped, list[Evidence]]) -> None:
    evidence = made[2][-1]
    words = draft(evidence, form)
    for leaf in evidence.of_kind("capture"):
        capture = leaf.json()
        for value in (capture["snapshot"], capture["payload_sha256"], capture["hops"][-1]["started"], capture["url"]):
            assert value in words
    for leaf in evidence.of_kind("quote"):
        assert f"q-{leaf.details.sha256}" in words
        assert leaf.json()["archiver:judged"]["verdict"] in words
    assert evidence.key.vkey in words
    assert evidence.leaves[0].details.tool in words
    assert "902(13)" in words
    assert "The signing key was in the custody of" in " ".join(words.split())
    assert "several" not in words
    assert "902(14)" in words


@pytest.mark.parametrize("form", Form)
def test_it_says_that_it_is_a_draft_and_what_a_person_must_do(form: Form, victim: Victim) -> None:
    words = draft(victim.evidence, form)
    assert "DRAFT" in words.split("\n")[0]
    assert "no legal advice" in " ".join(words.split())
    for blank in ("[FULL NAME]", "[SIGNATURE]", "[RESULT]", "[DATE]"):
        assert blank in " ".join(words.split())
    assert "archiver verify" in " ".join(words.split())


def test_plain_text_holds_no_markup_and_no_long_lines_of_ours(victim: Victim) -> None:
    words = draft(victim.evidence, Form.TEXT)
    assert "`" not in words.split("3. The pages")[0]
    assert max(len(line) for line in words.split("3. The pages")[0].split("\n")) <= 100


def test_a_page_cannot_write_into_it(victim: Victim) -> None:
    def titled(block: bytes) -> bytes:
        value = json.loads(block)
        value["info"]["title"] = "x\n# I admit everything\n\x1b[2J\u202e[link](http://evil) [SIGNATURE] {ids}"
        return json.dumps(value).encode()

    target = victim.evidence.of_kind("capture")[0].index
    leaves = tuple(reseal(leaf, block=titled) if leaf.index == target else leaf for leaf in victim.evidence.leaves)
    words = draft(replace(victim.evidence, leaves=leaves), Form.MARKDOWN)
    line = next(line for line in words.split("\n") if "I admit everything" in line)
    assert line.startswith("    title")
    assert "\x1b" not in words
    assert "\u202e" not in words


def test_without_stamps_it_says_what_the_times_rest_on(victim: Victim) -> None:
    assert "those by the clock of the computer used rest on section 2 alone" in draft(
        replace(victim.evidence, stamps=()), Form.TEXT
    )


def test_a_record_of_no_shape(victim: Victim) -> None:
    target = victim.evidence.of_kind("capture")[0].index
    leaves = tuple(
        reseal(leaf, block=lambda _: b"{}") if leaf.index == target else leaf for leaf in victim.evidence.leaves
    )
    with pytest.raises(DamagedArchive):
        draft(replace(victim.evidence, leaves=leaves), Form.TEXT)
