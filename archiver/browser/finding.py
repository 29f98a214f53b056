"""Which browser is used: the one that a person names, else a Chromium that the system has."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

from archiver.errors import MissingExtra

VARIABLE = "ARCHIVER_BROWSER"
NEVER = "never"
"""What `VARIABLE` says where no browser is to be started."""

# the shell before the whole browser: it starts faster, and has nothing that calls home
_NAMES = ("chromium-headless-shell", "chrome-headless-shell", "headless_shell", "chromium", "chromium-browser", "google-chrome",
          "google-chrome-stable", "chrome", "msedge", "microsoft-edge")  # fmt: skip
_PLACES = (
    "/usr/lib/chromium/chromium",
    "/snap/bin/chromium",
    "/opt/google/chrome/chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+){1,3}")


def find_browser(named: str = "") -> Path:
    """The path of the browser: the one in `VARIABLE`, else the one ``named``, else one that is found.

    Raises MissingExtra where the extra or the browser is missing, with what to do.
    """
    source, named = (f"${VARIABLE}", os.environ[VARIABLE]) if os.environ.get(VARIABLE) else ("settings.toml", named)
    if source != "settings.toml" and named == NEVER:
        raise MissingExtra(f"No browser is to be started here: ${VARIABLE} says so; unset it for --browser.")
    if importlib.util.find_spec("playwright") is None:
        raise MissingExtra("A capture with a browser needs the extra 'browser': pip install 'archiver[browser]'.")
    if named:
        found = shutil.which(named)
        if found is None:
            raise MissingExtra(f"{source} names {named}, which is no program; name a Chromium, or none.")
        return Path(found)
    for name in (*_NAMES, *_PLACES):
        found = shutil.which(name)
        if found is not None:
            return Path(found)
    raise MissingExtra(
        "A capture with a browser needs a Chromium, and none was found; install one (Debian: apt install chromium-headless-shell) "
        f"or name its program in ${VARIABLE} or as browser in settings.toml."
    )


def has_browser(named: str = "") -> bool:
    """Whether a capture with a browser can be tried here."""
    try:
        find_browser(named)
    except MissingExtra:
        return False
    return True


def version_of(browser: Path) -> str:
    """The version that a browser says of itself, empty where it says none."""
    try:
        said = subprocess.run([browser, "--version"], capture_output=True, timeout=20, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = _VERSION.search(said.decode("utf-8", "replace"))
    return found[0] if found else ""
