"""The documents keep up with the tree: what they name is there, what they link to exists, and the site builds without a warning."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from adaem_core.elicit.opinions import read_answer
from adaem_core.elicit.turns import Unread
from adaem_core.generate.topics import read_topics
from adaem_core.measure.sources import read_given

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
DOCUMENTS = [*PAGES, ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"]
DECISIONS = sorted(set((DOCS / "decisions").glob("*.md")) - {DOCS / "decisions" / "index.md"})
FOLDERS = sorted(path.parent.name for path in (ROOT / "adaem_core").glob("*/__init__.py"))
NAMED = re.compile(r"`((?:adaem_core|data|docs|examples|pages|tests|\.ci|\.streamlit)/[\w./*-]+?)(?::(\w+))?`")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?!https?://)([^)#]+)(?:#[^)]*)?\)")
HOME = re.compile(r"`([\w/]+\.py)` \(((?:`\w+`(?:, )?)+)\)")
STEP = re.compile(r"^\d+\. `([\w/]+\.py):(\w+)` \S", re.MULTILINE)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def walks() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return each walk's heading and its steps (file, function)."""
    parts = read(DOCS / "walks.md").split("\n## ")[1:]
    return [(part.split("\n", 1)[0], STEP.findall(part)) for part in parts]


def folder(file: str) -> str:
    """Return the folder whose place in the alphabet counts; pages come after the whole engine."""
    first, second = file.split("/")[:2]
    return second if first == "adaem_core" else f"~{first}"


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_four_parts_on_one_screen(path: Path) -> None:
    headings = re.findall(r"^## (.+)$", read(path), re.MULTILINE)
    assert headings == ["Context", "Choice", "Consequence", "Where it lives"]
    assert len(read(path).splitlines()) <= 40


def test_every_decision_is_listed_under_its_title() -> None:
    listed = dict(re.findall(r"^- \[(.+)\]\((.+\.md)\)", read(DOCS / "decisions" / "index.md"), re.MULTILINE))
    titles = {read(path).splitlines()[0].removeprefix("# "): path.name for path in DECISIONS}
    assert listed == titles


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_what_is_named_exists(path: Path) -> None:
    for file, function in NAMED.findall(read(path)):
        assert list(ROOT.glob(file)), f"{file} is not there"
        assert not function or f"def {function}(" in read(ROOT / file), f"{file} has no function {function}"


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_lives_where_it_says(path: Path) -> None:
    for file, names in HOME.findall(read(path)):
        for name in re.findall(r"\w+", names):
            assert re.search(rf"\b{name}\b", read(ROOT / file)), f"{file} does not know {name}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_links_lead_somewhere(path: Path) -> None:
    broken = [link for link in LINK.findall(read(path)) if not (path.parent / link).exists()]
    assert not broken


def test_the_handbooks_example_files_are_read_as_it_says() -> None:
    blocks = re.findall(r"(?:^    .+\n)+", read(DOCS / "handbook" / "your-own-files.md"), re.MULTILINE)
    topics, answers = (dedent(block).encode() for block in blocks)
    assert [topic.text for topic in read_topics(("topics.csv", topics)).topics][1] == "Should we abolish tuition fees?"
    assert not [given for given in read_given(("answers.csv", answers)) if isinstance(read_answer(given.text, 3), Unread)]


def test_the_first_run_presses_buttons_that_are_there() -> None:
    pages = "".join(read(path) for path in (ROOT / "pages").rglob("*.py"))
    pressed = set(re.findall(r"\*\*(.+?)\*\*", read(DOCS / "handbook" / "first-run.md")))
    assert pressed
    assert not {label for label in pressed if f'"{label}"' not in pages}


def test_the_code_names_every_decision_where_it_is_followed() -> None:
    code = (read(path) for path in (ROOT / "adaem_core").rglob("*.py"))
    told = {file for text in code for file in re.findall(r"docs/[\w/-]+\.md", text)}
    assert told == {named(path) for path in DECISIONS}


@pytest.mark.parametrize(("heading", "steps"), walks(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_walk_has_ten_lines_and_never_turns(heading: str, steps: list[tuple[str, str]]) -> None:
    assert len(steps) == 10
    order = [folder(file) for file, _ in steps]
    assert order in (sorted(order), sorted(order, reverse=True)), f"{heading}: {order}"


def test_there_are_three_walks() -> None:
    assert len(walks()) == 3


def test_every_folder_has_its_page_of_the_reference() -> None:
    pages = {path.stem: read(path) for path in (DOCS / "reference").glob("*.md")}
    assert set(pages) == {"index", "vocabulary", *FOLDERS}
    assert all(f"::: adaem_core.{folder}\n" in pages[folder] for folder in FOLDERS)
    assert re.findall(r"\((\w+)\.md\)", pages["index"]) == ["vocabulary", *FOLDERS], "in the order in which folders depend"


def test_the_site_builds_without_a_warning_and_needs_no_network(tmp_path: Path) -> None:
    shutil.copytree(DOCS, tmp_path / "docs")
    shutil.copy(ROOT / "zensical.toml", tmp_path)
    (tmp_path / "adaem_core").symlink_to(ROOT / "adaem_core")
    command = [sys.executable, "-m", "zensical", "build", "--strict"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    site = {path.relative_to(tmp_path / "site"): read(path) for path in (tmp_path / "site").rglob("*.html")}
    assert {path.relative_to(DOCS).with_suffix(".html") for path in PAGES} <= set(site)
    assert "P(i beats j)" in site[Path("reference/measure.html")], "docstrings stand in the reference"
    fetched = {
        url
        for page in site.values()
        for url in re.findall(r"<(?:script|link|img|iframe)\b[^>]*?(?:src|href)=\"?(https?://[^\"\s>]+)", page)
    }
    assert not fetched
