"""The judge as a fuzz target: quotations are cut from a text and changed, and what must hold of its verdict is asked.

A case is JSON that stands for itself: ``rule``, ``source``, ``quote``, and ``plain`` where a second quotation must be judged alike.
"""

# lists of odd values are read as they stand

from __future__ import annotations

import gzip
import json
import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from fuzzing import Broken, Target, mutated

from archiver.match import Prepared, align, explain, judge, prepare
from archiver.model import Judgement, Verdict
from archiver.verification.verdicts import verdict_fault

NOT = {
    "en": "not", "de": "nicht", "fr": "pas", "es": "no", "it": "non", "pt": "não", "nl": "niet", "pl": "nie", "ru": "не", "uk": "не", "sv": "inte",
    "da": "ikke", "no": "ikke", "tr": "değil", "id": "tidak", "vi": "không", "zh": "不", "ja": "ない", "ko": "않다", "ar": "لا", "fa": "نه",
    "he": "לא", "hi": "नहीं", "cs": "ne",
}  # fmt: skip
"""A word of negation for each language; of a language that is not here, English's is put in (it is a word more all the same)."""

UNSPACED = ("zh", "ja")
OWN: Mapping[str, str] = {
    "en": "“We will not wait,” said Ada Voss on May 13. The river fell by 2.5 metres in 1998, and 40 of the 300 families did not return. "
    "Nobody was told – not even the mayor's office – before the sluice was opened. It wasn't the first flood (the third in 12 years).",
    "de": "Die Brücke ist nicht mehr als 1.250 Meter lang, sagte der Bürgermeister am 3. Mai. „Wir warten nicht“, erklärte Ada Voß. "
    "Vierzig der 300 Familien kehrten 1998 nicht zurück; es war Maßstäbe setzende Arbeit.",
    "fr": "Le pont n’a pas été fermé le 3 mai, a dit la maire : « Nous ne voulons pas attendre ! » Quarante des 300 familles ne sont pas "
    "revenues en 1998, et l’eau a baissé de 2,5 mètres.",
    "es": "El puente no se cerró el 13 de mayo, dijo la alcaldesa. ¿Por qué no volvieron 40 de las 300 familias en 1998?",
    "ru": "Мост не закрыли 13 мая, сообщила администрация. В 1998 году 40 из 300 семей не вернулись в город.",
    "tr": "Köprü 13 Mayıs'ta kapatılmış değil, dedi başkan. İstanbul'da 300 ailenin 40'ı 1998 yılında geri dönmedi; bu doğru değil.",
    "ar": "قال رئيس البلدية إن الجسر لا يغلق في 13 مايو. في عام 1998 لم تعد 40 من أصل 300 عائلة.",
    "hi": "महापौर ने कहा कि पुल 13 मई को बंद नहीं होगा। 1998 में 300 में से 40 परिवार वापस नहीं लौटे।",
    "zh": "市长5月13日表示，大桥不会关闭。1998年，300个家庭中有40个没有回来，水位下降了2.5米。",
    "ja": "市長は5月13日、橋は閉鎖しないと述べた。1998年には300世帯のうち40世帯が戻らなかった。水位は2.5メートル下がった。",
    "ko": "시장은 5월 13일 다리를 닫지 않는다고 말했다. 1998년에는 300가구 중 40가구가 돌아오지 않았다.",
    "vi": "Cây cầu không đóng cửa ngày 13 tháng 5, thị trưởng nói. Năm 1998 có 40 trong số 300 gia đình không trở về.",
}
_LANGUAGES = {"ind": "id", "nb": "no"}
_SENTENCE = re.compile(
    r"(?:(?<=\s)|(?<=\A)|(?<=[。！？]))\S(?:[^.!?。！？।؟\n]|[.!?](?=[^\s”“»’\"')」』])){8,400}(?:[.!?।؟]+[”“»’\"')」』]*(?=\s|\Z)|[。！？]+)"
)


class Texts:
    """Gold texts of pages by language, each language as likely as any other; some of our own where there is no corpus."""

    def __init__(self, corpus: Path | None) -> None:
        self._pages: dict[str, list[Path | str]] = defaultdict(list)
        listed = corpus / "pages" / "pages.jsonl" if corpus else None
        if corpus and listed and listed.is_file():
            for row in map(json.loads, listed.read_text("utf-8").splitlines()):
                self._pages[_LANGUAGES.get(row["lang"], row["lang"])].append(corpus / row["gold"])
        for language, text in OWN.items():
            self._pages[language].append(text)

    def pick(self, chance: random.Random) -> tuple[str, str]:
        """(language, text of at most 6,000 characters)."""
        language = chance.choice(sorted(self._pages))
        found = chance.choice(self._pages[language])
        text = found if isinstance(found, str) else _read(found)
        start = chance.randrange(max(1, len(text) - 6000))
        return language, text[start : start + 6000]


@cache
def _read(path: Path) -> str:
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode()


def _sentences(text: str, chance: random.Random) -> str | None:
    """One to three whole sentences that follow one another in a line, or None."""
    line = chance.choice([line for line in text.split("\n") if line.strip()] or [""])
    found = [match.span() for match in _SENTENCE.finditer(line)]
    if not found:
        return None
    first = chance.randrange(len(found))
    last = min(first + chance.choice((0, 0, 1, 2)), len(found) - 1)
    return line[found[first][0] : found[last][1]].strip()


# -- print: none of these changes what a quotation says --


def _curly(text: str, _: random.Random) -> str:
    text = re.sub(r"(?<!\w)\"(?=\S)", "“", text).replace('"', "”")
    return re.sub(r"(?<=\w)['’](?=\w)", "\u2019", text)


def _straight(text: str, _: random.Random) -> str:
    return re.sub("[“”„«»]", '"', re.sub("[‘’]", "'", text))


def _soft(text: str, chance: random.Random) -> str:
    return re.sub(r"(?<=[^\W\d_]{2})(?=[^\W\d_]{2})", lambda _: "\u00ad" if chance.random() < 0.2 else "", text)


def _spaces(text: str, chance: random.Random) -> str:
    return re.sub(" ", lambda _: chance.choice((" ", " ", "\u00a0", "\u2009", "\u202f", "  ", "\n", "\t")), text)


def _dashes(text: str, chance: random.Random) -> str:
    text = re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", lambda _: chance.choice("-\u2010\u2011"), text)
    return re.sub(" [–—] ", lambda _: chance.choice((" – ", " — ", "—")), text)


def _ligatures(text: str, _: random.Random) -> str:
    for letters, sign in (("ffi", "ﬃ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ")):
        text = text.replace(letters, sign)
    return text


PRINT: dict[str, Callable[[str, random.Random], str]] = {
    "curly": _curly,
    "straight": _straight,
    "soft hyphens": _soft,
    "spaces": _spaces,
    "dashes": _dashes,
    "ligatures": _ligatures,
    "decomposed": lambda text, _: unicodedata.normalize("NFD", text),
    "composed": lambda text, _: unicodedata.normalize("NFC", text),
    "marks around": lambda text, chance: chance.choice(("“{}”", "«\u202f{}\u202f»", "„{}“", '"{}"', "「{}」")).format(
        text
    ),
    "zero width": lambda text, chance: re.sub(r"\b", lambda _: "\u200b" if chance.random() < 0.1 else "", text),
}


def _printed(text: str, chance: random.Random) -> str:
    for name in chance.sample(sorted(PRINT), chance.choice((1, 1, 2))):
        text = PRINT[name](text, chance)
    return text


# -- changes: none of these may hold --


def _digit(quote: str, _: str, chance: random.Random) -> str | None:
    places = [at for at, sign in enumerate(quote) if sign.isdecimal()]
    if not places:
        return None
    at = chance.choice(places)
    zero = ord(quote[at]) - unicodedata.decimal(quote[at])
    other = (unicodedata.decimal(quote[at]) + chance.randint(1, 9)) % 10
    how = chance.randrange(3)
    new = chr(zero + other)
    if how == 1:
        new = quote[at] + new
    elif how == 2 and chance.random() < 0.5:
        new = ""
    return quote[:at] + new + quote[at + 1 :]


def _with_not(quote: str, language: str, chance: random.Random) -> str | None:
    word = NOT.get(language, "not")
    if language in UNSPACED:
        places = [at for at in range(1, len(quote)) if quote[at - 1].isalpha() and quote[at].isalpha()]
        return None if not places else (at := chance.choice(places)) and quote[:at] + word + quote[at:]
    words = quote.split(" ")
    if len(words) < 3:
        return None
    at = chance.randint(1, len(words) - 1)
    return " ".join([*words[:at], word, *words[at:]])


def _nots(quote: str, language: str) -> list[re.Match[str]]:
    word = re.escape(NOT.get(language, "not"))
    wanted = word if language in UNSPACED else rf"(?<!\w){word}(?!\w) ?"
    return [
        found
        for found in re.finditer(wanted, quote, re.IGNORECASE)
        if found.start() > 0 and found.end() < len(quote) - 1
    ]


def _without_not(quote: str, language: str, chance: random.Random) -> str | None:
    found = _nots(quote, language)
    if not found:
        return None
    gone = chance.choice(found)
    return quote[: gone.start()] + quote[gone.end() :]


def _not_hidden(quote: str, language: str, chance: random.Random) -> str | None:
    found = _nots(quote, language)
    if not found or language in UNSPACED:
        return None
    gone = chance.choice(found)
    return quote[: gone.start()] + chance.choice(("… ", "[…] ", "... ", "[...] ", "(…) ")) + quote[gone.end() :]


def _number_in_brackets(quote: str, _: str, chance: random.Random) -> str | None:
    found = [match for match in re.finditer(r"(?<![\w.,:/$€£-])\d{1,4}(?![\w.,:/%-])", quote) if match.start() > 0]
    if not found:
        return None
    gone = chance.choice(found)
    return f"{quote[: gone.start()]}[{int(gone[0]) + chance.randint(1, 60)}]{quote[gone.end() :]}"


def _exchanged(quote: str, _: str, chance: random.Random) -> str | None:
    words = quote.split(" ")
    if len(words) < 6:
        return None
    one = chance.randint(1, len(words) - 3)
    two = chance.randint(one + 1, len(words) - 2)
    words[one], words[two] = words[two], words[one]
    return " ".join(words)


def _dropped(quote: str, _: str, chance: random.Random) -> str | None:
    words = quote.split(" ")
    if len(words) < 6:
        return None
    gone = words.pop(chance.randint(2, len(words) - 3))
    return " ".join(words) if gone.isalpha() else None


CHANGES = {
    "digit": _digit,
    "not added": _with_not,
    "not removed": _without_not,
    "not hidden": _not_hidden,
    "number in brackets": _number_in_brackets,
    "words exchanged": _exchanged,
    "word dropped": _dropped,
}
RULES = (
    "whole",
    "print",
    "print",
    "print of source",
    "any",
    *CHANGES,
    "digit",
    "not added",
    "not removed",
    "not removed",
)


class Cases:
    """Makes cases from texts."""

    def __init__(self, corpus: Path | None) -> None:
        self._texts = Texts(corpus)

    def make(self, chance: random.Random) -> bytes:
        while True:
            case = self._made(chance.choice(RULES), chance)
            if case is not None:
                return json.dumps(case, ensure_ascii=False).encode("utf-8", "replace")

    def _made(self, rule: str, chance: random.Random) -> dict[str, str] | None:
        language, text = self._texts.pick(chance)
        quote = _sentences(text, chance)
        if quote is None:
            return None
        case = {"rule": rule, "language": language, "source": text, "quote": quote}
        if rule == "print":
            plain = quote if chance.random() < 0.6 else _cut(quote, chance)
            return case | {"plain": plain, "quote": _printed(plain, chance)}
        if rule == "print of source":
            # no new lines: one in a text that was read from a page ends a block, and so a sentence
            source = "\n".join(_printed(line, chance).replace("\n", " ") for line in text.split("\n"))
            return case | {"plain": text, "source": source, "quote": _cut(quote, chance)}
        if rule == "any":
            return case | {
                "quote": mutated(quote.encode(), chance, _SIGNS, [text.encode()]).decode("utf-8", "replace")[:4000]
            }
        if rule in CHANGES:
            changed = CHANGES[rule](quote, language, chance)
            return None if changed is None else case | {"quote": changed}
        return case


_SIGNS = tuple(
    sign.encode()
    for sign in (
        "…",
        "[",
        "]",
        "[…]",
        "...",
        "(",
        ")",
        "“",
        "”",
        "\n",
        " ",
        "[sic]",
        " (emphasis added)",
        "12",
        "%",
        "-",
        "—",
        "[12]",
        "’",
    )
)


def _cut(quote: str, chance: random.Random) -> str:
    words = quote.split(" ")
    if len(words) < 8:
        return quote
    first = chance.randint(0, 3)
    return " ".join(words[first : len(words) - chance.randint(0, 3)])


# -- what must hold --


def hold(data: bytes) -> None:
    """Raises Broken where a verdict is not what it must be."""
    case = json.loads(data)
    rule, source, quote = case["rule"], case["source"], case["quote"]
    if not quote.strip():
        return
    page = prepare(source)
    found = judge(quote, page)
    _sound(found, quote, source, page)
    if rule == "whole" and not found.holds:
        raise Broken(f"a whole sentence is {_shown(found)}: {quote!r}")
    if rule == "print":
        _alike(found, judge(case["plain"], page), quote)
    if rule == "print of source":
        _alike(found, judge(quote, case["plain"]), quote)
    if rule in CHANGES and found.holds and not _stands(quote, source):
        raise Broken(
            f"{rule}, and yet {found.verdict.value}: {quote!r} by {[match.exact for match in found.matches][:2]}"
        )


def _sound(found: Judgement, quote: str, source: str, page: Prepared) -> None:
    passages = [(tuple((s.start, s.end) for s in m.spans), m.exact, m.prefix, m.suffix) for m in found.matches]
    wrong = verdict_fault(quote, found.verdict, found.holds, passages, len(found.changes))
    if wrong:
        raise Broken(f"{wrong}: {quote!r}")
    for match in found.matches:
        if match.exact != " … ".join(source[span.start : span.end] for span in match.spans):
            raise Broken(f"the spans do not cut out the words of {quote!r}")
        if not source[: match.spans[0].start].endswith(match.prefix) or not source[match.spans[-1].end :].startswith(
            match.suffix
        ):
            raise Broken(f"the context is not that of the spans of {quote!r}")
    for change in found.changes:
        if not source[change.source_start :].startswith(change.in_source) or not quote[change.quote_start :].startswith(
            change.in_quote
        ):
            raise Broken(f"a change is not where it is said to be: {change} in {quote!r}")
    if len(explain(found)) != len(found.changes):
        raise Broken(f"not every change is explained: {quote!r}")
    segments = align(found, quote)
    if segments and "".join(segment.quote for segment in segments) != quote:
        raise Broken(f"the quotation is not shown whole: {quote!r}")
    if segments and "".join(segment.source for segment in segments) != found.matches[0].exact:
        raise Broken(f"the passage is not shown whole: {quote!r}")
    if judge(quote, page) != found:
        raise Broken(f"judged twice, judged otherwise: {quote!r}")


def _alike(found: Judgement, plain: Judgement, quote: str) -> None:
    if _grade(found) != _grade(plain):
        raise Broken(f"print alone makes {_shown(plain)} to {_shown(found)}: {quote!r}")


def _grade(found: Judgement) -> str:
    return "typographic" if found.verdict is Verdict.VERBATIM else found.verdict.value


def _shown(found: Judgement) -> str:
    changes = "; ".join(f"{change.kind.value} {change.in_quote!r} for {change.in_source!r}" for change in found.changes)
    return f"{found.verdict.value} ({changes or [match.exact[-40:] for match in found.matches][:1]})"


def _stands(quote: str, source: str) -> bool:
    """Whether the changed words stand somewhere on the page after all, signs aside."""
    return re.sub(r"[\W_]+", "", quote).casefold() in re.sub(r"[\W_]+", "", source).casefold()


def targets(corpus: Path | None) -> list[Target]:
    """The judge."""
    return [Target("judge", Cases(corpus).make, hold)]
