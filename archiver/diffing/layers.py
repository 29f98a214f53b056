"""The layers of both looks, read once: which of them is compared, and each as sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from archiver.diffing.units import Sheet
from archiver.diffing.values import PageText
from archiver.match import Prepared, prepare
from archiver.model import Layer, Notice, Text

MAX_CHARACTERS = 3_000_000
"""Of a layer, what is compared."""

_WHOLE = (Layer.DOCUMENT, Layer.RENDERED)


@dataclass(slots=True)
class Look:
    """One look at the page, its layers as they were prepared."""

    texts: tuple[Text, ...]
    prepared: Prepared
    _sheets: dict[Layer, Sheet] = field(default_factory=dict)

    @property
    def whole(self) -> Sheet | None:
        """The text of the whole page, furniture and all; None where there is none."""
        layer = next((layer for layer in _WHOLE if self._text(layer) is not None), None)
        return None if layer is None else self.sheet(layer)

    def sheet(self, layer: Layer) -> Sheet | None:
        """A layer as sentences, made at the first need; None where it is not there."""
        text = self._text(layer)
        if text is None:
            return None
        if layer not in self._sheets:
            page = next(page for page in self.prepared.pages if page.text is text)
            self._sheets[layer] = Sheet.of(page)
        return self._sheets[layer]

    def _text(self, layer: Layer) -> Text | None:
        return next((text for text in self.texts if text.layer is layer), None)


@dataclass(frozen=True, slots=True)
class Looks:
    """Both looks; ``layer`` is the first layer that both have with words in it, None where they share none."""

    old: Look
    new: Look
    layer: Layer | None
    prepared: Prepared
    notices: tuple[Notice, ...]

    @classmethod
    def of(cls, old: PageText, new: PageText) -> Looks:
        olds, news = _with_words(old.texts), _with_words(new.texts)
        cut = [side for side in (olds, news) for text in side if len(text.content) > MAX_CHARACTERS]
        notices = [Notice("diff-cut", f"only the first {MAX_CHARACTERS:,} characters of a text were compared")]
        olds, news = ([_cut(text) for text in side] for side in (olds, news))
        prepared = prepare([*olds, *news])
        shared = [layer for layer in Layer if all(any(t.layer is layer for t in side) for side in (olds, news))]
        layer = shared[0] if shared else None
        if layer is not None and layer is not Layer.ARTICLE:
            notices.append(Notice("no-article", f"a side has no article text: the {layer} layers were compared"))
        if layer is None and (olds or news):
            missing = "the older" if not olds else "the newer" if not news else "either"
            notices.append(Notice("no-text", f"{missing} snapshot has no text of a kind that the other has"))
        return cls(Look(tuple(olds), prepared), Look(tuple(news), prepared), layer, prepared, tuple(notices[not cut :]))


def _with_words(texts: Sequence[Text]) -> list[Text]:
    return [text for text in texts if text.content.strip()]


def _cut(text: Text) -> Text:
    """A text of its own, so that the two sides are told apart where one was given for both."""
    return replace(text, content=text.content[:MAX_CHARACTERS])
