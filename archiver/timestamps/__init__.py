"""RFC 3161 time stamps: requests, tokens, the verifier's roots, and what a token proves. Who is asked is said to it elsewhere."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archiver.timestamps.checks import TokenJudgement, judge_token
    from archiver.timestamps.roots import Roots, own_roots
    from archiver.timestamps.token import Request, Token, make_request, read_token
    from archiver.timestamps.window import Anchor, Window

__all__ = [
    "Anchor",
    "Request",
    "Roots",
    "Token",
    "TokenJudgement",
    "Window",
    "judge_token",
    "make_request",
    "own_roots",
    "read_token",
]

_MODULES = {
    "Anchor": "window", "Window": "window", "Roots": "roots", "own_roots": "roots", "TokenJudgement": "checks", "judge_token": "checks",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Loads what is asked for: the libraries beneath take a tenth of a second, which a run without time stamps does not pay."""
    if name not in __all__:
        raise AttributeError(f"module 'archiver.timestamps' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"archiver.timestamps.{_MODULES.get(name, 'token')}"), name)
