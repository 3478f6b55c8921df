"""Reading topic files: every kind that is understood, and every fault named with file, line and remedy."""

import json
import tomllib
from pathlib import Path

import pytest

from adaem_core.archive import table
from adaem_core.archive.table import read_table
from adaem_core.errors import BadInput
from tests.rows import every_row


@every_row(
    "name, content",
    [
        ("a.csv", 'id,text\nA,"Should we, or not?"\nB,Is it?\n'),
        ("a.csv", '\ufeffid;text\r\nA;Should we, or not?\r\n\r\nB;"Is it?"\r\n'),
        ("a.tsv", 'id\ttext\nA\t"Should we, or not?"\nB\tIs it?'),
        ("a.jsonl", '{"id": "A", "text": "Should we, or not?"}\n\n{"id": "B", "text": "Is it?"}\n'),
        ("a.JSON", '[{"id": "A", "text": "Should we, or not?"}, {"id": "B", "text": "Is it?"}]'),
    ],
)
def test_every_kind_gives_the_same_table(name: str, content: str) -> None:
    found = read_table((name, content.encode()))
    assert found.columns == ("id", "text")
    assert [row for _, row in found.rows] == [{"id": "A", "text": "Should we, or not?"}, {"id": "B", "text": "Is it?"}]


def test_lines_are_counted_as_an_editor_does() -> None:
    found = read_table(("a.csv", b'text,note\n"two\nlines",x\nlast,y\n'))
    assert [number for number, _ in found.rows] == [2, 4]


def test_plain_lines() -> None:
    assert read_table(("a.txt", b"Ban it?\n\nKeep it?\n")).rows == ((1, {"text": "Ban it?"}), (3, {"text": "Keep it?"}))


def test_tsv_keeps_quotation_marks_inside_a_field() -> None:
    found = read_table(("a.tsv", b'id\ttext\n1\t"Tit for tat" is right\n2\t"say ""no"" now"\n'))
    assert [row["text"] for _, row in found.rows] == ['"Tit for tat" is right', 'say "no" now']


@every_row(
    "name, content, told",
    [
        ("a.csv", b"", ["a.csv", "empty"]),
        ("a.csv", b" \n\n", ["a.csv", "empty"]),
        ("a.csv", "text\nok\nCafé".encode("latin-1"), ["a.csv", "line 3, byte 4", "0xe9", "UTF-8"]),
        ("a.csv", b"text\nok\0\1", ["a.csv", "line 2, byte 3", "zero byte", "CSV"]),
        ("a.csv", b"PK\x03\x04\0\0", ["a.csv", "workbook"]),
        ("a.csv", b'text,n\n"open,1\nx,2\n', ["a.csv", "line 2", "quotation marks"]),
        ("a.csv", b'text,n\nfine,1\n"a"b,2\n', ["a.csv", "line 3", "quotation marks"]),
        ("a.csv", b"text\n" + b"x" * 200_000, ["a.csv", "line 2", "field larger"]),
        ("a.csv", b"id,text\n1,a,b\n", ["a.csv", "line 2", "3 fields", "2 columns"]),
        ("a.csv", b"text,text\na,b\n", ["a.csv", "line 1", "twice"]),
        ("a.tsv", b"id\ttext\n1\ta\tb\n", ["a.tsv", "line 2", "3 fields"]),
        ("a.jsonl", b'{"text": "ok"}\n{"text": ok}\n', ["a.jsonl", "line 2", "JSON"]),
        ("a.jsonl", b'{"text": "ok"}\n[1]\n', ["a.jsonl", "line 2", "list"]),
        ("a.jsonl", b"[" * 100_000, ["a.jsonl", "line 1", "JSON"]),
        ("a.json", b'[\n"a",\nb]', ["a.json", "line 3", "JSON"]),
        ("a.json", b'{"n": {"m": 1}}', ["a.json", "list"]),
        ("a.xlsx", b"x", ["a.xlsx", "workbook", ".xlsx"]),
        ("a.odt", b"x", ["a.odt", ".csv", ".jsonl"]),
    ],
)
def test_faults_name_file_line_and_remedy(name: str, content: bytes, told: list[str]) -> None:
    with pytest.raises(BadInput) as caught:
        read_table((name, content))
    for words in told:
        assert words in str(caught.value), str(caught.value)


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(50_000_000)  # sparse: takes no room on the disk
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("the file was read"))
    with pytest.raises(BadInput, match=r"large\.csv: 48 MB is more than the 20 MB"):
        read_table(path)
    with pytest.raises(BadInput, match="48 MB"):
        read_table(("up.csv", bytes(50_000_000)))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        read_table(tmp_path / "none.csv")
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    with pytest.raises(BadInput, match="cannot be read"):
        read_table(folder)


def test_json_values_become_text() -> None:
    found = read_table(("a.jsonl", json.dumps({"text": "é?", "n": 3, "none": None}).encode()))
    assert found.rows[0][1] == {"text": "é?", "n": "3", "none": ""}


def test_every_kind_has_a_reader() -> None:
    assert set(table.KINDS) == {
        ".csv",
        ".tsv",
        ".tab",
        ".jsonl",
        ".ndjson",
        ".json",
        ".qsf",
        ".txt",
        ".md",
        ".markdown",
        ".xlsx",
        ".xlsm",
        ".sav",
        ".zsav",
        ".dta",
    }


def test_the_drop_zone_and_the_error_tell_one_limit() -> None:
    config = tomllib.loads((Path(__file__).resolve().parents[2] / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert config["server"]["maxUploadSize"] * table.MEGABYTE == table.LARGEST_FILE
