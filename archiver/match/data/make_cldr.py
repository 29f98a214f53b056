"""Draws months, days, units and number words from Unicode CLDR and writes ``cldr.json``.

    python archiver/match/data/make_cldr.py [FOLDER OF THE NPM PACKAGE cldr-rbnf]

Names come through ``babel``; number words, which babel does not carry, from the spell-out rules of the npm package ``cldr-rbnf``
(both Unicode licence). Without the folder the number words already in ``cldr.json`` are kept.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

from babel import Locale

HERE = Path(__file__).parent
LANGUAGES = [
    "en",
    "de",
    "fr",
    "es",
    "pt",
    "it",
    "nl",
    "pl",
    "cs",
    "ru",
    "uk",
    "tr",
    "ar",
    "fa",
    "he",
    "hi",
    "id",
    "vi",
    "ko",
    "ja",
    "zh",
    "sv",
    "da",
    "no",
    "fi",
    "hu",
    "ro",
    "el",
    "bg",
]
COMMON = {
    "in",
    "to",
    "a",
    "as",
    "do",
    "el",
    "da",
    "au",
    "is",
    "up",
    "de",
    "ar",
    "ly",
    "dm",
    "dr",
    "fur",
    "st",
    "mi",
    "lm",
}
ARTICLES = [
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "sv",
    "da",
    "no",
    "tr",
    "hu",
    "ro",
    "el",
]  # languages whose "one" is an article too
BABEL = {"no": "nb"}
QUANTITIES = (
    "duration-",
    "length-",
    "mass-",
    "area-",
    "volume-",
    "temperature-",
    "speed-",
    "energy-",
    "power-",
    "digital-",
)


def names(locale: Locale) -> list[str]:
    """Months and days, whole and short, in every grammatical form that CLDR gives."""
    out = set()
    for table in (locale.months, locale.days):
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                out |= {name.strip(".").lower() for name in table[context][width].values()}
    hebrew = locale.language == "he"  # babel gives Hebrew month names where a language has none of its own
    return sorted(name for name in out if len(name) > 1 and not re.search(r"[\d\s]" if hebrew else r"[\d\sא-ת]", name))


def units(locale: Locale) -> list[str]:
    """Unit words of one word, from the patterns of the metric, Anglo-American and time units."""
    out = set()
    for unit, widths in locale._data["unit_patterns"].items():
        if not unit.startswith(QUANTITIES) or "per-" in unit:
            continue
        for width in ("long", "short"):
            for key, pattern in widths.get(width, {}).items():
                if isinstance(pattern, str) and "{0}" in pattern and key != "per":
                    word = pattern.replace("{0}", "").strip(" .\u00a0\u202f\u200f\u200e").lower()
                    if (len(word) > 1 or word > "\u2e80") and word not in COMMON and not re.search(r"\s", word):
                        out.add(unicodedata.normalize("NFC", word))
    return sorted(out)


def numbers(folder: Path, language: str) -> dict[str, int]:
    """The words of the spell-out rules that stand for one number by themselves."""
    path = folder / "rbnf" / f"{language}.json"
    if not path.is_file():
        return {}
    rules = json.loads(path.read_text("utf-8"))["rbnf"]["rbnf"].get("SpelloutRules", {})
    out: dict[str, int] = {}
    for name, steps in rules.items():
        if ("cardinal" not in name and "numbering" not in name) or "year" in name or "ordinal" in name:
            continue
        for base, text in steps:
            if not base.isdigit() or int(base) > 100:
                continue
            word = re.sub(r"\[[^\]]*\]", "", text.rstrip(";")).replace("\u00ad", "").strip().lower()
            article = int(base) == 1 and language in ARTICLES
            if len(word) > 1 and not article and not re.search(r"[=←→%<>$#,\s]", word):
                out.setdefault(word, int(base))
    return out


def main() -> None:
    """Writes the file."""
    target = HERE / "cldr.json"
    old: dict[str, Any] = json.loads(target.read_text("utf-8")) if target.is_file() else {}
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    out = {}
    for language in LANGUAGES:
        locale = Locale.parse(BABEL.get(language, language))
        kept = old.get(language, {}).get("numbers", {})
        out[language] = {
            "calendar": names(locale),
            "numbers": numbers(folder, language) if folder else kept,
            "units": units(locale),
        }
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in out.items())
    target.write_text("{\n" + lines + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
