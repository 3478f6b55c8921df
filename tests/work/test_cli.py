"""The grammar of the command line, its exit statuses, and the estimate; whole runs are in `tests/end_to_end/test_command_line.py`."""

import subprocess
import sys
from argparse import Namespace
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from adaem_core.errors import AdaemError, BadInput, BudgetReached, CacheMiss, ModelStopped, Paused
from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings
from adaem_core.work import cli
from adaem_core.work.generate import GENERATE
from tests.rows import every_row

ROOT = Path(__file__).resolve().parents[2]
STATUSES = [
    (BadInput("The file is empty."), 2, "The file is empty."),
    (BudgetReached("At the cap."), 3, "At the cap."),
    (Paused("Paused."), 130, "Paused."),
    (ModelStopped("No key."), 130, "No key."),
    (CacheMiss("Never asked."), 130, "Never asked."),
    (KeyboardInterrupt(), 130, "Interrupted. Start the same command again to continue."),
    (AdaemError("The disk is full."), 1, "The disk is full."),
]


@pytest.mark.parametrize(("error", "status", "sentence"), STATUSES, ids=lambda each: type(each).__name__)
def test_every_end_has_its_status_and_its_sentence(
    error: BaseException, status: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def ending(_: Namespace) -> None:
        raise error

    assert cli.main(["generate", "--study", "s.db"], [replace(GENERATE, run=ending)]) == status
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", sentence + "\n")


@pytest.mark.parametrize("act", ["generate", "estimate"])
def test_every_knob_of_the_method_is_an_option_with_its_default_in_the_help(act: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main([act, "--help"])
    assert end.value.code == 0
    shown = " ".join(capsys.readouterr().out.split())
    for settings in (GenerateSettings, ElicitSettings, ChatSettings):
        for knob in fields(settings):
            assert f"--{knob.name.replace('_', '-')}" in shown
    assert "Default: 0.58." in shown and "Default: none." in shown


def test_an_option_that_is_not_given_stays_open() -> None:
    """None means: as the study has it. A default here would undo the study's own setting on resuming it."""
    seen: list[Namespace] = []
    assert cli.main(["generate", "--study", "s.db", "--max-cost", "2.5", "--replay"], [replace(GENERATE, run=seen.append)]) == 0
    options = vars(seen[0])
    assert (options["study"], options["max_cost"], options["replay"]) == (Path("s.db"), 2.5, True)
    assert all(value is None for name, value in options.items() if name not in ("study", "max_cost", "replay", "run", "json"))


def estimate(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert cli.main(["estimate", *words, "--json"]) == 0
    found: dict[str, Any] = orjson.loads(capsys.readouterr().out.splitlines()[-1])
    return found


def test_an_estimate_adds_up_and_grows_with_the_budget(capsys: pytest.CaptureFixture[str]) -> None:
    small, large = (estimate(capsys, "--panel", "frugal", "--budget", budget, "--max-topics", "5") for budget in ("5", "50"))
    for told in (small, large):
        for key in ("calls", "prompt_tokens", "completion_tokens", "cost"):
            assert told[key] == pytest.approx(sum(stage[key] for stage in told["stages"]))
    assert 0 < small["cost"] < large["cost"] < 10.5 * small["cost"]
    assert estimate(capsys, "--panel", "frugal", "--concurrency", "1", "--budget", "5")["minutes"] > small["minutes"]
    assert (small["simulated"], estimate(capsys)["simulated"], estimate(capsys)["cost"]) == (False, True, 0)


def test_an_estimate_without_a_price_says_so_instead_of_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    models = ", ".join(f"{{model: openai/own-{name}, roles: [p1, p2, recogniser], api_base: 'http://127.0.0.1:9/v1'}}" for name in "ab")
    (tmp_path / "own.yaml").write_text(f"models: [{models}]", encoding="utf-8")
    assert estimate(capsys, "--panel", str(tmp_path / "own.yaml"))["cost"] is None


def test_the_module_runs_as_a_program_and_starts_without_the_large_libraries() -> None:
    code = (
        "import sys; from adaem_core.work.cli import main; main(['estimate']); "
        "sys.exit(sorted({'litellm', 'torch', 'sentence_transformers', 'scipy'} & set(sys.modules)) or 0)"
    )
    light = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert light.returncode == 0, light.stderr
    wrong = subprocess.run([sys.executable, "-m", "adaem_core", "invent"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert wrong.returncode == 2 and "invalid choice: 'invent'" in wrong.stderr


@every_row("word, pulls", [("small", 10), ("medium", 100), ("large", 1500), ("37", 37)])
def test_a_budget_is_a_number_or_the_name_of_one(word: str, pulls: int) -> None:
    assert cli.parser().parse_args(["estimate", "--budget", word]).budget == pulls


def test_another_name_of_a_budget_is_told_the_names(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["estimate", "--budget", "huge"])
    assert "invalid number or small, medium, large value: 'huge'" in capsys.readouterr().err
