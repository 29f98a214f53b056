"""Draws the names of months and weekdays from Unicode CLDR (through ``babel``, Unicode licence) and writes ``calendar.json``.

    python archiver/dating/make_calendar.py

A name that means different months in different languages is left out.
"""

from __future__ import annotations

import json
from pathlib import Path

from babel import Locale


def _listed(words: str) -> list[str]:
    return words.split()


LANGUAGES = _listed(
    """
        en de fr es pt it nl pl cs sk ru uk be tr ar fa he hi id ms vi sv da nb fi hu ro el bg sr hr sl lt lv et is ca gl eu sq
        mk af sw zu xh
        """
)
AGREED = {"sept": 9, "juill": 7, "maart": 3, "avr": 4, "févr": 2, "сент": 9, "нояб": 11, "set": 9, "мая": 5}


def main() -> None:
    months: dict[str, set[int]] = {}
    weekdays: dict[str, set[int]] = {}
    for language in LANGUAGES:
        locale = Locale.parse(language)
        for names, into, shift in ((locale.months, months, 0), (locale.days, weekdays, 0)):
            for context in ("format", "stand-alone"):
                for width in ("wide", "abbreviated") if into is months else ("wide",):
                    for number, name in names[context].get(width, {}).items():
                        word = name.casefold().strip(" .")
                        if word.isalpha():
                            into.setdefault(word, set()).add(number + shift)
    kept = {
        "months": {
            word: numbers.pop() for word, numbers in sorted(months.items()) if len(numbers) == 1 and len(word) > 1
        }
        | AGREED,
        "weekdays": {
            word: numbers.pop() for word, numbers in sorted(weekdays.items()) if len(numbers) == 1 and len(word) > 2
        },
    }
    text = json.dumps(kept, ensure_ascii=False, indent=0, sort_keys=True)
    Path(__file__).with_name("calendar.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
