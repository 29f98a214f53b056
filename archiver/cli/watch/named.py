"""Sources that a person puts on a list of the archive's, such as that of what is watched, or takes from it: each is told, all or none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from archiver.archive import Archive
from archiver.cli.session import Session
from archiver.cli.watch.files import addresses
from archiver.errors import InputError
from archiver.urls import for_display, page_key, redact_userinfo


@dataclass(frozen=True, slots=True)
class Named:
    """The list: what a source on it is called (``watched``, also the field of the JSON), and which command shows it."""

    session: Session
    archive: Archive
    state: str
    shown_by: str

    def urls(self, named: Sequence[str], doing: str) -> list[str]:
        """The addresses that are meant, without anybody's password, each once. Raises InputError, ArchiveError where nothing can be ``doing``."""
        self.archive.need_writable(doing)
        found = (url for item in named for url in addresses(self.session, self.archive, item))
        return list(dict.fromkeys(redact_userinfo(url) for url in found))

    def put(self, urls: Sequence[str], put: Callable[[str], bool], note: str | None = None) -> None:
        """Has each put on the list by ``put``, which says whether it is new there; ``note`` is what there is to say of how."""
        for url in urls:
            new = put(url)
            self._tell(
                url,
                {self.state: True, "new": new} | ({"note": note} if note else {}),
                self.state if new else f"{self.state} before",
            )
        if note:
            self.session.out.note(note)

    def take(self, urls: Sequence[str], known: Collection[str], take: Callable[[str], object]) -> None:
        """Has each taken from the list by ``take``. Raises InputError, before anything is done, where the key of one is not ``known``."""
        for url in urls:
            if page_key(url) not in known:
                raise InputError(f"{for_display(url)} is not {self.state}; `{self.shown_by}` shows what is.")
        for url in urls:
            take(url)
            self._tell(url, {self.state: False}, f"no longer {self.state}")

    def _tell(self, url: str, told: dict[str, bool | str], words: str) -> None:
        if self.session.shared.json:
            self.session.out.line({"schema_version": 1, "url": url, **told})
        self.session.out.text(f"{words}  {for_display(url)}")
