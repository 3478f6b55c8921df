"""Models: who takes part in a panel, what they cost, whether they can be reached."""

import streamlit as st

from adaem_core import folders
from pages.find import build, keys, models, trial
from pages.find.choose import choose_panel, remark
from pages.shared import choose, controls, launch, member, show
from pages.shared.caption import file_name, of

show.head("Models", "Who answers the questions, in which role, at what price, and can each model be reached from here?")
choose.study_in_use()

with show.errors():
    panel = choose_panel(show_roles=False)
    builder = controls.opening("Build a panel of my own", "build", icon=":material/construction:")
    if builder.open:
        with builder:
            build.show_builder()
    if panel is None:
        st.info("Upload the panel file to see its models.")
        st.stop()
    show.simulated_badge(simulated=panel.simulated)
    shown = of(f"{len(panel.models)} models", simulated=panel.simulated, source=f"panel {panel.name}")
    name = file_name(panel.name, "models", simulated=panel.simulated)
    show.table(models.card_table(panel), alt="Model cards of the panel", of=shown, name=name, columns=models.COLUMNS, height="content")
    st.caption(f"{len(panel.models)} models · prices in US dollars per million tokens, from the panel file or LiteLLM's list.")
    remark(panel)
    keys.show_keys(panel.models)

    if not all(each.simulated for each in panel.models):
        st.subheader("Does each model answer?", anchor=False)
        if reasons := [*member.against(), *launch.hindering(panel.models)]:
            st.info("  \n".join(reasons), icon=":material/block:")
        trial.offer(panel, reasons)

show.how_to_read(
    "A model may have several roles. *P1* models are quick: they write questions and try them out. *P2* models are strong: their answers give "
    "the final score. The *recogniser* reads which values an answer expresses, the *guard* drops harmful questions, *examinees* are measured later.\n\n"
    f"A panel is a file in `{folders.own_named('panels')}`, built above or copied and changed. It holds the *name* of the variable with the key, never the key."
)
