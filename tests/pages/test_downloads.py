"""Every file that any page offers says by itself what it is of: SIMULATED, study, how much, panel or benchmark, date and link; in its name, too.

What other tests of pages meet is tried as well, in every state they bring a page into, all but pictures (`conftest.py`).
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from adaem_core.archive import examinations
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from pages.shared import site
from tests.pages.downloads import about
from tests.pages.opening import routed

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "data" / "demo" / "demo.db"
PAGES = tuple(file for pages in site.MAP.values() for file, *_ in pages)
# Pages that have something to download of the demo, which is nearly all; what is not of a study names neither title nor link to it.
OFFERING = {
    "monitor", "traces", "benchmark", "models", "quality", "topics", "regions", "efficiency", "win_rates", "topic_radars", "compare", "evidence",
    "priming", "reliability", "structure", "predictive", "recogniser", "calibration", "side_by_side", "panels_compared",
}  # fmt: skip
OF_NO_STUDY = {"models": ["panel simulated"], "calibration": ["planted values", "AdAEM Studio"]}


def squeezed(text: str) -> str:
    """Return a text without blanks, which a footer has wherever a line is full."""
    return re.sub(r"\s", "", text)


def expected(page: str, name: str) -> list[str]:
    """Return what a file of the demo must say."""
    with Study.read(DEMO) as study:
        made, examined = settings_of(study), examinations.every(study)
    if page in OF_NO_STUDY:
        return ["SIMULATED", *OF_NO_STUDY[page]]
    if name.endswith(".db"):
        return ["SIMULATED", made.title, made.panel.name, made.date]
    source = [f"benchmark {each.benchmark}" for each in examined] * ("-E" in name) + [f"panel {made.panel.name}", "sets demo"]
    return ["SIMULATED", f"study {made.title} (demo)", made.date, "study=demo", "|".join(source)]


@pytest.mark.parametrize("page", PAGES)
def test_every_file_of_the_demo_says_what_it_is_of(page: str, offered: dict[str, Callable[[], bytes]], tmp_path: Path) -> None:
    routed(page, study="demo")
    files = dict(offered)
    assert bool(files) == (page in OFFERING)
    for name, make in files.items():
        assert name.startswith("SIMULATED-") and (page in OF_NO_STUDY or name.startswith("SIMULATED-demo")), name
        told = [squeezed(each) for each in about(name, make(), tmp_path)]
        assert told, f"{name} says nothing"
        for part in expected(page, name):
            assert all(any(squeezed(one) in each for one in part.split("|")) for each in told), f"{name} does not say {part}"
