"""C2SP signed notes (https://c2sp.org/signed-note): a text and the signatures under it."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from archiver.errors import DamagedArchive
from archiver.signing.keys import SigningKey, VerifyingKey, is_key_name, strict_base64

_DASH = "— "  # an em dash and a space begin every signature line


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: the signer's name, the four bytes of the key's id, the signature itself."""

    name: str
    key_id: bytes
    raw: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """``text`` ends with a newline and is what was signed."""

    text: str
    signatures: tuple[Signature, ...]


def sign_note(text: str, *keys: SigningKey) -> bytes:
    """The note with a signature line of each key. ``text`` must end with a newline."""
    lines = [
        f"{_DASH}{key.public.name} {base64.b64encode(key.public.key_id + key.sign(text.encode())).decode()}\n"
        for key in keys
    ]
    return (text + "\n" + "".join(lines)).encode()


def parse_note(data: bytes) -> Note:
    """Splits a note into text and signatures without judging them; raises DamagedArchive where it is none."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise DamagedArchive("The signed note is not UTF-8.") from error
    body, blank, tail = text.rpartition("\n\n")
    if not blank or not tail.endswith("\n"):
        raise DamagedArchive("The signed note has no signature block.")
    if any(sign < " " and sign != "\n" for sign in text):
        raise DamagedArchive("The signed note holds a control character.")
    signatures = []
    for line in tail[:-1].split("\n"):
        name, _, encoded = line.removeprefix(_DASH).partition(" ")
        try:
            raw = strict_base64(encoded)
        except ValueError as error:
            raise DamagedArchive("A signature line of the signed note is not readable.") from error
        if not line.startswith(_DASH) or not is_key_name(name) or len(raw) < 5:
            raise DamagedArchive("A signature line of the signed note is not readable.")
        signatures.append(Signature(name, raw[:4], raw[4:]))
    return Note(body + "\n", tuple(signatures))


def open_note(data: bytes, key: VerifyingKey) -> Note:
    """The note, where this key signed it; raises DamagedArchive otherwise.

    Signatures by other names are let be (a witness may have added one); one in this key's name that does not verify is not.
    """
    note = parse_note(data)
    mine = [s for s in note.signatures if s.name == key.name and s.key_id == key.key_id]
    if not mine:
        raise DamagedArchive(f"The checkpoint is not signed by the key {key.vkey}.")
    if not all(key.accepts(signature.raw, note.text.encode()) for signature in mine):
        raise DamagedArchive("The checkpoint's signature is wrong: it was changed after it was signed.")
    return note
