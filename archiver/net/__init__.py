"""The only place that touches the network: ask for a page, guarded, and keep every byte of the answer.

``fetch`` is the way in. Below it: ``guard`` (which addresses are never contacted), ``connect`` and ``tls`` (a
connection to a judged address), ``request``, ``wire`` with ``head`` and ``chunks`` (what goes over it), ``deadline``.
"""

from archiver.net.fetch import fetch
from archiver.net.guard import reason_to_block
from archiver.net.request import Conditional

__all__ = ["Conditional", "fetch", "reason_to_block"]
