"""Every example runs as it is, quickly, says SIMULATED, shows what it promises, and writes where it was told to and nowhere else."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import forks
from tests.end_to_end.apparatus import cache_in

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))


def ran(name: str, folder: Path, embeddings: Path) -> str:
    """Return what an example prints that keeps its files in `folder`; begun in an empty folder, which must stay empty.

    Its process has imported the large libraries already (`tests.forks`): what takes an interpreter of its own is asked once, of the shortest.
    """
    elsewhere, out, said = folder / "elsewhere", folder / "out.txt", folder / "said.txt"
    elsewhere.mkdir()
    environment = os.environ | {"ADAEM_CACHE_DIR": str(cache_in(folder, embeddings))}
    process = forks.begin_script(ROOT / "examples" / f"{name}.py", folder, elsewhere, out, said, environment)
    process.join()
    assert process.exitcode == 0, said.read_text(encoding="utf-8")
    return checked(out.read_text(encoding="utf-8"), elsewhere)


def ran_alone(name: str, folder: Path) -> str:
    """Return the same, run as a user does: by Python itself."""
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ADAEM_CACHE_DIR": str(folder / "cache")}
    command = [sys.executable, str(ROOT / "examples" / f"{name}.py"), str(folder)]
    done = subprocess.run(command, cwd=elsewhere, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return checked(done.stdout, elsewhere)


def checked(printed: str, elsewhere: Path) -> str:
    """Return what an example printed, which says SIMULATED; nothing was left where it was begun."""
    assert "SIMULATED" in printed and not list(elsewhere.iterdir())
    return printed


def table(printed: str) -> list[list[str]]:
    """Return the cells of the lines that end in a number: the table an example prints."""
    return [line.split() for line in printed.splitlines() if re.search(r"\s[\d.]+$", line) and "SIMULATED" not in line]


def test_a_first_run_finds_questions_more_telling_than_their_topics(tmp_path: Path, embeddings: Path) -> None:
    printed = ran("first_run", tmp_path, embeddings)
    topics, questions = map(float, re.findall(r"(\d+\.\d) of", printed))
    assert questions > topics + 1
    rates = {row[0]: [float(each) for each in row[2:5]] for row in table(printed)}
    assert len(rates) == 11 and all(low <= rate <= high for rate, low, high in rates.values())
    assert rates["ember"][1] > rates["boreal"][2], "planted on opposite sides of the circle"
    assert (tmp_path / "first_run.db").is_file()


def test_answers_of_ones_own_are_measured(tmp_path: Path) -> None:
    printed = ran_alone("measure_your_own_answers", tmp_path)
    assert "SIMULATED: 36 answers of 3 models read, 0 not" in printed
    signs = dict(re.findall(r"SIMULATED: (\w+): careful minus curious model ([+-])", printed))
    assert signs == {"SEC": "+", "CON": "+", "SEL": "-", "STI": "-", "HED": "-"}
    assert {path.name for path in tmp_path.iterdir()} >= {"answers.csv", "own_answers.db"}


def test_a_value_system_of_ones_own_is_looked_for_and_read(tmp_path: Path, embeddings: Path) -> None:
    printed = ran("your_own_value_system", tmp_path, embeddings)
    assert printed.startswith("Planet and people: NAT = Care for nature, GRO = Growth, HER = Heritage\n")
    shares = dict(re.findall(r"SIMULATED: (\w+) in (\d+)% of 66 answers", printed))
    assert list(shares) == ["NAT", "GRO", "HER"] and all(0 < int(share) < 100 for share in shares.values())


def test_a_primed_model_is_seen_to_move(tmp_path: Path, embeddings: Path) -> None:
    rows = table(ran("priming_table", tmp_path, embeddings))
    assert [row[0] for row in rows] == ["SEC", "BEN", "ACH"]
    assert all(float(controlled) > float(baseline) for _, baseline, controlled, *_ in rows)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_short_and_need_the_engine_and_pandas_only(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    imported = [name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import) for name in node.names]
    named = {each.name for each in imported} | {str(node.module) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)}
    assert {name for name in named if name.split(".")[0] not in sys.stdlib_module_names} == {"adaem_core", "pandas"}
    assert len(text.splitlines()) <= 60 and text.count("\n# %% ") >= 3
