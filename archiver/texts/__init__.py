"""Texts drawn from payloads: pure functions on bytes, no files and no network.

::

    read                 bytes of an answer -> Reading
     ├ content           content codings undone, within bounds
     ├ media             header and first bytes -> medium: the one table of media types
     ├ readers           medium -> reader: the one table of readers
     ├ decode            bytes -> characters (charsets: names and codecs; detect)
     ├ document          all the text, one pass over the tokens (markup, elements, walk)
     ├ article           what trafilatura takes for the article
     ├ embedded          prose in scripts, data blocks and descriptions
     ├ pageinfo          title, authors, dates, site, language, address (structured, ownobjects)
     ├ walls             is it the content that was asked for
     ├ assets            which images, styles and fonts the page names (stylesheets)
     └ plain             text/plain

For the rooms above: `structured` is what a page says for machines, `ownobjects` what of it is about the page itself, `outline` its elements by what
they are called.
"""

from __future__ import annotations

from archiver.texts.reading import read, references_of, references_of_sheet

__all__ = ["read", "references_of", "references_of_sheet"]
