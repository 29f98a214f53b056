"""Ways in which law reviews and newspapers write a quotation and its source: strings of citations with parentheticals, sources that go before
their quotations all along a sentence, block quotes one after another, notes that stand for others, speech that is interrupted."""

from __future__ import annotations

from writing import Address, Author, Block, Cite, Inline, Link, Note, Quote, Words

_SURNAMES = (
    "Halloran",
    "Petrov",
    "Quintana",
    "Abernathy",
    "Lindqvist",
    "Marchetti",
    "Oduya",
    "Brandvold",
    "Szabo",
    "Ferrante",
)


def _source(author: Author, url: str) -> Inline:
    if author.keys and author.random.random() < 0.4:
        return Cite(author.work(url), None, textual=True)
    return Link((Words(author.say("who")),), url)


def _row(author: Author, what: str) -> tuple[Inline, ...]:
    """A sentence with as many quotations and sources as its words have places for."""
    template = author.say(what)
    parts: dict[str, Inline] = {}
    for quoted, named in zip("abc", "xyz", strict=True):
        if f"{{{quoted}}}" in template:
            text, url = author.take()
            author.know(text, url)
            parts[quoted] = author.quote(text)
            parts[named] = _source(author, url)
    return author.fill(template, **parts)


def string_citation(author: Author) -> None:
    author.paragraph(_row(author, "string"))


def string_in_note(author: Author) -> None:
    template = author.say("string")
    parts: dict[str, Inline] = {}
    for quoted, named in zip("abc", "xyz", strict=True):
        if f"{{{quoted}}}" in template:
            text, url = author.take()
            author.know(text, url)
            parts[quoted] = Quote(author.quote(text).text, author.own)
            parts[named] = Link((Words(author.say("title")),), url) if author.random.random() < 0.6 else Address(url)
    items = tuple(item for item in author.fill(template, **parts) if not isinstance(item, Note))
    author.paragraph((Words(author.say("filler")), Note(items)))


def source_first(author: Author) -> None:
    author.paragraph(_row(author, "source first"))


def quotation_first(author: Author) -> None:
    author.paragraph(_row(author, "quotation first"))


def set_off_in_a_row(author: Author) -> None:
    if author.random.random() < 0.5:
        author.out.blocks.append(Block("paragraph", (Words(author.say("filler")),)))
    for _ in range(author.random.choice((2, 3))):
        text, url = author.take()
        author.know(text, url)
        link = Link((Words(author.say("who")),), url)
        lead = (
            (link, Words(":"))
            if author.random.random() < 0.6
            else (Words(author.say("intro")[:-1] + " ("), link, Words("):"))
        )
        author.out.blocks.append(Block("paragraph", lead))
        author.out.blocks.append(Block("quote", (Words(text),)))
    author.out.blocks.append(Block("paragraph", (Words(author.say("filler")),)))


def set_off_from_a_book(author: Author) -> None:
    """A line that names a book, and beside it a link that is of something else."""
    (text, _), (_, other) = author.take(), author.take()
    author.know(text)
    author.out.lone.append(other)
    author.out.blocks.append(
        Block("paragraph", author.fill(author.say("cited"), link=Link((Words(author.say("here")),), other)))
    )
    line = f"— Henry Maine, Ancient Law {author.page()} (1861)"
    author.out.blocks.append(Block("quote", (Words(text),), (Words(line),)))
    author.out.blocks.append(Block("paragraph", (Words(author.say("filler")),)))


def _noted(author: Author, text: str, *items: Inline) -> None:
    author.paragraph(author.fill(author.say("after"), q=(author.quote(text), Note(items)), s=()))


def _notes(author: Author) -> int:
    return sum(isinstance(item, Note) for block in author.out.blocks for item in block.items)


def note_for_a_note(author: Author) -> None:
    """*Id.*, *See id.*, *Smith, supra note 3, at 5*, with another source in between where a name or a number says which."""
    (first, url), (second, between), (third, _) = author.take(), author.take(), author.take()
    name = _SURNAMES[sum(item.text.startswith("Hon. ") for item in _words(author)) % len(_SURNAMES)]
    kind = author.random.choice(("id", "supra", "supra", "name"))
    author.know(first, url)
    _noted(author, first, Words(f"Hon. {name}, "), Address(url), Words("."))
    number = _notes(author)
    if kind != "id":
        author.know(second, between)
        _noted(author, second, Words(f"{author.say('name')}, "), Address(between), Words("."))
    if kind == "supra" and author.keys:
        kind = "name"  # where works are cited in notes of their own, formats count notes in their own ways
    words = {
        "id": author.random.choice(("Id. at {page}.", "See id.", "See also id. at {page}.", "Ibid.", "Accord id.", "Vgl. ebd., S. {page}.")),
        "supra": author.random.choice(("{name}, supra note {number}, at {page}.", "Supra note {number}.", "See note {number} above.",
                                       "But see {name}, supra note {number}.", "{name} (Fn. {number}), S. {page}.")),
        "name": author.random.choice(("{name}, supra, at {page}.", "See {name}, op. cit.", "{name}, a. a. O., S. {page}.")),
    }[kind]  # fmt: skip
    author.know(third, url)
    _noted(author, third, Words(words.format(name=name, number=number, page=author.page())))


def _words(author: Author) -> list[Words]:
    notes = [item for block in author.out.blocks for item in block.items if isinstance(item, Note)]
    return [item for note in notes for item in note.items if isinstance(item, Words)]


def interrupted_speech(author: Author) -> None:
    (first, url), (second, _) = author.take(), author.take()
    first, second = first.rstrip(".。"), second.rstrip(".。")
    author.know(first, url)
    author.know(second, url)
    link = Link((Words(author.say("source")),), url)
    bracket = (Words(" ("), link, Words(")"))
    behind = author.random.random() < 0.5
    author.paragraph(
        author.fill(author.say("tagged"), a=author.quote(first + author.say("comma within")), b=author.quote(second),
                    s=() if behind else bracket, t=bracket if behind else ())
    )  # fmt: skip


ALL = (
    string_citation, string_in_note, source_first, quotation_first, set_off_in_a_row, set_off_from_a_book, note_for_a_note, interrupted_speech,
)  # fmt: skip
