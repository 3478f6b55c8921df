"""The house rules that a machine can check: style, types, no key in the tree. Part of the one test command."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("command", [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]], ids=" ".join)
def test_checkers_have_nothing_to_say(command: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_files_stay_short() -> None:
    files = [path for folder in ("adaem_core", "pages") for path in (ROOT / folder).rglob("*.py")]
    long = {str(path.relative_to(ROOT)): n for path in files if (n := len(path.read_text().splitlines())) > 250}
    assert not long


def test_pages_keep_readings_through_one_decorator() -> None:
    kept = [path.name for path in (ROOT / "pages").rglob("*.py") for _ in range(path.read_text().count("st.cache_"))]
    assert len(kept) <= 8, kept


def test_settings_of_studies_and_examinations_are_read_by_name_in_the_archive_alone() -> None:
    """What stands in `meta` beside the settings has its own home: a job and its requests in `work.jobs`."""
    untyped = re.compile(r'meta\("(?!job)|config\["|config\.get\(|about\["')
    files = [path for folder in ("adaem_core", "pages") for path in (ROOT / folder).rglob("*.py") if path.parent.name != "archive"]
    assert {path.name: found for path in files if (found := untyped.findall(path.read_text()))} == {}


def test_few_files_are_shared_by_all_pages_and_functions_stay_short() -> None:
    assert len(list((ROOT / "pages" / "shared").glob("*.py"))) <= 12
    trees = [(path, ast.parse(path.read_text())) for folder in ("adaem_core", "pages") for path in (ROOT / folder).rglob("*.py")]
    functions = [
        (path, node) for path, tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert [f"{path.name}: {node.name}" for path, node in functions if lines_of(node) > 45] == []


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function has, its docstring aside."""
    return (function.end_lineno or 0) - function.lineno + 1 - len((ast.get_docstring(function) or "").splitlines())
