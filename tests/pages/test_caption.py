"""What figures, tables and their files are of: SIMULATED first, then what is known, in one order."""

from pathlib import Path

from adaem_core.archive.origin import Origin
from pages.shared.caption import file_name, of, of_studies, of_study, study_file
from tests.pages.fixture_study import IMAGE, SETTINGS, write_study


def test_simulated_comes_first_and_empty_parts_are_left_out() -> None:
    assert of("5 questions", "", "Wilson", simulated=True).short == "SIMULATED · 5 questions · Wilson"
    assert of("5 questions", "Wilson", simulated=False).short == "5 questions · Wilson"
    assert file_name("map", "pca", simulated=True) == "SIMULATED-map-pca"
    assert file_name("map", simulated=False) == "map"
    assert file_name("SIMULATED-rich", "map", simulated=True) == "SIMULATED-rich-map", "a file that came back is marked once"


def test_a_study_names_its_panel_and_date(study: Path) -> None:
    under = of_study(study, "5 pulls").short
    assert under.startswith("SIMULATED · 5 pulls · panel small")
    assert under[-10:].count("-") == 2
    assert study_file(study, "steps") == "SIMULATED-rich-study-steps"


def test_alone_it_names_its_study_and_where_to_see_it(study: Path) -> None:
    told = of_study(study, "5 pulls", "Wilson")
    assert told.study == f"study {SETTINGS.title} (rich-study)" and IMAGE in told.study
    assert told.line.startswith(f"SIMULATED · {told.study} · 5 pulls · Wilson · panel small <b> · ") and told.line.endswith("?")


def test_several_studies_are_all_named_once(study: Path, folder: Path) -> None:
    other = write_study(folder / "other.db", simulated=False)
    told = of_studies([study, other, study], "9 questions", simulated=True).study
    assert told.count("(rich-study)") == 1 and told.count("(other)") == 1 and " and " in told


def test_a_study_of_real_models_is_not_marked(folder: Path) -> None:
    real = write_study(folder / "real.db", simulated=False)
    assert "SIMULATED" not in of_study(real, "5 pulls").line + study_file(real, "steps")
    assert Origin(simulated=False).told["simulated"] == "no"
