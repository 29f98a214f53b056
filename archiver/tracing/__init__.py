"""Where a text or a quotation comes from, as far as an archive can tell: each answer with its evidence, and with how sure it is.

::

    trace                archive, search, subject -> Trace
     ├ gathering         a snapshot -> Source: page, texts, credits, dates, marks
     ├ copying           which other snapshots have its words (reuse), by the index's candidates
     ├ variants          the same quotation as other pages print it
     └ limits            what was not looked at, and what the answers rest on
    table                Trace -> lines for people
    tojson               Trace -> the JSON object
    prov                 Trace -> W3C PROV (PROV-JSON through the `prov` library)
    picture              Trace -> SVG
"""

from __future__ import annotations

from archiver.tracing.trace import trace_quote, trace_snapshot
from archiver.tracing.values import Copy, Source, Tie, Trace, Variant

__all__ = ["Copy", "Source", "Tie", "Trace", "Variant", "trace_quote", "trace_snapshot"]
