"""How the search went: what a budget buys, whether refinement converges, what it adds over the topics, which topics it preferred.

AdAEM §4.3 and E.5, E.6, K.1 (Figs. 7, 14, 18, 20, Table 13). Every number is read from one finished or running study.
Data flow: `Study → SQL → Efficiency, Favour per topic → tables and figures`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.generate.arms import Arm, ucb, update
from adaem_core.infer.arrays import Floats, Integers
from adaem_core.infer.estimate import Estimate, share
from adaem_core.landscape.quality import mean

TOP = 100  # best questions of a budget, as in Fig. 7
PARTS = ("value_diversity", "opinion_diversity", "value_conformity", "disentanglement")
SCORED = """SELECT pull, topic_id, total FROM questions
    WHERE fate = 'scored' AND author IS NOT NULL AND total IS NOT NULL ORDER BY pull, id"""
ROOTS = "SELECT topic_id, total FROM questions WHERE author IS NULL AND depth = 0 AND total IS NOT NULL ORDER BY rowid"
STEPS = """SELECT a.question_id, a.step, a.total, a.accepted FROM attempts a JOIN questions q ON q.id = a.question_id
    WHERE q.fate = 'scored' AND q.author IS NOT NULL ORDER BY a.question_id, a.step"""


@dataclass(frozen=True, eq=False)
class Budget:
    """What the search had found after each pull; one entry per pull, shape (pulls,)."""

    pulls: Integers  # 1, 2, …
    score: Floats  # mean S of the best questions so far; NaN before the first
    low: Floats  # 95 % interval over these questions; NaN for fewer than two
    high: Floats
    topics: Integers  # topics these questions come from
    questions: Integers  # how many they are, at most the number asked for


@dataclass(frozen=True, eq=False)
class Steps:
    """S by refinement step, as the fast models (P1) see it; a question that stopped keeps its score. Shape (steps,), step 0 the draft."""

    score: Floats
    low: Floats
    high: Floats
    tried: Integers  # questions for which this step was tried
    accepted: Integers  # of these, how many rewrites were accepted


@dataclass(frozen=True, eq=False)
class Efficiency:
    """The course of one search."""

    budget: Budget
    steps: Steps
    topics: Floats  # S of the topics themselves (P2), shape (topics,)
    questions: Floats  # S of the questions (P2), shape (questions,)
    drafts: Floats  # S of first drafts (P1), shape (questions,); only questions whose draft has a score
    refined: Floats  # S of the same questions after refinement (P1), same shape
    gain: Estimate  # mean S of a topic's questions minus S of the topic, over topics
    refinement: Estimate  # S after refinement minus S of the draft, over questions


def efficiency(study: Study, top: int = TOP) -> Efficiency:
    """Return the course of a study's search; all parts are empty where nothing is scored yet."""
    scored, roots = study.select(SCORED), study.select(ROOTS)
    totals = np.array([each["total"] for each in scored], dtype=float)
    ladder, tried, accepted = climbed(study)
    known = {each["topic_id"]: each["total"] for each in roots}
    gains = [
        np.mean([each["total"] for each in scored if each["topic_id"] == topic]) - known[topic]
        for topic in dict.fromkeys(each["topic_id"] for each in scored)
        if topic in known
    ]
    return Efficiency(
        budget=budget_curve(
            np.array([each["pull"] for each in scored], dtype=np.int64),
            [each["topic_id"] for each in scored],
            totals,
            len(study.pulls()),
            top,
        ),
        steps=step_curve(ladder, tried, accepted),
        topics=np.array(list(known.values()), dtype=float),
        questions=totals,
        drafts=ladder[:, 0],
        refined=ladder[:, -1],
        gain=mean(np.array(gains, dtype=float)),
        refinement=mean(ladder[:, -1] - ladder[:, 0]),
    )


def budget_curve(pulls: Integers, topics: Sequence[str], totals: Floats, count: int, top: int) -> Budget:
    """Return, after each of `count` pulls, the mean S of the `top` best questions so far and how many topics they come from.

    `pulls`, `topics` and `totals` belong to the questions, shape (questions,). One search, read as if it had stopped there.
    """
    order = np.argsort(-totals, kind="stable")
    best = [order[pulls[order] <= pull][:top] for pull in range(1, count + 1)]
    means = [mean(totals[each]) for each in best]
    return Budget(
        np.arange(1, count + 1),
        *ends(means),
        np.array([len({topics[place] for place in each}) for each in best], dtype=np.int64),
        np.array([len(each) for each in best], dtype=np.int64),
    )


def climbed(study: Study) -> tuple[Floats, Integers, Integers]:
    """Return S of each question after each refinement step, shape (questions, steps), and per step how many were tried and accepted.

    A rejected rewrite leaves the score where it was. Questions whose draft has no score are left out.
    """
    rows = study.select(STEPS)
    count = max((each["step"] for each in rows), default=0) + 1
    places = {id: place for place, id in enumerate(dict.fromkeys(each["question_id"] for each in rows))}
    ladder = np.full((len(places), count), np.nan)
    tried, accepted = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    for each in rows:
        tried[each["step"]] += 1
        accepted[each["step"]] += each["accepted"]
        if each["accepted"] and each["total"] is not None:
            ladder[places[each["question_id"]], each["step"] :] = each["total"]
    return ladder[~np.isnan(ladder[:, 0])], tried, accepted


def step_curve(ladder: Floats, tried: Integers, accepted: Integers) -> Steps:
    """Return mean S per step with its interval over questions."""
    return Steps(*ends([mean(column) for column in ladder.T]), tried, accepted)


def ends(means: Sequence[Estimate]) -> tuple[Floats, Floats, Floats]:
    """Return values and the two ends of their intervals, shape (means,) each."""
    values, low, high = (np.array([getattr(each, end) for each in means], dtype=float) for end in ("value", "low", "high"))
    return values, low, high


@dataclass(frozen=True)
class Favour:
    """How the bandit treated one topic."""

    id: str
    text: str
    category: str
    pulls: int  # 0 where it never had its turn
    first: float  # reward of its first pull; NaN where there was none or nothing was scored
    mean: float  # its estimate Q: mean reward so far; NaN where no question of it was scored
    bound: float  # its upper confidence bound now; inf where never pulled


def favoured(study: Study) -> list[Favour]:
    """Return every topic with how often it was pulled and why, the most often pulled first: the bandit's own arithmetic, replayed."""
    arms = {topic.id: Arm(topic) for topic in study.topics()}
    first: dict[str, float] = {}
    rewarded: set[str] = set()
    for pull in study.finished_pulls():
        rewarded |= set() if np.isnan(pull.reward) else {pull.topic_id}
        arms[pull.topic_id] = update(arms[pull.topic_id], replace(pull, root=None, outgrowths=()))
        first.setdefault(pull.topic_id, pull.reward)
    budget = settings_of(study).generate.budget
    made = [
        Favour(
            topic, arm.topic.text, arm.topic.category, arm.pulls, first.get(topic, float("nan")),
            arm.estimate if topic in rewarded else float("nan"), ucb(arm, budget),
        )
        for topic, arm in arms.items()
    ]  # fmt: skip
    return sorted(made, key=lambda each: (-each.pulls, -np.nan_to_num(each.mean), each.id))


def why_favoured(one: Favour, every: Sequence[Favour]) -> str:
    """Return in words why a topic was pulled as often as it was."""
    turns, firsts = sum(each.pulls for each in every), [each.first for each in every if not np.isnan(each.first)]
    if not one.pulls:
        return f"Not pulled yet: {turns} pulls did not reach it. Each topic gets a first turn before any gets a second."
    told = f"Pulled {one.pulls} of {turns} times."
    if not np.isnan(one.first):
        told += f" Its first pull brought S {one.first:.2f}, where topics brought {np.mean(firsts):.2f} on average."
    if np.isnan(one.mean):
        return f"{told} None of its questions could be scored."
    rivals = [each for each in every if each is not one and each.pulls]
    above = sum(each.bound > one.bound for each in rivals)
    place = "the highest of all: it would be pulled next" if not above else f"{above} of {len(rivals)} other topics have a higher one"
    return f"{told} Its mean is {one.mean:.2f} and its upper bound {one.bound:.2f}, {place}."


def category_shares(categories: Sequence[str]) -> list[tuple[str, int, float, float, float]]:
    """Return category, how many, share and its 95 % interval, the commonest first; an empty name is “none”."""
    named = [each or "none" for each in categories]
    counts = {each: named.count(each) for each in dict.fromkeys(named)}
    return [(name, count, *share(count, len(named))) for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))]
