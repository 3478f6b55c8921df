"""The entrance: what is served, page settings and the site map. Everything else lives in the pages.

`streamlit run` reads this file twice: once as the server, which finds the application, and once per visit as the page's script.
"""

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.scriptrunner import get_script_run_ctx

from adaem_core.work import guard, history
from pages.shared import site

if get_script_run_ctx(suppress_warning=True):
    site.configure()
    site.navigation().run()
else:
    app = st.App(
        __file__, middleware=[Middleware(guard.Guard, hosts=guard.hosts()), Middleware(history.InPlace)], on_script_error=site.broken
    )
