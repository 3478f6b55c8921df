"""The state of a run in words and numbers, the buttons that steer it, and what it left out and why."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from adaem_core.archive import foreign
from adaem_core.archive.copying import whole_bytes
from adaem_core.archive.origin import Origin
from adaem_core.chat.endpoint.concessions import CHANGING
from adaem_core.errors import AdaemError
from adaem_core.work import jobs, would
from adaem_core.work.telling import unrecorded
from pages.shared import agree, member, show, stored
from pages.shared.caption import file_name, of_study, study_file
from pages.shared.launch import cancel, duration, lacking, pause, work_on

if TYPE_CHECKING:
    import pandas as pd

    from adaem_core.work.jobs import Job

STATES = {
    "new": ("Not started yet.", "blue"),
    "starting": ("Starting: the worker loads its models.", "blue"),
    "running": ("Running.", "green"),
    "pausing": ("Pausing: requests already sent are being waited for.", "orange"),
    "paused": ("Paused. Nothing is lost; it can be continued.", "orange"),
    "finished": ("Finished.", "green"),
    "cancelled": ("Cancelled. What was finished is kept; it can be continued.", "gray"),
    "interrupted": ("Interrupted: the worker is gone. Nothing finished is lost; it can be continued.", "red"),
}
# What a job does, and what it counts.
TASKS = {
    "generate": ("Search for questions", "pulls"),
    "examine": ("Examination", "questions"),
    "prime": ("Priming", "questions"),
    "retest": ("Asking again", "questions"),
}
FATES = {
    "duplicate": "too similar to an earlier question",
    "unsafe": "judged harmful by the guard",
    "unwritten": "not written or not readable",
    "unscored": "too few readable answers to score",
}


def moving(path: Path) -> bool:
    """Return True while the run can change by itself."""
    try:
        return jobs.watch(path).active
    except AdaemError:
        return False


def show_state(path: Path, job: "Job") -> None:
    """Show state, progress, spending and the buttons that fit."""
    says, color = STATES[job.state]
    ours = path not in stored.demos() and foreign.own(path)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(job.state.capitalize(), color=color)
        st.text(says + pace(job))
        buttons(path, job, ours=ours)
    if not ours and path not in stored.demos():
        agree.to_study(path)
    if job.message:
        {"interrupted": st.error, "cancelled": st.info}.get(job.state, st.warning)(show.plain(job.message))
    show_tasks(path, job)
    with st.grid(5, min_column_width=110):
        st.metric("Calls paid for", f"{job.calls - job.cached:,}", help="Requests sent to models; those from the cache are not among them.")
        st.metric("From cache", f"{job.cached:,}", help="Answers known from before: free.")
        st.metric("Tokens", f"{job.tokens:,}")
        st.metric("Cost", f"${job.cost:,.2f}")
        st.metric("Time left", duration(job.seconds_left) if job.active else "–")
    if told := unrecorded(stored.lost(path)):
        st.caption(show.plain(told))


def show_tasks(path: Path, job: "Job") -> None:
    """Show how far the search for questions has come, which a study that only examines has none of, and what was begun since."""
    about = stored.about(path)
    if about.topics:
        show_progress("generate", about.pulls, about.made.generate.budget)
    if job.act != "generate":
        show_progress(job.act, job.done, job.total)


def show_progress(act: str, done: int, total: int) -> None:
    """Show how much of an act is done."""
    task, units = TASKS[act]
    st.progress(min(done / total, 1.0) if total else 0.0, f"{task}: {done:,} of {total:,} {units}")


def pace(job: "Job") -> str:
    """Return for how long the worker has been at it, which moves from the first second on."""
    seconds = job.seconds + time.time() - job.heartbeat
    worked = f"{seconds:.0f} s" if seconds < 90 else duration(seconds)
    return f" For {worked}, {job.calls:,} replies." if job.active else ""


def buttons(path: Path, job: "Job", *, ours: bool) -> None:
    """Offer what can be done now by who is there; only a study of `ours` can be started."""
    theirs = member.may("work", path)
    ours = ours and theirs
    if theirs and job.state == "running":
        st.button("Pause", icon=":material/pause:", on_click=steer, args=(pause, path), key="pause")
    if theirs and job.active:
        st.button("Cancel", icon=":material/stop:", on_click=steer, args=(cancel, path), key="cancel")
    goes_on = job.state in ("new", "paused", "interrupted", "cancelled")
    reasons = lacking(path) if ours and not job.active and (goes_on if job.act == "generate" else unfinished(path)) else []
    if ours and goes_on:
        again = "Resume" if job.act == "generate" else f"Resume {TASKS[job.act][0].lower()}"
        label = "Start" if job.state == "new" else again
        greyed = bool(reasons) and job.act == "generate"
        st.button(label, icon=":material/play_arrow:", type="primary", disabled=greyed, on_click=steer, args=(work_on, path), key="resume")
    if ours and not job.active and job.act != "generate" and unfinished(path):
        st.button(
            "Continue the search",
            icon=":material/play_arrow:",
            disabled=bool(reasons),
            on_click=steer,
            args=(work_on, path, "generate"),
            key="search",
        )
    if reasons:
        st.info("  \n".join(reasons), icon=":material/block:")
    if ours and job.state == "finished" and (failed := stored.failed(path)):
        label = f"Ask failed ones again ({failed:,})"
        st.button(label, icon=":material/replay:", type="primary", on_click=steer, args=(work_on, path), key="failed_again")
    if job.done and job.act == "generate":
        show.link("pages/benchmark.py", "Best questions", ":material/format_list_numbered:", study=stored.address(path))
    if job.done and job.act == "examine":
        show.link("pages/win_rates.py", "Win rates", ":material/leaderboard:", study=stored.address(path))


def unfinished(path: Path) -> bool:
    """Return True while the search for questions has pulls to make."""
    about = stored.about(path)
    return bool(about.topics) and about.pulls < about.made.generate.budget


def steer(action: Callable[..., None], *told: Any) -> None:
    """Do what a button says; a refusal is shown by its sentence."""
    try:
        action(*told)
    except AdaemError as error:
        st.toast(show.plain(error), icon=":material/error:")


def show_course(path: Path, job: "Job") -> None:
    """Show how scores rise and topics compete, as far as the run has come."""
    from adaem_core.visualize.monitor import SHOWN, arms_figure, course_figure

    course, arms = stored.table("course", path), stored.table("arms", path)
    if course.empty:
        if stored.about(path).topics:
            searching = job.active and job.act == "generate"
            st.caption(f"{'The first pull is under way' if searching else 'No pull is finished'}: figures appear when one is.")
        return
    if course[["score", "topic_total"]].isna().to_numpy().all():
        st.caption("No question and no topic has a score yet, so there is nothing to draw.")
        return
    count = f"{len(course)} pull{'s' * (len(course) != 1)}, {len(arms)} of {stored.about(path).topics} topics"
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Scores rise", anchor=False)
        says, of = "Score of each pull's questions against the number of pulls", of_study(path, count)
        show.figure(course_figure(course), alt=says, of=of, name=study_file(path, "course"))
    with right:
        st.subheader("Topics compete", anchor=False)
        of = of_study(path, count, f"the best {SHOWN}")
        show.figure(arms_figure(arms), alt="Mean score and upper bound of each topic", of=of, name=study_file(path, "topics"))


def show_details(path: Path) -> None:
    """Show the topics as a table, and everything that was left out, with reasons."""
    arms, dropped, missing, adapted = (stored.table(name, path) for name in ("arms", "dropped", "missing", "adapted"))
    name = file_name(path.stem, simulated=stored.made(path).simulated)
    # Whole and at one moment, also while the worker writes: the file itself may then have part of it in its log.
    show.download("Export as one file", partial(whole_bytes, path), f"{name}.db", "application/vnd.sqlite3")
    if not arms.empty:
        st.subheader("Topics", anchor=False)
        show_rows(arms, "Topics with pulls and scores", of_study(path, f"{len(arms):,} topics"), study_file(path, "topics-table"), ARMS)
    if sent := would.where(path):
        st.markdown(f"Requests of this study carry {show.plain('; '.join(sent))}.")
    st.subheader("What was left out, and why", anchor=False)
    st.caption("Questions and answers that could not be used are counted here and enter no score: missing is missing, never 0.")
    counts = dropped["fate"].value_counts()
    told = [f"{counts[fate]:,} {says}" for fate, says in FATES.items() if fate in counts]
    st.markdown("Questions: " + ("; ".join(told) if told else "none left out") + f". Answers missing: {int(missing['answers'].sum()):,}.")
    if lost := [each for each in stored.translations(path).values() if each.reason]:
        st.markdown(f"Topics in other languages without a translation: {len(lost):,}.")
        rows = [{"Id": each.topic, "Topic": each.original, "Language": each.language, "Why": each.reason} for each in lost]
        st.dataframe(rows, hide_index=True, alt="Topics left out because they could not be translated", height="content")
    if not dropped.empty:
        of = of_study(path, f"{len(dropped):,} questions left out")
        show_rows(dropped, "Questions left out with reasons", of, study_file(path, "dropped"), DROPPED)
    if not adapted.empty:
        told = [f"{show.plain(each.model)} with {CHANGING[each.what]} ({each.calls:,} calls)" for each in adapted.itertuples()]
        st.markdown(f"Asked otherwise, because the endpoint refuses it: {'; '.join(told)}.")
    if not missing.empty:
        of = of_study(path, f"{int(missing['answers'].sum()):,} answers missing")
        show_rows(missing, "Missing answers by model and reason", of, study_file(path, "missing"), MISSING)


def show_rows(frame: "pd.DataFrame", alt: str, of: Origin, name: str, columns: dict[str, Any]) -> None:
    """Show a table in which not every cell is known."""
    show.table(frame, alt=alt, of=of, name=name, columns=columns, placeholder="–")


TWO = st.column_config.NumberColumn
ARMS = {
    "id": st.column_config.TextColumn("Topic", width="small"),
    "text": st.column_config.TextColumn("Text", width="large"),
    "category": "Category",
    "pulls": "Pulls",
    "score": TWO("Mean S", format="%.2f"),
    "bound": TWO(
        "Upper bound now",
        format="%.2f",
        help="Upper confidence bound (UCB) as things stand: the next pull goes to the topic with the highest.",
    ),
    "topic_total": TWO("S of the topic", format="%.2f"),
    "best": TWO("Best question", format="%.2f"),
}
DROPPED = {
    "fate": "What",
    "reason": st.column_config.TextColumn("Why", width="medium"),
    "author": "Author",
    "text": st.column_config.TextColumn("Question", width="large"),
    "id": "Id",
}
MISSING = {"outcome": "What", "model": "Model", "reason": st.column_config.TextColumn("Why", width="large"), "answers": "Answers"}
