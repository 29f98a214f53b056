"""What the elements of HTML do to the text: tables, by name in lower case."""

from __future__ import annotations


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


BLOCKS = _names(
    """
    address article aside blockquote body br button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav
    noframes ol optgroup option p pre search section select summary table tbody td template text tfoot th thead tr ul
    """
)
"""Begin and end a line (``text`` is SVG's)."""

VOID = _names(
    """
    area base basefont bgsound br circle col embed frame hr image img input keygen link meta param path rect source
    track use wbr """
)
"""Hold nothing: no end tag is to be waited for."""

PREFORMATTED = _names("pre listing")
"""Keep the line ends of the source."""

STRUCK_OUT = _names("del s strike")
"""Shown with a line through them: the page does not say this any more."""

UNSEEN = _names("audio canvas datalist dialog iframe noframes noscript template video") | STRUCK_OUT
"""Not shown to a reader whose browser runs scripts, shows frames and plays media; a dialog is, once it is open. What is struck out counts
as not shown: who quotes it without saying so misleads."""

NEVER_HIDDEN = _names("html body")
"""Pages hide these until their scripts have run."""

OPEN_ENDED = _names("dd dt li optgroup option p tbody td tfoot th thead tr")
"""End tags may be left out: the element ends with whatever holds it."""

HOLDS_COMMENTS = _names("article aside details div li ol section ul")
"""May be a section of readers' comments; a link or a button of that class is not."""

SKIPPED = _names("aside button footer head map menu nav object picture select svg")
"""The article extractor throws these away; not to parse them halves its time."""

DROPPED = _names("img input link meta param source track")
"""Hold nothing, and say nothing to it either."""

FRAMES = _names("frameset frame iframe")

NOTED = _names("html input link meta svg time") | FRAMES | PREFORMATTED
"""Say something about the page, or about the text inside."""

READING_AIDS = _names("rt rp rtc")
"""Tell how the words below them are read aloud; end tags may be left out."""

SPECIAL = UNSEEN | SKIPPED | DROPPED | NOTED | READING_AIDS | {"body", "ruby"}
"""Start tags that need more than a look at ``BLOCKS``."""

SPECIAL_END = SKIPPED | PREFORMATTED | READING_AIDS | _names("ruby")
"""End tags that need more than that."""

REFERRING = _names(
    "amp-img base body embed feimage image img input link object picture source table tbody td tfoot th thead tr use video"
)
"""Have attributes that may name an asset; others may by their ``style``, or by what scripts look for (``data-bg``)."""

WITH_BACKGROUND = _names("body table tbody td tfoot th thead tr")
"""Have an attribute ``background`` in old pages."""
