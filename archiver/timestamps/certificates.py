"""Certificates of authorities: read without the warnings that old roots give rise to, and named so that a terminal can show it."""

from __future__ import annotations

import warnings

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.utils import CryptographyDeprecationWarning


def load_der(data: bytes) -> x509.Certificate:
    """Reads a certificate, with all that is looked at later. Raises ValueError."""
    with warnings.catch_warnings():
        # some roots have a serial number of 0, which RFC 5280 came to forbid
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        try:
            return _whole(x509.load_der_x509_certificate(data))
        except (x509.InvalidVersion, TypeError, OverflowError) as error:
            raise ValueError(str(error)) from error


def load_pem(data: bytes) -> list[x509.Certificate]:
    """Every certificate of a PEM file. Raises ValueError."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        try:
            return [_whole(item) for item in x509.load_pem_x509_certificates(data)]
        except (x509.InvalidVersion, TypeError, OverflowError) as error:
            raise ValueError(str(error)) from error


def _whole(certificate: x509.Certificate) -> x509.Certificate:
    """The library reads most parts only when they are asked for: they are asked for here, where one error is as good as another."""
    for part in ("subject", "issuer", "serial_number", "not_valid_before_utc", "not_valid_after_utc"):
        getattr(certificate, part)
    return certificate


def encoded(certificate: x509.Certificate) -> bytes:
    """DER."""
    return certificate.public_bytes(Encoding.DER)


def self_issued(certificate: x509.Certificate) -> bool:
    return certificate.issuer.public_bytes() == certificate.subject.public_bytes()


def common_name(name: x509.Name) -> str:
    """The common name in it, or all of it where there is none; without anything that could steer a terminal."""
    found = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    text = str(found[0].value) if found else name.rfc4514_string()
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)[:120]
