"""The signed head, byte for byte as C2SP tlog-checkpoint has it."""

from __future__ import annotations

import base64
import hashlib

import pytest

from archiver.errors import DamagedArchive
from archiver.log import Checkpoint
from archiver.log.merkle import EMPTY_ROOT
from archiver.signing import SigningKey, sign_note


def test_its_text_is_origin_size_and_root() -> None:
    root = hashlib.sha256(b"a root").digest()
    checkpoint = Checkpoint("example.org/log", 15368405, root)
    assert checkpoint.text() == f"example.org/log\n15368405\n{base64.b64encode(root).decode()}\n"


def test_the_empty_log_of_the_specification() -> None:
    assert Checkpoint("o", 0, EMPTY_ROOT).text() == "o\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"


def test_it_opens_with_its_key_only() -> None:
    key = SigningKey.generate("example.org/log")
    checkpoint = Checkpoint("example.org/log", 7, bytes(32))
    assert Checkpoint.opened(checkpoint.signed(key), key.public) == checkpoint
    with pytest.raises(DamagedArchive):
        Checkpoint.opened(checkpoint.signed(key), SigningKey.generate("example.org/log").public)


ROOT = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "text",
    [
        f"o\n7\n{ROOT}\nextension\n",
        "o\n7\n",
        f"other\n7\n{ROOT}\n",
        f"o\n07\n{ROOT}\n",
        f"o\n+7\n{ROOT}\n",
        f"o\n-7\n{ROOT}\n",
        f"o\n 7\n{ROOT}\n",
        f"o\n\u0667\n{ROOT}\n",
        f"o\n\u00b2\n{ROOT}\n",
        f"o\n\n{ROOT}\n",
        f"o\n{'9' * 5000}\n{ROOT}\n",
        f"o\n7\n{ROOT[:-4]}\n",
        f"o\n7\n{ROOT[:-1]}\n",
        "o\n7\n\n",
        f"o\n7\n{ROOT.replace('A=', 'B=')}\n",
    ],
)
def test_what_is_signed_and_yet_no_head_of_this_log_is_refused(text: str) -> None:
    key = SigningKey.generate("o")
    with pytest.raises(DamagedArchive):
        Checkpoint.opened(sign_note(text, key), key.public)
