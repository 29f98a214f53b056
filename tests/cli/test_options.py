from __future__ import annotations

from collections.abc import Callable

import click
import pytest
from conftest import Ran

from archiver.cli.root import COMMANDS, root

NETWORK = {"snapshot", "quote", "check", "recheck", "serve", "timestamp", "watch", "mcp"}


@pytest.mark.parametrize("name", [*COMMANDS])
def test_network_options_are_taken_by_all_and_told_by_those_that_use_it(
    archiver: Callable[..., Ran], name: str
) -> None:
    out = archiver(name, "--jobs", "2", "--help").out
    assert ("--per-host" in out) is (name in NETWORK)
    assert "--json" in out


@pytest.mark.parametrize("name", [*COMMANDS])
def test_every_option_is_described(name: str) -> None:
    command = root.get_command(click.Context(root), name)
    assert command is not None
    assert [item.name for item in command.params if isinstance(item, click.Option) and not item.help] == []


def test_bad_networks_are_refused(archiver: Callable[..., Ran]) -> None:
    assert archiver("--allow-net", "300.0.0.0/8", "list").code == 2
