"""Signs that LaTeX writes as commands or as several characters: accents, letters, quotation marks, dashes."""

from __future__ import annotations

import unicodedata

ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307", "u": "\u0306", "v": "\u030c",
    "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "k": "\u0328", "r": "\u030a", "t": "\u0361",
}  # fmt: skip

SIGNS = {
    "ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å", "i": "ı",
    "j": "ȷ", "dh": "ð", "DH": "Ð", "dj": "đ", "DJ": "Đ", "th": "þ", "TH": "Þ", "ng": "ŋ", "NG": "Ŋ", "dots": "…", "ldots": "…",
    "textellipsis": "…", "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "textquotedbl": '"', "quotedblbase": "„", "quotesinglbase": "‚", "glqq": "„", "grqq": "“", "glq": "‚", "grq": "‘",
    "flqq": "«", "frqq": "»", "flq": "‹", "frq": "›", "guillemotleft": "«", "guillemotright": "»", "guilsinglleft": "‹", "guilsinglright": "›",
    "guillemetleft": "«", "guillemetright": "»", "og": "« ", "fg": " »", "lq": "‘", "rq": "’", "lqq": "“", "rqq": "”", "textbackslash": "\\",
    "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_", "textbar": "|", "textless": "<", "textgreater": ">", "textbraceleft": "{",
    "textbraceright": "}", "textdollar": "$", "textdegree": "°", "degree": "°", "textregistered": "®", "texttrademark": "™", "copyright": "©",
    "textcopyright": "©", "pounds": "£", "textsterling": "£", "euro": "€", "texteuro": "€", "EUR": "€", "S": "§", "P": "¶", "dag": "†", "ddag": "‡",
    "textbullet": "•", "textperiodcentered": "·", "slash": "/", "LaTeX": "LaTeX", "TeX": "TeX", "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX",
    "textonehalf": "½", "textonequarter": "¼", "texttimes": "×", "textpm": "±", "textmu": "µ", "textminus": "−", "nobreakspace": "\u00a0",
    "quad": " ",    "qquad": " ", "enspace": " ", "thinspace": "\u202f", "textvisiblespace": "␣", "textquotesingle": "'", "textexclamdown": "¡",
    "textquestiondown": "¿", "textordmasculine": "º", "textordfeminine": "ª", "yen": "¥", "textyen": "¥", "textcent": "¢", "textnumero": "№",
    "textsection": "§", "textparagraph": "¶", "textellipsis*": "…", "space": " ", "slash*": "/", "hyp": "-",
}  # fmt: skip

SYMBOLS = {
    "%": "%", "$": "$", "&": "&", "#": "#", "_": "_", "{": "{", "}": "}", " ": " ", "\n": " ", "\t": " ", ",": "\u202f", ":": " ", ";": " ", "/": "",
    "-": "", "!": "", "@": "", "+": "", "<": "", ">": "", "|": "",
}  # fmt: skip

LIGATURES = {
    "---": "—", "--": "–", "``": "“", "''": "”", "`": "‘", "'": "’", ",,": "„", "<<": "«", ">>": "»", "?`": "¿", "!`": "¡", "~": "\u00a0",
}  # fmt: skip

SHORTHANDS = {
    '"`': "„", "\"'": "“", '"<': "«", '">': "»", '"a': "ä", '"o': "ö", '"u': "ü", '"A': "Ä", '"O': "Ö", '"U': "Ü", '"s': "ß", '"=': "-", '"~': "‑",
    '"-': "", '""': "", '"|': "", '"e': "ë", '"i': "ï", '"z': "ß",
}  # fmt: skip
"""What ``"`` and the next character are in texts for babel's German."""


def accented(accent: str, letter: str) -> str:
    """The letter with LaTeX's accent on it: ``accented("'", "e")`` is ``é``. Without a letter, nothing."""
    plain = {"\\i": "i", "\\j": "j", "ı": "i", "ȷ": "j"}.get(letter, letter)
    if not plain or len(plain) > 2 or not plain[0].isalpha():
        return plain
    return unicodedata.normalize("NFC", plain[0] + ACCENTS[accent] + plain[1:])
