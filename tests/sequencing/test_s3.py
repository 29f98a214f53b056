"""S3 as a server speaks it, in one test so that there is one server: the store's operations, an archive from end to end, Object Lock."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from storing import behaves
from website import Website

from archiver.store import Absent, Address, cloud, open_store

NAMES = {
    "AWS_ACCESS_KEY_ID": "writer",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
}


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client of the server, as its owner has one; the bucket ``locked`` keeps every version for a day."""
    pytest.importorskip("obstore")
    moto = pytest.importorskip("moto.server")
    import boto3
    from obstore import store

    true_from_url = store.from_url

    def from_url(address: str, **options: Any) -> Any:
        """S3 takes a checksum header for what Object Lock keeps; this server wants the name of its algorithm beside it."""
        headers = {"x-amz-sdk-checksum-algorithm": "SHA256"}
        return true_from_url(
            address, **{**options, "client_options": {**options["client_options"], "default_headers": headers}}
        )

    monkeypatch.setattr(store, "from_url", from_url)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in NAMES.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv(cloud.ENDPOINT, f"http://{host}:{port}")
    client = boto3.client("s3", endpoint_url=f"http://{host}:{port}")
    client.create_bucket(Bucket="plain")
    client.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
    client.put_object_lock_configuration(
        Bucket="locked",
        ObjectLockConfiguration={
            "ObjectLockEnabled": "Enabled",
            "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 1}},
        },
    )
    yield client
    client.close()
    server.stop()


def test_an_archive_in_a_bucket(
    s3: Any, archiver: Callable[..., Ran], site: Website, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cloud, "_SINGLE", 1 << 20)  # so that a small file is written in parts
    behaves(open_store(Address("s3", "plain", "operations")), tmp_path)
    with pytest.raises(Absent, match="no such bucket"):
        open_store(Address("s3", "nowhere", "")).create("x", b"x")

    _records_and_verifies(s3, archiver, site, tmp_path)
    _is_locked(s3, archiver)


def _records_and_verifies(s3: Any, archiver: Callable[..., Ran], site: Website, tmp_path: Path) -> None:
    text = b"<html><title>Ferries</title><article><p>The ferry leaves at ten.</p></article></html>"
    site.put("/a", text)
    there = ("--archive", "s3://locked/cited")
    assert archiver(*there, "list").code == 2
    assert archiver("init", "s3://locked/cited").code == 0
    assert archiver(*there, "snapshot", site.url + "/a").code == 0
    quoted = archiver(*there, "quote", site.url + "/a", "The ferry leaves at ten.", "--json").lines[0]["id"]
    assert archiver(*there, "search", "ferry").code == 0
    assert archiver(*there, "recheck").code == 0
    pack = archiver(*there, "export", quoted, "--to", "pack.wacz", "--json").lines[0]
    assert archiver("verify", "pack.wacz", "--key", pack["key"]).code == 0
    assert archiver(*there, "verify").code == 0
    home = tmp_path / "home"
    for item in s3.list_objects_v2(Bucket="locked", Prefix="cited/")["Contents"]:
        path = home / item["Key"].removeprefix("cited/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(s3.get_object(Bucket="locked", Key=item["Key"])["Body"].read())
    assert archiver("--archive", home, "verify").code == 0
    assert archiver("--archive", home, "quote", site.url + "/a", "The ferry leaves at nine.").code == 1


def _is_locked(s3: Any, archiver: Callable[..., Ran]) -> None:
    """The bucket's default holds for all that is written; who deletes or writes over takes no version away."""
    from botocore.exceptions import ClientError

    names = [item["Key"] for item in s3.list_objects_v2(Bucket="locked", Prefix="cited/")["Contents"]]
    for part in ("/warc/", "/log/tile/", "/log/details/", "/log/checkpoint", "/sequencer/head"):
        name = next(name for name in names if part in name)
        about = s3.head_object(Bucket="locked", Key=name)
        assert about["ObjectLockMode"] == "COMPLIANCE", name
        with pytest.raises(ClientError, match="AccessDenied"):
            s3.delete_object(Bucket="locked", Key=name, VersionId=about["VersionId"])
    segment = next(name for name in names if "/warc/" in name)
    kept = s3.head_object(Bucket="locked", Key=segment)["VersionId"]
    s3.delete_object(Bucket="locked", Key=segment)
    gone = archiver("--archive", "s3://locked/cited", "verify")
    assert gone.code == 1
    data = s3.get_object(Bucket="locked", Key=segment, VersionId=kept)["Body"].read()
    s3.put_object(Bucket="locked", Key=segment, Body=data)
    assert archiver("--archive", "s3://locked/cited", "verify").code == 0
    erased = archiver("--archive", "s3://locked/cited", "erase", "s-0123456789ab", "--reason", "x", "--yes")
    assert erased.code == 2
    assert "Object Lock" in erased.err
