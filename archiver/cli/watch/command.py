"""``archiver watch``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from archiver.archive import Archive
from archiver.archive.config import named_store
from archiver.capture import Options
from archiver.cli.groups import Sentences
from archiver.cli.options import network_options
from archiver.cli.session import Session
from archiver.cli.stopping import until_stopped
from archiver.cli.watch.said import Said
from archiver.cli.watch.shared import follow, peers, share, unfollow, unshare
from archiver.cli.watch.sharing import share_beside, sharing_options
from archiver.cli.watch.sources import add, alerts, listing, remove
from archiver.errors import ArchiverError, InputError, NetworkError
from archiver.personal import read_personal
from archiver.watching import Channels, Command, Policy, Settings, Watch, Webhook, parse_interval

_INTERRUPTED = 130


class Interval(click.ParamType[float]):
    """A span of time such as 12h, in seconds."""

    name = "interval"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        if isinstance(value, float):
            return value
        try:
            return parse_interval(str(value))
        except ArchiverError as error:
            self.fail(str(error).rstrip("."), param, ctx)


@click.group(cls=Sentences, invoke_without_command=True)
@click.option("--once", is_flag=True, help="Look at what is due and end, for cron and systemd timers.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Look at every source now, due or not, but for hosts that asked to be left alone.",
)
@click.option(
    "--every",
    type=Interval(),
    default="1d",
    metavar="SPAN",
    show_default=True,
    help="The interval that a source begins with.",
)
@click.option(
    "--at-least",
    type=Interval(),
    default="1h",
    metavar="SPAN",
    show_default=True,
    help="Never look at a source more often.",
)
@click.option(
    "--at-most",
    type=Interval(),
    default="2w",
    metavar="SPAN",
    show_default=True,
    help="Never look at a source less often.",
)
@click.option(
    "--pause",
    type=click.FloatRange(0, 3600),
    default=1.0,
    metavar="SECONDS",
    show_default=True,
    help="Between two looks at one host.",
)
@click.option(
    "--confirm-after",
    type=click.FloatRange(0, 3600),
    default=10.0,
    metavar="SECONDS",
    show_default=True,
    help="Before the second look, without which nothing is said to be gone or removed.",
)
@click.option(
    "--tell-after",
    type=click.IntRange(1, 1000),
    default=3,
    metavar="N",
    show_default=True,
    help="Tell that a page is unreachable or restricted after so many looks in a row.",
)
@click.option("--tell-edits", is_flag=True, help="Tell of edits that leave every quotation as it is, too.")
@click.option(
    "--respect-robots",
    is_flag=True,
    help="Ask robots.txt first, and keep to it and to its Crawl-delay; that is recorded.",
)
@click.option(
    "--feed", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Tell by an Atom feed in this file."
)
@click.option("--feed-url", metavar="URL", help="Where that feed can be fetched, if anywhere: it is said in the feed.")
@click.option(
    "--webhook",
    metavar="URL",
    help="Tell by signed requests to this address (else as `webhook` in your settings.toml says).",
)
@click.option(
    "--command",
    metavar="COMMAND",
    help="Tell by this program: it gets the words on standard input, and $ARCHIVER_ALERT_FILE.",
)
@sharing_options
@network_options
@click.pass_context
def watch(ctx: click.Context, /, **given: Any) -> int:
    """Look at sources again on a schedule, and tell what changed.

    Every source with a recorded quotation is watched, and what `archiver watch add` adds. A page that stays as it is is looked at less and
    less often, one that changes more often. Without --once it goes on until it is ended (Ctrl-C). Each change is told once: quotations
    altered or removed, pages gone or moved, pages that could not be seen several times, and that it is as before again. Exit code with
    --once: 1 where something does not hold any more, 3 where something could not be decided or delivered, else 0.

    \b
    Example:
      archiver watch
      archiver watch --listen 127.0.0.1:8765
      archiver watch --once --feed ~/alerts.xml
      archiver watch --command 'mail -s "A source changed" me@example.org'
      archiver watch add paper.md
      archiver watch list
    """
    if ctx.invoked_subcommand is not None:
        _refuse_options(ctx)
        return 0
    session = Session(ctx)
    policy = Policy(given["every"], given["at_least"], given["at_most"], given["tell_after"])
    if given["feed_url"] and not given["feed"]:
        raise click.UsageError("--feed-url goes with --feed.")
    stored = named_store(session.shared.archive)
    if stored is not None and not given["once"]:
        raise InputError(
            f"On an archive in an object store such as {stored} a watch looks and ends: give --once, and let cron or a systemd timer call it."
        )
    if stored is not None and given["listen"] is not None:
        raise InputError(f"Nothing of {stored} can be shared: leave --listen away.")
    with session.archive(watched=True) as archive:
        options = session.capture_options(archive)
        if options is None:
            raise NetworkError("A watch needs the network, and --offline forbids it.")
        said = Said(session, archive)
        with until_stopped() as stop:
            options = replace(options, stop=stop.event)
            settings = _settings(session, archive, options, policy, given)
            sharing, beside = share_beside(archive, options, given, said)
            watching = Watch(archive, options, settings, said, on_recheck=(sharing.on_recheck,), companions=(beside,))
            code = watching.run(once=given["once"], everything=given["everything"])
        said.ended(once=given["once"], interrupted=stop.event.is_set())
        if not given["once"]:
            return 0  # it was ended by who began it
        return _INTERRUPTED if stop.event.is_set() else code


def _refuse_options(ctx: click.Context) -> None:
    """The options of the loop say nothing before another word."""
    for parameter in ctx.command.params:
        source = ctx.get_parameter_source(str(parameter.name))
        if parameter.expose_value and source is not None and source.name == "COMMANDLINE":
            raise click.UsageError(
                f"{parameter.opts[0]} is for the watch itself, not for `watch {ctx.invoked_subcommand}`."
            )


def _settings(session: Session, archive: Archive, options: Options, policy: Policy, given: dict[str, Any]) -> Settings:
    personal = read_personal(archive.keys.folder)
    address = given["webhook"] or personal.webhook
    hook = Webhook.named(address, personal.webhook_secret, options.fetch, options.contacts) if address else None
    command = Command.parse(given["command"]) if given["command"] is not None else None
    channels = Channels(given["feed"], given["feed_url"], hook, command)
    return Settings(
        policy,
        channels,
        # every host has one at a time: more of them share a commit, and nobody has more to bear
        jobs=session.shared.jobs or 2 * archive.settings.jobs,
        per_host=session.shared.per_host or 1,
        pause=given["pause"],
        confirm_after=given["confirm_after"],
        robots=given["respect_robots"],
        edits=given["tell_edits"],
    )


for command in (add, remove, listing, alerts, share, unshare, follow, unfollow, peers):
    watch.add_command(command)

commands = {"watch": watch}
