"""The good and bad archives of the shared corpus: each imported or refused for the right reason. The list is `corpus.json`.

A file's entry is the sentence for which it is refused, or how many records and pages are taken and which problems are named;
``benchmarks/intake.py`` prints the same as a table.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from archiver.archive import Archive
from archiver.errors import InputError
from archiver.intake import import_file
from archiver.verification import Request, Verification

EXPECTED: dict[str, Any] = json.loads(Path(__file__).with_name("corpus.json").read_text(encoding="utf-8"))


def outcome(archive: Archive, path: Path) -> Any:
    try:
        result = import_file(archive, path)
    except InputError as error:
        return str(error).replace(str(path), path.name)
    problems = [f"{item.place.offset} {item.code}{'' if item.wrong else ' (remark)'}" for item in result.problems]
    return {
        "recorded": result.records["recorded"],
        "left-out": result.records["left-out"],
        "pages": result.pages,
        "problems": problems,
    }


def test_the_list_names_every_file(shared: Path) -> None:
    folder = shared / "corpus" / "warc"
    there = {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.name != "LICENSE"
    }
    assert there == EXPECTED.keys()


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_file_is_imported_or_refused_for_the_right_reason(shared: Path, archive: Archive, name: str) -> None:
    path = shared / "corpus" / "warc" / name
    head = archive.head()
    assert outcome(archive, path) == EXPECTED[name]
    if isinstance(EXPECTED[name], str):
        assert archive.head() == head
        return
    findings = Verification(archive.root, Request(re_extract=True)).findings()
    assert [finding for finding in findings if finding.ok is not True] == []
    assert _fails_elsewhere(archive) == []


def _fails_elsewhere(archive: Archive) -> list[str]:
    """Records of ours of which another reader says that a digest does not hold."""
    from fastwarc.warc import ArchiveIterator
    from warcio.archiveiterator import ArchiveIterator as WarcioIterator

    failed = []
    for path in (archive.root / "warc").rglob("*.warc.gz"):
        with path.open("rb") as file:
            failed += [
                f"fastwarc {theirs.record_id}"
                for theirs in ArchiveIterator(file, parse_http=False)
                if not theirs.verify_block_digest()
            ]
            file.seek(0)
            for other in WarcioIterator(file, check_digests=True, no_record_parse=False):
                other.raw_stream.read()
                if other.digest_checker.passed is False:
                    failed.append(f"warcio {other.rec_headers.get_header('WARC-Record-ID')}")
    return failed


if __name__ == "__main__":  # prints the list anew, to be looked at before it is kept
    import os
    import tempfile

    root = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as work:
        os.environ["ARCHIVER_CONFIG"] = f"{work}/keys"
        found = {}
        for number, file in enumerate(
            sorted(item for item in root.rglob("*") if item.is_file() and item.name != "LICENSE")
        ):
            with Archive.create(Path(work) / str(number)) as made:
                found[file.relative_to(root).as_posix()] = outcome(made, file)
    print(json.dumps(found, indent=1, ensure_ascii=False))
