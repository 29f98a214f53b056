"""The pages of the door, which show nothing of the archive and need nothing else."""

from __future__ import annotations

from html import escape

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="same-origin">
{head}<title>{title} · archiver</title>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


def welcome(path: str) -> str:
    """Leads on to a page of this server (its path and query, already in URL form)."""
    to = escape(path, quote=True)
    return _PAGE.format(
        head=f'<meta http-equiv="refresh" content="0; url={to}">\n',
        title="Opening the archive",
        body=f'<p><a href="{to}">Go on to the archive.</a></p>',
    )


def led(path: str) -> str:
    """For whom a page of another site led to the form of a quotation: it goes on by the person's own click, never by itself."""
    to = escape(path, quote=True)
    return _PAGE.format(
        head="",
        title="A quotation for the archive",
        body=(
            "<p>The page that you came from hands over its address and the words selected on it. Nothing is recorded yet.</p>\n"
            f'<p><a href="{to}">Open the form</a>, look at what stands in it, and record it there. If you did not ask for this, close this page.</p>'
        ),
    )


def closed(path: str) -> str:
    """What somebody reads who brings neither cookie nor ticket."""
    to = escape(path, quote=True)
    return _PAGE.format(
        head="",
        title="This archive is closed to you",
        body=(
            "<p>Whoever started <code>archiver serve</code> got a link in the terminal; it opens the archive in one browser, once.</p>\n"
            f'<p>If this browser has it open already and another site led you here, <a href="{to}">go on from here</a>.</p>\n'
            "<p>If the link was used up or the server was started again, open its newest link; "
            "a page that is still open makes another one (at its foot: “Another browser”).</p>"
        ),
    )
