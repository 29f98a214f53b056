"""Tokens of others' collections: each gets the right answer, over the right message and over another."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import pytest

from archiver.errors import BadTimestamp
from archiver.timestamps import Roots, Token, judge_token, read_token
from archiver.timestamps.certificates import load_der, load_pem, self_issued
from archiver.timestamps.roots import load_roots

HELLO = b"hello"


@pytest.fixture
def corpus(shared: Path) -> Path:
    folder = shared / "corpus" / "timestamps"
    if not folder.is_dir():
        pytest.skip("the corpus of time stamps is not beside the repository")
    return folder


def among(*certificates: bytes) -> Roots:
    loaded = [load_der(item) for item in certificates]
    return Roots(
        tuple(item for item in loaded if self_issued(item)), tuple(item for item in loaded if not self_issued(item))
    )


def answer(
    token: Token, message: bytes | None, roots: Roots, monkeypatch: pytest.MonkeyPatch
) -> tuple[bool | None, str]:
    """``message`` None where nobody has what was stamped: then all but the imprint is judged."""
    if message is None:
        monkeypatch.setattr(Token, "covers", lambda *_: True)
    judged = judge_token(token, message or b"", roots)
    monkeypatch.undo()
    return judged.ok, judged.detail


# file, message (None where nobody has it), roots beside it, the answer with these roots, words in it, the answer with no roots at all
RFC3161_CLIENT = [
    ("test_tsa/response.tsr", HELLO, "ts_chain.pem", True, "Test TSA Root", None),
    ("test_tsa/response.tsr", b"hello!", "ts_chain.pem", False, "something else", False),
    # another authority with certificates of the same names: its issuer's key is another
    ("test_tsa/other_response.tsr", HELLO, "ts_chain.pem", None, "not among your roots", None),
    ("test_tsa/response-injected-certs.tsr", HELLO, "ts_chain.pem", True, "Test TSA Root", None),
    ("sigstage/response-sha256.tsr", HELLO, "ts_chain.pem", True, "sigstore-tsa-selfsigned", None),
    ("sigstage/response-sha384.tsr", HELLO, "ts_chain.pem", True, "sigstore-tsa-selfsigned", None),
    ("sigstage/response-sha512.tsr", HELLO, "ts_chain.pem", True, "sigstore-tsa-selfsigned", None),
    ("sigstage/response-invalid-signature.tsr", HELLO, "ts_chain.pem", False, "signature is wrong", False),
    ("sigstage/response-no-embedded-cert.tsr", HELLO, "ts_chain.pem", True, "sigstore-tsa-selfsigned", None),
    ("identrust/issue-104.tsr", HELLO, "ts_chain.pem", True, "IdenTrust Commercial Root", None),
    # its chain has ended since, and held at its own time
    ("sigstore.mock/response-expired.tsr", None, "ts_chain.pem", True, "under your root tsa", None),
]


@pytest.mark.parametrize(("name", "message", "chain", "ok", "says", "untrusted"), RFC3161_CLIENT)
def test_the_tokens_of_rfc3161_client(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, name: str, message: bytes | None, chain: str, ok: bool | None, says: str,
    untrusted: bool | None,
) -> None:  # fmt: skip
    file = corpus / "rfc3161-client" / name
    token = read_token(file.read_bytes())
    roots = load_roots(None, [file.parent / chain], system=False)
    given, detail = answer(token, message, roots, monkeypatch)
    assert (given, says in detail) == (ok, True), detail
    assert answer(token, message, Roots(), monkeypatch)[0] is untrusted


def test_a_time_outside_of_its_signers_certificate_fails(corpus: Path) -> None:
    """The mocked authority of sigstore dates its token into the life of its certificate; moved out of it, it fails."""
    from dataclasses import replace
    from datetime import UTC, datetime

    folder = corpus / "rfc3161-client" / "sigstore.mock"
    token = read_token((folder / "response-expired.tsr").read_bytes())
    moved = replace(
        token, time=datetime(2000, 1, 1, tzinfo=UTC), imprint=hashlib.sha256(b"x").digest(), algorithm="sha256"
    )
    judged = judge_token(moved, b"x", load_roots(None, [folder / "ts_chain.pem"], system=False))
    assert (judged.ok, "was not valid at the token's time" in judged.detail) == (False, True)


@pytest.mark.parametrize(
    ("name", "signer"),
    [
        ("digicert.tsr", "DigiCert Timestamp 2024"),  # its certificates are not in the order of DER
        ("valid_timestamp.tsr", "TrustID Timestamp Authority"),
        ("rfc3161-client-issue-104.tsr", "TrustID Timestamp Authority"),
        ("timestamp_token_http-timestamp-identrust-com", "TrustID Timestamp Authority"),  # a token without its response
        ("self_signed.tsr", "TSA SINPE v3"),
    ],
)
def test_the_tokens_of_auto_archiver(corpus: Path, monkeypatch: pytest.MonkeyPatch, name: str, signer: str) -> None:
    token = read_token((corpus / "auto-archiver" / name).read_bytes())
    assert token.signer == signer
    ok, detail = answer(token, None, Roots(), monkeypatch)
    assert (ok, "not among your roots" in detail) == (None, True)
    assert judge_token(token, b"something else", Roots()).ok is False
    raw = bytearray(token.raw)
    at = token.raw.rindex(token.signed.signature)
    raw[at + 20] ^= 1
    assert answer(read_token(bytes(raw)), None, Roots(), monkeypatch) == (False, "its signature is wrong")
    if "TrustID" in signer:
        roots = load_roots(None, [corpus / "rfc3161-client" / "identrust" / "ts_chain.pem"], system=False)
        assert answer(token, None, roots, monkeypatch)[0] is True


def test_the_tokens_in_sigstores_bundles(corpus: Path) -> None:
    """A token in a bundle should be over its signature. Those of two bundles, made to test a limit on their number, are over `hello`."""
    folder = corpus / "sigstore-python"
    trusted = json.loads((folder / "trust_config.json").read_text())["trustedRoot"]["timestampAuthorities"]
    chains = [item["certChain"] for item in (*trusted, json.loads((folder / "ca.json").read_text()))]
    roots = among(*(base64.b64decode(item["rawBytes"]) for chain in chains for item in chain["certificates"]))
    found: dict[str, list[tuple[bool | None, ...]]] = {}
    for file in sorted(folder.glob("bundle*.sigstore")):
        bundle = json.loads(file.read_text())
        signature = base64.b64decode(bundle["messageSignature"]["signature"])
        for item in bundle["verificationMaterial"]["timestampVerificationData"]["rfc3161Timestamps"]:
            token = read_token(base64.b64decode(item["signedTimestamp"]))
            answers = tuple(judge_token(token, message, roots).ok for message in (signature, HELLO))
            found.setdefault(file.name, []).append(answers)
            assert judge_token(token, signature, Roots()).ok is (None if token.covers(signature) else False)
    over_hello = (False, True)
    assert found == {
        "bundle.duplicate.sigstore": [over_hello] * 3,
        "bundle.many_timestamp.sigstore": [over_hello] * 33,
        "bundle.txt.late_timestamp.sigstore": [(None, False)],
        "bundle.txt.sigstore": [(True, False), over_hello],
    }


def test_a_token_without_certificates_is_decided_only_with_the_signers(corpus: Path) -> None:
    folder = corpus / "sigstore-python"
    token = read_token((folder / "issue1482-timestamp-with-no-cert").read_bytes())
    judged = judge_token(token, (folder / "issue1482-message").read_bytes(), Roots())
    assert (judged.ok, "does not bring its signer's certificate" in judged.detail) == (None, True)
    assert judge_token(token, b"another message", Roots()).ok is False


def test_what_is_no_rfc_3161_time_stamp_is_refused_in_a_sentence(corpus: Path) -> None:
    proofs = sorted((corpus / "opentimestamps-client").rglob("*.ots"))
    assert len(proofs) >= 14
    for proof in proofs:
        with pytest.raises(BadTimestamp, match=r"OpenTimestamps proof|no RFC 3161 time stamp"):
            read_token(proof.read_bytes())
    for other in (*corpus.rglob("*.der"), *corpus.rglob("*.pem"), *corpus.rglob("*.md"), *corpus.rglob("LICENSE")):
        with pytest.raises(BadTimestamp, match="no RFC 3161 time stamp"):
            read_token(other.read_bytes())
    assert load_pem((corpus / "rfc3161-client" / "test_tsa" / "ts_chain.pem").read_bytes())
