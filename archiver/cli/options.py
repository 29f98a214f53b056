"""Options that several commands share; taken before or after the command's name."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from archiver.errors import ArchiverError
from archiver.proxies import parse_proxy

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(slots=True)
class Shared:
    """What the shared options were set to, None where they were not given; and the command that is run."""

    archive: Path | None = None
    json: bool = False
    quiet: bool = False
    offline: bool = False
    allow_net: tuple[str, ...] = ()
    timeout: float | None = None
    jobs: int | None = None
    per_host: int | None = None
    proxy: str | None = field(default=None, repr=False)
    command: str | None = None


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    shared: Shared = ctx.ensure_object(Shared)
    name = str(param.name)
    if ctx.get_parameter_source(name) is ParameterSource.DEFAULT:
        return
    if name == "allow_net":
        value = (*shared.allow_net, *value)
    setattr(shared, name, value)


class CidrType(click.ParamType[str]):
    """A network such as 127.0.0.0/8."""

    name = "cidr"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return str(ipaddress.ip_network(value))
        except ValueError as error:
            self.fail(f"{value!r} is no network; write it like 127.0.0.0/8 ({error})", param, ctx)


class ProxyType(click.ParamType[str]):
    """The address of a proxy, or ``none``; what is wrong with it is said without repeating it, since it may hold a password."""

    name = "proxy"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            if value != "none":
                parse_proxy(value)
        except ArchiverError as error:
            self.fail(str(error), param, ctx)
        return str(value)


_EVERYWHERE = [
    click.option(
        "--archive",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        help="The archive to use, a folder or s3://, gs://, az:// (else $ARCHIVER_ARCHIVE, else the one found from here upwards).",
    ),
    click.option("--json", is_flag=True, help="One JSON object a line on stdout."),
    click.option("--quiet", is_flag=True, help="No progress and no remarks."),
    click.option("--offline", is_flag=True, help="Never touch the network."),
]

_NETWORK: list[tuple[str, dict[str, Any]]] = [
    (
        "--allow-net",
        {
            "type": CidrType(),
            "multiple": True,
            "metavar": "CIDR",
            "help": "Allow a network that is blocked by default, such as 127.0.0.0/8; may be given often.",
        },
    ),
    (
        "--proxy",
        {
            "type": ProxyType(),
            "metavar": "URL",
            "help": "Go through this proxy (http, https, socks5, socks5h; none: straight), whatever your settings.toml says.",
        },
    ),
    (
        "--timeout",
        {
            "type": click.FloatRange(min=0, min_open=True),
            "metavar": "SECONDS",
            "help": "For one page with all its redirects (else as archive.toml says: 60).",
        },
    ),
    (
        "--jobs",
        {
            "type": click.IntRange(1, 512),
            "metavar": "N",
            "help": "Pages at once in all (else as archive.toml says: 16).",
        },
    ),
    (
        "--per-host",
        {
            "type": click.IntRange(1, 512),
            "metavar": "N",
            "help": "Pages at once from one host (else as archive.toml says: 4).",
        },
    ),
]


tolerate_option = click.option(
    "--tolerate",
    type=click.Choice(["minor"]),
    help="Let quotations pass that differ in spelling or punctuation only; the verdict stays.",
)


bibliography_option = click.option(
    "--bibliography",
    "bibliographies",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    metavar="FILE",
    help="Of a manuscript: what its citation keys stand for (.bib, CSL-JSON, RIS, Zotero RDF); may be given often.",
)

tsa_root_option = click.option(
    "--tsa-root",
    "root_files",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    metavar="FILE",
    help="A root certificate (PEM) of a time stamp authority to trust for this run; may be given often.",
)


def shared_options(function: F) -> F:
    """Adds the shared options to a command; `Shared` is then the context's object.

    All commands take all of them, so that a call can be made with the same ones throughout; those of the network are told only in
    the help of commands that use it (`network_options`).
    """
    return _with(function, hidden=True)


def network_options(function: F) -> F:
    """`shared_options` of a command that uses the network."""
    return _with(function, hidden=False)


def _with(function: F, *, hidden: bool) -> F:
    network = [click.option(name, **settings, hidden=hidden) for name, settings in _NETWORK]
    for option in reversed([*_EVERYWHERE, *network]):
        function = option(function)
    for parameter in function.__click_params__:  # type: ignore[attr-defined]
        if parameter.name in Shared.__slots__:
            parameter.expose_value = False
            parameter.callback = _keep
    return function
