"""Citations to write in every form: one that is as it should be, and any number that are not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from archiver.citing import Citation, PublicCopy, Quoted

SHA = "c31811e9e3270b586e04f3dfd31132ee7739f47dbe99f2586e6e26124144c75c"
COPY = PublicCopy(
    "https://web.archive.org/web/20261121103000/https://example.org/harbour?a=1",
    "web.archive.org",
    "2026-11-21T10:30:00Z",
)
QUOTE = Quoted(f"q-{SHA}", "It is a wall, not a miracle", "verbatim", holds=True, exact="It is a wall, not a miracle")
PLAIN = Citation(
    id=f"s-{SHA}",
    snapshot=f"s-{SHA}",
    url="https://example.org/harbour?a=1",
    title="Harbour, rebuilt",
    authors=("Ines Okafor", "Ludwig van Beethoven", "Skerry News Agency"),
    published="2026-03-12",
    site="The Wire",
    language="en",
    captured_at="2026-11-21T10:29:58Z",
    payload_sha256=SHA,
    archive="archiver.invalid/2c6adda2",
    media_type="text/html",
    copies=(COPY,),
    is_live=True,
)
QUOTED = replace(
    PLAIN,
    id=QUOTE.id,
    quote=QUOTE,
    passage="https://example.org/harbour?a=1#:~:text=It%20is%20a%20wall%2C%20not%20a%20miracle",
    archived_passage=f"{COPY.uri}#:~:text=It%20is%20a%20wall%2C%20not%20a%20miracle",
)
FALSE = replace(
    QUOTED,
    quote=replace(
        QUOTE, verdict="altered", holds=False, changes=("number: the source has “31st”, the quotation “13th”",)
    ),
)
SUPPLIED = replace(
    PLAIN, url=None, copies=(), published=None, authors=(), title=None,
    provenance=("the page was supplied by the person who keeps this archive (saved.html), not fetched from anywhere",),
)  # fmt: skip

_PIECES = st.sampled_from(
    [
        *(
            "{",
            "}",
            "{{",
            "}}",
            "|",
            "\\",
            "%",
            "$",
            "&",
            "&amp;",
            "#",
            "_",
            "~",
            "~~~~",
            "^",
            '"',
            "'",
            "''",
            "'''",
            "`",
            "``",
            "<",
            ">",
            "<!--",
            "-->",
        ),
        *(
            "[",
            "]",
            "[[",
            "]]",
            "](",
            "(",
            ")",
            "!",
            "*",
            "**",
            "-",
            "--",
            "---",
            "=",
            "+",
            "1.",
            "1)",
            ":",
            ";",
            ",",
            ",,",
            "@",
            "@misc{x,",
            "?`",
            "!`",
        ),
        *(
            "\n",
            "\r\n",
            "\r",
            "\u2028",
            "\x0b",
            "\t",
            " ",
            "  ",
            "TY  - JOUR",
            "ER  - ",
            "\nER  - \n",
            "\x1b[31m",
            "\x00",
            "\u202e",
            "\u200b",
            "\ufeff",
        ),
        *(
            "<script>alert(1)</script>",
            "<ref>",
            "</ref>",
            "<nowiki>",
            "{{!}}",
            "\\url{x}",
            "\\input{/etc/passwd}",
            "$x$",
            "and",
            " and ",
            "https://x.example/|]",
        ),
        *(
            "ä",
            "é",
            "e\u0301",
            "ﬁ",
            "中文",
            "עברית",
            "🙂",
            "a",
            "B",
            "word",
            "3.5",
            "\u00a0",
            "…",
            "’",
            "“",
            "”",
            "ı",
            "\ud800",
        ),
    ]
)
HOSTILE = st.lists(_PIECES, min_size=1, max_size=12).map("".join)


def hostile_citations() -> st.SearchStrategy[Citation]:
    """Citations of pages that say whatever they like."""

    def made(words: list[str], names: list[str], **rest: Any) -> Citation:
        quote = replace(QUOTE, text=words[2], exact=words[2], changes=(words[3],), speaker=words[3], **rest)
        return replace(
            QUOTED,
            title=words[0],
            site=words[1],
            authors=tuple(names),
            language=words[4],
            quote=quote,
            provenance=(words[5],),
            published=words[6],
        )

    verdicts = st.sampled_from([("verbatim", True), ("altered", False), ("absent", False), ("undecided", None)])
    return st.builds(
        lambda words, names, verdict, page: made(words, names, verdict=verdict[0], holds=verdict[1], page=page),
        st.lists(HOSTILE, min_size=7, max_size=7),
        st.lists(HOSTILE, max_size=3),
        verdicts,
        st.one_of(st.none(), HOSTILE, st.just("12-13")),
    )
