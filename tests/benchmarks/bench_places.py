"""Speed of places and times: `pytest tests/benchmarks/bench_places.py -m benchmark -s`.

12,310 made-up questions of eight authors that name a country, and often a year or an event: found, counted, compared, drawn.
"""

import numpy as np
import pytest

from adaem_core.landscape.regions import countries, places
from adaem_core.landscape.representation import counts, leanings, shares
from adaem_core.landscape.shares import of_one
from adaem_core.landscape.timeline import by_author, find_years
from adaem_core.visualize.regions import heat_figure
from adaem_core.visualize.timeline import timeline_figure
from adaem_core.visualize.world import world_figure
from tests.benchmarks.bench_landscape import COUNT, timed


def made(count: int) -> tuple[list[str], list[str]]:
    rng = np.random.default_rng(0)
    names, times = [each.name for each in countries().values()], ["", " by 2030", " after Brexit", " in the 1990s", " as in May 2021"]
    texts = [f"Should {rng.choice(names)} change rule {number}{rng.choice(times)}?" for number in range(count)]
    return texts, [f"model {rng.integers(8)}" for _ in texts]


@pytest.mark.benchmark
def test_speed() -> None:
    texts, authors = made(COUNT)
    found = timed(f"places in {COUNT:,} questions", lambda: [places(text) for text in texts])
    times = timed("years and events", lambda: [find_years(text) for text in texts])
    counted = timed("counts by country", lambda: counts(authors, found))
    timed("all comparisons with q-values", lambda: leanings(counted))
    figure = timed("the map", lambda: world_figure(shares(of_one(counted))))
    timed("the heatmap", lambda: heat_figure(counted))
    summaries = by_author(times, authors)
    timed("the timeline", lambda: timeline_figure(times, authors, summaries))
    print(f"{'size of the map':<58}{len(figure.to_json()) / 1e6:>9.2f} MB")
