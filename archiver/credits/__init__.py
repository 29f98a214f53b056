"""Who signs a page and its text, with the words that say so: a pure function on what was recorded.

::

    read                 page, text, address -> Credits
     ├ statements        JSON-LD, <meta>, <link>
     ├ bylines           elements that are called so: bylines, captions, copyright
     ├ lines             the text: datelines, sign-offs, source lines, photo credits
     ├ citing            whom the text cites
     ├ names             "By A, B and C" -> people and organisations
     ├ organisations     what agencies and outlets are called (organisations.toml)
     ├ signing           which of all these sign the text
     └ contradictions    credits that cannot both be the whole truth
"""

from __future__ import annotations

from archiver.credits.credit import Contradiction, Credit, Credits, Role
from archiver.credits.reading import read

__all__ = ["Contradiction", "Credit", "Credits", "Role", "read"]
