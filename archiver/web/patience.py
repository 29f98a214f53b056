"""How long a connection may go without asking anything.

uvicorn waits for the rest of a request's head for ever, and counts whoever is connected: 256 connections that send nothing, which any other user
of the machine can open, would shut the archive to its owner.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

SECONDS = 20.0
"""For the head of a request, or what is left of a body that nobody reads; a connection is closed after one to two of these."""


class Impatient(H11Protocol):
    """The protocol of a connection. What is being answered is never cut off."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self.loop.call_later(SECONDS, self._look, None)

    def _look(self, seen: object) -> None:
        if self.transport.is_closing():
            return
        cycle: RequestResponseCycle | None = self.cycle  # None until something is asked, whatever its type says
        answered = cycle is None or cycle.response_complete
        if answered and cycle is seen:
            self.transport.close()
        else:
            self.loop.call_later(SECONDS, self._look, cycle if answered else self)
