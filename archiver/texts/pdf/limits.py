"""What the reading of one file may take."""

from __future__ import annotations

MEMORY = 1 << 30
"""Bytes of address space of the child."""

PROCESSOR = 45
"""Seconds of processor time after which the system ends the child; it begins no further page after `document.SECONDS`."""

LONGEST = 50
"""Seconds after which it is not waited for any longer, its start included."""

FILE = 256 << 20
"""Bytes of a file beyond which it is not read."""
