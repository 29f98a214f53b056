"""The ways in which people write a quotation and its source. Each takes an author and adds to the manuscript and to what is true of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import lawpatterns
from writing import Address, Author, Block, Cite, Inline, Link, Note, Quote, Words

Pattern = Callable[[Author], None]


def link_before(author: Author) -> None:
    text, url = author.take()
    author.know(text, url)
    who = Link((Words(author.say("who")),), url)
    author.paragraph(author.fill(author.say("says"), who=who, q=author.quote(text)))


def link_behind(author: Author) -> None:
    text, url = author.take()
    author.know(text, url)
    link = Link((Words(author.say("source")),), url)
    author.paragraph(author.fill(author.say("after"), q=author.quote(text), s=(Words(" ("), link, Words(")"))))


def address_behind(author: Author) -> None:
    text, url = author.take()
    author.know(text, url)
    author.paragraph(author.fill(author.say("after"), q=author.quote(text), s=(Words(" ("), Address(url), Words(")"))))


def link_on(author: Author) -> None:
    text, url = author.take()
    author.know(text, url)
    author.paragraph(author.fill(author.say("after"), q=Link((author.quote(text),), url), s=()))


def _in_note(author: Author, url: str) -> tuple[Inline, ...]:
    """What a note says of its source, in one of several ways."""
    kind = author.random.randrange(4)
    if kind == 0:
        return (
            Words(author.say("note") + " "),
            Link((Words(author.say("title")),), url),
            Words(author.say("accessed")),
        )
    if kind == 1:
        return (Words(f"{author.say('name')}, {author.say('title')}, "), Address(url), Words(author.say("accessed")))
    if kind == 2 and author.keys:
        return (Words(author.say("note") + " "), Cite(author.work(url), author.page(), textual=True), Words("."))
    return (Address(url), Words("."))


def note_behind(author: Author) -> None:
    text, url = author.take()
    author.know(text, url)
    author.paragraph(author.fill(author.say("after"), q=(author.quote(text), Note(_in_note(author, url))), s=()))


def note_behind_sentence(author: Author) -> None:
    text, url = author.take()
    author.know(text, url)
    sentence = author.fill(author.say("after"), q=author.quote(text), s=())
    author.paragraph((*sentence, Note(_in_note(author, url))))


def note_with_two(author: Author) -> None:
    (text, url), (_, other) = author.take(), author.take()
    author.know(text, url, other)
    items = (
        Words(author.say("note") + " "),
        Address(url),
        Words("; "),
        Link((Words(author.say("title")),), other),
        Words("."),
    )
    author.paragraph(author.fill(author.say("after"), q=(author.quote(text), Note(items)), s=()))


def note_with_title(author: Author) -> None:
    text, url = author.take()
    title = author.say("title")
    author.know(text, url)
    author.know(title, aside=True)
    items = (Words(f"{author.say('name')}, "), author.quote(title, marks="“”"), Words(", "), Address(url), Words("."))
    author.paragraph(author.fill(author.say("after"), q=(author.quote(text), Note(items)), s=()))


def same_again(author: Author) -> None:
    (text, url), (second, _) = author.take(), author.take()
    author.know(text, url)
    author.know(second, url)
    ibid = author.say("ibid").replace("{page}", author.page())
    author.paragraph(author.fill(author.say("after"), q=(author.quote(text), Note(_in_note(author, url))), s=()))
    author.paragraph(author.fill(author.say("after"), q=(author.quote(second), Note((Words(ibid),))), s=()))


def key_behind(author: Author) -> None:
    if not author.keys:
        return note_behind(author)
    text, url = author.take()
    author.know(text, url)
    cite = Cite(author.work(url), author.page() if author.random.random() < 0.6 else None)
    return author.paragraph(author.fill(author.say("after"), q=author.quote(text), s=(Words(" "), cite)))


def key_before(author: Author) -> None:
    if not author.keys:
        return link_before(author)
    text, url = author.take()
    author.know(text, url)
    cite = Cite(author.work(url), author.page() if author.random.random() < 0.5 else None, textual=True)
    return author.paragraph(author.fill(author.say("says"), who=cite, q=author.quote(text)))


def set_off_with_line(author: Author) -> None:
    text, url = author.take()
    author.know(text, url)
    if author.random.random() < 0.7:
        author.out.blocks.append(Block("paragraph", (Words(author.say("intro")),)))
    name = author.say("name")
    line = (
        (Words(f"— {name}, "), Link((Words(author.say("title")),), url))
        if author.random.random() < 0.6
        else (Words("— "), Link((Words(name),), url))
    )
    author.out.blocks.append(Block("quote", (Words(text),), line))
    author.out.blocks.append(Block("paragraph", (Words(author.say("filler")),)))


def set_off_with_note(author: Author) -> None:
    text, url = author.take()
    author.know(text, url)
    author.out.blocks.append(Block("paragraph", (Words(author.say("intro")),)))
    author.out.blocks.append(Block("quote", (Words(text), Note(_in_note(author, url)))))
    author.out.blocks.append(Block("paragraph", (Words(author.say("filler")),)))


def set_off_introduced(author: Author) -> None:
    text, url = author.take()
    author.know(text, url)
    intro = author.fill(
        author.say("says").split("{q}")[0].rstrip(" ,:：，") + ":", who=Link((Words(author.say("who")),), url)
    )
    author.out.blocks.append(Block("paragraph", intro))
    author.out.blocks.append(Block("quote", (Words(text),)))
    author.out.blocks.append(Block("paragraph", (Words(author.say("filler")),)))


def set_off_alone(author: Author) -> None:
    text, _ = author.take()
    author.know(text)
    author.out.blocks.append(Block("paragraph", (Words(author.say("intro")),)))
    author.out.blocks.append(Block("quote", (Words(text),)))
    author.out.blocks.append(Block("paragraph", (Words(author.say("filler")),)))


def across_paragraphs(author: Author) -> None:
    (first, url), (second, _) = author.take(), author.take()
    marks = "“”" if author.own == '""' else author.own
    author.know(f"{first}\n{second}", url)
    author.out.blocks.append(Block("paragraph", author.fill(author.say("intro") + " {q}", q=Words(marks[0] + first))))
    link = Link((Words(author.say("source")),), url)
    author.out.blocks.append(Block("paragraph", (Words(f"{marks[0]}{second}{marks[1]} ("), link, Words(")."))))


def nested(author: Author) -> None:
    text, url = author.take()
    inner = {"“”": "‘’", '""': "''", "‘’": "“”", "„“": "‚‘", "»«": "›‹", "«»": "“”", "「」": "『』"}[author.own]
    words = text.split(" ")
    if len(words) < 8:
        return link_behind(author)
    if inner == "''":
        inner = "‘’"
    middle = f"{' '.join(words[:2])} {inner[0]}{' '.join(words[2:5])}{inner[1]} {' '.join(words[5:])}"
    author.know(middle, url)
    link = Link((Words(author.say("source")),), url)
    return author.paragraph(author.fill(author.say("after"), q=author.quote(middle), s=(Words(" ("), link, Words(")"))))


def two_with_one(author: Author) -> None:
    (first, url), (second, _) = author.take(), author.take()
    author.know(first, url)
    author.know(second, url)
    link = Link((Words(author.say("source")),), url)
    author.paragraph(
        author.fill(author.say("two"), a=author.quote(first), b=author.quote(second), s=(Words(" ("), link, Words(")")))
    )


def two_with_two(author: Author) -> None:
    (first, url), (second, other) = author.take(), author.take()
    author.know(first, url)
    author.know(second, other)
    ends = (Note(_in_note(author, url)), Note(_in_note(author, other)))
    author.paragraph(
        author.fill(author.say("two"), a=(author.quote(first), ends[0]), b=(author.quote(second), ends[1]), s=())
    )


def interrupted(author: Author) -> None:
    (first, url), (second, _) = author.take(), author.take()
    author.know(first, url)
    author.know(second, url)
    note = Note(_in_note(author, url))
    author.paragraph(author.fill(author.say("split"), a=author.quote(first), b=(author.quote(second), note), s=()))


def no_source(author: Author) -> None:
    text, _ = author.take()
    author.know(text)
    sentence = author.say("alone")
    if "“We”" in sentence:
        author.know("We", aside=True)
        author.out.truths[-1], author.out.truths[-2] = author.out.truths[-2], author.out.truths[-1]
    author.paragraph(author.fill(sentence, q=author.quote(text, marks="“”" if "“We”" in sentence else None)))


def no_quotation(author: Author) -> None:
    _, url = author.take()
    author.out.lone.append(url)
    author.paragraph(author.fill(author.say("cited"), link=Link((Words(author.say("here")),), url)))


def scare(author: Author) -> None:
    word = author.say("shudder")
    author.know(word, aside=True)
    author.paragraph(author.fill(author.say("scare"), q=author.quote(word)))


def scare_beside(author: Author) -> None:
    """A word in quotation marks in a sentence of its own, beside a sentence that quotes and cites."""
    text, url = author.take()
    word = author.say("shudder")
    author.know(word, aside=True)
    author.know(text, url)
    link = Link((Words(author.say("source")),), url)
    author.paragraph(
        author.fill(author.say("scare"), q=author.quote(word)),
        author.fill(author.say("after"), q=author.quote(text), s=(Words(" ("), link, Words(")"))),
    )


def in_a_cell(author: Author) -> None:
    text, url = author.take()
    author.know(text, url)
    items: tuple[Inline, ...] = (author.quote(text), Words(" ("), Link((Words(author.say("source")),), url), Words(")"))
    author.out.blocks.append(Block("cell", items))


ALL: tuple[Pattern, ...] = (
    link_before, link_behind, address_behind, link_on, note_behind, note_behind_sentence, note_with_two, note_with_title, same_again, key_behind,
    key_before, set_off_with_line, set_off_with_note, set_off_introduced, set_off_alone, across_paragraphs, nested, two_with_one, two_with_two,
    interrupted, no_source, no_quotation, scare, scare_beside, in_a_cell, *lawpatterns.ALL,
)  # fmt: skip


def write(author: Author, length: int) -> None:
    """A manuscript of so many patterns, in an order of chance, under headings."""
    chosen = [author.random.choice(ALL) for _ in range(length)]
    for number, pattern in enumerate(chosen):
        if number % 5 == 0:
            author.out.blocks.append(Block("heading", (Words(author.say("title")),)))
        known = len(author.out.truths)
        pattern(author)
        for place in range(known, len(author.out.truths)):
            author.out.truths[place] = replace(author.out.truths[place], form=pattern.__name__)


__all__ = ["ALL", "Pattern", "Quote", "write"]
