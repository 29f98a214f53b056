"""``archiver demo``: the real commands, run one after another on the built-in site, each shown before it runs."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import click

from archiver.archive import Archive
from archiver.cli import root as command_line
from archiver.cli.options import shared_options
from archiver.cli.session import Session
from archiver.demo import DemoSite
from archiver.errors import InputError
from archiver.urls import page_key

_LOOPBACK = "127.0.0.0/8"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False, metavar="[DIR]")
@shared_options
@click.pass_context
def demo(ctx: click.Context, folder: Path | None) -> int:
    """The whole job on a small built-in site, without a network.

    Snapshot, quote, a false quotation, verify, a silent edit, recheck, one flipped byte, verify. DIR (a new folder) keeps the archive that is made.

    \b
    Example:
      archiver demo
    """
    session = Session(ctx)
    root = session.shared.archive or folder or _free_name(Path("archiver-demo"))
    if root.exists():
        raise InputError(f"{root} is there already; name a new folder.")
    with DemoSite() as site:
        _Tour(session, root, site).run()
    return 0


def _free_name(wanted: Path) -> Path:
    """The name, or the first of name-2, name-3 ... that is free."""
    number, path = 2, wanted
    while path.exists():
        path = wanted.with_name(f"{wanted.name}-{number}")
        number += 1
    return path


def _program() -> str:
    """How to call this program here: by its name where the shell finds that, else as it was called."""
    called = sys.argv[0]
    return called if Path(called).name == "archiver" and shutil.which("archiver") is None else "archiver"


class _Tour:
    """The steps of the demo. Each expects an exit code, so a demo that shows something else than it says fails."""

    def __init__(self, session: Session, root: Path, site: DemoSite) -> None:
        self._session = session
        self._root = root
        self._site = site

    def run(self) -> None:
        wire, council = f"{self._site.url}/wire/ferry-crossing", f"{self._site.url}/council/timetable"
        words = "The first boat leaves Port Anna at 6.40 on the 13th of April."
        self._say(
            "1. An archive, and snapshots of three pages of a made-up island: an agency's story, a newspaper's copy, a council's notice."
        )
        self._command("init", str(self._root))
        self._command("snapshot", wire, f"{self._site.url}/gazette/ferry-crossing", council)
        self._say(
            "2. A true quotation (typed with straight quotes where the page has curly ones), and one with what is left out marked."
        )
        self._command("quote", wire, '"It is a wall, not a miracle," Okafor said.')
        self._command(
            "quote",
            wire,
            "We have rebuilt 140 metres of wall, and not one of the old stones was thrown away ... The boats will run on the 13th",
        )
        self._command("quote", council, words)
        self._say("3. False ones: a number changed, a word that turns the meaning left out.")
        self._command(
            "quote", wire, "We have rebuilt 410 metres of wall, and not one of the old stones was thrown away", expect=1
        )
        self._command(
            "quote",
            wire,
            "two of the nine families who left the island have told us that they will not come back",
            expect=1,
        )
        self._say("4. Is the evidence intact? Signature, log, every byte, texts, anchors:")
        self._command("verify")
        self._say(
            "5. The council edits its page in silence. Do the live pages still say what was quoted? Each is looked at again:"
        )
        self._site.edit()
        self._command("recheck", expect=1)
        self._say("   The first snapshot is still there, and still says what it said:")
        self._command("show", council)
        self._say("6. Somebody flips one bit in a copy of the archive:")
        self._flip(wire)
        self._say(f"The archive is in {self._root} (delete that folder when you have seen enough); look into it with:")
        for line in ("list", "list --quotes", "log"):
            self._session.out.text(f"  {_program()} --archive {self._root} {line}")

    def _say(self, words: str) -> None:
        if self._session.shared.json:
            self._session.out.line({"schema_version": 1, "step": words})
        else:
            self._session.out.text("\n" + click.style(words, bold=True), indent=3)

    def _command(self, *arguments: str, expect: int = 0, archive: Path | None = None) -> None:
        shown = " ".join(json.dumps(word, ensure_ascii=False) if " " in word else word for word in arguments)
        root = archive or self._root
        target = [] if arguments[0] == "init" else ["--archive", str(root)]
        if arguments[0] in ("snapshot", "quote", "recheck"):
            target += ["--allow-net", _LOOPBACK]
        if self._session.shared.json:
            target.append("--json")
        self._session.out.text(click.style(f"$ archiver {shown}", fg="cyan"))
        code = command_line.run([arguments[0], *target, "--quiet", *arguments[1:]])
        if code != expect:
            raise InputError(
                f"The demo expected exit code {expect} of `archiver {shown}` and got {code}; please report this."
            )

    def _flip(self, url: str) -> None:
        """A bit of what the server answered for this page."""
        copy = self._root.with_name(self._root.name + "-tampered")
        shutil.copytree(self._root, copy)
        try:
            with Archive.open(copy) as archive:
                snapshot = archive.catalogue.snapshots_of(page_key(url))[0]
            victim = copy / snapshot.warc_file
            data = bytearray(victim.read_bytes())
            data[snapshot.warc_offset + 200] ^= 1
            victim.write_bytes(data)
            self._command("verify", expect=1, archive=copy)
        finally:
            shutil.rmtree(copy)


commands = {"demo": demo}
