"""Groups of commands: their help says of each what it does, to the end of the sentence, and a misspelt one is answered with the nearest."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

import click

_WHOLE = 1000  # characters: longer than the first sentence of any command


def nearest(word: str, words: Iterable[str]) -> str:
    """The one of ``words`` that a misspelt word was most likely meant to be, as an aside for a sentence; empty where none is near."""
    found = get_close_matches(word, words, n=1)
    return f" (did you mean {found[0]!r}?)" if found else ""


class Guessing(click.Group):
    """A group that says which command a misspelt one may have been meant to be. click's newest does so too, but only for commands that are
    loaded, and all that are near.
    """

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        word = str(args[0])
        if not ctx.resilient_parsing and not word.startswith("-") and self.get_command(ctx, word) is None:
            ctx.fail(f"No such command {word!r}{nearest(word, self.list_commands(ctx))}")
        return super().resolve_command(ctx, args)


class Sentences(Guessing):
    """A group that cuts no sentence off. Called without a command it names those that there are; click's whole help would become a sentence."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"no_args_is_help": False, **options})

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            if error.ctx is ctx and error.message == "Missing command.":
                raise click.UsageError(f"Missing command: {', '.join(self.list_commands(ctx))}", ctx) from error
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, item.get_short_help_str(_WHOLE)) for name, item in commands if item is not None])
