"""The sentences of a declaration that do not depend on one record, each only for what it is true of."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import Enum

from archiver.model import IMPORTED, MEMENTO, SUPPLIED


class Way(Enum):
    """How a page came into the archive; LENT goes with another."""

    FETCHED = "fetched"
    LOOKED = "looked at with a browser"
    LENT = "with a lent session"
    IMPORTED = IMPORTED
    SUPPLIED = SUPPLIED
    MEMENTO = MEMENTO


BEFORE = (
    "Fill in everything in [SQUARE BRACKETS], strike out what does not apply, and correct what is not so. Sign only what you know yourself.",
    "Run `archiver verify {ids}` on the day of signing and put its result into section 6.",
    (
        "Compare the quotation and the page with what you want to prove: make the pack (`archiver export {ids} --to F.wacz`) and open it in a "
        "replay tool; a file that a person supplied is not replayed, it lies in the folder payloads of the pack."
    ),
    "Make sure that you are the right person: whoever signs must know how the records were made, from their own work or training.",
    "Ask a lawyer of the court in question which form it wants (section 8), whether notice must be given, and by when.",
    "Give the public key (section 5) to the other side by another way than the pack, and keep the archive unchanged.",
    "Delete this section.",
)

DECLARANT = (
    "I, [FULL NAME], of [ADDRESS], [OCCUPATION, EMPLOYER OR INSTITUTION], declare the following from my own knowledge, in the matter of "
    "[PARTIES, COURT, FILE NUMBER]."
)

_OPERATOR = (
    "I am familiar with the software named below because [TRAINING, EXPERIENCE, HOW LONG]. The software was operated by [ME / NAME OF THE "
    "OPERATOR, UNDER MY SUPERVISION / OTHER] on the computer [DESCRIPTION, PLACE], whose clock was [SYNCHRONISED WITH A TIME SERVER / NOT "
    "CHECKED]. The software worked [WITHOUT KNOWN FAULTS / WITH THE FOLLOWING FAULTS]. {key} "
    "in the custody of [NAME] and was accessible to [NAMES] only."
)

_ONE_KEY, _SEVERAL_KEYS = "The signing key was", "Each signing key was, for its time,"

_RECEIVED = {
    Way.IMPORTED: (
        "The files that section 3 names as imported were received [FROM WHOM, WHEN, HOW]. They were made, as far as I know, [BY WHOM, WHEN, "
        "WITH WHICH SOFTWARE / NOT KNOWN]."
    ),
    Way.SUPPLIED: (
        "The files that section 3 names as supplied were received [FROM WHOM, WHEN, HOW: SAVED FROM A BROWSER, SENT BY MAIL, SCANNED]. That each is "
        "what section 3 calls it, I know because [REASON / I DO NOT KNOW]."
    ),
    Way.MEMENTO: (
        "The pages that section 3 names as copies at second hand come from the public archives named there. I chose these because [REASON]; of "
        "how they make and keep copies I know [WHAT, FROM WHERE / NOTHING]."
    ),
}

_MADE = {
    Way.FETCHED: (
        "The pages that section 3 names as fetched were fetched by the software. It asks the web server for the page over the network with a GET "
        "request, without cookies and without a log-in (but where section 3 warns of a lent session), "
        "and follows redirects; it runs no scripts. Each request, and each answer as far "
        "as it was received, is stored byte for byte as it was sent and received (where the connection was encrypted: inside the encryption), in a "
        "file of the format WARC 1.1 (ISO 28500), with the time by the clock of the computer used, the network address of the server (not where "
        "section 3 names a proxy) and, where the connection was encrypted, the protocol, the cipher and the certificates that the server showed."
    ),
    Way.LOOKED: (
        "The pages that section 3 names as looked at with a browser were loaded by a browser that the software started. It ran the scripts of the "
        "page, scrolled it, and pressed no button but the one that section 3 names, if it names one. All that the browser asked servers for went "
        "through the software, which refused addresses inside a network and whatever is no web request, and asked for no content coding but gzip. "
        "Each request, and each answer as far as it was received, is stored byte for byte as it was sent and received (where the connection was "
        "encrypted: inside the encryption), in a file of the format WARC 1.1 (ISO 28500), with the time by the clock of the computer used, the "
        "network address of the server (not where section 3 names a proxy) and, where the connection was encrypted, the protocol, the cipher and "
        "the certificates that the server showed. The page as it stood at the end, its picture and its print are what this browser made of these "
        "answers on this computer at that time, and are stored as it gave them. The text “rendered” is drawn from the page as it stood at the end."
    ),
    Way.LENT: (
        "Where section 3 warns of a lent session, cookies that a person had handed to the software were sent to the sites that they belong to. In "
        "the stored requests and answers the values of cookies and credentials are replaced by a mark; only in that do they differ from what was "
        "sent and received."
    ),
    Way.IMPORTED: (
        "The pages that section 3 names as imported were not fetched by the software. Their records were copied out of the file that is "
        "named there; the content of each record, and its header, are kept byte for byte as they stand in that file. Address, date, server and "
        "answer are what the file states; the software cannot tell whether that is so. Where the file states a digest of a record, it was "
        "compared with the content of the record; a digest that did not fit, or could not be checked, is named in section 3 as a warning."
    ),
    Way.SUPPLIED: (
        "The pages that section 3 names as supplied were not fetched by the software and are no answer of a server. A person handed the file to the "
        "software, which stored its content byte for byte, in a file of the format WARC 1.1 (ISO 28500), with the time at which it was added by "
        "the clock of the computer used. The address is what that person stated; the type is what they stated or what the name and the first "
        "bytes of the file suggest."
    ),
    Way.MEMENTO: (
        "The pages that section 3 names as copies at second hand were not fetched from their own addresses. The software asked the public "
        "archive that is named there for a copy (RFC 7089) and fetched that, as it fetches any page: each request and each answer between it "
        "and that archive is stored byte for byte, with the time by the clock of the computer used. Of which page, and of which date, the copy "
        "is, the archive states; the software cannot tell whether that is so."
    ),
}

_REPEATED = (
    "Where section 3 says that a page stands on an earlier snapshot, its content is not stored a second time: the server stated that it had not "
    "changed since, or what came has the same digest; or, of an imported page, the file states that it was the same. Title and texts are then "
    "those of the earlier snapshot, which is listed too."
)

_READ = (
    (
        "From the stored page the software draws plain text by fixed rules. A quotation is compared with that text by fixed rules; the result is "
        "one of seven grades, and is recorded, for what was found, with the position in the text where the words stand."
    ),
    (
        "For every stored record an entry is made in an append-only register (a Merkle tree after RFC 6962) whose head is signed with an "
        "Ed25519 key. The entry is a SHA-256 digest over a random number and a description of the record, in which its own SHA-256 digest stands. "
        "A record that has an entry cannot be changed, removed or inserted later without a change of the signed head."
    ),
    "SHA-256 is a process of digital identification: two records with the same digest are, for all practical purposes, the same bytes.",
)

SHOWN = (
    "In this and the next section, words out of the records are shown on one line: white space as single blanks, characters that cannot be "
    "printed as \ufffd. Times are in UTC. Whoever wants the words exactly as they are finds them in the record."
)

CHECK = (
    "On [DATE] I ran `archiver verify {ids}` on the archive, and it answered: [RESULT]. The exhibit [NUMBER], the file [NAME].wacz with the "
    "SHA-256 digest [DIGEST: sha256sum FILE], was made from this archive with `archiver export` on [DATE]; the records in it are true "
    "copies, byte for byte, of those in the archive, which is shown by their digests."
)

_CLOCK = "that the clock of the computer used was right, unless you say so in section 2 or a timestamp in section 5 bounds the time;"
_UNSAID = {
    Way.FETCHED: "what the server sent to other visitors, or at other times;",
    Way.LOOKED: "what the server sent to other visitors or other browsers, or at other times, or what these would have shown;",
    Way.LENT: "what the server would have sent without the session that was lent;",
    Way.IMPORTED: "that an imported file is right about what it states: which server answered, when, and with what;",
    Way.MEMENTO: "that a public archive is right about what it states of a copy: of which page it is, of which date, and that it is unchanged;",
    Way.SUPPLIED: "that a supplied file was ever at the address stated for it, or has not been changed before it was added;",
}
_UNSAID_OF_ALL = (
    "whether what the page says is true, or who wrote it;",
    _CLOCK,
    (
        "that the holder of the signing key has signed no other register, and has not made this one anew: only what a timestamp in section 5 covers "
        "was not made later than it states;"
    ),
    "anything that only a page run with its scripts in a browser would have shown, where section 3 names no browser.",
)

FORMS = (
    (
        "United States, federal courts: certification under Fed. R. Evid. 902(13) (record generated by an electronic process or system that "
        "produces an accurate result) and 902(14) (data copied and authenticated by a process of digital identification), with the notice of "
        "902(11). As an unsworn declaration under 28 U.S.C. § 1746: “I declare under penalty of perjury [under the laws of the United States of "
        "America, if signed abroad] that the foregoing is true and correct. Executed on [DATE].”"
    ),
    "England and Wales: witness statement under CPR Part 32 and Practice Direction 32, with the statement of truth in the wording in force.",
    (
        "Germany: as a written statement of a witness (§ 377 (3) ZPO) or, in interim proceedings, as eidesstattliche Versicherung (§ 294 ZPO); the "
        "files are objects of inspection (§ 371 ZPO), with § 371a ZPO where they bear a qualified electronic signature."
    ),
    (
        "France: attestation under articles 200 to 203 of the Code de procédure civile (in the declarant's own hand, with a copy of an identity "
        "document); a constat by a commissaire de justice carries more weight."
    ),
    (
        "European Union: a qualified electronic timestamp has the presumption of article 41 of Regulation (EU) No 910/2014; any other is not "
        "denied effect for being electronic."
    ),
    "Elsewhere: [FORM AND WORDING THAT THE COURT ASKS FOR].",
)


def knowledge(ways: Collection[Way], *, several_keys: bool) -> Iterator[str]:
    """What a person has to say of how the pages came in, before the software is named; ``several_keys`` where the log's was exchanged."""
    yield _OPERATOR.format(key=_SEVERAL_KEYS if several_keys else _ONE_KEY)
    for way, words in _RECEIVED.items():
        if way in ways:
            yield words


def process(ways: Collection[Way], *, repeated: bool) -> Iterator[str]:
    """How the records were made, for the ways that occur; ``repeated`` where a page stands on an earlier snapshot."""
    for way, words in _MADE.items():
        if way in ways:
            yield words
    if repeated:
        yield _REPEATED
    yield from _READ


def not_stated(ways: Collection[Way]) -> tuple[str, ...]:
    """What is not declared."""
    return (*(words for way, words in _UNSAID.items() if way in ways), *_UNSAID_OF_ALL)
