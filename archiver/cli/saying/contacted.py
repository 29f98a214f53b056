"""The line with which a command ends that used the network: whom it contacted, and what it sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from archiver.capture import Contacts
from archiver.cli.saying.words import count

_NUMBERS = {1: "one authority", 2: "two authorities", 3: "three authorities"}
_SHOWN = 5


def contacted(contacts: Contacts) -> str:
    """One sentence; empty where nobody was contacted. With a proxy, it is the proxy that was, and the others are what it was asked for."""
    hosts, authorities, proxies = contacts.hosts(), contacts.authorities(), contacts.proxies()
    archives, keepers, alerted = contacts.archives(), contacts.keepers(), contacts.alerted()
    shown = [f"{host} ({count(number, 'request')})" for host, number in list(hosts.items())[:_SHOWN]]
    if len(hosts) > _SHOWN:
        shown.append(f"and {count(len(hosts) - _SHOWN, 'more host')}")
    shown += [f"{host} (public archive, {count(number, 'request')})" for host, number in archives.items()]
    shown += [f"{host} (asked to keep a copy, {count(number, 'request')})" for host, number in keepers.items()]
    shown += [f"{host} (time stamp authority)" for host in authorities]
    shown += [f"{host} (webhook, {count(number, 'alert')})" for host, number in alerted.items()]
    if not shown:
        return ""
    whom = ", ".join(shown)
    if proxies:
        whom = f"the proxy {', '.join(proxies)}, asking it for {whom}"
    more = ["what the scripts of the pages send"] if contacts.scripts else []
    more += ["the cookies that you lent, to their own sites"] if contacts.session else []
    more += ["alerts to the webhook"] if alerted else []
    return f"Contacted {whom}; {sent_words(bool(hosts), bool(archives or keepers), authorities, more)}."


def sent_words(pages: bool, addresses: bool, authorities: Mapping[str, int], more: Sequence[str] = ()) -> str:
    """What was sent beside requests for pages: nothing, ``more``, addresses of pages to a public archive, a hash to so many authorities."""
    sent = ["the requests for the pages"] if pages else []
    sent += more
    sent += ["the addresses of the pages to the public archive"] if addresses else []
    if not authorities:
        return f"sent nothing but {' and '.join(sent)}"
    number = _NUMBERS.get(len(authorities), f"{len(authorities)} authorities")
    beside = f" beside {' and '.join(sent)}" if sent else ""
    return f"sent a hash to {number}{beside}, and nothing else"
