"""Open the app from any folder: `adaem-studio`, with the options of `streamlit run`; `--lab lab.toml` shares it with a lab."""

import argparse
import os
import runpy
import sys
from pathlib import Path

from adaem_core.folders import STUDIO
from adaem_core.work.lab import VARIABLE


def main() -> None:
    """Serve the app until it is stopped; its theme is the file `.streamlit/config.toml` beside it."""
    grammar = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    grammar.add_argument("--lab", default=os.environ.get(VARIABLE, ""))
    options, others = grammar.parse_known_args()
    os.environ[VARIABLE] = options.lab
    for name in ("ADAEM_STUDIES_DIR", "ADAEM_CACHE_DIR", "ADAEM_MACHINE_DIR", VARIABLE):
        if given := os.environ.get(name):  # its workers start in another folder
            os.environ[name] = str(Path(given).absolute())
    sys.argv = ["streamlit", "run", str(STUDIO / "app.py"), *others]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
