"""A lab without its pages: who is let in, how slowly guesses go, what a day's cap leaves, and a journal that only grows."""

import io
import os
import stat
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path

import orjson
import pytest
from argon2 import PasswordHasher

from adaem_core.archive.study import Study
from adaem_core.errors import AdaemError, BadInput
from adaem_core.settings import ChatSettings
from adaem_core.work import caps, guard, jobs, journal, people, studio
from adaem_core.work.caps import Purse
from adaem_core.work.cli import main
from adaem_core.work.lab import MAY, ROLES, Lab, NotAllowed, allowed, lab
from tests.pages.fixture_study import write_study
from tests.rows import every_row

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a computer's own folder, empty; passwords are hashed in no time."""
    monkeypatch.setenv("ADAEM_MACHINE_DIR", str(tmp_path / "machine"))
    monkeypatch.setenv("ADAEM_STUDIES_DIR", str(tmp_path))
    monkeypatch.setattr(people, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    people.nobody.cache_clear()
    return tmp_path / "machine"


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the lab file of a shared server."""
    path = tmp_path / "lab.toml"
    path.write_text('sign_in = "passwords"\nhosts = ["lab.example"]\n')
    monkeypatch.setenv("ADAEM_LAB", str(path))
    return path


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Path]:
    """Return a study that `ada` made."""
    path = write_study(tmp_path / "hers.db")
    journal.write("ada", "make", study="hers")
    yield path


def test_without_a_lab_file_there_is_no_lab(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in (None, ""):
        monkeypatch.delenv("ADAEM_LAB", raising=False) if value is None else monkeypatch.setenv("ADAEM_LAB", value)
        assert lab() is None and guard.hosts() == guard.LOOPBACK


def test_a_lab_is_known_under_its_names(shared: Path) -> None:
    assert guard.hosts() == guard.LOOPBACK | {"lab.example"}


def test_an_owner_may_everything_and_nobody_without_a_role_anything() -> None:
    assert MAY["owner"] == set.union(*map(set, MAY.values()))
    assert not any(allowed(role, action) for role in ("", "Owner", "admin") for action in MAY["owner"])
    assert allowed("member", "work") and not allowed("member", "work", own=False) and allowed("owner", "work", own=False)


def test_a_name_that_fails_waits_longer_and_longer_whether_it_exists_or_not() -> None:
    people.add("ada", "member", PASSWORD)
    told: dict[str, list[str]] = {}
    for name in ("ada", "eve"):
        door, told[name] = people.Door(), []
        for now in (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 34.5, 40.0, 94.0, 95.0):
            with pytest.raises(NotAllowed) as refused:
                door.sign_in(name, "wrong", now)
            told[name].append(str(refused.value))
    assert told["ada"] == told["eve"]
    assert [each == people.WRONG for each in told["ada"]] == [True] * 5 + [False, True, False, False, True]


def test_the_right_password_waits_too_and_ends_the_waiting() -> None:
    people.add("Ada", "member", PASSWORD)
    door = people.Door()
    for now in range(5):
        with pytest.raises(NotAllowed):
            door.sign_in("ada", "wrong", float(now))
    with pytest.raises(NotAllowed, match="Too many tries"):
        door.sign_in("ADA", PASSWORD, 5.0)
    assert door.sign_in("ADA", PASSWORD, 35.0).role == "member"
    assert door.sign_in("ada", PASSWORD, 35.0).name == "Ada" and not door.failures


def test_many_guesses_at_once_do_not_slip_through() -> None:
    people.add("ada", "member", PASSWORD)
    door = people.Door()

    def guess(_: int) -> str:
        with pytest.raises(NotAllowed) as refused:
            door.sign_in("ada", "wrong", 1.0)
        return str(refused.value)

    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(guess, range(60))).count(people.WRONG) == people.FREE_TRIES


def test_names_that_were_guessed_are_not_kept_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "REMEMBERED", 3)
    door = people.Door()
    for number in range(9):
        with pytest.raises(NotAllowed):
            door.sign_in(f"name {number}", "wrong", 0.0)
    assert list(door.failures) == ["name 6", "name 7", "name 8"]


def test_who_has_no_password_cannot_sign_in_with_one() -> None:
    people.add("ada@lab.example", "owner")
    for password in ("", "nobody's password"):
        for name in ("ada@lab.example", "eve"):
            with pytest.raises(NotAllowed):
                people.Door().sign_in(name, password)


def test_passwords_are_kept_as_salted_hashes_nobody_else_may_read(machine: Path) -> None:
    for name in ("ada", "bob"):
        people.add(name, "member", PASSWORD)
    first, second = (each.hash for each in people.people().values())
    assert first != second and first.startswith("$argon2id$")
    assert stat.S_IMODE(machine.stat().st_mode) == 0o700


@every_row("name", ["", "a" * 61, "a\nb", " ada", "a  b", "a\u202eb", "a\x00", "a\u200bb"])
def test_a_name_can_be_seen_whole(name: str) -> None:
    with pytest.raises(BadInput):
        people.add(name, "member", PASSWORD)


def test_two_names_that_look_alike_are_one_person() -> None:
    people.add("Ada", "member", PASSWORD)
    people.add("\uff41DA", "viewer", PASSWORD)
    assert [each.role for each in people.people().values()] == ["viewer"]


def test_people_are_added_shown_and_removed_on_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
    assert main(["member", "--json", "--add", "Ada", "--role", "member"]) == 0
    assert orjson.loads(capsys.readouterr().out) == [{"name": "Ada", "role": "member", "password": True}]
    assert people.Door().sign_in("Ada", PASSWORD).role == "member"
    assert main(["member", "--add", "Bob"]) == 2
    monkeypatch.setattr(sys, "stdin", io.StringIO("short\n"))
    assert main(["member", "--add", "Bob", "--role", "owner"]) == 2
    assert main(["member", "--add", "eve@lab.example", "--role", "rater", "--no-password"]) == 0
    assert main(["member", "--remove", "ada"]) == 0
    assert list(people.people()) == ["eve@lab.example"]
    assert main(["member", "--remove", "ada"]) == 2
    assert [(each["who"], each["what"]) for each in journal.entries()] == [
        ("command line", "member"),
        ("command line", "member"),
        ("command line", "member removed"),
    ]


def test_lines_written_at_once_all_stand_whole(machine: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: journal.write("ada", "try", number=number, text="x" * 5000), range(200)))
    assert sorted(each["number"] for each in journal.entries()) == list(range(200))
    assert max(map(len, (machine / journal.NAME).read_bytes().splitlines())) < 500
    assert stat.S_IMODE((machine / journal.NAME).stat().st_mode) == 0o600


def test_a_line_break_in_a_name_makes_no_line_of_its_own() -> None:
    journal.write('ada\n{"at":"","who":"ada","what":"make","study":"his"}', "x")
    assert len(journal.entries()) == 1 and journal.maker("his") == ""


def test_what_cannot_be_written_is_not_done(machine: Path) -> None:
    machine.mkdir()
    (machine / journal.NAME).symlink_to(machine / "elsewhere")
    with pytest.raises(AdaemError, match="this was not done"):
        journal.write("ada", "run")
    assert not (machine / "elsewhere").exists()


def test_a_broken_line_is_passed_over(machine: Path) -> None:
    journal.write("ada", "make", study="a")
    with (machine / journal.NAME).open("ab") as file:
        file.write(b'{"at": "2026\n[1]\n\xff\n')
    journal.write("bob", "make", study="a")
    assert journal.maker("a") == "bob" and not journal.made_by("ada") and journal.made_by("bob") == {"a"}


LIMITS = Lab(sign_in="passwords", dollars_a_day=2.0, calls_a_day=1000)


def test_a_day_leaves_what_its_ledgers_have_not_spent(study: Path) -> None:
    spent = caps.spent(study)
    assert spent.dollars > 0 and spent.calls > 0
    assert caps.left_today(LIMITS, "ada") == Purse(2.0, 1000).less(spent)
    assert caps.left_today(LIMITS, "bob") == Purse(2.0, 1000)
    with Study.write(study) as file:
        file.connection.execute("UPDATE calls SET at = '2020-01-01T00:00:00+00:00'")
        file.connection.commit()
    assert caps.left_today(LIMITS, "ada") == Purse(2.0, 1000)


def test_what_a_run_under_way_was_given_is_set_aside(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = caps.allotted(LIMITS, "ada", study)
    journal.write("ada", "run", study="hers", **given)
    monkeypatch.setattr(jobs, "watch", lambda path: jobs.Job("running"))
    assert caps.left_today(LIMITS, "ada").dollars == pytest.approx(0.0)
    assert caps.left_today(LIMITS, "ada").calls == 0
    monkeypatch.setattr(jobs, "watch", lambda path: jobs.Job("paused"))
    assert caps.left_today(LIMITS, "ada") == Purse(2.0, 1000).less(caps.spent(study))


def test_a_worker_holds_the_cap_its_run_was_given(study: Path, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = ChatSettings(max_cost=5.0)
    assert caps.held(chat, study) == chat
    journal.write("ada", "run", study="hers", dollars=1.5, calls=70)
    assert caps.held(chat, study) == replace(chat, max_cost=1.5, max_calls=70)
    assert caps.held(ChatSettings(max_cost=1.0, max_calls=9), study) == ChatSettings(max_cost=1.0, max_calls=9)
    journal.write("owner", "run", study="hers")
    assert caps.held(chat, study) == chat
    journal.write("ada", "run", study="hers", dollars=0.0, calls=0)
    assert caps.held(chat, study) == replace(chat, max_cost=0.0, max_calls=0)
    monkeypatch.delenv("ADAEM_LAB")
    assert caps.held(chat, study) == chat


def test_a_run_stops_at_the_cap_it_was_given(study: Path, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADAEM_CACHE_DIR", str(tmp_path / "cache"))
    path = tmp_path / "new.db"
    journal.write("ada", "run", study="new", dollars=5.0, calls=12)
    assert main(["generate", "--study", str(path), "--budget", "3", "--max-calls", "5000"]) == 3
    with Study.read(path) as file:
        assert 0 < file.spent()["calls"] <= 12
        assert asdict(jobs.watch(path))["state"] == "paused"


@every_row("words, file", [(["--lab", "x/lab.toml", "--server.port=1"], "lab.toml"), (["--server.port=1"], "")])
def test_one_option_shares_the_installed_studio(words: list[str], file: str) -> None:
    seen: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ADAEM_LAB", "")
        patch.setattr(sys, "argv", ["adaem-studio", *words])
        patch.setattr(studio.runpy, "run_module", lambda *told, **more: seen.extend(sys.argv[3:]))
        studio.main()
        found = os.environ["ADAEM_LAB"]
    assert seen == ["--server.port=1"]
    assert Path(found).name == file and (not file or Path(found).is_absolute())


def test_roles_are_those_that_have_rights() -> None:
    assert set(ROLES) == set(MAY)
