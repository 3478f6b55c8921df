"""The entrance: page settings and the site map. Everything else lives in the pages."""

import streamlit as st

from pages.shared import site

st.set_page_config(page_title="AdAEM Studio", page_icon="pages/shared/logo.svg", layout="wide")
site.navigation().run()
