"""The words of a note as a comment of a markup language, in which nothing of them is markup, code or the comment's end.

The words come partly from the source's page, which is a stranger's. So the signs with which templates, notebooks and shortcodes begin are
replaced too: Quarto and R Markdown run what stands in backticks even within a comment.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"\S+")
_SIGNS = str.maketrans(
    {"<": "‹", ">": "›", "`": "'", "{": "(", "}": ")", "[": "(", "]": ")", "|": "¦", "\\": "∖", "$": "＄"}
)
_IN_ADDRESS = str.maketrans(
    {
        "<": "%3C",
        ">": "%3E",
        "`": "%60",
        "{": "%7B",
        "}": "%7D",
        "|": "%7C",
        "\\": "%5C",
        "[": "(",
        "]": ")",
        "$": "%24",
    }
)


def html_comment(words: str) -> str:
    """For HTML, wikitext and Markdown: ``<!-- … -->``, on one line."""
    return f"<!-- {_WORD.sub(_harmless, words)} -->"


def bracketed(words: str) -> str:
    """For plain text, which has no comments."""
    return f" [{_WORD.sub(_harmless, words).replace('＄', '$')}]"  # people read it, and nothing runs it


def latex_comment(words: str) -> str:
    """For LaTeX: a line of its own, to which TeX is deaf; without the line's end."""
    return f"% {words}"


def _harmless(word: re.Match[str]) -> str:
    text = word[0]
    if "://" in text:
        return text.translate(_IN_ADDRESS).replace("--", "-%2D")
    text = text.translate(_SIGNS)
    while "--" in text:
        text = text.replace("--", "- -")
    return text
