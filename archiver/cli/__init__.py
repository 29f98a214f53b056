"""The command line: parse, call one function below, render. The only place that prints or exits.

Commands are loaded when they are called, so that ``archiver --help`` and shell completion answer at once.
"""

import signal

__all__ = ["main"]


def main() -> None:
    """The console script. Whoever interrupts it while it loads interrupts nothing: it ends by the signal, and says nothing."""
    loud = (
        signal.getsignal(signal.SIGINT) is signal.default_int_handler
    )  # else the caller has it ignored, as `nohup` does
    if loud:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from archiver.cli import root

    if loud:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    root.main()
