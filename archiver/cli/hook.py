"""The hook of pre-commit: ``archiver check --offline --no-record`` of each file that is to be committed.

It touches neither the network nor the archive, so that no commit waits for a server or finds files changed. A source that the archive does
not have leaves a quotation undecided, which passes: `archiver check` fetches it, when a person says so. With ``--strict`` it fails.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from archiver.cli.root import run
from archiver.cli.saying.output import say_on_stderr
from archiver.manuscripts.readers import is_manuscript

_FAILS, _WRONG_CALL, _UNDECIDED = 1, 2, 3


def main(arguments: Sequence[str]) -> int:
    """Checks the files; options before them go to each check, but for ``--strict``. Gives the exit code: the worst of 1, 2 and, if strict, 3."""
    # of what begins with a dash, what is there as a manuscript is one: git has files of any name, and each must be checked
    files = [word for word in arguments if not word.startswith("-") or (is_manuscript(word) and Path(word).is_file())]
    options = [word for word in arguments if word not in files]
    strict = "--strict" in options
    options = [word for word in options if word != "--strict"]
    codes = []
    for file in files:
        if len(files) > 1:
            say_on_stderr(f"{file}:")
        codes.append(run(["check", "--offline", "--no-record", "--quiet", *options, "--", file]))
    counted = (_FAILS, _WRONG_CALL, _UNDECIDED) if strict else (_FAILS, _WRONG_CALL)
    other = [code for code in codes if code not in (0, _FAILS, _WRONG_CALL, _UNDECIDED)]
    return next((code for code in (*other, *counted) if code in codes), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
