"""S3, Google Cloud Storage and Azure Blob Storage, by obstore."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archiver.errors import InputError, MissingExtra
from archiver.printable import printable
from archiver.store.address import Address
from archiver.store.objects import LARGEST, Absent, Changed, Object, StoreFailed, Taken, Unlike

if TYPE_CHECKING:
    from obstore.store import ObjectStore as Remote

ENDPOINT = "ARCHIVER_STORE_ENDPOINT"
"""Where the store answers, for one that is not the provider's own (MinIO, Ceph, a test's)."""

_PART = 16 << 20
_SINGLE = 64 << 20
"""From so many bytes on an object is written in parts."""

_PIECE = 4 << 20
_RETRIES = 4
_ASKED_FOR_A_ROLE = ("//169.254.169.254/", "//169.254.170.2/", "//metadata.google.internal/", "//metadata/")
"""Where the library looks last for credentials: machines of the providers answer there."""

_SECONDS = timedelta(seconds=60)
_QUERY = re.compile(r"(https?://[^\s?]*)\?\S*")  # a signature may stand there
_MESSAGE = re.compile(r"<\?xml.*?<Message>([^<]*)", re.DOTALL)


class CloudStore:
    """One bucket or container under a prefix. Credentials are those of the environment, as the provider's own tools take them."""

    def __init__(self, remote: Remote, address: Address) -> None:
        import obstore

        self._obstore = obstore
        self._remote = remote
        self._address = address

    def get(self, name: str, limit: int = LARGEST) -> tuple[bytes, str]:
        with self._calling(name):
            result = self._obstore.get(self._remote, name)
            size, tag = result.meta["size"], _tag(result.meta)
            if size > limit:
                raise Unlike(
                    f"{self._shown(name)} has {size:,} bytes, more than the {limit:,} that such an object may have."
                )
            return bytes(result.bytes()), tag

    def ranges(self, name: str, spans: Sequence[tuple[int, int]]) -> list[bytes]:
        if not spans:
            return []
        starts, ends = [start for start, _ in spans], [end for _, end in spans]
        try:
            with self._calling(name):
                parts = [bytes(part) for part in self._obstore.get_ranges(self._remote, name, starts=starts, ends=ends)]
        except (Absent, Unlike):
            raise
        except StoreFailed as error:  # providers say in many ways that an object is too short
            if self._size(name) < max(ends):
                raise Unlike(f"{self._shown(name)} ends before byte {max(ends)}; it was cut.") from error
            raise
        if [len(part) for part in parts] != [end - start for start, end in spans]:
            raise Unlike(f"{self._shown(name)} ends before byte {max(ends)}; it was cut.")
        return parts

    def _size(self, name: str) -> int:
        with self._calling(name):
            return int(self._obstore.head(self._remote, name)["size"])

    def fetch(self, name: str, path: Path) -> None:
        with self._calling(name), path.open("wb") as file:
            for piece in self._obstore.get(self._remote, name).stream(min_chunk_size=_PIECE):
                file.write(piece)

    def create(self, name: str, data: bytes) -> str:
        with self._calling(name, sent=lambda stored: stored == data) as done:
            done.tag = _tag(self._obstore.put(self._remote, name, data, mode="create", use_multipart=False))
        return done.tag or self.get(name)[1]

    def create_file(self, name: str, path: Path) -> None:
        if path.stat().st_size < _SINGLE:
            self.create(name, path.read_bytes())
            return
        # obstore has no condition for what is written in parts: the name must be one that nobody else has, and is looked up before
        with self._calling(name):
            try:
                self._obstore.head(self._remote, name)
            except FileNotFoundError:
                self._obstore.put(self._remote, name, path, use_multipart=True, chunk_size=_PART)
                return
        raise Taken(f"There is an object {self._shown(name)} already; it is left as it is.")

    def replace(self, name: str, data: bytes, tag: str) -> str:
        etag, _, version = tag.partition(" ")
        mode: Any = {name: value for name, value in (("e_tag", etag), ("version", version)) if value}
        try:
            with self._calling(name, sent=lambda stored: stored == data) as done:
                done.tag = _tag(self._obstore.put(self._remote, name, data, mode=mode, use_multipart=False))
            return done.tag or self.get(name)[1]
        except Absent as error:
            raise Changed(f"Somebody else has taken {self._shown(name)} away.") from error

    def delete(self, name: str) -> None:
        try:
            with self._calling(name):
                self._obstore.delete(self._remote, name)
        except Absent:  # Google and Azure say so, S3 does not
            return

    def list(self, prefix: str, after: str = "") -> Iterator[Object]:
        with self._calling(prefix):
            offset = after if after > prefix else None
            for page in self._obstore.list(self._remote, prefix.rstrip("/"), offset=offset):
                for found in page:
                    if found["path"].startswith(prefix) and found["path"] > after:
                        yield Object(found["path"], found["size"])

    def _shown(self, name: str) -> str:
        return f"{self._address}/{name}"

    @contextmanager
    def _calling(self, name: str, sent: Callable[[bytes], bool] | None = None) -> Iterator[_Done]:
        """Makes errors of ours of those of obstore. ``sent`` says whether what lies there is what a call was to write.

        A call whose answer was lost is made again by obstore, and is then refused for what it did itself.
        """
        done, exceptions = _Done(), self._obstore.exceptions
        try:
            yield done
        except (exceptions.AlreadyExistsError, exceptions.PreconditionError) as error:
            if sent is not None and sent(self.get(name)[0]):
                return
            if isinstance(error, exceptions.AlreadyExistsError):
                raise Taken(f"There is an object {self._shown(name)} already; it is left as it is.") from error
            raise Changed(f"Somebody else has changed {self._shown(name)}.") from error
        except FileNotFoundError as error:
            raise Absent(f"There is no object {self._shown(name)} (or no such bucket).") from error
        except (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError) as error:
            raise StoreFailed(
                f"{self._shown(name)} may not be read or written with the credentials that the environment gives: {_words(error)}."
            ) from error
        except OverflowError as error:  # a place that somebody made up, beyond what any object has
            raise Unlike(f"{self._shown(name)} is not as long as it is said to be.") from error
        except (exceptions.BaseError, ValueError, OSError) as error:
            if any(host in str(error) for host in _ASKED_FOR_A_ROLE):
                raise StoreFailed(
                    f"{self._shown(name)} cannot be reached: there are no credentials in the environment, and this machine has no role that "
                    "gives some; docs/scale-store.md names the variables."
                ) from error
            raise StoreFailed(f"{self._shown(name)} cannot be reached: {_words(error)}.") from error


class _Done:
    """The tag that a call gave; empty where its answer was lost."""

    tag = ""


def open_cloud(address: Address) -> CloudStore:
    """The store at an address. Raises MissingExtra without obstore, StoreFailed where its settings are of no use."""
    try:
        from obstore import exceptions
        from obstore.store import from_url
    except ImportError as error:
        raise MissingExtra(
            f"An archive at {address} needs obstore; install it with `pip install 'archiver[scale]'`."
        ) from error
    retries = {"max_retries": _RETRIES, "retry_timeout": _SECONDS}
    options: dict[str, Any] = {"client_options": {"timeout": _SECONDS}, "retry_config": retries}
    if address.scheme == "s3":
        options["checksum_algorithm"] = "sha256"  # a bucket with Object Lock takes nothing without
    endpoint = os.environ.get(ENDPOINT)
    if endpoint:
        if address.scheme == "gs":
            raise InputError(f"${ENDPOINT} is for s3:// and az://; Google's store is asked where it is.")
        options["endpoint"] = endpoint
        options["client_options"]["allow_http"] = endpoint.startswith("http://")
    try:
        return CloudStore(from_url(str(address), **options), address)
    except (exceptions.BaseError, ValueError) as error:
        raise StoreFailed(f"{address} cannot be used: {_words(error)}.") from error


def _tag(about: Any) -> str:
    """What a conditional write is told: Google goes by the version, the others by the ETag."""
    return f"{about.get('e_tag') or ''} {about.get('version') or ''}".strip() or "-"


def _words(error: Exception) -> str:
    """What the library says, with the server's own words where it gave some, without the library's details and queries of addresses."""
    told, _, _ = str(error).partition("\n\nDebug source")
    words = _QUERY.sub(r"\1", _MESSAGE.sub(r"\1\n", told)).partition("\n")[0]
    return printable(words)[:300].rstrip(". ")
