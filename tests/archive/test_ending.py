"""The change of settings that ends a commit: nothing in force before it is settled, and settled by the next opening where a crash came between."""

from __future__ import annotations

from pathlib import Path

from archiver.archive import Archive, config
from archiver.archive.ending import KeyExchanged, MadeReadOnly
from archiver.archive.settings import MARK
from archiver.signing import KeyRing, SigningKey
from archiver.warc import Locks


def test_read_only_is_in_force_once_it_is_settled(tmp_path: Path) -> None:
    root = tmp_path / "a"
    Archive.create(root).close()
    before = (root / config.FILE).read_bytes()
    ending, locks = MadeReadOnly.of(root, Locks(root), before), Locks(root)
    assert config.parse(ending.settings, root / config.FILE).read_only
    ending.prepare()
    assert (root / config.FILE).read_bytes() == before
    assert locks.mark(MARK).exists()
    ending.settle()
    assert (root / config.FILE).read_bytes() == ending.settings
    assert not locks.mark(MARK).exists()
    ending.settle()  # once more, by whoever cannot know
    assert (root / config.FILE).read_bytes() == ending.settings


def test_an_exchange_without_a_head_by_the_new_key_did_not_happen(tmp_path: Path) -> None:
    root = tmp_path / "a"
    Archive.create(root).close()
    before = (root / config.FILE).read_bytes()
    settings, _ = config.read(root)
    new = SigningKey.generate(settings.verifier.name).public
    ending = KeyExchanged.of(root, KeyRing(), before, new)
    assert config.parse(ending.settings, root / config.FILE).key == new.vkey
    ending.prepare()
    ending.settle()  # takes it back: nothing was signed
    assert (root / config.FILE).read_bytes() == before
    with Archive.open(root) as archive:
        assert archive.key.vkey == settings.key
