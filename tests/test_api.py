from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import LOOPBACK
from website import STORY, Website

import archiver
from archiver.settings import FetchSettings


def test_the_interface_of_the_package() -> None:
    assert sorted(archiver.__all__) == ["Archive", "__version__", "judge"]
    assert archiver.judge("on the 31st of May", "It closed on the 13th of May.").verdict == "altered"
    with pytest.raises(AttributeError):
        _ = archiver.nothing


def test_snapshot_quote_verify(tmp_path: Path, site: Website) -> None:
    settings = FetchSettings("test", allow_net=(LOOPBACK,))
    archiver.Archive.create(tmp_path / "a").close()
    with archiver.Archive.open(tmp_path / "a") as archive:
        url = site.put("/story", STORY)
        assert archive.snapshot(url, settings).status == 200
        assert archive.quote(url, "some of them cross it twice before noon").holds
        assert all(finding.ok for finding in archive.verify(re_extract=True))


def test_importing_the_package_is_cheap() -> None:
    code = "import sys, archiver; sys.exit('archiver.api' in sys.modules or 'trafilatura' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
