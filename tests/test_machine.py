"""What a computer keeps to itself: its secret is made once, is private, and seals nothing for others."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from adaem_core import machine
from adaem_core.errors import AdaemError


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ADAEM_MACHINE_DIR", str(tmp_path / "own"))
    return tmp_path / "own"


def test_a_seal_is_that_of_this_computer_this_content_and_this_purpose(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seal = machine.seal(b"reply", "cache")
    assert machine.sealed(b"reply", "cache", seal)
    assert not machine.sealed(b"Reply", "cache", seal)
    assert not machine.sealed(b"reply", "study", seal)
    monkeypatch.setenv("ADAEM_MACHINE_DIR", str(tmp_path / "another"))
    assert not machine.sealed(b"reply", "cache", seal)


def test_the_secret_is_made_once_and_is_the_owners_alone(own: Path) -> None:
    with ThreadPoolExecutor(8) as many:
        found = set(many.map(lambda _: machine.secret.__wrapped__(machine.folder()), range(32)))
    assert len(found) == 1
    assert [each.name for each in own.iterdir()] == ["secret"]
    assert stat.S_IMODE((own / "secret").stat().st_mode) == 0o600
    assert stat.S_IMODE(own.stat().st_mode) == 0o700


def test_a_damaged_secret_and_a_folder_that_cannot_be_made_say_what_to_do(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.folder().joinpath("secret").write_bytes(b"short")
    with pytest.raises(AdaemError, match="delete it"):
        machine.seal(b"", "x")
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ADAEM_MACHINE_DIR", str(tmp_path / "file" / "below"))
    with pytest.raises(AdaemError, match="ADAEM_MACHINE_DIR"):
        machine.folder()
