"""What is accepted of an argument, as far as a schema can say it; the server's own sentence says the rest."""

from __future__ import annotations

from typing import Any

from archiver.model.cohort import LONGEST_TAG
from archiver.urls import MAX_LENGTH
from archiver.web.submitting import LONGEST, LONGEST_NAME

Schema = dict[str, Any]


def or_empty(schema: Schema) -> Schema:
    """Of an argument that is as good as left out where it is empty."""
    return {"anyOf": [schema, {"const": ""}]}


_WEB = "[Hh][Tt][Tt][Pp][Ss]?://[^\\s/?#]"
_STEERING = "\\u0000-\\u001f\\u007f-\\u009f\\u00ad"

CURSOR: Schema = {"type": "string", "pattern": "^[0-9]{0,18}$"}
ADDRESS: Schema = {"type": "string", "pattern": f"^{_WEB}", "maxLength": MAX_LENGTH}
SNAPSHOT: Schema = {"type": "string", "pattern": "^s-[0-9a-f]{4,64}$"}
QUOTE: Schema = {"type": "string", "pattern": "^q-[0-9a-f]{4,64}$"}
SNAPSHOT_OR_ADDRESS: Schema = {"type": "string", "pattern": f"^(s-[0-9a-f]{{4,64}}$|{_WEB})", "maxLength": MAX_LENGTH}
WORDS: Schema = {"type": "string", "pattern": "\\S"}
QUOTATION: Schema = {"type": "string", "pattern": "\\w", "maxLength": LONGEST}
REMARK: Schema = {"type": ["string", "null"], "maxLength": LONGEST_NAME}
TIME: Schema = {
    "type": "string",
    "pattern": "^(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])([T ]([01][0-9]|2[0-3]):[0-5][0-9].*)?)?)?$",
    "description": "A year, month, day or time: 2026, 2026-11, 2026-11-21, 2026-11-21T15:30:00Z.",
}
TAG: Schema = {
    "type": "string",
    "maxLength": LONGEST_TAG,
    "pattern": f"^[^\\s{_STEERING}]([^{_STEERING}]*[^\\s{_STEERING}])?$",
}
OTHERS: Schema = {"type": ["string", "boolean", "null"]}
"""Fields of a body that have no meaning here."""
