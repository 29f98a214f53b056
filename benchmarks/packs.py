"""Evidence packs under attack (F1): good ones must pass everywhere, changed ones nowhere.

    python benchmarks/packs.py [--packs 100] [--jobs 2] [--readers VENV]

`verify.sh` runs with a PATH that holds the tools it names and nothing else; `archiver verify` runs in process. ``--readers`` names a
virtual environment with ``wacz`` and ``pywb`` (somebody else's readers), which then validate and replay every tenth good pack.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from forgery import EDITS, INNER, Files, Victim
from lies import LIES, Told, backdated, by_former_key, told
from packsamples import Authority, Stamped, sample
from sealing import SEALS, seal_with, write

from archiver.archive import Archive
from archiver.packs.checking import PackCheck
from archiver.packs.collecting import collect
from archiver.packs.evidence import Evidence
from archiver.packs.guide import script
from archiver.packs.packing import pack_files, signing_key
from archiver.signing import KeyRing, VerifyingKey
from archiver.timestamps.roots import load_roots
from archiver.verification import Summary
from archiver.version import TOOL

_TOOLS = ("bash", "grep", "sed", "awk", "gzip", "unzip", "xxd", "openssl")
_COREUTILS = re.findall(
    r"\S+",
    "base64 basename cat chmod cksum comm cp csplit cut date dd df dirname du echo env expand expr factor false fmt fold "
    "head id join link ln ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od paste pathchk pr printenv "
    "printf ptx pwd readlink realpath rm rmdir sha1sum sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf stty sum sync "
    "tac tail tee test timeout touch tr true truncate tsort tty uname unexpand uniq unlink wc who whoami yes ",
)  # is of diffutils, which every system with coreutils has


class Stranger:
    """Somebody with ordinary tools only: a PATH of links to them, and `verify.sh` as it is published."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "bin"
        self.path.mkdir(parents=True)
        for name in (*_TOOLS, *_COREUTILS):
            found = shutil.which(name)
            if found:
                (self.path / name).symlink_to(Path(found).resolve())
        self.script = folder / "verify.sh"
        self.script.write_bytes(script())

    def run(self, pack: Path, *arguments: str) -> tuple[int, str]:
        """Exit code and output."""
        command = [str(self.path / "bash"), str(self.script), str(pack), *arguments]
        ran = subprocess.run(
            command,
            env={"PATH": str(self.path), "TMPDIR": str(pack.parent)},
            capture_output=True,
            check=False,
            timeout=600,
        )
        return ran.returncode, ran.stdout.decode("utf-8", "replace") + ran.stderr.decode("utf-8", "replace")


@dataclass(frozen=True)
class Case:
    """A pack, the key that its verifier trusts, and the roots of time stamps that they name."""

    name: str
    path: Path
    key: VerifyingKey | None
    roots: Path | None = None


def python_code(pack: Path, key: VerifyingKey | None, roots: Path | None = None) -> int:
    """The exit code of `archiver verify PACK --key KEY`, in process, with no key met before."""
    named = None if roots is None else (lambda: load_roots(None, [roots], system=False))
    with tempfile.TemporaryDirectory() as folder:
        findings = list(PackCheck(KeyRing(Path(folder)), key, roots=named).findings(pack))
    return Summary(len(findings), sum(f.ok is False for f in findings), sum(f.ok is None for f in findings)).exit_code


def victims(folder: Path, count: int) -> Iterator[tuple[Victim, Stamped, list[Evidence]]]:
    """Archives with stamps, each with its evidence for many choices of ids."""
    authority, stranger = Authority(folder / "tsa"), Authority(folder / "tsa2", "Stranger")
    with Archive.create(folder / "other", KeyRing(folder / "other-keys")) as archive:
        other = pack_files(collect(archive, sample(archive, 99, authority, pages=1).quotes[:1]), signing_key(archive))
    for seed in range(count):
        ring = KeyRing(folder / f"keys{seed}")
        with Archive.create(folder / f"archive{seed}", ring) as archive:
            made = sample(archive, seed, authority)
            chosen = [made.quotes[0], made.quotes[1], made.quotes[-1], made.snapshots[1]]
            older = collect(archive, chosen)
            sample(archive, 1000 + seed, authority, pages=1)
            evidence = collect(archive, chosen)
            signer = signing_key(archive)
            files = pack_files(evidence, signer)
            victim = Victim(evidence, files, signer, older, other, stranger.stamp(evidence.checkpoint))
            choices = [[name] for name in (*made.quotes[:6], *made.snapshots[:2])] + [
                list(made.quotes),
                [*made.quotes, *made.snapshots],
            ]
            yield victim, made, [collect(archive, ids) for ids in choices]


def forgeries(victim: Victim) -> Iterator[tuple[str, Files]]:
    """Every edit, under every seal that a forger can put on it."""
    for edit in EDITS:
        files = edit(victim)
        for seal in SEALS:
            yield f"{edit.__name__} {seal.__name__}", seal(victim, files)


def inner_forgeries(victim: Victim) -> Iterator[tuple[str, Files]]:
    """What must not pass even where the manifest is signed by the true key."""
    for edit in INNER:
        for software in (TOOL, "archiver 9.9.9"):
            yield (
                f"{edit.__name__} under the true key, by {software}",
                seal_with(victim, edit(victim), victim.signer, software),
            )


def lying_logs(victim: Victim, folder: Path) -> Iterator[tuple[str, Told]]:
    """What must not pass though every proof and signature is right, for it contradicts itself: as far as `verify.sh` looks."""
    for at, (name, (_, _, plain)) in enumerate(LIES.items()):
        if plain:
            yield name, told(victim, name, folder / f"lie{at}")
    yield "a page backdated past a stamp", backdated(folder / "backdated")
    yield "a pack by a key that was exchanged", by_former_key(folder / "former")
    yield "the same without the statement of the exchange", by_former_key(folder / "silent", with_statement=False)


class Readers:
    """``wacz validate`` and pywb, in a virtual environment of their own."""

    def __init__(self, venv: Path, folder: Path) -> None:
        self.bin = (venv / "bin").absolute()
        self.folder = folder / "pywb"
        self.folder.mkdir()

    def valid(self, pack: Path) -> bool:
        """`wacz validate` exits with 0 whatever it finds: its words say."""
        ran = subprocess.run([self.bin / "wacz", "validate", "-f", pack], capture_output=True, text=True, check=False)
        return "Validation succeeded, the passed WACZ is valid" in ran.stdout and "not" not in ran.stdout.replace(
            "Note", ""
        )

    @contextmanager
    def serving(self, packs: list[Path]) -> Iterator[str]:
        """The address at which pywb serves the packs, each as a collection ``c0``, ``c1`` ..."""
        for number, pack in enumerate(packs):
            self._manager("init", f"c{number}")
            self._manager("add", "--unpack-wacz", f"c{number}", str(pack))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = subprocess.Popen(
            [self.bin / "wayback", "-p", str(port)],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()

    def replayed(self, packs: list[tuple[Path, Evidence]]) -> tuple[int, int]:
        """(pages that pywb answers with the recorded status, pages)."""
        with self.serving([pack for pack, _ in packs]) as base:
            wanted = [
                (
                    f"{base}/c{number}/{_stamp(capture['captured_at'])}mp_/{capture['hops'][-1]['url']}",
                    capture["status"],
                )
                for number, (_, evidence) in enumerate(packs)
                for capture in (leaf.json() for leaf in evidence.of_kind("capture"))
            ]
            return sum(_status(url) == status for url, status in wanted), len(wanted)

    def _manager(self, *arguments: str) -> None:
        subprocess.run([self.bin / "wb-manager", *arguments], cwd=self.folder, check=True, capture_output=True)


def _stamp(time_text: str) -> str:
    return "".join(sign for sign in time_text if sign.isdigit())


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


def _status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return int(answer.status)
    except OSError:
        return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packs", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--readers", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return _run(folder, options)


def _run(folder: Path, options: argparse.Namespace) -> int:
    stranger = Stranger(folder / "stranger")
    good: list[tuple[Path, VerifyingKey, Evidence]] = []
    bad: list[Case] = []
    inner: list[Case] = []
    lying: list[Case] = []
    archives = -(-options.packs // 10)
    for number, (victim, _, choices) in enumerate(victims(folder, archives)):
        key = victim.signer.public
        for at, evidence in enumerate(choices):
            good.append(
                (write(folder / f"good-{number}-{at}.wacz", pack_files(evidence, victim.signer)), key, evidence)
            )
        if number < -(-options.packs // (len(EDITS) * len(SEALS))) + 1:
            bad += [
                Case(name, write(folder / f"bad-{number}-{at}.wacz", files), key)
                for at, (name, files) in enumerate(forgeries(victim))
            ]
        if number == 0:
            inner = [
                Case(name, write(folder / f"inner-{at}.wacz", files), key)
                for at, (name, files) in enumerate(inner_forgeries(victim))
            ]
            lying = [
                Case(name, write(folder / f"lie-{at}.wacz", lie.files), lie.key, lie.roots)
                for at, (name, lie) in enumerate(lying_logs(victim, folder))
            ]
    good = good[: options.packs]
    ok = _judge("good packs pass", [Case(str(p), p, k) for p, k, _ in good], stranger, 0, options.jobs)
    ok &= _judge(
        "good packs of an unknown signer are said to be so",
        [Case(str(p), p, None) for p, _, _ in good[:10]],
        stranger,
        3,
        options.jobs,
    )
    ok &= _judge("changed packs fail", bad, stranger, 1, options.jobs)
    ok &= _judge("packs changed inside, manifest signed by the true key, fail", inner, stranger, 1, options.jobs)
    ok &= _judge(
        "packs that contradict themselves, all proofs and signatures right, fail", lying, stranger, 1, options.jobs
    )
    if options.readers:
        readers = Readers(options.readers, folder)
        some = [(path, evidence) for path, _, evidence in good[9::10]] or [
            (path, evidence) for path, _, evidence in good[:1]
        ]
        valid = sum(readers.valid(path) for path, _ in some)
        shown, pages = readers.replayed(some)
        print(
            f"wacz validate finds nothing in {valid} of {len(some)} packs; pywb replays {shown} of {pages} pages in them"
        )
        ok &= valid == len(some) and shown == pages
    return 0 if ok else 1


def _judge(what: str, packs: list[Case], stranger: Stranger, expected: int, jobs: int) -> bool:
    """Prints how many packs both checks answer as expected. One that a forger signed with a key of his own may be whole: then it is
    not confirmed (3), which is no pass either; how many are is said.
    """
    wanted = (1, 3) if expected == 1 else (expected,)

    def one(item: Case) -> tuple[str, int, int, str]:
        arguments = [*([item.key.vkey] if item.key else []), *(["--roots", str(item.roots)] if item.roots else [])]
        code, said = stranger.run(item.path, *arguments)
        return item.name, code, python_code(item.path, item.key, item.roots), said

    started = time.monotonic()
    with ThreadPoolExecutor(jobs) as pool:
        results = list(pool.map(one, packs))
    by_script = sum(code in wanted for _, code, _, _ in results)
    by_python = sum(code in wanted for _, _, code, _ in results)
    took = time.monotonic() - started
    print(
        f"{what}: verify.sh {by_script} of {len(results)}, archiver verify {by_python} of {len(results)} ({took:.0f} s)"
    )
    for name, code, other, said in results:
        if code not in wanted or other not in wanted:
            print(f"  {name}: verify.sh {code}, archiver verify {other}: {said.strip().splitlines()[-2:]}")
    if expected == 1:
        unconfirmed = [
            sum(answer == 3 for answer in answers) for answers in zip(*(one[1:3] for one in results), strict=True)
        ]
        print(f"  of them not confirmed, by another key under the same name: {unconfirmed[0]} and {unconfirmed[1]}")
        steps = Counter(
            said.split("FAILED")[0].strip().rsplit("\n", 1)[-1].strip() + said.split("FAILED")[-1].split("\n")[0]
            for _, _, _, said in results
        )
        for step, count in sorted(steps.items(), key=lambda item: -item[1])[:40]:
            print(f"  {count:4} at step {step}")
    return by_script == by_python == len(results)


if __name__ == "__main__":
    sys.exit(main())
