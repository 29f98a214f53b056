"""The line that says whom a command contacted."""

from __future__ import annotations

from archiver.capture import Contacts
from archiver.cli.saying.contacted import contacted
from archiver.proxies import parse_proxy


def test_nobody_contacted_nothing_said() -> None:
    assert contacted(Contacts()) == ""


def test_hosts_and_authorities_are_named() -> None:
    contacts = Contacts()
    for number in range(7):
        contacts.add(f"{number}.example")
    contacts.add("0.example")
    contacts.hash_sent("tsa.example")
    assert contacted(contacts) == (
        "Contacted 0.example (2 requests), 1.example (1 request), 2.example (1 request), 3.example (1 request), 4.example (1 request), "
        "and 2 more hosts, tsa.example (time stamp authority); sent a hash to one authority beside the requests for the pages, and nothing else."
    )


def test_with_a_proxy_it_was_the_proxy() -> None:
    contacts = Contacts()
    contacts.add("page.example", parse_proxy("socks5h://ada:secret@127.0.0.1:9050"))
    assert contacted(contacts) == (
        "Contacted the proxy socks5h://127.0.0.1:9050, asking it for page.example (1 request); sent nothing but the requests for the pages."
    )


def test_scripts_and_a_lent_session_are_told() -> None:
    contacts = Contacts()
    contacts.add("page.example")
    contacts.scripts = contacts.session = True
    assert contacted(contacts) == (
        "Contacted page.example (1 request); sent nothing but the requests for the pages and what the scripts of the pages send and the "
        "cookies that you lent, to their own sites."
    )
