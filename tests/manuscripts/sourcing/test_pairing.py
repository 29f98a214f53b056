from __future__ import annotations

from collections.abc import Callable

import pytest
from growth import assert_linear
from manuscripts_helpers import paired, pairing

from archiver.manuscripts.document import Block, BlockKind, Citation, NoteMark
from archiver.manuscripts.sourcing.notes import Notes
from archiver.manuscripts.sourcing.pairing import How

A, B, C = "http://a.org/1", "http://b.org/2", "http://c.org/3"


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (f"He said “one two three” ([a]({A})).", [[A]]),
        (f"He said “one two three.” ([a]({A})) Then [b]({B}) came.", [[A]]),
        (f"He said “one two three.” [a]({A})", [[A]]),
        (f"He said “one two three”, in [his own paper]({A}) of May.", [[A]]),
        (f"As [Smith]({A}) writes, “one two three”.", [[A]]),
        (f"As [Smith]({A}) writes, “one two three” and “four five six”.", [[A], [A]]),
        (f"As [Smith]({A}) writes, “one two three”, but [Jones]({B}) says “four five six”.", [[A], [B]]),
        (f"“One two three” ([a]({A})) and “four five six” ([b]({B})).", [[A], [B]]),
        (f"“One two three” and “four five six” ([b]({B})).", [[B], [B]]),
        (f"“One two three,” he [told us]({A}), “and four five six.”", [[A], [A]]),
        (f"“One two three,” and, says [Jones]({B}), “four five six”.", [[], [B]]),
        (f"“One two three”, [he said]({A}); [others]({B}) deny it.", [[A]]),
        (f"“One two three” ([a]({A}); [b]({B})).", [[A, B]]),
        (f"“One two three” ([a]({A})), [Jones]({B}) says.", [[A]]),
        (f"“One two three” [a]({A}) and [b]({B}).", [[A, B]]),
        (f"He says it (“one two three”)[^1] and, again, “four five six”.\n\n[^1]: <{A}>", [[A], []]),
        (f"He says it (“one two three”)[^1] and (“four five six”)[^2].\n\n[^1]: <{A}>\n\n[^2]: <{B}>", [[A], [B]]),
        (f"他说：“一二三四五。”（[社]({A})）他走了。", [[A]]),
        (f"In “The Bridge and Its Builders” ([a]({A})), Smith says “one two three”.", [[A], [A]]),
        (f"As [Smith]({A}) puts it:\n\n“One two three.”", [[A]]),
        (f"As [Smith]({A}) puts it.\n\n“One two three.”", [[]]),
        (f"“One two three”, and, as [Jones]({B}) has it, “four five six”.", [[], [B]]),
        (f"[“One two three”]({A}), he said.", [[A]]),
        (f"“[One two three]({A})”, he said, see [b]({B}).", [[A]]),
        (f"[Smith]({A}) disagrees. “One two three,” he says.", [[]]),
        (f"“One two three,” he says. [Smith]({A}) disagrees with it.", [[]]),
        (f"He quotes Dr. Smith: “one two three. Four five.” ([a]({A})).", [[A]]),
        ("He said “one two three” [@key, p. 12].", [["key"]]),
        ("He said “one two three” [see @key; @other].", [["key", "other"]]),
        ("As @smith [p. 3] says, “one two three”.", [["smith"]]),
        (f"See “one two three” (<{A}>).", [[A]]),
        (f"They claim “one two three”: {A}", [[A]]),
        ("He said “one two three” [x](mailto:a@b.c).", [[]]),
        (f"在报告里“一二三四五” ([报告]({A}))。他走了。", [[A]]),
        (f"Er schrieb am 3. Mai in [der Zeitung]({A}), „eins zwei drei“.", [[A]]),
    ],
)
def test_within_a_sentence(text: str, sources: list[list[str]]) -> None:
    assert [found for _, found in paired(text)] == sources


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (f"“One two three.”[^1]\n\n[^1]: See {A}.", [[A]]),
        (f"“One two three”[^1] or “four five six”.[^2]\n\n[^1]: {A}\n\n[^2]: {B}", [[A], [B]]),
        (f"“One two three.”[^1] “Four five six.”[^2]\n\n[^1]: {A}, p. 3.\n\n[^2]: Ibid., p. 9.", [[A], [A]]),
        (f"„Eins zwei drei.“[^1] „Vier fünf sechs.“[^2]\n\n[^1]: {A}\n\n[^2]: A. a. O., S. 4.", [[A], [A]]),
        (f"“One two three.”[^1]\n\n[^1]: Smith, {A}; Jones, {B}.", [[A, B]]),
        ("“One two three.”[^1]\n\n[^1]: Smith, a book.", [["1"]]),
        (f"“One two three”^[Smith, {A}].", [[A]]),
        (f"“One two three”[^1]^,^[^2].\n\n[^1]: {A}\n\n[^2]: {B}", [[A, B]]),
        (f"“One two three.[^1]”\n\n[^1]: {A}", [[A]]),
        (f"“One two three,” he said.[^1] More.\n\n[^1]: {A}", [[A]]),
        (f"As [Smith]({B}) says, “one two three”.[^1]\n\n[^1]: {A}", [[A]]),
    ],
)
def test_through_notes(text: str, sources: list[list[str]]) -> None:
    assert [found for _, found in paired(text)][: len(sources)] == sources


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        (f"As [Smith]({A}) puts it:\n\n> One two three.\n", [A]),
        (f"[Jones]({B}) came. As [Smith]({A}) puts it:\n\n> One two three.\n", [A]),
        (f"Somebody said:\n\n> One two three.\n>\n> — Smith, [Title]({A})\n", [A]),
        (f"As [Smith]({B}) has it:\n\n> One two three.\n> — [Title]({A})\n", [A]),
        (f"Somebody said:\n\n> One two three.\n\n— Smith, [Title]({A})\n", [A]),
        (f"Somebody said:\n\n> One two three. ([a]({A}))\n", [A]),
        ("Somebody said:\n\n> One two three. [@key, 12]\n", ["key"]),
        (f"Somebody said:\n\n> One two three.[^1]\n\n[^1]: {A}\n", [A]),
        (f'<blockquote cite="{A}"><p>One two three.</p></blockquote>\n', [A]),
        (f"[Jones]({B}) came.\n\n# Heading\n\n> One two three.\n", []),
        (f"Somebody said:\n\n> One two three.\n\nThen [Jones]({B}) came and spoke at length.\n", []),
    ],
)
def test_of_block_quotes(text: str, sources: list[str]) -> None:
    assert [found for _, found in paired(text)] == [sources]


def test_a_quotation_across_paragraphs_takes_what_stands_at_its_end() -> None:
    text = f"She wrote: “One one one.\n\n“Two two two.”[^1]\n\n[^1]: {A}\n"
    assert paired(text) == [("One one one.\nTwo two two.", [A])]


def test_pages_go_with_their_source() -> None:
    text = f"“A a a” [@k, pp. 3–4]. “B b b.”[^1] “C c c.”[^2]\n\n[^1]: Smith, S. 7, {A}.\n\n[^2]: Ebd., S. 9.\n"
    assert [one.sources[0].locator for one in pairing(text).pairs] == ["3–4", "7", "9"]
    assert [one.sources[0].note for one in pairing(text).pairs] == [None, "1", "2"]


def test_how_a_source_was_found_is_kept() -> None:
    text = f"As [Smith]({A}) says, “a a a”. Or “b b b” ([b]({B}))."
    assert [one.sources[0].how for one in pairing(text).pairs] == [How.BEFORE, How.AFTER]


def test_what_is_cited_without_a_quotation_is_listed_and_its_sentences_counted() -> None:
    text = f"“A a a” ([a]({A})). Look at [the Bee]({B}). Again [the Bee]({B}), and [the Sea]({C}).[^1]\n\n[^1]: {A}\n"
    found = pairing(text)
    assert [one.url for one in found.lone] == [B, C]
    assert found.sentences == 2


@pytest.mark.parametrize(
    "grown",
    [
        lambda n: f"“one two” ([a]({A})) and " * n,
        lambda n: f"[a]({A}) “one two” and " * n,
        lambda n: f"[a]({A}) and " * n + "“one two” and " * (n // 4),
        lambda n: "“one two” and " * n + f"[a]({A})",
        lambda n: "He said “one two”. " + "§ " * 3 * n + f"So [a]({A}).",
        lambda n: f"“one two”. [a]({A}). " * n,
        lambda n: "“one two, he said" + " " * 20 * n + f"[a]({A})" + " " * n + "“one” ",
        lambda n: "“one two”" + " " * 20 * n + f"x [a]({A})",
    ],
)
def test_masses_of_quotations_in_one_sentence_take_no_masses_of_time(grown: Callable[[int], str]) -> None:
    assert_linear(pairing, grown, 8_000, seconds=20)


def _written_note(count: int) -> list[Block]:
    cited = [Block(BlockKind.PARAGRAPH, "x y z @key", n, (Citation(6, 10, f"key{n}"),), note="1") for n in range(count)]
    return [Block(BlockKind.PARAGRAPH, "“one two” 1", 0, (NoteMark(10, "1"),)), *cited]


def test_a_note_of_thousands_of_works_is_looked_through_once() -> None:
    assert_linear(lambda blocks: Notes(blocks).sources("1"), _written_note, 10_000, seconds=5)


@pytest.mark.parametrize(
    "grown",
    [
        lambda n: "Ibid. " * n, lambda n: "A 1; Ibid. (" * n, lambda n: f"({A} Ibid. " * n, lambda n: f"{A}; p. 3, ibid. " * n,
        lambda n: f"{A} " * n + ";", lambda n: ";" + f"{A} " * n + "; supra note 1",
        lambda n: "„a " * 2 * n + "ibid.", lambda n: "See Ab " * n + "; ibid.",
    ],
)  # fmt: skip
def test_a_note_of_thousands_of_references_takes_no_masses_of_time(grown: Callable[[int], str]) -> None:
    # of each note that long enough ones make: longer ones are no notes
    assert_linear(lambda text: pairing(f"“One two.”[^1]\n\n[^1]: {text}"), grown, 8_000, seconds=20)


def test_the_line_below_one_block_quote_introduces_no_other() -> None:
    text = f"> One two three.\n\n— Smith, [Title]({A})\n\n> Four five six.\n"
    assert paired(text) == [("One two three.", [A]), ("Four five six.", [])]


def test_the_link_behind_a_block_quote_goes_before_what_follows() -> None:
    assert paired(f"> “One two three” {A}\n\n[b]({B})\n") == [("One two three", [A])]


@pytest.mark.parametrize(
    "text",
    [
        "“One one one,” says [Smith]({A}), and “two two two,” says [Jones]({B}).",
        "“One one one,” writes [the Guardian]({A}); “two two two,” writes [the Times]({B}).",
        "“One one one,” writes [the Guardian]({A}): “two two two,” writes [the Times]({B}).",
        "“One one one” was in [a story]({A}), “two two two” in [a speech]({B}).",
        "“One one one” – so [the paper]({A}) – but “two two two” – so [the mayor]({B}).",
        "“One one one,” says Smith,[^1] and “two two two,” says Jones.[^2]\n\n[^1]: {A}\n[^2]: {B}",
        "[Smith]({A}) says “one one one” and [Jones]({B}) says “two two two”.",
    ],
)
def test_each_of_two_speakers_has_his_own_source(text: str) -> None:
    found = paired(text.replace("{A}", A).replace("{B}", B))
    assert [sources for _, sources in found] == [[A], [B]]


def test_the_sign_of_a_note_within_a_quotation_goes_before_others_of_its_sentence() -> None:
    text = f"“One one[^1] one” was said, and more was written.[^2]\n\n[^1]: {A}\n[^2]: {B}\n"
    assert paired(text) == [("One one one", [A])]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "See [a]({A}), at 461 (holding that “one one”); [b]({B}), 12 F.3d 4 (9th Cir. 2001) (en banc) (“two two”).",
            "A B",
        ),
        (
            "See *Smith v. Jones Inc.*, [a]({A}), 12 Harv. L. Rev. 1, 5 (1959) (“one one”); *accord* [b]({B}) (“two two”).",
            "A B",
        ),
        ("Compare [a]({A}) (“one one”), with [b]({B}) (“two two”).", "A B"),
        ("See [a]({A}) (“one one”), [b]({B}) (“two two”), [c]({C}) (“three three”).", "A B C"),
        ("See [a]({A}) (“one one”); [b]({B}); [c]({C}) (“three three”).", "A C"),
        ("See [a]({A}); [b]({B}) (“one one”); [c]({C}).", "B"),
        ("See [a]({A}) (quoting [c]({C}) (“one one”)); [b]({B}) (“two two”).", "C B"),
        ("See [a]({A}) (“one one” and “two two”); [b]({B}) (“three three”).", "A A B"),
        ("See [a]({A}) (“One one.”) (emphasis added); [b]({B}) (“Two two.”).", "A B"),
        ("“One one” ([a]({A})); see also [b]({B}) (“two two”); “three three” ([c]({C})).", "A B C"),
        ("See [@a] (“one one”); [@b, p. 5] (“two two”); @c (“three three”).", "a b c"),
        ("“One one” [@a]; “two two” [@b].", "a b"),
        ("In [a]({A}) one reads “one one”, in [b]({B}) “two two”, in [c]({C}) “three three.”", "A B C"),
        ("In [a]({A}), “one one”, in [b]({B}), “two two”, in [c]({C}), “three three”.", "A B C"),
        ("“One one” in [a]({A}), “two two” in [b]({B}), “three three” in [c]({C}).", "A B C"),
        ("“One one,” [a]({A}), “two two,” [b]({B}), “three three,” [c]({C}).", "A B C"),
        (
            "According to [a]({A}), “one one”; according to [b]({B}), “two two”; according to [c]({C}), “three three”.",
            "A B C",
        ),
        (
            "[a]({A}), which notes “one one”; [b]({B}), which notes “two two”; and [c]({C}), which notes “three three”.",
            "A B C",
        ),
        ("According to [a]({A}), “one one”; see also [b]({B}).", "A"),
        ("In [a]({A}) one reads “one one” and “two two”, in [b]({B}) “three three”.", "A A B"),
        ("As [a]({A}) says, “one one”, but [b]({B}) says “two two” and “three three”.", "A B B"),
        ("[a]({A}) argued for it, but [b]({B}) says “one one”.", "B"),
        ("As [a]({A}) says, “one one” ([b]({B})), “two two” ([c]({C})), and “three three”.", "B C A"),
        ("“One one,” [a]({A}) says, “two two.”", "A A"),
        ("“One one,” Parise [said]({A}). “Two two.”", "A A"),
        ("“One one,” Parise said. “Two two” ([a]({A})).", "A A"),
        ("“One one,” Parise [said]({A}). “Two two,” Jones said.", "A None"),
        ("[a]({A}) (“one one”); Jones, at 5 (“two two”); [b]({B}) (“three three”).", "A None B"),
    ],
)
def test_the_order_of_a_sentence_says_whose_a_source_is(text: str, wanted: str) -> None:
    names = {A: "A", B: "B", C: "C"}
    found = paired(text.replace("{A}", A).replace("{B}", B).replace("{C}", C))
    assert " ".join("+".join(names.get(one, one) for one in sources) or "None" for _, sources in found) == wanted


@pytest.mark.parametrize(
    ("text", "unsure"),
    [
        (f"[a]({A}) and [b]({B}) differ: “one one” versus “two two”.", [True, True]),
        (f"The [council]({A}) (“one one”)[^1] voted.\n\n[^1]: {B}", [True]),
        (f"“One one” ([a]({A}); [b]({B})).", [False]),
        (f"“One one.”[^1]\n\n[^1]: {A}; {B}.", [False]),
        (f"As [a]({A}) says, “one one”.", [False]),
        (f"[a]({A}), citing [b]({B}), said “one one”.", [True]),
        (f"[a]({A}), [b]({B}), and the [c]({C}) differ: “one one” versus “two two”.", [True, True]),
        (f"The mayor, who [left]({A}), told [b]({B}) that “one one”.", [False]),
    ],
)
def test_sources_that_are_not_cited_together_leave_open_which_is_meant(text: str, unsure: list[bool]) -> None:
    assert [one.unsure for one in pairing(text).pairs] == unsure


def test_a_quotation_in_a_note_is_that_of_the_source_which_the_note_stands_for() -> None:
    text = (
        f"“One one.”[^1] Text.[^2]\n\n[^1]: Smith, {A}.\n\n[^2]: *Id.* at 5 (“two two”); Jones, {B} (“three three”).\n"
    )
    assert [sources for _, sources in paired(text)] == [[A], [A], [B]]
