"""What the pages share on which people judge: the name, progress, undo, and the way back from a finished demo."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from adaem_core.archive.judgements import judge, undo
from adaem_core.errors import AdaemError
from adaem_core.work.lab import NotAllowed
from pages.shared import controls, launch, member, show, stored
from pages.validate import judged


def own_study(path: Path) -> bool:
    """Return whether who is there can keep judgements in this study; say so where they cannot."""
    if not member.may("judge"):
        st.info("Only the lab's raters, members and owner judge here.")
        return False
    if path not in stored.demos():
        return True
    st.info(f"{launch.FINISHED} Judgements are kept in a study of your own: choose or run one.")
    return False


def pick_rater() -> str:
    """Return the name judgements are kept under: in a lab, that of who signed in; else from an invitation or the box, empty until it is given."""
    if given := member.name():
        st.caption(f"Judgements are kept under your name: {show.plain(given)}.")
        return given
    told = "The name on your invitation. Come back with it to go on."
    name = controls.text("Your name", "rater", longest=60, help=told, width=320).strip()
    if not name:
        st.info("Give your name to begin: judgements are kept by rater, and you can go on later under the same name.")
    return name


def awaited(path: Path, kind: str, rater: str, items: Sequence[str]) -> str | None:
    """Show how far this rater is, and return the next item; None when all are judged."""
    done = {each.item for each in judged.judged(path, kind) if each.rater == rater}
    count = sum(each in done for each in items)
    st.progress(count / max(len(items), 1), f"{count} of {len(items)} judged")
    return next((each for each in items if each not in done), None)


def undo_button(path: Path, kind: str, rater: str) -> None:
    """Offer to take back what was judged last."""
    if st.button("Undo the last one", icon=":material/undo:", key="undo", shortcut="Alt+U"):
        with show.errors():
            answer_for(rater, "undo", path)
            if undo(path, kind, rater) is not None:
                st.rerun()


def keep(path: Path, kind: str, rater: str, item: str, values: dict[str, str]) -> None:
    """Store one person's verdicts and show the next item."""
    try:
        answer_for(rater, "judge", path, item=item)
        judge(path, kind, rater, item, values)
    except AdaemError as error:
        show.refuse(error)
    else:
        st.rerun()


def answer_for(rater: str, what: str, path: Path, **details: str) -> None:
    """Let a judgement pass; NotAllowed under a name that is not that of who is there."""
    member.require("judge", what, **details, study=path.stem)
    if member.name() not in ("", rater):
        raise NotAllowed("Judgements are kept under the name of who signed in. Reload the page.")
