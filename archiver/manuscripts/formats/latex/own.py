"""The commands that a LaTeX file gives itself: the words that they stand for, or that what they print is not known here.

Only words are taken from them. One whose body does more than to show its arguments is `odd`: where it stands, something is printed
that the reader does not have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from archiver.manuscripts.formats.latex.arguments import Arguments
from archiver.manuscripts.formats.latex.cites import is_citing
from archiver.manuscripts.formats.latex.preamble import read_preamble
from archiver.manuscripts.formats.latex.scan import scan
from archiver.manuscripts.formats.latex.words import ARGUMENTS, NOTES

DEFINING = frozenset({"newcommand", "renewcommand", "providecommand", "DeclareRobustCommand", "def"})

_SILENT = (
    "noindent indent centering raggedright raggedleft small footnotesize scriptsize tiny normalsize large Large LARGE huge Huge bfseries itshape "
    "slshape scshape upshape mdseries rmfamily sffamily ttfamily normalfont em it bf sl sc rm sf tt up upright xspace protect relax sloppy fussy "
    "newpage clearpage cleardoublepage pagebreak nolinebreak nopagebreak break nobreak hfill vfill hfil vfil hss vss kern null strut leavevmode "
    "ignorespaces unskip doublespacing singlespacing onehalfspacing maketitle listoffigures listoftables appendix frontmatter mainmatter "
    "backmatter displaystyle textstyle hline toprule midrule bottomrule endhead endfirsthead endfoot endlastfoot selectfont boldmath flushbottom "
    "raggedbottom twocolumn onecolumn begingroup endgroup bgroup egroup expandafter long global iftrue fi else active phantomsection FloatBarrier "
    "nopunct dotfill hrulefill par bigbreak medbreak smallbreak goodbreak filbreak penalty hbox mbox vbox textls frenchspacing nonfrenchspacing "
    "itemsep parskip setlist sloppypar lefteqn limits nolimits left right bigl bigr nonumber notag balance newblock BibitemShut bibrangedash "
    "autocap isdot adddot printindex printglossary printbibheading shorthandoff shorthandon quotefont justifying justify RaggedRight Centering "
    "centerline leftline rightline"
)
SILENT = frozenset(_SILENT.split())
"""Commands without arguments of which a reader of the page sees no word."""

_MOST = 1_000
_LONGEST = 2_000
_LONGEST_WORDS = 200  # commands that stand for others grow twofold with each, and may be used a million times
_BEGINS = re.compile(r"%[^\n]*|\\(?P<name>newcommand|renewcommand|providecommand|DeclareRobustCommand|def)\b\*?")
_NAME = re.compile(r"\s*\{?\s*\\([a-zA-Z@]+)\s*\}?\s*")
_COLOURED = re.compile(r"\\(?:textcolor|color|colorbox)\s*(?:\[[^\]]*\])?\s*\{[^{}]*\}")
_COMMANDS = re.compile(r"\\([a-zA-Z@]+)\*?")
_XSPACE = re.compile(r"\\xspace\s*\Z")


@dataclass(frozen=True, slots=True)
class Definition:
    """A command with ``count`` arguments that stands for ``body``; the text goes on at ``after``."""

    name: str
    count: int
    body: str
    after: int


@dataclass(frozen=True, slots=True)
class Words:
    """What a command prints whatever its arguments, of which there are ``count``; ``blank``: a blank behind it is printed."""

    count: int
    text: str
    blank: bool = False


Shown = Callable[[str], tuple[str, bool]]
"""Reads a body as text: its words, and whether all of it could be read."""


@dataclass(slots=True)
class Own:
    """What is known of them at a place of the file; a later definition stands for an earlier one. ``places`` are the notes in which the file
    put a label, by its name."""

    words: dict[str, Words] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)
    odd: set[str] = field(default_factory=set)
    places: dict[str, str] = field(default_factory=dict)

    def define(self, definition: Definition, shown: Shown) -> None:
        """Takes in a definition."""
        name, body = definition.name, definition.body
        self.words.pop(name, None)
        self.same.pop(name, None)
        self.odd.discard(name)
        wrapped = read_preamble(f"\\newcommand{{\\{name}}}[{definition.count}]{{{body}}}").same.get(name)
        if len(self.words) + len(self.same) + len(self.odd) >= _MOST or len(body) > _LONGEST:
            self.odd.add(name)
        elif wrapped is not None:
            self.same[name] = wrapped
        elif "#" not in body.replace("\\#", ""):
            text, whole = shown(body)
            if whole and len(text) <= _LONGEST_WORDS:
                self.words[name] = Words(definition.count, text, _XSPACE.search(body) is not None)
            else:
                self.odd.add(name)
        elif not self._prints_arguments(definition):
            self.odd.add(name)

    def _prints_arguments(self, definition: Definition) -> bool:
        body = _COLOURED.sub("", definition.body)
        if re.findall(r"#(\d)", body) != [str(number) for number in range(1, definition.count + 1)]:
            return False
        commands = _COMMANDS.findall(body)
        if any(
            one in ARGUMENTS or one in NOTES or one in self.odd or one in self.words or is_citing(one)
            for one in commands
        ):
            return False
        left = _COMMANDS.sub("", re.sub(r"#\d", "", body))
        return not re.sub(r"[\s{}~]", "", left)


def definition_at(source: str, arguments: Arguments, at: int) -> Definition | None:
    """The definition whose command ends at ``at``; None where it is none that is read."""
    named = _NAME.match(source, at)
    if named is None:
        return None
    position, count = named.end(), 0
    parameters = re.compile(r"(?:#\d)+").match(source, position)
    if parameters:
        position, count = parameters.end(), len(parameters[0]) // 2
    number = arguments.optional(position)
    if number:
        written = arguments.words(number).strip()
        count = int(written) if written.isdigit() and len(written) == 1 else 0
        default = arguments.optional(number.after)
        position = default.after if default else number.after
    body = arguments.group(position)
    if body is None:
        return None
    return Definition(named[1], count, arguments.words(body), body.after)


def definitions(source: str, end: int) -> Iterator[Definition]:
    """Those that stand before the text, which begins at ``end``."""
    if not end:
        return
    arguments = Arguments(source, scan(source, 0, end))
    at = 0
    while found := _BEGINS.search(source, at, end):
        at = found.end()
        definition = definition_at(source, arguments, at) if found["name"] else None
        if definition is not None:
            at = max(at, definition.after)
            yield definition
