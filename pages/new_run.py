"""New run: choose values, topics, models and effort; see what it costs; start."""

import streamlit as st

from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings
from pages.find import knobs, new_run, trial
from pages.find.choose import choose_earlier, choose_panel, choose_topics, choose_translator, choose_values
from pages.shared import choose, controls, launch, show

show.head("New run", "Which questions would show how these models differ in their values? Four choices, then the cost, then start.")
choose.study_in_use()

with show.errors():
    st.subheader("1. Which values?", anchor=False)
    st.caption("The theory that says which values there are. Answers are read for these and no others.")
    system = choose_values()

    st.subheader("2. Which topics?", anchor=False)
    st.caption("General questions to start from. The run grows more specific, more telling questions out of each.")
    topics, languages = choose_topics(knobs.standing(GenerateSettings, "seed"))
    earlier = choose_earlier()

    st.subheader("3. Which models?", anchor=False)
    st.caption("Quick models write questions and try them out; stronger ones give the final score.")
    panel = choose_panel()
    awaited = choose_translator(panel, topics, languages)

    st.subheader("4. How much effort?", anchor=False)
    st.caption(
        "One pull picks a topic and grows a few questions from it. Every topic gets one pull first; "
        "further pulls go where questions turn out most telling, with some kept for topics tried rarely."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        title = controls.text("Name of the study", "title", "My first study", 80)
        budget = knobs.one_knob(GenerateSettings, "budget", width=200)
        max_cost = knobs.one_knob(ChatSettings, "max_cost", width=200)

    with st.expander("Advanced: every knob of the method, with the paper's defaults", icon=":material/tune:"):
        st.markdown("**Finding questions** (Algorithm 2)")
        generate = knobs.knobs(GenerateSettings, leave_out=["budget"])
        st.markdown("**Asking, and reading values in answers**")
        elicit = knobs.knobs(ElicitSettings)
        st.markdown("**Sending requests** (none of these changes an answer)")
        chat = knobs.knobs(ChatSettings, leave_out=["max_cost"])

    if not (system and topics and panel):
        st.info("Choose the files above to see what the run will cost.")
        st.stop()
    plan = new_run.Plan(
        title, system, topics, awaited, earlier, panel,
        GenerateSettings.read({**generate, "budget": budget}), ElicitSettings.read(elicit), ChatSettings.read({**chat, "max_cost": max_cost}),
    )  # fmt: skip
    st.subheader("What it will take", anchor=False)
    reasons = launch.forecast(lambda: new_run.work(plan))
    trial.offer(panel, reasons)
    launch.start("Run", "run", reasons, lambda: new_run.begin(plan))
