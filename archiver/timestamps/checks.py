"""What a token proves to a verifier with roots of their own, at the token's own time.

The steps, in order:

(1) it stamps this message, and (where it has just been asked for) carries the nonce of the request;
(2) its signer's certificate is at hand, may sign times and nothing else (critical, only id-kp-timeStamping: RFC 3161 section 2.3), and
    was valid at the token's time;
(3) the signature is that certificate's, over this content, and the signer named this certificate in what it signed;
(4) the certificates lead to one of the verifier's roots (else: undecided), and on one of the ways there all of them held at the token's
    time, as OpenSSL judges through `rfc3161-client`; none between is restricted to other uses (else: undecided).

That a certificate has ended since changes nothing. Revocation is not asked about: that would tell the authority who verifies what. It does
not say that what was stamped is true, only that it existed no later than the token's time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.x509.oid import ExtendedKeyUsageOID
from rfc3161_client import VerificationError, VerifierBuilder

from archiver import clock
from archiver.timestamps.certificates import common_name, self_issued
from archiver.timestamps.roots import FOLDER, Roots
from archiver.timestamps.token import Token

_SHA1 = ", but with SHA-1, in which forgeries are possible for who asked for the token: have another authority stamp the log too"
_DEPTH = 8
_WAYS = 8
"""Chains that are tried for one token at most: who puts certificates into a token must not choose how long it takes."""


@dataclass(frozen=True, slots=True)
class TokenJudgement:
    """``ok`` is True, False, or None for a token that cannot be decided here; ``chain`` leads from the signer to the root where one was found."""

    ok: bool | None
    detail: str
    chain: tuple[x509.Certificate, ...] = ()


def judge_token(token: Token, message: bytes, roots: Roots, nonce: int | None = None) -> TokenJudgement:
    """Judges a token over ``message``. ``nonce`` is that of the request, None for a token that was kept."""
    fault = _wrong_subject(token, message, nonce)  # (1)
    if fault:
        return TokenJudgement(False, fault)
    signer = token.signer_among((*token.certificates, *roots.helpers, *roots.trusted))
    if signer is None:
        return TokenJudgement(
            None,
            "it does not bring its signer's certificate; get that from the authority's page and name the file with --tsa-root",
        )
    try:
        fault = _unfit(signer, token.time) or token.signed.fault(signer)  # (2) (3)
    except ValueError:
        fault = "its signer's certificate cannot be read"
    if fault:
        return TokenJudgement(False, fault)
    faults: list[TokenJudgement] = []
    for chain in _chains(signer, token, roots):  # (4)
        fault = _broken(chain, token, signer)
        other = next(filter(_is_for_other_uses, chain[1:-1]), None)
        if fault is None and other is not None:
            words = f"the certificate of {common_name(other.subject)}, between its signer and your root, is for other uses than time stamps"
            faults.append(TokenJudgement(None, words, chain))
        elif fault is None:
            words = f"signed by {common_name(signer.subject)}, under your root {common_name(chain[-1].subject)}"
            return TokenJudgement(True, f"{words}{_SHA1}" if token.signed.is_weak else words, chain)
        else:
            faults.append(TokenJudgement(False, fault, chain))
    return faults[0] if faults else TokenJudgement(None, _unknown(signer, token))


def _wrong_subject(token: Token, message: bytes, nonce: int | None) -> str | None:
    if not token.algorithm:
        return "it stamps a hash of a kind that is not taken (only SHA-256, SHA-384 and SHA-512 are)"
    if not token.covers(message):
        return "it is the time stamp of something else: its imprint is another"
    if nonce is not None and token.nonce != nonce:
        return "it answers another request: its nonce is another"
    return None


def _unfit(signer: x509.Certificate, time: datetime) -> str | None:
    """Why a certificate must not sign times, or not at this time."""
    try:
        usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except (x509.ExtensionNotFound, x509.DuplicateExtension, x509.UnsupportedGeneralNameType, ValueError, TypeError):
        usage = None
    if usage is None or not usage.critical or list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        return f"the certificate of {common_name(signer.subject)} is not one for time stamps alone (its extended key usage)"
    return _out_of_time(signer, time)


def _is_for_other_uses(issuer: x509.Certificate) -> bool:
    """Whether it was given to somebody who may issue certificates for other purposes only, such as those of web servers.

    The system's roots are those of TLS, and OpenSSL does not look at the purposes of who stands below them.
    """
    try:
        usage = issuer.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    except (x509.DuplicateExtension, x509.UnsupportedGeneralNameType, ValueError, TypeError):
        return True
    return not {ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE} & set(usage)


def _out_of_time(certificate: x509.Certificate, time: datetime) -> str | None:
    if _valid_at(certificate, time):
        return None
    start, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    return (
        f"the certificate of {common_name(certificate.subject)} was not valid at the token's time {clock.stamp(time)} "
        f"(it is from {clock.stamp(start)} to {clock.stamp(end)})"
    )


def _valid_at(certificate: x509.Certificate, time: datetime) -> bool:
    return certificate.not_valid_before_utc <= time <= certificate.not_valid_after_utc


def _chains(signer: x509.Certificate, token: Token, roots: Roots) -> Iterator[tuple[x509.Certificate, ...]]:
    """Chains from the signer up to a root of the verifier's, by names and signatures, those first in which all were valid at the token's time.

    There may be several: authorities renew certificates under the same name and key, and sign one another's. One that holds is enough.
    """
    found: dict[tuple[x509.Certificate, ...], None] = {}
    for usable in (lambda item: _valid_at(item, token.time), lambda _: True):
        for way in islice(_ways(signer, token, roots, usable), _WAYS):
            if way not in found:
                found[way] = None
                yield way


def _ways(
    signer: x509.Certificate, token: Token, roots: Roots, usable: Callable[[x509.Certificate], bool]
) -> Iterator[tuple[x509.Certificate, ...]]:
    pool = [item for item in (*token.certificates, *roots.helpers) if not self_issued(item) and usable(item)]
    seen: set[x509.Certificate] = set()
    ways: list[tuple[x509.Certificate, ...]] = [(signer,)]
    while ways:
        way = ways.pop()
        last = way[-1]
        if last in roots.named(last.subject):
            yield way
            continue
        for root in roots.named(last.issuer):
            if usable(root) and _issued(last, root):
                yield (*way, root)
        if last in seen or len(way) >= _DEPTH:
            continue
        seen.add(last)
        ways += [
            (*way, item) for item in pool if item.subject == last.issuer and item not in seen and _issued(last, item)
        ]


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _unknown(signer: x509.Certificate, token: Token) -> str:
    top = signer
    for _ in range(_DEPTH):
        above = [
            item for item in token.certificates if item.subject == top.issuer and item != top and _issued(top, item)
        ]
        if not above:
            break
        top = above[0]
    return (
        f"signed by {common_name(signer.subject)}, but its certificates lead to {common_name(top.issuer)}, which is not among your roots: get "
        f"that certificate from the authority's page, and name it with --tsa-root or put it into {FOLDER}/ of your configuration folder"
    )


def _broken(chain: Sequence[x509.Certificate], token: Token, signer: x509.Certificate) -> str | None:
    for certificate in chain:
        fault = _out_of_time(certificate, token.time)
        if fault:
            return fault
    given = None if signer in token.certificates else signer
    # just the chain that was found: OpenSSL, given several certificates of one name, takes one of them and stays with it
    verifier = VerifierBuilder(tsa_certificate=given, intermediates=list(chain[1:-1]), roots=[chain[-1]]).build()
    try:
        verifier.verify(token.response, token.imprint)
    except (VerificationError, ValueError) as error:
        return f"OpenSSL does not take it: {_reason(str(error))}"
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        return "its signature cannot be read"
    return None


def _reason(error: str) -> str:
    """The last reason in what OpenSSL's errors were strung together to."""
    _, found, rest = error.rpartition("Verify error:")
    if not found:
        _, found, rest = error.rpartition('reason: "')
    words = rest.partition('"')[0] if found else error
    return "".join(sign for sign in words if sign.isprintable())[:120] or "the chain does not hold"
