"""Marks of machine work in a text, each with its words, its place and what it rests on: no accusation and no score.

::

    read                     text, language -> Mark ...
     ├ prose                 paragraphs, sentences, words; what language and script a text is in
     ├ quotemarks            which quote marks belong together, and which have no partner
     ├ spinning              odd substitutes (data/spun.toml), also inside quotations
     ├ missing               common words that stand nowhere, with the chance of that (data/missing.toml)
     ├ scripts               characters of another script, list marks of another press, letters that only look alike
     ├ slips                 what translation by machine leaves: torn names, stray stops, doubled verbs
     ├ headline              quotations of the headline that do not stand in the body
     ├ authorbox             profiles made from a template
     └ chatbot               what a chatbot or its tool left behind
"""

from __future__ import annotations

from archiver.marks.mark import Mark, MarkKind
from archiver.marks.reading import read

__all__ = ["Mark", "MarkKind", "read"]
