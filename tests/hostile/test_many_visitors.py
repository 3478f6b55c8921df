"""Fifty people at once on one server: each sees their own, nobody stops another's run, and every page answers."""

import os
import re
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from adaem_core.archive import foreign
from adaem_core.archive.study import Study
from adaem_core.work import jobs, journal, people
from tests.pages.fixture_study import write_study
from tests.serving import STREAM, UPGRADE, Visit, asked, served

PEOPLE = [f"person {number:02}" for number in range(50)]
PASSWORD = "correct horse battery"


def own(name: str) -> str:
    """Return the name of a person's study."""
    return name.replace("person ", "study-of-")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the folder of a lab of fifty members, each with a study."""
    folder = tmp_path_factory.mktemp("lab")
    written = write_study(folder / "written.study")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ADAEM_MACHINE_DIR", str(folder / "machine"))
        patch.setattr(people, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        for name in PEOPLE:
            people.add(name, "member", f"{PASSWORD} {name}")
            path = Path(shutil.copy2(written, folder / f"{own(name)}.db"))
            journal.write(name, "make", study=path.stem)
            Study.note(path, title=f"Title of {name}")
            foreign.allow(path)
        yield folder


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    """Return the port of the lab's server."""
    (folder / "lab.toml").write_text('sign_in = "passwords"\nhosts = ["lab.example"]\n')
    places = {"ADAEM_STUDIES_DIR": str(folder), "ADAEM_CACHE_DIR": str(folder / "cache"), "ADAEM_LAB": str(folder / "lab.toml")}
    with served(folder / "app.log", places) as found:
        yield found


def visit(port: int, name: str) -> tuple[Visit, str]:
    """Return the visit of somebody who has signed in on a page of their own study, and what they were sent then."""
    found = Visit(port)
    assert "Sign in" in found.open("human_rating", f"study={own(name)}")
    return found, found.press("Sign in", Name=name, Password=f"{PASSWORD} {name}")


def requests(folder: Path) -> dict[str, str]:
    """Return what was asked of each person's run."""
    found = {}
    for name in PEOPLE:
        with Study.read(folder / f"{own(name)}.db") as study:
            found[name] = str(study.meta("job_request", ""))
    return found


def upload(port: int, who: Visit) -> int:
    """Return what the server says to a file that a visit brings."""
    token = asked(port, "/_stcore/health", {"Host": "localhost"}).headers["set-cookie"].split(";")[0].split("=", 1)[1]
    body = '--b\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\na\r\n--b--\r\n'
    headers = {
        "Host": "localhost",
        "Cookie": f"_streamlit_xsrf={token}",
        "X-Xsrftoken": token,
        "Content-Type": "multipart/form-data; boundary=b",
        "Content-Length": str(len(body)),
    }
    return asked(port, f"/_stcore/upload_file/{who.session}/file", headers, "PUT", body).status


def test_fifty_at_once_see_their_own_and_stop_their_own(port: int, folder: Path) -> None:
    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        visits, pages = zip(*pool.map(lambda name: visit(port, name), PEOPLE), strict=True)
        for name, page in zip(PEOPLE, pages, strict=True):
            assert set(re.findall(r"(person \d\d) \(member\)", page)) == {name}, "who is signed in elsewhere is not here"
            assert set(re.findall(r"Title of (person \d\d)", page)) == {name}
        first, *others = visits
        Study.note(folder / f"{own(PEOPLE[0])}.db", job=asdict(jobs.Job("running", heartbeat=time.time(), pid=os.getpid())))
        first.open("monitor", f"study={own(PEOPLE[0])}")
        cancel, others = first.widgets["Cancel"], others[:4]
        list(pool.map(lambda each: each.open("monitor", f"study={own(PEOPLE[0])}"), others))
        assert not any("Cancel" in each.widgets or "Pause" in each.widgets for each in others), "nobody else is offered it"
        list(pool.map(lambda each: each.press(cancel), others))
        before = requests(folder)
        assert before[PEOPLE[0]] == "", "the button that its owner was sent stops nothing of theirs for others"
        first.press("Cancel")
        assert requests(folder) == {**before, PEOPLE[0]: "cancel"}
        assert upload(port, first) == 204, "who has signed in may bring files"
        list(pool.map(lambda each: each.close(), visits))


def test_a_lab_answers_under_its_name_and_its_visitors_stay_outside(port: int) -> None:
    assert asked(port, "/", {"Host": "lab.example"}).status == 200
    assert asked(port, "/", {"Host": "other.example"}).status == 403
    for origin, status in (("https://lab.example", 101), ("https://other.example", 403), ("https://lab.example.evil", 403)):
        assert asked(port, STREAM, {"Host": "lab.example", "Origin": origin, **UPGRADE}).status == status
    stranger = Visit(port)
    told = "".join(stranger.open(page, f"study={own(PEOPLE[1])}") for page in ("", "monitor", "traces", "models"))
    assert upload(port, stranger) == 403
    stranger.close()
    assert "Sign in" in told and "Title of" not in told and own(PEOPLE[1]) not in told.replace(f"study={own(PEOPLE[1])}", "")
