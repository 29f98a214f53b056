"""Memento clients of others over a server that really runs; they live in an environment of their own, for what they pull in is old.

``python -m venv V && V/bin/pip install pywb``, and ``MEMENTO_CLIENTS=V/bin/python`` for these tests.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from website import STORY

from archiver.capture import Options
from archiver.web.desk import Desk

PYWB = """
import json, sys, warnings
warnings.simplefilter("ignore")
from pywb.warcserver.index.indexsource import MementoIndexSource
base, token, url = sys.argv[1:]
source = MementoIndexSource(base + "/timegate/{url}", base + "/timemap/link/{url}", base + "/memento/{timestamp}id_/{url}")
source.sesh.headers["Authorization"] = "Bearer " + token
listed = list(source.load_index({"url": url}))
closest = list(source.load_index({"url": url, "closest": "20140126200624"}))
body = source.sesh.get(listed[0]["load_url"]).text
print(json.dumps({"listed": [one["timestamp"] for one in listed], "closest": [one["timestamp"] for one in closest], "body": body}))
"""


def asked(script: str, desk: Desk, url: str, wanted: str) -> dict[str, Any]:
    program = os.environ.get("MEMENTO_CLIENTS")
    if not program or subprocess.run([program, "-c", f"import {wanted}"], check=False, capture_output=True).returncode:
        pytest.skip(f"{wanted} is not installed in the environment that MEMENTO_CLIENTS names")
    base = f"http://127.0.0.1:{desk.access.port}"
    ran = subprocess.run(
        [program, "-c", script, base, desk.access.token, url], check=False, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    return dict(json.loads(ran.stdout.splitlines()[-1]))


@pytest.mark.slow
def test_the_aggregator_of_pywb_reads_the_timemap_and_negotiates_a_date(
    cited: tuple[Path, dict[str, str]], serve: Callable[[Path, Options | None], Desk]
) -> None:
    root, ids = cited
    found = asked(PYWB, serve(root, None), ids["url"], "pywb")
    assert len(found["listed"]) == 1
    assert set(found["closest"]) == set(found["listed"])
    assert found["body"] == STORY.decode()
