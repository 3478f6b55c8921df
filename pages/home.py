"""Home: what the studio measures and why, the five steps, and the studies on disk."""

import streamlit as st

from pages.find import home
from pages.shared import choose, member, show, stored

show.head("AdAEM Studio", "Do language models hold different values, and which questions would show it?")
choose.study_in_use()

left, right = st.columns([3, 2], gap="large")
with left:
    st.markdown(
        "Ask a model *“Is fairness good?”* and every model says yes. Such a question tells you nothing: models have learnt the answer that "
        "everybody likes (the *informativeness problem*). The studio searches for questions on which models **differ**. It starts from general "
        "topics, grows specific and contested questions out of them, tries each on several models, and keeps those that reveal most."
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Start a run", type="primary", icon=":material/play_circle:", key="start"):
            st.switch_page("pages/new_run.py")
        show.link("pages/traces.py", "See how a question grows", ":material/account_tree:", **home.demo_address())
        show.link("pages/win_rates.py", "See how models compare", ":material/leaderboard:", **home.demo_address())
        show.link("pages/priming.py", "See a validity check", ":material/psychology:", **home.demo_address())
with right, st.container(border=True):
    st.markdown(
        "**The five steps**\n"
        "1. **Choose** values to look for, topics to start from, models to ask, and what it may cost.\n"
        "2. **Run.** Watch questions become more telling; pause or close the browser at any time.\n"
        "3. **Look closely** at any question: every attempt, every answer, the words that show a value.\n"
        "4. **Measure.** Put the best questions to the models you want to compare; every win rate has its interval and its evidence.\n"
        "5. **Validate.** Each check answers one question a reviewer would ask, with a verdict and its criterion."
    )

with show.errors():
    home.show_example()

st.subheader("Studies on this computer", anchor=False)
with show.errors():
    found = stored.shelf()
if not found:
    show.empty(
        "None yet. The simulated panel needs no key and no network, and a first run ends in under a minute.",
        "pages/new_run.py",
        "Start the first run",
    )
with st.grid("auto", min_column_width=300):
    for path in found:
        home.show_study(path.stem, path)

member.show_journal()
show.how_to_read(
    "A *study* is one file that holds a whole investigation: settings, every request, every answer, every score. **S** is a question's "
    "informativeness: high when models express different values and give different reasons. Studies marked SIMULATED come from invented "
    "respondents whose values are known; they show how the method works and say nothing about real models."
)
