"""Value structure page: a verdict with its criterion on the demo, both ways of correlating, and reasons where nothing can be computed."""

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from adaem_core.validate.scaling import scale
from adaem_core.validate.structure import across_models, contrast, groups_across_models
from adaem_core.values import value_system
from pages.validate.readings import WAYS, Structure
from pages.validate.structure import judged
from tests.pages.fixture_examination import write_examination
from tests.pages.opening import routed


def opened(**address: str) -> AppTest:
    app = routed("structure", **address)
    assert not [each for each in app.error if "cost cap" not in each.value]
    return app


def words(app: AppTest) -> str:
    return " ".join(each.value for each in [*app.markdown, *app.caption, *app.info]).replace("\\", "")


@pytest.mark.parametrize("way", WAYS)
def test_the_demo_is_judged_both_ways(way: str) -> None:
    told = words(opened(study="demo", way=way))
    assert "Criterion: Yes when" in told and "Congruence with the circle φ = " in told and way in told
    assert "nan" not in told.lower().split()


def test_a_theory_without_a_circle_says_why_nothing_can_be_laid_out() -> None:
    system, rng = value_system("moral_foundations"), np.random.default_rng(1)
    profiles = rng.random((6, len(system.ids)))
    found = across_models(profiles, system.ids)
    groups = groups_across_models(profiles, system)
    whole = Structure(found, groups, contrast(found.values, system, rng), scale(found.values, system, rng))
    word, sentence = judged(whole)
    assert word == "Unknown" and "does not arrange its values in a circle" in sentence and "nan" not in sentence


def test_an_examination_of_one_question_is_shown_with_what_it_can_tell(study: Path) -> None:
    write_examination(study, count=1)
    assert "Criterion: Yes when" in words(opened())
