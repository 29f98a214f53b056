"""Word documents for tests and benchmarks: runs, fields and parts as Word and reference programs write them."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from mediasamples import docx, run, zipped

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def p(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{''.join(runs)}</w:p>"


def field(instruction: str, result: str) -> str:
    """A complex field, its instruction in two runs as Word cuts long ones."""
    middle = len(instruction) // 2
    pieces = "".join(
        f'<w:r><w:instrText xml:space="preserve">{escape(piece)}</w:instrText></w:r>'
        for piece in (instruction[:middle], instruction[middle:])
    )
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return char.format("begin") + pieces + char.format("separate") + result + char.format("end")


def link(address: str, words: str) -> str:
    """A hyperlink by its relation, whose id is the address; see `with_links`."""
    return f"<w:hyperlink r:id={quoteattr(address)}>{run(words)}</w:hyperlink>".replace(
        "<w:hyperlink ", f'<w:hyperlink xmlns:r="{_OFFICE}" '
    )


def reference(number: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def note(number: int, *paragraphs: str, kind: str = "footnote") -> str:
    return f'<w:{kind} w:id="{number}">{"".join(paragraphs)}</w:{kind}>'


def csl(*works: Mapping[str, object], **item: object) -> str:
    """The JSON of a citation, as Zotero writes it."""
    items = [
        {"id": number, "uris": [f"http://zotero.org/users/1/items/KEY{number}"], "itemData": work, **item}
        for number, work in enumerate(works, 1)
    ]
    return json.dumps({"citationID": "x", "properties": {}, "citationItems": items, "schema": "s"})


def mendeley(code: str, words: str) -> str:
    """A content control of Mendeley Cite."""
    tag = "MENDELEY_CITATION_v3_" + base64.b64encode(code.encode()).decode()
    return f'<w:sdt><w:sdtPr><w:rPr><w:vanish w:val="0"/></w:rPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{run(words)}</w:sdtContent></w:sdt>'


def with_parts(data: bytes, **parts: str) -> bytes:
    """The same file with other parts, by path (``docProps__custom`` for ``docProps/custom.xml``)."""
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        members: dict[str, str | bytes] = {name: made.read(name) for name in made.namelist()}
    members.update({f"{name.replace('__', '/')}.xml": content for name, content in parts.items()})
    return zipped(members)


def with_links(body: str, *addresses: str, **parts: str) -> bytes:
    """A document whose body has hyperlinks to addresses."""
    data = docx(body, **parts)
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        members: dict[str, str | bytes] = {name: made.read(name) for name in made.namelist()}
    more = "".join(
        f'<Relationship Id={quoteattr(address)} Type="{_OFFICE}/hyperlink" Target={quoteattr(address)} TargetMode="External"/>'
        for address in addresses
    )
    for part in ("document", *(kind for kind in parts if kind.endswith("notes"))):
        path = f"word/_rels/{part}.xml.rels"
        known = bytes(
            members.get(
                path,
                b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>',
            )
        )  # type: ignore[arg-type]
        members[path] = known.decode().replace("</Relationships>", more + "</Relationships>")
    return zipped(members)
