from __future__ import annotations

from citations import FALSE, HOSTILE, PLAIN, QUOTED, SUPPLIED, hostile_citations
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from archiver.citing.citation import Citation
from archiver.citing.markdown import escaped, markdown
from archiver.citing.plain import one_line

ALLOWED = {"blockquote", "p", "a", "em", "strong", "code", ""}


def tokens(words: str) -> list[Token]:
    found = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(words):
        found += [token, *(token.children or [])]
    return found


def test_a_quotation_and_its_source() -> None:
    assert markdown(QUOTED) == (
        "> It is a wall, not a miracle\n>\n> — Ines Okafor, Ludwig van Beethoven, Skerry News Agency, "
        "[Harbour, rebuilt](<https://example.org/harbour?a=1#:~:text=It%20is%20a%20wall%2C%20not%20a%20miracle>), *The Wire*, 12 March 2026. "
        "[Archived](<https://web.archive.org/web/20261121103000/https://example.org/harbour?a=1"
        "#:~:text=It%20is%20a%20wall%2C%20not%20a%20miracle>) by web.archive.org, "
        f"21 November 2026. Captured 2026-11-21T10:29:58Z, SHA-256 `{QUOTED.payload_sha256}`, `{QUOTED.snapshot}` in `archiver.invalid/2c6adda2`."
    )
    assert markdown(PLAIN).startswith("Ines Okafor, ")


def test_what_is_not_as_it_should_be() -> None:
    assert markdown(FALSE).startswith(
        "> **WARNING: THE SOURCE DOES NOT SAY THIS (altered): number: the source has “31st”, the quotation “13th”.**\n>\n"
    )
    assert "No public copy is known." in markdown(SUPPLIED)
    assert "**The page was supplied by the person who keeps this archive" in markdown(SUPPLIED)


@given(citation=hostile_citations())
def test_words_of_pages_are_words(citation: Citation) -> None:
    found = tokens(markdown(citation))
    assert {token.tag for token in found} <= ALLOWED
    assert not [token for token in found if token.type.startswith("html")]
    links = [token.attrs["href"] for token in found if token.type == "link_open"]
    assert len(links) == 2
    assert all(str(link).startswith(("https://example.org/", "https://web.archive.org/")) for link in links)


@given(words=HOSTILE)
def test_escaped_text_is_read_as_it_was(words: str) -> None:
    for line in (escaped(words), f"> {escaped(words)}", f"[{escaped(words)}](<https://example.org/>)"):
        text = "".join(token.content for token in tokens(line) if token.type in ("text", "text_special", "code_inline"))
        assert text == one_line(words)
