"""Which passages are quotations that can be judged, and which are a word in quotation marks, a title, a translation."""

from __future__ import annotations

import re

from archiver.manuscripts.document import Block
from archiver.manuscripts.quotations import Form, Passage
from archiver.match.quotation import Quotation

LEAST_WORDS = 3
"""A passage of fewer words is judged only where it holds a number or a source stands directly with it."""

_MOST_IN_TITLE = 18
_SMALL = re.compile(
    r"an?|and|as|at|but|by|de[lrs]?|di[e]?|d[au]s?|e[ln]|et|for|from|int?o?|la[s]?|le[s]?|los|nor|o[fnr]|off|out|over|per|th[eo]|to|und|up|upon"
    r"|via|vs?|with|within|without|von|y|is|are|be|its?|not?|than|that",
    re.IGNORECASE,
)
_TRANSLATED = re.compile(
    r"\b(?:(?:my|own|our|author[’']s|authors[’']) (?:own )?trans(?:lations?\b|lated\b|l?\.)|translat(?:ed|ion) (?:by the authors?|mine|ours?)"
    r"|translation by (?:me|us)"
    r"|trans(?:lation|l?\.) (?:mine|ours|(?:by )?(?:the )?authors?\b)|(?:meine|eigene|unsere) Übers(?:etzung|\.)"
    r"|Übers(?:etzung|\.) (?:d\. ?Verf|des Verf|der Verf|vom Verf|von mir|d\. ?A)"
    r"|(?:ma|notre) (?:propre )?trad(?:uction|\.)|trad(?:uction|\.) (?:de l[’']auteur|personnelle|libre|par l[’']auteur)|nous traduisons|je traduis"
    r"|(?:mi|nuestra) traducción|traducción (?:propia|mía|nuestra|del autor|de la autora)|trad\. (?:mía|propia|nuestra|mia|nostra|nossa|minha)"
    r"|traduzione (?:mia|nostra|dell[’']autore)|tradução (?:nossa|minha|livre|do autor)|(?:eigen|mijn) vertaling|min översättning|egen oversettelse"
    r"|перевод (?:мой|наш|автора)|筆者訳|拙訳|作者译|笔者译)",
    re.IGNORECASE,
)


def is_short(passage: Passage) -> bool:
    """Too few words to be a quotation by themselves: a word that is meant ironically, a name, a term."""
    if passage.form is Form.BLOCK:
        return False
    return Quotation(passage.text).word_count < LEAST_WORDS and not any(sign.isdigit() for sign in passage.text)


def is_title(passage: Passage) -> bool:
    """Whether it looks like the name of a work: each word that matters is capitalised, and it is no whole sentence."""
    if passage.form is not Form.MARKS:
        return False
    words = passage.text.rstrip(",;: ").split()
    if passage.text.isupper():
        return False  # capitals throughout say nothing
    if not 2 <= len(words) <= _MOST_IN_TITLE or words[-1].endswith("."):
        return False
    bare = [word.strip("“”‘’'\"«»„()[].,:;!?—–-") for word in words]
    matter = [word for word in bare if word and not _SMALL.fullmatch(word)]
    capitals = [word for word in matter if word[0].isupper() or not word[0].isalpha()]
    return (
        len(matter) >= 2
        and len(capitals) == len(matter)
        and any(word[0].isupper() for word in matter)
        and bare[0][:1].isupper()
    )


def is_cited_title(passage: Passage, block: Block) -> bool:
    """Whether it is the title in a reference that stands in a note: ``Jane Smith, “How the dam broke,” *The Times*, https://…``.

    It stands behind nothing but names, a comma or a full stop behind it, and no words that say who speaks; it is not long, and begins with
    no small letter. Without a name before it, it is a quotation: a note begins with the words and a comma behind them, and then the source.
    """
    if block.note is None or passage.form is not Form.MARKS or len(passage.text.split()) > _MOST_IN_TITLE:
        return False
    part = passage.parts[0]
    before = _SENTENCE.split(block.text[max(0, part.outer_start - _REACH) : part.outer_start])[-1].strip()
    if (
        not before.endswith((",", ".", "，"))
        or not _is_names(before)
        or passage.text.lstrip("“”‘’\"'«»„([")[:1].islower()
    ):
        return False
    closing = block.text[part.end - 1 : part.outer_end + 2]
    behind = block.text[part.outer_end :].lstrip(" ,.;:(")
    return any(sign in closing for sign in ",.(") and (not behind[:1].islower() or _GOES_ON.match(behind) is not None)


_SENTENCE = re.compile(r"(?<=[.;]) (?=[A-ZÀ-Þ])")
_REACH = 1_000  # characters before a title that are looked at; a paragraph may hold thousands of passages
_GOES_ON = re.compile(
    r"(?:https?|www\.|in|on|at|of|from|accessed|retrieved|last|p?p\.|vol|no|abgerufen|am|auf|dans|en|sur|su|op|consult)\b"
)


_LINKS = re.compile(r"and|und|et|al|y|e|see|cf|vgl|siehe|in|v[ao]n|der?|d[ia]|also|la", re.IGNORECASE)
_SHORT_NAMES = 12  # characters of names in scripts that know no capitals


def _is_names(words: str) -> bool:
    """Nothing but names and what stands between them."""
    found = re.findall(r"[^\W_][\w’'-]*", words)
    if not any(sign.isupper() for sign in words):
        return len(words) <= _SHORT_NAMES and not any(sign.islower() for sign in words)
    return all(not word[0].islower() or _LINKS.fullmatch(word) for word in found)


_REMARK = re.compile(r"[(\[（［][^()\[\]（）［］]{1,200}[)\]）］]")


def says_translation(passage: Passage, blocks: tuple[Block, ...], notes: list[str], limit: int | None = None) -> bool:
    """Whether the writer calls it a translation: in brackets within it, behind it, or in its note. ``limit`` is where in its block the
    words begin that are said of another quotation."""
    last = passage.parts[-1]
    reach = last.outer_end + 160
    beside = blocks[last.block].text[last.outer_end : reach if limit is None else min(reach, limit)]
    if passage.attribution is not None:
        part = passage.attribution
        beside += blocks[part.block].text[part.outer_start : part.outer_end]
    return any(_TRANSLATED.search(words) for words in (*_REMARK.findall(passage.text), beside, *notes))
