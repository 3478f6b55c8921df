"""Open the app from any folder: `adaem-studio`, with the options of `streamlit run`."""

import os
import runpy
import sys
from pathlib import Path

from adaem_core.folders import STUDIO


def main() -> None:
    """Serve the app until it is stopped; its theme is the file `.streamlit/config.toml` beside it."""
    for name in ("ADAEM_STUDIES_DIR", "ADAEM_CACHE_DIR"):
        if given := os.environ.get(name):  # its workers start in another folder
            os.environ[name] = str(Path(given).absolute())
    sys.argv = ["streamlit", "run", str(STUDIO / "app.py"), *sys.argv[1:]]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
