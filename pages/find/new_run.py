"""From the choices of a new run to its estimate, and from there to a study file with a worker on it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from adaem_core.chat.estimate import Stage
from adaem_core.chat.prices import price_of
from adaem_core.generate.estimate import estimate, minutes
from adaem_core.messages import Purpose
from adaem_core.panels import Panel
from adaem_core.records import Topic
from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings
from adaem_core.values import ValueSystem
from adaem_core.work import jobs
from pages.shared import show, stored

SAYS = {
    Purpose.FACT: "Find a fact to build a question on",
    Purpose.QUESTION: "Write the question",
    Purpose.ANSWER: "Answer questions",
    Purpose.RECOGNISE: "Read the values in answers",
    Purpose.LABEL_QUESTION: "Read the values in questions",
    Purpose.REFLECT: "Reflect on why a question tells little",
    Purpose.REWRITE: "Rewrite it",
    Purpose.GUARD: "Check for harm",
}


@dataclass(frozen=True)
class Plan:
    """Everything a run needs."""

    title: str
    system: ValueSystem
    topics: tuple[Topic, ...]
    earlier: tuple[str, ...]  # names of studies whose questions must not come back
    panel: Panel
    generate: GenerateSettings
    elicit: ElicitSettings
    chat: ChatSettings


def show_estimate(plan: Plan) -> bool:
    """Show calls, tokens, money and minutes; return whether the run may start."""
    stages = estimate(plan.panel, plan.system, plan.generate, plan.elicit, len(plan.topics))
    show.simulated_badge(simulated=plan.panel.simulated)
    show_stages(stages, minutes(stages, plan.panel, plan.generate, plan.chat))
    return may_start(plan)


def show_stages(stages: Sequence[Stage], expected: float) -> None:
    """Show what a piece of work will take, in all and stage by stage; `expected` are the minutes."""
    known = [each.cost for each in stages if each.cost is not None]
    with st.grid(4, min_column_width=130):
        st.metric("Calls", f"{sum(each.calls for each in stages):,}")
        st.metric("Tokens", f"{sum(each.prompt_tokens + each.completion_tokens for each in stages):,}")
        st.metric("Money", f"${sum(known):,.2f}" if len(known) == len(stages) else "unknown")
        st.metric("Time", duration(60 * expected))
    with st.expander("Stage by stage"):
        st.dataframe(
            [row(each) for each in stages], hide_index=True, alt="What each stage will take", height="content", column_config=COLUMNS
        )
        st.caption(
            "An estimate: how often a question is rewritten is not known beforehand. Replies already in the cache are free. The cost cap holds in any case."
        )


COLUMNS = {
    "Calls": st.column_config.NumberColumn(format="localized"),
    "Tokens": st.column_config.NumberColumn(format="localized"),
    "US dollars": st.column_config.NumberColumn(format="$%.4f"),
}


def row(stage: Stage) -> dict[str, object]:
    """Return one line of the estimate."""
    return {
        "Stage": SAYS.get(stage.purpose, stage.purpose),
        "Calls": stage.calls,
        "Tokens": stage.prompt_tokens + stage.completion_tokens,
        "US dollars": stage.cost,
    }


def may_start(plan: Plan) -> bool:
    """Ask about models without a price; return whether nothing stands in the way."""
    unpriced = [each.name for each in plan.panel.models if price_of(each) is None]
    if unpriced:
        st.warning(
            f"What does **{show.plain(', '.join(unpriced))}** cost? No price is known, so no cost cap could hold. Give input_price and output_price "
            "(US dollars per million tokens; 0 if it is free) in the panel file, and choose that file above."
        )
    return not unpriced


def begin(plan: Plan) -> str:
    """Write the study file, start its worker, and return the study's name."""
    from adaem_core.generate.run import create_study  # brings the embedder; the rest of the page needs none of it

    name = file_name(plan.title)
    path = jobs.studies_dir() / f"{name}.db"
    parts = {
        "topics": plan.topics,
        "panel": plan.panel,
        "system": plan.system,
        "elicit": plan.elicit,
        "generate": plan.generate,
        "chat": plan.chat,
        "earlier": [item.question.text for name in plan.earlier for item in stored.edition(jobs.studies_dir() / f"{name}.db", None).items],
    }
    create_study(path, title=plan.title.strip() or name, **parts).close()
    jobs.start(path)
    return name


def file_name(title: str) -> str:
    """Return a safe, readable file name for a study; one already taken gets a number."""
    stem = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60] or "study"
    taken = {path.stem for path in jobs.studies()}
    names = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def duration(seconds: float | None) -> str:
    """Return a length of time in the words people use."""
    if seconds is None:
        return "unknown"
    if seconds < 90:
        return "under a minute" if seconds < 45 else "about a minute"
    return f"{seconds / 60:,.0f} min" if seconds < 5400 else f"{seconds / 3600:,.1f} hours"
