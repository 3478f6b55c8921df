"""The command `recognise`: labelled texts are read, resumed for nothing, and compared; the real Touché'23 file if it is there."""

import json
from pathlib import Path

import pytest

from adaem_core.values import value_system
from adaem_core.work import cli

REAL = Path(__file__).resolve().parents[2] / "../shared/testdata/touche23/touche23_10values.csv"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ADAEM_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert cli.main(["recognise", *arguments, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return found


def planted(path: Path) -> Path:
    """Write texts made of the phrases by which the simulated recogniser knows a value: their labels are known."""
    system = value_system("schwartz")
    lines = ["text," + ",".join(system.ids)]
    for each in system.dimensions:
        lines += [f"Number {n}: {each.markers[n]}," + ",".join(str(int(id == each.id)) for id in system.ids) for n in range(2)]
    path.write_text("\n".join(lines) + "\n")
    return path


def test_planted_labels_are_recovered_and_a_second_run_costs_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = run(capsys, "--study", str(folder / "s.db"), "--in", str(planted(folder / "in.csv")))
    assert (told["texts"], told["cells"]) == (20, 200)
    assert told["accuracy"]["value"] > 0.9  # type: ignore[index]
    assert told["kappa"]["low"] < told["kappa"]["value"]  # type: ignore[index]
    again = run(capsys, "--study", str(folder / "s.db"))
    assert {key: again[key] for key in ("accuracy", "kappa", "f1", "tokens")} == {
        key: told[key] for key in ("accuracy", "kappa", "f1", "tokens")
    }


def test_bad_input_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "in.csv").write_text("text,SEC\nA,2\n")
    for arguments, says in (([], "--in"), (["--in", str(folder / "in.csv")], "must be 0, 1 or empty")):
        assert cli.main(["recognise", "--study", str(folder / "s.db"), *arguments]) == 2
        assert says in capsys.readouterr().err


@pytest.mark.skipif(not REAL.is_file(), reason="the Touché'23 file is not here")
def test_touche23_is_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = run(capsys, "--study", str(folder / "s.db"), "--in", str(REAL), "--limit", "60")
    assert (told["texts"], told["cells"]) == (60, 600)
    assert len(told["f1"]) == 10  # type: ignore[arg-type]
