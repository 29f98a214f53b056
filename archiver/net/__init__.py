"""The only place that touches the network: ask for a page, guarded, and keep every byte of the answer.

``fetch`` is the way in, ``post`` the one for handing something to a service.
Below them: ``hop`` (one request), ``guard`` and ``route`` (which addresses are never contacted, and how the others are
reached), ``connect`` and ``tls`` (a connection, straight or through a proxy: ``socks``, ``tunnel``, ``relay``), ``request``,
``wire`` with ``head`` and ``chunks`` (what goes over it), ``deadline``.
"""

from archiver.net.fetch import fetch
from archiver.net.guard import reason_to_block
from archiver.net.hop import redirect_target, send
from archiver.net.payload import open_response
from archiver.net.post import Reply, post
from archiver.net.request import Conditional

__all__ = ["Conditional", "Reply", "fetch", "open_response", "post", "reason_to_block", "redirect_target", "send"]
