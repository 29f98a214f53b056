"""A bibliography as a list of URLs: what of it can be captured."""

from __future__ import annotations

from dataclasses import dataclass

from archiver import urls
from archiver.bibliography import Bibliography, Entry
from archiver.bulk.lists import Refused, UrlList, Wanted
from archiver.digests import Digest
from archiver.errors import InputError


@dataclass(frozen=True, slots=True)
class Sources:
    """``urls`` are the addresses of the works, each once, and those that are none; ``no_address`` the works that are from no address.

    Entries that cannot be read are among those that are refused: something of theirs may be wanted.
    """

    urls: UrlList
    no_address: tuple[Entry, ...]


def sources_of(found: Bibliography) -> Sources:
    """What is to be captured of a bibliography, in its order."""
    wanted: dict[str, Wanted] = {}
    refused = [Refused("", trouble.line or 0, trouble.why) for trouble in found.troubles if trouble.lost]
    no_address, named = [], 0
    for work in found.works:
        entry = work.entry
        if entry.url is None:
            no_address.append(entry)
            continue
        try:
            parsed = urls.parse_page(entry.url)
        except InputError as error:
            refused.append(Refused(entry.url, entry.line or 0, str(error)))
            continue
        named += 1
        wanted.setdefault(parsed.href, Wanted(entry.url, entry.line or 0))
    digest = Digest.of("\n".join(wanted).encode()).hex
    return Sources(UrlList(tuple(wanted.values()), tuple(refused), digest, named - len(wanted)), tuple(no_address))
