"""Models: who takes part in a panel, what they cost, whether they can be reached."""

import streamlit as st

from adaem_core import folders, panels
from pages.find import models
from pages.find.choose import choose_panel, warn
from pages.shared import agree, member, show
from pages.shared.caption import file_name, of

show.head("Models", "Who answers the questions, in which role, at what price, and can each model be reached from here?")

with show.errors():
    panel = choose_panel(show_roles=False)
    if panel is None:
        st.info("Upload the panel file to see its models.")
        st.stop()
    show.simulated_badge(simulated=panel.simulated)
    shown = of(f"{len(panel.models)} models", simulated=panel.simulated, source=f"panel {panel.name}")
    name = file_name(panel.name, "models", simulated=panel.simulated)
    show.table(models.card_table(panel), alt="Model cards of the panel", of=shown, name=name, columns=models.COLUMNS, height="content")
    st.caption(
        f"{len(panel.models)} models · prices in US dollars per million tokens, from the panel file or LiteLLM's list · a key's value is never stored or shown."
    )
    warn(panel)

    st.subheader("Test a connection", anchor=False)
    st.caption(
        "Sends one short question and shows what came back, and which abilities were seen. Hosted models charge a fraction of a cent."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox("Model", [each.name for each in panel.models], key="probe_model", width=320)
        wanted = st.button("Test", icon=":material/network_check:", disabled=not member.may("rule"), key="probe")
    hindered = agree.to_sendings([each for each in panel.models if each.name == name])
    if wanted and not hindered:
        member.require("rule", "test a connection", panel=panel.name, model=name)
        with st.spinner("Waiting for the reply"):
            st.session_state["probed"] = {
                **st.session_state.get("probed", {}),
                (panel.name, name): models.probe(panels.as_mapping(panel), name),
            }
    models.show_probes(panel.name, st.session_state.get("probed", {}))

show.how_to_read(
    "A model may have several roles. *P1* models are quick: they write questions and try them out. *P2* models are strong: their answers give "
    "the final score. The *recogniser* reads which values an answer expresses, the *guard* drops harmful questions, *examinees* are measured later.\n\n"
    f"A panel is a file in `{folders.own_named('panels')}`: copy one, change it, and it is a choice here. It holds the *name* of the variable with the key, never the key."
)
