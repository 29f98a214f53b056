"""The roots that the verifier trusts: never those that an archive or a token brings.

They are the system's (what web browsers' and TLS' roots are on this machine), the files ``timestamp-roots/*.pem`` in the person's
configuration folder, and files named for one run. A file may hold more than roots: certificates in it that are not self-signed help to
build chains and are trusted in nothing.
"""

from __future__ import annotations

import functools
import re
import ssl
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509

from archiver.errors import InputError
from archiver.timestamps.certificates import load_der, load_pem, self_issued

FOLDER = "timestamp-roots"
_MAX_FILE = 4 << 20
_HASHED = re.compile(r"[0-9a-f]{8}\.[0-9]+")


@dataclass(frozen=True, slots=True)
class Roots:
    """``trusted`` are self-signed certificates, ``helpers`` others that may stand between a signer and a root."""

    trusted: tuple[x509.Certificate, ...] = ()
    helpers: tuple[x509.Certificate, ...] = ()
    _by_subject: dict[bytes, list[x509.Certificate]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        for certificate in self.trusted:
            self._by_subject.setdefault(certificate.subject.public_bytes(), []).append(certificate)

    def named(self, subject: x509.Name) -> list[x509.Certificate]:
        """The trusted roots with this subject."""
        return self._by_subject.get(subject.public_bytes(), [])


def own_roots(config: Path, files: Sequence[Path] = ()) -> Roots:
    """The verifier's store: the system's roots, those in the person's configuration folder, and files named for this run.

    Raises InputError for a file that cannot be read as certificates.
    """
    return load_roots(config / FOLDER, files)


def load_roots(folder: Path | None, files: Sequence[Path] = (), *, system: bool = True) -> Roots:
    """``folder`` is where the person keeps roots (``*.pem``, may be missing), ``files`` are further PEM or DER files.

    Raises InputError for a file that cannot be read as certificates.
    """
    found: list[x509.Certificate] = list(_system()) if system else []
    own = sorted(folder.glob("*.pem")) if folder is not None else []
    for path in (*own, *files):
        found += _certificates(path)
    unique = dict.fromkeys(found)
    return Roots(
        tuple(certificate for certificate in unique if self_issued(certificate)),
        tuple(certificate for certificate in unique if not self_issued(certificate)),
    )


def _certificates(path: Path) -> list[x509.Certificate]:
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_FILE + 1)
    except OSError as error:
        raise InputError(f"The root certificates {path} cannot be read: {error.strerror}.") from error
    try:
        if len(data) > _MAX_FILE:
            raise ValueError("too long")
        return load_pem(data) if b"-----BEGIN" in data else [load_der(data)]
    except ValueError as error:
        raise InputError(
            f"{path} holds no certificate that can be read; give a PEM or DER file of the authority's root."
        ) from error


@functools.cache
def _system() -> tuple[x509.Certificate, ...]:
    """What TLS on this machine trusts. Where OpenSSL keeps one certificate a file, they have to be read one by one."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_default_certs()
    found = dict.fromkeys(context.get_ca_certs(binary_form=True))
    folder = ssl.get_default_verify_paths().capath
    if folder and Path(folder).is_dir():
        for path in sorted(Path(folder).iterdir()):
            if _HASHED.fullmatch(path.name):
                found |= dict.fromkeys(_encoded(path))
    return tuple(_readable(found))


def _encoded(path: Path) -> list[bytes]:
    try:
        text = path.read_text("ascii", "ignore")
        return [ssl.PEM_cert_to_DER_cert(text[text.index("-----BEGIN") : text.index("-----END CERTIFICATE-----") + 25])]
    except (OSError, ValueError):
        return []  # what the system's store holds is the system's business


def _readable(encoded: Iterable[bytes]) -> list[x509.Certificate]:
    found = []
    for data in encoded:
        try:
            certificate = load_der(data)
            if self_issued(certificate):
                found.append(certificate)
        except ValueError:
            continue
    return found
