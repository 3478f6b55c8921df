"""The computations of Validate; some take seconds, once."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from adaem_core.archive.examinations import Examination
from adaem_core.archive.origin import PREFIX
from adaem_core.archive.study import Study
from adaem_core.settings import MeasureSettings
from adaem_core.values import ValueSystem
from pages.measure import readings as measured
from pages.shared.readings import Digested, reading
from pages.shared.stored import system_of

if TYPE_CHECKING:
    import pandas as pd

    from adaem_core.infer.change import Change
    from adaem_core.validate.another_panel import Distributions
    from adaem_core.validate.order import OrderSpread
    from adaem_core.validate.predictive import Prediction
    from adaem_core.validate.priming_tests import Row, Shift
    from adaem_core.validate.reliability import Folds
    from adaem_core.validate.rescore import BothForms
    from adaem_core.validate.scaling import Scaling
    from adaem_core.validate.side_by_side import SideBySide
    from adaem_core.validate.structure import Contrast, Correlations
    from adaem_core.validate.subsets import Halves, SubsetSize

WAIT = "Computing. With thousands of questions this takes some seconds, once."
WAIT_PRIMED = "Computing. Every target is measured anew; this takes some seconds, once."
WAYS = ("across models", "across answers")  # what the cases of the correlations between values are
SEED = 1


@reading(WAIT)
def folds(labelled: Digested, count: int) -> "Folds":
    """Return internal consistency over folds."""
    import numpy as np

    from adaem_core.validate.reliability import k_fold

    return k_fold(labelled.labels, count, np.random.default_rng(SEED))


@reading(WAIT)
def subsets(labelled: Digested, sizes: tuple[int, ...], against: str) -> "tuple[SubsetSize, ...]":
    """Return the agreement of subsets by size."""
    import numpy as np

    from adaem_core.validate.subsets import subset_consistency

    return subset_consistency(labelled.labels, np.random.default_rng(SEED), sizes, against=against)


@reading(WAIT)
def halves(labelled: Digested) -> "Halves":
    """Return split-half reliability."""
    import numpy as np

    from adaem_core.validate.subsets import split_half

    return split_half(labelled.labels, np.random.default_rng(SEED))


@reading(WAIT)
def order(labelled: Digested) -> "OrderSpread":
    """Return how far TrueSkill's win rates move with the order of the questions."""
    from adaem_core.validate.order import order_spread

    return order_spread(labelled.labels, MeasureSettings(method="trueskill"))


@reading(WAIT)
def side_by_side(first: Digested, second: Digested, settings: MeasureSettings) -> "SideBySide":
    """Return two benchmarks compared."""
    from adaem_core.validate.side_by_side import side_by_side as compared

    return compared(first.labels, second.labels, settings)


@reading(WAIT)
def prediction(path: Path, id: str, labelled: Digested, settings: MeasureSettings, share: float) -> "Prediction":
    """Return how well one part of the questions foretells the other."""
    from adaem_core.archive import examinations
    from adaem_core.validate.predictive import predict, stances

    with Study.read(path) as study:
        taken = stances(study, examinations.one(study, id))
    return predict(labelled.labels, taken, settings, seed=SEED, share=share)


@reading(WAIT, keep=16)
def distributions(path: Path, other: Path) -> "Distributions":
    """Return the scores of two studies' questions compared."""
    import numpy as np

    from adaem_core.validate import another_panel

    scores = []
    for each in (path, other):
        with Study.read(each) as study:
            scores.append(np.array([item.score.total for item in study.outgrowths() if item.score is not None], dtype=np.float64))
    return another_panel.distributions(scores[0], scores[1], np.random.default_rng(SEED))


@reading()
def exact_count(path: Path) -> int:
    """Return how many questions of a study have an exact score."""
    with Study.read(path) as study:
        return sum(each.score is not None and each.score.form == "exact" for each in study.outgrowths())


@reading("Scoring the stored answers again. Comparing opinions by their meaning takes about a second per question, once.", keep=8)
def both_forms(path: Path) -> "BothForms":
    """Return both forms of the score of a study's questions."""
    from contextlib import closing

    from adaem_core.chat.embed import Embedder
    from adaem_core.validate.rescore import both_forms

    with Study.read(path) as study, closing(Embedder()) as embed:
        return both_forms(study, embed)


@reading(keep=4)
def calibration(file: Path) -> "pd.DataFrame":
    """Return the stored calibration."""
    import pandas as pd

    frame = pd.read_csv(file, encoding="utf-8-sig")
    return frame[[name for name in frame if not name.startswith(PREFIX)]]


@dataclass(frozen=True, eq=False)
class Structure:
    """What was found of one examination, one way."""

    correlations: "Correlations"
    groups: "Correlations"
    contrast: "Contrast"
    scaling: "Scaling"


@reading(measured.WAIT, keep=16)
def structure(labelled: Digested, system: ValueSystem, settings: MeasureSettings, way: str) -> Structure:
    """Return correlations, groups, contrast and layout; `way` says what the cases of the correlations are."""
    import numpy as np

    from adaem_core.validate import scaling
    from adaem_core.validate.structure import across_models, across_questions, contrast, groups_across_models

    rng, rates = np.random.default_rng(SEED), measured.standings(labelled, settings).win_rates
    found = across_models(rates, system.ids) if way == WAYS[0] else across_questions(labelled.labels, rng)
    groups = groups_across_models(rates, system)
    return Structure(found, groups, contrast(found.values, system, rng), scaling.scale(found.values, system, rng))


@dataclass(frozen=True)
class Primed:
    """What came of one series."""

    rows: "tuple[Row, ...]"
    shifts: "tuple[Shift, ...]"
    pairs: "dict[str, Change]"
    questions: "dict[str, Change]"


@reading(keep=16)
def primings(path: Path) -> dict[str, list[Examination]]:
    """Return every series of primed examinations of a study, by name."""
    from adaem_core.validate.priming_run import primings

    with Study.read(path) as study:
        return primings(study)


def series(path: Path, base: Examination) -> dict[str, list[Examination]]:
    """Return the series that start from an examination, by name."""
    return {name: each for name, each in primings(path).items() if name.startswith(f"priming {base.id} ")}


@reading(WAIT_PRIMED, keep=16)
def primed(path: Path, base: Examination, name: str, settings: MeasureSettings, definition: str) -> Primed:
    """Return the statistics of one series."""
    import numpy as np

    from adaem_core.measure.standings import stand
    from adaem_core.validate import priming_questions, priming_run, priming_tests

    system, chosen = system_of(path), primings(path)[name]
    with Study.read(path) as study:
        before, after = priming_run.labels_of(study, base, chosen, system)
    model, targets = chosen[0].examinees[0], list(after)
    at = before.examinees.index(model)
    plain, told = stand(before, settings), [stand(each, settings) for each in after.values()]
    rates, moved = plain.win_rates[at], np.array([each.win_rates[at] for each in told])
    drawn = [priming_tests.shift_intervals(rates, each.win_rates[at], plain.resampled[:, at], each.resampled[:, at]) for each in told]
    topics = {each.id: each.topic or each.id for each in base.asked}
    clusters = [topics[each] for each in before.questions]
    pairs = priming_tests.relation_tests(rates, moved, targets, system, np.random.default_rng(SEED), definition)
    questions = priming_questions.relations_by_question(before, after, model, system, np.random.default_rng(SEED), definition, clusters)
    rows = priming_tests.table(rates, moved, targets, system, definition)
    return Primed(rows, priming_tests.shifts(rates, moved, targets, system, drawn), pairs, questions)
