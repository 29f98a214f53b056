"""TLS: whom we talked to, how, and with which certificate."""

from __future__ import annotations

import functools
import socket
import ssl
from dataclasses import dataclass

from archiver.errors import BadCertificate, Unreachable
from archiver.net.deadline import Deadline
from archiver.urls import Url, host_for_display

# WARC-Cipher-Suite wants IANA's names; TLS 1.3 suites have no other. These are all that are offered for TLS 1.2,
# which Python's own build of it does too, while those of some distributions offer what needs a shared secret beforehand.
_IANA_NAMES = {
    "ECDHE-ECDSA-AES256-GCM-SHA384": "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384": "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "ECDHE-ECDSA-AES128-GCM-SHA256": "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "ECDHE-RSA-AES128-GCM-SHA256": "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "ECDHE-ECDSA-CHACHA20-POLY1305": "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "ECDHE-RSA-CHACHA20-POLY1305": "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    "DHE-RSA-CHACHA20-POLY1305": "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    "ECDHE-ECDSA-AES256-SHA384": "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
    "ECDHE-RSA-AES256-SHA384": "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
    "ECDHE-ECDSA-AES128-SHA256": "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
    "ECDHE-RSA-AES128-SHA256": "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
    "ECDHE-ECDSA-AES256-SHA": "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
    "ECDHE-RSA-AES256-SHA": "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
    "ECDHE-ECDSA-AES128-SHA": "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
    "ECDHE-RSA-AES128-SHA": "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
    "DHE-RSA-AES256-GCM-SHA384": "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
    "DHE-RSA-AES128-GCM-SHA256": "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
    "DHE-RSA-AES256-SHA256": "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256",
    "DHE-RSA-AES128-SHA256": "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256",
    "AES256-GCM-SHA384": "TLS_RSA_WITH_AES_256_GCM_SHA384",
    "AES128-GCM-SHA256": "TLS_RSA_WITH_AES_128_GCM_SHA256",
    "AES256-SHA256": "TLS_RSA_WITH_AES_256_CBC_SHA256",
    "AES128-SHA256": "TLS_RSA_WITH_AES_128_CBC_SHA256",
}


@dataclass(frozen=True, slots=True)
class TlsFacts:
    """``protocol`` is written like ``tls/1.3``, ``cipher`` by IANA's name; ``certificates`` are DER, leaf first."""

    protocol: str
    cipher: str | None
    certificates: tuple[bytes, ...]


@functools.cache
def context(verify: bool) -> ssl.SSLContext:
    """The TLS settings, made once: reading the system's certificates takes some 60 ms.

    Made by hand, as ``ssl.create_default_context`` writes session keys to $SSLKEYLOGFILE. The system's roots are used;
    OpenSSL's own $SSL_CERT_FILE and $SSL_CERT_DIR point elsewhere.
    """
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.set_ciphers(":".join(_IANA_NAMES))
    # Debian 12's Python says "ignore" here, and a cut connection would pass for a finished answer
    made.options &= ~getattr(ssl, "OP_IGNORE_UNEXPECTED_EOF", 0)
    made.set_alpn_protocols(["http/1.1"])
    if verify:
        made.load_default_certs()
    else:
        made.check_hostname = False
        made.verify_mode = ssl.CERT_NONE
    return made


def secure(connection: socket.socket, url: Url, verify: bool, deadline: Deadline) -> ssl.SSLSocket:
    """Shake hands over a connected socket, which is closed if that fails; checked is the URL's host, not the address.

    Raises BadCertificate, Unreachable (no TLS, time-out, reset), Stopped.
    """
    shown = host_for_display(url.host)
    try:
        # without suppress_ragged_eofs a cut connection and a finished answer can be told apart (RFC 9112 section 9.8)
        wrapped = context(verify).wrap_socket(
            connection,
            server_hostname=url.host.strip("[]").rstrip("."),
            do_handshake_on_connect=False,
            suppress_ragged_eofs=False,
        )
    except (ValueError, OSError) as error:  # a host that no certificate can name, such as ".example.org"; a reset
        connection.close()
        raise Unreachable(
            f"No secure connection to {shown} could be begun ({_why(error)}); check the address."
        ) from error
    try:
        _shake_hands(wrapped, shown, deadline)
    except BaseException:
        wrapped.close()
        raise
    return wrapped


def describe(connection: ssl.SSLSocket) -> TlsFacts:
    """Read off a connection what is recorded of it."""
    version = connection.version() or "TLSv1.2"
    cipher = connection.cipher()
    name = cipher[0] if cipher else ""
    return TlsFacts(
        protocol="tls/" + version.removeprefix("TLSv"),
        cipher=name if name.startswith("TLS_") else _IANA_NAMES.get(name),
        certificates=_chain(connection),
    )


def _shake_hands(connection: ssl.SSLSocket, shown: str, deadline: Deadline) -> None:
    while True:
        connection.settimeout(deadline.pause())
        try:
            connection.do_handshake()
        except TimeoutError:
            deadline.check(f"agreeing on a secure connection with {shown}")
            continue
        except ssl.SSLCertVerificationError as error:
            raise BadCertificate(
                f"The certificate of {shown} is not trusted ({error.verify_message.rstrip('.')}); "
                "look at the address, or record the page marked as not trusted by asking for it."
            ) from error
        except (OSError, ValueError) as error:
            raise Unreachable(
                f"No secure connection to {shown} came about ({_why(error)}); try again, or try http://."
            ) from error
        return


def _chain(connection: ssl.SSLSocket) -> tuple[bytes, ...]:
    public = getattr(connection, "get_unverified_chain", None)  # Python 3.13
    if public is not None:
        return tuple(bytes(certificate) for certificate in public())
    private = getattr(getattr(connection, "_sslobj", None), "get_unverified_chain", None)  # 3.10 to 3.12
    if private is not None:
        return tuple(ssl.PEM_cert_to_DER_cert(certificate.public_bytes()) for certificate in private() or ())
    leaf = connection.getpeercert(binary_form=True)
    return (leaf,) if leaf else ()


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLError) and error.reason:
        return error.reason.replace("_", " ").lower()
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
