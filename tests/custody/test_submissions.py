"""What a witness is shown: files and published logs, every one of them hostile until it is checked."""

from __future__ import annotations

import gzip
import ipaddress
from collections.abc import Callable
from pathlib import Path

import pytest
from custody.conftest import Person, copy_with_keys, notes
from website import Answer, Website

from archiver.archive import Archive
from archiver.custody import Fork, publish
from archiver.custody.submissions import LARGEST, FileShown, PublishedShown, write_submission
from archiver.errors import ArchiverError, BadAnswer, BlockedAddress, DamagedArchive, InputError
from archiver.settings import FetchSettings

People = Callable[[str], Person]
SETTINGS = FetchSettings(
    "archiver/test", timeout=10, max_body=LARGEST, allow_net=(ipaddress.ip_network("127.0.0.0/8"),)
)


def test_the_file_is_that_of_the_specification() -> None:
    """https://c2sp.org/tlog-witness, the example of a request."""
    body = (
        "old 20852014\n"
        "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n"
        "jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n"
        "5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=\n"
        "/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=\n"
        "\n"
        "example.com/behind-the-sofa\n"
        "20852163\n"
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
        "\n"
        "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    ).encode()
    shown = FileShown(body, "x")
    head = shown.checkpoint
    assert head.startswith(b"example.com/behind-the-sofa\n20852163\n")
    proof = shown.proof(20852014, None)  # type: ignore[arg-type]
    assert len(proof) == 4
    assert write_submission(20852014, proof, head) == body


@pytest.mark.parametrize(
    "data",
    [
        b"old 1\n", b"old 1", b"old x\n\nnote", b"old 01\n\nnote", b"old -1\n\nnote", b"old 1\njunk\n\nnote", b"old 1\nQQ==\n\nnote",
        b"old 1\n" + b"PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n" * 64 + b"\nnote", b"old " + b"9" * 500 + b"\n\nnote",
        b"old 1\n\xff\n\nnote", b"x" * (LARGEST + 1),
    ],
    ids=range(11),
)  # fmt: skip
def test_what_is_no_submission_is_one_sentence(data: bytes) -> None:
    with pytest.raises(InputError):
        FileShown(data, "x")


@pytest.mark.parametrize("data", [b"", b"\xff", b"\n\n", b"a\n\n\xe2\x80\x94 a AAAAAAAA\n", b"\x00" * 1000, b"<html>"])
def test_what_is_no_checkpoint_is_not_cosigned(person: People, data: bytes) -> None:
    with pytest.raises(DamagedArchive):
        person("witness").witness.see(FileShown(data, "x"))


@pytest.fixture
def served(tmp_path: Path, site: Website) -> Callable[[], str]:
    """Serves the folder ``public`` as it is now."""

    def serve() -> str:
        site.routes.clear()
        for path in (tmp_path / "public").rglob("*"):
            if path.is_file():
                name = path.relative_to(tmp_path / "public").as_posix()
                site.put(f"/log/{name}", path.read_bytes(), Content_Type="application/octet-stream")
        return f"{site.url}/log/"

    return serve


def test_a_published_log_is_witnessed(tmp_path: Path, person: People, served: Callable[[], str]) -> None:
    owner, witness = person("owner"), person("witness")
    with owner.archive(tmp_path / "a", 5) as archive:
        for more in (0, 1, 255, 700):
            archive.record(notes(more)) if more else None
            publish(archive, tmp_path / "public")
            shown = PublishedShown(served(), SETTINGS)
            seen = witness.witness.see(shown, archive.key)
            assert seen.head == archive.head()
        assert seen.previous == 261
        assert shown.requests.total() > 3


def test_a_part_that_was_completed_meanwhile(
    tmp_path: Path, person: People, served: Callable[[], str], site: Website
) -> None:
    """The head is older than the tiles: the whole tile begins with the part."""
    owner, witness = person("owner"), person("witness")
    with owner.archive(tmp_path / "a", 5) as archive:
        publish(archive, tmp_path / "public")
        witness.witness.see(PublishedShown(served(), SETTINGS), archive.key)
        archive.record(notes(100))
        older = archive.log.checkpoint()
        archive.record(notes(200))
        publish(archive, tmp_path / "public")
        url = served()
        site.put("/log/checkpoint", older)
        assert witness.witness.see(PublishedShown(url, SETTINGS)).head.size == 105


def test_a_published_fork_is_proved(tmp_path: Path, person: People, served: Callable[[], str]) -> None:
    owner, witness = person("owner"), person("witness")
    with owner.archive(tmp_path / "a", 5) as archive:
        key = archive.key
    import shutil

    shutil.copytree(tmp_path / "a", tmp_path / "b")
    with Archive.open(tmp_path / "a", owner.ring) as one:
        one.record(notes(3, "one"))
        witness.witness.see(FileShown(one.log.checkpoint(), "x"), key)
    with Archive.open(tmp_path / "b", copy_with_keys(owner.ring, tmp_path / "copied")) as other:
        other.record(notes(1, "other"))
        publish(other, tmp_path / "public")
        with pytest.raises(Fork, match="was cut back"):
            witness.witness.see(PublishedShown(served(), SETTINGS))
        other.record(notes(300, "other"))
        publish(other, tmp_path / "public")
        with pytest.raises(Fork, match="A FORK"):
            witness.witness.see(PublishedShown(served(), SETTINGS))


def test_tiles_that_were_changed_are_no_fork(
    tmp_path: Path, person: People, served: Callable[[], str], site: Website
) -> None:
    owner, witness = person("owner"), person("witness")
    with owner.archive(tmp_path / "a", 5) as archive:
        publish(archive, tmp_path / "public")
        witness.witness.see(PublishedShown(served(), SETTINGS), archive.key)
        archive.record(notes(4))
        publish(archive, tmp_path / "public")
        url = served()
        for body in (bytes(9 * 32), b"", b"short"):
            site.put("/log/tile/0/000.p/9", body)
            with pytest.raises(DamagedArchive) as raised:
                witness.witness.see(PublishedShown(url, SETTINGS))
            assert not isinstance(raised.value, Fork)


def test_answers_of_a_hostile_server_are_one_sentence(tmp_path: Path, person: People, site: Website) -> None:
    key = person("owner").archive(tmp_path / "a")
    key.close()
    bomb = gzip.compress(bytes(50 << 20))
    answers: dict[str, Answer | None] = {
        "missing": Answer(b"", 404), "error": Answer(b"x", 500), "hangs-up": None, "large": Answer(b"x" * (2 * LARGEST)),
        "bomb": Answer(bomb, headers={"Content-Encoding": "gzip"}), "brotli": Answer(b"x", headers={"Content-Encoding": "br"}),
        "html": Answer(b"<html>"), "loop": Answer(b"", 302, {"Location": "/loop/checkpoint"}), "bytes": Answer(bytes(range(256))),
        "inside": Answer(b"", 302, {"Location": "http://10.0.0.1/checkpoint"}), "file": Answer(b"", 302, {"Location": "file:///etc/passwd"}),
    }  # fmt: skip
    witness = person("witness").witness
    for name, answer in answers.items():
        site.routes[f"/{name}/checkpoint"] = answer
        with pytest.raises(ArchiverError) as raised:
            witness.see(PublishedShown(f"{site.url}/{name}", SETTINGS), key.key)
        assert "\n" not in str(raised.value), name
    with pytest.raises(BadAnswer, match="status 404"):
        PublishedShown(f"{site.url}/missing", SETTINGS)


def test_inside_addresses_are_refused_unless_they_are_allowed(site: Website) -> None:
    with pytest.raises(BlockedAddress):
        PublishedShown(site.url, FetchSettings("archiver/test"))
    assert site.requests == []


def test_a_compressed_answer_is_read(tmp_path: Path, person: People, served: Callable[[], str], site: Website) -> None:
    owner, witness = person("owner"), person("witness")
    with owner.archive(tmp_path / "a", 5) as archive:
        publish(archive, tmp_path / "public")
        url = served()
        site.put("/log/checkpoint", gzip.compress(archive.log.checkpoint()), Content_Encoding="gzip")
        assert witness.witness.see(PublishedShown(url, SETTINGS), archive.key).head.size == 5
