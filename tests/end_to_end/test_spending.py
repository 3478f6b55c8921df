"""What a run may cost: never more than the cap, whatever is under way together, and nothing where a price is unknown."""

from pathlib import Path

import pytest

from adaem_core.archive.study import Study
from tests.end_to_end.apparatus import panel_file, recorded, remote_panel, run

SIZE = ("--budget", "4", "--wave", "4", "--kept", "2", "--max-topics", "4", "--concurrency", "64")


def spent(path: Path) -> float:
    with Study.read(path) as study:
        return study.spent()["cost"]


@pytest.mark.parametrize(("cap", "share"), [("0.04", 0.5), ("0.15", 0.85)])
def test_a_cap_is_never_passed_and_a_higher_one_continues_to_the_end(tmp_path: Path, cap: str, share: float) -> None:
    study = tmp_path / "s.db"
    with remote_panel(latency=0.1) as server:
        words = ("generate", "--study", study, "--panel", panel_file(tmp_path, server), *SIZE, "--json")
        stopped = run(*words, "--max-cost", cap)
        assert stopped.status == 3
        assert stopped.out == "", "no result to print"
        assert f"paused at its cost cap of {float(cap):.2f} US dollars" in stopped.sentence
        assert "raise the cost cap and start the study again" in stopped.sentence
        # Not so far below it either: what is set aside for requests under way is given back.
        assert share * float(cap) < spent(study) <= float(cap)
        assert server.count == recorded(study), "a request that was not paid for"
        again = run(*words)
        assert again.status == 3 and recorded(study) == server.count, "the cap is the study's, not the command's"
        done = run(*words, "--max-cost", "5")
        assert done.status == 0, done.said
        assert done.told["pulls"] == 4 and done.told["cost"] == pytest.approx(spent(study))
        assert server.count == recorded(study) and server.peak > 20


@pytest.mark.parametrize(("option", "cap", "unit"), [("--max-calls", 25, "calls"), ("--max-tokens", 30_000, "tokens")])
def test_calls_and_tokens_have_caps_as_well(tmp_path: Path, option: str, cap: int, unit: str) -> None:
    study = tmp_path / "s.db"
    with remote_panel(latency=0.02) as server:
        stopped = run("generate", "--study", study, "--panel", panel_file(tmp_path, server), *SIZE, option, cap)
        assert stopped.status == 3 and f"cap of {cap:,} {unit}" in stopped.sentence
    with Study.read(study) as held:
        assert cap / 3 < held.spent()[unit] <= cap


def test_a_model_without_a_price_is_a_question_and_nothing_is_sent(tmp_path: Path) -> None:
    study = tmp_path / "s.db"
    with remote_panel() as server:
        priced = panel_file(tmp_path, server)
        unpriced = panel_file(tmp_path, server, {"boreal": {"output_price": None}})
        done = run("generate", "--study", study, "--panel", unpriced, *SIZE)
        assert done.status == 2
        assert "What do these models cost: boreal (openai/boreal)?" in done.sentence
        assert "Set input_price and output_price" in done.sentence
        assert server.count == 0
        assert not study.exists(), "a study would keep the panel without the price"
        assert priced == panel_file(tmp_path, server)
        assert run("generate", "--study", study, "--panel", priced, *SIZE).status == 0, "the remedy of the sentence works"
