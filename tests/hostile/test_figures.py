"""Every figure drawn of a study whose names, ids and texts are made to act: in plotly's markup, its templates, TeX, or in what stands beside them."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from adaem_core import visualize
from adaem_core.archive.study import Study
from adaem_core.infer.estimate import Estimate, unknown
from adaem_core.landscape.course import Efficiency, category_shares, efficiency
from adaem_core.landscape.representation import counts, shares
from adaem_core.landscape.shares import of_one
from adaem_core.landscape.timeline import by_author
from adaem_core.landscape.years import Dated
from adaem_core.marks import STEERING
from adaem_core.measure.by_topic import by_category
from adaem_core.measure.compare import compare
from adaem_core.measure.compare import shares as shares_of
from adaem_core.measure.groups import Groups, groups
from adaem_core.measure.missing import Count, Kind
from adaem_core.measure.standings import Standings, stand, superiority
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.records import Fate, Outgrowth, Question
from adaem_core.settings import MeasureSettings
from adaem_core.validate.human_ratings import Aspect
from adaem_core.validate.priming_tests import TARGET, Shift
from adaem_core.validate.scaling import scale
from adaem_core.validate.scores import dense, scored
from adaem_core.validate.side_by_side import profiles_side_by_side
from adaem_core.validate.structure import across_models
from adaem_core.validate.subsets import STATISTICS, SubsetSize
from adaem_core.values import Dimension, ValueSystem
from adaem_core.visualize import tables
from adaem_core.visualize.calibration import COLOURS, MEASURES, ORDINARY
from adaem_core.visualize.question_map import Highlight

SIGNS = ("<b>", "</b>", "<a href=x>", "<br>", "&lt;i", "$x$", "%{x}", "</script>", "\u202e3–11", "\x1b[2J\u2028\x9b")
NAMES = tuple(f"A{sign}Z" for sign in SIGNS)
FIRST, SECOND, *_ = NAMES
SYSTEM = ValueSystem("hostile", FIRST, FIRST, True, tuple(Dimension(name, f"V{name}", name) for name in NAMES))
ROWS = replace(SYSTEM, circular=False)
KNOWN = Estimate(0.6, 0.5, 0.7, 10)
BROKEN = unknown(FIRST)
SETTINGS = MeasureSettings(orders=2, resamples=20)
NUMBERS = np.linspace(0.2, 0.8, len(NAMES))


@cache
def labels() -> ValueLabels:
    expressed = (np.random.default_rng(1).random((40, len(NAMES), len(NAMES))) < 0.5).astype(float)
    return ValueLabels(expressed, tuple(f"q{number}" for number in range(40)), NAMES, SYSTEM.ids)


@cache
def standings() -> Standings:
    return stand(labels(), SETTINGS)


@cache
def found() -> Groups:
    return groups(standings())


@pytest.fixture
def study(written: Path) -> Iterator[Study]:
    with Study.read(written) as opened:
        yield opened


def frame(**columns: Any) -> pd.DataFrame:
    """Return a table of a row per name, with the numbers a figure asks for."""
    return pd.DataFrame({name: NAMES if value is str else value for name, value in columns.items()})


def grown() -> list[Outgrowth]:
    return [
        Outgrowth(Question(name, FIRST, name, 1 if number else 0, FIRST if number else None, name), Fate.SCORED)
        for number, name in enumerate(NAMES)
    ]


def dated() -> tuple[list[tuple[Dated, ...]], Any]:
    times = [(Dated(0, 1, name, 2000 + number, 2000 + number, "event", name),) for number, name in enumerate(NAMES)]
    return times, by_author(times, list(NAMES), dict.fromkeys(NAMES, "2005-01"))


def calibrated() -> pd.DataFrame:
    numbers = {f"{measure}{end}": 0.5 for measure in MEASURES for end in ("", "_low", "_high")}
    return pd.DataFrame([{**vars(ORDINARY), "method": method, "repeats": 3, **numbers} for method in COLOURS])


def shifts() -> list[Shift]:
    return [Shift(FIRST, id, TARGET, 1, 0.5, 0.6, KNOWN) for id in SYSTEM.ids]


def placed(course: Efficiency) -> Mapping[str, np.ndarray]:
    return {name: course.questions for name in NAMES[:4]}


def measured(**more: Any) -> pd.DataFrame:
    return frame(set=str, number=10, dist_2=NUMBERS, dist_2_low=NUMBERS, dist_2_high=NUMBERS, **more)


def share_frame() -> pd.DataFrame:
    return pd.DataFrame(category_shares(list(NAMES)), columns=["category", "count", "share", "low", "high"])


PROFILES = np.random.default_rng(2).random((len(NAMES), len(NAMES)))
POINTS = np.random.default_rng(3).random((len(NAMES), 2)) - 0.5
PLACES = [["DE"], ["FR"]] * 5
Draw = Callable[[Any, Study], go.Figure]
FIGURES: dict[str, Draw] = {
    "calibration.calibration_figure": lambda draw, _: draw(calibrated(), "questions", "coverage"),
    "categories.categories_figure": lambda draw, _: draw(share_frame(), share_frame()),
    "categories.favoured_figure": lambda draw, _: draw(frame(id=str, text=str, pulls=2, first=NUMBERS, mean=NUMBERS)),
    "categories.keywords_figure": lambda draw, _: draw(frame(word=str, texts=3, share=NUMBERS, low=NUMBERS, high=NUMBERS)),
    "categories.words_figure": lambda draw, _: draw(frame(word=str, selection=1, rest=2, log_odds=NUMBERS, low=NUMBERS, high=NUMBERS)),
    "circle.shift_figure": lambda draw, _: go.Figure([*draw(shifts(), SYSTEM).data, *draw(shifts(), ROWS).data], both(draw)),
    "difference.difference_figure": lambda draw, _: draw(compare(standings(), FIRST, SECOND), SYSTEM, alpha=0.05),
    "difference.shares_figure": lambda draw, _: draw(shares_of(labels(), FIRST, SECOND, SETTINGS), SYSTEM.ids, SYSTEM, alpha=0.05),
    "difference.superiority_figure": lambda draw, _: draw(superiority(labels(), SETTINGS), FIRST, SECOND, SYSTEM),
    "efficiency.budget_figure": lambda draw, study: draw(efficiency(study).budget, NUMBERS),
    "efficiency.parts_figure": lambda draw, _: draw(
        extreme := frame(id=str, value_diversity=NUMBERS, opinion_diversity=NUMBERS, value_conformity=NUMBERS, disentanglement=NUMBERS),
        extreme.mean(numeric_only=True),
    ),
    "efficiency.spread_figure": lambda draw, study: draw(placed(efficiency(study))),
    "efficiency.steps_figure": lambda draw, study: draw(efficiency(study).steps),
    "heat.heat_figure": lambda draw, _: draw(standings(), found()),
    "human_ratings.ratings_figure": lambda draw, _: draw([Aspect(name, KNOWN, BROKEN, KNOWN, 0.5, 0.1, KNOWN, name) for name in NAMES]),
    "label_scores.scores_figure": lambda draw, _: draw(
        scored(dense(PROFILES.round(), PROFILES.T.round(), NAMES), np.random.default_rng(0), 20), SYSTEM
    ),
    "missing.missing_figure": lambda draw, _: draw([Count(name, 10, dict.fromkeys(Kind, 1)) for name in NAMES]),
    "monitor.arms_figure": lambda draw, _: draw(frame(id=str, pulls=2, text=str, topic_total=NUMBERS, bound=NUMBERS, score=NUMBERS)),
    "monitor.course_figure": lambda draw, _: draw(
        frame(number=2, topic_id=str, topic=str, topic_total=NUMBERS, best=NUMBERS, score=NUMBERS)
    ),
    "quality.quality_figure": lambda draw, _: draw(measured(), "dist_2"),
    "question_map.map_figure": lambda draw, _: draw(
        POINTS, NAMES, kinds=[*NAMES[1:], FIRST], title=FIRST, highlight=Highlight(np.array([1]), FIRST)
    ).add_traces(draw(POINTS, NAMES, numbers=np.append(NUMBERS[1:], np.nan), title=SECOND).data),
    "radar.radar_figure": lambda draw, _: draw(standings(), NAMES, SYSTEM, title=FIRST),
    "radar.category_figures": lambda draw, _: next(iter(draw(by_category(labels(), [FIRST] * 40, SETTINGS), NAMES, SYSTEM).values())),
    "regions.heat_figure": lambda draw, _: draw(counts(NAMES, PLACES)),
    "regions.regions_figure": lambda draw, _: draw(counts(NAMES, [[name] for name in NAMES]), FIRST),
    "reliability.estimates_figure": lambda draw, _: draw({name: KNOWN for name in NAMES} | {"why": BROKEN}, title=FIRST),
    "reliability.subset_figure": lambda draw, _: draw([SubsetSize(50, dict.fromkeys(STATISTICS, KNOWN))], 0.7),
    "scatter.distributions_figure": lambda draw, _: draw(NUMBERS, NUMBERS, (FIRST, SECOND)),
    "scatter.forms_figure": lambda draw, _: draw(NUMBERS, NUMBERS, NAMES),
    "scatter.profile_figure": lambda draw, _: draw(PROFILES, PROFILES, NAMES, NAMES, SYSTEM, (FIRST, SECOND)).add_traces(
        draw(PROFILES[:1], PROFILES[:1], NAMES[:1], NAMES, SYSTEM, (FIRST, SECOND)).data
    ),
    "score_parts.parts_figure": lambda draw, study: draw(tables.attempts(study.attempts("T001.1.1"))),
    "side_by_side.side_by_side_figure": lambda draw, _: draw(profiles_side_by_side(PROFILES, PROFILES), (FIRST, SECOND)),
    "structure.correlation_figure": lambda draw, _: draw(across_models(PROFILES, NAMES)),
    "structure.scaling_figure": lambda draw, _: draw(scale(np.corrcoef(PROFILES.T), SYSTEM, np.random.default_rng(0), 9), SYSTEM),
    "timeline.timeline_figure": lambda draw, _: draw(dated()[0], NAMES, dated()[1]),
    "tree.tree_figure": lambda draw, _: draw(grown(), SECOND),
    "win_rates.examinee_figure": lambda draw, _: draw(standings(), found(), FIRST, SYSTEM),
    "win_rates.value_figure": lambda draw, _: draw(standings(), found(), FIRST, SYSTEM),
    "world.world_figure": lambda draw, _: draw(shares(of_one(counts(NAMES, PLACES)))),
}


def both(draw: Any) -> go.Layout:
    """Return the layout of the shifts in rows with the annotations of those on the circle."""
    return go.Layout(draw(shifts(), ROWS).layout, annotations=draw(shifts(), SYSTEM).layout.annotations)


def drawing_functions() -> set[str]:
    """Return all that draws a figure, as module.function."""
    modules = [import_module(f"{visualize.__name__}.{each.name}") for each in pkgutil.iter_modules(visualize.__path__)]
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in modules
        for name, each in inspect.getmembers(module, inspect.isfunction)
        if name.endswith(("_figure", "_figures")) and each.__module__ == module.__name__
    }


def texts(part: Any) -> Iterator[str]:
    """Yield every text in a figure, wherever it stands."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for each in part.values():
            yield from texts(each)
    elif isinstance(part, list | tuple | np.ndarray):
        for each in part:
            yield from texts(each)


def test_all_figures_are_tried() -> None:
    assert drawing_functions() == set(FIGURES)


@pytest.mark.parametrize("name", FIGURES)
def test_no_text_of_a_study_acts_in_a_figure(name: str, study: Study) -> None:
    module, _, function = name.partition(".")
    draw = getattr(import_module(f"{visualize.__name__}.{module}"), function)
    drawn = list(texts(FIGURES[name](draw, study).to_plotly_json()))
    assert not [each for each in drawn if STEERING.search(each)]
    assert not [each for each in drawn if any(live in each for live in NAMES)]
