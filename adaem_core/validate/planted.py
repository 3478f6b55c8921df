"""Labels drawn from the simulated panel's planted truth, without any text: the same chances as its answers and its recogniser have.

A simulated answer is a few points, each standing for one or two Schwartz values; its recogniser misses and invents values at
known rates. Both are drawn here by the panel's own functions, so thousands of examinations fit into minutes.
Data flow: `questions.csv → Reading → opinions → Drawn → (recogniser's errors) → ValueLabels`; `latent_profile → truth`.
"""

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import numpy as np

from adaem_core.chat.simulated.answers import HIGHLY_CONTESTED, opinions_on
from adaem_core.chat.simulated.draws import pick, stable
from adaem_core.chat.simulated.phrases import schwartz
from adaem_core.chat.simulated.profiles import latent, latent_profile, respondent, respondents
from adaem_core.chat.simulated.questions import Reading
from adaem_core.errors import BadInput
from adaem_core.folders import DATA
from adaem_core.infer.arrays import Flags, Floats
from adaem_core.measure.value_labels import ValueLabels
from adaem_core.settings import ElicitSettings

POOL = DATA / "calibration" / "questions.csv"
POINTS = ElicitSettings().opinions
HELPERS = ("recogniser", "guard")  # simulated, but no examinees
LABELLINGS = {"any": POINTS, "first": 1}  # a value counts if any point expresses it (§3.3), or only if the weightiest does


@dataclass(frozen=True, eq=False)
class Drawn:
    """What respondents said before a recogniser read it, and the recogniser's luck."""

    models: tuple[str, ...]
    spoken: Flags  # (questions, models, points, values): what a point stands for
    answered: Flags  # (questions, models)
    luck: Floats  # (questions, models, points, values), uniform in [0, 1): shared by all error rates, so that they compare


@cache
def pool() -> tuple[Reading, ...]:
    """Return how the questions of a simulated benchmark read: contestedness and the values they name."""
    with POOL.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(Reading("", tuple(row["gained"].split()), tuple(row["lost"].split()), float(row["contested"]), 0) for row in rows)


def everybody() -> tuple[str, ...]:
    """Return the respondents that can be examined."""
    return tuple(name for name in respondents() if name not in HELPERS)


def panel(count: int) -> tuple[str, ...]:
    """Return `count` respondents spread evenly over the panel, always the same ones; BadInput for fewer than two or too many."""
    names = everybody()
    if not 2 <= count <= len(names):
        raise BadInput(f"The simulated panel has between 2 and {len(names)} respondents to examine, got {count}.")
    return tuple(names[place * len(names) // count] for place in range(count))


def truth(models: Sequence[str]) -> Floats:
    """Return the planted log-priorities, shape (models, values): NaN for a name that is no simulated respondent."""
    known = {name: list(latent_profile(name).values()) for name in respondents()}
    nothing = [np.nan] * len(schwartz().ids)
    return np.array([known.get(each.removeprefix("simulated/"), nothing) for each in models], dtype=np.float64)


@lru_cache(maxsize=4)
def draw(models: tuple[str, ...], questions: int, seed: int) -> Drawn:
    """Return answers to the first `questions` questions of stream `seed`; a longer draw begins with the shorter one."""
    places = {id: place for place, id in enumerate(schwartz().ids)}
    shape = (questions, len(models), POINTS, len(places))
    spoken, answered = np.zeros(shape, dtype=np.bool_), np.ones(shape[:2], dtype=np.bool_)
    for number in range(questions):
        reading = question(number, seed)
        for place, model in enumerate(models):
            said = points(model, reading, random.Random(stable("calibration answer", str(seed), str(number), model)))
            answered[number, place] = bool(said)
            for point, values in enumerate(said):
                spoken[number, place, point, [places[id] for id in values]] = True
    streams = [np.random.default_rng(stable("calibration luck", str(seed), model)) for model in models]
    luck = np.stack([stream.random((questions, POINTS, len(places))) for stream in streams], axis=1)
    return Drawn(models, spoken, answered, luck)


def question(number: int, seed: int) -> Reading:
    """Return one question of stream `seed`: it reads like one of the pool, and what everybody shares about it is its own."""
    rng = random.Random(stable("calibration question", str(seed), str(number)))
    return replace(pick(rng, pool()), seed=stable("calibration wording", str(seed), str(number)))


def points(model: str, reading: Reading, rng: random.Random) -> list[set[str]]:
    """Return what each point of a respondent's answer stands for, weightiest first; empty where it refuses."""
    who = respondent(model)
    if reading.contested > HIGHLY_CONTESTED and rng.random() < who.refuses:
        return []
    return [{each.point, each.reason} for each in opinions_on(reading, latent(who), 0.0, count=POINTS, rng=rng)]


def read(drawn: Drawn, questions: int, miss: float, false_alarm: float, labelling: str = "any") -> ValueLabels:
    """Return the labels a recogniser with these error rates (per point and value) gives to the first `questions` questions."""
    counted = slice(0, LABELLINGS[labelling])
    spoken, luck = (array[:questions, :, counted] for array in (drawn.spoken, drawn.luck))
    seen = np.where(spoken, luck < 1 - miss, luck < false_alarm).any(axis=2)
    expressed = np.where(drawn.answered[:questions, :, None], seen.astype(np.float64), np.nan)
    return ValueLabels(expressed, tuple(f"q{number}" for number in range(questions)), drawn.models, schwartz().ids)


def true_rates(labels: ValueLabels) -> Floats:
    """Return, for each examinee and value, how often it is the one that expresses the value where exactly one of two does.

    Averaged over the other examinees; shape (examinees, dimensions), in [0, 1]; NaN where no question ever tells two apart.
    With very many questions this is what a win rate says in words, whatever the method that computes it.
    """
    one, other = np.nan_to_num(labels.expressed), np.where(np.isnan(labels.expressed), 0.0, 1 - labels.expressed)
    only = np.einsum("qid,qjd->ijd", one, other, optimize=True)
    games = only + only.transpose(1, 0, 2)
    chance = np.where(games > 0, only / np.maximum(games, 1), np.nan)
    chance[np.arange(len(only)), np.arange(len(only))] = np.nan
    known = ~np.isnan(chance)
    return np.where(known.any(axis=1), np.where(known, chance, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1), np.nan)
