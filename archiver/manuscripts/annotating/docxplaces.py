"""The paragraphs of a docx file's document and notes, each letter with its run, so that a comment's range begins and ends at letters."""

from __future__ import annotations

from dataclasses import dataclass, field

from archiver.manuscripts.annotating.edits import Insertion
from archiver.manuscripts.annotating.xmlplaces import Letters, listen, tag_end
from archiver.texts.package import Refused

MAIN = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
"""The namespaces of WordprocessingML, transitional and strict."""

_MARKUP = "http://schemas.openxmlformats.org/markup-compatibility/2006"


@dataclass(slots=True)
class Run:
    """A run: where its tag begins, the bytes of its tag, and of its properties. It cannot be parted where these track a change."""

    at: int
    tag: bytes
    properties: tuple[int, int] | None = None
    parts: bool = True
    after: int = 0


@dataclass(slots=True)
class Stretch:
    """A ``w:t``: the run that it is in, and the bytes of its tag."""

    run: Run
    at: int
    end: int
    keeps_blanks: bool


@dataclass(slots=True)
class Story:
    """One part: its paragraphs, and where the signs of notes stand in it: (before, behind) by (kind, id)."""

    source: bytes
    prefix: str = ""
    namespace: str = MAIN[0]
    paragraphs: list[Letters] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    signs: dict[str, tuple[int, int]] = field(default_factory=dict)

    def parted(self, piece: int, at: int, mark: bytes) -> list[Insertion]:
        """``mark`` between two letters of a stretch: its run is ended, and one like it begun."""
        stretch = self.stretches[piece]
        run, prefix = stretch.run, self.prefix.encode()
        if not run.parts:
            return []
        properties = self.source[run.properties[0] : run.properties[1]] if run.properties else b""
        made = b"</%st></%sr>" % (prefix, prefix) + mark + run.tag + properties + b'<%st xml:space="preserve">' % prefix
        kept = [] if stretch.keeps_blanks else [Insertion(stretch.end, b' xml:space="preserve"')]
        stretch.keeps_blanks = True  # once is enough
        return [*kept, Insertion(at, made)]


def read_story(source: bytes, notes: str | None = None) -> Story:
    """Reads a part; ``notes`` is ``footnote`` or ``endnote`` where it is one of these. Raises Refused."""
    story = Story(source)
    listen(source, _Reader(story, notes))
    return story


class _Reader:
    def __init__(self, story: Story, notes: str | None) -> None:
        self._story = story
        self._notes = notes
        self._open: list[str] = []
        self._paragraphs: list[Letters] = []
        self._runs: list[Run] = []
        self._stretch: int | None = None
        self._note: str | None = None
        self._signs: list[str] = []  # of notes, within the run that is open
        self._skipped = 0  # depth within what is another form of what is told already
        self._fallback = "mc:Fallback"
        self._starts: list[int] = []

    def start(self, name: str, attributes: dict[str, str], at: int) -> None:
        if not self._open:
            self._root(attributes, name)
        self._open.append(name)
        self._starts.append(at)
        if self._skipped or name == self._fallback:
            self._skipped += 1
            return
        prefix = self._story.prefix
        local = name[len(prefix) :] if name.startswith(prefix) else ""
        if local == "p":
            self._paragraphs.append(Letters(note=self._note))
            self._story.paragraphs.append(self._paragraphs[-1])
        elif local == "r":
            tag = self._story.source[at : tag_end(self._story.source, at) + 1]
            self._runs.append(Run(at, tag, parts=not tag.endswith(b"/>")))
        elif local == "t" and self._paragraphs and self._runs and self._parent() == f"{prefix}r":
            end = tag_end(self._story.source, at)
            if self._story.source[end - 1 : end] != b"/":
                keeps = attributes.get("xml:space") == "preserve"
                self._story.stretches.append(Stretch(self._runs[-1], at, end, keeps))
                self._stretch = len(self._story.stretches) - 1
        elif local == "rPrChange" and self._runs:
            self._runs[-1].parts = False
        elif local in ("footnote", "endnote") and local == self._notes:
            self._note = f"{local} {attributes.get(prefix + 'id', '')}"
        elif local in ("footnoteReference", "endnoteReference") and self._runs:
            key = f"{local.removesuffix('Reference')} {attributes.get(prefix + 'id', '')}"
            if key not in self._story.signs:
                self._story.signs[key] = (self._runs[-1].at, self._runs[-1].at)
                self._signs.append(key)

    def end(self, name: str, at: int, after: int) -> None:
        del at
        self._open.pop()
        began = self._starts.pop()
        if self._skipped:
            self._skipped -= 1
            return
        prefix = self._story.prefix
        local = name[len(prefix) :] if name.startswith(prefix) else ""
        if local == "p" and self._paragraphs:
            self._paragraphs.pop()
        elif local == "t":
            self._stretch = None
        elif local == "rPr" and self._runs and self._open and self._open[-1] == f"{prefix}r":
            self._runs[-1].properties = (began, after)
        elif local == "r" and self._runs:
            run = self._runs.pop()
            run.after = after
            for key in self._signs:
                self._story.signs[key] = (run.at, after)
            self._signs.clear()
        elif local in ("footnote", "endnote"):
            self._note = None

    def characters(self, data: str, at: int, after: int) -> None:
        if self._stretch is not None and not self._skipped and self._paragraphs:
            self._paragraphs[-1].add(data, at, after, self._stretch)

    def _parent(self) -> str:
        return self._open[-2] if len(self._open) > 1 else ""

    def _root(self, attributes: dict[str, str], name: str) -> None:
        """By which prefix the document calls the elements of Word."""
        for attribute, value in attributes.items():
            prefix = attribute.removeprefix("xmlns").lstrip(":")
            if attribute.startswith("xmlns") and value in MAIN:
                self._story.namespace = value
                self._story.prefix = f"{prefix}:" if prefix else ""
            elif attribute.startswith("xmlns") and value == _MARKUP:
                self._fallback = f"{prefix}:Fallback" if prefix else "Fallback"
        if not any(value in MAIN for value in attributes.values()):
            raise Refused(f"its part begins with {name[:40]!r}, which is no document of Word")
