"""Fetching what a page names: its images, styles and fonts, and what its style sheets name in turn."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from archiver import net, urls
from archiver.archive import Archive
from archiver.capture.assetrun import AssetRun, Fetched, Result, untrusted_beside
from archiver.capture.onrecord import OnRecord, asset_on_record
from archiver.digests import Digest
from archiver.errors import ArchiverError, Stopped, Unreachable
from archiver.model import WHOLE_PAGE, Exchange, FailedAsset, Reference, References, Role
from archiver.settings import FetchSettings

MAX_ASSETS = 1_000
MAX_ASSET = 16 << 20
MAX_BYTES = 128 << 20
"""Of one page: how many assets are asked for, how long one may be, and all of them together, in bytes."""

MAX_SECONDS = 60.0
MAX_SECONDS_EACH = 20.0
"""For all assets of a page, and for one."""

MAX_DEPTH = 4
"""How many style sheets may stand between a page and what is fetched for it."""

_MOMENT = 0.2
_ORDER = {Role.STYLE: 0, Role.FONT: 1}


@dataclass(frozen=True, slots=True)
class Page:
    """The page whose assets are wanted: its address, and its charset, in which style sheets are read that do not say theirs."""

    url: str
    charset: str | None
    references: References


@dataclass(frozen=True, slots=True)
class Wanted:
    """One address to fetch. ``found_in`` is the style sheet that names it, ``depth`` how many stand before it."""

    reference: Reference
    number: int
    found_in: str | None = None
    depth: int = 0

    @property
    def url(self) -> str:
        return self.reference.url

    @property
    def order(self) -> tuple[int, int]:
        """Style sheets first, since more hangs on them; what a browser may never load comes last."""
        return 3 if self.reference.spare else _ORDER.get(self.reference.role, 2), self.number


@dataclass(slots=True)
class Gathered:
    """What became of the assets of a page, in the order in which they were found; ``left_out`` counts what was not asked for."""

    results: list[tuple[Wanted, Result]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Asking:
    """How assets are asked for: as the page was, within ``seconds`` for all of them. ``told`` is told every address before it is contacted."""

    fetch: FetchSettings
    conditional: bool
    stop: threading.Event
    told: Callable[[urls.Url], None]
    seconds: float = MAX_SECONDS


def gather(archive: Archive, page: Page, run: AssetRun, asking: Asking) -> Gathered:
    """Fetches the assets of a page. An asset that cannot be had is a result, not an error. Raises Stopped, and ArchiveError where the
    archive cannot be read.
    """
    return _Gathering(archive, page, run, asking).run()


class _Gathering:
    """The work on one page, by several threads; its lock is that of the run."""

    def __init__(self, archive: Archive, page: Page, run: AssetRun, asking: Asking) -> None:
        self._archive = archive
        self._page = page
        self._run = run
        self._asking = asking
        self._end = time.monotonic() + asking.seconds
        self._seen: dict[str, Wanted] = {}
        self._waiting: list[Wanted] = []
        self._busy = 0
        self._bytes = 0
        self._results: dict[int, tuple[Wanted, Result]] = {}
        self._left_out: Counter[str] = Counter()
        self._failure: BaseException | None = None

    def run(self) -> Gathered:
        with self._run.ready:
            self._add(self._page.references, None, 0)
        # a style sheet may name many more than there are to begin with
        sheets = any(wanted.reference.role == Role.STYLE for wanted in self._waiting)
        workers = self._run.workers if sheets else min(self._run.workers, len(self._waiting))
        threads: list[threading.Thread] = []
        try:
            for _ in range(workers):
                thread = threading.Thread(target=self._work, daemon=True)
                try:
                    thread.start()
                except RuntimeError:  # no more are to be had: fewer do the same
                    break
                threads.append(thread)
            if not threads:
                self._work()
            for thread in threads:
                while thread.is_alive():
                    thread.join(_MOMENT)  # on Windows, Ctrl-C is not seen by a thread that waits without an end
        except BaseException:
            self._asking.stop.set()
            raise
        if self._failure is not None:
            raise self._failure
        return Gathered([self._results[number] for number in sorted(self._results)], self._left_out)

    def _add(self, references: References, found_in: str | None, depth: int) -> None:
        for reason, number in references.left_out:
            self._left_out[reason] += number
        for reference in references.items:
            if reference.url in self._seen or reference.url == self._page.url:
                continue
            wanted = Wanted(reference, len(self._seen), found_in, depth)
            self._seen[reference.url] = wanted
            if depth > MAX_DEPTH:
                self._left_out["too-deep"] += 1
            elif len(self._seen) - self._left_out.total() > MAX_ASSETS:
                self._left_out["too-many"] += 1
            else:
                self._waiting.append(wanted)
        self._waiting.sort(key=lambda wanted: wanted.order)

    def _work(self) -> None:
        try:
            while (taken := self._take()) is not None:
                wanted, result = taken
                if result is None:
                    result = self._fetch(wanted)
                with self._run.ready:
                    self._take_in(wanted, result)
        except BaseException as error:  # noqa: BLE001  # handed to the thread that asked, which raises it
            with self._run.ready:
                self._failure = self._failure or error
                self._run.ready.notify_all()

    def _take(self) -> tuple[Wanted, Result | None] | None:
        """The next asset that may be fetched now, or that another page of the run has fetched; None once there is no more to do."""
        with self._run.ready:
            while self._failure is None:
                if self._asking.stop.is_set():
                    raise Stopped("The assets of a page were being fetched when the run was ended; it is not recorded.")
                self._leave_out_the_rest()
                for at, wanted in enumerate(self._waiting):
                    result = self._run.result(wanted.url)
                    if result is not None or self._run.admit(wanted.url, _host(wanted.url)):
                        del self._waiting[at]
                        self._busy += 1
                        return wanted, result
                if not self._waiting and not self._busy:
                    break
                self._run.ready.wait(_MOMENT)
            return None

    def _leave_out_the_rest(self) -> None:
        reason = "too-large" if self._bytes > MAX_BYTES else "no-time" if time.monotonic() > self._end else None
        if reason and self._waiting:
            self._left_out[reason] += len(self._waiting)
            self._waiting = []

    def _take_in(self, wanted: Wanted, result: Result) -> None:
        self._busy -= 1
        if isinstance(result, Fetched):
            self._bytes += sum(len(exchange.response) for exchange in result.exchanges)
            if result.references is not None and wanted.reference.role == Role.STYLE:
                self._add(result.references, wanted.url, wanted.depth + 1)
        else:
            result = replace(result, url=wanted.url, role=wanted.reference.role, found_in=wanted.found_in)
        self._results[wanted.number] = wanted, result
        self._run.ready.notify_all()

    def _fetch(self, wanted: Wanted) -> Result:
        host, shared = _host(wanted.url), None
        try:
            result, alike = self._ask(wanted)
            shared = result if alike else None
        finally:
            self._run.done(wanted.url, host, shared)
        return result

    def _ask(self, wanted: Wanted) -> tuple[Result, bool]:
        """What fetching it gave, and whether it would give others of this run the same."""
        asking, role = self._asking, wanted.reference.role
        known = self._known(wanted.url) if asking.conditional else None
        condition = net.Conditional(wanted.url, known.header("etag"), known.header("last-modified")) if known else None
        seconds = min(MAX_SECONDS_EACH, asking.fetch.timeout, max(0.1, self._end - time.monotonic()))
        settings = replace(asking.fetch, timeout=seconds, max_body=min(MAX_ASSET, asking.fetch.max_body))
        try:
            exchanges = net.fetch(wanted.url, settings, conditional=condition, stop=asking.stop, told=asking.told)
            if condition is not None and condition.is_mistaken_by(exchanges[-1]):
                known = None
                exchanges = net.fetch(wanted.url, settings, stop=asking.stop, told=asking.told)
        except Stopped:
            raise
        except ArchiverError as error:
            return FailedAsset(wanted.url, role, str(error)[:300]), not isinstance(error, Unreachable)
        final = exchanges[-1]
        confirmed = known if known is not None and final.status == 304 and final.url == wanted.url else None
        fault = None if confirmed else _fault(final)
        if fault is not None:
            return FailedAsset(wanted.url, role, fault, final.status), final.truncated is None
        certificates = dict.fromkeys(Digest.of(der).hex for exchange in exchanges for der in exchange.certificates)
        references = self._named_in(final, confirmed) if role == Role.STYLE else None
        doubts = untrusted_beside(exchanges)
        return Fetched(wanted.url, exchanges, confirmed, references, None, tuple(certificates), doubts), True

    def _known(self, url: str) -> OnRecord | None:
        """What is on record of an address, if the server can be asked whether it has changed."""
        known = self._archive.catalogue.assets.latest(url)
        # a damaged one is fetched and recorded anew beside it
        found = asset_on_record(self._archive, known) if known is not None else None
        return found if found and (found.header("etag") or found.header("last-modified")) else None

    def _named_in(self, final: Exchange, known: OnRecord | None) -> References:
        """What a style sheet names; ``known`` is what is on record, where that stands for what came."""
        from archiver.texts import references_of_sheet  # as in `reading`

        answer = known or final
        return references_of_sheet(
            known.payload if known else final.body, content_type=answer.header("content-type"),
            content_encoding=answer.header("content-encoding"), url=final.url, page_charset=self._page.charset,
        )  # fmt: skip


def _fault(final: Exchange) -> str | None:
    if final.truncated:
        return f"the answer was cut short ({final.truncated})"
    if final.status not in WHOLE_PAGE:
        return f"the server answered {final.status}"
    return None


def _host(url: str) -> str:
    return urls.parse(url).host
