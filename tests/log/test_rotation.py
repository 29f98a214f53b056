"""The statement that exchanges a key: only the right signatures make one, and not a bit of it can be changed."""

from __future__ import annotations

import json

import pytest

from archiver.errors import DamagedArchive, InputError
from archiver.log import Checkpoint
from archiver.log.rotation import Rotation, only_signed_by, state_rotation
from archiver.signing import SigningKey, open_note, sign_note

OLD, NEW, OTHER = (SigningKey.generate("archiver.invalid/log") for _ in range(3))
HEAD = Checkpoint("archiver.invalid/log", 7, bytes(32)).signed(OLD)
TIME = "2026-11-20T00:00:00Z"


def rotated() -> Rotation:
    return state_rotation(OLD, NEW, HEAD, "a reason – „so“", TIME)


def lost() -> Rotation:
    return state_rotation(OLD.public, NEW, HEAD, "", TIME)


@pytest.mark.parametrize("made", [rotated, lost])
def test_what_was_stated_is_read_back(made: type[Rotation]) -> None:
    rotation = made()
    assert Rotation.parse(rotation.to_json()) == rotation
    assert rotation.last == Checkpoint("archiver.invalid/log", 7, bytes(32))
    assert rotation.lost is (made is lost)


def test_both_keys_sign_an_exchange_and_the_new_one_alone_a_loss() -> None:
    assert open_note(rotated().signed, OLD.public) == open_note(rotated().signed, NEW.public)
    open_note(lost().signed, NEW.public)
    with pytest.raises(DamagedArchive):
        open_note(lost().signed, OLD.public)


def test_the_statement_is_no_head_of_a_log() -> None:
    for key in (OLD.public, NEW.public):
        with pytest.raises(DamagedArchive):
            Checkpoint.opened(rotated().signed, key)


def test_a_statement_that_the_old_key_did_not_sign_is_forged() -> None:
    """What a thief of the archive can make: everything but the old key's signature."""
    forged = state_rotation(OTHER, NEW, Checkpoint("archiver.invalid/log", 7, bytes(32)).signed(OTHER), "", TIME)
    value = json.loads(forged.to_json())
    value["old"] = OLD.public.vkey
    value["head"] = HEAD.decode()
    with pytest.raises(DamagedArchive, match="not signed by the old key"):
        Rotation.parse(json.dumps(value).encode())
    # the statement of a loss, passed off as a handing-over
    value = json.loads(lost().to_json())
    value["lost"] = False
    with pytest.raises(DamagedArchive, match="not signed by the old key"):
        Rotation.parse(json.dumps(value).encode())
    # a true handing-over, turned to another key
    value = json.loads(rotated().to_json())
    value["new"] = OTHER.public.vkey
    with pytest.raises(DamagedArchive, match="not signed by the new key"):
        Rotation.parse(json.dumps(value).encode())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reason", "another"), ("time", "2020-01-01T00:00:00Z"), ("lost", True), ("v", 2), ("lost", 1), ("reason", 3), ("time", None),
        ("head", "junk"), ("statement", "junk"), ("old", 5), ("new", OLD.public.vkey), ("new", SigningKey.generate("x").public.vkey),
        ("head", Checkpoint("archiver.invalid/log", 8, bytes(32)).signed(OLD).decode()),
        ("head", HEAD.decode().replace("\n7\n", "\n8\n")), ("head", "\ud800"), ("statement", "\ud800"),
    ],
    ids=range(16),
)  # fmt: skip
def test_no_field_says_something_else_than_was_signed(field: str, value: object) -> None:
    changed = {**json.loads(rotated().to_json()), field: value}
    with pytest.raises(DamagedArchive):
        Rotation.parse(json.dumps(changed).encode())


@pytest.mark.parametrize("block", [b"", b"\xff", b"null", b"[]", b"{}", b'{"v":1}', b"[" * 100_000])
def test_what_is_no_statement_is_one_sentence(block: bytes) -> None:
    with pytest.raises(DamagedArchive):
        Rotation.parse(block)


@pytest.mark.parametrize("reason", ["two\nlines", "x" * 1001, "\x1b[31m", "\u202e"])
def test_reasons_that_are_no_line(reason: str) -> None:
    with pytest.raises(InputError):
        state_rotation(OLD, NEW, HEAD, reason, TIME)


def test_the_head_is_kept_with_the_old_keys_line_only() -> None:
    both = sign_note(Checkpoint("archiver.invalid/log", 7, bytes(32)).text(), OTHER, OLD, NEW)
    assert state_rotation(OLD, NEW, both, "", TIME).head == HEAD
    assert only_signed_by(both, [OLD.public]) == HEAD
    with pytest.raises(DamagedArchive):
        only_signed_by(HEAD, [NEW.public])


def test_what_is_signed_is_this_to_the_letter() -> None:
    """Other versions, and other programs, have to make the same words of the fields."""
    assert rotated().text() == (
        f"archiver key rotation v1\narchiver.invalid/log\nold {OLD.public.vkey}\nnew {NEW.public.vkey}\nlost no\n"
        f'after 7 {"00" * 32}\ntime {TIME}\nreason "a reason \\u2013 \\u201eso\\u201c"\n'
    )
    assert lost().text().split("\n")[4:] == ["lost yes", f"after 7 {'00' * 32}", f"time {TIME}", 'reason ""', ""]
    value = json.loads(rotated().to_json())
    assert list(value) == ["v", "old", "new", "lost", "reason", "time", "head", "statement"]
    assert (value["v"], value["old"], value["new"], value["lost"]) == (1, OLD.public.vkey, NEW.public.vkey, False)
    assert (value["reason"], value["time"], value["head"]) == ("a reason – „so“", TIME, HEAD.decode())
    assert open_note(value["statement"].encode(), NEW.public).text == rotated().text()
