"""What a proof out of somebody's log shows of a look at a page, and what it does not show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from archiver.errors import DamagedArchive
from archiver.log import Details, Log, make_leaf
from archiver.log.proofs import InclusionProof, Prover
from archiver.log.sighted import Sighted, names_its_page, record_proved, text_proved
from archiver.model.recheckuri import recheck_uri
from archiver.signing import SigningKey

KEY, OTHER = (SigningKey.generate("archiver.example/log") for _ in range(2))
PAGE, TIME, PAYLOAD, TEXT = "https://example.org/ferry", "2026-11-21T12:00:00Z", "ab" * 32, "cd" * 32
ANSWER = Details("response", "11" * 32, 7, "<urn:uuid:1>", "response", PAGE, TIME, "t", PAYLOAD)
REVISIT = replace(ANSWER, kind="revisit", warc_type="revisit")
LOOK = replace(ANSWER, kind="recheck", warc_type="metadata", uri=recheck_uri("1", PAGE), payload_sha256="")
WORDS = replace(
    ANSWER, kind="text", warc_type="conversion", uri=f"urn:archiver:text:s-{'11' * 32}:article", payload_sha256=TEXT
)
CLAIM = Sighted(PAGE, TIME, PAYLOAD, TEXT)
NO_ANSWER = Sighted(PAGE, TIME, "", "")


@pytest.fixture
def proof(tmp_path: Path) -> Callable[[Details], bytes]:
    """A proof that a log has a record with these details, beside others."""

    def make(details: Details) -> bytes:
        leaves = [make_leaf(replace(ANSWER, size=9)), make_leaf(details), make_leaf(replace(ANSWER, size=10))]
        log = Log(tmp_path / details.kind, KEY.public)
        log.create(KEY)
        log.append(leaves, KEY)
        path = Prover(log.tile, 3).inclusion(1)
        return InclusionProof(1, path, log.checkpoint(), leaves[1].line).text()

    return make


@pytest.mark.parametrize(
    ("details", "claim"),
    [(ANSWER, CLAIM), (REVISIT, CLAIM), (LOOK, NO_ANSWER), (replace(LOOK, uri="urn:uuid:1"), NO_ANSWER)],
)
def test_the_record_that_is_claimed_is_proved(
    proof: Callable[[Details], bytes], details: Details, claim: Sighted
) -> None:
    record = record_proved(claim, proof(details), KEY.public)
    assert (record.leaf, record.details, record.head.size) == (1, details, 3)


@pytest.mark.parametrize(
    ("details", "claim", "why"),
    [
        (ANSWER, replace(CLAIM, url="https://example.org/other"), "of another page"),
        (ANSWER, replace(CLAIM, payload="00" * 32), "another payload"),
        (ANSWER, replace(CLAIM, payload=""), "another payload"),
        (replace(ANSWER, payload_sha256=""), replace(CLAIM, payload=""), "another payload"),
        (ANSWER, replace(CLAIM, time="2026-11-21T12:00:01Z"), "another time"),
        (LOOK, replace(NO_ANSWER, time="2026-11-21T12:00:01Z"), "another time"),
        (LOOK, replace(NO_ANSWER, url="https://example.org/other"), "at another page"),
        (LOOK, CLAIM, "no look at a page"),
        (LOOK, replace(NO_ANSWER, text=TEXT), "no look at a page"),
        (WORDS, CLAIM, r"no look at a page \(it is of the kind 'text'\)"),
        (replace(ANSWER, uri="urn:x"), CLAIM, "no web address|another page"),
    ],
)
def test_another_record_is_not(proof: Callable[[Details], bytes], details: Details, claim: Sighted, why: str) -> None:
    with pytest.raises(DamagedArchive, match=why):
        record_proved(claim, proof(details), KEY.public)


def test_the_key_is_the_one_that_a_person_gave(proof: Callable[[Details], bytes]) -> None:
    with pytest.raises(DamagedArchive):
        record_proved(CLAIM, proof(ANSWER), OTHER.public)


@pytest.mark.parametrize("record", [ANSWER, REVISIT])
def test_the_text_is_that_of_the_answer(proof: Callable[[Details], bytes], record: Details) -> None:
    answer = record_proved(CLAIM, proof(record), KEY.public)
    assert text_proved(CLAIM, proof(WORDS), answer).details == WORDS


@pytest.mark.parametrize(
    "words",
    [
        replace(WORDS, payload_sha256=PAYLOAD),
        replace(WORDS, kind="quote"),
        replace(WORDS, uri=f"urn:archiver:text:s-{'22' * 32}:article"),
        replace(WORDS, uri=f"urn:archiver:text:s-{'11' * 32}"),
    ],
)
def test_another_text_is_not(proof: Callable[[Details], bytes], words: Details) -> None:
    answer = record_proved(CLAIM, proof(ANSWER), KEY.public)
    with pytest.raises(DamagedArchive, match="text that is proven is another"):
        text_proved(CLAIM, proof(words), answer)


def test_looks_of_before_name_no_page() -> None:
    assert names_its_page(ANSWER)
    assert names_its_page(LOOK)
    assert not names_its_page(replace(LOOK, uri="urn:uuid:1"))
