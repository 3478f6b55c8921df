"""The parts of the efficiency page: budget, refinement, distributions, two studies side by side, extremes."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from pages.landscape import readings
from pages.shared import choose, controls, show, stored
from pages.shared.caption import file_name, of_studies, of_study, study_file

if TYPE_CHECKING:
    from adaem_core.infer.estimate import Estimate
    from adaem_core.landscape.course import Efficiency

NUMBER = st.column_config.NumberColumn
EXTREMES = {
    "text": st.column_config.TextColumn("Question", width="large"),
    "total": NUMBER("S", format="%.2f"),
    "why": st.column_config.TextColumn("What sets it apart", width="large"),
    "value_diversity": NUMBER("Value diversity", format="%.2f"),
    "opinion_diversity": NUMBER("Opinion diversity", format="%.2f"),
    "value_conformity": NUMBER("Value conformity", format="%.2f"),
    "disentanglement": NUMBER("Disentanglement", format="%.2f"),
    "topic": "Topic",
    "author": "Author",
    "id": "Id",
}


def in_words(measured: "Estimate", *, sign: bool = True) -> str:
    """Return a figure with its interval, or why there is none."""
    if math.isnan(measured.value):
        return measured.why
    shown = f"{measured.value:+.2f}" if sign else f"{measured.value:.2f}"
    return shown if math.isnan(measured.low) else f"{shown} [{measured.low:+.2f}, {measured.high:+.2f}]"


def show_budget(path: Path, count: int) -> None:
    """Show score and topics of the best questions against budget; `count` is how many questions there are."""
    from adaem_core.landscape.course import TOP
    from adaem_core.visualize.efficiency import budget_figure

    st.subheader("What a budget buys", anchor=False)
    told = "Score and topics of so many of the best questions found by then. Fewer questions than the search finds, or nothing is left to choose."
    top = controls.number("Best questions that count", "top", 1, max(count, TOP), min(TOP, max(3, count // 3)), width=220, help=told)
    course = readings.efficiency(path, top)
    drawn = budget_figure(course.budget, course.topics)
    of_best = f"{count:,} questions of {len(course.budget.pulls):,} pulls, the best {top:,} at each point"
    of = of_study(path, of_best, "95 % intervals over these")
    show.figure(
        drawn,
        alt="Score of the best questions, and how many topics they cover, against pulls",
        of=of,
        name=study_file(path, "budget"),
    )


def show_steps(path: Path, course: "Efficiency") -> None:
    """Show how refinement converges."""
    from adaem_core.visualize.efficiency import steps_figure

    st.subheader("When refinement stops helping", anchor=False)
    moved = f"draft to end {in_words(course.refinement)}"
    of = of_study(path, f"{len(course.drafts):,} questions", moved, "95 % intervals over questions")
    show.figure(steps_figure(course.steps), alt="Mean score by refinement step", of=of, name=study_file(path, "steps"))


def show_spread(path: Path, course: "Efficiency") -> None:
    """Show the scores of topics and questions, and of drafts and refined questions."""
    from adaem_core.visualize.efficiency import spread_figure

    st.subheader("Before and after", anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        drawn = spread_figure({"Topics": course.topics, "Questions": course.questions})
        gained = f"questions minus their topic: {in_words(course.gain)}, over topics"
        of = of_study(path, "scores by the strong models (P2)", gained)
        show.figure(drawn, alt="Distribution of scores of topics and questions", of=of, name=study_file(path, "topics-questions"))
    with right:
        drawn = spread_figure({"Drafts": course.drafts, "Refined": course.refined})
        gained = f"refined minus draft: {in_words(course.refinement)}, same questions"
        of = of_study(path, "scores by the fast models (P1)", gained)
        show.figure(drawn, alt="Distribution of scores of drafts and refined questions", of=of, name=study_file(path, "drafts-refined"))


def show_between(path: Path, course: "Efficiency") -> None:
    """Show the scores of this study beside those of another, if one is chosen."""
    from adaem_core.infer.change import welch
    from adaem_core.visualize.efficiency import between, spread_figure

    st.subheader("Beside another study", anchor=False)
    other_path = choose.another("Other study", "beside", [each for each in stored.studies().values() if each != path])
    if other_path is None:
        st.caption("Choose a second study, for example one with another panel, to compare the scores of its questions with these.")
        return
    other, name = readings.efficiency(other_path), other_path.stem
    kinds = {stored.made(each).simulated for each in (path, other_path)}
    of = of_studies(
        [path, other_path],
        f"{len(course.questions):,} and {len(other.questions):,} questions",
        "simulated: one of the two only" * (len(kinds) == 2),
        "scores by each study's own strong models (P2)",
        f"questions here minus there: {in_words(welch(other.questions, course.questions)[0])} (Welch)",
        "another panel sees other differences: the same S need not mean the same",
        simulated=True in kinds,
    )
    drawn = spread_figure(between(course, other, (path.stem, name)))
    show.figure(
        drawn,
        alt="Distribution of scores in two studies",
        of=of,
        name=file_name(path.stem, "beside", name, simulated=True in kinds),
    )


def show_extremes(path: Path) -> None:
    """Show the best and the poorest questions with what explains them."""
    from adaem_core.landscape.course import PARTS
    from adaem_core.visualize.efficiency import extremes, parts_figure

    st.subheader("Highest and lowest", anchor=False)
    questions = stored.table("questions", path)
    shown = extremes(questions, 5)
    of = of_study(path, f"the {min(5, len(shown))} highest and lowest of {len(questions):,} questions")
    show.table(
        shown[list(EXTREMES)],
        alt="The highest- and lowest-scoring questions",
        of=of,
        name=study_file(path, "extremes"),
        columns=EXTREMES,
        placeholder="–",
    )
    drawn = parts_figure(shown, questions[list(PARTS)].mean())
    show.figure(drawn, alt="Parts of the score of the extreme questions", of=of, name=study_file(path, "extreme-parts"))
