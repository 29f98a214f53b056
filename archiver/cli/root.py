"""The root of the command line, and the one place where errors become sentences and exit codes."""

from __future__ import annotations

import importlib
import os
import sys
import traceback

import click

from archiver.cli import streams
from archiver.cli.groups import Guessing, nearest
from archiver.cli.options import Shared, network_options
from archiver.cli.saying.output import error_line, say_on_stderr, write_out
from archiver.errors import ArchiverError
from archiver.unforeseen import fault_sentence
from archiver.version import __version__

# name -> (module, what `archiver --help` says of it); a test holds the two against each other
COMMANDS = {
    "init": ("init.command", "Make an archive and its signing key."),
    "snapshot": ("snapshot.command", "Capture web pages and record them."),
    "quote": ("quote", "Judge a quotation against its source and record it with its verdict."),
    "check": ("check.command", "Judge many quotations at once, from a manuscript or a table."),
    "accept": ("accept", "Sign off a finding of `archiver check` (f-...), so that it fails no further check."),
    "recheck": ("recheck.command", "Look at the live pages of sources again: do they still say what was quoted?"),
    "verify": (
        "verify.command",
        "Check offline that the evidence is intact: signature, log, every byte, texts, anchors.",
    ),
    "add": (
        "add",
        "Record a file that you have (saved page, PDF, text, transcript) as a source, marked as supplied by you.",
    ),
    "import": ("import_", "Take in WARC, ARC and WACZ files of others, or of another archive."),
    "export": (
        "export",
        "Write quotes and snapshots with all that proves them into one file that a stranger can check.",
    ),
    "declaration": (
        "declaration",
        "Draft the statement about a citation that a court wants, for a person to check and sign.",
    ),
    "cite": (
        "cite.command",
        "Write the citation of quotes (q-...) and snapshots (s-...), or of the newest good snapshot of an address.",
    ),
    "list": ("listing", "List what is in the archive, newest first: snapshots or quotes."),
    "cohort": ("cohort.command", "Lists with a tag: what came of each address, as a table and for a methods section."),
    "show": ("show.command", "Show a snapshot (s-...), a quote (q-...), or all snapshots of a URL."),
    "diff": ("diff", "Show what changed between two snapshots of a page, quotations first."),
    "search": ("search", "Find words, or a quotation (verbatim or nearly), in every snapshot."),
    "trace": ("trace", "Say where a text or quotation comes from, with the evidence and how sure it is."),
    "watch": ("watch.command", "Look at sources again on a schedule, and tell what changed."),
    "timestamp": ("timestamp", "Have outside authorities confirm when the log was what it is."),
    "log": ("log.command", "Show the log's head and key; prove, publish and witness it; keep the key."),
    "erase": ("erase", "Take a snapshot (s-...) or quote (q-...) out for good, and leave a signed tombstone."),
    "serve": ("serve.command", "Show the archive in a browser, on this machine only."),
    "mcp": ("mcp", "Let a writing assistant prove its quotations (Model Context Protocol)."),
    "rebuild": (
        "rebuild",
        "Make the catalogue again from WARC files and log, and the search index where there is one.",
    ),
    "demo": ("demo", "The whole job on a small built-in site, without a network."),
}

_READING = frozenset({"diff", "search", "trace"})
"""Commands that record nothing."""


class LazyGroup(Guessing):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"archiver.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.commands[cmd_name]
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:  # click would end with 1, without a word
            raise _PipeEnded(
                "A program that was at work for this command ended before it was done; run the command again."
            ) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, prog_name="archiver")
@network_options
@click.pass_context
def root(ctx: click.Context) -> None:
    """Snapshot the web pages you cite, and prove what they said.

    \b
    Example:
      archiver quote https://example.org/ "documentation examples"
      archiver verify
    """
    ctx.ensure_object(Shared).command = ctx.invoked_subcommand
    if ctx.invoked_subcommand is None:
        if ctx.ensure_object(Shared).json:
            raise click.UsageError("A command is missing.")
        click.echo(ctx.get_help())


def main() -> None:
    """The console script. What it prints is UTF-8 wherever it goes; programs that read it rely on that."""
    streams.prepare()
    sys.exit(_heard(run()))


def _heard(code: int) -> int:
    """The exit code, which is no success where the answer could not be written."""
    error = streams.refused(sys.stdout)
    if error is None:
        return code
    say_on_stderr(
        f"archiver: Not all of the output could be written: {error.strerror}; make room or write it elsewhere, and run the command again."
    )
    return code or 2


def run(arguments: list[str] | None = None) -> int:
    """Runs one command and gives its exit code; every error a person can meet ends as one sentence on stderr.

    Where JSON is asked for, the sentence is an object on stdout too: a program should not have to read stderr to learn why nothing came.
    """
    shared = Shared()
    say = _Say(shared, sys.argv[1:] if arguments is None else arguments)
    try:
        result = root.main(arguments, prog_name="archiver", standalone_mode=False, obj=shared, color=_colour())
        _flush()
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return say(_interrupted(shared.command), 130)
    except click.ClickException as error:
        return say(_wrong_call(error, shared.command), 2)
    except ArchiverError as error:
        return say(str(error), error.exit_code)
    except OSError as error:
        place = f" {error.filename}" if error.filename else ""
        return say(f"The system refused{place}: {error.strerror or error}.", 2)
    except Exception as error:  # noqa: BLE001  # the last resort: a fault of ours is one sentence too, its traceback a file
        return say(_fault(error), 2)
    return result if isinstance(result, int) else 0


def _flush() -> None:
    """What is still to be said; whether anybody reads it changes nothing of how the command ended."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        streams.nobody_listens(sys.stdout.fileno())


class _PipeEnded(ArchiverError):
    """A program that a command works with ended; where stdout did, `streams` knows."""

    exit_code = 2


def _interrupted(command: str | None) -> str:
    """What is left of an interrupted command: of one that only reads, nothing has to be said."""
    return "Interrupted." if command in _READING else "Interrupted; what was acknowledged is recorded."


def _colour() -> bool | None:
    """No colour where the person wants none (https://no-color.org); else click looks whether there is a terminal."""
    return False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None


def _fault(error: Exception) -> str:
    """What is said of an error that nobody foresaw; the traceback goes to a file (or to stderr, with ``$ARCHIVER_DEBUG`` set)."""
    if os.environ.get("ARCHIVER_DEBUG"):
        traceback.print_exc()
        return "This is a fault of archiver itself; see above."
    return fault_sentence(error)


def _wrong_call(error: click.ClickException, command: str | None) -> str:
    """click's words as one sentence, with where to read more."""
    words = " ".join(error.format_message().split()).rstrip(".")
    if isinstance(error, click.NoSuchOption):  # click names all that are near, the least likely first at times
        words = f"No such option {error.option_name!r}{nearest(error.option_name, error.possibilities or ())}"
    context = error.ctx if isinstance(error, click.UsageError) else None
    # click does not say of which command an option lacks its value
    path = context.command_path if context else f"archiver {command}" if command else "archiver"
    return f"{words}; see `{path} --help`."


class _Say:
    """Says how a command ended, once."""

    def __init__(self, shared: Shared, arguments: list[str]) -> None:
        self._shared = shared
        self._arguments = arguments

    def __call__(self, sentence: str, code: int) -> int:
        say_on_stderr(f"archiver: {sentence}")
        # options that could not be read were not kept either
        if self._shared.json or "--json" in self._arguments:
            write_out(error_line(sentence))
        return code
