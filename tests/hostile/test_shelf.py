"""One odd file on the shelf: it shows as damaged with its reason, all others stand, and commands say a sentence."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from adaem_core.archive.study import Study
from adaem_core.errors import BadInput
from adaem_core.work.cli import main
from pages.shared import stored
from tests.pages.opening import routed, shown
from tests.rows import every_row

META: dict[str, tuple[str, object]] = {
    "a title that is a number": ("title", 7),
    "a title that is a list": ("title", ["a"]),
    "a date that is null": ("date", None),
    "a date that is a number": ("date", 20261127),
    "an engine that is a mapping": ("engine", {}),
    "a heartbeat that is null": ("job", {"state": "running", "heartbeat": None}),
    "a heartbeat that is a text": ("job", {"state": "running", "heartbeat": "now"}),
    "an act that is unknown": ("job", {"state": "paused", "act": "format-disk"}),
    "a state that is unknown": ("job", {"state": "flying"}),
    "a job that counts in texts": ("job", {"state": "paused", "done": "1", "total": []}),
    "a panel that is a list": ("panel", []),
    "a panel of numbers": ("panel", {"models": [1, None]}),
    "a panel whose names are lists": ("panel", {"models": [{"name": [], "model": {}, "roles": {}}]}),
    "a panel's name that is a number": ("panel_name", 3),
    "values that are a text": ("value_system", "schwartz"),
    "values without dimensions": ("value_system", {"id": 1, "name": 2, "dimensions": {"a": 1}}),
    "values of numbers": ("value_system", {"id": "a", "name": "a", "dimensions": [1, [2], None]}),
    "settings that are a list": ("generate", [1]),
    "settings of wrong types": ("elicit", {"opinions": "three", "words": None}),
    "settings that are unknown": ("chat", {"shell": "x"}),
    "earlier questions that are a number": ("earlier", 5),
    "earlier questions that are numbers": ("earlier", [5]),
    "a version that is a text": ("version", "two"),
}  # fmt: skip
SQL = {
    "a setting that is no JSON": "UPDATE meta SET value = '{' WHERE key = 'title'",
    "a setting of bytes": "UPDATE meta SET value = x'ff00' WHERE key = 'generate'",
    "topics without a column": "ALTER TABLE topics DROP COLUMN text",
    "a column too many": "ALTER TABLE topics ADD COLUMN shell TEXT DEFAULT 'x'",
    "no pulls": "DROP TABLE pulls",
    "a table that is a view": "ALTER TABLE topics RENAME TO t; CREATE VIEW topics AS SELECT * FROM t",
}


def odd(path: Path, name: str) -> None:
    """Make the study at `path` an odd one."""
    with closing(sqlite3.connect(path)) as connection, connection:
        if name in SQL:
            connection.executescript(SQL[name])
        else:
            key, value = META[name]
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, orjson.dumps(value).decode()))


ELSE: dict[str, Callable[[Path], object]] = {
    "a folder": lambda path: path.mkdir(),
    "a link to nothing": lambda path: path.symlink_to("nowhere.db"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a pipe": os.mkfifo,
    "an empty file": lambda path: path.touch(),
    "zeros": lambda path: path.write_bytes(bytes(8192)),
}
NAMES = ("turned\u202ebd.db", "bell\x07\x1b[2J.db", os.fsdecode(b"half\xff.db"))


def test_odd_files_are_cards_with_a_reason_and_the_others_stand(study: Path, tmp_path: Path) -> None:
    for name in (*META, *SQL):
        odd(Path(shutil.copy2(study, tmp_path / f"{name}.db")), name)
    for name, make in ELSE.items():
        make(tmp_path / f"{name}.db")
    for name in NAMES:
        shutil.copy2(study, tmp_path / name)
    app = routed("home")
    cards = [each.value for each in app.markdown if "Damaged" in str(each.value)]
    assert len(cards) == len([*META, *SQL, *ELSE, *NAMES])
    told = shown(app)
    assert "Traceback" not in told
    assert not [each for each in told if each in "\u202e\x07\x1b"]
    assert not app.error


@every_row(
    "page", ["traces", "benchmark", "monitor", "win_rates", "reliability", "side_by_side", "efficiency", "map", "new_run", "timeline"]
)
def test_pages_stand_beside_odd_files_and_tell_of_a_chosen_one(page: str, written_examined: Path, folder: Path) -> None:
    for each in folder.iterdir():
        each.rmdir() if each.is_dir() else each.unlink()
    kept = Path(shutil.copy2(written_examined, folder / "kept.db"))
    alone = [each.value for each in routed(page, study="kept").error]
    for name in ("a title that is a list", "topics without a column", "an act that is unknown"):
        odd(Path(shutil.copy2(kept, folder / f"{name}.db")), name)
    for name in ("a folder", "a link to nothing"):
        ELSE[name](folder / f"{name}.db")
    for address in ({}, {"study": "kept"}):
        assert [each.value for each in routed(page, **address).error] == alone
    assert not routed(page, study="a title that is a list").exception


def test_the_first_study_that_can_be_read_is_chosen(study: Path, tmp_path: Path) -> None:
    (tmp_path / "newer.db").mkdir()
    assert list(stored.studies()) == ["newer", study.stem]
    assert list(stored.choices()) == [study.stem, "newer"]
    assert list(stored.wherever(stored.made)) == [study]


@every_row("name", [*META, *SQL, *ELSE])
def test_commands_say_a_sentence(name: str, written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / f"{name}.db"
    if name in ELSE:
        ELSE[name](path)
    else:
        odd(Path(shutil.copy2(written, path)), name)
    for words in (["status"], ["ratings"], ["export", "--out", str(tmp_path / "out")]):
        status = main([*words, "--study", str(path)])
        said = capsys.readouterr().err
        assert status in (0, 1, 2)
        assert status == 0 or said.rstrip().endswith((".", "?", "NEW.db")), said


def test_a_fault_of_a_writer_is_no_damage(written: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy2(written, tmp_path))
    with pytest.raises(KeyError), Study.write(path):
        raise KeyError
    with pytest.raises(BadInput, match="not as the studio writes it"), Study.read(path):
        raise KeyError
