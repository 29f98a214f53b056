"""The LaTeX in fields of a ``.bib`` file, as the characters that it stands for."""

from __future__ import annotations

import functools
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass

from archiver.bibliography.needs import needing

_PLAIN = re.compile(r"[^\\{}$~%`'&<>?!-]*")
_BARE = re.compile(r"(?<!\\)((?:\\\\)*)([%])")
_URL = re.compile(r"\\(?:url|nolinkurl)\s*\{([^{}]*)\}|\\href\s*\{([^{}]*)\}")
_NEXT = re.compile(r"(?<=[\s,;])https?://", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s{}<>\"|\\^`]+", re.IGNORECASE)
_LONGEST = 20_000  # characters of a field; what is longer is an abstract at most, and not worth seconds of reading
_ESCAPED = re.compile(r"\\([~^])\{\}|\\([%_&#~$^{}])|\{\\textasciitilde\s*\}|\\textasciitilde\s*(?:\{\})?")


@dataclass(slots=True)
class Budget:
    """How many characters of LaTeX may yet be read; less than none once one value was too many."""

    left: int


def plain_text(words: str, budget: Budget | None = None) -> str:
    """The text that LaTeX would set, on one line: accents and macros as Unicode, groups without braces; where it is no LaTeX that can be read,
    or the budget is spent, without braces and backslashes at least. Never fails.
    """
    if _PLAIN.fullmatch(words):
        return " ".join(words.split())
    if "\\" not in words and "$" not in words:  # a pair of braces between two signs keeps them apart
        return " ".join(_ligatures(words.replace("~", " ")).replace("{", "").replace("}", "").split())
    if budget is not None:
        budget.left -= min(len(words), _LONGEST)
    if len(words) <= _LONGEST and (budget is None or budget.left >= 0):
        try:
            # in a .bib file % is a character; LaTeX itself would take the rest for a comment
            text = _reader()(_BARE.sub(r"\1\\\2", words))
            return " ".join(text.replace("\u00a0", " ").split())
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            pass
    return " ".join(re.sub(r"[{}\\]", "", words).split())


def address_in(words: str) -> str | None:
    """The first address in a field such as ``howpublished`` or ``note``: that of ``\\url`` or ``\\href``, else one that stands there bare."""
    found = _URL.search(words)
    if found:
        return plain_address(found[1] if found[1] is not None else found[2])
    bare = _ADDRESS.search(_ESCAPED.sub(_unescaped, words))
    return bare[0].rstrip(".,;:!?)") if bare else None


def plain_address(words: str) -> str:
    """The address in a ``url`` field: without braces and the backslashes with which people and programs escape it."""
    inner = _URL.fullmatch(words.strip())
    if inner:
        words = inner[1] if inner[1] is not None else inner[2]
    words = _ESCAPED.sub(_unescaped, words).replace("{", "").replace("}", "").strip()
    # broken over lines by editors; but where another one follows, it is the first of several
    following = _NEXT.search(words)
    if following:
        words = words[: following.start()].rstrip()
        words = words[:-1] if words.endswith((",", ";")) else words
    plain = "".join(words.split())
    return plain[1:-1] if plain.startswith("<") and plain.endswith(">") else plain


def _unescaped(found: re.Match[str]) -> str:
    return found[1] or found[2] or "~"


def _ligatures(words: str) -> str:
    for typed, meant in (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("?`", "¿"), ("!`", "¡")):
        words = words.replace(typed, meant)
    return words


# what the library does not know, or takes for a letter
_SIGNS = {
    "textbraceleft": "{", "textbraceright": "}", "textless": "<", "textgreater": ">", "textbar": "|", "textasciicircum": "^",
    "textquotedbl": '"', "textquotesingle": "'", "hyphen": "-", "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX",
}  # fmt: skip
_AROUND = {
    "url": "%s", "enquote": "“%s”", "mkbibquote": "“%s”", "mkbibemph": "%s", "mkbibbold": "%s", "mkbibitalic": "%s",
    "mkbibsuperscript": "%s", "mkbibparens": "(%s)", "autocap": "%s",
}  # fmt: skip


@functools.cache
def _reader() -> Callable[[str], str]:
    with needing("bibtexparser"):
        from pylatexenc import latex2text, latexwalker, macrospec

    logging.getLogger("pylatexenc").addHandler(logging.NullHandler())  # what it warns of is no output of ours
    grammar = latexwalker.get_default_latex_context_db()
    arguments = [macrospec.MacroSpec(name, "{") for name in _AROUND]
    grammar.add_context_category("archiver", prepend=True, macros=[*arguments, *map(macrospec.MacroSpec, _SIGNS)])
    meaning = latex2text.get_default_latex_context_db()
    macros = [latex2text.MacroTextSpec(name, simplify_repl=words) for name, words in {**_SIGNS, **_AROUND}.items()]
    meaning.add_context_category("archiver", prepend=True, macros=macros)
    text = latex2text.LatexNodes2Text(latex_context=meaning, math_mode="text")

    def read(words: str) -> str:
        return str(text.latex_to_text(words, latex_context=grammar))

    return read
