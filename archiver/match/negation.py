"""Negations: words, their contracted forms, parts of words, and prefixes, suffixes and infixes that turn a word."""

from __future__ import annotations

from collections.abc import Sequence

from archiver.match import tokens
from archiver.match.lexicon import Lexicon

_DENIED = 4  # words from a negation on among which is what it denies


def lowered(words: Sequence[str]) -> list[str]:
    """Lower case as the word lists have it."""
    return [word.lower() for word in words]


def negation_count(words: Sequence[str], lexicon: Lexicon, before: Sequence[str] = ()) -> int:
    """How many negations these words hold; ``t`` after ``n`` (don't) is one, as are the negating parts of joined scripts."""
    count = 0
    last = before[-1].lower() if before else ""
    low = lowered(words)
    idle = _idle(low, lexicon)
    for k, word in enumerate(low):
        if k in idle:
            pass
        elif word in lexicon.negations or (word == "t" and last.endswith("n") and "en" in lexicon.languages):
            count += 1
        elif lexicon.negating_starts and word.startswith(lexicon.negating_starts):
            count += len(word) > 3 and not (lexicon.harmless_starts and word.startswith(lexicon.harmless_starts))
        last = word
    if lexicon.negating_parts:
        count += _parts(words if any(map(tokens.is_unspaced, words)) else low, lexicon)
    return count


def _idle(words: Sequence[str], lexicon: Lexicon) -> set[int]:
    """The places of words that deny nothing in the phrase that they stand in: “sin embargo”, “тем не менее”."""
    if not lexicon.harmless_phrases:
        return set()
    starts = [
        (k, n) for k in range(len(words)) for n in (2, 3) if " ".join(words[k : k + n]) in lexicon.harmless_phrases
    ]
    return {k + j for k, n in starts for j in range(n)}


def _parts(words: Sequence[str], lexicon: Lexicon) -> int:
    """Negations inside words or between characters (않, ない, 没, -medi), words that only look so (非常, 잘못) left aside."""
    text = "".join(words) if any(map(tokens.is_unspaced, words)) else " ".join(words)
    for harmless in lexicon.harmless:
        text = text.replace(harmless, "＿")
    tails = text if "tr" not in lexicon.languages else " ".join(word[2:] for word in text.split(" "))
    return sum(tails.count(part) for part in lexicon.negating_parts)


def affirms(words: Sequence[str], lexicon: Lexicon) -> bool:
    """True for “there is no doubt that”, “it is no secret that”, “nobody denies that”: what is denied there would deny or hide what follows."""
    at = next((k for k, word in enumerate(words) if negation_count([word], lexicon, words[max(0, k - 1) : k])), None)
    if at is None or negation_count(words, lexicon) != 1:
        return False
    return not lexicon.affirming.isdisjoint(words[at + 1 : at + _DENIED])


def negates(one: str, two: str, lexicon: Lexicon) -> bool:
    """True where one word is the other with a negating prefix, suffix or infix (lawful/unlawful, harmful/harmless)."""
    long, short = (one, two) if len(one) >= len(two) else (two, one)
    if len(short) > 2:
        for prefix in lexicon.negating_prefixes:
            if long.startswith(prefix) and long[len(prefix) :].lstrip("-") == short:
                return True
        for infix in lexicon.negating_infixes:
            at = long.find(infix, 2)
            if at > 0 and len(long) - len(infix) <= len(short) + 2 and long[:at] == short[:at]:
                rest = long[at + len(infix) :]
                if rest == short[at:] or (rest and short.endswith(rest[-1]) and at >= len(short) - 4):
                    return True
    for bad, good in lexicon.negating_suffixes:
        for a, b in ((one, two), (two, one)):
            if a.endswith(bad) and len(a) > len(bad) + 2 and b == a[: len(a) - len(bad)] + good:
                return True
    return False
