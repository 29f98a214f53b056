"""Where the sentences of a paragraph end; what stands between quotation marks is part of one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence

_END = re.compile(r"(?:[.!?…]+|[。！？]+)[”’\"'»«›‹“)\]\u00a0]*")
_ABBREVIATED = re.compile(
    r"mrs?|ms|dr|prof|st|[js]r|vs|etc|al|ibid|cf|vgl|bzw|usw|ca|approx|eds?|hr?sg|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|ltd|corp|gen"
    r"|lt|sgt|rep|sen|gov|hon|rev|op|loc|e\.g|i\.e|z\.b|d\.h|u\.a|a\.a\.o|u\.[skn]|d\.c|[ap]\.m|ph\.d|trans|übers|o\.j|ebd|repr|bl\.a"
    r"|t\.ex|mm?e|mlle|sig|sra|dott|ing|univ|dept|\w|(?:\w\.)+\w",
    re.IGNORECASE,
)
_BEFORE_NUMBERS = re.compile(
    r"nos?|nrs?|vols?|bd|pp|ff|figs?|arts?|secs?|chs?|kap|cap|abs|rpt|pt|av|chaps?|paras?|ll|vv|tab|eq|refs?|aufl|col|par|inc|co|id",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"Cir|Supp|Ct|App|Stat|Dist|Div|Cong|Sess|Reg|Const|Crim|Civ|Proc|Evid|Admin|Ann|Ass|Assoc|Bros|Soc|Harv|Yale|Colum|Stan|Mich|Cal|Tex|Mass"
    r"|Minn|Geo|Nw|Va|Pa|Fla|Ill|Ind|Wis|Wash|Mo|Ala|Ariz|Ark|Colo|Conn|Del|Ga|Kan|Ky|La|Md|Neb|Nev|Okla|Or|Tenn|Vt|Duq|Fordham|Intl|Pub|Res"
    r"|Inst|Rul|Cl|Comm|Dep|Treas|Sup|Jud|Leg|Legis|Hist|Pol|Phil|Sci|Econ|Stud|Tech|Bull|Q|Ch|Mag|Ed|Inc|Co|Corp|Ltd|Id|Ibid"
)
"""Courts, reports, journals and parties as legal citations shorten them, with a capital: ``Harv. L. Rev.``, ``(9th Cir. 2001)``."""

_CITES = re.compile(r"\s*(?:[(\[]|\d|[A-Z][\w’']{0,8}\.|(?:at|para|cmt)\b)")
"""What goes on in a citation behind such a word: a bracket, a number, another such word."""

_WORD_BEFORE = re.compile(r"([\w.]+)\.\Z")
_GOES_ON = re.compile(r"\s*[(\[](?:[^()\[\]]|\([^()]*\)){1,300}[)\]](?:[,;:–—]|\s+[a-zß-ÿ])")
"""A remark in brackets behind which the sentence goes on: ``“So it is.” (Smith), he wrote.``"""

_CJK_GOES_ON = re.compile(
    r"\s*(?:[，、；：,;:。！？…]|[^。，！？\s]{0,8}?(?:说|道|表示|称|指出|と(?:言|述|語|話|書|い|の)))"
)
"""Behind a quotation that ends with its own full stop: ``“…。”他说``, ``「…。」と述べた``."""

_CJK = "。！？"


def sentence_ends(text: str, solid: Sequence[tuple[int, int]] = (), names: Collection[int] = ()) -> list[int]:
    """Where sentences end, ascending, the last one at the end of the text.

    ``solid`` are the quotations with their marks, in order: a full stop in one ends no sentence, but one that ends just before its closing
    mark does, where what follows begins a new one. A sentence may begin with one of the ``names`` (where they begin), whatever its letters.
    """
    starts = [start for start, _ in solid]
    ends: list[int] = []
    for found in _END.finditer(text):
        at = found.end()
        number = bisect_right(starts, found.start()) - 1
        inside = number >= 0 and found.start() < solid[number][1]
        if inside:
            outer_end = solid[number][1]
            if at < outer_end:
                continue
            at = max(at, outer_end)
        closed = number >= 0 and found.start() == solid[number][1]
        if _ends_here(text, found, at, names, inside=inside, closed=closed):
            ends.append(at)
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return ends


def _ends_here(text: str, found: re.Match[str], at: int, names: Collection[int], *, inside: bool, closed: bool) -> bool:
    """``inside``: the stop is the last sign of a quotation; ``closed``: it stands directly behind one, so that it shortens no word."""
    if found[0][0] in _CJK:
        if inside and text[at : at + 1] in ("(", "（"):
            return False  # its source follows, or who says it
        return not _CJK_GOES_ON.match(text, at) or (found[0][-1] in _CJK and not inside)
    behind = text[at : at + 320]
    if behind and not behind[0].isspace():
        return False
    if _GOES_ON.match(behind):
        return False
    begins = behind.lstrip(" \t\n\u00a0([“„«»\"'‘—–-")
    if not begins:
        return True
    if begins[0].islower():
        return at + len(behind) - len(begins) in names
    return closed or found[0][0] != "." or not _shortens(text, found, behind, begins)


def _shortens(text: str, found: re.Match[str], behind: str, begins: str) -> bool:
    """Whether a full stop is that of a shortened word or of a number that counts."""
    before = _WORD_BEFORE.search(text[max(0, found.start() - 24) : found.start() + 1])
    if before is None:
        return False
    word = before[1]
    if not word.isdigit() and _ABBREVIATED.fullmatch(word):
        return True
    if _REPORTS.fullmatch(word) and _CITES.match(behind):
        return True
    if begins[0].isdigit() and _BEFORE_NUMBERS.fullmatch(word):
        return True
    return word.isdigit() and len(word) <= 2 and begins[0].isalpha() and _is_ordinal(behind)


def _is_ordinal(behind: str) -> bool:
    """``am 3. Mai``: the day of a month."""
    return re.match(
        r"\s(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Jahrhundert|Auflage|Aufl|Kapitel|Bundes)", behind
    ) is not None  # fmt: skip
