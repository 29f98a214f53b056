"""Forms that are none, are too large, or break off: one sentence, and no file of a fault."""

from __future__ import annotations

import asyncio

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient
from starlette.types import Message

from archiver.errors import InputError
from archiver.web.forms import read_form

MULTIPART = "multipart/form-data; boundary=b"
BROKEN = [
    ("multipart/form-data", b"x"),
    (MULTIPART, b"no boundary"),
    (MULTIPART, b"--b\r\n\r\nx\r\n--b--"),
    (MULTIPART, b"--b\r\nContent-Disposition: form-data; name=key\r\n\r\n" + b"a" * 300_000 + b"\r\n--b--"),
    (MULTIPART, b"".join(b"--b\r\nContent-Disposition: form-data; name=p; filename=%d\r\n\r\nx\r\n" % n for n in (1, 2)) + b"--b--"),
    ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % number for number in range(60))),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "body"), BROKEN)
def test_a_form_that_cannot_be_read_is_said_to_be_so(client: TestClient, kind: str, body: bytes) -> None:
    answer = client.post("/packs", content=body, headers={"Content-Type": kind})
    assert answer.status_code == 400
    assert "The form could not be read" in answer.text


def test_a_form_that_is_too_large_is_said_to_be_so(client: TestClient) -> None:
    body = b"csrf=" + b"a" * 300_000
    answer = client.post("/quote", content=iter([body]), headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 413


@pytest.mark.parametrize("kind", [MULTIPART, "application/x-www-form-urlencoded", "application/json"])
def test_who_hangs_up_leaves_nothing_behind(kind: str) -> None:
    async def gone() -> Message:
        return {"type": "http.disconnect"}

    headers = [(b"content-type", kind.encode()), (b"content-length", b"50")]
    request = Request({"type": "http", "method": "POST", "headers": headers}, gone)
    with pytest.raises(InputError, match="broke off"):
        asyncio.run(read_form(request, 1000))


def test_what_another_page_fills_in_is_shown_as_it_is_read(client: TestClient) -> None:
    def form(**given: str) -> str:
        return client.get("/quote", params=given).text

    turned = form(source="https://evil.example/\u202egro.dlrow", quotation="the \u202e31\u202c of May")
    assert '<bdi class="url">https://evil.example/%E2%80%AEgro.dlrow</bdi>' in turned
    assert "<bdi>the \ufffd31\ufffd of May</bdi>" in turned
    assert "xn--" in form(source="https://ex\u0430mple.org/")
    plain = form(source="https://example.org/", quotation="the 31st\nof May")
    assert 'id="read"' not in plain
    assert 'id="steered"' not in plain
    assert 'id="read"' not in form(source="s-0123456789ab")
