"""What is made of the tokens of a real authority, good and bad."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from authority import Authority, certificate, make_authority, pem
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from archiver.errors import BadTimestamp
from archiver.timestamps import Roots, judge_token, make_request, read_token
from archiver.timestamps.certificates import load_pem, self_issued
from archiver.timestamps.roots import load_roots

MESSAGE = b"a signed head\n"


def roots_of(*authorities: Authority) -> Roots:
    return load_roots(None, [authority.root_file for authority in authorities], system=False)


def test_a_good_token_holds_under_its_root_and_is_undecided_without_it(authority: Authority) -> None:
    token = read_token(authority.token(MESSAGE))
    judged = judge_token(token, MESSAGE, roots_of(authority))
    assert (judged.ok, judged.detail) == (True, "signed by Test Authority, under your root Test Root")
    assert [self_issued(item) for item in judged.chain] == [False, False, True]
    judged = judge_token(token, MESSAGE, Roots())
    assert (judged.ok, "lead to Test Root, which is not among your roots" in judged.detail) == (None, True)
    assert judge_token(token, MESSAGE + b"x", roots_of(authority)).ok is False


def test_a_root_of_the_same_name_with_another_key_trusts_nothing(authority: Authority, tmp_path: Path) -> None:
    impostor = make_authority(tmp_path / "impostor")
    token = read_token(authority.token(MESSAGE))
    assert judge_token(token, MESSAGE, roots_of(impostor)).ok is None
    assert judge_token(token, MESSAGE, roots_of(impostor, authority)).ok is True


def test_fractions_of_a_second_are_read(tmp_path: Path) -> None:
    exact = make_authority(tmp_path / "exact", digits=3)
    assert judge_token(read_token(exact.token(MESSAGE)), MESSAGE, roots_of(exact)).ok is True


def test_the_nonce_must_be_that_of_the_request(authority: Authority) -> None:
    request, other = make_request(MESSAGE), make_request(MESSAGE)
    assert request.nonce != other.nonce
    token = read_token(authority.respond(request.data))
    assert judge_token(token, MESSAGE, roots_of(authority), request.nonce).ok is True
    judged = judge_token(token, MESSAGE, roots_of(authority), other.nonce)
    assert (judged.ok, "nonce" in judged.detail) == (False, True)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            {"usage": [ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING]},
            "not one for time stamps alone",
        ),
        ({"usage": [ExtendedKeyUsageOID.SERVER_AUTH]}, "not one for time stamps alone"),
        ({"critical": False}, "not one for time stamps alone"),
        ({"days": (-100.0, -1.0)}, "was not valid at the token's time"),
        ({"days": (1.0, 100.0)}, "was not valid at the token's time"),
    ],
)
def test_a_certificate_that_may_not_sign_this_time(tmp_path: Path, changes: dict[str, object], says: str) -> None:
    """openssl refuses to sign with some of them, so the token of a good one gets the other certificate put in its place."""
    authority = make_authority(tmp_path / "authority")
    authority.sign_with(**changes)  # type: ignore[arg-type]
    try:
        token = read_token(authority.token(MESSAGE))
    except Exception:  # noqa: BLE001
        token = forged(authority, changes)
    judged = judge_token(token, MESSAGE, roots_of(authority))
    assert (judged.ok, says in judged.detail) == (False, True), judged.detail


def forged(authority: Authority, changes: dict[str, object]):
    """A token of a good certificate, judged as if its signer's certificate were the bad one."""
    from dataclasses import replace

    from cryptography import x509

    bad = x509.load_pem_x509_certificate((authority.folder / "tsa.pem").read_bytes())
    authority.sign_with()
    token = read_token(authority.token(MESSAGE))
    return replace(token, certificates=(bad,), issuer=bad.issuer, certificate_serial=bad.serial_number)


def test_a_chain_that_had_ended_at_the_tokens_time_fails(tmp_path: Path) -> None:
    authority = make_authority(tmp_path / "authority", middle_days=(-100.0, -1.0))
    judged = judge_token(read_token(authority.token(MESSAGE)), MESSAGE, roots_of(authority))
    assert (judged.ok, "Test Intermediate was not valid" in judged.detail) == (False, True), judged.detail


def test_a_token_without_its_intermediate_needs_it_from_the_verifier(tmp_path: Path) -> None:
    authority = make_authority(tmp_path / "authority")
    authority.sign_with(chain=False)
    token = read_token(authority.token(MESSAGE))
    judged = judge_token(token, MESSAGE, roots_of(authority))
    assert (judged.ok, "lead to Test Intermediate" in judged.detail) == (None, True)
    helped = load_roots(None, [authority.root_file, authority.folder / "middle.pem"], system=False)
    assert judge_token(token, MESSAGE, helped).ok is True
    only_middle = load_roots(None, [authority.folder / "middle.pem"], system=False)
    assert judge_token(token, MESSAGE, only_middle).ok is None, "what is not self-signed is trusted in nothing"


def test_a_certificate_that_the_token_brings_is_no_root(authority: Authority) -> None:
    """An authority that puts its own root into the token is not thereby trusted."""
    chain = authority.folder / "chain.pem"
    chain.write_bytes(chain.read_bytes() + pem(authority.root))
    token = read_token(authority.token(MESSAGE))
    assert len(token.certificates) == 3
    judged = judge_token(token, MESSAGE, Roots())
    assert (judged.ok, "Test Root, which is not among" in judged.detail) == (None, True)
    assert judge_token(token, MESSAGE, roots_of(authority)).ok is True


def test_the_signers_certificate_cannot_be_swapped_for_another_of_the_same_key(tmp_path: Path) -> None:
    """Same key, issuer and serial number would fool the signature alone; what the signer signed names its certificate."""
    from dataclasses import replace

    from archiver.timestamps.cms import Signed

    authority = make_authority(tmp_path / "authority")
    token = read_token(authority.token(MESSAGE))
    for named, says in (
        (("sha256", bytes(32)), "names another certificate"),
        (None, "did not name its own certificate"),
    ):
        signed: Signed = replace(token.signed, named=named)
        judged = judge_token(replace(token, signed=signed), MESSAGE, roots_of(authority))
        assert (judged.ok, says in judged.detail) == (False, True)


def test_no_changed_bit_makes_a_token_say_something_else(authority: Authority) -> None:
    """Each byte flipped, and thousands of random cuts and changes: never another time or message, never another exception."""
    raw = authority.token(MESSAGE)
    good = read_token(raw)
    roots = roots_of(authority)
    chance = random.Random(5)
    variants = [raw[:at] + bytes((raw[at] ^ (1 << chance.randrange(8)),)) + raw[at + 1 :] for at in range(len(raw))]
    for _ in range(1500):
        data = bytearray(raw)
        start, length = chance.randrange(len(raw)), chance.choice((0, 1, 2, 8, 300))
        data[start : start + length] = chance.randbytes(chance.choice((0, 1, 2, 8)))
        variants.append(bytes(data))
    held = 0
    for variant in variants:
        try:
            token = read_token(variant)
        except BadTimestamp:
            continue
        if judge_token(token, MESSAGE, roots).ok and variant != raw:
            held += 1
            assert (token.time, token.imprint, token.serial) == (good.time, good.imprint, good.serial)
    assert held < len(variants) / 100, "only what no signature covers may change"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"0",
        b"0\x80",
        b"0\x03\x02\x01\x00",
        b"\x30\x84\xff\xff\xff\xff",
        b"0\x82\x01\x00" + bytes(256),
        bytes(300_000),
        b"<html>",
    ],
)
def test_garbage_is_one_sentence(data: bytes) -> None:
    with pytest.raises(BadTimestamp, match=r"^It is .*\.$"):
        read_token(data)


def test_a_refusal_says_what_the_authority_says() -> None:
    # status 2 with the words "bad algorithm\x1b[31m"
    words = b"\x0c\x13bad algorithm\x1b[31m."
    status = b"\x02\x01\x02" + b"\x30" + bytes((len(words),)) + words
    body = b"\x30" + bytes((len(status),)) + status
    with pytest.raises(BadTimestamp, match="refused and says: bad algorithm") as caught:
        read_token(b"\x30" + bytes((len(body),)) + body)
    assert "\x1b" not in str(caught.value)


def test_an_intermediate_of_the_same_name_in_the_token_does_not_mislead(authority: Authority, tmp_path: Path) -> None:
    """A token is no proof of its own certificates' order: the chain that holds is found among them."""
    impostor = make_authority(tmp_path / "impostor")
    chain = authority.folder / "chain.pem"
    chain.write_bytes((impostor.folder / "middle.pem").read_bytes() + pem(impostor.root) + chain.read_bytes())
    for _ in range(4):
        token = read_token(authority.token(MESSAGE))
        assert len(token.certificates) == 4
        assert judge_token(token, MESSAGE, roots_of(authority)).ok is True
        assert judge_token(token, MESSAGE, roots_of(impostor)).ok is None


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("renewed", ["root", "in the token", "of the verifier"])
def test_a_renewed_certificate_beside_the_one_that_ended_makes_no_token_fail(
    tmp_path: Path, renewed: str, newest_first: bool
) -> None:
    """Both have the same name and key: one chain that holds is enough, whichever is met first."""
    authority = make_authority(tmp_path / "authority")
    root_key, middle_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
    root = certificate("Renewed Root", root_key, None)
    middle = certificate("Renewed Intermediate", middle_key, (root, root_key))
    ended = (-3000.0, -10.0)
    issued = (middle, middle_key)
    signer = certificate("Test Authority", key, issued, usage=[ExtendedKeyUsageOID.TIME_STAMPING])
    order = 1 if newest_first else -1
    roots = (root, certificate("Renewed Root", root_key, None, days=ended))[::order]
    middles = (middle, certificate("Renewed Intermediate", middle_key, (root, root_key), days=ended))[::order]
    (authority.folder / "tsa.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (authority.folder / "tsa.pem").write_bytes(pem(signer))
    brought = {"root": (middle,), "in the token": middles, "of the verifier": (signer,)}[renewed]
    (authority.folder / "chain.pem").write_bytes(b"".join(map(pem, brought)))
    trusted = Roots(roots if renewed == "root" else (root,), middles if renewed == "of the verifier" else ())
    judged = judge_token(read_token(authority.token(MESSAGE)), MESSAGE, trusted)
    assert (judged.ok, judged.chain) == (True, (signer, middle, root)), judged.detail
    # and where only those are at hand that had ended, it still fails and says so
    only_ended = Roots((roots[-1 if newest_first else 0],))
    if renewed == "root":
        judged = judge_token(read_token(authority.token(MESSAGE)), MESSAGE, only_ended)
        assert (judged.ok, "Renewed Root was not valid" in judged.detail) == (False, True)


def test_a_token_that_rests_on_sha_1_holds_and_says_so(tmp_path: Path) -> None:
    authority = make_authority(tmp_path / "authority")
    config = authority.folder / "tsa.cnf"
    assert "SHA-1" not in judge_token(read_token(authority.token(MESSAGE)), MESSAGE, roots_of(authority)).detail
    config.write_text(config.read_text().replace("signer_digest = sha256", "signer_digest = sha1"))
    judged = judge_token(read_token(authority.token(MESSAGE)), MESSAGE, roots_of(authority))
    assert (judged.ok, "but with SHA-1" in judged.detail) == (True, True), judged.detail


@pytest.mark.parametrize(
    ("usage", "holds"),
    [
        ([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH], None),
        ([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.TIME_STAMPING], True),
        ([ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE], True),
    ],
)
def test_who_may_issue_for_web_servers_only_makes_no_authority(
    tmp_path: Path, usage: list[x509.ObjectIdentifier], holds: bool | None
) -> None:
    """The system's roots are those of TLS; many below them may issue for their own servers, and for nothing else."""
    authority = make_authority(tmp_path / "authority")
    root_key = ec.generate_private_key(ec.SECP256R1())
    root = certificate("TLS Root", root_key, None)
    middle = load_pem(authority.folder.joinpath("middle.pem").read_bytes())[0]
    restricted = (
        x509.CertificateBuilder(root.subject, middle.subject, middle.public_key(), 7)
        .not_valid_before(middle.not_valid_before_utc)
        .not_valid_after(middle.not_valid_after_utc)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage(usage), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    (authority.folder / "chain.pem").write_bytes(pem(restricted))
    judged = judge_token(read_token(authority.token(MESSAGE)), MESSAGE, Roots((root,)))
    assert judged.ok is holds, judged.detail
    assert ("is for other uses than time stamps" in judged.detail) is (holds is None)
    # another way, by somebody who may, is enough
    both = Roots((root, authority.root), (middle,))
    assert judge_token(read_token(authority.token(MESSAGE)), MESSAGE, both).ok is True
