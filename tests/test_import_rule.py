"""The tree's own rules: folders depend in alphabetical order, base files on no folder, and each heavy library has one home."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.rows import every_row

ROOT = Path(__file__).resolve().parent.parent / "adaem_core"
FILES = sorted(ROOT.rglob("*.py"))
BASE = {"errors", "faults", "folders", "machine", "marks", "messages", "records", "settings", "values", "panels"}
HOMES = dict.fromkeys(("litellm", "torch", "sentence_transformers", "transformers", "diskcache"), "chat") | {
    "plotly": "visualize",
    "streamlit": "",
}


def imports(path: Path) -> Iterator[list[str]]:
    """Yield every imported module as its parts, wherever in the file the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield from ([*(node.module or "").split("."), alias.name] for alias in node.names)


def folder_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0] if path.parent != ROOT else ""


@every_row("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports(path: Path) -> None:
    own = folder_of(path)
    for parts in imports(path):
        assert HOMES.get(parts[0], own) == own, f"{parts[0]} belongs to {HOMES.get(parts[0]) or 'no folder'}"
        if parts[0] != "adaem_core":
            continue
        target = parts[1] if len(parts) > 1 else ""
        if own:
            allowed = target in BASE or target == "__version__" or ((ROOT / target).is_dir() and target <= own)
            assert allowed, f"{own} may import itself, folders before it and base files, not {target}"
        elif path.stem in BASE:
            assert target in BASE, f"a base file imports base files only, not {target}"


@every_row("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_public_is_explained(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree) or not tree.body, "the module says what it does"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} has no docstring"
