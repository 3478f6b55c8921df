"""Value structure page: a verdict with its criterion on the demo, both ways of correlating, and reasons where nothing can be computed."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.cached_structure import WAYS
from tests.pages.fixture_examination import write_examination

ROOT = Path(__file__).resolve().parents[2]


def opened(**address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run().switch_page("pages/structure.py")
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception and not [each for each in app.error if "cost cap" not in each.value]
    return app


def words(app: AppTest) -> str:
    return " ".join(each.value for each in [*app.markdown, *app.caption, *app.info]).replace("\\", "")


@pytest.mark.parametrize("way", WAYS)
def test_the_demo_is_judged_both_ways(way: str) -> None:
    told = words(opened(study="demo", way=way))
    assert "Criterion: Yes when" in told and "Congruence with the circle φ = " in told and way in told
    assert "nan" not in told.lower().split()


def test_a_small_examination_says_why_where_it_cannot_tell(study: Path) -> None:
    write_examination(study, count=1)
    told = words(opened(way=WAYS[1]))
    assert "cannot be computed because" in told
