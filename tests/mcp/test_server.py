"""The protocol: the tools as a program sees them, over the memory and over a real process's pipes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from conftest import Ran
from website import STORY, Website

from archiver.archive import Archive
from archiver.capture import Options

mcp_client = pytest.importorskip("mcp.client", reason="the extra archiver[mcp] is not installed")

from desks import desk_of  # noqa: E402
from mcp.client import Client  # noqa: E402
from mcp.client.stdio import StdioServerParameters  # noqa: E402

from archiver.mcp.server import make_server  # noqa: E402


def ask(server: Any, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """The answers to calls, one after another."""

    async def talk() -> list[Any]:
        async with Client(server) as client:
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return anyio.run(talk)


def test_the_tools_and_what_they_may_do(tmp_path: Path) -> None:
    Archive.create(tmp_path / "a").close()

    async def listed() -> dict[str, Any]:
        async with Client(make_server(desk_of(tmp_path / "a", None))) as client:
            return {tool.name: tool for tool in (await client.list_tools()).tools}

    tools = anyio.run(listed)
    assert sorted(tools) == ["check", "quote", "recheck", "snapshot", "verify"]
    assert tools["verify"].annotations.read_only_hint
    assert all(tool.description and not tool.annotations.destructive_hint for tool in tools.values())
    assert tools["quote"].input_schema["required"] == ["url", "quote"]


def test_quote_and_what_went_wrong(tmp_path: Path, site: Website, options: Options) -> None:
    Archive.create(tmp_path / "a").close()
    url = site.put("/story", STORY)
    true, false, bad, pairs, draft, neither = ask(
        make_server(desk_of(tmp_path / "a", options)),
        ("quote", {"url": url, "quote": "some of them cross it twice before noon"}),
        ("quote", {"url": url, "quote": "some of them never cross it twice before noon"}),
        ("quote", {"url": "gopher://old.example/", "quote": "words"}),
        ("check", {"quotations": [{"url": url, "quote": "The repairs are to cost 7.1 million crowns."}]}),
        ("check", {"draft": f"“Nobody has been hurt on this bridge” (<{url}>)."}),
        ("check", {}),
    )
    assert true.structured_content["holds"] is True
    assert false.structured_content["holds"] is False
    assert not false.is_error  # a quotation that does not hold is an answer, no failure
    assert bad.is_error
    assert "Traceback" not in bad.content[0].text
    assert pairs.structured_content["do_not_hold"] == 1
    assert draft.structured_content["holds"] == 1
    assert neither.is_error


def test_a_program_starts_it(tmp_path: Path, site: Website) -> None:
    """As a writing program does: a process, spoken to over its pipes."""
    Archive.create(tmp_path / "a").close()
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "archiver.cli", "--archive", str(tmp_path / "a"), "--allow-net", "127.0.0.0/8", "mcp"],
        env=dict(os.environ),
        cwd=tmp_path,
    )
    url = site.put("/story", STORY)
    said, verified = ask(command, ("quote", {"url": url, "quote": "it closes on the 13th"}), ("verify", {}))
    assert said.structured_content["verdict"] in ("altered", "absent")
    assert verified.structured_content["ok"]


def test_an_archive_that_is_none_is_said_at_once(archiver: Callable[..., Ran], tmp_path: Path) -> None:
    ran = archiver("--archive", tmp_path / "none", "mcp")
    assert ran.code == 2
    assert "no archive" in ran.err.lower()


def test_without_the_extra_it_is_named(archiver: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert archiver("init").code == 0
    ran = archiver("mcp")
    assert ran.code == 2
    assert "pip install 'archiver[mcp]'" in ran.err


def test_arguments_that_do_not_fit_are_named_in_a_sentence(tmp_path: Path) -> None:
    Archive.create(tmp_path / "a").close()
    missing, other = ask(
        make_server(desk_of(tmp_path / "a", None)),
        ("quote", {"url": "http://a.example/"}),
        ("quote", {"url": 3, "quote": "x"}),
    )
    assert missing.is_error
    said = "quote was called with arguments that do not fit: quote is missing. Call it again as its schema says."
    assert missing.content[0].text == said
    assert "url: " in other.content[0].text
    assert "pydantic" not in missing.content[0].text + other.content[0].text


def test_a_line_that_cannot_be_read_is_answered(tmp_path: Path) -> None:
    Archive.create(tmp_path / "a").close()
    call = '{"jsonrpc": "2.0", "id": %s, "method": "tools/call", "params": {"name": "quote", "arguments": {"quote": "\\ud800 x"}}}'
    lines = [
        call % "7",
        call % '"x"',
        call % '"\\udc00"',
        "",
        "{",
        '{"id": 8, "method": "ping"}',
        '{"jsonrpc": "2.0", "id": 9, "result": "\\ud800"}',
    ]
    with subprocess.Popen(
        [sys.executable, "-m", "archiver.cli", "--archive", str(tmp_path / "a"), "--offline", "mcp"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("\n".join([*lines, '{"jsonrpc": "2.0", "id": 10, "method": "ping"}', ""]))
        process.stdin.flush()
        answers = [json.loads(process.stdout.readline()) for _ in range(7)]
        process.stdin.close()  # what is not answered by then never is
    assert [(answer["id"], answer.get("error", {}).get("code")) for answer in answers] == [
        (7, -32700), ("x", -32700), (None, -32700), (None, -32700), (8, -32600), (None, -32700), (10, None),
    ]  # fmt: skip
    assert "Invalid JSON" in answers[0]["error"]["message"]
