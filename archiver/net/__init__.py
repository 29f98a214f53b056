"""The only place that touches the network: ask for a page, guarded, and keep every byte of the answer.

``fetch`` is the way in, ``post`` the one for handing something to a service. A browser's requests are its own: what relays them stands on
the parts, from ``find_route`` to ``exchange_of``.
Below them: ``hop`` (one request), ``guard`` and ``route`` (which addresses are never contacted, and how the others are
reached), ``connect`` and ``tls`` (a connection, straight or through a proxy: ``socks``, ``tunnel``, ``relay``), ``request``,
``wire`` with ``head`` and ``chunks`` (what goes over it), ``deadline``.
"""

from archiver.net.connect import Connection, connect
from archiver.net.deadline import Deadline
from archiver.net.fetch import fetch
from archiver.net.guard import BAD_PORTS, reason_to_block
from archiver.net.hop import Told, exchange_of, redirect_target, send
from archiver.net.payload import open_response
from archiver.net.post import Reply, hand_over, post
from archiver.net.request import Conditional, Request
from archiver.net.route import find_route
from archiver.net.secrets import cut_out
from archiver.net.wire import Answer, converse

__all__ = [
    "BAD_PORTS",
    "Answer",
    "Conditional",
    "Connection",
    "Deadline",
    "Reply",
    "Request",
    "Told",
    "connect",
    "converse",
    "cut_out",
    "exchange_of",
    "fetch",
    "find_route",
    "hand_over",
    "open_response",
    "post",
    "reason_to_block",
    "redirect_target",
    "send",
]
