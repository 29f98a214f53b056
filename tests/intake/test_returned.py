"""Erased content that comes back in a file is known again, as far as a tombstone lets it be, and never taken in without a word."""

from __future__ import annotations

import gzip
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from erasure.test_others import OTHER, PAGE, PUBLIC_URL, SECRET, TITLE, URL, foreign
from malformed import members, plain_zip
from remains import erased as findings_of_erasures
from remains import faults, left_of
from website import Website

from archiver.archive import Archive
from archiver.archive.erased import ErasedRecords, again_id
from archiver.capture import Options, capture
from archiver.erasure import erase, make_plan
from archiver.errors import InputError
from archiver.intake import Erased, Given, add_file, import_file
from archiver.packs.packing import export
from archiver.quoting import Quotation, quote
from archiver.warc import compress

REASON = "court order 7"


def segment(archive: Archive) -> Path:
    (path,) = (archive.root / "warc").rglob("*.warc.gz")
    return path


def recompressed(data: bytes) -> bytes:
    """Every gzip member compressed anew, as no version of ours does it."""
    made = b""
    while data:
        inflater = zlib.decompressobj(31)
        content = inflater.decompress(data)
        data = inflater.unused_data
        made += gzip.compress(content, 1, mtime=7)
    return made


def backup(archive: Archive, site: Website, options: Options, folder: Path) -> dict[str, Path]:
    """Files in which a page could come back that is erased then; another page beside it stays."""
    secret = capture(archive, site.put("/quite-private", PAGE), options)
    capture(archive, site.put("/public", OTHER), options)
    quoted = quote(archive, secret.id, Quotation("exactly forty-one hives"), None)
    export(archive, [str(quoted.id)], folder / "pack.wacz")
    shutil.copy(segment(archive), folder / "segment.warc.gz")
    data = segment(archive).read_bytes()
    (folder / "anew.warc.gz").write_bytes(recompressed(data))
    (folder / "plain.warc").write_bytes(gzip.decompress(data))
    erase(archive, make_plan(archive, [secret.id]), REASON)
    assert left_of(archive.root, SECRET, TITLE, "quite-private") == []
    return {path.name: path for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("name", ["segment.warc.gz", "anew.warc.gz", "plain.warc", "pack.wacz"])
def test_a_copy_of_our_own_records_is_refused(
    archive: Archive, site: Website, options: Options, tmp_path: Path, name: str
) -> None:
    (tmp_path / "backup").mkdir()
    path = backup(archive, site, options, tmp_path / "backup")[name]
    size = archive.head().size
    for act in (import_file, lambda archive, path: add_file(archive, path, Given())):
        with pytest.raises(InputError, match=r"were erased here \(the first .*at byte .*: erased on .*court order 7"):
            act(archive, path)
    assert archive.head().size == size
    assert left_of(archive.root, SECRET, TITLE, "quite-private") == []
    if name == "pack.wacz":
        return  # there is nothing else in it
    result = import_file(archive, path, erased=Erased.LEAVE_OUT)
    assert left_of(archive.root, SECRET, TITLE, "quite-private") == []
    assert {problem.code for problem in result.problems} >= {"erased"}
    assert not result.wrong
    assert result.records["left-out"] > 3
    assert faults(archive.root) == []


def test_even_where_another_compressor_would_have_made_the_members(
    archive: Archive, site: Website, options: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then the bytes tell nothing; the capture record names what was erased, and lists the rest."""
    (tmp_path / "backup").mkdir()
    path = backup(archive, site, options, tmp_path / "backup")["anew.warc.gz"]
    monkeypatch.setattr(ErasedRecords, "by_content", lambda *_: None)
    with pytest.raises(InputError, match=REASON):
        import_file(archive, path)
    import_file(archive, path, erased=Erased.LEAVE_OUT)
    assert left_of(archive.root, SECRET, TITLE) == []


@pytest.mark.parametrize("form", ["warc", "wacz", "plain"])
def test_the_file_that_it_came_from_is_refused(archive: Archive, tmp_path: Path, form: str) -> None:
    records = [*foreign(URL, PAGE, 1), *foreign(PUBLIC_URL, OTHER, 2)]
    warc = members(records)
    path = tmp_path / "file"
    beside = {"datapackage.json": b'{"title":"two pages"}', "texts/1.txt": SECRET.encode()}
    path.write_bytes(
        {"warc": warc, "plain": b"".join(records), "wacz": plain_zip(**{"archive/a.warc.gz": warc, **beside})}[form]
    )
    assert import_file(archive, path).pages == 2
    secret = archive.latest_snapshot(URL)
    assert secret is not None
    erase(archive, make_plan(archive, [secret.id]), REASON)
    with pytest.raises(InputError, match=f"3 of its records were erased here .*{REASON}"):
        import_file(archive, path)
    result = import_file(archive, path, erased=Erased.LEAVE_OUT)
    assert (result.pages, result.records["known"], result.records["left-out"]) == (1, 3, 3)
    assert left_of(archive.root, URL, SECRET, TITLE) == []
    again = import_file(archive, path)
    assert again.before  # known as a whole again, and told as it is now
    assert (again.pages, again.records["left-out"]) == (1, 3)
    assert faults(archive.root) == []


def test_what_is_taken_on_purpose_stands_beside_the_tombstone(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "file.warc.gz"
    path.write_bytes(members([*foreign(URL, PAGE, 1), *foreign(PUBLIC_URL, OTHER, 2)]))
    import_file(archive, path)
    first = archive.latest_snapshot(URL)
    assert first is not None
    for _ in range(2):  # erased, taken in again, erased again, taken in again
        now = archive.latest_snapshot(URL)
        assert now is not None
        erase(archive, make_plan(archive, [now.id]), REASON)
        result = import_file(archive, path, erased=Erased.TAKE)
        assert (result.records["recorded"], result.records["known"]) == (3, 3)
        taken = archive.latest_snapshot(URL)
        assert taken is not None
        assert taken.id not in (first.id, now.id)
        assert "erased-before" in {notice.code for notice in taken.warnings}
        assert quote(archive, taken.id, Quotation("exactly forty-one hives"), None).judgement.holds
        assert faults(archive.root) == []
        assert any("taken in again since" in finding.detail for finding in findings_of_erasures(archive.root))
    archive.take_out_again()
    assert faults(archive.root) == []  # what was taken in again is no remains
    assert SECRET in "".join(text.content for text in archive.texts(archive.find_snapshot(taken.id)))


def test_records_that_an_older_archiver_took_in_again_are_told_and_left(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They have the very digest that the tombstone names."""
    path = tmp_path / "file.warc.gz"
    path.write_bytes(members([*foreign(URL, PAGE, 1), *foreign(PUBLIC_URL, OTHER, 2)]))
    import_file(archive, path)
    secret = archive.latest_snapshot(URL)
    assert secret is not None
    erase(archive, make_plan(archive, [secret.id]), REASON)
    with monkeypatch.context() as patched:
        patched.setattr(ErasedRecords, "__bool__", lambda _: False)
        import_file(archive, path)
    assert faults(archive.root) == []
    assert any(
        "3 of its records were taken in again" in finding.detail for finding in findings_of_erasures(archive.root)
    )
    assert archive.take_out_again() == ["All recorded erasures were gone through once more: nothing of them was there."]
    assert faults(archive.root) == []
    assert archive.latest_snapshot(URL) is not None


def test_an_erased_revisit_does_not_take_the_texts_of_what_it_stands_on(
    archive: Archive, site: Website, options: Options, tmp_path: Path
) -> None:
    url = site.put("/quite-private", PAGE)
    first = capture(archive, url, options)
    again = capture(archive, url, options)
    (tmp_path / "copy.warc.gz").write_bytes(recompressed(segment(archive).read_bytes()))
    erase(archive, make_plan(archive, [again.id]), REASON)
    result = import_file(archive, tmp_path / "copy.warc.gz", erased=Erased.LEAVE_OUT)
    assert result.records["left-out"] == 3  # revisit, request, capture
    assert archive.texts(first)


def test_another_copy_of_the_page_is_not_known_again(archive: Archive, tmp_path: Path) -> None:
    """A tombstone keeps nothing of the content: else anybody could try guesses on it."""
    (tmp_path / "a.warc.gz").write_bytes(members(foreign(URL, PAGE, 1)))
    (tmp_path / "b.warc.gz").write_bytes(members([*foreign(PUBLIC_URL, OTHER, 2), *foreign(URL, PAGE, 1)]))
    import_file(archive, tmp_path / "a.warc.gz")
    secret = archive.latest_snapshot(URL)
    assert secret is not None
    erase(archive, make_plan(archive, [secret.id]), REASON)
    assert import_file(archive, tmp_path / "b.warc.gz").pages == 2


def test_where_nothing_was_erased_nothing_is_looked_through(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ErasedRecords, "by_address", lambda *_: pytest.fail("looked through"))
    (tmp_path / "a.warc.gz").write_bytes(members(foreign(URL, PAGE, 1)))
    assert import_file(archive, tmp_path / "a.warc.gz").pages == 1


def test_from_the_command_line(archiver: Callable[..., Ran], site: Website, tmp_path: Path) -> None:
    assert archiver("init", "archive").code == 0
    shot = archiver("snapshot", site.put("/quite-private", PAGE), "--json").lines[0]["snapshot"]
    (path,) = Path("archive/warc").rglob("*.warc.gz")
    shutil.copy(path, "copy.warc.gz")
    assert archiver("erase", shot, "--reason", REASON, "--yes").code == 0
    for command in ("import", "add"):
        refused = archiver(command, "copy.warc.gz")
        assert refused.code == 2
        assert REASON in refused.err
        assert "--erased take" in refused.err
    assert archiver("import", "copy.warc.gz", "--erased", "leave-out").code == 0
    assert archiver("verify").code == 0
    again = archiver("erase", "--again")
    assert "nothing of them was there" in again.out
    assert "broke off" not in again.out
    (Path("archive/warc") / "put-back.warc.gz").write_bytes(Path("copy.warc.gz").read_bytes())
    assert archiver("verify").code == 1
    again = archiver("erase", "--again")
    assert "that had been put back are gone again" in again.out
    assert left_of(Path("archive"), SECRET, TITLE) == []


def test_the_same_record_always_gets_the_same_id() -> None:
    assert again_id("00" * 32) != again_id("11" * 32)
    assert again_id("00" * 32) == "<urn:uuid:d726f967-4b35-53ff-8cbc-1417a8205de4>", "in every version"
    assert gzip.decompress(compress(b"x" * 99_999)) == b"x" * 99_999
