"""When a page was published, changed, served, archived and captured, and when what it tells happened: a pure function on what was recorded.

::

    read                 page, text, address, headers -> DateClaims
     ├ places            JSON-LD, <meta>, elements, address, headers, the text
     ├ parsing           how dates are written (calendar.json: names of months and days)
     └ relative          "this Thursday", "yesterday", as what they allow
    contradictions       which of these cannot all be true (disagreement)
    order                several sources as a partial order (ordering)
"""

from __future__ import annotations

from archiver.dating.claim import DateClaim, What
from archiver.dating.disagreement import Disagreement, contradictions
from archiver.dating.ordering import Before, Order, Span, order
from archiver.dating.reading import read, unresolved

__all__ = [
    "Before",
    "DateClaim",
    "Disagreement",
    "Order",
    "Span",
    "What",
    "contradictions",
    "order",
    "read",
    "unresolved",
]
