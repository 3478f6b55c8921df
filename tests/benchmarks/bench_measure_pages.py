"""How fast the pages of Measure answer at the published size: `python -m tests.benchmarks.bench_measure_pages`, or
`pytest tests/benchmarks/bench_measure_pages.py -m benchmark -s`.

12,310 questions, 16 examinees, 10 values, 5 % refusals. Cold is the first opening (reading, measuring), warm a rerun. Nothing is asserted.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from adaem_core.archive import examinations
from adaem_core.archive.examinations import Asked, Examination
from adaem_core.archive.study import Study
from adaem_core.measure.by_topic import CATEGORIES
from adaem_core.records import Answer, Label, Opinion, Outcome, Recognition, Response
from adaem_core.settings import ElicitSettings
from adaem_core.values import value_system
from tests.measure.simulate import planted
from tests.pages.fixture_examination import readers
from tests.pages.fixture_study import write_study

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS, EXAMINEES = 12_310, 16
POINTS = (Opinion("A point", "Prosperity for all people who need it"),) * 3
PAGES = ("win_rates", "topic_radars", "compare", "evidence", "missing")


def write_large(path: Path) -> Path:
    """Write a study with one examination of the published size."""
    ids, rng = value_system("schwartz").ids, np.random.default_rng(1)
    labels = planted(rng, QUESTIONS, rng.normal(size=(EXAMINEES, len(ids))), 0.05).expressed
    asked = tuple(Asked(f"q{number}", f"Should a town of {number} people pay?", "", CATEGORIES[number % 9]) for number in range(QUESTIONS))
    read = readers(simulated=True), ElicitSettings(), "recogniser", ""
    names = tuple(f"provider/model-{number}" for number in range(EXAMINEES))
    with Study.write(write_study(path)) as study:
        made = examinations.create(study, Examination("", "Large", "b", "2026-11-21", names, asked, *read))
        places = [(question, examinee) for question in range(QUESTIONS) for examinee in range(EXAMINEES)]
        examinations.save(study, [answer(made.subject(asked[q].id), names[k], labels[q, k], ids) for q, k in places])
    return path


def answer(subject: str, model: str, expressed: np.ndarray, ids: tuple[str, ...]) -> Answer:
    """Return one answer with its labels, a refusal where they are missing."""
    if np.isnan(expressed).any():
        return Answer(Response(subject, model, Outcome.REFUSED, reason="no"), None)
    labels = tuple(Label(0, id, "Prosperity") for id, each in zip(ids, expressed, strict=True) if each)
    read = Recognition(subject, model, "r", "batched", Outcome.ANSWERED, labels)
    return Answer(Response(subject, model, Outcome.ANSWERED, "yes", POINTS), read)


def opening() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ADAEM_STUDIES_DIR"] = folder
        write_large(Path(folder) / "large.db")
        for page in PAGES:
            for method in ("trueskill", "rasch"):
                app = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=300)
                app.query_params["study"], app.query_params["method"] = "large", method
                times = [timed(app) for _ in range(4)]
                yield f"{page}, {method}: cold {times[0]:.1f} s, warm {min(times[1:]):.2f} to {max(times[1:]):.2f} s"


def timed(app: AppTest) -> float:
    """Return how long one run of the page takes."""
    start = time.perf_counter()
    app.run()
    assert not app.exception
    return time.perf_counter() - start


@pytest.mark.benchmark
def test_speed_is_shown(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADAEM_STUDIES_DIR", "")  # restored afterwards
    for line in opening():
        with capsys.disabled():
            show(line)


def show(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    for each in opening():
        show(each)
