"""Runs the application on a socket that is bound already."""

from __future__ import annotations

import contextlib
import socket

import uvicorn

from archiver.errors import InputError
from archiver.web import heap
from archiver.web.app import make_app
from archiver.web.desk import Desk
from archiver.web.patience import Impatient


def run(desk: Desk, listening: socket.socket) -> None:
    """Serves until it is told to stop (Ctrl-C, SIGTERM); acts under way are stopped then, and what they had recorded stays."""
    heap.share()
    try:
        with contextlib.suppress(KeyboardInterrupt):  # uvicorn hands the signal on once it has ended
            server_for(desk).run(sockets=[listening])
    finally:
        desk.close()


def server_for(desk: Desk) -> uvicorn.Server:
    """The server, not running yet; ``should_exit`` ends it."""
    config = uvicorn.Config(
        make_app(desk),
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=3,
        timeout_keep_alive=30,
        limit_concurrency=256,
        lifespan="off",
        ws="none",
        http=Impatient,
    )
    return uvicorn.Server(config)


def listening_on(port: int) -> socket.socket:
    """A socket that listens on 127.0.0.1, where nobody else can listen beside it. Raises InputError where the port is taken."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise InputError(
            f"Port {port} cannot be used ({error.strerror}); name another with --port, or 0 for any that is free."
        ) from error
    return listening
