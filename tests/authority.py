"""A time stamp authority of the tests' own: ``openssl ts`` behind a loopback HTTP server, with root, intermediate and signer."""

from __future__ import annotations

import datetime
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

OPENSSL = shutil.which("openssl")
_CONFIG = """
[tsa]
default_tsa = tsa_config
[tsa_config]
serial = {folder}/serial
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
signer_digest = sha256
ess_cert_id_chain = no
ess_cert_id_alg = sha256
clock_precision_digits = {digits}
ordering = yes
tsa_name = yes
"""

Key = ec.EllipticCurvePrivateKey
Usage = list[x509.ObjectIdentifier]


def name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def certificate(
    subject: str, key: Key, issuer: tuple[x509.Certificate, Key] | None, *, days: tuple[float, float] = (-3000.0, 3650.0),
    usage: Usage | None = None, critical: bool = True,
) -> x509.Certificate:  # fmt: skip
    """A certificate that is valid from ``days[0]`` to ``days[1]`` days from now; an authority's where ``usage`` is None."""
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(issuer[0].subject if issuer else name(subject))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + datetime.timedelta(days=days[0]))
        .not_valid_after(now + datetime.timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=usage is None, path_length=None), critical=True)
    )
    if usage:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usage), critical=critical)
    return builder.sign(issuer[1] if issuer else key, hashes.SHA256())


def pem(item: x509.Certificate) -> bytes:
    return item.public_bytes(serialization.Encoding.PEM)


@dataclass
class Authority:
    """Makes responses. ``answer``, where it is set, changes or replaces what would be answered: (request, response) -> (status, type, body)."""

    folder: Path
    root: x509.Certificate
    url: str = ""
    requests: list[bytes] = field(default_factory=list)
    answer: Callable[[bytes, bytes], tuple[int, str, bytes]] | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def root_file(self) -> Path:
        return self.folder / "root.pem"

    def respond(self, query: bytes) -> bytes:
        number = len(list(self.folder.glob("query-*")))
        request, reply = self.folder / f"query-{number}", self.folder / f"reply-{number}"
        request.write_bytes(query)
        subprocess.run(
            [OPENSSL or "openssl", "ts", "-reply", "-config", self.folder / "tsa.cnf", "-section", "tsa_config", "-queryfile", request,
             "-inkey", self.folder / "tsa.key", "-signer", self.folder / "tsa.pem", "-chain", self.folder / "chain.pem", "-out", reply],
            check=True, capture_output=True,
        )  # fmt: skip
        return reply.read_bytes()

    def token(self, message: bytes) -> bytes:
        """A response over a message, without the way over HTTP."""
        from archiver.timestamps import make_request

        return self.respond(make_request(message).data)

    def sign_with(
        self,
        *,
        days: tuple[float, float] = (-1.0, 3000.0),
        usage: Usage | None = None,
        critical: bool = True,
        chain: bool = True,
    ) -> None:
        """Another certificate for the signer, under the same root."""
        middle = serialization.load_pem_private_key((self.folder / "middle.key").read_bytes(), None)
        key = ec.generate_private_key(ec.SECP256R1())
        issuer = x509.load_pem_x509_certificate((self.folder / "middle.pem").read_bytes())
        usage = [ExtendedKeyUsageOID.TIME_STAMPING] if usage is None else usage
        signer = certificate("Test Authority", key, (issuer, middle), days=days, usage=usage, critical=critical)
        (self.folder / "tsa.key").write_bytes(_private(key))
        (self.folder / "tsa.pem").write_bytes(pem(signer))
        (self.folder / "chain.pem").write_bytes(pem(issuer) if chain else pem(signer))


def make_authority(
    folder: Path, *, title: str = "Test", digits: int = 0, middle_days: tuple[float, float] = (-2000.0, 3600.0)
) -> Authority:
    """Keys, certificates and the configuration of an authority, in a folder of its own."""
    folder.mkdir(parents=True)
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    root = certificate(f"{title} Root", keys[0], None)
    middle = certificate(f"{title} Intermediate", keys[1], (root, keys[0]), days=middle_days)
    (folder / "root.pem").write_bytes(pem(root))
    (folder / "middle.pem").write_bytes(pem(middle))
    (folder / "middle.key").write_bytes(_private(keys[1]))
    (folder / "tsa.cnf").write_text(_CONFIG.format(folder=folder, digits=digits))
    (folder / "serial").write_text("01\n")
    authority = Authority(folder, root)
    authority.sign_with()
    return authority


def _private(key: Key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@contextmanager
def running(authority: Authority) -> Iterator[Authority]:
    """The authority behind HTTP; its ``url`` is set."""
    lock = threading.Lock()  # openssl keeps the serial number in a file

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            authority.requests.append(query)
            with lock:
                response = authority.respond(query)
            status, kind, body = (
                authority.answer(query, response)
                if authority.answer
                else (200, "application/timestamp-reply", response)
            )
            self.send_response_only(status)
            for header, value in authority.headers.items():
                self.send_header(header, value)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                return  # the client has enough

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    authority.url = f"http://127.0.0.1:{server.server_address[1]}/tsr"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
