"""Writing packs: signed, in one form, never over what is there."""

from __future__ import annotations

import base64
import json
import subprocess
from pathlib import Path

import pytest
from conftest import SealedArchive
from forgery import Victim

from archiver.archive import Archive
from archiver.errors import ArchiveError, InputError, ReadOnlyArchive
from archiver.packs import layout
from archiver.packs.packing import export, zipped
from archiver.signing import KeyRing


def test_the_same_ids_give_the_same_bytes(sealed: SealedArchive, tmp_path: Path) -> None:
    for name in ("one.wacz", "two.wacz"):
        with Archive.open(sealed.root) as archive:
            export(archive, sealed.quotes, tmp_path / name)
    assert (tmp_path / "one.wacz").read_bytes() == (tmp_path / "two.wacz").read_bytes()


def test_a_file_that_is_there_is_left(sealed: SealedArchive, tmp_path: Path) -> None:
    target = tmp_path / "x.wacz"
    with Archive.open(sealed.root) as archive:
        export(archive, sealed.quotes[:1], target)
        export(archive, sealed.quotes[:1], target)  # the same bytes
        before = target.read_bytes()
        with pytest.raises(InputError, match="--force"):
            export(archive, sealed.quotes, target)
        assert target.read_bytes() == before
        export(archive, sealed.quotes, target, replace=True)
        assert target.read_bytes() != before
    assert list(tmp_path.glob(".*")) == []


def test_calls_that_cannot_be(sealed: SealedArchive, tmp_path: Path) -> None:
    with Archive.open(sealed.root) as archive:
        with pytest.raises(InputError, match=r"x\.wacz"):
            export(archive, sealed.quotes, tmp_path / "x.zip")
        with pytest.raises(InputError, match="ids"):
            export(archive, [], tmp_path / "x.wacz")
        with pytest.raises(ArchiveError, match="cannot be written"):
            export(archive, sealed.quotes, tmp_path / "none" / "x.wacz")


def test_without_the_signing_key_there_is_no_pack(sealed: SealedArchive, tmp_path: Path) -> None:
    with (
        Archive.open(sealed.root, KeyRing(tmp_path / "other")) as archive,
        pytest.raises(ReadOnlyArchive, match=r"not on this machine.*`archiver log key restore FILE`"),
    ):
        export(archive, sealed.quotes, tmp_path / "x.wacz")


def test_openssl_takes_the_signature_as_the_guide_says(victim: Victim, tmp_path: Path) -> None:
    value = json.loads(victim.files[layout.DIGEST])
    (tmp_path / "signature").write_bytes(base64.b64decode(value["archiver"]["signature"]))
    (tmp_path / "key.pem").write_bytes(victim.files[layout.PEM])
    message = layout.signed_message(
        victim.signer.public.name, victim.files[layout.DATAPACKAGE], victim.files[layout.FILES]
    )
    (tmp_path / "message").write_bytes(message)
    command = [
        "openssl",
        "pkeyutl",
        "-verify",
        "-rawin",
        "-pubin",
        "-inkey",
        "key.pem",
        "-sigfile",
        "signature",
        "-in",
        "message",
    ]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Signature Verified Successfully" in ran.stdout


def test_the_guides_own_commands_check_the_signature(victim: Victim, tmp_path: Path) -> None:
    """Whoever follows VERIFY.md by hand gets there."""
    import zipfile

    (tmp_path / "x.wacz").write_bytes(zipped(victim.files))
    with zipfile.ZipFile(tmp_path / "x.wacz") as file:
        file.extractall(tmp_path)
    guide = victim.files[layout.GUIDE].decode().split("by hand:\n")[-1]
    ran = subprocess.run(["bash", "-c", guide], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Signature Verified Successfully" in ran.stdout, ran.stderr
    ran = subprocess.run(
        ["sha256sum", "-c", "--strict", "--quiet", layout.FILES],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (0, "")


def test_datapackage(victim: Victim) -> None:
    value = json.loads(victim.files[layout.DATAPACKAGE])
    assert (value["profile"], value["wacz_version"]) == ("data-package", "1.1.1")
    assert {item["path"] for item in value["resources"]} == set(victim.files) - {layout.DATAPACKAGE, layout.DIGEST}
    assert value["created"] == max(leaf.details.time for leaf in victim.evidence.leaves)
