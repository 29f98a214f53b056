"""What stands about a credit in several languages: patterns, each linear in the length of what it is put to.

Every repetition is bounded or over characters that what follows cannot begin with.
"""

from __future__ import annotations

import re

from archiver.credits.credit import Role

LOOK_AHEAD = 70
LOOK_BACK = 50
"""Characters beyond a word that cites, among which an agency's name is looked for."""


def words(match: re.Match[str]) -> str:
    """The words that a pattern is about: its first group of that name that matched."""
    return next((value for name, value in match.groupdict().items() if name.startswith("words") and value), "")


_PLACE = r"[^()\[\]（）【】\n.!?。]{0,60}?"
_DASH = r"[-–—‒―−:=]"
_OPEN, _CLOSE = r"[(（\[［]", r"[)）\]］]"

DATELINES = tuple(
    re.compile(pattern)
    for pattern in (
        # (서울=연합뉴스) 홍길동 기자 =
        rf"{_OPEN}(?P<place>[^()\[\]=\n]{{1,30}})=(?P<agency>[^()\[\]=\n]{{2,20}}){_CLOSE}\s*(?:(?P<reporters>[가-힣·,\s]{{2,40}}?)\s*(?:선임\s?)?(?:기자|특파원)\s*=)?",
        # 【北京共同】 【ソウル時事】
        r"【(?P<place>[^】]{0,12}?)(?P<agency>共同|時事|新华社|新華社|AFP=時事|ロイター|AP|CNN)[^】]{0,20}】",
        # 新华社北京3月3日电（记者张三、李四）
        r"(?:[(（【]?)(?P<agency>新华社|新華社|中新社|中新网|中央社|法新社|路透社|人民网)(?P<place>[^，。,（(]{0,25}?)[电電訊讯][)）】]?\s*(?:[(（](?:[^()（）]{0,12})(?:记者|記者)\s*(?P<reporters>[^()（）]{2,40})[)）])?",
        # （中央社記者王小明台北3日電）
        r"[(（](?P<agency>中央社|新華社|法新社|路透社|美聯社)(?P<place>[^()（）]{0,30}?)[電电][)）]",
        # SEOUL (Reuters) –    Berlin (dpa/lno) -    PARIS, 3 mars (AFP) -    Madrid, 3 mar (EFE).-
        rf"(?P<place>[^\W\d_a-zа-я]{_PLACE[:-1]}){_OPEN}(?P<agency>[^()\[\]（）\n]{{2,40}}){_CLOSE}\s*(?:\.?\s*{_DASH}|\.\s?[-–—])",
        # BRASÍLIA (Reuters) text, where the place is in capitals
        rf"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ .,'’-]{{2,40}}){_OPEN}(?P<agency>[^()\[\]（）\n]{{2,40}}){_CLOSE}\s",
        # (ANSA) - ROMA, 03 MAR -   (Reuters) -   (AP) —
        rf"{_OPEN}(?P<agency>[^()\[\]（）\n]{{2,40}}){_CLOSE}\s*{_DASH}",
        # HAYWARD, Calif. (AP) —    WASHINGTON, D.C., March 3 (Reuters) -
        rf"(?P<place>[A-ZÀ-Þ]{{2}}[^()\n]{{0,60}}?){_OPEN}(?P<agency>[^()\[\]（）\n]{{2,40}}){_CLOSE}\s*{_DASH}",
        # МОСКВА, 3 марта. /ТАСС/.
        r"(?P<place>[A-ZА-ЯЁІЇЄ]{3}[^/©\n]{0,50}?)\s*/(?P<agency>[^/\n]{2,30})/\s*\.?",
        # МОСКВА, 3 мар — РИА Новости.   NEW YORK, 3 March - Reuters -
        r"(?P<place>[^\W\d_a-zа-я][^.!?\n]{0,50}?)\s*[-–—|]\s(?P<agency>[^-–—.!?,\n]{2,30}?)\s*(?:[-–—]\s|\.\s|\.-)",
        r"(?P<place>[^\W\d_a-zа-я][^.!?\n]{0,50}?),\s(?P<agency>[^-–—.!?,\n]{2,30}?)\s*(?:[-–—]\s|\.\s|\.-)",
        # AFP - text   dpa – text    ANSA -
        r"(?P<agency>[^\s()\[\]\n,.;:!?][^()\[\]\n,.;:!?]{1,30}?)\s*(?:[-–—]\s|\s?/\s|\.-)",
        # دبي (رويترز) -
        rf"(?P<place>[\u0600-\u06ff\s،0-9]{{1,50}}?){_OPEN}(?P<agency>[\u0600-\u06ff\s.]{{2,30}}){_CLOSE}",
    )
)

TAIL = re.compile(
    r"(?:[(（【](?P<words_a>[^()（）【】]{2,80})[)）】]|\[(?P<words_d>[^\[\]\x00-\x7f]{2,20})\]|[-–—/|]\s?(?P<words_b>[^-–—/|.!?。()©]{2,40}(?:/[^-–—/|.!?。()\s]{2,20}){0,3})"
    r"|[.!?\"”’»]\s(?P<words_c>[A-ZÀ-ÞЀ-Я]{2,6}))\s*[.*]?\s*\Z"
)
"""What a paragraph ends with: in brackets, or behind a dash or a slash."""

SLASH = re.compile(r"/\s?(?P<words>[^\W\d_][^/\n.!?:]{1,40})\Z")
"""A line with nothing but a slash and some words, as agencies of Korea and Germany sign; whoever it is."""

STAFF_ROLES = {"reporting": Role.AUTHOR, "editing": Role.EDITOR, "translating": Role.TRANSLATOR}

STAFF = re.compile(
    r"(?:(?P<reporting>\b(?:(?:additional\s+)?(?:reporting|writing|reported|written)(?:\s+and\s+(?:writing|reporting))?\s+by|reportage\s+de|rédigé\s+par|reportería\s+de|reporte\s+de|escrito\s+por|reportagem\s+de"
    r"|bericht(?:et)?\s+von|geschrieben\s+von)\b:?|(?:记者|記者)[：:]\s?|취재\s?=)"
    r"|(?P<editing>\b(?:edit(?:ing|ed)\s+by|editado\s+por|edición\s+de|edição\s+de|édité\s+par|redigiert\s+von|redigering:|redaktion:|editor\s?:)\b:?|(?:责任编辑|責任編輯|责编|責編|編集)[：:]\s?)"
    r"|(?P<translating>\b(?:translat(?:ion|ed)\s+by|version\s+française\s+(?:de|par)?|traducido\s+por|traducción\s+de|traduzido\s+por|tradução\s+de|traduit\s+par|übersetzt\s+von|aus\s+dem\s+englischen\s+(?:übersetzt\s+)?von|übersetzung:|traduzione\s+di)\b:?"
    r"|(?:编译|編譯|翻訳|翻译)[：:]\s?))",
    re.IGNORECASE,
)

_SOURCES = (
    "sources?|sources additionnelles|via source|quellen?|fuentes?|fontes?|fonti|källa|kilder?|bron|źródło|zdroj|forrás|lähde|kaynak|sumber|nguồn"
    "|источники?|джерело|来源|來源|文章来源|资料来源|資料來源|出典|引用元|출처|자료|المصدر|مصدر"
)
SOURCE_LINE = re.compile(
    rf"[(（\[]?(?:(?:additional|other|weitere|otras|outras|altre|autres)\s+)?(?:{_SOURCES})"
    r"\s*[:：•]\s*(?P<words>[^\n]{2,100}?)[)）\]]?\s*\Z|(?:[^\n]{0,60}?)(?:来源|來源)[:：]\s?(?P<words_>[^\s|]{2,30})",
    re.IGNORECASE,
)

_WORDS = r"[^.!?\n()（）。]{2,140}"
THANKS = re.compile(
    rf"(?P<explicit>\b(?:with|including|using|contains|based\s+on|from)\s+(?:\w+\s)?(?:information|reporting|material|files|input|inputs|content|reports?)\s+(?:from|by|of|including)\s+(?P<words_a>{_WORDS}))"
    rf"|(?P<more>\badditional\s+reporting\s+(?:from|by)\s+(?P<words_k>{_WORDS}))"
    rf"|(?P<inputs>\bwith\s+(?P<words_b>[^.!?\n()]{{2,40}}?)\s+(?:inputs?|reports?|material))"
    rf"|(?P<de>\bmit\s+(?:material|informationen|agenturmaterial|inhalten|beiträgen|daten)\s+(?:von|der|des|durch|aus)?\s*(?P<words_c>{_WORDS}))"
    rf"|(?P<es>\bcon\s+(?:información|informaciones|datos|material|reportes?|aportes?)\s+(?:de|del)\s+(?P<words_d>{_WORDS}))"
    rf"|(?P<pt>\bcom\s+(?:informaç(?:ões|ão)|agências?|reportagem|dados)\s*(?:d[aeo]s?)?\s*(?P<words_e>{_WORDS}))"
    rf"|(?P<fr>\bavec\s+(?:(?:des\s+)?informations\s+d[e'’]\s*)?(?P<words_f>(?:l['’]\s?|les\s)?[A-Z][^.!?\n()]{{1,40}}))"
    rf"|(?P<it>\bcon\s+informazioni\s+(?:di|da|dell['’]?)?\s*(?P<words_g>{_WORDS}))"
    rf"|(?P<nl>\b(?:met\s+informatie\s+van|med\s+uppgifter\s+från|med\s+(?:materiale|informasjon)\s+fra)\s+(?P<words_h>{_WORDS}))"
    rf"|(?P<ru>(?:по\s+материалам|с\s+использованием\s+материалов|за\s+матеріалами)\s+(?P<words_i>{_WORDS}))"
    rf"|(?P<inline>[(（]\s?(?:with|mit|avec|con|com|med|met)\s+(?P<words_j>[^()（）\n]{{2,40}})[)）])",
    re.IGNORECASE,
)

CONTRIBUTED = re.compile(
    r"\s(?:also\s)?(?:contributed\s(?:to\sthis|reporting)|trug(?:en)?\szu\sdiesem|hat\szu\sdiesem|a(?:nt)?\scontribué\sà\sce|contribuyó\sa\seste|contribuiu\spara)",
    re.IGNORECASE,
)
"""What follows the names of those who helped."""

ORIGIN = re.compile(
    r"(?:\b(?:originally|first)\s+(?:published|appeared|posted)\s+(?:by|in|on|at)|\brepublished\s+(?:from|with\s+(?:the\s+)?permission\s+(?:of|from))|\b(?:article|story|report|piece)\s+(?:was|is|has\s+been)\s+"
    r"(?:published|produced|provided|written|distributed|supplied|republished)\s+(?:by|from|in)|\bsyndicated\s+(?:by|from)|\bread\s+the\s+original\s+(?:article|story)\s+(?:on|at|here)"
    r"|erschien\s+zuerst\s+(?:bei|in|auf|im)|zuerst\s+(?:bei|in|auf|im)|\bpublicad[oa]\s+originalmente\s+(?:en|por|em|no|na|pelo)|\bpublié\s+(?:initialement|à\s+l['’]origine)\s+(?:sur|dans|par|par\s+l['’])"
    r"|\b(?:wurde|wird|ist)\s[^.!?\n]{0,60}?\b(?:automatisch|unverändert)?\s*(?:von|der|aus\s+dem\s+angebot\s+der))\s*(?P<words>[^.!?\n]{2,80})",
    re.IGNORECASE,
)

PHOTO = re.compile(
    r"(?:[(（\[](?=[^()（）\[\]]{0,120}?(?:\bvia\b|photo|foto|image|bild|handout|getty|写真|사진|图))(?P<words_a>[^()（）\[\]]{2,120})[)）\]]"
    r"|(?:\b(?:photos?|photograph|photo\s+credit|image|image\s+credit|picture|foto|fotos|bild|crédits?(?:\s+photo)?|credits?|imagem?|imagen|kép|kuva|zdjęcie|фото|grafik)(?:\s+(?:by|de|von|:))?|写真|사진|图片来源|图|圖|图源)\s*[:=/：|©]\s*(?P<words_b>[^\n]{2,100})"
    r"|(?P<words_c>\b(?:AP|AFP|EPA|REUTERS|Reuters|Xinhua|KYODO|Kyodo|PA|EFE|ANSA|NTB|TT|Yonhap)\s?[/|]\s?(?:photo\b|(?-i:[A-Z])[^\n/]{2,40})|\b(?:AP|EFE|AAP|PTI|ANI)\s+(?:Photo|Image|Images|File)[^\n]{0,60}))\s*\Z",
    re.IGNORECASE,
)

COPYRIGHT = re.compile(
    r"(?:©|ⓒ|\(c\)\s?(?=\d{4})|\bcopyright\b)(?:\s?(?:©|ⓒ|\(c\)|copyright\b)){0,2}\s*(?:by\s+)?(?:\d{4}(?:\s?[-–]\s?\d{2,4})?)?\s*,?\s*(?:by\s+|©\s?)?(?P<words>(?:[^.|\n©]|\.(?=\w|\s?(?:KG|Co|Ltd|Inc|KGaA)\b)){2,80}?)"
    r"(?=\.(?!\w|\s?(?:KG|Co|Ltd|Inc|KGaA)\b)|[|\n©]|\s*(?:all\s+rights|alle\s+rechte|todos\s+(?:los|os)|tous\s+droits|tutti\s+i|無断|무단|\(\d|\d{4})|\Z)",
    re.IGNORECASE,
)

AUTHOR_BOX = re.compile(
    r"(?P<name>[^\W\d_][\w.'’-]{1,20}(?:\s[^\W\d_][\w.'’-]{0,20}){1,3})\s(?:is|ist|est|es|è|é)\s(?:a|an|the|ein|eine|der|die|une?|una?|uma?|la|le|el)?\s?[^.!?\n]{0,100}?\b"
    r"(?:journalist|reporter|writer|editor|author|correspondent|contributor|columnist|blogger|redakteur(?:in)?|korrespondent(?:in)?|autorin|autor|journaliste|rédact(?:eur|rice)|periodista|jornalista|giornalista)\b"
)
EMPLOYER = re.compile(
    r"\s(?:for|at|with|of|bei|für|de|chez|en|per|da|do)\s(?:the\s)?(?P<words>[A-Z][\w.&'’-]{0,30}(?:\s[A-Z][\w.&'’-]{0,30}){0,4})"
)

CITED = re.compile(
    r"(?P<ahead>\b(?:according\s+to|told|reported\s+by|quoted\s+by|cited\s+by|carried\s+by|published\s+by|said\s+in|contribution\s+to|interview\s+with|laut|zufolge|nach\s+angaben\s+(?:von|der)|berichtet(?:e|en)?|meldet(?:e|en)?|sagte\s+der"
    r"|selon|d['’]après|a\s+déclaré\s+à|rapporte|según|informó|reportó|dijo\s+a|segundo|informou|secondo|riferisce|volgens|ifølge|enligt|podle|według|dle|сообщает|сообщили|сообщил|передает|передаёт|пишет|повідомляє|menurut)\b"
    r"|报道|報道|據|据|援引|에\s?따르면|بحسب|وفقا|وفقاً|ذكرت|قالت|لوكالة|نقلت)"
    r"|(?P<back>\b(?:news\s+agency|agency|reports|reported|zufolge|nachrichtenagentur|agence|agencia|agência|agenzia|agentur|агентств\w{0,4}|agencja|agentura)\b|によると|通信|에\s?따르면|보도|報じ|报道|報道)|(?P<inside>\b(?:an\s+article\s+in|in\s+the)\b)",
    re.IGNORECASE,
)
