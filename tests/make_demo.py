"""Make the demo library from data/demo/demo.yaml, act by act: `python -m tests.make_demo FOLDER`."""

import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml

from adaem_core.work.cli import main
from tests import demo_people

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / "data" / "demo" / "demo.yaml"
PEOPLE: Mapping[str, Callable[..., None]] = {"label": demo_people.label, "rate": demo_people.rate, "store_check": demo_people.store_check}


def make(folder: Path, cache: Path) -> None:
    """Run every act of the config on the studies in `folder`, with a cache of its own."""
    library = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ADAEM_CACHE_DIR", str(cache))
        patch.chdir(ROOT)  # panels and topics are named from here
        for name, acts in library.items():
            for act in acts:
                for verb, options in act.items():
                    carry_out(verb, folder / f"{name}.db", options or {})


def carry_out(verb: str, study: Path, options: Mapping[str, object]) -> None:
    """Let the simulated people do what they do; anything else is a command."""
    if verb in PEOPLE:
        PEOPLE[verb](study, **options)
        return
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    assert main([verb, "--study", str(study), *words]) == 0, f"{verb} did not finish"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        make(Path(sys.argv[1]), Path(made))
