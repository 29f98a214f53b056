"""Keys and signed notes: the only place that touches a private key."""

from archiver.signing.keys import KeyRing, SigningKey, VerifyingKey
from archiver.signing.notes import Note, open_note, parse_note, sign_note

__all__ = ["KeyRing", "Note", "SigningKey", "VerifyingKey", "open_note", "parse_note", "sign_note"]
