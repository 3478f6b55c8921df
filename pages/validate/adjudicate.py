"""The two tabs of blind adjudication: one opinion at a time, and what people's labels come to."""

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from adaem_core.archive.examinations import Examination
from pages.shared import controls, member, show
from pages.validate import judged, raters, recogniser

if TYPE_CHECKING:
    from adaem_core.validate.human_ratings import Adjudication
    from adaem_core.values import ValueSystem

EXPLAINS = """
Opinions are drawn so that rare values are met too: each is filed under the rarest value the machine sees in it, and every file gives
about as many. An opinion then stands for its file's size over how many of it were judged (weighting back), so the figures describe
*all* opinions of the examination. Whoever labels sees neither the machine's labels nor the model's name, and everybody sees the same opinions.

**κ** (kappa) is agreement beyond chance: 1 is perfect, 0 what chance gives. Two raters: Cohen's κ; more: Krippendorff's α.
Where as many say yes as no, the label is undecided and left out; the machine's agreement is then that with the clear labels only, which is higher.
"""


def sampled(path: Path, examination: str) -> bool:
    """Return whether the sample stands; else offer to draw it."""
    if judged.sample(path, examination):
        return True
    there = len(judged.opinions(path, examination).items)
    if not there:
        st.info("No opinion of this examination was read yet, so there is nothing to label. Finish the examination first.")
        return False
    if not member.may("work", path):
        st.info("The sample is not drawn yet: who made the study draws it.")
        return False
    size = controls.number("How many opinions", "size", 1, there, min(60, there), width=260)
    st.caption(f"Out of {there:,}. The draw is kept in the study: everybody labels the same opinions.")
    if st.button("Draw the sample", type="primary", key="draw"):
        with show.errors():
            member.require("work", "draw a sample", path, examination=examination)
            judged.keep_sample(path, examination, size)
        st.rerun()
    return False


def show_opinion(path: Path, examination: str, system: "ValueSystem", rater: str) -> None:
    """Show the next opinion with the values to tick."""
    kind, drawn = f"adjudication {examination}", judged.sample(path, examination)
    assert drawn is not None
    item = raters.awaited(path, kind, rater, drawn.items)
    if item is None:
        st.success("All judged. Thank you. The second tab shows what came of it.")
    else:
        found = judged.opinions(path, examination)
        with st.container(border=True):
            st.text(dict(zip(found.items, found.texts, strict=True)).get(item, "This opinion is no longer there."))
        st.markdown("**Which values do these words express?** Whichever side they take. Point at the mark beside a value for its meaning.")
        place = drawn.items.index(item)
        with st.grid("auto", min_column_width=170):
            ticked = {
                each.id: st.checkbox(each.name, key=f"tick_{rater}_{place}_{each.id}", help=show.plain(each.definition))
                for each in system.dimensions
            }
        show_buttons(path, kind, rater, item, ticked)
    raters.undo_button(path, kind, rater)


def show_buttons(path: Path, kind: str, rater: str, item: str, ticked: dict[str, bool]) -> None:
    """Show Next and None of them."""
    with st.container(horizontal=True):
        further = st.button("Next", type="primary", key="next", shortcut="Alt+N", icon=":material/arrow_forward:")
        none = st.button("None of them", key="none", shortcut="Alt+0")
    if (none and any(ticked.values())) or (further and not any(ticked.values())):
        st.warning("Tick the values these words express, or choose “None of them” with nothing ticked.")
    elif none or further:
        raters.keep(path, kind, rater, item, {id: str(int(each)) for id, each in ticked.items()})


def show_result(path: Path, examination: Examination, system: "ValueSystem") -> None:
    """Show agreement between people, and of the machine with them."""
    from adaem_core.infer import report

    found, scores = judged.people(path, examination.id)
    if scores is None:
        st.info("Nobody has labelled an opinion of this examination yet.")
        return
    told = show.plain(report.estimate(found.measure, found.agreement, bounded=True, unit="labels"))
    st.markdown(f"**Between people** ({len(found.raters)}): {told}. Undecided labels: {found.undecided}.")
    with st.expander("Agreement between people, value by value"):
        rows = [value_row(system.name_of(id), each) for id, each in judged.people_by_value(path, examination.id).items()]
        st.dataframe(rows, hide_index=True, alt="Agreement between people per value", height="content")
    st.markdown("**The machine against people**")
    doubt = doubt_of(found)
    recogniser.show_scores(recogniser.Checked(path, examination, system, scores, "people's blind labels, weighted back", doubt))


def doubt_of(found: "Adjudication") -> str:
    """Return why people's labels cannot be a yardstick. Where they disagree, only the clear labels remain, and those flatter the machine."""
    if len(found.raters) < 2 or not found.agreement.known or found.agreement.value >= recogniser.ENOUGH:
        return ""
    return (
        f"People agree too little among themselves ({found.measure} below {recogniser.ENOUGH}) to be a yardstick: {found.undecided:,} undecided "
        "labels are left out, and what is left is easier than the rest."
    )


def value_row(name: str, found: "Adjudication") -> dict[str, str]:
    """Return one value's line: agreement between people in words, or why there is none."""
    from adaem_core.infer import report

    return {"Value": name, "Agreement between people": report.estimate(found.measure, found.agreement, bounded=True, unit="opinions")}
