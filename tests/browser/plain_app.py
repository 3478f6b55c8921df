"""A page that shows hostile texts through `show.plain` in every kind of Markdown it meets; run by test_plain.py only."""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import streamlit as st

from pages.shared import show

st.title("Plain")
for number, text in enumerate(json.loads(os.environ["HOSTILE"])):
    with st.container(key=f"markdown{number}"):
        st.markdown(show.plain(text))
    with st.container(key=f"error{number}"):
        st.error(show.plain(text))
    with st.container(key=f"label{number}"):
        st.button(show.plain(text), key=f"button{number}")
