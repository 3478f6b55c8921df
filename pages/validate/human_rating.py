"""The tabs of human rating: one question at a time, results as Table 9, and the organiser's part."""

from pathlib import Path

import numpy as np
import streamlit as st

from adaem_core.archive.study import Study
from adaem_core.errors import BadInput
from adaem_core.measure.sources import question_column, question_file
from pages.find import files
from pages.shared import controls, member, show, stored
from pages.shared.caption import of_study, study_file
from pages.validate import judged, raters

KIND, KEY, SEED = "quality", "human rating", 1
EXPLAINS = """
Baseline and generated questions are mixed, in an order of its own for every rater, and nobody is told which is which. Each question is rated from
1 (hardly) to 3 (clearly) on three aspects. A question's ratings are averaged over raters first; means and intervals are over questions (Welch's
t-test for the difference). Agreement between two raters is Cohen's κ with linear weights, between more Krippendorff's α for ordered labels.

For comparison, the paper's five raters (Table 9, general against generated questions): rationality 2.54 and 2.76, controversy 1.42 and 2.17,
value elicitation 1.47 and 2.24.
"""


def prepare(path: Path) -> None:
    """Let the organiser choose the questions, once, and invite raters."""
    items = judged.meta(path, KEY)
    if items:
        counts = {source: sum(each["source"] == source for each in items) for source in ("baseline", "generated")}
        st.markdown(f"The set stands: {counts['baseline']} baseline and {counts['generated']} generated questions.")
        invite(path)
        return
    if not member.may("work", path):
        st.info("The set is not prepared yet: who made the study prepares it.")
        return
    taken = files.take("Baseline questions (the study's topics if none)", "baseline_file", "One question a row.")
    baseline = baseline_of(taken) if taken else None
    count = controls.number("How many of each", "count", 1, 500, 30, width=260)
    if st.button("Prepare the set", type="primary", key="prepare"):
        with show.errors():
            member.require("work", "prepare a set", path)
            Study.note(path, **{KEY: chosen(path, baseline, count)})
        st.rerun()


def baseline_of(taken: files.Taken) -> list[str]:
    """Return the questions of a file in the column that is chosen, and tell what is left out of it."""
    column = files.choose_column(taken.found.columns, question_column(taken.found), "baseline_column", "Column with the questions")
    read = question_file(taken.source, column, how=taken.how)
    files.tell(read.notes[len(taken.found.notes) :])
    return [each.text for each in read.asked]


def chosen(path: Path, baseline: list[str] | None, count: int) -> list[dict[str, str]]:
    """Return the questions of the set, the baseline first (the study's topics for None); BadInput where one of the two is empty."""
    best = stored.edition(path, count).items
    if baseline is None:
        with Study.read(path) as study:
            baseline = [each.text for each in study.topics()]
    if not best or not baseline:
        raise BadInput("Both sets need a question: run the study first, or give a file of baseline questions.")
    drawn = sorted(np.random.default_rng(SEED).permutation(len(baseline))[:count].tolist())
    told = [{"id": f"B{place + 1}", "text": baseline[place], "source": "baseline"} for place in drawn]
    return told + [{"id": each.question.id, "text": each.question.text, "source": "generated"} for each in best]


def invite(path: Path) -> None:
    """Show names to invite raters by."""
    from adaem_core.validate.human_ratings import invitations

    count = controls.number("Raters to invite", "invited", 1, 50, 3, width=260)
    names = invitations(count, np.random.default_rng(SEED))
    rows = [{"Name": name, "Address": f"human_rating?study={stored.address(path)}&rater={name}"} for name in names]
    st.dataframe(rows, hide_index=True, alt="Names and addresses of invitations", height="content")
    st.caption("Send everybody an address of their own. Who is behind a name stays with you.")


def rate(path: Path) -> None:
    """Show the next question to this rater."""
    from adaem_core.validate.human_ratings import ASPECTS, POINTS, blind_order

    items = judged.meta(path, KEY)
    if not items:
        st.info("No set of questions stands yet. Prepare one on the third tab.")
        return
    rater = raters.pick_rater()
    if not rater:
        return
    texts = {each["id"]: each["text"] for each in items}
    item = raters.awaited(path, KIND, rater, blind_order({"all": list(texts)}, rater, SEED))
    if item is None:
        st.success("All rated. Thank you. The second tab shows what came of it.")
    else:
        with st.container(border=True):
            st.text(texts[item])
        points = [int(each) for each in POINTS]
        given = {
            name: st.segmented_control(asked, points, format_func=lambda each: f"{each} {POINTS[each]}", key=f"rate_{rater}_{item}_{name}")
            for name, asked in ASPECTS.items()
        }
        if st.button("Next", type="primary", key="next", shortcut="Alt+N", icon=":material/arrow_forward:"):
            if None in given.values():
                st.warning("Rate all three aspects, then go on.")
            else:
                raters.keep(path, KIND, rater, item, {name: str(each) for name, each in given.items()})
    raters.undo_button(path, KIND, rater)


def result(path: Path) -> None:
    """Show Table 9."""
    from adaem_core.infer import report
    from adaem_core.visualize.human_ratings import ratings_figure, ratings_table

    told = [each for each in judged.judged(path, KIND)]
    if not told or not judged.meta(path, KEY):
        st.info("Nobody has rated a question yet.")
        return
    found = judged.quality(path)
    people, stem = len({each.rater for each in told}), study_file(path, "human-rating")
    of = of_study(path, f"{len({each.item for each in told})} questions rated", f"{people} raters", "means over questions, 95 % intervals")
    show.figure(ratings_figure(found), alt="Mean ratings of baseline and generated questions", of=of, name=stem)
    frame = ratings_table(found)
    show.table(frame, alt="Ratings by aspect, as Table 9", of=of, name=f"{stem}-table", columns=show.headings(frame), placeholder="–")
    lines = [
        f"{each.name}: {report.estimate('difference', each.difference, unit='questions')}; {report.estimate(each.measure, each.agreement, bounded=True)}"
        for each in found
    ]
    better = [each.name for each in found if each.difference.low > 0]
    worse = [each.name for each in found if each.difference.high < 0]
    st.info(
        f"**Generated questions are rated higher on: {', '.join(better) or 'nothing that could not be chance'}"
        f"{'; lower on: ' + ', '.join(worse) if worse else ''}.** Criterion: the 95 % interval of the difference lies on one side of 0."
    )
    st.markdown("**For a methods section**")
    st.code(
        f"{people} raters judged baseline and generated questions, mixed blind in an order of their own, on three points (1 to 3). {'. '.join(lines)}. "
        f"Intervals of differences: Welch's, over questions. AdAEM Studio {stored.made(path).engine}.",
        language=None,
        wrap_lines=True,
    )
