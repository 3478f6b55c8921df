"""Which tests begin first, so that no worker is left alone with a long one at the end.

pytest-xdist gives every worker an even share of the list, in order, and one that is done takes from the end of another's share.
So each share begins with some of the longest files, and ends with short ones.
"""

from collections.abc import Sequence

import pytest

# Beginnings of test names, the longest first: more than some ten seconds each.
LONGEST = (
    "tests/browser/test_looks",
    "tests/end_to_end/test_optimises",
    "tests/browser/test_run",
    "tests/end_to_end/test_deterministic",
    "tests/end_to_end/test_chaos",
    "tests/end_to_end/test_examine",
    "tests/test_house",
    "tests/test_demo",
    "tests/browser/test_examination",
    "tests/browser/test_measure",
    "tests/browser/test_map",
    "tests/work/test_jobs",
    "tests/test_installed",
    "tests/test_examples",
    "tests/test_misbehaving_models",
    "tests/validate/test_calibration",
    "tests/validate/test_predictive",
    "tests/validate/test_planted",
    "tests/end_to_end/test_priming",
    "tests/validate/test_priming_questions",
    "tests/generate/test_forecast",
)


def dealt(items: Sequence[pytest.Item], workers: int) -> list[pytest.Item]:
    """Return `items` as so many even shares in a row, each beginning with its part of the longest."""
    groups: list[list[pytest.Item]] = [[] for _ in range(len(LONGEST) + 1)]
    for item in items:
        groups[rank(item.nodeid)].append(item)
    *long, rest = groups
    order: list[pytest.Item] = []
    for worker in range(workers):
        order += [item for group in long[worker::workers] for item in group]
        short = max(0, len(items) * (worker + 1) // workers - len(order))
        order, rest = order + rest[:short], rest[short:]
    return order


def rank(name: str) -> int:
    """Return the place in LONGEST of what a test's name begins with; their number if it begins with none."""
    return next((place for place, begin in enumerate(LONGEST) if name.startswith(begin)), len(LONGEST))
