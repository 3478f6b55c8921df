"""How long pages take on 12,310 questions and 16 examinees, first and warm: `python -m pytest -m benchmark -s tests/benchmarks/bench_pages.py`.

A page is run as a user's browser would have it run, without the network; the warm time is what every further click costs.
"""

import sys
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import site
from tests.big_study import write_big_study

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1800)]
ROOT = Path(__file__).resolve().parents[2]


def test_pages_on_the_published_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADAEM_STUDIES_DIR", str(tmp_path))
    monkeypatch.setenv("ADAEM_CACHE_DIR", str(tmp_path / "cache"))
    write_big_study(tmp_path / "big.db")
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=600).run()
    for file, title, *_ in (page for pages in site.MAP.values() for page in pages if page[0] != "home"):
        times = []
        for _ in range(3):
            start = time.perf_counter()
            app = app.switch_page(f"pages/{file}.py").run()
            times.append(time.perf_counter() - start)
        broken = f"  BROKEN: {app.exception[0].value}" if app.exception else ""
        sys.stdout.write(f"{title}: first {times[0]:.2f} s, warm {min(times[1:]):.2f} s{broken}\n")
