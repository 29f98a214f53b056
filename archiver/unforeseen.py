"""What is said of an error that nobody foresaw, by whichever face of the program met it."""

from __future__ import annotations

import tempfile
import traceback


def fault_sentence(error: Exception) -> str:
    """One sentence; the traceback goes to a file. Never raises: it is the last resort."""
    said = f"This is a fault of archiver itself ({type(error).__name__}); what was acknowledged is safe."
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="archiver-fault-", suffix=".txt", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as file:
            traceback.print_exception(error, file=file)
    except OSError as full:  # often what the fault comes from
        return f"{said} Its traceback could not be kept ({full.strerror or full}); make room, and try again."
    return f"{said} Please report it with {file.name}."
