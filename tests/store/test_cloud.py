from __future__ import annotations

import builtins
import sys
from typing import Any

import pytest

from archiver.errors import InputError, MissingExtra
from archiver.store import Address, StoreFailed, Taken, cloud, open_store


def test_without_obstore_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    true_import = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("obstore"):
            raise ImportError(name)
        return true_import(name, *rest)

    for name in [name for name in sys.modules if name.startswith("obstore")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"archiver\[scale\]"):
        open_store(Address("s3", "bucket", ""))


def test_what_an_error_says_has_no_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    error = OSError("Error performing GET https://host/x?sig=secret&se=1 in 3ms - refused\n\nDebug source:\nmore")
    assert cloud._words(error) == "Error performing GET https://host/x in 3ms - refused"


def test_an_endpoint_that_is_not_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("obstore")
    monkeypatch.setenv(cloud.ENDPOINT, "http://127.0.0.1:9")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setattr(cloud, "_RETRIES", 0)
    with pytest.raises(StoreFailed, match=r"^s3://bucket/p/archive.toml cannot be reached: .*sending request\.$"):
        open_store(Address("s3", "bucket", "p")).get("archive.toml")
    with pytest.raises(InputError):
        open_store(Address("gs", "bucket", "p"))


def test_a_lost_answer_is_no_failure() -> None:
    """obstore asks again where no answer came; the store then refuses what it had done itself."""
    remote = pytest.importorskip("obstore.store").MemoryStore()
    store = cloud.CloudStore(remote, Address("s3", "bucket", ""))
    tag = store.create("head", b"old")
    true_put, asked = store._obstore.put, []

    class Twice:
        """Each call arrives twice, and the answer of the second one is heard."""

        exceptions = store._obstore.exceptions
        get = staticmethod(store._obstore.get)

        @staticmethod
        def put(*arguments: Any, **options: Any) -> Any:
            asked.append(arguments[1])
            true_put(*arguments, **options)
            return true_put(*arguments, **options)

    store._obstore = Twice  # type: ignore[assignment]
    new = store.replace("head", b"new", tag)
    assert store.get("head") == (b"new", new)
    assert store.get("first", 10) if store.create("first", b"1") else None
    assert asked == ["head", "first"]
    with pytest.raises(Taken):
        store.create("first", b"2")


def test_that_there_are_no_credentials_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    remote = pytest.importorskip("obstore.store").MemoryStore()
    store = cloud.CloudStore(remote, Address("s3", "bucket", ""))

    class Nobody:
        exceptions = store._obstore.exceptions

        @staticmethod
        def get(*_arguments: Any) -> Any:
            raise ValueError("Generic S3 error: Error performing PUT http://169.254.169.254/latest/api/token in 3s")

    store._obstore = Nobody  # type: ignore[assignment]
    with pytest.raises(StoreFailed, match="no credentials in the environment"):
        store.get("archive.toml")
