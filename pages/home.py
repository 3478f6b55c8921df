"""Home: what the studio measures and why, the order of work, and the studies on disk."""

import streamlit as st

from pages.find import home, shelf
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
        "**The order of work**\n"
        "1. **Find questions.** Choose values, topics, models and what it may cost; watch questions become more telling; pause at any time.\n"
        "2. **Survey them.** See what they are like: where they lie, how varied they are, which places and years they name.\n"
        "3. **Measure.** Put the best ones to the models you want to compare; every number has its interval and its evidence.\n"
        "4. **Validate.** Each check answers a question that a reviewer would ask, with a verdict and its criterion.\n"
        "5. **Compare** models, sets of questions, panels, instruments.\n"
        "6. **Report.** Show what was found, how surely, and what it does not say."
    )

with show.errors():
    home.show_example()

with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
    st.subheader("Studies on this computer", anchor=False)
    shelf.show_take_in()
shelf.show_told()
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
if found:
    shelf.show_spent(found)
shelf.show_away()

member.show_journal()
show.how_to_read(
    "A *study* is one file that holds a whole investigation: settings, every request, every answer, every score. **S** is a question's "
    "informativeness: high when models express different values and give different reasons. Studies marked SIMULATED come from invented "
    "respondents whose values are known; they show how the method works and say nothing about real models."
)
