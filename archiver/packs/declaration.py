"""The draft of a statement about recorded pages and quotations, for a person to complete, check and sign.

It states what the records say; what only a person can say is left open in square brackets. It is modelled on the certifications of
Federal Rules of Evidence 902(13) and 902(14), whose content other legal orders ask for under other names.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from archiver.errors import MISSHAPEN, DamagedArchive
from archiver.log import rotation
from archiver.packs import statements
from archiver.packs.evidence import Evidence
from archiver.packs.guide import plain
from archiver.packs.stated import capture_facts, log_facts, quote_facts, ways_of
from archiver.version import TOOL

_WIDTH = 100


class Form(Enum):
    """How a draft is written."""

    MARKDOWN = "markdown"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Heading:
    words: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    words: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list; ``boxes`` are things to tick off."""

    words: tuple[str, ...]
    boxes: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values out of the records. What a page says of itself stands only here, and nothing in it is taken for markup."""

    rows: tuple[tuple[str, str], ...]


Block = Heading | Paragraph | Items | Facts


def draft(evidence: Evidence, form: Form) -> str:
    """The draft for what the evidence was collected for. Raises DamagedArchive where a record has not the shape of its kind."""
    try:
        blocks = list(_blocks(evidence))
    except MISSHAPEN as error:
        raise DamagedArchive(f"A record has not the shape of its kind ({error}).") from error
    parts = [_markdown(block) if form is Form.MARKDOWN else _text(block) for block in blocks]
    return "\n\n".join(parts) + "\n"


def _blocks(evidence: Evidence) -> Iterator[Block]:
    ids = " ".join(name[:14] for name in evidence.named)
    captures = evidence.of_kind("capture")
    ways = {way for leaf in captures for way in ways_of(leaf.json())}
    yield Heading("DRAFT: declaration about electronic records")
    yield Paragraph(
        f"Drafted by {TOOL} from the records of {ids}. This draft is no legal advice and proves nothing before a person has completed, checked "
        "and signed it."
    )
    yield Heading("0. Before you sign")
    yield Items(tuple(item.format(ids=ids) for item in statements.BEFORE), boxes=True)
    yield Heading("1. Who declares")
    yield Paragraph(statements.DECLARANT)
    yield Heading("2. What I know about the process")
    for paragraph in statements.knowledge(ways, several_keys=bool(evidence.of_kind(rotation.KIND))):
        yield Paragraph(paragraph)
    yield Facts((("software", ", ".join(sorted({plain(leaf.details.tool) for leaf in evidence.leaves}))),))
    for paragraph in statements.process(ways, repeated=any(leaf.json().get("revisit_of") for leaf in captures)):
        yield Paragraph(paragraph)
    yield Heading("3. The pages that were recorded")
    yield Paragraph(statements.SHOWN)
    for leaf in captures:
        yield Facts(tuple(capture_facts(evidence, leaf)))
    yield Heading("4. The quotations")
    quotes = evidence.of_kind("quote")
    if not quotes:
        yield Paragraph("None is part of this declaration.")
    for leaf in quotes:
        yield Facts(tuple(quote_facts(leaf)))
    yield Heading("5. Register, key and timestamps")
    yield Facts(tuple(log_facts(evidence, ways)))
    yield Heading("6. Check")
    yield Paragraph(statements.CHECK.format(ids=ids))
    yield Heading("7. What I do not declare")
    yield Items(statements.not_stated(ways))
    yield Heading("8. Form and signature")
    yield Paragraph("Keep the one form that applies, in the wording that is in force; strike out the rest:")
    yield Items(statements.FORMS, boxes=True)
    yield Paragraph("[PLACE, DATE]                    [SIGNATURE]                    [NAME IN PRINT]")


def _markdown(block: Block) -> str:
    match block:
        case Heading(words):
            return f"{'# ' if words.startswith('DRAFT') else '## '}{words}"
        case Paragraph(words):
            return words
        case Items(words, boxes):
            return "\n".join(f"- [ ] {item}" if boxes else f"- {item}" for item in words)
        case Facts(rows):
            return _rows(rows, "    ")


def _text(block: Block) -> str:
    match block:
        case Heading(words):
            return f"{words}\n{'=' * len(words)}" if words.startswith("DRAFT") else f"{words}\n{'-' * len(words)}"
        case Paragraph(words):
            return textwrap.fill(words.replace("`", ""), _WIDTH)
        case Items(words, boxes):
            return "\n".join(_item(item.replace("`", ""), "[ ] " if boxes else "* ") for item in words)
        case Facts(rows):
            return _rows(rows, "  ")


def _item(words: str, mark: str) -> str:
    return textwrap.fill(words, _WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark))


def _rows(rows: Sequence[tuple[str, str]], indent: str) -> str:
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{indent}{name:<{width}}  {value}" for name, value in rows)
