"""Writes what archiver stands on as CycloneDX 1.6 JSON (ECMA-424), with versions, licences and the extras that bring each.

    python tools/sbom.py > sbom.json        (in a Python where archiver is installed with the extras that are to be listed)

The same installation gives the same bytes: there is no serial number, and no time. What an extra names and is not installed is left out, and
said on stderr.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from importlib import metadata

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = "archiver"
NOT_SHIPPED = frozenset({"all", "dev"})
CORE = "core"
_LONG = 100  # characters; some packages give the whole text of their licence for its name


def licences(about: metadata.PackageMetadata) -> list[dict[str, object]]:
    """The licences that a package declares, as CycloneDX has them: an SPDX expression where there is one, else names."""
    words = [*(about.get_all("License-Expression") or ()), *(about.get_all("License") or ())]
    for word in words:
        try:
            return [{"expression": canonicalize_license_expression(word)}]
        except InvalidLicenseExpression:
            continue
    classified = [
        line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or () if line.startswith("License ::")
    ]
    named = classified or [word.strip().splitlines()[0][:_LONG] for word in words if word.strip()]
    return [{"license": {"name": name}} for name in named]


def needed(name: str, extras: frozenset[str]) -> list[Requirement]:
    """What a package asks for here, with these extras of it."""
    found = [Requirement(line) for line in metadata.requires(name) or ()]
    return [
        one
        for one in found
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in ("", *extras))
    ]


def closure(extra: str) -> tuple[dict[str, set[str]], set[str]]:
    """All packages that an extra brings in, each with those it asks for itself, and those that are not installed."""
    found: dict[str, set[str]] = {}
    missing: set[str] = set()
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [(PROJECT, frozenset() if extra == CORE else frozenset({extra}))]
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            wanted = needed(name, extras)
        except metadata.PackageNotFoundError:
            missing.add(name)
            continue
        asked = {(canonicalize_name(one.name), frozenset(one.extras)) for one in wanted}
        found.setdefault(name, set()).update(other for other, _ in asked)
        waiting += asked
    return found, missing


def bill() -> tuple[dict[str, object], set[str]]:
    """The bill of materials, and what of it could not be looked at."""
    brought: dict[str, set[str]] = defaultdict(set)
    asks: dict[str, set[str]] = defaultdict(set)
    missing: set[str] = set()
    extras = {canonicalize_name(extra) for extra in metadata.metadata(PROJECT).get_all("Provides-Extra") or ()}
    for extra in (CORE, *sorted(extras - NOT_SHIPPED)):
        found, away = closure(extra)
        missing |= away
        for name, others in found.items():
            brought[name].add(extra)
            asks[name] |= others
    components = []
    for name in sorted(set(brought) - {PROJECT}):
        about = metadata.metadata(name)
        components.append(
            {
                "type": "library",
                "bom-ref": f"pkg:pypi/{name}@{about['Version']}",
                "name": name,
                "version": about["Version"],
                "purl": f"pkg:pypi/{name}@{about['Version']}",
                "licenses": licences(about),
                "properties": [
                    {"name": "archiver:extra", "value": extra}
                    for extra in ([CORE] if CORE in brought[name] else sorted(brought[name]))
                ],
            }
        )
    refs = {str(component["name"]): component["bom-ref"] for component in components}
    version = metadata.version(PROJECT)
    refs[PROJECT] = f"pkg:pypi/{PROJECT}@{version}"
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "bom-ref": refs[PROJECT], "name": PROJECT, "version": version, "purl": refs[PROJECT],
                "licenses": licences(metadata.metadata(PROJECT)),
            }
        },
        "components": components,
        "dependencies": [
            {"ref": refs[name], "dependsOn": sorted(str(refs[other]) for other in asks[name] if other in refs)} for name in sorted(refs)
        ],
    }, missing  # fmt: skip


def strong_copyleft(component: dict[str, object]) -> bool:
    """Whether a component can be had under no licence but GPL or AGPL (one of several to choose from is enough to be free of it)."""
    words = json.dumps(component["licenses"])
    if " OR " in words:
        return all(re.search(r"(?<!L)GPL", choice) for choice in words.split(" OR "))
    return bool(re.search(r"(?<!L)GPL|(?<!Lesser )General Public License|Affero", words))


if __name__ == "__main__":
    made, lacking = bill()
    if lacking:
        print(f"Not installed, and so not in the bill: {', '.join(sorted(lacking))}", file=sys.stderr)
    print(json.dumps(made, indent=1, ensure_ascii=False))
