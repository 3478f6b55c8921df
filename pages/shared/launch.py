"""Before models are asked: what it will take, every reason why it may not start, and the start. Whatever spends money comes through here."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from adaem_core.archive import foreign
from adaem_core.archive.examinations import Examination
from adaem_core.chat.forecast import Stage
from adaem_core.chat.keys import unreachable
from adaem_core.chat.prices import price_of
from adaem_core.errors import AdaemError, BadInput
from adaem_core.messages import DOES
from adaem_core.panels import ModelSpec
from adaem_core.settings import ChatSettings
from adaem_core.values import ValueSystem
from adaem_core.work import jobs, shelf
from adaem_core.work.acts import Act
from pages.shared import agree, member, show, stored

FINISHED = "The demo study is finished and stays as it is."
COLUMNS = {
    "Calls": st.column_config.NumberColumn(format="localized"),
    "Tokens": st.column_config.NumberColumn(format="localized"),
    "US dollars": st.column_config.NumberColumn(format="$%.4f"),
}


@dataclass(frozen=True)
class Work:
    """Requests that somebody is about to have sent."""

    stages: tuple[Stage, ...]
    minutes: float
    models: tuple[ModelSpec, ...]  # who may be asked: each needs a price
    chat: ChatSettings  # which decides what may be spent
    simulated: bool

    @property
    def takes(self) -> dict[str, float]:
        """Calls, tokens and US dollars, as far as they are known."""
        tokens = sum(each.prompt_tokens + each.completion_tokens for each in self.stages)
        return {"calls": sum(each.calls for each in self.stages), "tokens": tokens, "cost": sum(each.cost or 0 for each in self.stages)}


def forecast(plan: Callable[[], Work], path: Path | None = None) -> list[str]:
    """Show what the planned work will take; return every reason why it may not start, as Markdown.

    `path` is the study it goes into, None for a new one. Where `plan` raises an AdaemError, that is a reason, too.
    """
    reasons = list(shut(path) if path else member.against())
    try:
        work = plan()
    except AdaemError as error:
        return [*reasons, show.plain(error)]
    show.simulated_badge(simulated=work.simulated)
    show_work(work)
    if work.chat.replay:
        return reasons
    agree.to_keys(work.models)
    return [*reasons, *hindering(work.models), *spent_up(work, path)]


def lacking(path: Path) -> list[str]:
    """Return which keys the search of a study lacks to go on, as Markdown, and lead to where they are entered."""
    made = stored.made(path)
    if made.chat.replay:
        return []
    agree.to_keys(made.panel.models)
    return list(map(show.plain, unreachable(made.panel.models, agree.in_hand())))


def hindering(models: Sequence[ModelSpec]) -> list[str]:
    """Ask for what nobody has agreed to yet; return every reason why models cannot be asked from here, as Markdown."""
    return [*unpriced(models), *map(show.plain, unreachable(models, agree.in_hand())), *agree.to_sendings(models)]


def start(label: str, key: str, reasons: Sequence[str], begin: Callable[[], Path], icon: str = "play_arrow") -> None:
    """Show the button that starts the work, greyed where there is a reason against it, which stands beside it.

    `begin` puts a worker on a study and returns the study; the monitor is shown next.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(label, type="primary", icon=f":material/{icon}:", disabled=bool(reasons), key=key)
        if reasons:
            st.info("  \n".join(reasons), icon=":material/block:")
    if pressed and not reasons:  # a browser may press what has been greyed since
        try:
            path = begin()
        except AdaemError as error:
            show.refuse(error)
        else:
            st.switch_page("pages/monitor.py", query_params={"study": stored.address(path)})


def failed_again(path: Path, count: int, act: Act, **fields: Any) -> None:
    """Show the button that asks again for what failed for the moment, by the act that does so."""

    def begin() -> Path:
        work_on(path, act, **fields)
        return path

    start(f"Ask failed ones again ({count:,})", "failed_again", list(shut(path)), begin, "replay")


def work_on(path: Path, *act: Act, **fields: Any) -> None:
    """Put a worker on a study for an act, without one for what was last begun: the one door to spending. AdaemError says why not."""
    with member.run(path, *act):
        jobs.start(path, *act, keys=agree.in_hand(), **fields)


def pause(path: Path) -> None:
    """Ask the worker on a study to stop for now; NotAllowed says why not."""
    member.require("work", "pause", path)
    jobs.pause(path)


def cancel(path: Path) -> None:
    """Ask the worker on a study to stop for good; NotAllowed says why not."""
    member.require("work", "cancel", path)
    jobs.cancel(path)


def shut(path: Path) -> Iterator[str]:
    """Yield why nothing may be added to a study by who is at the page."""
    yield from member.against(path)
    if path in stored.demos():
        yield f"{FINISHED} Do this in a study of your own."
    elif not foreign.own(path):
        yield "This study is foreign to this computer. Look on the Run monitor at what it would do, and allow it there."
    elif jobs.watch(path).active:
        yield "This study is being worked on. Wait for it, or pause it on the Run monitor."


def unpriced(models: Sequence[ModelSpec]) -> Iterator[str]:
    """Yield whose price has to be given. Replaying asks nobody, so it needs none."""
    names = [each.name for each in models if price_of(each) is None]
    if names:
        yield (
            f"What does **{show.plain(', '.join(names))}** cost? No price is known, so no cost cap could hold. Give input_price and output_price "
            "(US dollars per million tokens; 0 if it is free) in the panel file, and choose that file."
        )


def spent_up(work: Work, path: Path | None) -> Iterator[str]:
    """Yield which cap leaves nothing to spend."""
    spent = stored.about(path).spent if path else {"calls": 0, "tokens": 0, "cost": 0}
    caps = {"calls": work.chat.max_calls, "tokens": work.chat.max_tokens, "cost": work.chat.max_cost}
    for kind, cap in caps.items():
        if cap is not None and work.takes[kind] and spent[kind] >= cap:
            remedy = f"on the command line (`--max-{kind}`)" if path else "above"
            yield f"The cap on {kind} is reached: {round(spent[kind], 4):,} of {cap:,} are spent. Raise it {remedy}."


def examining(planned: Sequence[Examination], system: ValueSystem, chat: ChatSettings, read_twice: int = 0) -> Work:
    """Return what examinations of one panel will take."""
    from adaem_core.measure import plan

    first = planned[0]
    stages = tuple(stage for each in planned for stage in plan.forecast(each, system, read_twice))
    models = tuple(each for each in first.panel.models if not first.imported or each.name == first.recogniser)
    return Work(stages, plan.minutes(stages, first, chat), models, chat, first.simulated)


def check_asked(base: Examination) -> None:
    """Raise BadInput where nobody was asked, so that nobody can be asked again."""
    if base.imported:
        raise BadInput(
            "These answers were read from a file: nobody can be asked again. Examine the models in the studio, or import their answers anew."
        )


def chat_of(path: Path) -> ChatSettings:
    """Return how a study sends its requests, and what it may spend."""
    return stored.made(path).chat


def new_path(title: str) -> Path:
    """Return where somebody's new study goes: a safe, readable file name; one already taken gets a number."""
    stem = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60] or "study"
    path = shelf.free(jobs.studies_dir(), stem)
    member.require("work", "make", study=path.stem)
    return path


def show_work(work: Work) -> None:
    """Show what a piece of work will take, in all and stage by stage."""
    takes = work.takes
    with st.grid(4, min_column_width=130):
        st.metric("Calls", f"{takes['calls']:,}")
        st.metric("Tokens", f"{takes['tokens']:,}")
        st.metric("Money", "unknown" if any(each.cost is None for each in work.stages) else f"${takes['cost']:,.2f}")
        st.metric("Time", duration(60 * work.minutes))
    with st.expander("Stage by stage"):
        rows = [row(each) for each in work.stages]
        st.dataframe(rows, hide_index=True, alt="What each stage will take", height="content", column_config=COLUMNS)
        st.caption(
            "An estimate: how often a question is rewritten, and how much a model thinks before it answers, is not known beforehand. Replies already in "
            "the cache are free. The cost cap holds in any case."
        )


def row(stage: Stage) -> dict[str, Any]:
    """Return one line of the estimate."""
    return {
        "Stage": DOES[stage.purpose],
        "Calls": stage.calls,
        "Tokens": stage.prompt_tokens + stage.completion_tokens,
        "US dollars": stage.cost,
    }


def duration(seconds: float | None) -> str:
    """Return a length of time in the words people use."""
    if seconds is None:
        return "unknown"
    if seconds < 90:
        return "under a minute" if seconds < 45 else "about a minute"
    return f"{seconds / 60:,.0f} min" if seconds < 5400 else f"{seconds / 3600:,.1f} hours"
