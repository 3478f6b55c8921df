"""What stands under figures and in names of downloads: SIMULATED first, then what is known, in one order."""

from pathlib import Path

from pages.shared.caption import caption, file_name, study_caption, study_file
from tests.pages.fixture_study import IMAGE, write_study


def test_simulated_comes_first_and_empty_parts_are_left_out() -> None:
    assert caption("5 questions", "", "Wilson", simulated=True) == "SIMULATED · 5 questions · Wilson"
    assert caption("5 questions", "Wilson", simulated=False) == "5 questions · Wilson"
    assert file_name("map", "pca", simulated=True) == "SIMULATED-map-pca"
    assert file_name("map", simulated=False) == "map"


def test_a_study_names_its_panel_and_date(study: Path) -> None:
    under = study_caption(study, "5 pulls")
    assert under.startswith("SIMULATED · 5 pulls · panel small")
    assert under[-10:].count("-") == 2
    assert IMAGE not in under
    assert study_file(study, "steps") == "SIMULATED-rich-study-steps"


def test_a_study_of_real_models_is_not_marked(folder: Path) -> None:
    real = write_study(folder / "real.db", simulated=False)
    assert "SIMULATED" not in study_caption(real, "5 pulls") + study_file(real, "steps")
