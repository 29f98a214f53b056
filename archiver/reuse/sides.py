"""The two texts as sentences name them; which of them is “the first” is known only at the end."""

from __future__ import annotations

A, B = "\ue000", "\ue001"  # private use: what a text holds of them is taken out


def spoken(sentence: str, *, turned: bool) -> str:
    """A sentence with the sides named: “the first text”, “the second text”."""
    names = ("the second text", "the first text") if turned else ("the first text", "the second text")
    return sentence.replace(A, names[0]).replace(B, names[1])


def quoted(words: str, most: int = 120) -> str:
    """Words of a text for a sentence: on one line, in marks, no longer than ``most``."""
    plain = " ".join(words.replace(A, "").replace(B, "").split())
    return f"“{plain if len(plain) <= most else plain[: most - 1] + '…'}”"
