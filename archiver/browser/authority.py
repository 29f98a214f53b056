"""A certificate authority that lives as long as one capture: the browser believes it, and nobody else ever meets it."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import os
import ssl
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_LIFE = timedelta(days=2)
_MOST = 256  # hosts whose settings are kept: 24 KiB each
_LONGEST_NAME = 64  # characters that a common name may have (RFC 5280); the real name stands in the alternative names


class ThrowAwayAuthority:
    """Gives certificates for any host. Its keys are made here and never written to a disk. Many threads may ask it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._begin = datetime.now(UTC) - timedelta(days=1)
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._host_key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "archiver, for one capture")])
        self._certificate = (
            self._builder(name, name, self._key.public_key())
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(self._key, hashes.SHA256())
        )

    @property
    def fingerprint(self) -> str:
        """SHA-256 of its public key, in base 64: what the browser is told to believe, and nothing else of it."""
        public = self._key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return base64.b64encode(hashlib.sha256(public).digest()).decode()

    def context(self, host: str) -> ssl.SSLContext:
        """TLS settings of a server that is called ``host`` (a name, or an address without brackets). Raises ValueError for no name."""
        with self._lock:
            made = self._contexts.get(host)
            if made is None:
                if (
                    len(self._contexts) >= _MOST
                ):  # a page can name hosts without end; those that it goes on with are made again
                    del self._contexts[next(iter(self._contexts))]
                made = self._contexts[host] = self._context(host)
            return made

    def _context(self, host: str) -> ssl.SSLContext:
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host[:_LONGEST_NAME])])
        certificate = (
            self._builder(subject, self._certificate.subject, self._host_key.public_key())
            .add_extension(x509.SubjectAlternativeName([_general_name(host)]), critical=False)
            .sign(self._key, hashes.SHA256())
        )
        chain = b"".join(item.public_bytes(serialization.Encoding.PEM) for item in (certificate, self._certificate))
        key = self._host_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.minimum_version = ssl.TLSVersion.TLSv1_2
        made.set_alpn_protocols(["http/1.1"])
        with _unwritten(chain) as chain_path, _unwritten(key) as key_path:
            made.load_cert_chain(chain_path, key_path)
        return made

    def _builder(
        self, subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self._begin)
            .not_valid_after(self._begin + _LIFE)
        )


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


@contextmanager
def _unwritten(data: bytes) -> Iterator[str]:
    """A path that gives the data once. Python's ssl takes keys from paths only, so it is a pipe where the system has them."""
    if os.name == "nt":
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "once.pem"
            path.write_bytes(data)
            yield str(path)
        return
    reading, writing = os.pipe()
    try:
        os.write(writing, data)  # a pipe takes 4 KiB at the least; this is no more than 2
        os.close(writing)
        yield f"/dev/fd/{reading}"
    finally:
        os.close(reading)
