"""A key entered on a page: it reaches the run of who entered it, and no file, page, log or export, though its endpoint sends it back at every turn."""

import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from adaem_core import machine
from adaem_core.archive.study import Study
from adaem_core.generate.run import create_study
from adaem_core.panels import panel
from adaem_core.records import Topic
from adaem_core.settings import ChatSettings, ElicitSettings, GenerateSettings
from adaem_core.values import value_system
from adaem_core.work import jobs
from adaem_core.work.cli import main
from pages.shared import agree, site
from tests.loopback import Body, Loopback, Reply, Script
from tests.pages.opening import routed
from tests.runs import panel_brain, panel_file, remote_panel

KEY, VARIABLE = "Zq7-nobody-must-see-this-41", "LOOPBACK_SECRET_KEY"


def echoing(body: Body, server: Loopback) -> Reply:
    """Answer as the model would, and send back what came as the key, in words, as the model's name, or as an error."""
    sent = server.headers[-1]["Authorization"]
    if body["model"] == "indigo":
        return Reply(status=400, error={"message": f"You sent {sent}", "code": sent})
    return Reply(f"{panel_brain(body)}\n\n{sent}", served_by=f"{body['model']}-{sent}", headers={"X-Echo": sent})


def worked_on(study: str) -> None:
    """Start work on a study as pages do."""
    from pathlib import Path

    from pages.shared import launch

    launch.work_on(Path(study))


def ended(path: Path) -> jobs.Job:
    """Return how the job stands once no worker is on it."""
    limit = time.monotonic() + 240
    while (job := jobs.watch(path)).active:
        assert time.monotonic() < limit, job
        time.sleep(0.2)
    return job


def test_a_key_in_hand_reaches_its_run_and_nothing_else(folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADAEM_MACHINE_DIR", str(folder / "machine"))
    monkeypatch.delenv(VARIABLE, raising=False)
    script: Script = lambda body: echoing(body, server)  # noqa: E731
    with remote_panel(**{"*": script}) as server:
        path = folder / "echoed.db"
        create_study(
            path,
            title="Echoed",
            topics=[Topic("A", "Should voting be compulsory?")],
            panel=panel(panel_file(folder, server, key_env=VARIABLE)),
            system=value_system("schwartz"),
            elicit=ElicitSettings(),
            generate=GenerateSettings(budget=1, kept=1),
            chat=ChatSettings(retries=1, concurrency=32),
        ).close()
        app = AppTest.from_function(worked_on, args=(str(path),), default_timeout=60)
        app.session_state[agree.KEYS] = {VARIABLE: KEY}
        assert not app.run().exception
        job = ended(path)
    assert job.state == "finished", job.message
    assert server.count > 20 and {each["Authorization"] for each in server.headers} == {f"Bearer {KEY}"}
    with Study.read(path) as study:
        (found,) = study.select("SELECT COUNT(*) AS kept FROM calls WHERE reply LIKE '%[removed]%'")
    assert found["kept"] > 20, "the endpoint did send it back"
    assert main(["export", "--study", str(path), "--out", str(folder / "tables")]) == 0
    assert main(["benchmark", "--study", str(path), "--out", str(folder / "best.jsonl")]) == 0

    files = [each for place in (folder, cache, machine.folder()) for each in place.rglob("*") if each.is_file()]
    assert len(files) > 5 and not [each for each in files if KEY.encode() in each.read_bytes()]
    for file in (file for pages in site.MAP.values() for file, *_ in pages):
        app = routed(file, study="echoed")
        app.session_state[agree.KEYS] = {VARIABLE: KEY}
        app.run()
        assert not any(KEY in str(each.proto) for block in (app.main, app.sidebar) for each in block), file
