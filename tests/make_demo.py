"""Make the demo study from data/demo/demo.yaml: `python -m tests.make_demo FILE.db`."""

import sys
import tempfile
from pathlib import Path

import pytest
import yaml

from adaem_core.work.cli import main

CONFIG = Path(__file__).resolve().parent.parent / "data" / "demo" / "demo.yaml"


def make(path: Path, cache: Path) -> None:
    """Run every act of the config on the study at `path`, with a cache of its own."""
    acts = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ADAEM_CACHE_DIR", str(cache))
        for act, options in acts.items():
            words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
            assert main([act, "--study", str(path), *words]) == 0, f"{act} did not finish"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        make(Path(sys.argv[1]), Path(folder))
