"""A time stamp token as a value, and the request for one (RFC 3161)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder, TimeStampResponse, decode_timestamp_response

from archiver import clock
from archiver.digests import Digest
from archiver.errors import BadTimestamp
from archiver.timestamps import cms
from archiver.timestamps.certificates import common_name, load_der
from archiver.timestamps.cms import Signed
from archiver.timestamps.der import NotDer

REQUEST_TYPE = "application/timestamp-query"
RESPONSE_TYPE = "application/timestamp-reply"
MAX_SIZE = 256 * 1024
"""Bytes of a response at most; those of known authorities have 1 to 8 kB."""

_MAX_CERTIFICATES = 32
_OPENTIMESTAMPS = b"\x00OpenTimestamps\x00\x00Proof\x00"
_STATUS = {
    1: "granted something else than was asked for", 2: "refused", 3: "asks to wait", 4: "warns of a revocation",
    5: "was revoked",
}  # fmt: skip
_HASHES = {"2.16.840.1.101.3.4.2.1": "sha256", "2.16.840.1.101.3.4.2.2": "sha384", "2.16.840.1.101.3.4.2.3": "sha512"}


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent to an authority: a SHA-256 and a random nonce, nothing else."""

    data: bytes
    nonce: int


@dataclass(frozen=True, slots=True)
class Token:
    """A response that brought a token. ``raw`` are its bytes as they came.

    ``time`` is the authority's (UTC), ``imprint`` what was stamped under the hash ``algorithm`` (a name of hashlib, empty for one that is
    not taken). ``signer`` is the subject of the signer's certificate, which ends at ``expires``; None where it is not in the token.
    """

    raw: bytes
    time: datetime
    algorithm: str
    imprint: bytes
    nonce: int | None
    serial: int
    policy: str
    certificates: tuple[x509.Certificate, ...]
    issuer: x509.Name
    certificate_serial: int
    signed: Signed = field(repr=False)
    response: TimeStampResponse = field(repr=False)

    @property
    def digest(self) -> Digest:
        """What names it: the SHA-256 of its bytes as they came."""
        return Digest.of(self.raw)

    @property
    def stamp(self) -> str:
        """Its time, RFC 3339 with whole seconds."""
        return clock.stamp(self.time)

    @property
    def signer_certificate(self) -> x509.Certificate | None:
        """The certificate of the signer, where the token brings it."""
        return self.signer_among(self.certificates)

    @property
    def signer(self) -> str:
        certificate = self.signer_certificate
        return common_name(certificate.subject) if certificate else ""

    @property
    def expires(self) -> datetime | None:
        """When the signer's certificate ends: until then the token should be stamped again."""
        certificate = self.signer_certificate
        return certificate.not_valid_after_utc if certificate else None

    def covers(self, message: bytes) -> bool:
        """Whether it is the time stamp of this message."""
        return bool(self.algorithm) and hashlib.new(self.algorithm, message).digest() == self.imprint

    def signer_among(self, certificates: tuple[x509.Certificate, ...]) -> x509.Certificate | None:
        """The certificate that the signer information points to, by issuer and serial number."""
        for certificate in certificates:
            if certificate.issuer == self.issuer and certificate.serial_number == self.certificate_serial:
                return certificate
        return None


def make_request(message: bytes) -> Request:
    """A request for a time stamp over the SHA-256 of ``message``, with a nonce and with the signer's certificates wanted."""
    made = TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256).nonce(nonce=True)
    request = made.cert_request(cert_request=True).build()
    return Request(request.as_bytes(), request.nonce or 0)


def read_token(data: bytes) -> Token:
    """Reads a TimeStampResp, or a token that stands by itself; raises BadTimestamp with what is wrong. It judges nothing."""
    if data.startswith(_OPENTIMESTAMPS):
        raise BadTimestamp(
            "It is an OpenTimestamps proof, not an RFC 3161 time stamp; check it with the tools of OpenTimestamps."
        )
    if len(data) > MAX_SIZE:
        raise BadTimestamp(f"It is longer than {MAX_SIZE} bytes; no RFC 3161 time stamp is.")
    try:
        return _read(data)
    except BadTimestamp:
        raise
    except (
        ValueError,
        TypeError,
        LookupError,
        OverflowError,
        AttributeError,
        x509.UnsupportedGeneralNameType,
    ) as error:
        what = f" ({error})" if isinstance(error, NotDer) else ""
        raise BadTimestamp(f"It is no RFC 3161 time stamp that can be read{what}.") from error
    except BaseException as error:
        # how a panic of the library's Rust comes up: bytes of a stranger must not end the run
        if type(error).__name__ != "PanicException":
            raise
        raise BadTimestamp("It is no RFC 3161 time stamp that can be read.") from None


def _read(data: bytes) -> Token:
    whole = cms.wrapped(data) or data
    refusal = _refusal(whole)
    if refusal:
        raise BadTimestamp(refusal)
    ordered = cms.in_order(whole)
    signed = cms.signed_parts(ordered)
    response = decode_timestamp_response(ordered)
    info = response.tst_info
    signers = list(response.signed_data.signer_infos)
    found = response.signed_data.certificates
    if len(signers) != 1 or len(found) > _MAX_CERTIFICATES:
        raise BadTimestamp("It has several signers, or more certificates than any chain.")
    certificates = tuple(load_der(item) for item in sorted(found))
    return Token(
        raw=data,
        time=info.gen_time,
        algorithm=_HASHES.get(info.message_imprint.hash_algorithm.dotted_string, ""),
        imprint=info.message_imprint.message,
        nonce=info.nonce,
        serial=info.serial_number,
        policy=info.policy.dotted_string,
        certificates=certificates,
        issuer=signers[0].issuer,
        certificate_serial=signers[0].serial_number,
        signed=signed,
        response=response,
    )


def _refusal(data: bytes) -> str | None:
    """What a response without a token says; None where the authority granted one."""
    try:
        response = decode_timestamp_response(data)
        status = response.status
    except ValueError:
        return None  # unsorted certificates, or no response at all: what comes next tells
    if status == 0:
        return None
    words = " ".join("".join(sign for sign in part if sign.isprintable()) for part in response.status_string)[:200]
    said = f" and says: {words}" if words else ""
    return f"The authority {_STATUS.get(status, f'answers with the unknown status {status}')}{said}."
