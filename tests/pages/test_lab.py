"""Roles in a shared lab: what each may do is checked where it is done, whatever the page shows; one user without a lab is asked nothing."""

import ast
import functools
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from streamlit.testing.v1 import AppTest

from adaem_core import machine
from adaem_core.archive.study import Study
from adaem_core.chat import consent, kept_keys
from adaem_core.work import jobs, journal, people, shelf
from adaem_core.work.lab import ROLES
from pages.find import shelf as shown_shelf
from pages.find import trial
from pages.shared import agree, member, show, site
from pages.validate import judged, raters
from tests.pages.opening import alone, routed, shown

PASSWORD = "correct horse battery"
NOBODY = ""


@pytest.fixture(scope="module", autouse=True)
def quick() -> None:
    """Hash passwords in no time: what a check costs is no matter here."""
    people.HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def lab(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file of a lab with somebody of each role, called as the role, and a second member."""
    monkeypatch.setenv("ADAEM_MACHINE_DIR", str(tmp_path / "machine"))
    path = tmp_path / "lab.toml"
    path.write_text('sign_in = "passwords"\ndollars_a_day = 2.0\ncalls_a_day = 1000\n')
    monkeypatch.setenv("ADAEM_LAB", str(path))
    for role in ROLES:
        people.add(role, role, PASSWORD)
    people.add("other", "member", PASSWORD)
    return path


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what was done that spends, changes or agrees; none of it is."""
    seen: list[str] = []
    for owner, name in (
        (jobs, "start"),
        (jobs, "pause"),
        (jobs, "cancel"),
        (consent, "allow"),
        (judged, "keep_sample"),
        (kept_keys, "keep"),
    ):
        monkeypatch.setattr(owner, name, lambda *told, name=name, **more: seen.append(name))
    monkeypatch.setattr(trial, "probe", lambda panel: seen.append("trial") or [])
    for name in ("judge", "undo"):
        monkeypatch.setattr(raters, name, lambda *told, name=name: seen.append(name))
    monkeypatch.setattr(agree.foreign, "allow", lambda path: seen.append("allow study"))
    monkeypatch.setattr(shown_shelf, "describe", lambda *told: seen.append("describe"))
    for name in ("put_away", "bring_back", "erase"):
        monkeypatch.setattr(shelf, name, lambda path, name=name: seen.append(name) or path)  # type: ignore[func-returns-value]
    return seen


def signed_in(app: AppTest, name: str) -> AppTest:
    """Return a page whose session somebody has signed in to."""
    if name:
        known = people.people()[name]
        app.session_state[member.SIGNED_IN] = (known.name, known.hash)
    return app.run()


def made_by(name: str, study: Path) -> None:
    journal.write(name, "make", study=study.stem)


# Each door, without any page around it: what is hidden can be called all the same.
def script(door: str, study: str, rater: str) -> None:
    from pathlib import Path

    import streamlit as st

    from adaem_core.chat.consent import Sending
    from adaem_core.errors import AdaemError
    from pages.find import keys, shelf, trial
    from pages.shared import agree, launch
    from pages.validate import raters

    path = Path(study)
    doors = {
        "start": lambda: launch.work_on(path),
        "pause": lambda: launch.pause(path),
        "cancel": lambda: launch.cancel(path),
        "make": lambda: launch.new_path("New"),
        "trial": lambda: trial.ask("panel", (), 0.0),
        "enter": lambda: keys.taken("OPENAI_API_KEY", "sk-a-key-of-mine", keep=False),
        "keep": lambda: keys.taken("OPENAI_API_KEY", "sk-a-key-of-mine", keep=True),
        "allow": lambda: agree.send(Sending("KEY", "https://else.where")),
        "allow study": lambda: agree.begin_here(path),
        "judge": lambda: raters.keep(path, "quality", rater, "Q1", {"a": "1"}),
        "describe": lambda: shelf.rename(path, "A title", "", ""),
        "put_away": lambda: shelf.put_away(path),
        "bring_back": lambda: shelf.bring_back(path),
        "erase": lambda: shelf.erase(path),
    }
    if "tried" in st.session_state:
        return  # a judgement draws the page anew
    st.session_state["tried"] = True
    try:
        doors[door]()
    except AdaemError as error:
        st.session_state["refused"] = str(error)


def through(door: str, who: str, study: Path, rater: str = "") -> str:
    """Return why somebody is refused at a door; empty where they pass."""
    app = signed_in(AppTest.from_function(script, args=(door, str(study), rater or who), default_timeout=30), who)
    assert not app.exception
    return str(app.session_state["refused"]) if "refused" in app.session_state else "".join(each.value for each in app.error)


OPEN = {
    "start": {"owner", "member"},
    "pause": {"owner", "member"},
    "cancel": {"owner", "member"},
    "make": {"owner", "member", "other"},
    "trial": {"owner", "member", "other"},
    "enter": {"owner", "member", "other"},
    "keep": {"owner"},
    "allow": {"owner"},
    "allow study": {"owner"},
    "judge": {"owner", "member", "other", "rater"},
    "describe": {"owner", "member"},
    **{door: {"owner"} for door in ("put_away", "bring_back", "erase")},
}


@pytest.mark.parametrize("door", OPEN)
def test_a_door_opens_for_the_roles_it_is_for(door: str, lab: Path, study: Path, done: list[str]) -> None:
    made_by("member", study)
    for who in ("owner", "member", "other", "viewer", "rater", NOBODY):
        done.clear()
        refused = through(door, who, study)
        assert bool(refused) is (who not in OPEN[door]), f"{who}: {refused}"
        assert done == ([door] if not refused and door not in ("make", "enter") else [])
        assert refused == "" or journal.entries()[-1]["what"].startswith("refused: ")
        assert journal.entries()[-1]["who"] == who


@pytest.mark.parametrize("door", OPEN)
def test_one_user_without_a_lab_passes_every_door_and_leaves_no_journal(
    door: str, study: Path, done: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADAEM_MACHINE_DIR", str(tmp_path / "machine"))
    assert through(door, NOBODY, study, "Anna") == ""
    assert not (tmp_path / "machine" / journal.NAME).exists()


@pytest.mark.parametrize("door", OPEN)
def test_a_lab_that_only_shows_itself_asks_nobody_and_starts_nothing(door: str, lab: Path, study: Path, done: list[str]) -> None:
    lab.write_text('sign_in = "none"\n')
    assert through(door, NOBODY, study, "Anna")
    assert not done
    assert "The order of work" in shown(routed("home"))
    assert "role viewer" in shown(routed("new_run"))


def test_nobody_judges_under_anothers_name(lab: Path, study: Path, done: list[str]) -> None:
    assert "under the name of who signed in" in through("judge", "rater", study, "member")
    assert not done
    app = signed_in(alone("human_rating", rater="member"), "rater")
    assert not [each for each in app.text_input if each.key == "rater"]


@pytest.mark.parametrize("file", [file for pages in site.MAP.values() for file, *_ in pages])
def test_no_page_shows_anything_before_sign_in(file: str, lab: Path, examined: Path) -> None:
    for app in (alone(file), routed(file)):
        assert [each.value for each in app.title] == ["Sign in"]
        assert [each.label for each in app.button] == ["Sign in"]
        assert not app.markdown and not app.text and not app.selectbox


OPENED = {
    "owner": {"new_run", "examine", "adjudicate", "human_rating", "home", "models"},
    "member": {"new_run", "examine", "adjudicate", "human_rating", "home", "models"},
    "viewer": {"adjudicate", "human_rating", "home", "models"},
    "rater": {"adjudicate", "human_rating"},
}


@pytest.mark.parametrize("role", ROLES)
def test_pages_open_by_role(role: str, lab: Path, examined: Path) -> None:
    for page in OPENED["owner"]:
        app = signed_in(alone(page), role)
        assert not app.exception
        assert ("does not allow this" in "".join(each.value for each in app.info)) is (page not in OPENED[role]), page


def test_a_rater_sees_no_results(lab: Path, examined: Path) -> None:
    for page, tabs in (("adjudicate", ["Label opinions"]), ("human_rating", ["Rate questions"])):
        assert [each.label for each in signed_in(alone(page), "rater").tabs] == tabs


def test_every_page_opens_through_the_one_door_before_it_does_anything() -> None:
    root = Path(__file__).resolve().parents[2]
    for path in (root / "pages").glob("*.py"):
        first = next(
            each for each in ast.parse(path.read_text()).body[1:] if not isinstance(each, ast.Import | ast.ImportFrom | ast.Assign)
        )
        assert ast.unparse(first).startswith("show.head("), path.name
    needy = {title: file for pages in site.MAP.values() for file, title, *_ in pages if title in member.NEEDS}
    assert needy.keys() == member.NEEDS.keys()
    for title, file in needy.items():
        assert f'show.head("{title}"' in (root / "pages" / f"{file}.py").read_text(), "the page goes by the name its door knows"


def test_signing_in_and_out(lab: Path, folder: Path) -> None:
    app = routed("home")
    app.text_input(key="sign_in_name").set_value("Member")
    app.text_input(key="sign_in_password").set_value("wrong")
    app.button[0].click().run()
    assert [each.value for each in app.error] == [people.WRONG]
    app.text_input(key="sign_in_password").set_value(PASSWORD)
    app.button[0].click().run()
    assert app.title[0].value == "AdAEM Studio"
    app.button(key="sign_out").click().run()
    assert app.title[0].value == "Sign in"
    assert [each["what"] for each in journal.entries()] == ["not signed in", "signed in", "signed out"]
    assert PASSWORD not in (machine.folder() / journal.NAME).read_text() + (machine.folder() / "people.json").read_text()


def test_a_change_of_people_counts_at_once(lab: Path, folder: Path) -> None:
    changes: list[tuple[Callable[[], object], str]] = [
        (lambda: people.add("member", "member", "another password"), "Sign in"),
        (functools.partial(people.remove, "member"), "Sign in"),
    ]
    for change, title in changes:
        app = signed_in(alone("home"), "member")
        assert app.title[0].value == "AdAEM Studio"
        change()
        assert app.run().title[0].value == title
        people.add("member", "member", PASSWORD)
    app = signed_in(alone("new_run"), "member")
    people.add("member", "viewer", PASSWORD)
    assert "Sign in" in app.run().title[0].value, "the hash is another: sign in anew"


UNCLEAR = ("", "sign_in = 1", 'sign_in = "passwords"\nx = 1', 'sign_in = "none', "calls_a_day = 1", 'sign_in = "passwords"\ndollars_a_day = nan',
           'sign_in = "passwords"\nhosts = ["*"]')  # fmt: skip


@pytest.mark.parametrize("content", [*UNCLEAR, None])
def test_a_lab_file_that_is_not_clear_lets_nobody_in(content: str | None, lab: Path, folder: Path) -> None:
    lab.write_text(content) if content is not None else lab.unlink()
    for app in (routed("home"), signed_in(alone("home"), "owner")):
        assert not app.title and not app.text
        assert "nobody is let in" in app.error[0].value
        assert str(lab.parent) not in shown(app)


def test_visitors_of_a_lab_are_not_told_where_things_lie(lab: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = f"{folder}/a.db: is damaged; {machine.folder()}/secret, {Path.home()}/x"
    assert show.plain(told) == show.plain("a.db: is damaged; secret, x")
    monkeypatch.delenv("ADAEM_LAB")
    assert show.plain(told).replace("\\", "") == told


def test_people_that_cannot_be_read_let_nobody_in(lab: Path, folder: Path) -> None:
    for content in (b"", b"{}", b"[1]", b'[{"name": "owner", "role": "owner", "x": 1}]'):
        people.place().write_bytes(content)
        app = alone("home")
        app.session_state[member.SIGNED_IN] = ("owner", "")
        assert not any(each.value == "AdAEM Studio" for each in app.run().title), content


class Known(dict[str, object]):
    """What Streamlit knows of who signed in with the identity provider."""

    to_dict = dict.copy


def test_an_identity_providers_word_is_taken_for_confirmed_addresses_of_the_lab_alone(lab: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.write_text('sign_in = "oidc"\n')
    people.add("ada@lab.example", "member")
    cases: list[tuple[dict[str, object], bool]] = [
        ({"is_logged_in": True, "email": "Ada@lab.example"}, True),
        ({"is_logged_in": True, "email": "ada@lab.example", "email_verified": True}, True),
        ({"is_logged_in": True, "email": "ada@lab.example", "email_verified": False}, False),
        ({"is_logged_in": True, "email": "ada@lab.example", "email_verified": "false"}, False),
        ({"is_logged_in": False, "email": "ada@lab.example"}, False),
        ({"is_logged_in": True, "email": "\uff41da@lab.example"}, False),
        ({"is_logged_in": True, "email": "eve@lab.example"}, False),
        ({"is_logged_in": True}, False),
        ({}, False),
    ]
    for told, let_in in cases:
        monkeypatch.setattr("streamlit.user", Known(told))
        assert (member.person() is not None) is let_in, told


def test_the_days_cap_is_told_before_and_given_to_the_run(lab: Path, study: Path, done: list[str]) -> None:
    made_by("member", study)
    with Study.read(study) as file:
        before = file.spent()
    assert through("start", "member", study) == ""
    given = journal.last_run(study.stem)
    assert (given["dollars"], given["calls"]) == (pytest.approx(2.0), 1000), "all that this study has spent was spent today"
    with closing(sqlite3.connect(study)) as file, file:
        file.execute("UPDATE calls SET at = '2020-01-01T12:00:00+00:00'")
    assert through("start", "member", study) == ""
    given = journal.last_run(study.stem)
    assert (given["dollars"], given["calls"]) == (pytest.approx(2.0 + before["cost"]), 1000 + before["calls"])
    assert through("start", "owner", study) == "" and "dollars" not in journal.last_run(study.stem)
    lab.write_text('sign_in = "passwords"\ncalls_a_day = 0\n')
    assert "cap for today is reached" in shown(signed_in(alone("new_run"), "member"))
    assert "cap for today" not in shown(signed_in(alone("new_run"), "owner"))


def test_the_owner_sees_who_did_what(lab: Path, study: Path) -> None:
    journal.write("member", "make", study=study.stem)
    for who, sees in (("owner", True), ("member", False), ("viewer", False)):
        app = signed_in(alone("home"), who)
        assert any("Who did what" in each.label for each in app.expander) is sees


def test_members_are_not_offered_panels_of_their_own(lab: Path, folder: Path) -> None:
    for who, offered in (("owner", True), ("member", False)):
        app = signed_in(alone("new_run"), who)
        assert ("A file of my own" in str(app.selectbox(key="choice_panel").options)) is offered
