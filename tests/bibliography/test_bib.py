from __future__ import annotations

import time

import pytest
from growth import assert_linear

from archiver.bibliography import Bibliography, Entry, bib, latex, parse_bibliography, read_bibliography

PAPER = r"""
@string{jot = "Journal of " # things}
@string(things = {Things})
@comment{jabref-meta: @article{no, title={nothing}}}
@preamble{"\newcommand{\x}{y}"}

Words between the entries are comments.

@Article{garcia2019,
  author  = {Garc{\'\i}a M{\'a}rquez, Gabriel and {World Health Organization} and Ludwig van Beethoven and others},
  title   = {The {DNA} of \emph{Ferries} --- 50\% more \& ``better''},
  journal = jot # { and } # "Deeds",
  year    = 2019,
  month   = jan,
  volume  = {3}, number = {4}, pages = {12--19},
  doi     = {10.1000/a_(b)},
}

@online(wire,
  author = {family=Okafor, given=Ines},
  title = "Harbour {\"u}ber alles", date = {2024-05-31}, urldate = {2024-06},
  url = {https://example.org/a\_b?x=1\%20&y=2#z},
  ids = {wire-old, wire2}
)
"""


def read(text: str) -> Bibliography:
    return parse_bibliography("refs.bib", text.encode())


def entry(text: str) -> Entry:
    (found,) = read_bibliography("refs.bib", text.encode())
    return found


def test_an_article_with_macros_accents_and_names() -> None:
    found = read(PAPER.replace('"Journal of " # things', '"Journal of Things"'))
    paper, wire, *aliases = found.entries
    assert found.troubles == ()
    assert paper.item == {
        "id": "garcia2019",
        "type": "article-journal",
        "author": [
            {"family": "García Márquez", "given": "Gabriel"},
            {"literal": "World Health Organization"},
            {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
        ],
        "title": "The DNA of Ferries — 50% more & “better”",
        "container-title": "Journal of Things and Deeds",
        "volume": "3",
        "issue": "4",
        "page": "12-19",
        "issued": {"date-parts": [[2019, 1]]},
        "DOI": "10.1000/a_(b)",
        "URL": "https://doi.org/10.1000/a_(b)",
    }
    assert paper.url == "https://doi.org/10.1000/a_(b)"
    assert paper.line == 9
    assert wire.url == "https://example.org/a_b?x=1%20&y=2#z"
    assert wire.item["title"] == "Harbour über alles"
    assert wire.item["author"] == [{"family": "Okafor", "given": "Ines"}]
    assert wire.item["issued"] == {"date-parts": [[2024, 5, 31]]}
    assert wire.item["accessed"] == {"date-parts": [[2024, 6]]}
    assert [alias.key for alias in aliases] == ["wire-old", "wire2"]
    assert aliases[0].url == wire.url


def test_a_macro_before_its_definition_is_told() -> None:
    (trouble,) = read("@string{a = b}\n@string{b = {B}}\n@misc{x, title = a}").troubles
    assert (trouble.line, "b is no number and no @string" in trouble.why) == (1, True)


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        (r"howpublished = {\url{https://example.org/x\_y}}", "https://example.org/x_y"),
        (r"howpublished = {Blog post, https://example.org/x.}", "https://example.org/x"),
        (r"note = {See \href{https://example.org/%7Ex}{here}}", "https://example.org/%7Ex"),
        (r"note = {accessed at https://example.org/\~{}me}", "https://example.org/~me"),
        (r"url = {\url{https://example.org/x}}", "https://example.org/x"),
        (r"url = {https://example.org/a b}", "https://example.org/ab"),
        (r"url = {https://example.org/a https://example.org/b}", "https://example.org/a"),
        (
            r"url = {https://web.archive.org/web/2019/https://example.org/b}",
            "https://web.archive.org/web/2019/https://example.org/b",
        ),
        (r"doi = {https://doi.org/10.1000/182}", "https://doi.org/10.1000/182"),
        (r"doi = {doi:10.1000/1<2>}", "https://doi.org/10.1000/1%3C2%3E"),
        (r"doi = {not one}", None),
        (r"eprint = {1706.03762}, archiveprefix = {arXiv}", "https://arxiv.org/abs/1706.03762"),
        (r"eprint = {hep-th/9901001v2}, eprinttype = {arxiv}", "https://arxiv.org/abs/hep-th/9901001v2"),
        (r"eprint = {123}, eprinttype = {jstor}", "https://www.jstor.org/stable/123"),
        (r"eprint = {123}, eprinttype = {elsewhere}", None),
        (r"eprint = {10.2307/4027234}, eprinttype = {jstor}", "https://www.jstor.org/stable/10.2307/4027234"),
        (r"eprint = {4HIWAAAAYAAJ}, eprinttype = {googlebooks}", "https://books.google.com/books?id=4HIWAAAAYAAJ"),
        (r"doi = {10/ggd754}", "https://doi.org/10/ggd754"),
        (r"title = {No address}", None),
    ],
)
def test_where_it_can_be_read(fields: str, url: str | None) -> None:
    assert entry("@misc{x, " + fields + "}").url == url


def test_what_a_chapter_inherits() -> None:
    text = """
    @inbook{part, crossref = {whole}, title = {Part}, xdata = {site, more}}
    @book{whole, title = {Whole}, publisher = {P}, year = 2001, url = {https://example.org/book}, crossref = {part}}
    @xdata{site, url = {https://example.org/site}, xdata = {more}}
    @xdata{more, location = {Here}, xdata = {site}}
    @misc{lost, crossref = {nowhere}, title = {Lost}}
    """
    found = read(text)
    part, whole, lost = found.entries
    assert part.item["container-title"] == "Whole"
    assert (part.item["publisher"], part.item["publisher-place"], part.url) == ("P", "Here", "https://example.org/site")
    assert whole.url == "https://example.org/book"
    assert lost.item["title"] == "Lost"
    assert any("lost refers to nowhere" in trouble.why for trouble in found.troubles)


def test_what_can_be_read_of_a_broken_file() -> None:
    text = "@article{good1, title={One}}\n@article{bad, title={Two}, year 3\n\n@article{good2, title={Three}}\n@book{cut, title={Fo"
    found = read(text)
    assert [item.key for item in found.entries] == ["good1", "good2"]
    assert [trouble.line for trouble in found.troubles] == [2, 5]
    assert all("cannot be read" in trouble.why for trouble in found.troubles)


def test_doubles_are_told_and_the_first_counts() -> None:
    found = read(
        "@misc{a, title={One}, title={Eins}}\n@misc{b, title={B}}\n@misc{a, title={Two}}\n@misc{a, x={1}, x={2}}"
    )
    assert [item.item["title"] for item in found.entries] == ["One", "B"]
    assert len(found.works) == 4
    assert [trouble.line for trouble in found.troubles] == [1, 3, 4, 4]
    assert "first on line 1" in found.troubles[1].why


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("family=Boronat, familyi=B., given=J., given-i=J", {"family": "Boronat", "given": "J."}),
        (
            "family={A, B}, given=C, prefix=van, useprefix=true",
            {"family": "A, B", "given": "C", "non-dropping-particle": "van"},
        ),
        ("{family=Lozovik, given=Yu. E.}", {"family": "Lozovik", "given": "Yu. E."}),
        ("Savoldi da Rocha Azevedo, Beatrice", {"family": "Savoldi da Rocha Azevedo", "given": "Beatrice"}),
        ("von der Leyen, Ursula", {"family": "Leyen", "given": "Ursula", "non-dropping-particle": "von der"}),
        ("King, Jr., Martin Luther", {"family": "King", "given": "Martin Luther", "suffix": "Jr."}),
        ("{{Simon and Schuster}}", {"literal": "Simon and Schuster"}),
    ],
)
def test_names(name: str, parts: dict[str, str]) -> None:
    assert entry("@misc{x, author={" + name + "}}").item["author"] == [parts]


def test_macros_of_biblatex() -> None:
    title = entry(r"@misc{x, title={\TeX: \enquote{An inquiry}, methodology\hyphen independent}}").item["title"]
    assert title == "TeX: “An inquiry”, methodology-independent"


def test_a_comment_between_fields() -> None:
    assert entry("@misc{x, title={T}, % of mine\n  url={https://example.org/}}").url == "https://example.org/"


def test_each_work_says_where_it_stands() -> None:
    text = "% ä @article{no}\r\n@misc{a,\r\n title={One}}\r\n\r\n@misc{b, title={Two}} @misc{c, title={ö}}"
    found = read(text)
    assert [text[work.start : work.end].replace("\r\n", "") for work in found.works][-3:] == [
        "@misc{a, title={One}}", "@misc{b, title={Two}}", "@misc{c, title={ö}}",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year={2019}, month={10}", {"date-parts": [[2019, 10]]}),
        ("year={2019}, month={10~oct}", {"date-parts": [[2019, 10, 10]]}),
        ("year={2019}, month=oct, day={3}", {"date-parts": [[2019, 10, 3]]}),
        ("year={in press}", {"literal": "in press"}),
        ("date={2019-05-01/2019-06-02}", {"date-parts": [[2019, 5, 1], [2019, 6, 2]]}),
        ("date={2019-05?}", {"date-parts": [[2019, 5]], "circa": True}),
        ("date={2019-15}", {"literal": "2019-15"}),
        ("date={2011-05-25~ / 2012-06-26?}", {"date-parts": [[2011, 5, 25], [2012, 6, 26]], "circa": True}),
        ("date={2014-12-31/}", {"date-parts": [[2014, 12, 31]]}),
        ("date={2017-24}", {"date-parts": [[2017]], "season": 4}),
        ("date={-0333}", {"date-parts": [[-334]]}),
    ],
)
def test_dates(fields: str, date: object) -> None:
    assert entry("@misc{x, " + fields + "}").item["issued"] == date


@pytest.mark.parametrize(
    "text",
    [
        "@misc{x, title={" + "{" * 5000 + "}" * 5000 + "}}",
        "@misc{x, title={" + "\\emph{" * 3000 + "}" * 3000 + "}}",
        "@misc{" * 20_000,
        "@string{a0={aaaaaaaaaa}}\n" + "".join(f"@string{{a{n + 1}=a{n} # a{n}}}\n" for n in range(60)) + "@misc{x, title=a60}",
        "".join(f"@misc{{k{n}, crossref={{k{n + 1}}}}}\n" for n in range(3000)),
        "@misc{x, author={" + " and ".join(["A B"] * 20_000) + "}}",
        "@misc{x, title={" + "$\\frac{1}" * 50_000 + "}}",
        "@misc{x, author={" + "{" * 3000 + "}}",
        "@" * 100_000,
        "@misc{x, url={" + "\\" * 100_000 + "}}",
        '@misc{x, title="' * 10_000,
        "\0@misc{x,\0=\0}",
    ],
)  # fmt: skip
def test_a_hostile_file_costs_a_moment(text: str) -> None:
    began = time.process_time()
    found = read(text)
    assert time.process_time() - began < 10
    assert found.entries or found.troubles or "@misc" not in text


@pytest.mark.parametrize(
    "entry",
    [
        "@misc{a,\n  url = {https://e.org/1} % seen in May\n}",
        '@misc{a,\n  url = "https://e.org/" # "1" % seen in May\n}',
        "@misc{a,\n  url = {https://e.org/} % the site\n   # {1}\n}",
    ],
)
def test_a_comment_behind_a_value_is_no_part_of_it(entry: str) -> None:
    assert [found.url for found in parse_bibliography("x.bib", entry.encode()).entries] == ["https://e.org/1"]


def test_a_percent_sign_in_a_value_is_one() -> None:
    (entry,) = parse_bibliography("x.bib", b'@misc{a, url = "https://e.org/a%20b", title = {5 \\% of {10 %}}}').entries
    assert (entry.url, entry.item["title"]) == ("https://e.org/a%20b", "5 % of 10 %")


def test_macros_and_inheritance_have_bounds_for_the_whole_file() -> None:
    started = time.process_time()
    macro = '@string{m = "' + "x" * 1_000_000 + '"}\n'
    found = parse_bibliography("x.bib", (macro + "".join(f"@misc{{k{n}, isbn = m}}\n" for n in range(1000))).encode())
    assert [trouble.why for trouble in found.troubles] == [
        "The macros of this file are too long when they are put in; from here on they stay as names."
    ]
    assert (len(found.works), found.works[-1].entry.item["ISBN"]) == (1000, "m")
    parent = "@xdata{x, " + "".join(f"f{number} = {{1}}," for number in range(2000)) + "}\n"
    found = parse_bibliography(
        "x.bib", (parent + "".join(f"@misc{{k{n}, xdata = {{x}}}}\n" for n in range(2000))).encode()
    )
    assert [trouble.why for trouble in found.troubles] == [
        "The entries of this file inherit too many fields; from here on none are."
    ]
    assert len(found.works) == 2000
    assert time.process_time() - started < 20


@pytest.mark.parametrize("parent_first", [True, False])
def test_a_part_without_an_address_is_read_where_its_whole_is(parent_first: bool) -> None:
    whole, part = "@book{whole, url = {https://example.org/book}}\n", "@misc{part, crossref = {whole}}\n"
    found = read(whole + part if parent_first else part + whole).entries
    assert {item.key: item.url for item in found} == dict.fromkeys(("whole", "part"), "https://example.org/book")
    found = read(whole + "@misc{part, crossref = {whole}, doi = {10.5555/1}}\n").entries
    assert next(item.url for item in found if item.key == "part") == "https://doi.org/10.5555/1"


def test_what_many_inherit_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eighty entries with four fields of LaTeX from one took nine seconds."""
    read, seen = latex._reader(), list[str]()
    monkeypatch.setattr(latex, "_reader", lambda: lambda words: seen.append(words) or read(words))
    text = r"@xdata{x, title = {\'a}, note = {\'e}, date = {2001}, author = {{\'O} and {\'I}, B.}}" + "\n"
    found = parse_bibliography("x.bib", (text + "".join(f"@misc{{m{n}, xdata = {{x}}}}\n" for n in range(50))).encode())
    assert sorted(seen) == [r"\'a", r"\'e", r"{\'I}", r"{\'O}"]
    assert {entry.item["title"] for entry in found.entries} == {"á"}
    assert [entry.item["author"] for entry in found.entries] == [
        [{"literal": "Ó"}, {"family": "Í", "given": "B."}]
    ] * 50


def test_the_latex_that_macros_make_of_a_file_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "@string{s = {" + r"\'a" * 400 + "}}\n" + "".join(f"@misc{{m{n}, title = s # {{{n}}}}}\n" for n in range(9))
    assert parse_bibliography("x.bib", text.encode()).troubles == ()
    monkeypatch.setattr(bib, "_MORE_LATEX", 0)
    found = parse_bibliography("x.bib", text.encode())
    assert [entry.item["title"] for entry in found.entries] == [
        "á" * 400 + "0",
        *("'a" * 400 + f"{n}" for n in range(1, 9)),
    ]
    assert [(trouble.line, "too long" in trouble.why) for trouble in found.troubles] == [(3, True)]


def test_what_is_inherited_has_a_bound_in_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bib, "_LONGEST_INHERITED", 250)
    text = f"@xdata{{x, title = {{{'t' * 100}}}}}\n" + "".join(f"@misc{{m{n}, xdata = {{x}}}}\n" for n in range(4))
    found = parse_bibliography("x.bib", text.encode())
    assert [len(str(entry.item.get("title", ""))) for entry in found.entries] == [100, 100, 0, 0]
    assert [(trouble.line, "too many" in trouble.why) for trouble in found.troubles] == [(4, True)]


def test_a_run_of_blanks_in_an_address_takes_no_time() -> None:
    def read(text: str) -> None:
        parse_bibliography("x.bib", text.encode())

    assert_linear(read, lambda n: "@misc{a, url={http://x.org/" + " " * n + ">}}", 400_000, seconds=5)


@pytest.mark.parametrize(
    ("url", "read"),
    [
        (" http://x.org/a", "http://x.org/a"), ("http://x.org/a\n  b", "http://x.org/ab"), ("http://x.org/a ,  http://x.org/b", "http://x.org/a"),
        ("http://x.org/?u=http://y.org", "http://x.org/?u=http://y.org"), ("http://x.org/a;HTTPS://x.org/b; c", "http://x.org/a"),
    ],
)  # fmt: skip
def test_of_several_addresses_the_first_counts(url: str, read: str) -> None:
    assert [entry.url for entry in parse_bibliography("x.bib", f"@misc{{a, url={{{url}}}}}".encode()).entries] == [read]


def test_an_entry_may_have_many_parents_that_stand_behind_it() -> None:
    def grown(n: int) -> str:
        names = [f"x{number}" for number in range(n)]
        return f"@misc{{m, xdata={{{','.join(names)}}}}}\n" + "".join(
            f"@xdata{{{name}, title={{b}}}}\n" for name in names
        )

    def read(text: str) -> None:
        (entry,) = parse_bibliography("x.bib", text.encode()).entries
        assert entry.item["title"] == "b"

    assert_linear(read, grown, 40_000, seconds=20)
