"""What `check` is given: a file, or an article of a wiki by its address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from archiver.archive import Archive
from archiver.cli.saying.output import printable
from archiver.cli.session import Session
from archiver.errors import ArchiverError
from archiver.manuscripts import Manuscript, read_manuscript
from archiver.manuscripts.articles import ArticleAddress, article_address, fetch_article, is_address


class ManuscriptType(click.ParamType[Path | ArticleAddress]):
    """A file that is there, or the address of an article."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | ArticleAddress:
        if isinstance(value, str) and is_address(value):
            try:
                return article_address(value)
            except ArchiverError as error:
                self.fail(str(error).rstrip("."), param, ctx)
        path = click.Path(path_type=Path, exists=True, dir_okay=False).convert(value, param, ctx)
        return Path(path)


def path_of(file: Path | ArticleAddress) -> Path:
    """The path of a file; for an article the name that a copy of it would have here, by which reports call it."""
    if isinstance(file, Path):
        return file
    words = re.sub(r"(?:[^\w.-]|_)+", "_", file.title or f"revision-{file.revision}").strip("._")[:100]
    return Path(f"{words or 'article'}.wikitext")


@dataclass(frozen=True, slots=True)
class Taken:
    """A manuscript that was read: what reports call it, and its bytes."""

    name: str
    data: bytes
    manuscript: Manuscript

    @classmethod
    def of_file(cls, file: Path) -> Taken:
        """Raises InputError, OSError."""
        data = file.read_bytes()
        return cls(file.name, data, read_manuscript(file.name, data))

    @classmethod
    def of_article(cls, session: Session, archive: Archive, address: ArticleAddress) -> Taken:
        """Fetches it and says which revision it is; in JSON, that is a line of its own. Raises InputError, NetworkError."""
        options = session.capture_options(archive) if archive.records else None
        article = fetch_article(archive, address, options)
        snapshot = article.snapshot
        if session.shared.json:
            found = {"url": article.address.raw, "title": article.address.title, "revision": article.address.revision}
            held = {
                "snapshot": snapshot.short_id,
                "captured_at": snapshot.captured_at,
                "payload_sha256": snapshot.payload_sha256,
            }
            session.out.line({"schema_version": 1, "article": {**found, **held}})
        session.out.note(
            f"Checking {printable(article.name)}, recorded as {snapshot.short_id} (sha256 {snapshot.payload_sha256}, {snapshot.captured_at})."
        )
        return cls(article.name, article.data, read_manuscript("article.wikitext", article.data))
