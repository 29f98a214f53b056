"""The process that has the browser: ``python -m archiver.browser.worker`` is given one task and says what comes of it, thing by thing.

It is a process of its own so that whatever a page does to its browser, the one who asked can end both. It ends with whoever started it:
the system closes the pipe.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any

from archiver import children
from archiver.browser.processes import kill_below, limit_files, remove
from archiver.browser.steps import NoPage, Say, StepFailed, Steps
from archiver.browser.task import Task

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page, Playwright, Response

_LAST_WORDS = 5.0  # seconds for files of the browser to go, where nobody else is left to remove them

# as browsers call them since their names stopped telling more
_SYSTEMS = {"darwin": "Macintosh; Intel Mac OS X 10_15_7", "win32": "Windows NT 10.0; Win64; x64"}


def main() -> None:
    """Reads one task, does it, says ``done``."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that has the archive
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    parent = os.getppid()
    task: Task = children.receive(sys.stdin.buffer)
    watch = threading.Thread(target=_end_with_parent, args=(task.folder,), daemon=True)
    watch.start()
    # profile and scratch files of playwright's own process too: the folder goes when all of it has ended, however it ends
    os.environ.update(dict.fromkeys(("TMPDIR", "TMP", "TEMP"), task.folder))
    limit_files(task.max_file)

    def say(what: str, value: Any) -> None:
        children.send(answers, (what, value))

    try:
        _work(task, say)
    finally:
        if os.getppid() != parent:
            watch.join(2 * _LAST_WORDS)  # what fails now fails since the browser was ended; the folder is still to go


def _work(task: Task, say: Say) -> None:
    from playwright.sync_api import Error, sync_playwright

    try:
        with sync_playwright() as playwright:
            _visit(playwright, task, say)
    except (Error, StepFailed, NoPage) as error:
        say("failed", str(error).partition("\n")[0][:500])
    say("done", None)


def _end_with_parent(folder: str) -> None:
    """The one who asked is gone, and cannot clear up any more."""
    sys.stdin.buffer.read(1)
    kill_below(os.getpid())
    remove(folder, _LAST_WORDS)
    os._exit(1)


def _visit(playwright: Playwright, task: Task, say: Say) -> None:
    browser = playwright.chromium.launch(
        executable_path=task.program,
        args=list(task.arguments),
        chromium_sandbox=task.sandbox,
        handle_sigint=False,
        handle_sigterm=False,
        handle_sighup=False,
        env=_environment(task.folder),
        timeout=task.load * 1000,
    )
    agent = _agent(browser.version, task.agent)
    say("browser", {"version": browser.version, "agent": agent})
    width, height = task.viewport
    context = browser.new_context(
        viewport={"width": width, "height": height},
        user_agent=agent,
        accept_downloads=False,
        service_workers="block",
        reduced_motion="reduce",
        locale="en",
    )
    context.set_default_timeout(task.step * 1000)
    if task.cookies:
        context.add_cookies(list(task.cookies))  # type: ignore[arg-type]
    page = context.new_page()
    context.on("page", _closer(page))
    page.on("dialog", _dismiss)
    page.on("response", _navigations(page, say))
    steps = Steps(context, page, task, say)
    steps.watch()
    failed = steps.open()
    if failed:
        say("failed", failed)
        return
    try:
        steps.run()
    finally:
        say("remarks", steps.remarks)
    say("done", None)  # whoever asked ends the browser quicker than it would end itself


def _closer(page: Page) -> Any:
    def close(other: Page) -> None:
        if other != page:
            other.close()

    return close


def _dismiss(dialog: Dialog) -> None:
    dialog.dismiss()


def _navigations(page: Page, say: Any) -> Any:
    def hear(response: Response) -> None:
        request = response.request
        if request.is_navigation_request() and request.frame == page.main_frame:
            say("hop", (response.url, response.status))

    return hear


def _agent(version: str, own: str) -> str:
    """The name of the browser as it is known to sites, and ours behind it."""
    major = version.partition(".")[0]
    system = _SYSTEMS.get(sys.platform, "X11; Linux x86_64")
    return f"Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0 Safari/537.36 {own}"


def _environment(folder: str) -> dict[str, str | float | bool]:
    """Nothing of the person's but where programs and languages are: no proxies, no profile, no key log."""
    kept: dict[str, str | float | bool] = {
        name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "WINDIR") if name in os.environ
    }
    names = ("HOME", "TMPDIR", "TMP", "TEMP", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "USERPROFILE")
    return kept | dict.fromkeys(names, folder)


if __name__ == "__main__":
    main()
