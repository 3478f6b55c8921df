"""Whoever is on the network, or runs a site that the owner visits, gets nothing from the studio that its owner started as the README says."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from adaem_core.work.guard import LOOPBACK, host_name, refusal
from tests.rows import every_row
from tests.serving import OTHER_ADDRESS, ROOT, STREAM, UPGRADE, Visit, asked, reached, served

PATHS = ("/", "/new_run", "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics", "/media/x.csv", "/static/js/x.js", STREAM)
EVIL = (
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1.evil.example",
    "localhost.evil.example:{port}",
    "0.0.0.0:{port}",
    "",
    "a@127.0.0.1",
)
OTHERS = (
    "http://evil.example",
    "https://127.0.0.1:{port}.evil.example",
    "http://127.0.0.1:1",
    "http://localhost:{port}",
    "null",
    "file://",
)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Return the port of a studio started as the README says."""
    folder = tmp_path_factory.mktemp("server")
    with served(folder / "app.log", {"ADAEM_STUDIES_DIR": str(folder), "ADAEM_CACHE_DIR": str(folder / "cache")}) as found:
        yield found


def test_it_listens_on_this_computer_alone(port: int) -> None:
    assert reached("127.0.0.1", port) and not reached(OTHER_ADDRESS, port)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]", "LocalHost"])
def test_it_answers_under_its_own_names(port: int, name: str) -> None:
    host = f"{name}:{port}"
    assert asked(port, "/", {"Host": host}).status == 200
    assert asked(port, STREAM, {"Host": host, "Origin": f"http://{host}", **UPGRADE}).status == 101


@every_row("host", EVIL)
def test_a_name_that_others_let_point_here_is_refused_everywhere(port: int, host: str) -> None:
    told = host.format(port=port)
    for path in PATHS:
        upgrade = {**UPGRADE, "Origin": f"http://{told}"} if path == STREAM else {}
        assert asked(port, path, {"Host": told, **upgrade}).status in (400, 403), path
    for method in ("PUT", "POST", "DELETE", "OPTIONS"):
        assert asked(port, "/_stcore/upload_file/a/b", {"Host": told, "Content-Length": "0"}, method).status in (400, 403), method


@every_row("origin", OTHERS)
def test_another_sites_page_is_refused_everywhere(port: int, origin: str) -> None:
    headers = {"Host": f"127.0.0.1:{port}", "Origin": origin.format(port=port)}
    assert asked(port, STREAM, {**headers, **UPGRADE}).status == 403
    assert asked(port, "/_stcore/upload_file/a/b", {**headers, "Content-Length": "0"}, "PUT").status == 403
    assert asked(port, "/media/x.csv", headers).status == 403


@every_row("path", [path for path in PATHS if path != STREAM])
def test_no_answer_can_be_framed_by_others_or_taken_for_what_it_is_not(port: int, path: str) -> None:
    for host in (f"localhost:{port}", "evil.example"):
        found = asked(port, path, {"Host": host}).headers
        assert found["content-security-policy"] == "frame-ancestors 'self'"
        assert found["x-frame-options"] == "SAMEORIGIN"
        assert found["x-content-type-options"] == "nosniff"
        assert found["referrer-policy"] == "same-origin"


def test_no_path_above_the_served_files_is_read(port: int) -> None:
    for path in (
        "/../app.py",
        "/static/..%2f..%2fapp.py",
        "/media/../../app.py",
        "//etc/passwd",
        "/app/static/../app.py",
        "/%2e%2e/app.py",
    ):
        assert "site.configure" not in (found := asked(port, path, {"Host": "localhost"}).text) and "root:" not in found


def test_nobody_is_told_where_the_studio_lies(port: int) -> None:
    visit = Visit(port)
    told = visit.open() + visit.open("models") + visit.open("new_run")
    visit.close()
    assert "main_script_path" in told and "The order of work" in told
    assert [place for place in (str(ROOT), str(Path.home())) if place in told] == []


def test_nothing_is_told_to_its_makers(port: int) -> None:
    assert json.loads(asked(port, "/_stcore/host-config", {"Host": "localhost"}).text)["metricsUrl"] == ""
    visit = Visit(port)
    assert "gather_usage_stats: true" not in visit.open()
    visit.close()


def test_a_page_that_breaks_says_nothing_of_where_the_studio_lies(tmp_path: Path) -> None:
    studio = tmp_path / "studio"  # the engine, and so what it takes for its own place, is the one here
    shutil.copytree(ROOT / "pages", studio / "pages", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / ".streamlit", studio / ".streamlit")
    shutil.copy(ROOT / "app.py", studio)
    for name, line in {"home": "raise RuntimeError(__file__)", "benchmark": "st.title('open"}.items():
        (studio / "pages" / f"{name}.py").write_text(f"import streamlit as st\n{line}\n")
    with served(tmp_path / "app.log", {"PYTHONPATH": str(ROOT), "ADAEM_STUDIES_DIR": str(tmp_path)}, studio) as port:
        visit = Visit(port)
        broken, unreadable = visit.open(), visit.open("benchmark")
        visit.close()
    assert "Something in the studio broke here" in broken and "main_script_path" in broken
    for told in (broken, unreadable):
        assert [hint for hint in (str(ROOT), "Traceback", "RuntimeError", "home.py", "open'") if hint in told] == []
    log = (tmp_path / "app.log").read_text()
    assert "RuntimeError" in log and "home.py" in log


@every_row("host, name", [("localhost", "localhost"), ("[::1]:80", "::1"), ("a.b:8501", "a.b"), ("a:b", ""), ("a/b", ""), ("a?b", ""), ("a b", ""), ("a@b", ""), ("[::1", "")])  # fmt: skip
def test_a_name_is_read_whole_or_not_at_all(host: str, name: str) -> None:
    assert host_name(host) == name or (host_name(host) not in LOOPBACK and not name)


def test_two_names_at_once_are_no_name() -> None:
    assert refusal([(b"host", b"localhost"), (b"host", b"localhost")], LOOPBACK)
    assert refusal([], LOOPBACK)
    assert not refusal([(b"Host", b"LOCALHOST:1"), (b"Origin", b"http://localhost:1")], LOOPBACK)
