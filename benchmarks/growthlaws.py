"""How costs grow with the number of snapshots: the exponent of a power law, and what is too steep."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

BULK, LOOKUP = "bulk", "look-up"
STEEPEST = {BULK: 1.1, LOOKUP: 0.3}
"""Exponents above which a cost grows too fast: linear with room for noise, and logarithmic (log n over 10^2..10^6 is about n^0.1)."""


@dataclass(frozen=True)
class Law:
    """A cost in proportion to n^exponent; ``last`` is the exponent between the two largest sizes alone."""

    exponent: float
    last: float
    kind: str

    @property
    def steep(self) -> bool:
        """Whether it grows too fast, by the two largest sizes: at small ones the start of a process hides the growth."""
        return self.last > STEEPEST[self.kind]


def law(costs: Mapping[int, float], kind: str) -> Law | None:
    """The law of costs by size, by least squares over the logarithms; None of fewer than two sizes with a cost above nothing."""
    points = sorted((math.log(size), math.log(cost)) for size, cost in costs.items() if size > 0 and cost > 0)
    if len(points) < 2:
        return None
    return Law(_slope(points), _slope(points[-2:]), kind)


def _slope(points: list[tuple[float, float]]) -> float:
    middle_x, middle_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / sum((x - middle_x) ** 2 for x, _ in points)


def extrapolated(costs: Mapping[int, float], size: int, kind: str) -> float | None:
    """The cost at a larger size, by the growth between the two largest ones; of bulk costs it is taken as linear at least."""
    found = law(costs, kind)
    if found is None:
        return None
    largest = max(costs)
    return costs[largest] * (size / largest) ** max(found.last, 1.0 if kind == BULK else 0.0)
