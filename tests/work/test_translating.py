"""`generate --translate-with`: a translation is a call like any other: estimated, charged, kept beside its original, replayed without being asked."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from adaem_core.archive.study import Study
from adaem_core.archive.translations import translations
from adaem_core.generate.edition import edition, table
from adaem_core.work import cli
from tests.loopback import Body, Loopback, Step
from tests.runs import panel_brain, panel_file, remote_panel

ENGLISH = "Should the city ban driving in the old town?"
FILE = "id,text\na,Sollte die Stadt das Autofahren in der Altstadt verbieten?\nb,Should towns close their shops on Sundays?\nc,Faut-il interdire la chasse dans toutes les forêts ?\n"
SIZE = ("--budget", "2", "--kept", "1", "--concurrency", "8", "--json")


def brain(body: Body) -> Step:
    """Play aurora, who translates the German text and breaks off in the French one."""
    prompt = body["messages"][0]["content"]
    if "Translate the text below" not in prompt:
        return panel_brain(body)
    return f"Translation: {ENGLISH}" if "Altstadt" in prompt else "Translation: Should hunting be …"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    monkeypatch.setenv("ADAEM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-none")
    (tmp_path / "t.csv").write_text(FILE)
    with remote_panel(aurora=brain) as playing:
        panel_file(tmp_path, playing)
        yield playing


def run(folder: Path, study: str, *words: str) -> int:
    common = ("--panel", str(folder / "remote.yaml"), "--topics", str(folder / "t.csv"), "--translate-with", "aurora", *SIZE)
    return cli.main(["generate", "--study", str(folder / study), *common, *words])


def asked_to_translate(server: Loopback) -> int:
    return sum("Translate the text below" in each["messages"][0]["content"] for each in server.requests)


def test_a_run_with_translations(tmp_path: Path, server: Loopback, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "s.db") == 0
    told = capsys.readouterr().err
    assert "2 of 3 topics are not in English (French, German) and are translated by aurora." in told
    assert "1 of 2 topics in other languages were translated." in told and "Topic c is left out: " in told and "too short" in told
    assert asked_to_translate(server) == 3, "one for the German text, one and a repair turn for the French one"
    with Study.read(tmp_path / "s.db") as study:
        assert [(each.id, each.text) for each in study.topics()] == [("a", ENGLISH), ("b", "Should towns close their shops on Sundays?")]
        first, second = translations(study)
        assert (first.language, first.original.split()[0], first.text, second.text) == ("German", "Sollte", ENGLISH, "")
        call = study.call(first.request)
        assert call and call["purpose"] == "translate" and call["cost"] > 0
        assert {each["topic_id"] for each in study.select("SELECT topic_id FROM questions")} == {"a", "b"}
        made = list(table(edition(study)))
    count = server.count
    assert run(tmp_path, "s.db") == 0 and run(tmp_path, "again.db", "--replay") == 0
    assert server.count == count, "nothing is asked twice"
    with Study.read(tmp_path / "again.db") as study:
        assert list(table(edition(study))) == made


def test_the_estimate_counts_translations(tmp_path: Path, server: Loopback, capsys: pytest.CaptureFixture[str]) -> None:
    common = ["estimate", "--panel", str(tmp_path / "remote.yaml"), "--topics", str(tmp_path / "t.csv"), *SIZE]
    assert cli.main([*common, "--translate-with", "aurora"]) == 0
    stage = json.loads(capsys.readouterr().out.splitlines()[-1])["stages"][0]
    assert (stage["purpose"], stage["calls"]) == ("translate", 2) and stage["cost"] > 0
    assert server.count == 0


def test_a_study_that_is_continued_keeps_its_translator(tmp_path: Path, server: Loopback, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "s.db") == 0
    assert run(tmp_path, "s.db", "--translate-with", "boreal") == 2
    assert "other settings of: topics" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--panel", "simulated", "--translate-with", "aurora"), "aurora is simulated and knows no languages"),
        (("--translate-with", "nobody"), "No model 'nobody'"),
        (("--translate-with", "aurora", "--english-only"), "Give one of --english-only and --translate-with"),
    ],
)
def test_what_cannot_be_translated_is_refused_before_there_is_a_study(
    words: tuple[str, ...], says: str, tmp_path: Path, server: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "s.db", *words) == 2
    assert says in capsys.readouterr().err
    assert not (tmp_path / "s.db").exists()


def test_where_no_topic_could_be_translated_the_run_ends_with_a_sentence(
    tmp_path: Path, server: Loopback, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "t.csv").write_text("id,text\nc,Faut-il interdire la chasse dans toutes les forêts ?\n")
    assert run(tmp_path, "s.db") == 1
    assert "No topic is left to ask" in capsys.readouterr().err
