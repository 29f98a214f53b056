"""Everything that can go wrong, as one tree.

::

    ArchiverError                 exit 2
     ├ InputError                 exit 2   the call or what was handed in is wrong
     │  ├ UnknownId               exit 2
     │  │  └ ErasedId             exit 2   it was there, and was taken out for good
     │  └ AmbiguousId             exit 2
     ├ BlockedAddress             exit 2   an inside address, a scheme that is not http(s)
     ├ MissingExtra               exit 2   an optional dependency is not installed
     ├ NothingToTrace             exit 3   a snapshot without a text
     ├ BadTimestamp               exit 1   no RFC 3161 time stamp, or an authority that refused
     ├ ArchiveError               exit 2   no archive there, or one that cannot be opened or written
     │  ├ WrongFormat             exit 2   an archive of another version
     │  ├ ReadOnlyArchive         exit 2
     │  ├ NotReadable             exit 3   a file of it that whoever runs this may not read: no damage
     │  ├ WrongClock              exit 2   this machine's clock is behind what is recorded
     │  └ DamagedArchive          exit 1   the evidence is not what was recorded
     │     └ ForkedLog            exit 1   two signed heads of a log that cannot both be true
     └ NetworkError               exit 3   could not be decided: try again
        ├ NameNotFound            exit 3
        │  └ NameUnanswered       exit 3   nobody said whether there is such a name
        ├ Unreachable             exit 3   refused, reset
        │  └ TimedOut              exit 3   no whole answer within the time
        ├ ProxyFailed             exit 3   the proxy that the person named does not do its part
        ├ BadCertificate          exit 3
        ├ NoMemento               exit 3   the archive that was asked has no copy
        └ BadAnswer               exit 3   what came back is not HTTP

Every message is one sentence that says what, where and what to do.
"""

from __future__ import annotations

MISSHAPEN = (LookupError, TypeError, ValueError, AttributeError, RecursionError, OverflowError)
"""What reading JSON of a wrong shape raises, wherever in it one looks first; none of them is ours, so each reader names them."""


class ArchiverError(Exception):
    """The base of every error that this package raises on purpose; ``exit_code`` is what the command ends with."""

    exit_code = 2


class InputError(ArchiverError):
    """The call, or a file that was handed in, is wrong."""


class UnknownId(InputError):
    """No record has this id."""


class ErasedId(UnknownId):
    """What had this id was erased; the message says when and why."""


class AmbiguousId(InputError):
    """Several records begin with this id."""


class BlockedAddress(ArchiverError):
    """The address is one that the guard refuses to contact."""


class MissingExtra(ArchiverError):
    """An optional dependency is needed; the message names the extra."""


class NothingToTrace(ArchiverError):
    """A snapshot that has no text in which anything could be looked for."""

    exit_code = 3


class BadTimestamp(ArchiverError):
    """No RFC 3161 time stamp that can be read, or an authority's refusal."""

    exit_code = 1


class ArchiveError(ArchiverError):
    """There is no archive, or it cannot be opened or written."""


class WrongFormat(ArchiveError):
    """The archive was made by another version of the format."""


class ReadOnlyArchive(ArchiveError):
    """The archive must not be written to."""


class NotReadable(ArchiveError):
    """A file of the archive that whoever runs this may not read; whether it is what was recorded, nobody can say."""

    exit_code = 3


class WrongClock(ArchiveError):
    """The clock of this machine is behind what the archive has recorded already, or behind a time stamp in it."""


class DamagedArchive(ArchiveError):
    """The evidence is not what was recorded."""

    exit_code = 1


class ForkedLog(DamagedArchive):
    """Two heads of a log, both signed, of which neither grew out of the other: somebody was shown another history."""


class NetworkError(ArchiverError):
    """The network did not let it be decided."""

    exit_code = 3


class NameNotFound(NetworkError):
    """The host name does not resolve."""


class NameUnanswered(NameNotFound):
    """No name server answered, so that nobody knows whether the name is still there; mostly this machine is offline."""


class Unreachable(NetworkError):
    """Refused, reset or timed out."""


class TimedOut(Unreachable):
    """No whole answer came within the time that a page has."""


class ProxyFailed(NetworkError):
    """The proxy is not there, does not speak as it should, or refuses; the page's server was not heard."""


class BadCertificate(NetworkError):
    """The server's certificate is not trusted."""


class BadAnswer(NetworkError):
    """What came back is not HTTP."""


class NoMemento(NetworkError):
    """The public archive that was asked has no copy of the page."""


class TooManyRedirects(NetworkError):
    """Redirects that go round in a circle, or a chain longer than allowed."""


class Stopped(NetworkError):
    """Somebody asked to stop before it was done."""
