"""Documents in zip files, opened for their manuscripts."""

from __future__ import annotations

from archiver.errors import InputError
from archiver.manuscripts.document import Trouble
from archiver.texts import office, xmlstream
from archiver.texts.package import Package, Refused
from archiver.texts.xmlstream import Handler

_OLE = b"\xd0\xcf\x11\xe0"


def opened(data: bytes, name: str, kind: str) -> Package:
    """The package that a document is. Raises InputError, one sentence, where it is none that can be read."""
    if data.startswith(_OLE):
        raise InputError(f"{name} is encrypted, or of the old binary form of Word: save it as docx without a password.")
    if not data.startswith(b"PK"):
        raise InputError(
            f"{name} cannot be read as {kind}: it is no zip file, which each of these is; was another file given that name?"
        )
    try:
        package = Package(data)
        if b"encryption-data" in package.optional("META-INF/manifest.xml"):
            raise Refused("it is encrypted")
    except Refused as error:
        raise InputError(f"{name} cannot be read as {kind}: {error}.") from error
    return package


def parse(package: Package, part: str, handler: Handler, troubles: list[Trouble]) -> None:
    """Tells a handler all of a part; what cannot be read of it is a trouble."""
    try:
        xmlstream.read(package.read(part), office.NAMESPACES, handler)
    except Refused as error:
        troubles.append(Trouble(f"{part}: {error}"))
