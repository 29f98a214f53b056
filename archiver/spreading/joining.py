"""Joining a Dask scheduler, or starting one with workers on this machine; and whether its workers are fit for the work."""

from __future__ import annotations

import logging
import signal
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from archiver.errors import InputError, MissingExtra, NetworkError
from archiver.hands import Hands
from archiver.printable import printable
from archiver.processors import processors
from archiver.spreading import work
from archiver.spreading.cluster import Cluster
from archiver.spreading.waiting import TooLong, within

if TYPE_CHECKING:
    from distributed import Client

LOCAL = "local"
"""Instead of an address: processes of this machine, for the run of one command."""

_CONNECT = 10  # seconds that a scheduler has to answer
_END = 10  # seconds to take leave
_PLAIN = {
    # it serves a page on what it does whether one is wanted or not: here with nothing on it, on a port that nobody else wants
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.worker.profile.enabled": False,
    # it looks at itself fifty times a second and at the machine twice, in every process, for pages and warnings that nobody sees here
    "distributed.admin.tick.interval": "2s",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.admin.system-monitor.gil.enabled": False,
}


@contextmanager
def joined(address: str, note: Callable[[str], None]) -> Iterator[Hands]:
    """The workers of the scheduler at ``address``, or of this machine. ``note`` is told what somebody should know on the way.

    Raises MissingExtra, InputError for what is no address and for workers that are not as this process, NetworkError where nobody answers
    within ten seconds or there is no worker.
    """
    try:
        import distributed  # noqa: F401  # 1 s, only where it is wanted
    except ImportError as error:
        raise MissingExtra(
            "--scheduler needs an extra that is not installed: pip install 'archiver[scale]'."
        ) from error
    _quiet()
    with ExitStack() as stack:
        client = stack.enter_context(_own() if address == LOCAL else _named(address))
        name = "The workers of this machine" if address == LOCAL else f"The scheduler at {printable(address)}"
        cluster = Cluster(client, name, note)
        _check(client, name)
        yield cluster


def _quiet() -> None:
    # what it logs of workers that come and go is not for whoever runs a command; what concerns them, they are told
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in {"distributed", "tornado"}:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


@contextmanager
def _own() -> Iterator[Client]:
    """A scheduler in this process and a worker process for each processor, encrypted among themselves with certificates of the moment:
    on a machine with others, nobody else gets in."""
    import dask.config
    from distributed import Client, LocalCluster, Security

    with _deaf(), dask.config.set(_PLAIN):
        local = LocalCluster(
            n_workers=processors(),
            threads_per_worker=1,
            memory_limit=0,  # else each is looked at ten times a second; a task of ours takes some ten MB
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False},
            security=Security.temporary(),
            silence_logs=logging.CRITICAL + 1,
        )
    try:
        with _leaving(Client(local, set_as_default=False, timeout=_CONNECT, direct_to_workers=True)) as client:
            yield client
    finally:
        _end(local.close)


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes that are started within it do not hear Ctrl-C, which goes to all of a terminal: this one ends them in order."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _named(address: str) -> Iterator[Client]:
    from distributed import Client

    said = printable(address)

    def connect() -> Client:
        with warnings.catch_warnings():
            # of other versions of Dask over there: what has to be the same is asked by ourselves
            warnings.simplefilter("ignore")
            client = Client.__new__(Client)
            try:
                client.__init__(address, set_as_default=False, timeout=_CONNECT)
            except BaseException:
                # else it would take leave of a scheduler that it never met when it is collected: twenty seconds, in whichever thread that is
                client.status = "closed"
                raise
            return client

    try:
        client = within(_CONNECT + 2, connect)
    except (TooLong, OSError, AssertionError) as error:  # the last where no thread of Dask's came to run in time
        raise NetworkError(
            f"No Dask scheduler answers at {said} within {_CONNECT} s; start one (dask scheduler), or do without --scheduler."
        ) from error
    except (ValueError, TypeError, RuntimeError, KeyError) as error:
        raise InputError(
            f"{said} is no address of a Dask scheduler that can be joined ({printable(str(error))}); write it like tls://host:8786, "
            f"or {LOCAL}."
        ) from error
    with _leaving(client):
        yield client


@contextmanager
def _leaving(client: Client) -> Iterator[Client]:
    try:
        yield client
    finally:
        _end(client.close)


def _end(close: Callable[[], Any]) -> None:
    try:
        within(_END, close)
    except Exception:  # noqa: BLE001  # who is gone already need not be taken leave of
        return


def _check(client: Client, name: str) -> None:
    """Refuses workers, and a scheduler, on which tasks could come out otherwise than here."""
    own = work.facts()
    try:
        workers = within(_CONNECT, lambda: client.run(work.facts, on_error="return"))
        scheduler = within(_CONNECT, lambda: client.run_on_scheduler(work.facts))
    except TooLong as error:
        raise NetworkError(
            f"{name} answers, but not all of its workers within {_CONNECT} s; look after them."
        ) from error
    except Exception as error:  # whatever is raised over there comes back here
        raise InputError(
            f"{name} has no archiver {own['archiver']} installed beside it ({printable(str(error))[:200]}); install it there."
        ) from error
    if not workers:
        raise NetworkError(f"{name} has no workers; start some (dask worker ADDRESS), or do without --scheduler.")
    for place, found in [*workers.items(), ("the scheduler itself", {"archiver": scheduler.get("archiver")})]:
        if not isinstance(found, dict):
            raise InputError(
                f"The worker {printable(place)} cannot do tasks of archiver ({printable(str(found))[:200]}); install {own['archiver']} there."
            )
        for what, version in own.items():
            if what in found and found[what] != version:
                raise InputError(
                    f"The worker {printable(place)} has {what} {printable(str(found[what]))} and this process {version}; results would not be "
                    "the same, so install the same there and here."
                )
