"""`import adaem_core as adaem`: sixteen names, each loaded when asked for, nothing heavy before it is needed, and real types for mypy."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import adaem_core as adaem

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
HEAVY = ("torch", "litellm", "sentence_transformers", "transformers", "streamlit", "plotly", "umap", "sklearn")
LOADED = f"""
import sys
import adaem_core as adaem
assert "numpy" not in sys.modules, "the names alone cost nothing"
for name in adaem.__all__:
    getattr(adaem, name)
print(*sorted(sys.modules.keys() & set({HEAVY!r})))
"""
RIGHT = """
import adaem_core as adaem
from adaem_core.measure.compare import Comparison

with adaem.open_study("my.db") as study:
    standings = adaem.stand(adaem.labels(study), adaem.settings.MeasureSettings(confidence=0.9))
found: Comparison = adaem.compare(standings, "one", "other")
rows: list[dict[str, object]] = [dict(row) for row in adaem.rated(standings)]
"""
WRONG = """
import adaem_core as adaem
adaem.stand("my.db", adaem.settings.MeasureSettings())
adaem.panel(3)
adaem.rate
number: int = adaem.value_system("schwartz")
"""


def python(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def test_asking_for_every_name_loads_nothing_heavy() -> None:
    done = python("-c", LOADED)
    assert (done.returncode, done.stdout.split()) == (0, []), done.stderr


def test_the_list_stays_short_and_in_order() -> None:
    assert adaem.__all__ == sorted(adaem.__all__) and len(adaem.__all__) == 16
    assert {*adaem.__all__, "__version__"} <= set(dir(adaem))
    with pytest.raises(AttributeError, match="no attribute 'rate'"):
        _ = adaem.rate  # type: ignore[attr-defined]


def test_a_users_script_is_checked_with_real_types(tmp_path: Path) -> None:
    (shown,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    for name, script in (("right.py", RIGHT), ("readme.py", shown), ("wrong.py", WRONG)):
        (tmp_path / name).write_text(script, encoding="utf-8")
    done = python("-m", "mypy", "--strict", str(tmp_path / "right.py"), str(tmp_path / "readme.py"), *map(str, EXAMPLES))
    assert done.returncode == 0, done.stdout
    told = python("-m", "mypy", "--strict", str(tmp_path / "wrong.py")).stdout
    codes = [line.rsplit("[", 1)[1].rstrip("]") for line in told.splitlines() if ": error:" in line]
    assert codes == ["arg-type", "arg-type", "attr-defined", "assignment"], told
