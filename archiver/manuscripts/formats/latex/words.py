"""What the commands and environments of LaTeX mean for a reader of the text. A command that stands nowhere here is taken for one that
prints its arguments."""

from __future__ import annotations

VERBATIM = frozenset({"verbatim", "verbatim*", "Verbatim", "BVerbatim", "LVerbatim", "alltt", "lstlisting", "minted"})
MATHEMATICS = frozenset(
    name + star
    for name in (
        "equation",
        "align",
        "gather",
        "multline",
        "flalign",
        "alignat",
        "eqnarray",
        "math",
        "displaymath",
        "dmath",
    )
    for star in ("", "*")
)
GONE = frozenset({"comment", "filecontents", "filecontents*", "tikzpicture", "pgfpicture", "picture", "forest"})
QUOTES = frozenset({"quote", "quotation", "quoting", "displayquote", "displaycquote", "foreigndisplayquote", "foreigndisplaycquote",
                    "hyphendisplayquote", "hyphendisplaycquote", "verse", "blockquote"})  # fmt: skip
TABLES = {
    "tabular": "om",
    "tabular*": "mom",
    "tabularx": "mom",
    "longtable": "om",
    "tabulary": "mom",
    "array": "om",
    "xltabular": "omm",
}
LISTS = frozenset({"itemize", "enumerate", "description", "compactitem", "compactenum", "inparaenum"})
ENVIRONMENT_ARGUMENTS = {
    "minipage": "oooMm", "figure": "o", "figure*": "o", "table": "o", "table*": "o", "multicols": "mo", "wrapfigure": "omom", "adjustwidth": "mm",
    "thebibliography": "m", "tabbing": "", "itemize": "o", "enumerate": "o", "description": "o", "otherlanguage": "m", "otherlanguage*": "om",
    "adjustbox": "m", "spacing": "m", "frame": "oo", "columns": "o", "column": "m", "subfigure": "om", "quoting": "o", "cslreferences": "mm",
    "CSLReferences": "mm",
}  # fmt: skip
"""``o`` an argument in brackets if there is one, ``m`` one in braces, ``M`` that too: none of them is text."""

HEADINGS = frozenset({"part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph", "title", "addchap",
                      "addsec", "minisec",                      "frametitle"})  # fmt: skip
NOTES = frozenset({"footnote", "endnote", "thanks", "tablefootnote", "sidenote", "footnotetext", "endnotetext"})
CAPTIONS = frozenset({"caption", "captionof", "subcaption"})

CITED_QUOTES = {
    "enquote": "", "say": "", "frquote": "", "textquote": "ooT", "blockquote": "ooT", "foreignquote": "l", "hyphenquote": "l",
    "foreigntextquote": "looT",
    "hyphentextquote": "looT", "foreignblockquote": "looT", "hyphenblockquote": "looT", "hybridblockquote": "looT", "textcquote": "cT",
    "blockcquote": "cT", "foreigntextcquote": "lcT", "hyphentextcquote": "lcT", "foreignblockcquote": "lcT", "hyphenblockcquote": "lcT",
    "hybridblockcquote": "lcT",
}  # fmt: skip
"""The commands of csquotes, and what other packages call them: ``l`` a language, ``oo`` [citation][punctuation],
``c`` [before][after]{key}[punctuation]."""

ARGUMENTS = {
    "label": "m", "ref": "m", "pageref": "m", "eqref": "m", "autoref": "m", "cref": "m", "Cref": "m", "vref": "m", "nameref": "m", "hyperref": "o",
    "vspace": "m", "hspace": "m", "usepackage": "omo", "RequirePackage": "omo", "documentclass": "omo", "includegraphics": "oom",
    "renewcommand": "Moom", "newcommand": "Moom", "providecommand": "Moom", "DeclareRobustCommand": "Moom", "newenvironment": "moomm",
    "renewenvironment": "moomm", "newtheorem": "momo", "setlength": "Mm", "addtolength": "Mm", "setcounter": "mm", "addtocounter": "mm",
    "stepcounter": "m", "refstepcounter": "m", "pagestyle": "m", "thispagestyle": "m", "pagenumbering": "m", "bibliographystyle": "m", "index": "om",
    "hypersetup": "m", "graphicspath": "m", "definecolor": "mmm", "color": "om", "textcolor": "om", "colorbox": "om", "fontsize": "mm", "rule": "omm",
    "multicolumn": "mm", "multirow": "omom", "resizebox": "mm", "scalebox": "mo", "raisebox": "moo", "parbox": "ooom", "makebox": "oo",
    "framebox": "oo", "selectlanguage": "m", "foreignlanguage": "om", "hyphenation": "m", "pdfbookmark": "omm", "addcontentsline": "mmm",
    "markboth": "mm", "markright": "m", "todo": "om", "marginpar": "om", "nocite": "m", "cline": "m", "cmidrule": "om", "setstretch": "m",
    "phantom": "m", "hphantom": "m", "vphantom": "m", "lstset": "m", "geometry": "m", "setmainfont": "omo", "setsansfont": "omo", "newpage": "",
    "setdefaultlanguage": "om", "setmainlanguage": "om", "setotherlanguage": "om", "setotherlanguages": "om", "DeclareMathOperator": "Mm",
    "newcounter": "mo", "newlength": "M", "sisetup": "m", "captionsetup": "om", "vskip": "", "tableofcontents": "", "printbibliography": "o",
    "makeatletter": "", "makeatother": "", "item": "o", "bibinfo": "m", "bibfield": "m", "BibitemOpen": "", "BibitemShut": "m", "bibnamedelima": "",
    "hspace*": "m", "cites": "", "linebreak": "o", "pagebreak": "o", "nolinebreak": "o", "nopagebreak": "o", "setcitestyle": "m",
    "footnotesize": "", "ExecuteBibliographyOptions": "om", "DeclareQuoteAlias": "mm", "MakeOuterQuote": "m", "MakeAutoQuote": "mm",
    "SetBlockThreshold": "m", "tikzset": "m", "citestyle": "m", "defcitealias": "mm", "includeonly": "m", "subject": "m", "deleted": "om",
    "sout": "m", "xout": "m", "st": "m", "let": "MM", "newif": "M", "allowbreak": "",
}  # fmt: skip
"""The arguments of a command that are no text; what follows them is."""

ASIDE_FILES = {
    "input": "m",
    "include": "m",
    "subfile": "m",
    "InputIfFileExists": "m",
    "import": "mm",
    "subimport": "mm",
}
BIBLIOGRAPHIES = frozenset({"bibliography", "addbibresource", "addglobalbib", "addsectionbib", "bibdata"})
NOT_CITING = frozenset(
    {"nocite", "citestyle", "setcitestyle", "defcitealias", "citereset", "citesetup", "citealias", "mancite", "citenum"}
)

LANGUAGES = {
    "english": "en", "american": "en-US", "USenglish": "en-US", "british": "en-GB", "UKenglish": "en-GB", "german": "de", "ngerman": "de",
    "austrian": "de-AT", "naustrian": "de-AT", "nswissgerman": "de-CH", "french": "fr", "francais": "fr", "spanish": "es", "italian": "it",
    "portuguese": "pt", "brazilian": "pt-BR", "brazil": "pt-BR", "dutch": "nl", "polish": "pl", "russian": "ru", "czech": "cs", "danish": "da",
    "swedish": "sv", "norsk": "nb", "nynorsk": "nn", "finnish": "fi", "hungarian": "hu", "greek": "el", "turkish": "tr", "ukrainian": "uk",
    "romanian": "ro", "catalan": "ca", "japanese": "ja", "chinese": "zh", "korean": "ko", "arabic": "ar", "hebrew": "he",
}  # fmt: skip
"""The names of babel and polyglossia, as BCP 47."""

SHORTHANDS = frozenset({"de", "de-AT", "de-CH", "nl"})
"""Languages in which babel gives ``"`` a meaning: ``"`` `` ` `` opens a quotation, ``"a`` is ä."""
