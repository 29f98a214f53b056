"""What is given away: the bill of materials, and that no licence in it binds who uses archiver."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def sbom() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sbom", ROOT / "tools" / "sbom.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def bill(sbom: ModuleType) -> dict[str, Any]:
    made, missing = sbom.bill()
    assert missing == set()
    return dict(made)


def test_every_declared_dependency_is_in_the_bill_under_what_brings_it(bill: dict[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    brought = {one["name"]: {entry["value"] for entry in one["properties"]} for one in bill["components"]}
    core = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    assert {name for name in core if brought.get(name) != {"core"}} == set()
    for extra, lines in project["optional-dependencies"].items():
        if extra not in ("all", "dev"):
            names = {canonicalize_name(Requirement(line).name) for line in lines}
            assert {name for name in names if not brought.get(name, set()) & {extra, "core"}} == set(), extra
    assert "pytest" not in brought


def test_each_component_has_a_licence_and_none_is_gpl_or_agpl(sbom: ModuleType, bill: dict[str, Any]) -> None:
    assert [one["name"] for one in bill["components"] if not one["licenses"]] == []
    assert [one["name"] for one in bill["components"] if sbom.strong_copyleft(one)] == []


@pytest.mark.parametrize(
    ("licence", "strong"),
    [
        ({"expression": "GPL-3.0-or-later"}, True),
        ({"expression": "AGPL-3.0-only"}, True),
        ({"expression": "MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later"}, False),
        ({"expression": "MIT AND GPL-2.0-only"}, True),
        ({"expression": "LGPL-2.1-or-later"}, False),
        ({"license": {"name": "GNU General Public License v3 (GPLv3)"}}, True),
        ({"license": {"name": "GNU Affero General Public License v3"}}, True),
        ({"license": {"name": "MIT License"}}, False),
    ],
)
def test_what_counts_as_gpl(sbom: ModuleType, licence: dict[str, Any], strong: bool) -> None:
    assert sbom.strong_copyleft({"licenses": [licence]}) is strong


def test_every_component_stands_in_the_graph_once(bill: dict[str, Any]) -> None:
    refs = [entry["ref"] for entry in bill["dependencies"]]
    assert len(refs) == len(set(refs)) == len(bill["components"]) + 1
    assert {other for entry in bill["dependencies"] for other in entry["dependsOn"]} <= set(refs)


def test_what_builds_the_wheel_names_no_file_beside_the_package() -> None:
    hatch = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert hatch["wheel"] == {"packages": ["archiver"]}
    assert [name for name in hatch["sdist"]["include"] if not (ROOT / name.lstrip("/")).exists()] == []


def test_the_script_that_builds_twice_is_one_that_bash_reads() -> None:
    script = ROOT / ".ci" / "reproducible"
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0
    assert script.stat().st_mode & 0o111 or sys.platform == "win32"
