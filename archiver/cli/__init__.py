"""The command line: parse, call one function below, render. The only place that prints or exits.

Commands are loaded when they are called, so that ``archiver --help`` and shell completion answer at once.
"""

from archiver.cli.root import main

__all__ = ["main"]
