"""The verifier's own store."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
from authority import Authority, make_authority, pem

from archiver.errors import InputError
from archiver.timestamps import own_roots
from archiver.timestamps.roots import FOLDER, load_roots


def test_the_folder_and_named_files_add_to_the_systems_roots(tmp_path: Path) -> None:
    first, second = make_authority(tmp_path / "a"), make_authority(tmp_path / "b", title="Second")
    folder = tmp_path / "config" / FOLDER
    folder.mkdir(parents=True)
    (folder / "a.pem").write_bytes(pem(first.root) + (first.folder / "middle.pem").read_bytes())
    (folder / "notes.txt").write_text("not read")
    roots = own_roots(tmp_path / "config", [second.root_file])
    assert {first.root, second.root} <= set(roots.trusted)
    assert len(roots.helpers) >= 1
    alone = load_roots(folder, system=False)
    assert (alone.trusted, len(alone.helpers)) == ((first.root,), 1)
    assert alone.named(first.root.subject) == [first.root]
    assert alone.named(second.root.subject) == []


def test_the_systems_roots_are_those_of_tls() -> None:
    if not Path(ssl.get_default_verify_paths().openssl_capath).is_dir():
        pytest.skip("this machine has no folder of roots")
    assert len(load_roots(None).trusted) > 20


@pytest.mark.parametrize("data", [b"junk", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", b""])
def test_a_file_that_is_none_is_named(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "root.pem"
    file.write_bytes(data)
    with pytest.raises(InputError, match=r"root\.pem"):
        load_roots(None, [file], system=False)
    with pytest.raises(InputError, match=r"nothing\.pem"):
        load_roots(None, [tmp_path / "nothing.pem"], system=False)


def test_der_is_taken_too(tmp_path: Path, authority: Authority) -> None:
    file = tmp_path / "root.cer"
    file.write_bytes(ssl.PEM_cert_to_DER_cert(authority.root_file.read_text()))
    assert load_roots(None, [file], system=False).trusted == (authority.root,)
