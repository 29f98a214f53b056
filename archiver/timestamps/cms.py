"""The signature of a time stamp token, looked at by itself: signed data of CMS (RFC 5652) with one signer.

`rfc3161-client` (OpenSSL beneath) judges signature and certificate chain in one go, the chain first. So that a forged signature is not
taken for a chain that is merely unknown here, the signature is checked by itself, and so is what OpenSSL's PKCS #7 does not look at: that
the signer named its own certificate in what it signed (RFC 3161 section 2.4.2, RFC 5816).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.x509 import Certificate

from archiver.timestamps import der
from archiver.timestamps.certificates import encoded
from archiver.timestamps.der import FIRST, OCTETS, OID, SECOND, SEQUENCE, SET, Element, NotDer

_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_TST_INFO = bytes.fromhex("2a864886f70d0109100104")
_MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
_SIGNING_CERTIFICATE = bytes.fromhex("2a864886f70d010910020c")
_SIGNING_CERTIFICATE_V2 = bytes.fromhex("2a864886f70d010910022f")
_DIGESTS = {
    bytes.fromhex("2b0e03021a"): "sha1",
    bytes.fromhex("608648016503040201"): "sha256",
    bytes.fromhex("608648016503040202"): "sha384",
    bytes.fromhex("608648016503040203"): "sha512",
}
# signature algorithms that name their hash themselves, RSA with PKCS #1 v1.5 and ECDSA; the others take the signer's digest algorithm
_SIGNATURES = {
    bytes.fromhex("2a864886f70d01010b"): "sha256",
    bytes.fromhex("2a864886f70d01010c"): "sha384",
    bytes.fromhex("2a864886f70d01010d"): "sha512",
    bytes.fromhex("2a8648ce3d040302"): "sha256",
    bytes.fromhex("2a8648ce3d040303"): "sha384",
    bytes.fromhex("2a8648ce3d040304"): "sha512",
}
# the same, and DSA, with SHA-1
_WEAK = frozenset(map(bytes.fromhex, ("2a864886f70d010105", "2a8648ce3d0401", "2a8648ce380403")))
_RSA = bytes.fromhex("2a864886f70d010101")
_EC = bytes.fromhex("2a8648ce3d0201")
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512(),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signed:
    """The parts of a token's signed data that its signature is over, and the signature.

    ``attributes`` are the signed attributes as they are hashed, ``named`` the (hash name, hash) by which the signer named its
    certificate, None where it did not.
    """

    content: bytes
    attributes: bytes
    message_digest: bytes
    digest: str
    algorithm: bytes
    signature: bytes
    named: tuple[str, bytes] | None

    @property
    def is_weak(self) -> bool:
        """Whether the signature rests on SHA-1: two contents with one digest can be made, if both are made by one who knows what is signed."""
        return self.digest == "sha1" or self.algorithm in _WEAK

    def fault(self, signer: Certificate) -> str | None:
        """What is wrong with the signature of this signer; None where nothing is, or where the algorithm is one that only OpenSSL knows."""
        if hashlib.new(self.digest, self.content, usedforsecurity=False).digest() != self.message_digest:
            return "what it says is not what was signed"
        if not _accepts(signer, self):
            return "its signature is wrong"
        if self.named is None:
            return "its signer did not name its own certificate, as RFC 3161 demands"
        name, value = self.named
        if hashlib.new(name, encoded(signer), usedforsecurity=False).digest() != value:
            return "it names another certificate of its signer than the one it brings"
        return None


def signed_parts(response: bytes) -> Signed:
    """Reads a TimeStampResp. Raises NotDer where it has not the form that RFC 3161 gives it."""
    _, token = der.read(response).expect(SEQUENCE, SEQUENCE)[:2]
    data = list(_signed_data(token).children())
    content = data[2].expect(OID, FIRST)
    if content[0].inner != _TST_INFO:
        raise NotDer("it signs something else than a time")
    (info,) = content[1].expect(OCTETS)
    (signer,) = data[-1].expect(SEQUENCE)
    parts = list(signer.children())
    if [part.tag for part in parts[:6]] != [0x02, SEQUENCE, SEQUENCE, FIRST, SEQUENCE, OCTETS]:
        raise NotDer("its signer's part has another form")
    digest = _DIGESTS.get(parts[2].expect(OID)[0].inner)
    if digest is None:
        raise NotDer("its digest algorithm is none that is known")
    attributes = {}
    for attribute in parts[3].children():
        name, values = attribute.expect(OID, SET)[:2]
        attributes[name.inner] = list(values.children())
    digests = attributes.get(_MESSAGE_DIGEST, [])
    if len(digests) != 1:
        raise NotDer("its signer signed no digest")
    return Signed(
        content=info.inner,
        attributes=der.encode(SET, parts[3].inner),
        message_digest=digests[0].inner,
        digest=digest,
        algorithm=parts[4].expect(OID)[0].inner,
        signature=parts[5].inner,
        named=_named(attributes),
    )


def in_order(response: bytes) -> bytes:
    """The response with the set of certificates sorted as DER wants it; the bytes as they are where that is so already.

    OpenSSL's own authority and DigiCert's write the set unsorted. No signature is over it, and the library refuses it as it is.
    Raises NotDer.
    """
    whole = der.read(response)
    status, token = whole.expect(SEQUENCE, SEQUENCE)[:2]
    data = _signed_data(token)
    parts = [part.whole if part.tag != FIRST else _sorted(part) for part in data.children()]
    oid = next(token.children()).whole
    signed = der.encode(FIRST, der.encode(SEQUENCE, b"".join(parts)))
    return der.encode(SEQUENCE, status.whole + der.encode(SEQUENCE, oid + signed))


def wrapped(data: bytes) -> bytes | None:
    """A token that stands without its response, put into one; None where the bytes are no token."""
    try:
        first = next(der.read(data).children())
    except (NotDer, StopIteration):
        return None
    if first.tag != OID or first.inner != _SIGNED_DATA:
        return None
    granted = der.encode(SEQUENCE, der.encode(0x02, b"\x00"))
    return der.encode(SEQUENCE, granted + data)


def _signed_data(token: Element) -> Element:
    oid, content = token.expect(OID, FIRST)[:2]
    if oid.inner != _SIGNED_DATA:
        raise NotDer("it is no signed data")
    (data,) = content.expect(SEQUENCE)
    parts = [part.tag for part in data.children()]
    if parts not in (
        [0x02, SET, SEQUENCE, *certificates, SET] for certificates in ([], [FIRST], [SECOND], [FIRST, SECOND])
    ):
        raise NotDer("its signed data has another form")
    return data


def _sorted(part: Element) -> bytes:
    return der.encode(part.tag, b"".join(sorted(child.whole for child in part.children())))


def _named(attributes: dict[bytes, list[Element]]) -> tuple[str, bytes] | None:
    """(hash name, hash) of the first certificate that a signing-certificate attribute names."""
    for oid, default in ((_SIGNING_CERTIFICATE_V2, "sha256"), (_SIGNING_CERTIFICATE, "sha1")):
        for value in attributes.get(oid, ()):
            first = value.expect(SEQUENCE)[0].expect(SEQUENCE)[0]
            parts = list(first.children())
            name: str | None = default
            if parts and parts[0].tag == SEQUENCE:
                name = _DIGESTS.get(parts.pop(0).expect(OID)[0].inner)
            if name is None or not parts or parts[0].tag != OCTETS:
                raise NotDer("it names its signer's certificate in a way that is not known")
            return name, parts[0].inner
    return None


def _accepts(signer: Certificate, signed: Signed) -> bool:
    try:
        key = signer.public_key()
        if isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signed.signature, signed.attributes)
            return True
        name = _SIGNATURES.get(signed.algorithm) or (signed.digest if signed.algorithm in (_RSA, _EC) else "")
        chosen = _HASHES.get(name)
        if chosen is None:
            return True  # OpenSSL will say
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signed.signature, signed.attributes, padding.PKCS1v15(), chosen)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signed.signature, signed.attributes, ec.ECDSA(chosen))
    except UnsupportedAlgorithm:
        return True
    except (InvalidSignature, ValueError):
        return False
    return True
