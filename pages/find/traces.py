"""The parts of a question's trace: its line of ancestors, the attempts to sharpen it, and its final answers."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from adaem_core.archive.translations import Translation
from adaem_core.records import Attempt, Outcome, Outgrowth
from adaem_core.values import ValueSystem
from adaem_core.visualize import tables
from adaem_core.visualize.tree import WORDS
from pages.shared import answers, controls, show, stored

EXPLAINS = """
**S** says how much a question tells about the models' values. Its parts:

- *value diversity*: models express different values (1 = all the same);
- *opinion diversity*: they give different reasons (0 = all the same);
- *value conformity*: each model's own points differ in the values they express (1 = all points express the same);
- *disentanglement*: values come from the model, not from the question's own wording.

A rewrite is **accepted** only if it raises S by more than the smallest gain (τ). Coloured words are those in which a value was read; the
code behind them names the value. Answers that were refused or could not be read are shown, counted, and left out of every score.
"""
STEPS = {
    "step": "Step",
    "accepted": "Accepted",
    **{part: st.column_config.NumberColumn(name, format="%.2f") for part, name in tables.PARTS.items()},
    "answered": "Answers read",
    "asked": "Models asked",
}


def choosable(path: Path) -> dict[str, str]:
    """Return the texts of all questions of a study by id: scored ones first, best first, then topics, then those not scored."""
    scored, dropped = stored.table("questions", path), stored.table("dropped", path)
    texts = dict(zip(scored["id"], scored["text"], strict=True)) if not scored.empty else {}
    arms = stored.table("arms", path)
    texts |= dict(zip(arms["id"], arms["text"], strict=True)) if not arms.empty else {}
    return texts | dict(zip(dropped["id"], dropped["text"], strict=True))


def show_heading(grown: Outgrowth, family: Sequence[Outgrowth], system: ValueSystem) -> None:
    """Show the question, what became of it, and what it scores beside its topic."""
    with st.container(border=True):
        st.html(
            f'<div style="font-size:1.25rem;font-weight:600;overflow-wrap:anywhere">{answers.escaped(grown.question.text or "(nothing readable was written)")}</div>'
        )
        told = [WORDS[grown.fate].capitalize()] + (
            [f"written by {grown.question.author}"] if grown.question.author else ["a general topic"]
        )
        st.caption(show.plain(" · ".join(told)) + (f" · {show.plain(grown.reason)}" if grown.reason else ""))
        if grown.score:
            with st.grid(4, min_column_width=120):
                st.metric(
                    "S of this question",
                    f"{grown.score.total:.2f}",
                    help=f"Final score with the strong panel (P2), form: {show.plain(grown.score.form)}.",
                )
                if family and family[0].score and family[0] is not family[-1]:
                    gain = grown.score.total - family[0].score.total
                    st.metric("S of its topic", f"{family[0].score.total:.2f}")
                    st.metric("Gain", f"{gain:+.2f}")
                st.metric("Answers read", f"{grown.score.answered} of {grown.score.asked}")
        if grown.question_labels:
            st.html(f'<div style="font-size:.85rem">The question itself speaks of {answers.badges(grown.question_labels, system)}</div>')


def show_original(translation: Translation | None) -> None:
    """Show in whose translation a topic stands here, and what it said itself; nothing for a topic that came in English."""
    if translation:
        told = f"Topic translated from {translation.language} by {translation.model}; it said: “{translation.original}”"
        st.caption(show.plain(told))


def show_line(family: Sequence[Outgrowth]) -> None:
    """Show the line from the general topic down to this question, each with the fact it was built on."""
    for depth, each in enumerate(family):
        score = f"S {each.score.total:.2f}" if each.score else WORDS[each.fate]
        weight = 600 if each is family[-1] else 400
        fact = answers.aside(f"Built on: {each.question.fact}") if each.question.fact else ""
        st.html(
            f'<div style="margin-left:{min(depth, 4) * 1.1:.1f}rem;padding-left:.7rem;border-left:2px solid light-dark(#cfd6d7,#465054);overflow-wrap:anywhere">'
            f'<span style="font-weight:{weight}">{answers.escaped(each.question.text)}</span> <span style="opacity:.7;white-space:nowrap">{score}</span>{fact}</div>'
        )


def show_attempts(path: Path, grown: Outgrowth, system: ValueSystem) -> None:
    """Show each text tried: what changed in S and why, the reflection before it, the answers to it (read when opened)."""
    standing: Attempt | None = None
    steps = {str(each.step): str(each.step) for each in grown.attempts}
    control = controls.Control(
        "Open",
        "open",
        ["0"],
        lambda said: controls.some_of(steps, said),
        lambda open: open or [controls.NOTHING],
        controls.told(steps),
        silent=True,
    )
    opened = control.value()
    for each in grown.attempts:
        name = "First draft" if each.step == 0 else f"Rewrite {each.step}, {'accepted' if each.accepted else 'rejected'}"
        key = f"{each.question_id}_{each.step}"
        icon = ":material/edit_note:" if each.step == 0 else ":material/check_circle:" if each.accepted else ":material/cancel:"
        st.session_state[f"attempt_{key}"] = str(each.step) in opened
        place = st.expander(
            f"{name} · S {each.score.total:.2f}", icon=icon, key=f"attempt_{key}", on_change=turn, args=(control, str(each.step))
        )
        if place.open:
            with place:
                show_attempt(each, standing)
                answers.show_answers(path, each.answers, system, key)
        standing = each if each.accepted else standing


def turn(control: controls.Control[list[str]], step: str) -> None:
    """Open an attempt, or close it."""
    opened = control.value()
    control.keep([each for each in opened if each != step] if step in opened else sorted([*opened, step], key=int))


def show_attempt(each: Attempt, standing: Attempt | None) -> None:
    """Show the text of one attempt, how S moved against the text it should beat, and the rewriter's reflection."""
    st.html(f'<div style="font-weight:600;overflow-wrap:anywhere">{answers.escaped(each.text)}</div>')
    told = f"By {show.plain(each.author)}. "
    st.caption(told + (show.plain(tables.why(standing.score, each.score)) if standing else "The first draft, built on the fact above."))
    if each.reflection:
        st.caption("The rewriter's reflection")
        st.text(each.reflection)


def show_final(path: Path, grown: Outgrowth, system: ValueSystem) -> None:
    """Show the strong panel's answers, and how many could not be used."""
    lost = sum(not each.usable for each in grown.answers)
    kinds = {
        outcome: sum(each.response.outcome is outcome for each in grown.answers) for outcome in Outcome if outcome is not Outcome.ANSWERED
    }
    told = ", ".join(f"{count} {outcome}" for outcome, count in kinds.items() if count)
    st.caption(
        f"{len(grown.answers)} models asked" + (f"; {lost} left out" + f" ({told})" * bool(told) if lost else "; all could be read") + "."
    )
    answers.show_answers(path, grown.answers, system, f"final_{grown.question.id}")
