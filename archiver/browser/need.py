"""Whether a page that was fetched has to be looked at with a browser to be read."""

from __future__ import annotations

import re

from archiver.model import Exchange, Layer, Reading, Snapshot

_WALLS = frozenset({"empty", "thin-page", "bot-check", "consent-wall"})
"""What a browser may get past: the page draws itself with scripts, or asks first."""

_LITTLE = 600
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|div|title)\b", re.IGNORECASE)
_ASKS_FOR_SCRIPTS = re.compile(
    r"(?:enable|activate|turn on|requires?|need|without) (?:your )?java ?script|"
    r"java ?script (?:is |must be |to be )?(?:disabled|required|enabled|needed)|"
    r"javascript (?:aktivieren|ist deaktiviert|deaktiviert)|activer javascript|(?:activar|habilite|activa|habilita) (?:el )?javascript|"
    r"attiva(?:re)? javascript|ativ(?:e|ar) o javascript|включите javascript|启用 ?javascript|javascriptを有効",
    re.IGNORECASE,
)


def why_browser(exchange: Exchange, reading: Reading) -> str | None:
    """The reason in a few words; None where what was fetched says what there is to say."""
    if exchange.truncated is not None or not (200 <= exchange.status < 300 or exchange.status in (403, 429, 503)):
        return None
    if reading.wall is not None:
        is_check = reading.wall.code == "bot-check"
        wanted = reading.wall.code in _WALLS and (exchange.status < 300 or is_check) and _is_markup(exchange, reading)
        return (reading.wall.detail or reading.wall.code) if wanted else None
    texts = {text.layer: text for text in reading.texts}
    document = texts.get(Layer.DOCUMENT)
    if document is None or not _is_markup(exchange, reading):
        return None
    shown = len(document.content) - sum(span.end - span.start for span in document.unseen)
    if shown < _LITTLE and _ASKS_FOR_SCRIPTS.search(document.content):
        return "the page asks for scripts"
    embedded = texts.get(Layer.EMBEDDED)
    if embedded is not None and shown < _LITTLE and len(embedded.content) > 3 * shown:
        return "the page has its text in its scripts"
    return None


def may_need_browser(snapshot: Snapshot) -> bool:
    """Whether a page that no browser looked at has so little text that one might see more."""
    shown = sum(text.characters for text in snapshot.texts if text.layer is Layer.DOCUMENT)
    return snapshot.browser is None and "html" in snapshot.media_type and shown < _LITTLE


def _is_markup(exchange: Exchange, reading: Reading) -> bool:
    kind = (exchange.content_type or "").lower()
    return "html" in kind or (not kind and bool(reading.texts) and _HTML.search(exchange.body[:2048]) is not None)
