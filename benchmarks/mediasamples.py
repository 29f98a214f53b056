"""Small documents of every medium, made from known sentences: for the tests and for `benchmarks/media.py`."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
EPUB = "application/epub+zip"

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("style", "style"), ("meta", "meta"),
        ("svg", "svg-compatible"),
    )
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip


def zipped(members: Mapping[str, str | bytes], stored: Sequence[str] = ()) -> bytes:
    """A zip file of the members in their order; those named in ``stored`` are not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (2024, 5, 3, 10, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            made.writestr(info, content)
    return out.getvalue()


def run(text: str) -> str:
    """A run of a Word document."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def docx(body: str, **parts: str) -> bytes:
    """A Word document: the inside of ``w:body``, and of further parts by kind (``footnotes``, ``comments``, ``styles``, ``header1``)."""
    names = {kind: f"{kind}.xml" for kind in parts if kind != "core"}
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind.rstrip("0123456789")}" Target="{name}"/>'
        for number, (kind, name) in enumerate(names.items())
    )
    roots = {"header": "hdr", "footer": "ftr"}
    main = f"{DOCX}.main+xml"
    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document {_W}><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>',
    }
    for kind, name in names.items():
        root = roots.get(kind.rstrip("0123456789"), kind)
        members[f"word/{name}"] = f"<w:{root} {_W}>{parts[kind]}</w:{root}>"
    if "core" in parts:
        members["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">{parts["core"]}</cp:coreProperties>'
        )
    return zipped(members)


def docx_of(paragraphs: Sequence[str]) -> bytes:
    """A Word document as Word writes it: each paragraph in several runs, cut inside words, with a bookmark and a proofing mark between."""
    made = []
    for text in paragraphs:
        middle = len(text) // 2
        runs = [
            run(text[:3]),
            '<w:proofErr w:type="spellStart"/>',
            run(text[3:middle]),
            '<w:bookmarkStart w:id="1" w:name="x"/>',
        ]
        made.append(f"<w:p><w:pPr><w:jc w:val='both'/></w:pPr>{''.join(runs)}{run(text[middle:])}</w:p>")
    return docx("".join(made))


def odt(content: str, *, styles: str = "", meta: str = "", automatic: str = "") -> bytes:
    """An OpenDocument text: the inside of ``office:text``, of the styles (header and footer too), of ``office:meta``, of automatic styles."""
    return zipped(
        {
            "mimetype": ODT,
            "content.xml": f"<office:document-content {_ODF}><office:automatic-styles>{automatic}</office:automatic-styles><office:body>"
            f"<office:text>{content}</office:text></office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {_ODF}>{styles}</office:document-styles>",
            "meta.xml": f"<office:document-meta {_ODF}><office:meta>{meta}</office:meta></office:document-meta>",
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        },
        stored=["mimetype"],
    )


def odt_of(paragraphs: Sequence[str]) -> bytes:
    """An OpenDocument text with each paragraph in spans, and blanks as the standard has them."""
    made = []
    for text in paragraphs:
        middle = len(text) // 2
        before = escape(text[:middle]).replace("  ", " <text:s/>")
        made.append(f'<text:p text:style-name="P1">{before}<text:span>{escape(text[middle:])}</text:span></text:p>')
    return odt("".join(made))


def epub(
    chapters: Mapping[str, str],
    *,
    order: Sequence[str] | None = None,
    meta: str = "",
    extra: Mapping[str, str] | None = None,
) -> bytes:
    """A book: bodies of chapters by name, in the order of the spine (that of the mapping where none is given)."""
    items = "".join(
        f'<item id="{name}" href="text/{name}.xhtml" media-type="application/xhtml+xml"/>' for name in chapters
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in order or list(chapters))
    members = {
        "mimetype": EPUB,
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{meta}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>",
    }
    for name, body in chapters.items():
        members[f"OEBPS/text/{name}.xhtml"] = (
            '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head>'
            f"<body>{body}</body></html>"
        )
    return zipped(members | dict(extra or {}), stored=["mimetype"])


def epub_of(paragraphs: Sequence[str]) -> bytes:
    """A book of ten paragraphs a chapter, one word of each in italics."""
    chapters = {}
    for start in range(0, len(paragraphs), 10):
        body = "".join(f"<p><i>{escape(text[:4])}</i>{escape(text[4:])}</p>" for text in paragraphs[start : start + 10])
        chapters[f"c{start:05}"] = body
    return epub(chapters)


def srt_of(paragraphs: Sequence[str]) -> bytes:
    """Captions of six words each, two seconds long; each paragraph is said by somebody else."""
    cues: list[str] = []
    for paragraph in paragraphs:
        words = f">> {paragraph}".split()
        for start in range(0, len(words), 6):
            times = " --> ".join(_stamp(2 * len(cues) + end) for end in (0, 2))
            rows = f"{' '.join(words[start : start + 3])}\n{' '.join(words[start + 3 : start + 6])}"
            cues.append(f"{len(cues) + 1}\n{times}\n{rows}\n")
    return "\n".join(cues).encode()


def vtt_of(paragraphs: Sequence[str]) -> bytes:
    """The same as WebVTT."""
    return b"WEBVTT\n\n" + re.sub(rb"(\d\d:\d\d),000(?= -->|\n)", rb"\1.000", srt_of(paragraphs))


def _stamp(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02},000"


def json_feed_of(paragraphs: Sequence[str]) -> bytes:
    """A JSON Feed with an item a paragraph, half of them in HTML."""
    items = [
        {"id": str(number), "content_html": f"<p>{escape(text)}</p>"}
        if number % 2
        else {"id": str(number), "content_text": text}
        for number, text in enumerate(paragraphs)
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "News",
        "authors": [{"name": "Ada Voss"}],
        "items": items,
    }
    return json.dumps(feed).encode()


def rss_of(paragraphs: Sequence[str]) -> bytes:
    """RSS 2.0 with an item a paragraph, its content escaped or in a CDATA section."""
    items = [
        f"<item><title>Item</title><description><![CDATA[<p>{escape(text)}</p>]]></description></item>" if number % 2
        else f"<item><title>Item</title><description>{escape(f'<p>{escape(text)}</p>')}</description></item>"
        for number, text in enumerate(paragraphs)
    ]  # fmt: skip
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{"".join(items)}</channel></rss>'.encode()
    )


def mhtml_of(paragraphs: Sequence[str]) -> bytes:
    """A page as Chrome saves it in one file."""
    import quopri

    body = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    page = quopri.encodestring(
        f"<html><head><title>News</title></head><body><article>{body}</article></body></html>".encode()
    )
    return (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/news\r\nSubject: News\r\n"
        b"Date: Fri, 3 May 2024 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        b'\ttype="text/html";\r\n\tboundary="----b"\r\n\r\n\r\n------b\r\nContent-Type: text/html; charset=utf-8\r\nContent-ID: <f@mhtml.blink>\r\n'
        b"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.org/news\r\n\r\n"
        + page + b"\r\n------b\r\nContent-Type: text/css\r\nContent-Location: https://example.org/a.css\r\n\r\np { color: red }\r\n------b--\r\n"
    )  # fmt: skip


def single_file_of(paragraphs: Sequence[str]) -> bytes:
    """A page as SingleFile saves it: images and fonts inside, a frame in an attribute, a shadow tree in a template."""
    image = "iVBORw0KGgo" + "A" * 20_000
    body = "".join(f'<p><img src="data:image/png;base64,{image}">{escape(text)}</p>' for text in paragraphs[:2])
    body += "".join(f"<p>{escape(text)}</p>" for text in paragraphs[2:-1])
    shadow = "".join(f"<p>{escape(text)}</p>" for text in paragraphs[-1:])
    return (
        "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://example.org/news \n"
        " saved date: Fri May 03 2024 12:00:00 GMT+0200 (Central European Summer Time)\n--><meta charset=utf-8>\n<title>News</title>"
        f"<style>@font-face{{font-family:x;src:url(data:font/woff2;base64,{image})}}</style></head><body><article>{body}</article>"
        f"<news-box><template shadowrootmode=open>{shadow}</template></news-box></body></html>"
    ).encode()


EVERY = {
    "docx": (docx_of, DOCX),
    "odt": (odt_of, ODT),
    "epub": (epub_of, EPUB),
    "srt": (srt_of, "application/x-subrip"),
    "vtt": (vtt_of, "text/vtt"),
    "json feed": (json_feed_of, "application/feed+json"),
    "rss": (rss_of, "application/rss+xml"),
    "mhtml": (mhtml_of, "multipart/related"),
    "single file": (single_file_of, "text/html"),
}
"""Each medium: what makes a file of paragraphs, and the media type by which it is sent."""
