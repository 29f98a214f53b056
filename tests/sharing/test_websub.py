"""WebSub's messages, both sides."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.errors import InputError
from archiver.sharing.websub import (
    DAY,
    DENIED,
    LONGEST_LEASE,
    SHORTEST_LEASE,
    SUBSCRIBE,
    UNSUBSCRIBE,
    Asking,
    Intent,
    is_signed,
    sign,
)  # fmt: skip

TOPIC, CALLBACK = "http://a.example/shared.atom", "http://b.example:81/callback/x"


@settings(max_examples=30)
@given(
    st.sampled_from([SUBSCRIBE, UNSUBSCRIBE]),
    st.text(min_size=1, max_size=49),
    st.integers(SHORTEST_LEASE, LONGEST_LEASE),
)
def test_a_request_is_read_as_it_was_made(mode: str, secret: str, lease: int) -> None:
    try:
        secret.encode()
    except UnicodeEncodeError:
        return
    asking = Asking(mode, TOPIC, CALLBACK, lease, secret)
    read = Asking.parse(asking.form())
    assert (read.mode, read.topic, read.callback) == (mode, TOPIC, CALLBACK)
    if mode == SUBSCRIBE:
        assert read == asking


@pytest.mark.parametrize(
    ("asked", "granted"), [("1", SHORTEST_LEASE), ("", DAY), ("999999999", LONGEST_LEASE), ("4000", 4000)]
)
def test_a_lease_has_bounds(asked: str, granted: int) -> None:
    body = f"hub.mode=subscribe&hub.topic={TOPIC}&hub.callback={CALLBACK}&hub.lease_seconds={asked}".encode()
    assert Asking.parse(body).lease == granted


@pytest.mark.parametrize(
    "body",
    [
        b"", b"\xff", b"hub.mode=publish", b"hub.mode=subscribe&hub.topic=x",
        b"hub.mode=subscribe&hub.topic=x&hub.callback=ftp://b.example/",
        b"hub.mode=subscribe&hub.topic=x&hub.callback=javascript:alert(1)",
        b"hub.mode=subscribe&hub.topic=x&hub.callback=http://u:p@b.example/",
        b"hub.mode=subscribe&hub.topic=x&hub.callback=http://b.example/%23a%23#f",
        b"hub.mode=subscribe&hub.topic=x&hub.callback=http://b.example/" + b"a" * 1000,
        b"hub.mode=subscribe&hub.mode=unsubscribe&hub.topic=x&hub.callback=http://b.example/",
        b"hub.mode=subscribe&hub.topic=x&hub.callback=http://b.example/&hub.lease_seconds=-1",
        b"hub.mode=subscribe&hub.topic=x&hub.callback=http://b.example/&hub.lease_seconds=1e9",
        b"hub.mode=subscribe&hub.topic=x&hub.callback=http://b.example/&hub.secret=" + b"s" * 200,
        b"&".join(b"a%d=1" % number for number in range(50)),
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused_in_a_sentence(body: bytes) -> None:
    with pytest.raises(InputError):
        Asking.parse(body)


def test_the_question_keeps_the_callbacks_own_query() -> None:
    intent = Intent(SUBSCRIBE, TOPIC, "a b&c", 300)
    address = intent.address("http://b.example/?x=1")
    assert address.startswith("http://b.example/?x=1&hub.mode=subscribe&")
    assert Intent.parse(address.partition("x=1&")[2]) == intent
    assert "?hub.mode=" in intent.address("http://b.example/c")
    assert Intent.parse(f"hub.mode={DENIED}&hub.topic=t") == Intent(DENIED, "t")


@pytest.mark.parametrize(
    "query", ["", "hub.mode=subscribe&hub.topic=t", "hub.mode=x&hub.topic=t&hub.challenge=c", "hub.mode=denied"]
)
def test_what_is_no_question_of_a_hub(query: str) -> None:
    with pytest.raises(InputError):
        Intent.parse(query)


def test_a_push_is_signed_as_the_recommendation_says() -> None:
    assert sign("s", b"body") == "sha256=" + hmac.new(b"s", b"body", hashlib.sha256).hexdigest()
    assert is_signed("s", b"body", sign("s", b"body").upper().replace("SHA256", "sha256"))
    assert is_signed("s", b"body", "sha512=" + hmac.new(b"s", b"body", hashlib.sha512).hexdigest())
    sha1 = "sha1=" + hmac.new(b"s", b"body", hashlib.sha1).hexdigest()
    for wrong in ("", "sha256=", sign("t", b"body"), sign("s", b"bodi"), sha1, "sha256=é", "md5=0"):
        assert not is_signed("s", b"body", wrong)
