"""PDF: the text layer `pdf`, with the page on which each part of it stands.

::

    reader             the payload goes to a child process with limits, its answer becomes a Reading
     └ worker          that child: memory and processor time bounded, one file and out
        └ document     opens the file with PDFium, page by page
           ├ glyphs    characters with their boxes, in upright coordinates
           │  └ fonts  characters that PDFium gives by their code alone, told by the embedded font
           ├ lines     characters to lines
           ├ order     lines to reading order (columns)
           ├ furniture headers, footers and page numbers told from the text
           ├ flow      lines to paragraphs, over columns and pages
           └ metadata  what the file claims of itself
"""

from __future__ import annotations

from archiver.texts.pdf.reader import is_installed, read_payload

__all__ = ["is_installed", "read_payload"]
