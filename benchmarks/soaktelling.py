"""What a soak tells: a line each minute, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench import row
from soakserver import growth

if TYPE_CHECKING:
    from soak import Soak

WARM = 600.0
"""Seconds; in a shorter soak a server is still filling its pools and caches."""
SLOW = 60.0
"""Seconds after which a command that is still at work is named."""


def left_out(soak: Soak) -> list[str]:
    """The troubles that this machine cannot make."""
    return [
        *([] if soak.own_disk else ["a full disk (no tmpfs could be mounted: it takes root)"]),
        *([] if soak.place.clock else ["clocks that jump (they take glibc and a C compiler)"]),
    ]


def minute(soak: Soak) -> None:
    size = sum(path.stat().st_size for path in (soak.place.archive / "warc").rglob("*.gz")) / 1e6
    row(
        f"{soak.now / 60:5.1f} min: {sum(soak.ended.values()):,} commands ({soak.did['killed']} killed, {soak.did['refused']} refused), "
        f"{len(soak.truth.acknowledged):,} acknowledged, {soak.truth.looks} looks at the truth, {len(soak.faults)} faults; disk full "
        f"{soak.did['disk full']} times, clocks off {soak.did['clocks']} + {soak.did['clock of the server']}; "
        f"answers {sum(server.asked.answers.total() for server in soak.servers):,}; WARC {size:.1f} MB; "
        f"serve {soak.servers[0].samples[-1] if soak.servers[0].samples else ''}"
    )
    for call in soak.running:
        if call.spent > SLOW:
            row(f"           at work for {call.spent:.0f} s: {call.number:06} {' '.join(call.command.words)[:200]}")


def summary(soak: Soak) -> None:
    """Tells, and takes for faults what is left behind or grew."""
    row(f"\n{soak.now / 60:.0f} minutes, seed {soak.seed}; faults: {len(soak.faults)}")
    row("  commands      ", ", ".join(f"{name} {count:,}" for name, count in soak.ended.most_common()))
    row("  troubles      ", ", ".join(f"{name} {count:,}" for name, count in soak.did.items()))
    row(
        "  took longest  ",
        ", ".join(
            f"{seconds:.0f} s {words[:60]}{' (killed)' * killed}"
            for seconds, words, killed in sorted(soak.longest)[::-1]
        ),
    )
    row("  left out      ", ", ".join(left_out(soak)) or "nothing")
    row(
        "  the truth     ",
        f"{len(soak.truth.acknowledged):,} acknowledged, {len(soak.truth.erased):,} erased;",
        f"{soak.truth.looks} looks, {soak.truth.rebuilt} rebuilds of a copy",
    )
    for server in soak.servers:
        answers = sorted(server.asked.answers.items(), key=lambda item: -item[1])
        row(
            f"  serve, {server.name:6}",
            f"{server.starts} starts, {server.asked.answers.total():,} answers:",
            ", ".join(f"{name} {count:,}" for name, count in answers),
        )
    left = soak.truth.left_over()
    row("  left behind   ", ", ".join(f"{name} {count}" for name, count in left.items()))
    for name in ("crash marks", "locks without a file", "files that nobody knows"):
        if left[name]:
            soak.fault(f"{left[name]} {name} are left behind")
    judged = soak.seconds >= WARM
    for name, (first, last, grows) in growth(soak.servers[0].samples).items() if soak.servers[0].samples else ():
        told = "" if judged else " (not judged: it has hardly begun)"
        row(f"  {name:14}", f"{first:.1f} in the first quarter, {last:.1f} in the last{told}")
        if grows and judged:
            soak.fault(f"{name} of the server grew from {first:.1f} to {last:.1f}")
