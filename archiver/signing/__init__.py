"""Keys and signed notes: the only place that touches a private key."""

from archiver.signing.cosignatures import Cosignature, CosignerKey, cosign, open_cosignatures
from archiver.signing.keys import SigningKey, VerifyingKey
from archiver.signing.notes import Note, open_note, parse_note, sign_note
from archiver.signing.ring import KeyRing

__all__ = [
    "Cosignature",
    "CosignerKey",
    "KeyRing",
    "Note",
    "SigningKey",
    "VerifyingKey",
    "cosign",
    "open_cosignatures",
    "open_note",
    "parse_note",
    "sign_note",
]
