"""Making a pack: the files drawn from the evidence, the manifest over them, the signature, one zip file."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from archiver import durable
from archiver.archive import Archive
from archiver.errors import ArchiveError, InputError, ReadOnlyArchive
from archiver.packs import layout
from archiver.packs.collecting import collect
from archiver.packs.drawing import draw
from archiver.packs.evidence import Evidence
from archiver.signing import SigningKey
from archiver.version import TOOL

_EPOCH = (1980, 1, 1, 0, 0, 0)
_FILE_MODE = 0o100644 << 16


def export(archive: Archive, ids: Sequence[str], target: Path, *, replace: bool = False) -> Evidence:
    """Writes the pack of these snapshots and quotes; the same ids give the same bytes as long as the log does not grow.

    Raises InputError where the file is there already (and ``replace`` is not given) or an id is unknown, ReadOnlyArchive without
    the signing key, DamagedArchive where a record is not what was recorded, ArchiveError where the disk fails.
    """
    if not ids:
        raise InputError("Name what to export: ids of quotes (q-...) or snapshots (s-...).")
    if target.suffix != ".wacz":
        raise InputError(f"A pack is a WACZ file: call it {target.with_suffix('.wacz').name}.")
    signer = signing_key(archive)
    evidence = collect(archive, ids)
    data = zipped(pack_files(evidence, signer))
    if target.exists() and not replace and (not target.is_file() or target.read_bytes() != data):
        raise InputError(f"{target} is there already; name another file, or say --force.")
    try:
        durable.replace_file(target, data)
    except OSError as error:
        raise ArchiveError(f"The pack cannot be written to {target}: {error.strerror or error}.") from error
    return evidence


def signing_key(archive: Archive) -> SigningKey:
    """The key that signs packs: the one that signs the log's head. Raises ReadOnlyArchive where it is not on this machine."""
    key = archive.keys.signing_key_of(archive.key)
    if key is None:
        raise ReadOnlyArchive(
            f"A pack is signed with the key of its archive, and that of {archive.root} is not on this machine "
            f"(its folder of keys is {archive.keys.folder}); `archiver log key restore FILE` brings it back from a backup."
        )
    return key


def pack_files(evidence: Evidence, signer: SigningKey) -> dict[str, bytes]:
    """All files of the pack by path, manifest and signature included."""
    return sealed(draw(evidence), about(evidence), signer)


def about(evidence: Evidence) -> dict[str, object]:
    """What ``datapackage.json`` says of the pack beside its list of files."""
    captures = [leaf.json() for leaf in evidence.of_kind("capture")]
    main = captures[-1] if captures else None
    value: dict[str, object] = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": f"Evidence: {', '.join(name[:14] for name in evidence.named)}",
        "description": f"Quotations and the web pages they were taken from, under a signed log; {layout.GUIDE} says how to check it.",
        "created": evidence.time,
        "modified": evidence.time,
        "software": TOOL,
    }
    if main is not None:
        value |= {"mainPageUrl": main["url"], "mainPageDate": main["captured_at"]}
    return value | {"archiver:pack": 1, "archiver:named": list(evidence.named)}


def sealed(files: dict[str, bytes], about: dict[str, object], signer: SigningKey) -> dict[str, bytes]:
    """The files with list, manifest and signature."""
    files = {**files, layout.FILES: layout.files_list(files)}
    datapackage = layout.datapackage(about, files)
    message = layout.signed_message(signer.public.name, datapackage, files[layout.FILES])
    signature = base64.b64encode(signer.sign(message)).decode()
    digest = layout.digest_file(datapackage, files[layout.FILES], signer.public.vkey, signature)
    return {layout.DATAPACKAGE: datapackage, layout.DIGEST: digest, **files}


def zipped(files: dict[str, bytes]) -> bytes:
    """One zip file: everything stored as it is (a pack is as large as it says), in one order, without times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as file:
        for path in sorted(files, key=lambda path: ("/" in path, path)):
            info = zipfile.ZipInfo(path, _EPOCH)
            info.create_system, info.external_attr = 3, _FILE_MODE
            file.writestr(info, files[path])
    return buffer.getvalue()
