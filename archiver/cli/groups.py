"""Groups of commands whose help says of each what it does, to the end of the sentence."""

from __future__ import annotations

import click

_WHOLE = 1000  # characters: longer than the first sentence of any command


class Sentences(click.Group):
    """A group that cuts no sentence off."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, item.get_short_help_str(_WHOLE)) for name, item in commands if item is not None])
