"""Templates of which a reader sees no word of the sentence: remarks of editors, boxes, settings. What is none of these and not known
otherwise prints what the reader cannot know."""

from __future__ import annotations

import re
from collections.abc import Collection

_SILENT = re.compile(
    r".* (?:needed|inline|required|access|source|statement)|cn|fact|cf|clarify|who\??|whom\??|which\??|when\??|where\??|why\??|how\??"
    r"|by whom\??|says who\??"
    r"|according to whom\??|compared to\?|like whom\?|dubious|disputed|vague|specify|verify|vs|pn|page|or|synth|pov|weasel|peacock|undue|lopsided"
    r"|nonspecific|not in source|failed verification|better|importance|relevance|anachronism|contradict|needs update|update after|as of\?"
    r"|dead ?link|cbignore|bots|nobots|subscription|registration|paywall|rp|ran|ref(?:list|begin|end|ref|s|erences)?|notelist|notes|anchors?"
    r"|clear|clr|-|shy|wbr|zwj|zwnj|toc.*|(?:short|html) description|use (?:dmy|mdy|british|american|\w+ english).*|pp(?:-.*)?|infobox.*|navbox.*"
    r"|sidebar.*|(?:see also|main|further|about|hatnote|distinguish|for|other uses|redirect)(?: .*)?|coord|italic title|displaytitle"
    r"|(?:good|featured) article|portal.*|commons.*|authority control|defaultsort|efn note|pad|gap|spaces?|indent|in lang|en icon|link-?..?"
    r"|belege(?: fehlen)?|référence (?:nécessaire|souhaitée)|réf\. nécessaire|quand|qui|lequel|où|cita requerida|senza fonte|citazione necessaria"
    r"|bron\?|fakta|кто|когда|нет аи|источник\??|要出典|要検証",
    re.IGNORECASE,
)
_SETTINGS = frozenset(
    {"date", "reason", "fix-attempted", "bot", "talk", "text", "jahr", "datum", "data", "fecha", "дата"}
)


def prints_nothing(name: str, named: Collection[str], unnamed: int) -> bool:
    """Whether a template, by its name in lower case, shows none of the words of its sentence. One whose arguments are a date and a reason at
    most is an editor's remark, whatever it is called."""
    if _SILENT.fullmatch(name):
        return True
    return not unnamed and bool(named) and _SETTINGS.issuperset(named)
