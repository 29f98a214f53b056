"""The embedded layer: prose in scripts and data, and nothing else."""

from __future__ import annotations

import json
import time

import pytest

from archiver.model.notice import Notice
from archiver.texts import document, embedded

FIRST = "The council closed the bridge for eleven days, and nobody was told why."
SECOND = "“We learned of it from the newspaper,” said Anna Kowalska, who lives beside it."
CHINESE = "市议会星期一晚上表示，大桥已经关闭十一天，居民只能绕道而行。"


def lines(source: str) -> list[str]:
    text, _ = embedded.extract(document.read(source))
    return text.content.split("\n") if text else []


@pytest.mark.parametrize(
    "source",
    [
        f'<script type="application/ld+json">{json.dumps({"articleBody": FIRST + chr(10) + SECOND})}</script>',
        f'<script type="application/ld+json">{json.dumps({"articleBody": FIRST + chr(10) + SECOND}, ensure_ascii=False)}</script>',
        f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"a": [{"b": FIRST}, SECOND]})}</script>',
        f"<script>window.state = {json.dumps({'html': f'<p>{FIRST}</p><p>{SECOND}</p>'})};</script>",
        f"<script>window.state = {json.dumps({'html': f'&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;'})};</script>",
        f"<script>window.state = JSON.parse({json.dumps(json.dumps({'a': FIRST, 'b': SECOND}))})</script>",
        f"<script>self.push([1,{json.dumps('5:' + json.dumps([FIRST, {'children': SECOND}]))}])</script>",
        f"<script>var a = '{FIRST}', b = `{SECOND}`;</script>",
        f"<script>var a = '{FIRST.replace('e', chr(92) + 'x65')}', b = '{SECOND.replace('“', chr(92) + 'u{201c}')}';</script>",
        f"<script type='text/x-tmpl'><div>{FIRST}</div><p>{SECOND}</p></script>",
        f"<div data-page='{json.dumps({'a': FIRST, 'b': SECOND, 'c': 'x' * 400})}'></div>",
        f'<meta name=description content="{FIRST}"><meta property="og:description" content="{SECOND}">',
    ],
)
def test_prose_is_found(source: str) -> None:
    assert lines(source) == [FIRST, SECOND]


def test_scripts_that_write_no_spaces() -> None:
    assert lines(f"<script>a = {json.dumps({'t': CHINESE})}</script>") == [CHINESE]


def test_what_the_document_has_is_left_out() -> None:
    assert lines(f'<p>{FIRST}</p><script>a = "{FIRST}"; b = "{SECOND}"; c = "{SECOND}"</script>') == [SECOND]


@pytest.mark.parametrize(
    "literal",
    [
        "display: inline-block; color: #fff; background: #3b88c3; padding: 1px 4px;",
        "function(a, b) { return a.length > 0 && void 0 !== b ? b : window; }",
        "https://example.org/a/very/long/path?with=query&and=more of it there",
        "M0 0 L10 10 L20 20 C30 30 40 40 50 50 Z M60 60 L70 70 L80 80 Z",
        "a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4e5f6",
    ],
)
def test_code_is_left_out(literal: str) -> None:
    assert lines(f"<script>var a = {json.dumps(literal)}</script>") == []


def test_surrogates_are_joined_and_halves_said() -> None:
    source = (
        '<script>a = "Smiles \\ud83d\\ude00 are joined, but this \\ud83d half is not one of them, they said"</script>'
    )
    text, notices = embedded.extract(document.read(source))
    assert text is not None
    assert "😀 are joined, but this \ufffd half" in text.content
    assert [notice.code for notice in notices] == ["lone-surrogates"]
    assert isinstance(notices[0], Notice)


def test_the_layer_has_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "MAX_CHARACTERS", 1000)
    values = [f"Sentence number {number} of a very long list of sentences in a script." for number in range(100)]
    text, _ = embedded.extract(document.read(f"<script>a = {json.dumps(values)}</script>"))
    assert text is not None
    assert len(text.content) <= 1000
    assert (text.complete, bool(text.why)) == (False, True)


@pytest.mark.parametrize("piece", ['"', "'", "`", '"\\', '\\"', '"a b c d e f g h i j k l m n o p q r s t u v w",'])
def test_linear_time(piece: str) -> None:
    source = "<script>" + piece * (1_000_000 // len(piece)) + "</script>"
    start = time.process_time()
    lines(source)
    assert time.process_time() - start < 8
