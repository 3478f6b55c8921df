"""Pictures of questions in a cache folder made by somebody else: none is shown, none stops a page, none reaches another file."""

import os
import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from threading import get_ident

import numpy as np
import pytest

from adaem_core.landscape import project
from adaem_core.landscape.project import Projection, address, store, store_vectors, stored, stored_vectors
from adaem_core.work import drawing
from adaem_core.work.drawing import Drawing, note, watch
from tests.hostile.apparatus import bounded

TEXTS = ["Should towns ban cars?", "Is care a duty?", "Is tax theft?"]
AT, OTHER = (address(TEXTS, "m", "pca", seed) for seed in (0, 1))
MADE = Projection("pca", np.ones((3, 2), dtype=np.float32), 0.9, 0.8, 3, 1)
RUNNING = Drawing("running", "Starting", 0, 3, pid=os.getpid())


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a cache in which this computer has kept a picture, vectors and how a drawing stands."""
    monkeypatch.setenv("ADAEM_CACHE_DIR", str(tmp_path))
    store(AT, MADE)
    store_vectors(TEXTS, "m", np.eye(3, 4, dtype=np.float32))
    note(AT, RUNNING)
    assert found() == 3
    return project.folder()


def found() -> int:
    """Return how many of the three are taken for this computer's own; within bounds, whatever lies there."""
    with bounded():
        return sum([stored(AT) is not None, stored_vectors(TEXTS, "m") is not None, watch(AT) != Drawing()])


def pickled() -> bytes:
    file = BytesIO()
    np.save(file, np.array([print, {}], dtype=object), allow_pickle=True)
    return file.getvalue()


def endless(path: Path) -> None:
    """Put a file there that takes no room on the disk and would take all of the memory."""
    with path.open("wb") as file:
        file.truncate(2**40)


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def one_letter_more(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" ")


def one_bit_less(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


ATTACKS: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "noise": lambda path: path.write_bytes(random.Random(1).randbytes(5000)),
    "pickled": lambda path: path.write_bytes(pickled()),
    "endless": endless,
    "a pipe": pipe,
    "a link": link,
    "a folder": folder,
    "one letter more": one_letter_more,
    "one bit less": one_bit_less,
    "a number, as JSON": lambda path: path.write_bytes(b"[1]"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_what_this_computer_did_not_keep_is_not_there(pictures: Path, name: str) -> None:
    for path in list(pictures.iterdir()):
        ATTACKS[name](path)
    assert found() == 0


def test_what_another_computer_kept_is_not_there(pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("ADAEM_MACHINE_DIR", str(tmp_path / "another"))
        assert found() == 0
    assert found() == 3


def test_what_was_written_without_a_seal_is_not_there(pictures: Path) -> None:
    np.savez(pictures / f"{AT}.npz", points=MADE.points, method="pca", why="", fidelity=[0.9, 0.8], counts=[3, 1])
    np.save(pictures / f"{address(TEXTS, 'm', 'vectors', 0)}.npy", np.eye(3, 4, dtype=np.float32))
    drawing.status_file(AT).write_text('{"state": "running", "step": "Paying", "pid": 1}')
    assert found() == 0


def test_a_picture_stands_for_no_other(pictures: Path) -> None:
    for path in list(pictures.glob(f"{AT}.*")):
        path.rename(path.with_name(path.name.replace(AT, OTHER)))
    assert stored(OTHER) is None and watch(OTHER) == Drawing()


def test_nothing_is_written_through_a_link_of_any_name(pictures: Path, tmp_path: Path) -> None:
    document = tmp_path / "thesis.txt"
    document.write_text("years of work")
    for path in list(pictures.iterdir()):
        for name in (path.name, f"{path.name}.{os.getpid()}.{get_ident()}.part"):
            (pictures / name).unlink(missing_ok=True)
            (pictures / name).symlink_to(document)
    store(AT, MADE)
    store_vectors(TEXTS, "m", np.eye(3, 4, dtype=np.float32))
    note(AT, RUNNING)
    assert document.read_text() == "years of work"
    assert found() == 3
