"""The OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.0), made of the table."""

from __future__ import annotations

import re
from typing import Any

from starlette.responses import JSONResponse, Response

from archiver.version import __version__
from archiver.web.api.shapes import SHAPES, ref
from archiver.web.api.table import OPERATIONS, Operation
from archiver.web.visit import Visit

_FAULTS = {
    "400": "What was asked is wrong; the sentence says how.",
    "403": "Without the token, or with one that is not good for this.",
    "404": "There is no such thing.",
    "409": "Nothing can be recorded here.",
    "410": "It was erased.",
    "413": "The body is larger than 256 KiB, of a page that is handed over 16.5 MiB.",
    "500": "The evidence is damaged, or a fault of archiver.",
    "502": "The network is needed and may not be used.",
    "503": "The search index is being made; ask again in a moment.",
}


def show(visit: Visit) -> Response:
    """The document for this server."""
    return JSONResponse(document(f"http://{visit.request.headers['host']}"))


def document(server: str) -> dict[str, Any]:
    """The whole document."""
    paths: dict[str, Any] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})["post" if operation.body else "get"] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "archiver", "version": __version__, "description": "An archive of cited pages, over HTTP."},
        "servers": [{"url": server}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": SHAPES,
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "`token` of `archiver serve --json`: everything.",
                },
                "receiving": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "`receiving_token`: handing pages over, and asking what came of them.",
                },
            },
        },
    }


def _operation(operation: Operation) -> dict[str, Any]:
    arguments: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": operation.named}
        for name in re.findall(r"{(\w+)}", operation.path)
    ]
    arguments += [
        {"name": one.name, "in": "query", "required": one.needed, "description": one.words, "schema": one.schema}
        for one in operation.arguments
    ]
    told: dict[str, Any] = {
        "operationId": operation.view.__module__.rpartition(".")[2] + "_" + operation.view.__name__,
        "summary": operation.words,
        "parameters": arguments,
        "responses": {
            "202" if operation.body else "200": _answer("The answer.", operation.answer),
            **{status: _answer(words, "Error") for status, words in _FAULTS.items() if status != "403"},
            "403": {"description": _FAULTS["403"]},
        },
    }
    if operation.receiving:
        told["security"] = [{"token": []}, {"receiving": []}]
    if operation.body:
        kind = "multipart/form-data" if operation.form else "application/json"
        told["requestBody"] = {"required": True, "content": {kind: {"schema": ref(operation.body)}}}
    return told


def _answer(words: str, name: str) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": ref(name)}}}
