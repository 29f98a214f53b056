"""Forms as they come over the wire, never more of them than their page takes."""

from __future__ import annotations

import json
from collections.abc import Mapping

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from archiver.errors import InputError

_KINDS = ("application/x-www-form-urlencoded", "multipart/form-data")
_FIELD = 256 * 1024


async def read_form(request: Request, largest: int) -> Mapping[str, str | UploadFile]:
    """The fields by name. Raises InputError for what is no form, or breaks off, HTTPException 413 for one of more than ``largest`` bytes."""
    try:
        return await _read(request, largest)
    except ClientDisconnect as error:
        raise InputError("The form broke off; send it again.") from error


async def _read(request: Request, largest: int) -> Mapping[str, str | UploadFile]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    length = request.headers.get("content-length", "0")
    if length.isascii() and length.isdigit() and int(length) > largest:
        raise HTTPException(413)
    if kind == "application/json":
        return _fields(await Request(request.scope, _Capped(request, largest)).body())
    if not kind and length == "0":
        return {}
    if kind not in _KINDS:
        raise InputError("A form was expected here.")
    counted = Request(request.scope, _Capped(request, largest))
    try:
        form = await counted.form(max_files=1, max_fields=50, max_part_size=_FIELD)
    except (MultiPartException, ValueError, HTTPException) as error:
        if isinstance(error, HTTPException) and error.status_code == 413:
            raise
        raise InputError("The form could not be read; send it again.") from error
    return dict(form.items())


def _fields(body: bytes) -> dict[str, str | UploadFile]:
    """A JSON object of words and truths as the fields of a form: what is false or null is not there. Raises InputError."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InputError("The body is no JSON; send an object.") from error
    if not isinstance(value, dict):
        raise InputError("The body is no JSON object.")
    fields: dict[str, str | UploadFile] = {}
    for name, item in value.items():
        if isinstance(item, str):
            try:
                item.encode()
            except UnicodeEncodeError as error:
                raise InputError(f"{name[:40]!r} is no Unicode text: it has half of a surrogate pair.") from error
            fields[name] = item
        elif item is True:
            fields[name] = "true"
        elif item is not None and item is not False:
            raise InputError(f"{name[:40]!r} must be a text, true, false or null.")
    return fields


class _Capped:
    """The bytes of a request, up to a number."""

    def __init__(self, request: Request, largest: int) -> None:
        self._receive = request.receive
        self._left = largest

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise HTTPException(413)
        return message
