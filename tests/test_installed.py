"""What pip installs: everything the studio needs, nothing of the user's, and it works from any folder without writing into itself."""

import re
import shutil
import zipfile
from email.parser import Parser
from pathlib import Path

import orjson
import pytest

from adaem_core import __version__
from tests.installing import PRIVATE, ROOT, Installed, installed

PLACES = "from adaem_core import folders as f; from adaem_core.work import jobs; print(f.DATA, jobs.studies_dir(), f.own_named('panels'), f.cache(), sep='\\n')"
WORKED = """
import time
from pathlib import Path
from adaem_core.work import jobs
jobs.start(path := Path("mine.db"))
while (job := jobs.watch(path)).active: time.sleep(0.2)
print(job.state, job.message)
"""
HOME = """
from streamlit.testing.v1 import AppTest
from adaem_core.folders import STUDIO
app = AppTest.from_file(str(STUDIO / "app.py"), default_timeout=60).run()
print(app.exception, [each.value for each in app.title])
"""


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return installed(tmp_path_factory.mktemp("installed"))


def contents(folder: Path) -> set[str]:
    """Return the files under a folder, compiled ones aside."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}


def test_the_wheel_holds_the_whole_studio_under_one_name(studio: Installed) -> None:
    with zipfile.ZipFile(studio.wheel) as wheel:
        names = set(wheel.namelist())
    assert {name.split("/")[0] for name in names} == {"adaem_core", f"adaem_studio-{__version__}.dist-info"}
    moved = {f"adaem_core/studio/{folder}/{name}" for folder in ("pages", "data") for name in contents(ROOT / folder)}
    mine = {name for name in moved if name.startswith("adaem_core/studio/data/studies/") or name.endswith((".lock", ".db-wal", ".db-shm"))}
    engine = {f"adaem_core/{name}" for name in contents(ROOT / "adaem_core")}
    assert (
        engine | (moved - mine) | {"adaem_core/studio/app.py", "adaem_core/studio/.streamlit/config.toml", "adaem_core/py.typed"} <= names
    )


@pytest.mark.parametrize("private", PRIVATE)
def test_the_wheel_holds_nothing_of_the_users(studio: Installed, private: str) -> None:
    with zipfile.ZipFile(studio.wheel) as wheel:
        assert f"adaem_core/studio/{private}" not in wheel.namelist()


def test_versions_stand_once_in_the_requirements(studio: Installed) -> None:
    with zipfile.ZipFile(studio.wheel) as wheel:
        told = Parser().parsestr(wheel.read(f"adaem_studio-{__version__}.dist-info/METADATA").decode())
    wanted = re.findall(r"^[\w.-]+==[\w.]+", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(told.get_all("Requires-Dist", [])) == sorted(map(str.lower, wanted))


def test_installed_what_comes_with_it_and_what_is_the_users_lie_apart(studio: Installed) -> None:
    data, studies, panels, cache = studio.run("python", "-c", PLACES).split()
    assert Path(data) == studio.packages / "adaem_core" / "studio" / "data"
    for own in (studies, panels, cache):
        assert Path(own).is_relative_to(studio.home) and "adaem-studio" in own


def test_the_users_own_panel_is_a_choice_by_name(studio: Installed) -> None:
    own = Path(studio.run("python", "-c", PLACES).split()[2])
    own.mkdir(parents=True)
    shutil.copy(ROOT / "data" / "panels" / "simulated.yaml", own / "mine.yaml")
    assert orjson.loads(studio.run("adaem", "estimate", "--panel", "mine", "--budget", "1", "--json"))["simulated"]


def test_a_study_is_made_by_command_and_carried_on_by_a_worker(studio: Installed) -> None:
    before = contents(studio.packages)
    studio.run("adaem", "generate", "--study", "mine.db", "--max-topics", "2", "--budget", "1")
    assert studio.run("python", "-c", WORKED).split() == ["finished"]
    assert orjson.loads(studio.run("adaem", "status", "--study", "mine.db", "--json"))["pulls"] == 1
    assert contents(studio.packages) == before, "an installed studio may be read-only"
    # The study, its lock and log; and SQLite's own files, where it was read while its worker ended.
    assert all(name.startswith("mine.") for name in contents(studio.elsewhere))


def test_the_app_opens_from_any_folder(studio: Installed) -> None:
    assert studio.run("python", "-c", HOME).split(maxsplit=1)[1].strip() == "['AdAEM Studio']"
    assert "--server.port" in studio.run("adaem-studio", "--help")
