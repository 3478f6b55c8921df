"""A file of the user's own that is broken, or a folder that may not be read or written: it is told, and everything else goes on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from adaem_core import folders
from adaem_core.chat.simulated import phrases, profiles
from adaem_core.errors import AdaemError, BadInput
from adaem_core.generate.topics import read_topics, shipped_topics
from adaem_core.panels import panel, panels
from adaem_core.values import value_system, value_systems
from adaem_core.work import cli, jobs
from pages.find.choose import A_FILE
from tests.pages.opening import routed, shown, texts
from tests.rows import every_row
from tests.shared import copied

NOBODY = 65534
BROKEN: dict[str, bytes] = {
    "empty": b"",
    "noise": b"\x00\xff\xfe\x9b" * 50,
    "a list": b"- 1\n- 2\n",
    "no YAML": b"name: [\n",
    "half a system": b"name: Mine\ndimensions:\n  - {id: A, name: First}\n  - 7\n",
    "half a panel": b"models:\n  - {name: m}\n  - 7\n",
    "names alone": b"id,text\n",
    "too much": b"x" * 300_000,
}
KINDS = {"value_systems": ".yaml", "panels": ".yaml", "topics": ".csv"}


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the folder of what the user adds, apart from what comes with the studio."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        monkeypatch.setattr(folders, "own", lambda: Path(name))
        for each in KINDS:
            (Path(name) / each).mkdir()
        yield Path(name)


def spoil(own: Path) -> None:
    """Put broken files of every kind beside those that come with the studio, named so that they come first."""
    for kind, ending in KINDS.items():
        for name, content in BROKEN.items():
            (own / kind / f"a {name}{ending}").write_bytes(content)
        (own / kind / f"a folder{ending}").mkdir()
        (own / kind / f"a link{ending}").symlink_to("nowhere")
        os.mkfifo(own / kind / f"a pipe{ending}")
        (own / kind / f"turned\u202e{ending}").write_bytes(b"")
        (own / kind / os.fsdecode(b"half\xff" + ending.encode())).write_bytes(b"")


@pytest.fixture
def spoilt(own: Path) -> Path:
    """Return that folder with broken files in it."""
    spoil(own)
    return own


@every_row("name", list(BROKEN))
def test_a_broken_file_is_told_with_its_name_and_what_to_do(spoilt: Path, name: str) -> None:
    for read in (value_system, panel, *[read_topics] * ("half" not in name)):  # which are lines with words
        with pytest.raises(BadInput) as caught:
            read(f"a {name}")
        assert f"a {name}" in str(caught.value) and str(caught.value).endswith((".", "?", ".)")), caught.value


def test_the_others_stand_beside_broken_files(own: Path) -> None:
    before = [set(value_systems()), set(panels()), set(shipped_topics())]
    spoil(own)
    after = [set(value_systems()), set(panels()), set(shipped_topics())]
    added = {f"a {name}" for name in BROKEN}
    assert [now - then for now, then in zip(after, before, strict=True)] == [added] * 3
    assert {id for id, found in value_systems().items() if found is None} == added
    assert value_system("schwartz") and panel("simulated").models and read_topics("general").topics


def test_a_broken_file_named_as_a_ready_made_one_stops_no_simulated_respondent(own: Path) -> None:
    for name in ("schwartz.yaml", "moral_foundations.yaml"):
        (own / "value_systems" / name).write_bytes(b"name: [\n")
    for read in (phrases.schwartz, profiles.known_systems, profiles.known_dimensions):
        read.cache_clear()
    assert phrases.schwartz().ids[0] == "SEL"
    assert profiles.known_systems() == ()
    profiles.known_systems.cache_clear()
    profiles.known_dimensions.cache_clear()
    with pytest.raises(BadInput, match=r"schwartz\.yaml"):
        value_system("schwartz")


def test_pages_stand_beside_broken_files(own: Path, examined: Path) -> None:
    pages = ("home", "new_run", "models", "examine", "recogniser", "map", "topics")
    alone = {page: texts(routed(page)) for page in pages}
    spoil(own)
    assert {page: texts(routed(page)) for page in pages} == alone


@every_row("box, says", [("choice_system", "a half a system"), ("choice_topics", "a names alone"), ("choice_panel", "a half a panel")])
def test_new_run_tells_of_a_chosen_broken_file_and_goes_on_with_another(spoilt: Path, folder: Path, box: str, says: str) -> None:
    app = routed("new_run")
    first = app.selectbox(key=box).value
    app.selectbox(key=box).select(says).run()
    assert not app.exception
    assert says in app.error[0].value.replace("\\", "")
    app.selectbox(key=box).select(first).run()
    assert not app.error and not app.exception
    assert not app.button(key="run").disabled
    assert A_FILE in app.selectbox(key=box).options


def test_commands_stand_beside_broken_files(spoilt: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = str(tmp_path / "s.db")
    assert cli.main(["estimate", "--topics", "general", "--max-topics", "3", "--budget", "3"]) == 0
    assert cli.main(["probe", "--panel", "simulated", "--model", "aurora"]) == 0
    for option, name in (("--panel", "a noise"), ("--value-system", "a list"), ("--topics", "a empty")):
        capsys.readouterr()
        asked = {"--topics": "general", option: name}
        assert cli.main(["generate", "--study", study, *(word for pair in asked.items() for word in pair)]) == 2
        assert name in capsys.readouterr().err
    assert not Path(study).exists()


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch, written_examined: Path) -> Iterator[dict[str, Path]]:
    """Return the folders of studies (one is there), cache and this computer's own things, where nobody in particular may go and write."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        found = {each: Path(name) / each for each in ("studies", "cache", "machine")}
        for each, path in found.items():
            monkeypatch.setenv(f"ADAEM_{each.upper()}_DIR", str(path))
            path.mkdir()
            path.chmod(0o777)
        copied(written_examined, found["studies"]).chmod(0o666)
        yield found


@contextmanager
def shut(place: Path, mode: int) -> Iterator[None]:
    """Take rights to a folder or file from whoever runs this, and the right of an administrator to do without them."""
    who, before = os.geteuid(), place.stat().st_mode
    place.chmod(mode)
    os.seteuid(who or NOBODY)
    try:
        yield
    finally:
        os.seteuid(who)
        place.chmod(before)


@every_row("page", ["home", "monitor", "new_run", "win_rates", "map", "quality", "examine", "recogniser", "adjudicate", "efficiency"])
@every_row("mode", [0o000, 0o444])
def test_pages_tell_of_a_studies_folder_that_may_not_be_read(places: dict[str, Path], page: str, mode: int) -> None:
    with shut(places["studies"], mode):
        app = routed(page)
    told = shown(app).replace("\\", "")
    assert "ermission denied" in told, told


@every_row("page", ["home", "monitor", "win_rates", "map"])
def test_pages_stand_beside_a_study_that_may_not_be_read(places: dict[str, Path], page: str) -> None:
    closed = copied(next(places["studies"].iterdir()), places["cache"]).rename(places["studies"] / "closed.db")
    with shut(closed, 0o000):
        app = routed(page)
        chosen = routed(page, study="closed")
    assert not app.error
    assert "closed.db" in shown(chosen).replace("\\", "")


def test_nothing_starts_in_a_studies_folder_that_can_only_be_read(places: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "start", lambda *_: pytest.fail("started"))
    with shut(places["studies"], 0o555):
        app = routed("new_run")
        assert not app.error
        app.button(key="run").click().run()
        assert not app.exception
    assert "Make the folder writable" in app.error[0].value
    assert len(list(places["studies"].iterdir())) == 1


@every_row("kind, mode", [("cache", 0o000), ("cache", 0o555), ("studies", 0o000), ("studies", 0o555), ("machine", 0o000)])
def test_commands_tell_of_a_folder_that_may_not_be_used(
    places: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str, mode: int
) -> None:
    places["machine"] = places[kind].with_name(f"machine {kind} {mode}")  # where nobody else has left anything
    monkeypatch.setenv("ADAEM_MACHINE_DIR", str(places["machine"]))
    places["machine"].mkdir()
    places["machine"].chmod(0o777)
    asked = ["--topics", "general", "--max-topics", "1", "--budget", "1"]
    with shut(places[kind], mode):
        status = cli.main(["generate", "--study", str(places["studies"] / f"{kind}-{mode}.db"), *asked])
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert status in (1, 2) and str(places[kind]) in said and "Traceback" not in said and said.endswith("."), said


@every_row("mode", [0o000, 0o555])
def test_the_map_tells_of_a_cache_that_may_not_be_written(
    places: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    with monkeypatch.context() as elsewhere:  # what the page imports may lie where only an administrator goes
        elsewhere.setenv("ADAEM_CACHE_DIR", str(tmp_path))
        routed("map")
    with shut(places["cache"], mode):
        app = routed("map")
        assert not app.exception
    assert "cannot be written" in app.error[0].value


@every_row("kind", list(KINDS))
def test_own_files_that_may_not_be_read_are_told_when_they_are_chosen(own: Path, places: dict[str, Path], kind: str) -> None:
    file = own / kind / f"mine{KINDS[kind]}"
    file.write_text("text\nIs it so?\n")
    for closed, mode in ((file, 0o000), (own / kind, 0o444)):
        with shut(closed, mode):
            assert not routed("new_run").error
            with pytest.raises(AdaemError, match=r"mine.*(ermission denied|right to read)"):
                {"value_systems": value_system, "panels": panel, "topics": read_topics}[kind]("mine")
