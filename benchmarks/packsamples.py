"""Archives to make packs from, without a network: odd pages, quotes of every verdict, revisits, certificates, stamps by a local authority."""

from __future__ import annotations

import gzip
import random
import subprocess
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from archiver import clock
from archiver.anchoring.records import checkpoint_member, timestamp_member
from archiver.archive import Archive
from archiver.capture import read_here
from archiver.capture.records import CaptureContext, capture_members, same_payload
from archiver.model import Exchange, Snapshot
from archiver.quoting import Judge, Quotation, record_quotes
from archiver.timestamps import read_token

_PHRASE = (
    "ferry harbour wall stone council tide bridge engineer crossing timetable winter passengers lighthouse granite mayor storm "
    'Überfahrt Brücke naïve façade Łódź Ελλάδα мост 港口 橋 🛳 “quoted” it’s — \\backslash "plain" tab\there'
)
_WORDS = _PHRASE.split(" ")


@dataclass(frozen=True, slots=True)
class Stamped:
    """What `sample` recorded: ids, and the authority's root certificate where there are stamps."""

    snapshots: tuple[str, ...]
    quotes: tuple[str, ...]
    roots: Path | None


class Authority:
    """A timestamp authority of one's own (``openssl ts``), in a folder."""

    def __init__(self, folder: Path, name: str = "Authority") -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.roots = folder / "root.pem"
        if self.roots.exists():
            return
        (folder / "ext").write_text("extendedKeyUsage=critical,timeStamping\n")
        self._run(
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            "root.key",
            "-out",
            "root.pem",
            "-subj",
            f"/CN={name} root",
            "-days",
            "3650",
        )
        self._run(
            "req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", f"/CN={name}"
        )
        self._run(
            "x509",
            "-req",
            "-in",
            "tsa.csr",
            "-CA",
            "root.pem",
            "-CAkey",
            "root.key",
            "-CAcreateserial",
            "-out",
            "tsa.pem",
            "-days",
            "3650",
            "-extfile",
            "ext",
        )
        (folder / "serial").write_text("01\n")
        (folder / "tsa.cnf").write_text(
            "[tsa]\ndefault_tsa = t\n[t]\nserial = serial\ncrypto_device = builtin\nsigner_cert = tsa.pem\nsigner_key = tsa.key\n"
            "certs = root.pem\nsigner_digest = sha256\ndefault_policy = 1.2.3.4\ndigests = sha256\nclock_precision_digits = 0\n"
        )

    def stamp(self, data: bytes) -> bytes:
        """A ``TimeStampResp`` over the SHA-256 of the data."""
        (self.folder / "data").write_bytes(data)
        self._run("ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "query.tsq")
        self._run("ts", "-reply", "-config", "tsa.cnf", "-section", "t", "-queryfile", "query.tsq", "-out", "reply.tsr")
        return (self.folder / "reply.tsr").read_bytes()

    def _run(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)


def exchange(
    url: str,
    body: bytes,
    *,
    status: int = 200,
    gzipped: bool = False,
    chunked: bool = False,
    moment: datetime,
    location: str = "",
) -> Exchange:
    """An exchange as the fetcher would give it, over TLS with a certificate."""
    coded = gzip.compress(body, mtime=0) if gzipped else body
    headers = [("Date", moment.strftime("%a, %d %b %Y %H:%M:%S GMT")), ("Content-Type", "text/html; charset=utf-8")]
    headers += [("Content-Encoding", "gzip")] if gzipped else []
    headers += [("Location", location)] if location else []
    headers += [("Transfer-Encoding", "chunked")] if chunked else [("Content-Length", str(len(coded)))]
    reason = "OK" if status == 200 else "Found"
    head = (
        f"HTTP/1.1 {status} {reason}\r\n".encode()
        + b"".join(f"{name}: {value}\r\n".encode() for name, value in headers)
        + b"\r\n"
    )
    wire = b"%x\r\n%b\r\n0\r\n\r\n" % (len(coded), coded) if chunked else coded
    request = f"GET {url} HTTP/1.1\r\nHost: example.org\r\n\r\n".encode()
    interim = b"HTTP/1.1 103 Early Hints\r\n\r\n" if chunked else b""
    return Exchange(
        url, request, head + wire, interim, len(head), "1.1", status, reason, tuple(headers), coded, None, "192.0.2.1", 443,
        ("http/1.1", "tls/1.3"), "TLS_AES_128_GCM_SHA256", (b"leaf certificate", b"issuer certificate"), moment, moment + timedelta(seconds=1),
    )  # fmt: skip


def take(archive: Archive, exchanges: list[Exchange], *, again: Snapshot | None = None) -> Snapshot:
    """Records a capture; ``again`` is a snapshot of which it is a revisit."""
    import json

    earlier = None
    if again is not None:
        date = archive.stored_record(archive.catalogue.leaf(again.response_leaf)).date
        earlier = same_payload(again, json.loads(archive.capture_record(again)), date)
    reading = None if earlier else read_here(exchanges[-1])
    group = capture_members(
        CaptureContext(exchanges[0].url), exchanges, reading, earlier, archive.catalogue.certificate_known
    )
    archive.record(group.members)
    return archive.catalogue.snapshot(group.snapshot)


def stamp(archive: Archive, authority: Authority) -> None:
    """Has the head stamped and records head and token."""
    head = archive.log.checkpoint()
    checkpoint = checkpoint_member(head)
    token = timestamp_member(
        read_token(authority.stamp(head)), checkpoint.record.record_id, "http://authority.example/"
    )
    archive.record([checkpoint, token])


def story(chance: random.Random, paragraphs: int = 6) -> tuple[str, list[str]]:
    """A page, and its sentences."""
    sentences = [
        " ".join(chance.choice(_WORDS) for _ in range(chance.randint(9, 16))).capitalize() + "."
        for _ in range(paragraphs)
    ]
    escaped = [sentence.replace("&", "&amp;").replace("<", "&lt;") for sentence in sentences]
    body = "".join(f"<p>{sentence}</p>" for sentence in escaped)
    title = f"{chance.choice(_WORDS)} “{chance.randint(1, 999)}” <b>&amp; `x`"
    head = f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{title}</title></head>"
    return f"{head}<body><main><article>{body}</article></main></body></html>", sentences


def sample(archive: Archive, seed: int, authority: Authority | None = None, pages: int = 3) -> Stamped:
    """Records pages of several kinds, a revisit, and quotes that are found, shortened, altered and not there."""
    chance = random.Random(seed)
    moment = clock.now().replace(microsecond=0)
    snapshots: list[Snapshot] = []
    quotations: list[tuple[Snapshot, str]] = []
    first: list[Exchange] = []
    for number in range(pages):
        page, sentences = story(chance)
        url = f"https://example.org/{seed}/{number}"
        final = exchange(
            url,
            page.encode(),
            gzipped=number % 3 == 1,
            chunked=number % 3 == 2,
            moment=moment + timedelta(seconds=number),
        )
        moved = exchange(url + "?from", b"", status=302, moment=moment + timedelta(seconds=number), location=url)
        snapshot = take(archive, [moved, final] if number % 2 else [final])
        snapshots.append(snapshot)
        first = first or [final]
        quotations.append((snapshot, sentences[1]))
        quotations.append((snapshot, f"{sentences[2][:-1]} … {sentences[3]}"))
        quotations.append((snapshot, sentences[4].replace(" ", " not ", 1)))
        quotations.append((snapshot, "Nothing of this kind was ever written anywhere near here."))
        if authority is not None and number == 0:
            stamp(archive, authority)
    snapshots.append(
        take(
            archive,
            [exchange(first[0].url, first[0].body, moment=moment + timedelta(seconds=pages))],
            again=snapshots[0],
        )
    )
    quotations.append((snapshots[-1], quotations[0][1]))
    judge = Judge(archive)
    judged = [(judge.judge(Quotation(text), snapshot), Quotation(text)) for snapshot, text in quotations]
    quotes = [item.id or "" for item in record_quotes(archive, judged)]
    if authority is not None:
        stamp(archive, authority)
    return Stamped(tuple(item.id for item in snapshots), tuple(quotes), authority.roots if authority else None)
