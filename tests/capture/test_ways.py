from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from website import STORY, Website

from archiver.archive import Archive
from archiver.capture import Options, capture

LOOKS_UP = """
import sys
from archiver.cli.root import run
run(["--archive", sys.argv[1], "quote", sys.argv[2], "some of them cross it twice before noon"])
print([name for name in sys.modules if name.startswith(("archiver.net", "archiver.memento", "archiver.capture.fetching"))])
"""


def test_a_quotation_from_a_captured_page_loads_no_network(
    archive: Archive, site: Website, options: Options, tmp_path: Path
) -> None:
    page = site.put("/story", STORY)
    capture(archive, page, options)
    archive.close()
    ran = subprocess.run(
        [sys.executable, "-c", LOOKS_UP, str(archive.root), page],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert "verbatim" in ran.stdout
    assert ran.stdout.rstrip().endswith("[]")
