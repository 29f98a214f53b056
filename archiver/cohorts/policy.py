"""How a list was asked for, as it is recorded with what came of it."""

from __future__ import annotations

from archiver.capture import Options, SecondHand
from archiver.model.cohort import CohortPolicy

ROBOTS_NOT_ASKED = "not-asked"
"""No robots.txt was asked for: a person named the pages."""


def policy_of(options: Options, jobs: int, per_host: int, second: SecondHand | None) -> CohortPolicy:
    """Nothing in it says where a proxy is, or which cookies were lent."""
    fetch = options.fetch
    return CohortPolicy(
        ROBOTS_NOT_ASKED, fetch.user_agent, jobs, per_host, float(fetch.timeout), options.conditional, options.browser,
        options.assets is not None, fetch.verify_tls, bool(fetch.cookies), fetch.proxy is not None,
        second.wish.timegate if second is not None else "", options.keeper.url if options.keeper is not None else "",
    )  # fmt: skip
