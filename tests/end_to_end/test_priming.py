"""Priming the simulated panel from the command line: a respondent that listens moves as planted, one that is deaf to prompts does not."""

from pathlib import Path

import numpy as np
import pytest

from adaem_core.archive import examinations
from adaem_core.archive.study import Study
from adaem_core.archive.study_settings import settings_of
from adaem_core.validate import priming_questions, priming_run, priming_tests
from tests.end_to_end.apparatus import run
from tests.end_to_end.test_examine import drafts
from tests.shared import copied, made_once

LISTENS, DEAF = "harbor", "granite"
TARGETS = "SEL,POW,SEC,UNI"


@pytest.fixture(scope="module")
def primed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of a study in which both respondents were primed for four values on sixty questions."""

    def make(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("ADAEM_CACHE_DIR", str(folder / "cache"))
            bench = folder / "bench.csv"
            bench.write_text("question\n" + "".join(f'"{each["question"]}"\n' for each in drafts(60)), encoding="utf-8")
            assert run("examine", "--study", folder / "s.db", "--benchmark", bench, "--read-twice", 0).status == 0
            for model in (LISTENS, DEAF):
                done = run("prime", "--study", folder / "s.db", "--model", model, "--values", TARGETS, "--control", "neutral", "--json")
                assert done.status == 0 and len(done.told["examinations"]) == 5, done.said

    own = tmp_path_factory.mktemp("copy") / "s.db"
    copied(made_once(tmp_path_factory, "primed", make) / "s.db", own)
    return own


def judged(path: Path, model: str) -> priming_tests.Verdict:
    """Return the verdict over questions on one primed model, against the neutral prompt."""
    with Study.read(path) as study:
        (series,) = (each for name, each in priming_run.primings(study).items() if f" {model} " in name)
        system = settings_of(study).system
        before, after = priming_run.labels_of(study, examinations.one(study, "E1"), series, system)
    return priming_tests.verdict(priming_questions.relations_by_question(before, after, model, system, np.random.default_rng(1)))


def test_a_respondent_that_listens_moves_as_planted(primed: Path) -> None:
    assert judged(primed, LISTENS).word == "supported"


def test_a_respondent_deaf_to_prompts_yields_the_null_verdict(primed: Path) -> None:
    assert judged(primed, DEAF).word == "no effect found"


def test_priming_again_asks_nothing_and_a_wrong_name_is_told(primed: Path) -> None:
    with Study.read(primed) as study:
        before = study.spent()["calls"]
    words = ("prime", "--study", primed, "--model", LISTENS, "--values", TARGETS, "--control", "neutral")
    assert run(*words).status == 0
    with Study.read(primed) as study:
        assert study.spent()["calls"] == before
    wrong = run("prime", "--study", primed, "--model", "nobody")
    assert wrong.status == 2 and "Choose one of" in wrong.sentence


def test_asking_again_keeps_the_draws_apart(primed: Path) -> None:
    done = run("retest", "--study", primed, "--json")
    assert done.status == 0, done.said
    with Study.read(primed) as study:
        first, second = examinations.one(study, "E1"), examinations.every(study)[-1]
        assert (second.sample, second.part_of) == (1, "retest E1")
        texts = [[each.response.text for each in examinations.answers(study, one)] for one in (first, second)]
        assert len(texts[0]) == len(texts[1]) and texts[0] != texts[1], "another draw, other words"
        assert [each.id for each in examinations.measurements(study)] == ["E1"]
