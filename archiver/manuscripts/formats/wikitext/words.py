"""What templates of wikis are called, and what they put in the text."""

from __future__ import annotations

import re

_CITING = re.compile(
    r"(?:cite|citation|vcite|citar|cita|literatur|internetquelle|ouvrage|article|lien web|chapitre|citeer|cytuj|webbref|bokref"
    r"|tidskriftsref|tidningsref|kilde www|книга|статья|cite web|пубикация|публикация)(?: .*)?",
    re.IGNORECASE,
)
_NOT_CITING = frozenset(
    {
        "citation needed", "cite check", "citation style", "citation needed span", "citations missing", "citations broken", "cite quote",
        "citation bloc",
        "citeref", "article issues", "cite section", "citation cleanup", "citar requerida", "cita requerida", "cite sources", "cita",
    }
)  # fmt: skip
QUOTES = frozenset(
    {
        "blockquote", "block quote", "bquote", "quote", "cquote", "quotation", "quote box", "quotebox", "quote frame", "rquote",
        "pull quote", "pquote",
        "centered pull quote", "poemquote", "poem quote", "quote paragraph", "long quote", "zitat", "citation bloc", "cita", "citazione",
        "citaat",
        "cytat", "citat", "цитата", "quote1", "quadrat", "citação", "引用", "인용문", "epigraph",
    }
)  # fmt: skip
SHORT = {
    "sfn": "note", "sfnp": "note", "sfnm": "note", "sfnmp": "note", "harvnb": "line", "harv": "line", "harvtxt": "line", "harvp": "line",
    "harvcol": "line",
    "harvcolnb": "line", "harvs": "line", "harvsp": "line", "harvcoltxt": "line",
}  # fmt: skip
NOTES = frozenset(
    {
        "efn",
        "refn",
        "#tag:ref",
        "notetag",
        "efn-ua",
        "efn-lr",
        "efn-la",
        "efn-ur",
        "efn-lg",
        "efn-ug",
        "ref label",
        "note",
        "footnote",
        "cnote",
    }
)
NAMED = frozenset({"r", "ref", "rf", "refname"})
"""Templates that put the signs of references whose names they are given."""

_SHOWING_FIRST = (
    "nobold", "nowrap", "nobr", "nobreak", "small", "smaller", "big", "larger", "large", "em", "strong", "smallcaps", "sc", "sc1", "mono",
    "center", "plainlist", "flatlist", "val", "num", "sic", "mvar", "var", "math", "pi", "block", "nbsp", "green", "red", "blue", "gray",
    "grey", "highlight", "legal", "keypress", "angbr", "sub", "sup", "su", "overline", "underline", "u", "collapse", "ordinal", "round",
    "inflation", "oeis", "isbnt", "doi", "spell", "lc", "uc", "ucfirst", "lcfirst", "unicode", "ipa", "ipac-en", "respell",
)  # fmt: skip

SHOWN = {
    "lang": (2,), "langx": (2,), "transl": (-1,), "transliteration": (-1,), "abbr": (1,), "tooltip": (1,), "ill": (1,),
    "interlanguage link": (1,),
    "convert": (1, 2), "cvt": (1, 2), "frac": (1, 2, 3), "sfrac": (1, 2, 3), "fraction": (1, 2, 3), "circa": (1,), "c.": (1,),
    "as of": (1, 2, 3), "isbn": (1,),
    "usd": (1,), "us$": (1,), "gbp": (1,), "inr": (1,), "color": (2,), "font color": (2,), "anchor": (), "visible anchor": (1,),
    "vanchor": (1,),
    "uss": (1,), "hms": (1,), "ship": (1, 2), "citeref": (1, 2), "sortname": (1, 2), "sort": (2,), "dts": (1, 2, 3),
    "start date": (1, 2, 3), "script": (2,),
    "date": (1, 2, 3), "birth date": (1, 2, 3), "formatprice": (1,), "format price": (1,), "formatnum": (1,), "decade link": (1,),
    "percentage": (1, 2),
    "linktext": (1,), "hlist": (1, 2, 3, 4, 5, 6, 7, 8, 9), "unbulleted list": (1, 2, 3, 4, 5, 6, 7, 8, 9),
    "ubl": (1, 2, 3, 4, 5, 6, 7, 8, 9),
    **dict.fromkeys(("not a typo", "notatypo", "proper name", "block indent", "italic title", "hidden text", "first word", "oeis link",
    "citation needed span", "cn span", "cnspan", "clarify span", "failed verification span", "disputed span", "dubious span", "text"),
    (1,)),
    **dict.fromkeys(_SHOWING_FIRST, (1,)),
}  # fmt: skip
"""Which of a template's unnamed arguments are text, counted from 1; -1 is the last one. A template that is not known shows nothing."""

BRACKETED = frozenset({"interp", "interpolation", "bracket", "brackets", "square bracket", "sqbrackets"})
"""Templates that put brackets around what the writer inserted."""

SIGNS = {
    "ndash": "–", "mdash": "—", "snd": " – ", "spnd": " – ", "spaced ndash": " – ", "spaced en dash": " – ", "nbnd": "–", "emdash": "—",
    "endash": "–",
    "em dash": "—", "en dash": "–", "spaced mdash": " — ", "nbsp": "\u00a0", "space": " ", "thinsp": "\u2009", "hairsp": "\u200a",
    "'": "’", "'s": "’s",
    "apostrophe": "’", "!": "|", "=": "=", "hyphen": "-", "nbh": "‑", "nbhyph": "‑", "·": " · ", "dot": " · ", "middot": " · ",
    "bull": " • ", "•": " • ",
    "quote mark": '"', "pi": "π", "e": "e", "pound": "£", "euro": "€", "deg": "°", "degree": "°", "prime": "′", "pprime": "″",
    "en space": " ", "sic": "[sic]",
    "\"'": "\"’", "'\"": "’\"", "' \"": "’ \"", "\" '": "\" ’", "times": "×", "minus": "−", "zwj": "", "shy": "", "wbr": "", "clear": "",
    "-": "", "...": "…", "ellipsis": "…", "omitted text": "[…]", "snip": "[…]",
}  # fmt: skip

LINKING = {
    "url": (1,), "official website": (1,), "official url": (1,), "webarchive": ("url",), "wayback": ("url",), "cbignore": (),
    "official": (1,),
}  # fmt: skip

FILES = re.compile(
    r"\s*(?:file|image|datei|bild|fichier|archivo|imagen|immagine|bestand|plik|ficheiro|imagem|файл|изображение|ファイル|画像|檔案|文件)\s*:",
    re.IGNORECASE,
)
CATEGORIES = re.compile(
    r"\s*(?:category|kategorie|catégorie|categoría|categoria|categorie|kategoria|категория|カテゴリ|分类|分類|[a-z]{2,3}(?:-[a-z]+)?)\s*:(?!//)",
    re.IGNORECASE,
)

TEXT = ("text", "quote", "content", "zitat", "texte", "testo", "tekst", "texto", "текст")
AUTHOR = ("author", "sign", "by", "character", "autor", "auteur", "autore", "автор", "salign")
ORIGIN = ("source", "title", "cite", "quelle", "ref", "fonte", "fuente", "источник", "work")
QUOTED = (
    "quote",
    "quotation",
    "zitat",
    "cytat",
    "citaat",
    "citat",
    "cita",
    "citazione",
    "цитата",
    "extrait",
    "passage",
)
ADDRESSES = (
    "url", "chapter-url", "chapterurl", "contribution-url", "section-url", "article-url", "entry-url", "map-url", "transcript-url",
    "transcripturl",
    "conference-url", "event-url", "online", "lire en ligne", "url texte", "link", "enlace", "ссылка", "部分url",
)  # fmt: skip
IDENTIFIERS = {
    "doi": "https://doi.org/", "jstor": "https://www.jstor.org/stable/", "pmc": "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/", "arxiv": "https://arxiv.org/abs/", "hdl": "https://hdl.handle.net/",
    "ssrn": "https://ssrn.com/abstract=", "bibcode": "https://ui.adsabs.harvard.edu/abs/",
}  # fmt: skip
ARCHIVED = ("archive-url", "archiveurl", "archiv-url", "archive url", "urlarchiv", "archivo-url", "urlarchivo")
PAGES = (
    "page",
    "pages",
    "p",
    "pp",
    "at",
    "seite",
    "seiten",
    "página",
    "páginas",
    "pagina",
    "pagine",
    "passage",
    "страница",
    "страницы",
    "loc",
    "s",
)


def is_citing(name: str) -> bool:
    """Whether a template, by its name in lower case, is one that describes a work."""
    return name not in _NOT_CITING and _CITING.fullmatch(name) is not None
