"""A page looked at with a browser: everything it loads goes through a recording proxy, and what it showed is kept beside it.

::

    visit.visit           the address of a page -> Rendering
     ├ finding            which browser there is
     ├ proxy              the browser's way to the network, and its only one (requests, relay, traffic; authority for TLS)
     ├ worker             the process that has the browser (task, flags, steps, consentrules; processes ends it)
     └ rendering          what came of it
"""

from archiver.browser.finding import VARIABLE, find_browser, has_browser
from archiver.browser.need import may_need_browser, why_browser
from archiver.browser.rendering import Rendering

__all__ = ["VARIABLE", "Rendering", "find_browser", "has_browser", "may_need_browser", "why_browser"]
