"""The command `quality`: one JSON object last, figures with intervals and definitions, reasons instead of NaN, bad input with status 2."""

import json
from pathlib import Path

import pytest

from adaem_core.work import cli

TEXTS = ["Should towns ban cars?", "Should towns ban dogs?", "Is care a duty?", "Who pays for care?", "Is tax theft?", "May states spy?"]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ADAEM_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


@pytest.mark.parametrize("extra", [[], ["--against"]])
def test_the_quality_command(extra: list[str], cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (cache / "q.csv").write_text("text,other\n" + "".join(f"{each},x\n" for each in TEXTS))
    (cache / "old.jsonl").write_text("".join(json.dumps({"question": each}) + "\n" for each in TEXTS[:3]))
    against = [*extra, str(cache / "old.jsonl")] if extra else []
    assert cli.main(["quality", "--in", str(cache / "q.csv"), "--column", "text", *against, "--json"]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["number"] == 6
    assert told["mean_length"] == pytest.approx(22 / 6)
    for name in ("self_bleu", "dist_2", "mean_similarity"):
        assert told["intervals"][name][0] <= told[name] <= told["intervals"][name][1]
        assert told["definitions"][name]
    assert list(told["novelty"]) == against[1:]
    if extra:
        assert 0 < told["novelty_nearest"][against[1]] < told["novelty"][against[1]]


@pytest.mark.parametrize(
    ("content", "options", "says"),
    [
        ("text\nWho?\n", ["--column", "nope"], "no column 'nope'"),
        ("", ["--column", "text"], "empty"),
        ("text\nWho?\n", ["--references", "0"], "references must be"),
    ],
)
def test_bad_input_is_told_with_status_2(
    content: str, options: list[str], says: str, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (cache / "q.csv").write_text(content)
    assert cli.main(["quality", "--in", str(cache / "q.csv"), *options, "--json"]) == 2
    assert says in capsys.readouterr().err


def test_sets_without_a_question_say_why(cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (cache / "q.csv").write_text('text\n" "\n')
    assert cli.main(["quality", "--in", str(cache / "q.csv"), "--against", str(cache / "q.csv"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["number"] == 0
    assert told["self_bleu"] is None
    assert "cannot be computed because" in told["why"]["self_bleu"]
