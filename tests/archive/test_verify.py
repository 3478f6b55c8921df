"""Looking through a study: every way a reply can be changed is found and named, and what is whole is never accused."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from adaem_core.archive.copying import copy_whole, whole_bytes
from adaem_core.archive.study import Study
from adaem_core.archive.verify import Finding, verified
from adaem_core.errors import BadInput
from adaem_core.messages import Completion, Request
from tests.end_to_end.apparatus import ROOT, run
from tests.rich_pulls import TOPICS, rich_pulls

REPLIES = 12


def record(study: Study, number: int, failure: str = "") -> None:
    """Record one request as answered, or as failed for the moment."""
    asked = Request("ash", ({"role": "user", "content": f"Question {number} ü \x7f"},))
    study.record("openai/ash", asked, Completion(f"Answer {number}", f"k{number}", failure, cost=0.1 * number, prompt_tokens=number))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a study with replies, one of them asked again after it had failed twice."""
    with Study.create(tmp_path / "s.db", {}, TOPICS) as study:
        for failure in ("failed", "failed", ""):
            record(study, 3, failure)
        for number in range(REPLIES):
            record(study, number)
        study.save_pulls(rich_pulls())
        study.connection.execute("UPDATE recognitions SET requests = '[\"k0\"]'")
    return tmp_path / "s.db"


def altered(path: Path, *statements: str) -> tuple[Finding, ...]:
    """Return what is found after somebody has changed the study past the studio."""
    with closing(sqlite3.connect(path)) as study, study:
        for each in statements:
            study.execute(each)
    return verified(path).findings


def test_what_is_whole_is_not_accused(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    found = verified(path)
    assert found.findings == () and (found.replies, found.chained_from) == (REPLIES + 2, 0) and len(found.head) == 64
    assert path.read_bytes() == before and [each.name for each in tmp_path.iterdir() if not each.suffix.endswith("lock")] == ["s.db"]
    with closing(sqlite3.connect(path, isolation_level=None)) as study:
        study.execute("VACUUM")  # which may number rows anew
    assert verified(path) == found
    with Study.write(path) as study:
        record(study, 99)
        assert verified(path).findings == (), "also while it is being written"
    assert verified(path).head != found.head


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("cost", "0.01"), ("prompt_tokens", "prompt_tokens + 1"), ("model", "'oak'"), ("at", "'2026-01-01T00:00:00+00:00'"), ("cached", "1"),
        ("reply", "replace(reply, 'Answer', 'answer')"), ("request", "request || ' '"), ("failure", "'failed'"), ("endpoint", "''"),
    ],
)  # fmt: skip
def test_a_changed_reply_is_named_with_what_differs(path: Path, column: str, value: str) -> None:
    found = altered(path, f"UPDATE calls SET {column} = {value} WHERE key = 'k7'")
    assert found == (Finding("changed", "k7", f"changed after it was recorded: {column}"),)


def test_a_removed_reply_is_named(path: Path) -> None:
    assert altered(path, "DELETE FROM calls WHERE key = 'k7'") == (Finding("removed", "k7", "was recorded as number 10 and is gone"),)


def test_a_reply_removed_with_its_link_leaves_a_gap(path: Path) -> None:
    gone = ("DELETE FROM calls WHERE key = 'k7'", "DELETE FROM chain WHERE key = 'k7'")
    (found,) = altered(path, *gone)
    assert (found.kind, found.where) == ("chain", "k8") and "links 10 to 10 before this request are missing" in found.says
    (found,) = altered(path, "UPDATE chain SET number = number - 1 WHERE number > 10")
    assert (found.kind, found.where) == ("chain", "k8") and "does not follow the one before" in found.says


def test_an_inserted_reply_is_named(path: Path) -> None:
    copied = "INSERT INTO calls SELECT 'new', purpose, model, endpoint, request, reply, cached, cost, prompt_tokens, completion_tokens, failure, at FROM calls WHERE key = 'k7'"
    (found,) = altered(path, copied)
    assert (found.kind, found.where) == ("inserted", "new")
    with Study.write(path) as study:
        study.connection.execute("INSERT INTO chain (key, parts, digest) SELECT 'new', parts, digest FROM chain WHERE key = 'k7'")
    assert {each.kind for each in verified(path).findings} == {"changed"}, "a copied link does not fit"


def test_a_failure_in_place_of_the_reply_that_came_later_is_named(path: Path) -> None:
    swapped = ("UPDATE calls SET key = 'k3/9' WHERE key = 'k3'", "UPDATE calls SET key = 'k3' WHERE key = 'k3/1'")
    found = altered(path, *swapped)
    assert {(each.kind, each.where) for each in found} == {("changed", "k3"), ("changed", "k3/9")}


def test_an_answer_without_its_request_is_named(path: Path) -> None:
    found = altered(path, "UPDATE responses SET request = 'none' WHERE rowid = 1")
    assert [each.kind for each in found] == ["answer"] and "rests on request none" in found[0].says


def test_the_last_reply_is_looked_at_whenever_a_study_is_written(path: Path) -> None:
    altered(path, "UPDATE calls SET cost = 0 WHERE key = 'k11'")
    with pytest.raises(BadInput, match=r"the last reply, to request k11, is not as it was recorded"):
        Study.write(path)


def test_a_study_that_acts_by_itself_is_not_opened(path: Path) -> None:
    found = altered(path, "CREATE TRIGGER act AFTER INSERT ON calls BEGIN DELETE FROM pulls; END")
    assert [each.kind for each in found] == ["file"] and "“act”, which acts by itself" in found[0].says
    with pytest.raises(BadInput, match="which acts by itself"):
        Study.read(path)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """Return a small demo study as file version 2 wrote it: without the chain."""
    path = Path(shutil.copy(ROOT / "data" / "demo" / "demo_other_panel.db", tmp_path / "demo.db"))
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.executescript("DROP TABLE chain; DROP TABLE sent; UPDATE meta SET value = '2' WHERE key = 'version'")
    return path


def test_the_demo_study_is_whole_and_chained_from_its_first_reply(tmp_path: Path) -> None:
    found = verified(Path(shutil.copy(ROOT / "data" / "demo" / "demo.db", tmp_path / "demo.db")))
    assert found.findings == () and found.chained_from == 0 and found.replies > 1000


def test_a_study_older_than_the_chain_is_whole(older: Path) -> None:
    path, found = older, verified(older)
    assert found.findings == () and found.replies == found.chained_from > 1000
    with Study.write(path) as study:
        record(study, 1)
    found = verified(path)
    assert found.findings == () and found.replies == found.chained_from + 1
    (changed,) = altered(path, "UPDATE calls SET cost = 9 WHERE rowid = 5")
    assert changed.says == "changed after it was recorded: cost", "what the chain found there is covered as it stood then"


def test_a_study_of_an_earlier_version_is_exported_byte_for_byte_the_same(tmp_path: Path, older: Path) -> None:
    path, before = older, older.read_bytes()
    assert run("export", "--study", path, "--out", tmp_path / "old").status == 0
    assert path.read_bytes() == before
    Study.write(path).close()
    assert run("export", "--study", path, "--out", tmp_path / "new").status == 0
    files = {each.name: each.read_bytes() for each in (tmp_path / "old").iterdir()}
    assert {each.name: each.read_bytes() for each in (tmp_path / "new").iterdir()} == files and len(files) == 12


def test_the_command_tells_it_and_says_so_by_its_status(path: Path) -> None:
    done = run("verify", "--study", path, "--json")
    assert done.status == 0 and done.told["whole"] is True and done.told["replies"] == REPLIES + 2
    altered(path, "UPDATE calls SET cost = 5 WHERE key = 'k7'")
    done = run("verify", "--study", path, "--json")
    assert done.status == 1 and done.told["found"] == {"changed": 1}
    assert done.told["findings"] == [{"kind": "changed", "where": "k7", "says": "changed after it was recorded: cost"}]
    assert "k7" in run("verify", "--study", path).out
    assert run("verify", "--study", path.with_name("none.db")).status == 2
    path.write_text("title,text\n" * 500)
    assert "not a readable study file" in run("verify", "--study", path).out


def test_a_copy_is_one_whole_file_also_while_the_study_is_written(path: Path, tmp_path: Path) -> None:
    with Study.write(path) as study:
        record(study, 50)
        out = tmp_path / "out" / "copy.db"
        assert run("copy", "--study", path, "--out", out, "--json").told["bytes"] == out.stat().st_size
        record(study, 51)
        (tmp_path / "bytes.db").write_bytes(whole_bytes(path))
    for copy, replies in ((out, REPLIES + 3), (tmp_path / "bytes.db", REPLIES + 4)):
        assert verified(copy).findings == () and verified(copy).replies == replies
        copy.parent.chmod(0o555)
        with Study.read(copy) as study:
            assert len(study.pulls()) == len(rich_pulls())
        copy.parent.chmod(0o755)
    assert sorted(each.name for each in out.parent.iterdir()) == ["copy.db"]
    with pytest.raises(BadInput, match="is there already"):
        copy_whole(path, out)
