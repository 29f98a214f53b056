"""What `check` writes beside its words: reports in other forms."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from archiver import clock, durable
from archiver.cli.saying.output import printable, write_out
from archiver.cli.session import Session
from archiver.manuscripts import Report
from archiver.manuscripts.reports import ENDINGS, KINDS, render

F = TypeVar("F", bound=Callable[..., Any])

STDOUT = "-"
_OTHERS = ("annotate", "annotate-all", "archived-links", "fix-links")


@dataclass(frozen=True, slots=True)
class Target:
    """A report that is wished for: its kind, and the file that it goes to (None: stdout)."""

    kind: str
    file: Path | None


class TargetType(click.ParamType[Target]):
    """``out.html``, ``sarif=out.json``, ``github``."""

    name = "report"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Target:
        if isinstance(value, Target):
            return value
        kind, equals, name = str(value).partition("=")
        if not equals:
            kind, name = (kind, STDOUT) if kind in KINDS else (ENDINGS.get(Path(kind).suffix.lower(), ""), kind)
        if kind not in KINDS or not name:
            self.fail(
                f"{printable(str(value))!r} is no report: write a file ending in {', '.join(ENDINGS)}, or one of {', '.join(KINDS)} and =FILE",
                param,
                ctx,
            )
        return Target(kind, None if name == STDOUT else Path(name))


def report_options(function: F) -> F:
    """Adds the options to a command, whose function does not see them: `Delivery.of` reads them from the context."""
    option = click.option(
        "--report",
        "reports",
        type=TargetType(),
        multiple=True,
        metavar="[KIND=]FILE",
        help="Of a manuscript: also write a report, .html, .sarif or .csv; or `github`, workflow commands on stdout. May be given often.",
        expose_value=False,
        callback=keep,
    )
    unrecorded = click.option(
        "--no-record",
        is_flag=True,
        help="Judge by what the archive has, and record nothing: neither sources nor verdicts.",
        expose_value=False,
        callback=keep,
    )
    return option(unrecorded(function))


def keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Keeps what an option was set to where `asked` finds it."""
    ctx.meta[f"{__name__}.{param.name}"] = value


def asked(ctx: click.Context, name: str) -> Any:
    """What an option that is kept so was set to."""
    return ctx.meta.get(f"{__name__}.{name}")


def refuse_for_table(ctx: click.Context) -> None:
    """Raises UsageError where a table is to be checked and an option for manuscripts was given."""
    for name in ("report", *_OTHERS):
        if asked(ctx, "reports" if name == "report" else name.replace("-", "_")):
            raise click.UsageError(f"--{name} is for manuscripts; a table is answered with --csv or --json.")


@dataclass(frozen=True, slots=True)
class Delivery:
    """The reports that are wished for, made sure of before anything is fetched."""

    targets: tuple[Target, ...]
    path: str

    @classmethod
    def of(cls, session: Session, file: Path, *, as_csv: bool = False) -> Delivery:
        """Raises UsageError where two go to one place, or one over the manuscript."""
        targets: Sequence[Target] = asked(click.get_current_context(), "reports") or ()
        if as_csv:
            targets = (*targets, Target("csv", None))
        on_stdout = [target for target in targets if target.file is None]
        if len(on_stdout) > 1 or (on_stdout and session.shared.json):
            raise click.UsageError(
                "Only one thing can be written to stdout; give the others a file, or leave out --json."
            )
        files = [target.file.resolve() for target in targets if target.file is not None]
        for target in files:
            if target == file.resolve():
                raise click.UsageError(
                    f"The report would be written over the manuscript {printable(str(file))}; name another file."
                )
            if not target.parent.is_dir():
                raise click.UsageError(
                    f"There is no folder {printable(str(target.parent))} to write a report into; make it first."
                )
        if len(set(files)) < len(files):
            raise click.UsageError("Two reports would be written to one file; give each a name of its own.")
        return cls(tuple(targets), path_for_ci(file))

    @property
    def takes_stdout(self) -> bool:
        """Whether a report goes there, so that nothing else may."""
        return any(target.file is None for target in self.targets)

    def deliver(self, session: Session, report: Report) -> None:
        """Writes them all. A file is there whole or not at all."""
        at = clock.stamp()
        for target in self.targets:
            words = render(report, target.kind, path=self.path, at=at)
            if target.file is None:
                write_out(words)
                if target.kind == "github":
                    session.out.note(
                        "The workflow commands stand in the place of the words; --report github=FILE keeps both."
                    )
                continue
            durable.replace_file(target.file, words.encode("utf-8", "replace"))
            session.out.note(f"Wrote {printable(str(target.file))}.")


def path_for_ci(file: Path) -> str:
    """The manuscript's path from the folder that CI works in (else from the one that one stands in), with slashes."""
    base = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd())
    try:
        return file.resolve().relative_to(base.resolve()).as_posix()
    except ValueError:
        return file.as_posix()
